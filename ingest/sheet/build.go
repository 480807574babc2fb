package sheet

import "errors"

// errStop ends a walk that its consumer has had enough of.
var errStop = errors.New("stop")

// A rowBuilder collects the cells of one row after the other. What a row's
// cells say is kept in one buffer, which becomes one string: a row costs one
// allocation, whatever its width.
type rowBuilder struct {
	lim   Limits
	count int64 // cells so far, in all rows

	cells []Cell // empty but for those in used
	used  []int  // 0-based columns, ascending
	text  []byte
	spans []span // texts in text
	from  int    // of the text begun
}

type span struct{ col, from, to int }

// string adds a cell whose text is a string already.
func (b *rowBuilder) string(col int, t CellType, text string) error {
	return b.add(col, Cell{t, text})
}

// bytes adds a cell; text may be overwritten afterwards.
func (b *rowBuilder) bytes(col int, t CellType, text []byte) error {
	b.begin()
	b.text = append(b.text, text...)
	return b.end(col, t)
}

// begin and end add a cell whose text is appended to b.text in between.
func (b *rowBuilder) begin() { b.from = len(b.text) }

func (b *rowBuilder) end(col int, t CellType) error {
	b.spans = append(b.spans, span{col - 1, b.from, len(b.text)})
	return b.add(col, Cell{Type: t})
}

func (b *rowBuilder) add(col int, c Cell) error {
	if b.count++; b.count > b.lim.Cells {
		return refuse("cells", b.lim.Cells)
	}
	if col > len(b.cells) {
		b.cells = append(b.cells, make([]Cell, max(col-len(b.cells), len(b.cells), 16))...)
	}
	b.cells[col-1] = c
	b.used = append(b.used, col-1)
	return nil
}

// finish gives the row, which stays valid until the next finish.
func (b *rowBuilder) finish(number int, hidden bool) Row {
	text := string(b.text)
	for _, s := range b.spans {
		b.cells[s.col].Text = text[s.from:s.to]
	}
	b.text, b.spans = b.text[:0], b.spans[:0]
	width := 0
	if n := len(b.used); n > 0 {
		width = b.used[n-1] + 1
	}
	return Row{Number: number, Hidden: hidden, Cells: b.cells[:width]}
}

// clear empties the row that was given, in time that depends on the cells it
// had, not on how far right they were.
func (b *rowBuilder) clear() {
	for _, col := range b.used {
		b.cells[col] = Cell{}
	}
	b.used = b.used[:0]
}
