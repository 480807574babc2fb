package ingest

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"xingce/ingest/sheet"
)

// above finds a table over this one, of which nothing would be read: a row of
// headings with something between it and the header.
func (l *layout) above(rows []sheet.Row, kinds []*Kind) *Issue {
	words := dictionary{}
	for i, row := range rows[:max(l.first-1, 0)] {
		headings := join(rows[i : i+1])
		for _, kind := range kinds {
			if other := match(kind, kind.places(nil), headings, words); other != nil && len(other.columns) >= 3 && 2*len(other.columns) > filled(row.Cells) {
				return &Issue{Severity: Error, Code: "stacked", Row: row.Number, Found: fmt.Sprintf("%s的上面、从第 %d 行起还放着一张%s", l.kind.Title, row.Number, kind.Title), Wanted: "一张工作表里只有一张表", Mend: "请把它们放到各自的工作表"}
			}
		}
	}
	return nil
}

// filled counts the cells that hold something.
func filled(cells []sheet.Cell) int {
	n := 0
	for _, cell := range cells {
		if strings.TrimSpace(cell.Text) != "" {
			n++
		}
	}
	return n
}

// A stack is what stands below the header: this table's rows and, it may be,
// other tables.
type stack struct {
	headings map[string]place // of any kind, in plain form
	// title says what a line above a header would name: the sheet's own place,
	// time or kind, or another than the sheet's.
	title func(line string) (own, other bool)

	first, last int // rows of the other tables, 0 for none
}

// own gives the rows below the header, from which it takes the headers that
// are there again, as at the top of a printed page, and the titles over them:
// they are skipped. What follows another header, or a title of another place
// or time, is another table, of which no row is let in.
func (w *walk) own(ctx context.Context) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		counts := &w.batch.Counts
		var held []sheet.Row // until it is known whether a header follows
		give := func(rows []sheet.Row) bool {
			return !slices.ContainsFunc(rows, func(row sheet.Row) bool { return !yield(row, nil) })
		}
		header := w.header[len(w.header)-1].Number
		for row, err := range w.sheet.Rows(ctx) {
			switch {
			case err != nil:
				yield(row, err)
				return
			case row.Number <= header || blank(row):
				continue
			case w.stack.first > 0:
				w.stack.last = row.Number
				counts.Read++
				counts.Rejected++
				continue
			}
			if again := w.repeats(row.Cells); again || w.anotherHeader(row.Cells) {
				rows, other := held, !again
				for i, row := range held {
					own, not := w.stack.title(filledIn(line(row)))
					if not || own && filled(row.Cells) == 1 {
						rows, other = held[:i], other || not
						break
					}
				}
				titles := append(held[len(rows):], row)
				if !give(rows) {
					return
				}
				counts.Read += len(titles)
				if w.top = true; other {
					counts.Rejected += len(titles)
					w.stack.first, w.stack.last = titles[0].Number, row.Number
				} else {
					counts.Skipped += len(titles)
				}
				held = nil
				continue
			}
			if filled(row.Cells) <= 4 && !w.claims(row.Cells, nil, func(_ int, cell sheet.Cell) bool { return filled([]sheet.Cell{cell}) > 0 }) {
				row.Cells = slices.Clone(row.Cells)
				if held = append(held, row); len(held) <= 4 {
					continue
				}
				row, held = held[0], held[1:]
			} else if !give(held) {
				return
			} else {
				held = nil
			}
			if !yield(row, nil) {
				return
			}
		}
		give(held)
	}
}

// anotherHeader reports whether a row holds headings, and no data that is made
// of the same words, as grades are.
func (w *walk) anotherHeader(cells []sheet.Cell) bool {
	known := false
	for _, cell := range cells {
		if cell.Type == sheet.Number || cell.Type == sheet.Date {
			return false
		}
		if _, ok := w.stack.headings[strings.TrimSpace(cell.Text)]; ok {
			known = true
		}
	}
	if !known { // as in most rows
		return false
	}
	seen := map[string]bool{}
	words := dictionary{}
	for _, cell := range cells {
		r := words.read(cell.Text)
		if _, ok := w.stack.headings[r.name]; ok {
			seen[r.name] = true
		}
	}
	return len(seen) >= 3 && 2*len(seen) > filled(cells) &&
		(len(seen) == filled(cells) || !w.claims(cells, nil, func(i int, cell sheet.Cell) bool { return w.reads(w.layout.columns[i], cell) }))
}

// tellStacked says what was not read, in one sentence for all its rows.
func (w *walk) tellStacked() {
	if first := w.stack.first; first > 0 {
		w.batch.Issues = append(w.batch.Issues, Issue{Severity: Error, Code: "stacked", File: w.batch.Source.File, Sheet: w.batch.Sheet, Row: first,
			Found: fmt.Sprintf("从第 %d 行到第 %d 行像是另一张表，都没有收", first, w.stack.last), Wanted: "一张工作表里只有一张表", Mend: "请把它放到另一张工作表；确是同一张的，请删去中间的标题和列名"})
	}
}
