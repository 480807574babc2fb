package queries

import (
	"fmt"
	"slices"
	"strings"
)

// Town adds a metric's table up over the communities: one row for each of the
// other keys. Counts and sums are added, a quotient is taken of the sums, never
// of the communities' quotients, and a rank among communities is left out. A
// community without a record adds nothing. Who stands on two communities' rolls
// counts in both, as in the communities' own figures. A metric about single
// persons or about the town stays as it is.
func (m *Metric) Town(t Table) Table {
	community := t.Index("community")
	if community < 0 || m.Grain == "member" || m.Grain == "volunteer" {
		return t
	}
	var kept []int
	for i, c := range t.Columns {
		if trace := m.Trace(c.Name); i != community && (trace == nil || trace.Op != "rank") {
			kept = append(kept, i)
		}
	}
	town := Table{}
	for _, i := range kept {
		town.Columns = append(town.Columns, t.Columns[i])
	}
	at := map[string]int{}
	for _, row := range t.Rows {
		var key strings.Builder
		for _, i := range kept {
			if m.Trace(t.Columns[i].Name) == nil {
				fmt.Fprintf(&key, "%v\x00", row[i])
			}
		}
		n, known := at[key.String()]
		if !known {
			n = len(town.Rows)
			at[key.String()] = n
			town.Rows = append(town.Rows, make([]any, len(kept)))
		}
		for j, i := range kept {
			if trace := m.Trace(t.Columns[i].Name); trace == nil {
				town.Rows[n][j] = row[i]
			} else {
				town.Rows[n][j] = trace.together(town.Rows[n][j], row[i])
			}
		}
	}
	if day := slices.IndexFunc(town.Columns, func(c Column) bool { return c.Type == Date }); day >= 0 {
		slices.SortStableFunc(town.Rows, func(a, b []any) int {
			return strings.Compare(town.Columns[day].String(a[day]), town.Columns[day].String(b[day]))
		})
	}
	for row := range town.Rows {
		for j, c := range town.Columns {
			switch trace := m.Trace(c.Name); {
			case trace == nil:
			case trace.Op == "/":
				town.Rows[row][j] = quotient(town.Value(row, trace.Fields[0]), town.Value(row, trace.Fields[1]), c.Scale)
			case trace.Op == "running":
				town.Rows[row][j] = running(town, row, trace.Fields[0])
			}
		}
	}
	return town
}

// together adds one community's value to those before it; null is nothing.
func (t Trace) together(so, more any) any {
	a, ok := Number(so)
	b, also := Number(more)
	switch {
	case !also:
		return so
	case !ok:
		return more
	case t.Op == "min" && a.LessThan(b), t.Op == "max" && a.GreaterThan(b):
		return so
	case t.Op == "min", t.Op == "max":
		return more
	}
	if n, whole := so.(int64); whole {
		return n + more.(int64)
	}
	return a.Add(b)
}

// quotient is null where a term is null or the divisor nothing.
func quotient(part, whole any, scale int32) any {
	a, ok := Number(part)
	b, also := Number(whole)
	if !ok || !also || b.IsZero() {
		return nil
	}
	return a.DivRound(b, scale)
}

// Beside sets the figures of other periods beside a table's: for each number a
// column of its name and the suffix, null where the row was not there then. The
// rows stay those of t.
func (t Table) Beside(suffix string, then Table) Table {
	numbers := func(c Column) bool { return c.Type == Int || c.Type == Decimal || c.Type == Float }
	key := func(t Table, row []any) string {
		var b strings.Builder
		for i, c := range t.Columns {
			if !numbers(c) {
				fmt.Fprintf(&b, "%s=%s\x00", c.Name, c.String(row[i]))
			}
		}
		return b.String()
	}
	was := map[string][]any{}
	for _, row := range then.Rows {
		was[key(then, row)] = row
	}
	wide := Table{Columns: slices.Clone(t.Columns)}
	var from []int
	for i, c := range then.Columns {
		if numbers(c) {
			c.Name += suffix
			wide.Columns = append(wide.Columns, c)
			from = append(from, i)
		}
	}
	for _, row := range t.Rows {
		old := was[key(t, row)]
		row = slices.Clone(row)
		for _, i := range from {
			if old == nil {
				row = append(row, nil)
			} else {
				row = append(row, old[i])
			}
		}
		wide.Rows = append(wide.Rows, row)
	}
	return wide
}
