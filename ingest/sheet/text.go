package sheet

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"iter"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

var (
	bomUTF8 = []byte("\xef\xbb\xbf")
	bomLE   = []byte("\xff\xfe")
	bomBE   = []byte("\xfe\xff")
)

// openText opens delimited text: .csv, and the tab text that is called .xls.
// It is held in memory as a whole; Limits.FileBytes bounds it.
func openText(r io.ReaderAt, size int64, lim Limits) (*Book, error) {
	raw := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), raw); err != nil {
		return nil, readFault(err, "")
	}
	text, err := decodeText(raw)
	if err != nil {
		return nil, err
	}
	if strings.Trim(text, " \t\r\n") == "" {
		return nil, refuse("empty")
	}
	t := delimited{text: text, lim: lim}
	t.comma, t.text = delimiter(text)
	rows := func(ctx context.Context) iter.Seq2[Row, error] {
		return func(yield func(Row, error) bool) {
			if err := t.eachRow(ctx, func(r Row) bool { return yield(r, nil) }); err != nil {
				yield(Row{}, err)
			}
		}
	}
	return &Book{Format: "csv", Sheets: []*Sheet{{rows: rows}}}, nil
}

// decodeText finds the encoding: a byte order mark decides; else what is valid
// UTF-8 is UTF-8, and the rest has to be GB18030, which includes GBK and
// GB2312. Nothing is replaced by a question mark on the way.
func decodeText(raw []byte) (string, error) {
	var text string
	ok := true
	switch {
	case bytes.HasPrefix(raw, bomLE):
		text, ok = decodeUTF16(raw[2:], binary.LittleEndian)
	case bytes.HasPrefix(raw, bomBE):
		text, ok = decodeUTF16(raw[2:], binary.BigEndian)
	case bytes.HasPrefix(raw, bomUTF8):
		text = string(raw[3:])
		ok = utf8.ValidString(text)
	case !looksText(raw):
		return "", refuse("binary")
	case utf8.Valid(raw):
		text = string(raw)
	default:
		text, ok = decodeGB18030(raw)
	}
	if !ok {
		return "", refuse("encoding")
	}
	text = strings.TrimSuffix(text, "\x1a") // the end mark of DOS
	if !looksText(text) {
		return "", refuse("binary")
	}
	return text, nil
}

// looksText reports whether there are no control characters but white space.
func looksText[T string | []byte](s T) bool {
	for i := range len(s) {
		if c := s[i]; c < 0x20 && (c < '\t' || c > '\r') && c != 0x1a {
			return false
		}
	}
	return true
}

func decodeUTF16(b []byte, order binary.ByteOrder) (string, bool) {
	if len(b)%2 != 0 {
		return "", false
	}
	var text strings.Builder
	text.Grow(len(b))
	for i := 0; i < len(b); i += 2 {
		r := rune(order.Uint16(b[i:]))
		if utf16.IsSurrogate(r) {
			if i += 2; i == len(b) {
				return "", false
			}
			if r = utf16.DecodeRune(r, rune(order.Uint16(b[i:]))); r == utf8.RuneError {
				return "", false
			}
		}
		text.WriteRune(r)
	}
	return text.String(), true
}

func decodeGB18030(b []byte) (string, bool) {
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil {
		return "", false
	}
	// The decoder writes U+FFFD for what it does not know; a file may also
	// hold that character itself, as 84 31 A4 37.
	wrong := bytes.Count(text, []byte("\ufffd")) - bytes.Count(b, []byte("\x84\x31\xa4\x37"))
	return string(text), wrong <= 0
}
