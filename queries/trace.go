package queries

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/ingest/period"
)

// A Trace says how one column of a metric comes from rows of sheets: the
// header's line `trace: part = count of present where kind = '流动'`. A CTE of
// the statement holds the rows, with their batch and row; or the column is
// worked out of others of the same table.
type Trace struct {
	Column string
	// Op is count, distinct, sum, min or max over Rows; or + - / of two columns,
	// floor (of a column over a whole number), rank (by a column, the largest
	// first) or running (the sum so far).
	Op     string
	Fields []string // of the rows, or the columns worked with; of a floor, the divisor too
	Rows   string   // the CTE; empty for what is worked out of columns
	Where  string   // which of them, in SQL; empty for all
	Text   string   // as the header says it
}

var (
	traceOfRows    = regexp.MustCompile(`^(count|distinct|sum|min|max)(?: ([a-z_0-9, ]+))? of ([a-z_0-9]+)(?: where (.+))?$`)
	traceOfColumns = regexp.MustCompile(`^([a-z_0-9]+) ([-+/]) ([a-z_0-9]+)$`)
	traceOfFloor   = regexp.MustCompile(`^floor of ([a-z_0-9]+) / ([1-9][0-9]*)$`)
	traceOfOrder   = regexp.MustCompile(`^(rank|running) of ([a-z_0-9]+)$`)
)

func parseTrace(said string) (Trace, error) {
	column, text, ok := strings.Cut(said, " = ")
	t := Trace{Column: strings.TrimSpace(column), Text: strings.TrimSpace(text)}
	if m := traceOfRows.FindStringSubmatch(t.Text); ok && m != nil && (m[1] == "count") == (m[2] == "") {
		t.Op, t.Rows, t.Where = m[1], m[3], m[4]
		if m[2] != "" {
			t.Fields = strings.Split(m[2], ", ")
		}
		return t, nil
	}
	if m := traceOfColumns.FindStringSubmatch(t.Text); ok && m != nil {
		t.Op, t.Fields = m[2], []string{m[1], m[3]}
		return t, nil
	}
	if m := traceOfFloor.FindStringSubmatch(t.Text); ok && m != nil {
		t.Op, t.Fields = "floor", m[1:]
		return t, nil
	}
	if m := traceOfOrder.FindStringSubmatch(t.Text); ok && m != nil {
		t.Op, t.Fields = m[1], []string{m[2]}
		return t, nil
	}
	return t, fmt.Errorf("a trace reads like `part = count of present where kind = '流动'` or `value = part / whole`, not %q", said)
}

// Trace is that of a column, nil if there is none.
func (m *Metric) Trace(column string) *Trace {
	for i := range m.Traces {
		if m.Traces[i].Column == column {
			return &m.Traces[i]
		}
	}
	return nil
}

// Evidence is what stands behind one figure: a value in a metric's table.
type Evidence struct {
	Trace  Trace
	Figure any   // as the metric answers it
	digits int32 // that it has after the point
	// Again is the figure worked out once more, from Rows or Terms; nil for none.
	Again any
	Terms []Evidence // of a figure worked out of others
	Rows  []Origin   // in the order of batch and row
}

// An Origin is a row of a sheet, and what it gave to the figure.
type Origin struct {
	Batch  int32
	Row    int // 0 for the sheet as a whole
	Values []any
}

// Agrees reports whether the figure is what its evidence gives. Where there
// are no rows it is null, for want of sheets, or nought.
func (e Evidence) Agrees() bool {
	for _, term := range e.Terms {
		if !term.Agrees() {
			return false
		}
	}
	figure, ok := Number(e.Figure)
	again, have := Number(e.Again)
	switch {
	case !ok:
		return e.Figure == nil && (!have || again.IsZero())
	case !have:
		return figure.IsZero()
	}
	if _, exact := e.Figure.(int64); exact || e.Trace.Rows != "" {
		return figure.Equal(again)
	}
	// A quotient keeps as many digits as its column: half of the last is rounding.
	return figure.Sub(again).Abs().LessThanOrEqual(decimal.New(5, -e.digits-1))
}

// Follow finds the evidence for one figure of a table that m answered for p:
// the column's value in a row. The same state of the data gives the same rows.
func Follow(ctx context.Context, db Querier, m *Metric, p period.Period, t Table, row int, column string) (Evidence, error) {
	trace := m.Trace(column)
	if trace == nil {
		return Evidence{}, fmt.Errorf("metric %s: no trace for column %q", m.Name, column)
	}
	e := Evidence{Trace: *trace, Figure: t.Value(row, column), digits: t.Columns[t.Index(column)].Scale}
	if trace.Rows != "" {
		var err error
		if e.Rows, err = origins(ctx, db, m, *trace, p, t, row); err != nil {
			return Evidence{}, fmt.Errorf("metric %s: trace of %s: %w", m.Name, column, err)
		}
		e.Again = trace.of(e.Rows)
		return e, nil
	}
	for i, name := range trace.Fields {
		if trace.Op == "rank" || trace.Op == "running" || trace.Op == "floor" && i > 0 {
			break
		}
		term, err := Follow(ctx, db, m, p, t, row, name)
		if err != nil {
			return Evidence{}, err
		}
		e.Terms = append(e.Terms, term)
	}
	switch trace.Op {
	case "rank":
		e.Again = rank(t, row, trace.Fields[0])
	case "running":
		e.Again = running(t, row, trace.Fields[0])
	case "floor":
		if n, ok := Number(e.Terms[0].Figure); ok {
			e.Again = n.Div(decimal.RequireFromString(trace.Fields[1])).Floor()
		}
	default:
		e.Again = trace.worked(e.Terms)
	}
	return e, nil
}

// origins asks for the rows of the trace's CTE that have the same keys as the
// table's row: all its columns but numbers.
func origins(ctx context.Context, db Querier, m *Metric, trace Trace, p period.Period, t Table, row int) ([]Origin, error) {
	at := proper.FindStringIndex(m.SQL)
	if at == nil {
		return nil, fmt.Errorf("the statement has no SELECT at a line's start after its CTEs")
	}
	ctes := m.SQL[:at[0]]
	columns, err := query(ctx, db, ctes+"SELECT * FROM "+trace.Rows+" WHERE FALSE", p)
	if err != nil {
		return nil, err
	}
	conditions, args := []string{"TRUE"}, []any(nil)
	if trace.Where != "" {
		conditions = append(conditions, "("+trace.Where+")")
	}
	for i, c := range t.Columns {
		if c.Type == Int || c.Type == Decimal || m.Trace(c.Name) != nil || columns.Index(c.Name) < 0 {
			continue
		}
		name := fmt.Sprintf("key_%d", i)
		conditions = append(conditions, fmt.Sprintf("%s IS NOT DISTINCT FROM $%s", c.Name, name))
		args = append(args, sql.Named(name, t.Rows[row][i]))
	}
	fields := append([]string{"batch", `"row"`}, trace.Fields...)
	got, err := query(ctx, db, fmt.Sprintf("%sSELECT %s FROM %s WHERE %s ORDER BY batch, \"row\"",
		ctes, strings.Join(fields, ", "), trace.Rows, strings.Join(conditions, " AND ")), p, args...)
	if err != nil {
		return nil, err
	}
	var list []Origin
	for _, r := range got.Rows {
		batch, _ := r[0].(int64)
		number, _ := r[1].(int64)
		list = append(list, Origin{int32(batch), int(number), r[2:]})
	}
	return list, nil
}

// proper is where the statement proper begins: CTEs are indented.
var proper = regexp.MustCompile(`(?m)^SELECT\b`)

// of works the figure out of rows.
func (t Trace) of(rows []Origin) any {
	switch t.Op {
	case "count":
		return int64(len(rows))
	case "distinct":
		seen := map[string]bool{}
		for _, r := range rows {
			if !slices.Contains(r.Values, nil) || len(r.Values) > 1 {
				seen[fmt.Sprintf("%v", r.Values)] = true
			}
		}
		return int64(len(seen))
	}
	var result any
	for _, r := range rows {
		n, ok := Number(r.Values[0])
		if !ok {
			continue
		}
		so, any := Number(result)
		switch {
		case !any:
			result = n
		case t.Op == "sum":
			result = so.Add(n)
		case t.Op == "min" && n.LessThan(so), t.Op == "max" && n.GreaterThan(so):
			result = n
		}
	}
	return result
}

// worked gives the sum, difference or quotient of two terms, nil where one is
// null or the quotient is over nothing. A quotient keeps ten digits.
func (t Trace) worked(terms []Evidence) any {
	a, ok := Number(terms[0].Figure)
	b, also := Number(terms[1].Figure)
	if !ok || !also {
		return nil
	}
	switch t.Op {
	case "+":
		return a.Add(b)
	case "-":
		return a.Sub(b)
	}
	return quotient(terms[0].Figure, terms[1].Figure, 10)
}

// rank is how many rows have a larger value, and one.
func rank(t Table, row int, column string) any {
	own, ok := Number(t.Value(row, column))
	if !ok {
		return nil
	}
	n := int64(1)
	for other := range t.Rows {
		if v, ok := Number(t.Value(other, column)); ok && v.GreaterThan(own) {
			n++
		}
	}
	return n
}

// running is the sum of a column down to the row, over its community.
func running(t Table, row int, column string) any {
	sum := decimal.Decimal{}
	for other := range t.Rows[:row+1] {
		if v, ok := Number(t.Value(other, column)); ok && t.Value(other, "community") == t.Value(row, "community") {
			sum = sum.Add(v)
		}
	}
	return sum
}
