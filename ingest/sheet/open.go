package sheet

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf16"
)

// headSize is how much of a file decides what it is.
const headSize = 8 << 10

// Open opens a file for reading. Its content decides what it is. A file that
// is not read here is a *Refusal; any other error comes from r.
//
// r must stay readable, and unchanged, while the Book is used. A Book may be
// used by several goroutines.
func Open(r io.ReaderAt, size int64, lim Limits) (*Book, error) {
	if size > lim.FileBytes {
		return nil, refuse("too-big", lim.FileBytes>>20)
	}
	head := make([]byte, min(size, headSize))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	switch kind := sniff(head); kind {
	case "empty":
		return nil, refuse("empty")
	case "zip":
		return openZip(r, size, lim)
	case "ole":
		return openOLE(r, size, lim)
	case "text":
		return openText(r, size, lim)
	default:
		return nil, refuse(kind)
	}
}

// signatures are how files begin that say what they are.
var signatures = []struct{ begin, kind string }{
	{"PK\x03\x04", "zip"},
	{"PK\x05\x06", "archive"}, // without a single part
	{"PK\x07\x08", "archive"}, // one of several volumes
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"},
	{"\x09\x00\x04\x00", "old-xls"}, // Excel 2
	{"\x09\x00\x06\x00", "old-xls"},
	{"\x09\x02\x06\x00", "old-xls"}, // Excel 3
	{"\x09\x04\x06\x00", "old-xls"}, // Excel 4
	{"\x09\x08\x08\x00", "old-xls"}, // Excel 5, bare
	{"\x09\x08\x10\x00", "old-xls"},
	{"Rar!\x1a\x07", "archive"},
	{"7z\xbc\xaf\x27\x1c", "archive"},
	{"\x1f\x8b\x08", "archive"},
	{"\xfd7zXZ\x00", "archive"},
	{"BZh", "archive"},
	{"%PDF-", "pdf"},
	{"\x89PNG\r\n\x1a\n", "picture"},
	{"\xff\xd8\xff", "picture"},
	{"GIF87a", "picture"},
	{"GIF89a", "picture"},
	{"II*\x00", "picture"},
	{"MM\x00*", "picture"},
	{`{\rtf`, "word"},
}

// sniff says what a file is by its beginning: zip, ole, text, or the code of
// its refusal.
func sniff(head []byte) string {
	if len(head) == 0 {
		return "empty"
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.begin)) {
			return s.kind
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("BM")) && len(head) > 14 && binary.LittleEndian.Uint32(head[6:]) == 0:
		return "picture"
	case bytes.HasPrefix(head, []byte("RIFF")) && len(head) > 12 && string(head[8:12]) == "WEBP":
		return "picture"
	case len(head) > 12 && string(head[4:8]) == "ftyp": // photographs of telephones
		return "picture"
	}
	return sniffText(bytes.ToLower(plainHead(head)))
}

// sniffText tells tables of text from text in some mark-up; head is in lower
// case.
func sniffText(head []byte) string {
	head = bytes.TrimLeft(head, " \t\r\n")
	has := func(s string) bool { return bytes.Contains(head, []byte(s)) }
	begins := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	switch {
	case begins("%pdf-"):
		return "pdf"
	case begins("id;p") && (has("\nc;") || has("\rc;") || has("\nb;") || has("\rb;")):
		return "sylk"
	case begins("mime-version:"):
		return "html"
	case !begins("<"):
		return "text"
	case has("urn:schemas-microsoft-com:office:spreadsheet"), has(`progid="excel.sheet"`):
		if begins("<html") {
			return "html"
		}
		return "xml2003"
	case has("<html"), has("<!doctype html"), has("<table"), has("<body"), has("<head>"), has("<meta "),
		has("<style"), has("<tr"), has("<div"):
		return "html"
	case begins("<?xml"), begins("<!doctype"), begins("<!--"):
		return "xml"
	}
	return "text"
}

// plainHead gives the beginning of a text in a form that shows its ASCII.
func plainHead(head []byte) []byte {
	switch {
	case bytes.HasPrefix(head, bomUTF8):
		return head[3:]
	case bytes.HasPrefix(head, bomLE):
		return narrow(head[2:], binary.LittleEndian)
	case bytes.HasPrefix(head, bomBE):
		return narrow(head[2:], binary.BigEndian)
	}
	return head
}

func narrow(b []byte, order binary.ByteOrder) []byte {
	wide := make([]uint16, len(b)/2)
	for i := range wide {
		wide[i] = order.Uint16(b[2*i:])
	}
	return []byte(string(utf16.Decode(wide)))
}
