package queries

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// A Type says what the values of a table's column are.
type Type uint8

const (
	Text    Type = iota // string
	Int                 // int64
	Decimal             // decimal.Decimal, exact
	Float               // float64, for charts only
	Date                // time.Time, a day in UTC
	Bool                // bool
)

// A Column is one column of a table as its SQL names it.
type Column struct {
	Name  string
	Type  Type
	Scale int32 // digits after the point, of a Decimal
}

// A Table is the answer of a metric. Rows stand in the SQL's order; a value
// is of its column's type or nil.
type Table struct {
	Columns []Column
	Rows    [][]any
}

// Index is the place of a column, or -1.
func (t Table) Index(name string) int {
	for i, c := range t.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// Where keeps the rows whose column holds the value. A table without the
// column stays as it is: a figure of the town has no community.
func (t Table) Where(column string, value any) Table {
	at := t.Index(column)
	if at < 0 {
		return t
	}
	kept := Table{Columns: t.Columns}
	for _, row := range t.Rows {
		if row[at] == value {
			kept.Rows = append(kept.Rows, row)
		}
	}
	return kept
}

// Value is the named value of a row, nil if it is null or there is no such
// row or column.
func (t Table) Value(row int, name string) any {
	at := t.Index(name)
	if at < 0 || row < 0 || row >= len(t.Rows) {
		return nil
	}
	return t.Rows[row][at]
}

// Number is a value as an exact number; false where it is null or no number.
func Number(v any) (decimal.Decimal, bool) {
	switch v := v.(type) {
	case int64:
		return decimal.NewFromInt(v), true
	case decimal.Decimal:
		return v, true
	case float64:
		return decimal.NewFromFloat(v), true
	}
	return decimal.Decimal{}, false
}

// String is a value in plain digits and ISO dates, with no thousands marks;
// null is the empty text.
func (c Column) String(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case decimal.Decimal:
		return v.StringFixed(c.Scale)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return v.Format(time.DateOnly)
	default:
		return strings.TrimSpace(fmt.Sprint(v))
	}
}
