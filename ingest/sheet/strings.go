package sheet

import (
	"context"
	"strings"
	"unicode/utf8"
)

// An arena holds many strings in few blocks: two million small strings cost
// the collector nothing.
type arena struct {
	block strings.Builder
	size  int64
}

const arenaBlock = 1 << 20

func (a *arena) add(b []byte) string {
	if a.block.Cap()-a.block.Len() < len(b) {
		a.block = strings.Builder{}
		a.block.Grow(max(arenaBlock, len(b)))
	}
	from := a.block.Len()
	a.block.Write(b)
	a.size += int64(len(b))
	return a.block.String()[from:]
}

// readStrings reads the shared strings part.
func (w *workbook) readStrings(ctx context.Context) ([]string, error) {
	if w.textsAt == "" {
		return nil, nil
	}
	var texts []string
	var store arena
	var buf []byte
	err := w.pack.scan(ctx, w.textsAt, func(x *scanner) error {
		if err := root(x, nsMain, "sst"); err != nil {
			return err
		}
		return children(x, func() (err error) {
			if !x.is(nsMain, "si") {
				return nil
			}
			if buf, err = richText(x, buf[:0], w.lim); err != nil {
				return err
			}
			if len(texts) == w.lim.Strings || store.size+int64(len(buf)) > w.lim.StringBytes {
				return refuse("strings")
			}
			texts = append(texts, store.add(buf))
			return nil
		})
	})
	return texts, err
}

// richText appends the text of an open <si> or <is>: its <t>, or those of its
// runs <r> joined. Phonetic runs <rPh> are how it is pronounced, not what it
// says.
func richText(x *scanner, dst []byte, lim Limits) ([]byte, error) {
	start := len(dst)
	for depth := x.depth(); ; {
		t, err := x.next()
		if err != nil {
			return dst, err
		}
		switch {
		case t == tokenEnd && x.depth() < depth:
			return dst, checkText(dst[start:], lim)
		case t != tokenStart || x.is(nsMain, "r"):
		case x.is(nsMain, "t"):
			dst, err = plainText(x, dst, lim)
		default:
			err = x.skip()
		}
		if err != nil {
			return dst, err
		}
	}
}

// plainText appends the text of the open element, up to its end tag. Blanks
// are kept, whether or not xml:space says so: programs forget to.
func plainText(x *scanner, dst []byte, lim Limits) ([]byte, error) {
	start := len(dst)
	dst, err := content(x, dst, lim)
	if err != nil {
		return nil, err
	}
	return dst[:start+len(unescape(dst[start:]))], nil
}

// content appends the character data of the open element, up to its end tag.
func content(x *scanner, dst []byte, lim Limits) ([]byte, error) {
	if text, ok := x.simple(); ok {
		return append(dst, text...), nil // the window bounds it
	}
	start := len(dst)
	for {
		t, err := x.next()
		if err != nil {
			return nil, err
		}
		var ok bool
		switch t {
		case tokenEnd:
			return dst, nil
		case tokenStart:
			return nil, x.fail("xml-structure")
		}
		if x.plain {
			dst = append(dst, x.text...)
		} else if dst, ok = appendText(dst, x.text, x.cdata); !ok {
			return nil, x.fail("xml-syntax")
		}
		// A character is at most seven bytes: _x0041_.
		if len(dst)-start > 8*lim.CellText {
			return nil, refuse("cell-text", lim.CellText)
		}
	}
}

// checkText refuses a text that is longer than a cell can be.
func checkText(b []byte, lim Limits) error {
	if len(b) > lim.CellText && units(b) > lim.CellText {
		return refuse("cell-text", lim.CellText)
	}
	return nil
}

// units counts the UTF-16 units of a text, which is how Excel counts.
func units(b []byte) int {
	n := 0
	for _, r := range string(b) { // does not copy
		if n++; r > 0xffff {
			n++
		}
	}
	return n
}

// unescape decodes _xHHHH_, in which Excel writes what XML cannot hold, and
// _x005F_, which stands for an underscore before what only looks like one. It
// works in place.
func unescape(b []byte) []byte {
	from := 0
	for ; from+7 <= len(b); from++ {
		if b[from] == '_' && b[from+1] == 'x' {
			break
		}
	}
	if from+7 > len(b) {
		return b
	}
	out := b[:from]
	for i := from; i < len(b); {
		r, n := escaped(b[i:])
		if n == 0 {
			out = append(out, b[i])
			i++
			continue
		}
		if r >= 0xd800 && r < 0xdc00 {
			low, m := escaped(b[i+n:])
			if m > 0 && low >= 0xdc00 && low < 0xe000 {
				r, n = 0x10000+(r-0xd800)<<10+(low-0xdc00), n+m
			}
		}
		if r == 0 || !utf8.ValidRune(r) { // no text can hold it: it stays as written
			out = append(out, b[i:i+n]...)
		} else {
			out = utf8.AppendRune(out, r)
		}
		i += n
	}
	return out
}

func escaped(b []byte) (r rune, n int) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, 0
	}
	for _, c := range b[2:6] {
		d, ok := hexDigit(c)
		if !ok {
			return 0, 0
		}
		r = r<<4 | d
	}
	return r, 7
}
