package sheet

import (
	"bytes"
	"io"
)

// A token is what scanner.next found.
type token uint8

const (
	tokenEnd     token = iota // </name>; an empty element gives a start and an end
	tokenStart                // <name …>
	tokenText                 // character data, a run of it at a time
	tokenEOF                  // the document is complete
	tokenNothing              // a comment or an instruction
)

// maxToken bounds one tag, comment or run of text: the longest cell, with
// every character written as a reference, is a third of it.
const maxToken = 1 << 20

// A scanner reads one XML part token by token. It is as strict as XML 1.0 with
// namespaces, less DTDs, which it refuses, and encodings other than UTF-8.
// What it gives is valid until the next call of next.
//
// encoding/xml reads a twentieth as fast and lets broken documents pass.
type scanner struct {
	src      io.Reader
	part     string
	maxDepth int

	buf  []byte
	pos  int // next byte to scan
	end  int // buf[:end] has been checked
	have int // buf[end:have] is an incomplete character
	eof  bool

	open   openElements
	scopes scopes
	seen   bool // the root element has begun
	empty  bool // an end token is due for an empty element

	name  []byte // of a start tag, less its prefix
	ns    namespace
	tag   []byte // from its '<'
	attrs []attr
	text  []byte
	cdata bool   // text has no references
	plain bool   // text has neither references nor line ends to decode
	spare []byte // attribute values that had references

	prefixed bool // some attribute has a prefix, or declares a namespace
}

func newScanner(src io.Reader, part string, lim Limits) *scanner {
	return &scanner{
		src: src, part: part, maxDepth: lim.Depth,
		buf: make([]byte, 64<<10),
	}
}

func (x *scanner) fail(code string) error { return refuse(code).in(x.part) }

// next scans the next token. After tokenEOF or an error it must not be called.
func (x *scanner) next() (token, error) {
	if x.empty {
		x.empty = false
		x.close()
		return tokenEnd, nil
	}
	for {
		if x.pos == x.end {
			more, err := x.fill()
			if err != nil {
				return 0, err
			}
			if !more {
				return x.finish()
			}
		}
		var t token
		var err error
		if x.buf[x.pos] == '<' {
			t, err = x.markup()
		} else {
			t, err = x.characters()
		}
		switch {
		case err == nil:
			if t != tokenNothing {
				return t, nil
			}
		case err == errMore:
			if x.eof {
				return 0, x.fail("xml-end")
			}
			if _, err := x.fill(); err != nil {
				return 0, err
			}
		default:
			return 0, err
		}
	}
}

// errMore asks for more of the part in the window.
var errMore = io.ErrShortBuffer

func (x *scanner) finish() (token, error) {
	if x.have > x.end || len(x.open.marks) > 0 || !x.seen {
		return 0, x.fail("xml-end")
	}
	return tokenEOF, nil
}

// fill reads more behind the window's bytes. It reports false at the end.
func (x *scanner) fill() (bool, error) {
	if x.eof {
		return false, nil
	}
	first := x.have == 0 && !x.seen && x.pos == 0
	if x.pos > 0 {
		copy(x.buf, x.buf[x.pos:x.have])
		x.end -= x.pos
		x.have -= x.pos
		x.pos = 0
	}
	if x.have == len(x.buf) {
		if x.have >= maxToken {
			return false, x.fail("xml-long")
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	for range 100 {
		n, err := x.src.Read(x.buf[x.have:])
		x.have += n
		if err == io.EOF {
			x.eof = true
		} else if err != nil {
			return false, err
		}
		if first && x.have < 4 && !x.eof {
			continue
		}
		if n > 0 || x.eof {
			if first {
				if err := x.begin(); err != nil {
					return false, err
				}
			}
			return x.check()
		}
	}
	return false, io.ErrNoProgress
}

// begin looks at the byte order mark.
func (x *scanner) begin() error {
	head := x.buf[:x.have]
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		x.pos, x.end = 3, 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")),
		bytes.HasPrefix(head, []byte("<\x00")), bytes.HasPrefix(head, []byte("\x00<")):
		return x.fail("xml-encoding")
	}
	return nil
}

// check moves end over what is well-formed UTF-8.
func (x *scanner) check() (bool, error) {
	n, ok := legalXML(x.buf[x.end:x.have])
	if !ok {
		return false, x.fail("xml-encoding")
	}
	x.end += n
	if n == 0 {
		if x.eof {
			return false, nil
		}
		return x.fill()
	}
	return true, nil
}

// characters scans text up to the next markup.
func (x *scanner) characters() (token, error) {
	b := x.buf[x.pos:x.end]
	// Most texts are short and have nothing to decode: one look at each byte.
	n := 0
	for n < len(b) && class[b[n]]&inText == 0 {
		n++
	}
	x.plain = n < len(b) && b[n] == '<'
	if !x.plain {
		if n = bytes.IndexByte(b, '<'); n < 0 {
			if !x.eof || x.end < x.have {
				return 0, errMore
			}
			n = len(b)
		}
	}
	x.text, x.cdata = b[:n], false
	x.pos += n
	if len(x.open.marks) == 0 {
		if !blank(x.text) {
			return 0, x.fail("xml-syntax")
		}
		return tokenNothing, nil
	}
	if !x.plain && bytes.Contains(x.text, []byte("]]>")) {
		return 0, x.fail("xml-syntax")
	}
	return tokenText, nil
}

// markup scans what begins with '<'.
func (x *scanner) markup() (token, error) {
	b := x.buf[x.pos:x.end]
	if len(b) < 2 {
		return 0, errMore
	}
	switch b[1] {
	case '/':
		return x.endTag(b)
	case '!':
		return x.declaration(b)
	case '?':
		return x.instruction(b)
	}
	return x.startTag(b)
}

func (x *scanner) endTag(b []byte) (token, error) {
	if len(x.open.marks) == 0 {
		return 0, x.fail("xml-syntax")
	}
	name := x.open.last()
	n := 2 + len(name)
	if !bytes.HasPrefix(name, b[2:min(n, len(b))]) {
		return 0, x.fail("xml-syntax")
	}
	if n >= len(b) {
		return 0, errMore
	}
	for n < len(b) && space(b[n]) {
		n++
	}
	if n == len(b) {
		return 0, errMore
	}
	if b[n] != '>' {
		return 0, x.fail("xml-syntax")
	}
	x.pos += n + 1
	x.close()
	return tokenEnd, nil
}

// simple takes the text of the element that was just begun, and its end tag.
// It reports false, and takes nothing, unless both are in the window and the
// text has nothing to decode: that is how nearly all values are.
func (x *scanner) simple() ([]byte, bool) {
	b := x.buf[x.pos:x.end]
	n := 0
	for n < len(b) && class[b[n]]&inText == 0 {
		n++
	}
	name := x.open.last()
	end := n + len(name) + 3
	if x.empty || end > len(b) || b[n] != '<' || b[n+1] != '/' || b[end-1] != '>' || string(b[n+2:end-1]) != string(name) {
		return nil, false
	}
	x.pos += end
	x.close()
	return b[:n], true
}

// close leaves the innermost element and what namespaces it declared.
func (x *scanner) close() {
	if n := len(x.scopes.bound); n > 0 && x.scopes.bound[n-1].depth == x.depth() {
		x.scopes.leave(x.depth())
	}
	x.open.pop()
}

// depth is the number of open elements: 1 within the root.
func (x *scanner) depth() int { return len(x.open.marks) }

// declaration scans comments and CDATA.
func (x *scanner) declaration(b []byte) (token, error) {
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		n := bytes.Index(b[4:], []byte("--"))
		if n < 0 || len(b) < 4+n+3 {
			return 0, errMore
		}
		if b[4+n+2] != '>' {
			return 0, x.fail("xml-syntax")
		}
		x.pos += 4 + n + 3
		return tokenNothing, nil
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		n := bytes.Index(b, []byte("]]>"))
		if n < 0 {
			return 0, errMore
		}
		if len(x.open.marks) == 0 {
			return 0, x.fail("xml-syntax")
		}
		x.text, x.cdata, x.plain = b[9:n], true, false
		x.pos += n + 3
		return tokenText, nil
	case len(b) < 9:
		return 0, errMore
	case bytes.HasPrefix(b, []byte("<!DOCTYPE")):
		return 0, x.fail("xml-dtd")
	}
	return 0, x.fail("xml-syntax")
}

// instruction skips <?…?>, after a look at the encoding that <?xml …?> names.
func (x *scanner) instruction(b []byte) (token, error) {
	n := bytes.Index(b, []byte("?>"))
	if n < 0 {
		return 0, errMore
	}
	x.pos += n + 2
	_, end := qualified(b, 2)
	if end < 0 {
		return 0, x.fail("xml-syntax")
	}
	target, rest := b[2:min(end, n)], b[min(end, n):n]
	if !bytes.EqualFold(target, []byte("xml")) {
		return tokenNothing, nil
	}
	if x.seen || string(target) != "xml" {
		return 0, x.fail("xml-syntax")
	}
	if i := bytes.Index(rest, []byte("encoding")); i >= 0 {
		value := bytes.Trim(rest[i+len("encoding"):], "= \t\r\n")
		if len(value) < 2 {
			return 0, x.fail("xml-syntax")
		}
		value, _, _ = bytes.Cut(value[1:], value[:1])
		if !bytes.EqualFold(value, []byte("utf-8")) && !bytes.EqualFold(value, []byte("utf8")) &&
			!bytes.EqualFold(value, []byte("us-ascii")) {
			return 0, x.fail("xml-encoding")
		}
	}
	return tokenNothing, nil
}

// skip passes over the rest of the element whose start was just scanned.
func (x *scanner) skip() error {
	for depth := x.depth(); ; {
		t, err := x.next()
		if err != nil {
			return err
		}
		if t == tokenEnd && x.depth() < depth {
			return nil
		}
	}
}

// leap passes over the rest of the element whose start was just scanned, as
// skip does, and looks at nothing but its end tag: for what another reading of
// the part checks.
func (x *scanner) leap() error {
	end := append([]byte("</"), x.open.last()...)
	for !x.empty {
		if n := bytes.Index(x.buf[x.pos:x.end], end); n >= 0 {
			x.pos += n
			break
		}
		x.pos = max(x.pos, x.end-len(end)+1)
		if more, err := x.fill(); err != nil {
			return err
		} else if !more {
			return x.fail("xml-end")
		}
	}
	_, err := x.next()
	return err
}

// drain scans to the end of the part, so that its form and its checksum count.
func (x *scanner) drain() error {
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		if t == tokenEOF {
			return nil
		}
	}
}
