package sheet

import (
	"context"
	"iter"
)

// rows reads the rows of a worksheet part.
func (w *workbook) rows(ctx context.Context, part string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if err := w.eachRow(ctx, part, func(r Row) bool { return yield(r, nil) }); err != nil {
			yield(Row{}, err)
		}
	}
}

// eachRow calls yield with every row until it says no, and reads the part to
// its end if it never does.
func (w *workbook) eachRow(ctx context.Context, part string, yield func(Row) bool) error {
	texts, err := w.sharedStrings(ctx)
	if err != nil {
		return err
	}
	src, err := w.pack.open(ctx, part)
	if err != nil {
		return err
	}
	defer src.Close()
	r := rowReader{
		x: newScanner(src, part, w.lim), build: rowBuilder{lim: w.lim},
		texts: texts, styles: w.styles, date1904: w.date1904,
	}
	if err := root(r.x, nsMain, "worksheet"); err != nil {
		return located(err, part, 0, 0)
	}
	data := false
	err = children(r.x, func() error {
		if !r.x.is(nsMain, "sheetData") {
			return nil
		}
		if data {
			return r.x.fail("xml-structure")
		}
		data = true
		return children(r.x, func() error {
			if !r.x.is(nsMain, "row") {
				return nil
			}
			if err := r.row(); err != nil {
				return err
			}
			if !yield(r.build.finish(r.number, r.hidden)) {
				return errStop
			}
			r.build.clear()
			return nil
		})
	})
	switch err {
	case nil:
		err = r.x.drain()
	case errStop:
		return nil
	}
	return located(err, part, r.number, r.col)
}

// A rowReader turns the tokens of <sheetData> into rows.
type rowReader struct {
	x        *scanner
	build    rowBuilder
	texts    []string
	styles   []format
	date1904 bool

	number int // of the row being read
	col    int // of the cell being read, 1-based
	hidden bool
	value  []byte // of the cell being read
}

// row reads the open <row>.
func (r *rowReader) row() error {
	x := r.x
	number := r.number + 1
	r.hidden, r.col = false, 0
	for _, a := range x.attrs {
		if a.prefix >= 0 {
			continue
		}
		switch string(x.attrName(a)) {
		case "r":
			n, ok := wholeNumber(trim(x.attrValue(a)))
			if !ok || n < number {
				return refuse("bad-place").at(number, 0)
			}
			number = n
		case "hidden":
			r.hidden = truth(x.attrValue(a))
		}
	}
	r.number = number
	if number > r.build.lim.Rows {
		return refuse("rows", r.build.lim.Rows)
	}
	for {
		if ok, err := r.quick(); err != nil {
			return err
		} else if ok {
			continue
		}
		t, err := x.next()
		switch {
		case err != nil:
			return err
		case t == tokenEnd:
			return nil
		case t == tokenText:
			continue
		}
		if x.is(nsMain, "c") {
			err = r.cell()
		} else {
			err = x.skip()
		}
		if err != nil {
			return err
		}
	}
}

// cell reads the open <c>.
func (r *rowReader) cell() error {
	x := r.x
	col, style, kind := r.col+1, 0, cellNumber
	for _, a := range x.attrs {
		if a.prefix >= 0 || a.nameEnd-a.name != 1 {
			continue
		}
		var ok bool
		value := x.attrValue(a)
		switch x.tag[a.name] {
		case 'r':
			var row int
			if col, row, ok = cellPlace(value); !ok || row != r.number || col <= r.col {
				return refuse("bad-place").at(r.number, r.col+1)
			}
		case 's':
			if style, ok = wholeNumber(value); !ok && len(value) > 0 {
				return refuse("bad-index").at(r.number, col)
			}
		case 't':
			if kind, ok = cellKindOf(value); !ok {
				return refuse("bad-value").at(r.number, col)
			}
		}
	}
	r.col = col
	if col > r.build.lim.Cols {
		return refuse("cols", r.build.lim.Cols)
	}
	if style >= len(r.styles) && style > 0 {
		return refuse("bad-index").at(r.number, col)
	}
	var valued, formula, inline bool
	r.value = r.value[:0]
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		if t == tokenEnd {
			break
		}
		if t == tokenText {
			continue
		}
		switch {
		case x.ns != nsMain:
			err = x.skip()
		case string(x.name) == "v":
			if inline { // the inline string comes first, a value beside it is stray
				err = x.skip()
				break
			}
			valued = true
			r.value, err = content(x, r.value[:0], r.build.lim)
		case string(x.name) == "is":
			inline = true
			r.value, err = richText(x, r.value[:0], r.build.lim)
		default:
			formula = formula || string(x.name) == "f"
			err = x.skip()
		}
		if err != nil {
			return err
		}
	}
	return r.set(kind, style, valued, formula, inline)
}

// cellKind is what a cell's t attribute says of its value.
type cellKind uint8

const (
	cellNumber cellKind = iota
	cellShared
	cellString
	cellInline
	cellBool
	cellError
	cellDate
)

func cellKindOf(t []byte) (cellKind, bool) {
	switch string(t) {
	case "n", "":
		return cellNumber, true
	case "s":
		return cellShared, true
	case "str":
		return cellString, true
	case "inlineStr":
		return cellInline, true
	case "b":
		return cellBool, true
	case "e":
		return cellError, true
	case "d":
		return cellDate, true
	}
	return 0, false
}

// set puts the cell that has been read into the row.
func (r *rowReader) set(kind cellKind, style int, valued, formula, inline bool) error {
	b := &r.build
	if kind == cellInline || inline {
		if !inline && !valued {
			return nil
		}
		if !inline {
			r.value = unescape(r.value)
		}
		return b.bytes(r.col, Text, r.value)
	}
	if kind == cellString {
		if !valued {
			return r.missing(formula)
		}
		text := unescape(r.value)
		if err := checkText(text, b.lim); err != nil {
			return err
		}
		return b.bytes(r.col, Text, text)
	}
	value := trim(r.value)
	if len(value) == 0 {
		return r.missing(formula)
	}
	switch kind {
	case cellShared:
		n, ok := wholeNumber(value)
		if !ok || n >= len(r.texts) {
			return refuse("bad-index").at(r.number, r.col)
		}
		return b.string(r.col, Text, r.texts[n])
	case cellBool:
		switch string(value) {
		case "1", "true":
			return b.string(r.col, Bool, "TRUE")
		case "0", "false":
			return b.string(r.col, Bool, "FALSE")
		}
		return refuse("bad-value").at(r.number, r.col)
	case cellError:
		return b.bytes(r.col, Error, value)
	case cellDate:
		b.begin()
		text, ok := isoText(b.text, string(value))
		if !ok {
			return refuse("bad-value").at(r.number, r.col)
		}
		b.text = text
		return b.end(r.col, Date)
	}
	if style < len(r.styles) && r.styles[style] != (format{}) {
		f := r.styles[style]
		v, ok := parseNumber(value)
		if !ok {
			return refuse("bad-number").at(r.number, r.col)
		}
		b.begin()
		if text, ok := f.asText(b.text, v); ok {
			b.text = text
			return b.end(r.col, Text)
		}
		if f.shown != asNumber {
			if text, ok := serialText(b.text, v, f.shown, r.date1904); ok {
				b.text = text
				return b.end(r.col, Date)
			}
		}
	} else if !finite(value) {
		return refuse("bad-number").at(r.number, r.col)
	}
	return b.bytes(r.col, Number, value)
}

// NoResult is the text of a formula's cell whose result the file lacks.
const NoResult = "#无缓存值"

func (r *rowReader) missing(formula bool) error {
	if formula {
		return r.build.string(r.col, Error, NoResult)
	}
	return nil
}

// cellPlace reads a reference such as AB12.
func cellPlace(ref []byte) (col, row int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	row, ok = wholeNumber(ref[i:])
	return col, row, ok && col > 0 && row > 0
}

// wholeNumber reads decimal digits, up to nine of them.
func wholeNumber(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if !digit(c) {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
