package sheet

import (
	"context"
	"encoding/binary"
)

// hidden reads a worksheet part as far as its cells for its hidden columns. A
// run that makes no sense is passed over: no cell depends on it.
func (w *workbook) hidden(ctx context.Context, part string) ([]Span, error) {
	src, err := w.pack.open(ctx, part)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	x := newScanner(src, part, w.lim)
	if err := root(x, nsMain, "worksheet"); err != nil {
		return nil, located(err, part, 0, 0)
	}
	var found []Span
	err = children(x, func() error {
		switch {
		case x.is(nsMain, "sheetData"):
			return errStop
		case !x.is(nsMain, "cols"):
			return nil
		}
		return children(x, func() error {
			if !x.is(nsMain, "col") || !truth(x.attr("hidden")) {
				return nil
			}
			first, ok := wholeNumber(x.attr("min"))
			last, also := wholeNumber(x.attr("max"))
			if ok && also && len(found) < lastCol {
				found = append(found, Span{first, last})
			}
			return nil
		})
	})
	if err != nil && err != errStop {
		return nil, located(err, part, 0, 0)
	}
	return found, nil
}

// hidden reads a sheet for its hidden columns.
func (w *xlsBook) hidden(name string, at int) ([]Span, error) {
	var found []Span
	err := w.walk(at, func(rec record) error {
		if rec.kind != recColInfo || len(rec.data) < 10 || len(found) == lastCol {
			return nil
		}
		word := func(i int) int { return int(binary.LittleEndian.Uint16(rec.data[i:])) }
		if word(8)&1 != 0 {
			found = append(found, Span{word(0) + 1, word(2) + 1})
		}
		return nil
	})
	return found, located(err, name, 0, 0)
}
