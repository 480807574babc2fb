package ingest

import (
	"cmp"
	"context"
	"slices"

	"xingce/ingest/sheet"
)

// adds reports whether numbers of this type add up. One of them in a cell that
// is merged over several rows may be all theirs together, a couple's one gift,
// or the same for each: it is carried down to none. Whatever else a merged
// cell holds is said of every row that it covers.
func (t Type) adds() bool { return t == Money || t == Hours || t == Count || t == Score }

// held is the last cell of a column with anything in it, which may be merged
// over the rows below.
type held struct {
	row    int
	values []any
	bad    bool // it could not be read
}

// findMerges reads the merged ranges when the first blank cell asks for them.
func (w *walk) findMerges(ctx context.Context) error {
	if w.merged != nil {
		return nil
	}
	ranges, err := w.sheet.Merges(ctx)
	if err != nil {
		return err
	}
	w.merged = map[int][]sheet.Range{}
	for _, r := range ranges {
		if r.LastRow > r.FirstRow {
			w.merged[r.FirstCol-1] = append(w.merged[r.FirstCol-1], r)
		}
	}
	for _, list := range w.merged {
		slices.SortFunc(list, func(a, b sheet.Range) int { return cmp.Compare(a.FirstRow, b.FirstRow) })
	}
	return nil
}

// over gives the cell that covers a blank one of a located column, nil if none
// does that holds anything.
func (w *walk) over(i, row int) *held {
	h := &w.held[i]
	if h.row == 0 {
		return nil
	}
	list := w.merged[w.layout.columns[i].at]
	at, ok := slices.BinarySearchFunc(list, h.row, func(r sheet.Range, row int) int { return cmp.Compare(r.FirstRow, row) })
	if !ok || row > list[at].LastRow {
		return nil
	}
	return h
}

// hold keeps what a located column's cell gave; nil values could not be read.
func (w *walk) hold(i, row int, values []any) {
	h := &w.held[i]
	h.row, h.bad = row, values == nil
	h.values = append(h.values[:0], values...)
}

// fill carries a value down to a row below.
func (h *held) fill(col located, fields []any) *fault {
	switch {
	case h.bad:
		return &fault{"merged-fault", "能读出来的内容", "合并的那一格写得不对，请改正"}
	case h.values[0] != nil && col.Type.adds():
		return &fault{"merged-number", "每行各填各的数", "几行合起来只有一个数的，请写成一行；每行都是这个数的，请取消合并，逐行填写"}
	}
	copy(fields, h.values)
	return nil
}
