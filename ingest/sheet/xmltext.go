package sheet

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// What a byte can do in XML. All that is not ASCII may be in names.
const (
	inName     = 1 << iota // a letter, a digit, _ - . but not the colon
	startsName             // of those, what a name can begin with
	inText                 // ends a run of plain text, or needs decoding in it
	inValue                // the same in an attribute's value
)

var class = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= 0x80 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_':
			t[c] = inName | startsName
		case c >= '0' && c <= '9' || c == '-' || c == '.':
			t[c] = inName
		}
	}
	for _, c := range "<&]\r" {
		t[c] |= inText
	}
	for _, c := range "<&\"'\t\n\r" {
		t[c] |= inValue
	}
	return t
}()

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func blank(b []byte) bool {
	for _, c := range b {
		if !space(c) {
			return false
		}
	}
	return true
}

func trim(b []byte) []byte {
	for len(b) > 0 && space(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && space(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

// legalXML gives the length of b up to a character that is cut off at its end,
// and whether all of that is UTF-8 and allowed in XML.
func legalXML(b []byte) (int, bool) {
	n := len(b)
	for back := 1; back <= 3 && back <= len(b); back++ {
		c := b[len(b)-back]
		if utf8.RuneStart(c) {
			if c >= 0x80 && !utf8.FullRune(b[len(b)-back:]) {
				n = len(b) - back
			}
			break
		}
	}
	b = b[:n]
	if !utf8.Valid(b) {
		return 0, false
	}
	// Eight bytes at a time: a byte below 0x20 is a tab, a line end, or illegal.
	i := 0
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		if (w-0x2020202020202020)&^w&0x8080808080808080 == 0 {
			continue
		}
		if !legalBytes(b[i : i+8]) {
			return 0, false
		}
	}
	return n, legalBytes(b[i:])
}

func legalBytes(b []byte) bool {
	for _, c := range b {
		if c < 0x20 && !space(c) {
			return false
		}
	}
	return true
}

// appendText appends character data, its references and line ends decoded.
func appendText(dst, raw []byte, cdata bool) ([]byte, bool) {
	if cdata || bytes.IndexByte(raw, '&') < 0 {
		return appendLines(dst, raw), true
	}
	for {
		n := bytes.IndexByte(raw, '&')
		if n < 0 {
			return appendLines(dst, raw), true
		}
		dst = appendLines(dst, raw[:n])
		r, size := reference(raw[n:])
		if size == 0 {
			return nil, false
		}
		dst = utf8.AppendRune(dst, r)
		raw = raw[n+size:]
	}
}

// appendAttr is appendText for an attribute: line ends and tabs are blanks.
func appendAttr(dst, raw []byte) ([]byte, bool) {
	for i := 0; i < len(raw); {
		switch c := raw[i]; c {
		case '&':
			r, size := reference(raw[i:])
			if size == 0 {
				return dst, false
			}
			dst = utf8.AppendRune(dst, r)
			i += size
		case '\t', '\n', '\r':
			dst = append(dst, ' ')
			i++
		default:
			dst = append(dst, c)
			i++
		}
	}
	return dst, true
}

// appendLines turns CR LF and CR into LF, as XML wants.
func appendLines(dst, raw []byte) []byte {
	for {
		n := bytes.IndexByte(raw, '\r')
		if n < 0 {
			return append(dst, raw...)
		}
		dst = append(append(dst, raw[:n]...), '\n')
		raw = raw[n+1:]
		if len(raw) > 0 && raw[0] == '\n' {
			raw = raw[1:]
		}
	}
}

// reference decodes the &…; at the start of b; size is 0 if it is none.
func reference(b []byte) (r rune, size int) {
	end := bytes.IndexByte(b[:min(len(b), 16)], ';')
	if end < 2 {
		return 0, 0
	}
	switch name := b[1:end]; string(name) {
	case "lt":
		r = '<'
	case "gt":
		r = '>'
	case "amp":
		r = '&'
	case "quot":
		r = '"'
	case "apos":
		r = '\''
	default:
		if name[0] != '#' {
			return 0, 0
		}
		var ok bool
		if r, ok = charNumber(name[1:]); !ok {
			return 0, 0
		}
	}
	return r, end + 1
}

// charNumber reads the digits of &#65; or &#x41;.
func charNumber(digits []byte) (rune, bool) {
	base := rune(10)
	if len(digits) > 0 && digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	if len(digits) == 0 {
		return 0, false
	}
	var r rune
	for _, c := range digits {
		d, ok := hexDigit(c)
		if !ok || d >= base {
			return 0, false
		}
		if r = r*base + d; r > utf8.MaxRune {
			return 0, false
		}
	}
	legal := utf8.ValidRune(r) && (r >= 0x20 || r == '\t' || r == '\n' || r == '\r')
	return r, legal
}

func hexDigit(c byte) (rune, bool) {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0'), true
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10, true
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10, true
	}
	return 0, false
}
