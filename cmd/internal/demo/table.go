package demo

import "xingce/ingest"

// A table is one sheet, ready to be written.
type table struct {
	kind                     *ingest.Kind
	sheet, title, info, note string
	columns                  []column
	count                    int // of the rows
	rows                     func(yield func([]cell) bool)
	total                    []cell // nil if there is none
	foot                     string
	hidden                   [][]string // a sheet of codes beside it
}

type column struct {
	group, heading string
	field          string // "" for an idle one
	merged         bool
}

// levels is how many rows the header takes.
func (t *table) levels() int {
	for _, c := range t.columns {
		if c.group != "" {
			return 2
		}
	}
	return 1
}

// first is the number of the first row below the header.
func (t *table) first() int {
	n := 3 + t.levels()
	if t.note != "" {
		n++
	}
	return n
}

// A cell is one value. Its rows are reused.
type cell struct {
	kind   cellKind
	text   string
	number float64
}

type cellKind uint8

const (
	blankCell  cellKind = iota
	textCell            // text
	numberCell          // number
	moneyCell           // number, in yuan
	dateCell            // number, as Excel counts days
	sameCell            // merged with the one above
)

func words(s string) cell {
	if s == "" {
		return cell{}
	}
	return cell{kind: textCell, text: s}
}

func figure(n int) cell { return cell{kind: numberCell, number: float64(n)} }

func yuan(fen int64) cell { return cell{kind: moneyCell, number: float64(fen) / 100} }

// rowsOf makes rows of items. Cells of a merged column are left out where an
// item belongs to the one before.
func rowsOf[T any](columns []column, items func(yield func(T) bool), together func(a, b T) bool, value func(field string, item T) cell) func(yield func([]cell) bool) {
	return func(yield func([]cell) bool) {
		row := make([]cell, len(columns))
		var before T
		n := 0
		items(func(item T) bool {
			n++
			for i, c := range columns {
				switch {
				case c.field == "":
					row[i] = words(idle[c.heading])
					if c.heading == "序号" {
						row[i] = figure(n)
					}
				case c.merged && n > 1 && together(before, item):
					row[i] = cell{kind: sameCell}
				default:
					row[i] = value(c.field, item)
				}
			}
			before = item
			return yield(row)
		})
	}
}
