package sheet

import (
	"bytes"
	"context"
)

const maxMerges = 1_000_000

// The size of a sheet in Excel.
const (
	lastRow = 1_048_576
	lastCol = 16_384
)

// merges reads a worksheet part for its merged ranges.
func (w *workbook) merges(ctx context.Context, part string) ([]Range, error) {
	var found []Range
	err := w.pack.scan(ctx, part, func(x *scanner) error {
		if err := root(x, nsMain, "worksheet"); err != nil {
			return err
		}
		return children(x, func() error {
			if x.is(nsMain, "sheetData") {
				return x.leap() // the rows' reader checks it
			}
			if !x.is(nsMain, "mergeCells") {
				return nil
			}
			return children(x, func() error {
				if !x.is(nsMain, "mergeCell") {
					return nil
				}
				r, ok := rangeOf(x.attr("ref"))
				if !ok {
					return refuse("bad-merge")
				}
				if len(found) == maxMerges {
					return refuse("merges")
				}
				found = append(found, r)
				return nil
			})
		})
	})
	return found, err
}

// rangeOf reads a reference such as A1:C3; A1 alone is a range of one cell, A:C
// is whole columns and 1:3 whole rows.
func rangeOf(ref []byte) (Range, bool) {
	first, last, two := bytes.Cut(ref, []byte(":"))
	if !two {
		last = first
	}
	var r Range
	var ok bool
	switch {
	case len(first) > 0 && len(last) > 0 && digit(first[0]) && digit(last[0]):
		r.FirstCol, r.LastCol = 1, lastCol
		r.FirstRow, ok = wholeNumber(first)
		if ok {
			r.LastRow, ok = wholeNumber(last)
		}
	case columnOf(first) > 0 && columnOf(last) > 0:
		r, ok = Range{1, columnOf(first), lastRow, columnOf(last)}, true
	default:
		r.FirstCol, r.FirstRow, ok = cellPlace(first)
		if ok {
			r.LastCol, r.LastRow, ok = cellPlace(last)
		}
	}
	return r, ok && 1 <= r.FirstRow && r.FirstRow <= r.LastRow && r.LastRow <= lastRow &&
		1 <= r.FirstCol && r.FirstCol <= r.LastCol && r.LastCol <= lastCol
}

// columnOf reads a reference that is a column alone, 0 if it is none.
func columnOf(ref []byte) int {
	col, _, ok := cellPlace(append(ref[:len(ref):len(ref)], '1'))
	if !ok || len(ref) == 0 || digit(ref[len(ref)-1]) {
		return 0
	}
	return col
}
