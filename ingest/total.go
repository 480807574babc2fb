package ingest

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest/sheet"
)

// total keeps what a 合计 row states for the columns that can be summed.
func (w *walk) total(row sheet.Row) {
	for _, col := range w.layout.columns {
		if !col.summed() || col.at >= len(row.Cells) {
			continue
		}
		var value [1]any
		if w.convert.convert(col, row.Cells[col.at], value[:]) != nil || value[0] == nil {
			continue
		}
		w.batch.Totals = append(w.batch.Totals, Total{Row: row.Number, Column: col.Name, Says: exact(value[0]).String()})
	}
}

func (c Column) summed() bool { return c.Type == Money || c.Type == Hours || c.Type == Count }

// add sums an accepted row.
func (w *walk) add() {
	for _, col := range w.layout.columns {
		if col.summed() && w.values[col.field] != nil {
			w.sums[col.Name] = w.sums[col.Name].Add(exact(w.values[col.field]))
		}
	}
}

func exact(v any) decimal.Decimal {
	if n, ok := v.(int64); ok {
		return decimal.NewFromInt(n)
	}
	return v.(decimal.Decimal)
}

// compareTotals lists the sheet's last stated total of each column where it
// differs from the rows. Subtotals before it are not compared.
func (w *walk) compareTotals() {
	last := map[string]int{}
	for i, t := range w.batch.Totals {
		last[t.Column] = i
	}
	for i := range w.batch.Totals {
		t := &w.batch.Totals[i]
		t.Found = w.sums[t.Column].String()
		if last[t.Column] != i || t.Says == t.Found {
			continue
		}
		for _, col := range w.layout.columns {
			if col.Name == t.Column {
				w.issue(Warning, "total", t.Row, col, fmt.Sprintf("合计写的是 %s，各行相加是 %s", t.Says, t.Found), "", "请核对合计，或看看有没有被退回的行")
			}
		}
	}
}

// A record shows a row by field names.
type record struct {
	index  map[string]int
	values []any
}

func (r record) Text(field string) string {
	text, _ := r.values[r.index[field]].(string)
	return text
}

func (r record) Null(field string) bool { return r.values[r.index[field]] == nil }

func (w *walk) day(col located) (time.Time, bool) {
	day, ok := w.values[col.field].(time.Time)
	return day, ok
}
