// Package markup marks cells of a workbook and puts a list in front of it,
// and leaves every other byte of it as it was.
//
//	markup.go   marks over an .xlsx file, in steps
//	pack.go     the zip file: parts read, edited, added; the rest copied as they lie there
//	tags.go     tags of a part and where they stand; edits between them
//	book.go     the workbook's sheets
//	styles.go   a cell's own style with another fill
//	cells.go    a sheet's cells; notes.go, their comments; shapes.go, the boxes those show in
//	list.go     the list, and how a reader knows it
//	plain.go    a workbook of the same content for a file that is none
//
// A library that reads a workbook and writes it again keeps what it knows of.
// Here the bytes are edited in place: a cell gets the number of another
// style, and what is not marked is not touched.
//
// What is marked has been through package sheet, which has checked it. A part
// that sheet does not look at, such as old comments, may still be broken: that
// is an error here, never a panic.
package markup

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"xingce/ingest/sheet"
)

// A Mark colours one cell and says why.
type Mark struct {
	Row, Col int // 1-based
	Must     bool
	Text     string // of its comment
}

// notesShown is how many cells of a sheet get a comment; each is a drawing,
// and Excel gets slow over many. All are coloured, all are in the list.
const notesShown = 1000

// Apply gives a copy of an .xlsx file with marks in its sheets, in the order of
// package sheet, and the list as the first sheet. Marks and list of an earlier
// copy are taken out.
func Apply(ctx context.Context, original []byte, marks [][]Mark, list List) ([]byte, error) {
	read, err := sheet.Open(bytes.NewReader(original), int64(len(original)), sheet.DefaultLimits)
	if err != nil {
		return nil, err
	}
	p, err := openPack(original)
	if err != nil {
		return nil, err
	}
	b, err := openBook(p)
	if err != nil {
		return nil, err
	}
	if len(b.sheets) != len(read.Sheets) || len(b.sheets) != len(marks) {
		return nil, fmt.Errorf("%d sheets, %d of them read, marks for %d", len(b.sheets), len(read.Sheets), len(marks))
	}
	styles, err := b.styles()
	if err != nil {
		return nil, err
	}
	var earlier tab
	for i, t := range b.sheets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if known, err := listed(ctx, read.Sheets[i]); err != nil {
			return nil, err
		} else if known && earlier.part == "" {
			earlier = t
			continue
		}
		own := slices.Clone(marks[i])
		slices.SortStableFunc(own, func(a, b Mark) int { return cmp.Or(a.Row-b.Row, a.Col-b.Col) })
		c, err := markCells(p, t.part, own, styles)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.part, err)
		}
		if err := b.notes(t.part, c, own); err != nil {
			return nil, fmt.Errorf("%s: %w", t.part, err)
		}
	}
	for _, part := range b.charts {
		if _, err := markCells(p, part, nil, styles); err != nil {
			return nil, fmt.Errorf("%s: %w", part, err)
		}
	}
	if err := b.put(list, styles, earlier); err != nil {
		return nil, err
	}
	styles.write(p)
	var out bytes.Buffer
	if err := p.write(ctx, &out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
