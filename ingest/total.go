package ingest

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest/sheet"
)

// total keeps what a 合计 row states for the columns that can be summed. The
// last such row is compared with the rows; a 总计 goes before it, wherever it
// stands.
func (w *walk) total(row sheet.Row, grand bool) {
	for _, col := range w.layout.columns {
		if !col.summed() || col.at >= len(row.Cells) {
			continue
		}
		var value [1]any
		if w.convert.convert(col, row.Cells[col.at], value[:]) != nil || value[0] == nil {
			continue
		}
		if was, ok := w.stated[col.Name]; !ok || grand || !was.grand {
			w.stated[col.Name] = stated{len(w.batch.Totals), grand}
		}
		w.batch.Totals = append(w.batch.Totals, Total{Row: row.Number, Column: col.Name, Says: exact(value[0]).String()})
	}
}

func (c Column) summed() bool { return c.Type == Money || c.Type == Hours || c.Type == Count }

// stated is the total of a column that is compared.
type stated struct {
	at    int // in the batch's Totals
	grand bool
}

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

// compareTotals lists where the sheet's totals differ from its accepted rows.
func (w *walk) compareTotals() {
	for i := range w.batch.Totals {
		w.batch.Totals[i].Found = w.sums[w.batch.Totals[i].Column].String()
	}
	for _, col := range w.layout.columns {
		s, ok := w.stated[col.Name]
		if !ok {
			continue
		}
		t := w.batch.Totals[s.at]
		if said, _ := decimal.NewFromString(t.Says); said.Sub(w.sums[col.Name]).Abs().GreaterThan(w.slack(col)) {
			w.issue(Warning, "total", t.Row, col, fmt.Sprintf("合计写的是 %s，各行相加是 %s", t.Says, t.Found), "", "请核对合计，或看看有没有被退回的行")
		}
	}
}

// slack is how far a sum of minutes, each rounded to a hundredth of an hour,
// may be off.
func (w *walk) slack(col located) decimal.Decimal {
	if col.Type != Hours {
		return decimal.Zero
	}
	return decimal.New(5, -3).Mul(decimal.NewFromInt(int64(w.batch.Counts.Accepted + 1)))
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

func (r record) Day(field string) (time.Time, bool) {
	day, ok := r.values[r.index[field]].(time.Time)
	return day, ok
}

func (r record) Number(field string) (decimal.Decimal, bool) {
	if r.Null(field) {
		return decimal.Decimal{}, false
	}
	return exact(r.values[r.index[field]]), true
}

func (w *walk) day(col located) (time.Time, bool) {
	day, ok := w.values[col.field].(time.Time)
	return day, ok
}
