package queries

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// fewest is the smallest count of persons that others than a community's own
// staff are told of a part of it.
const fewest = 5

// A Hidden stands in a table in the place of a number that is not told.
type Hidden string

const (
	Few      Hidden = "<5" // one to four persons
	Withheld Hidden = "不列" // what a few could be worked out from
)

// Outside is a metric's table as others than the staff of a community may see
// it; own is the one whose rows stay as they are, "" for none.
//
// In a table that splits communities further, by reason, age or building, a
// count of persons (the header's line `persons: part, whole`) from 1 to 4 is
// Few. That it cannot be worked out again, what is hidden of numbers that add
// up to one known elsewhere is five persons or more: the next smallest go with
// it, over the rows of a community (`persons: members apart`: not where nobody
// adds them up), over the communities, and over the columns that split one row. What is worked out of a hidden number is hidden too.
// Nought is told, and so is a community's whole.
func (m *Metric) Outside(t Table, own string) Table {
	if len(m.Persons) == 0 {
		return t
	}
	hidden := map[cell]Hidden{}
	groups := m.adding(t, own)
	for _, g := range groups {
		for _, c := range g {
			if n, _ := Number(t.Rows[c.row][c.column]); n.IsPositive() && n.LessThan(decimal.New(fewest, 0)) {
				hidden[c] = Few
			}
		}
	}
	for more := len(hidden) > 0; more; {
		more = false
		for _, g := range groups {
			more = cover(t, g, hidden) || more
		}
	}
	told := Table{Columns: t.Columns}
	for i, row := range t.Rows {
		row = slices.Clone(row)
		for j, c := range t.Columns {
			if how := hidden[cell{i, j}]; how != "" {
				row[j] = how
			} else if row[j] != nil && m.worked(t, hidden, i, c.Name) {
				row[j] = Withheld
			}
		}
		told.Rows = append(told.Rows, row)
	}
	return told
}

type cell struct{ row, column int }

// adding lists the counts of persons that add up to one which is known: over a
// community's rows, over one key where the others are the same (the communities
// for one reason, the ages for one kind of member), over the columns of a row
// that split the same rows of sheets.
func (m *Metric) adding(t Table, own string) [][]cell {
	at := map[string]int{}
	var groups [][]cell
	add := func(c cell, format string, args ...any) {
		key := fmt.Sprintf(format, args...)
		n, known := at[key]
		if !known {
			n = len(groups)
			at[key], groups = n, append(groups, nil)
		}
		groups[n] = append(groups[n], c)
	}
	community := t.Index("community")
	var keys []int
	for j, c := range t.Columns {
		if m.Trace(c.Name) == nil && (j == community || !m.Apart) {
			keys = append(keys, j)
		}
	}
	for i, row := range t.Rows {
		if own != "" && community >= 0 && row[community] == own {
			continue
		}
		whose := ""
		if community >= 0 {
			whose, _ = row[community].(string)
		}
		for _, name := range m.Persons {
			c := cell{i, t.Index(name)}
			if !m.Apart {
				add(c, "rows of %s %s", whose, name)
			}
			for _, over := range keys {
				others := fmt.Sprint(over, name)
				for j := range t.Columns {
					if j != over && m.Trace(t.Columns[j].Name) == nil {
						others += fmt.Sprintf("\x00%v", row[j])
					}
				}
				add(c, "%s", others)
			}
			if trace := m.Trace(name); trace.Where != "" {
				add(c, "columns of %d %s", i, trace.Rows)
			}
		}
	}
	return groups
}

// cover hides the next smallest numbers of a group until five persons are
// hidden, and reports whether it had to.
func cover(t Table, group []cell, hidden map[cell]Hidden) bool {
	sum, some, more := decimal.Zero, false, false
	var shown []cell
	for _, c := range group {
		n, _ := Number(t.Rows[c.row][c.column])
		if hidden[c] != "" {
			sum, some = sum.Add(n), true
		} else if n.IsPositive() {
			shown = append(shown, c)
		}
	}
	slices.SortStableFunc(shown, func(a, b cell) int {
		one, _ := Number(t.Rows[a.row][a.column])
		other, _ := Number(t.Rows[b.row][b.column])
		return one.Cmp(other)
	})
	for some && sum.LessThan(decimal.New(fewest, 0)) && len(shown) > 0 {
		n, _ := Number(t.Rows[shown[0].row][shown[0].column])
		hidden[shown[0]], sum, more = Withheld, sum.Add(n), true
		shown = shown[1:]
	}
	return more
}

// worked reports whether a column is worked out of a hidden number.
func (m *Metric) worked(t Table, hidden map[cell]Hidden, row int, column string) bool {
	trace := m.Trace(column)
	if trace == nil || trace.Rows != "" {
		return false
	}
	return slices.ContainsFunc(trace.Fields, func(name string) bool {
		return hidden[cell{row, t.Index(name)}] != "" || m.worked(t, hidden, row, name)
	})
}
