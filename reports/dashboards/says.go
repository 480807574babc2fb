package dashboards

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/reports"
)

// known keeps the named values that are known.
func known(list []reports.Named) []reports.Named {
	var kept []reports.Named
	for _, n := range list {
		if n.Known {
			kept = append(kept, n)
		}
	}
	return kept
}

func share(part, whole decimal.Decimal) reports.Value {
	return reports.Value{Number: part.DivRound(whole, 10), Part: part, Whole: whole, Known: true, Unit: reports.Share}
}

func persons(n decimal.Decimal) reports.Value {
	return reports.Value{Number: n, Known: true, Unit: reports.Persons}
}

// saysChange says a measure's value against last quarter and last year.
func saysChange(m reports.Measure) func(*reports.Data) string {
	return func(d *reports.Data) string {
		if !d.Now(m).Known {
			return ""
		}
		return fmt.Sprintf("%s %s，%s", m.Name, d.Now(m), compared(d, m))
	}
}

// compared sets a measure against last quarter and last year.
func compared(d *reports.Data, m reports.Measure) string {
	quarter, year := d.Change(m), d.YearChange(m)
	if !quarter.Known && !year.Known {
		return "上季、上年同期无可比数据"
	}
	return quarter.Than("上季") + "，" + year.Than("上年同期")
}

// from sets a count against what it was last quarter and last year, with the
// changes of its parts where they make up the whole change.
func from(d *reports.Data, m reports.Measure, parts ...reports.Measure) string {
	quarter, year := d.Change(m), d.YearChange(m)
	if !quarter.Known && !year.Known {
		return "上季、上年同期无可比数据"
	}
	said := against(quarter, d.At(m, d.Period.Prev()), "上季")
	sum := decimal.Zero
	var terms []string
	for _, part := range parts {
		if c := d.Change(part); c.Known {
			sum = sum.Add(c.By)
			terms = append(terms, part.Name+c.Words())
		}
	}
	if len(terms) == len(parts) && terms != nil && !sum.IsZero() && sum.Equal(quarter.By) {
		said += "（" + strings.Join(terms, "，") + "）"
	}
	return said + "，" + against(year, d.At(m, d.Period.YearBefore()), "上年同期")
}

// against says by how much, and from what: 比上季的 9282人多43人.
func against(c reports.Change, before reports.Value, when string) string {
	if !c.Known || c.By.IsZero() {
		return c.Than(when)
	}
	return fmt.Sprintf("比%s的 %s%s", when, before, c.Words())
}

// saysFirst names the largest: of shares with the smallest, of counts with its
// part of all.
func saysFirst(m reports.Measure, column string) func(*reports.Data) string {
	return func(d *reports.Data) string {
		list := known(d.By(m, column))
		if len(list) < 2 {
			return ""
		}
		first, last := list[0], list[len(list)-1]
		if m.Unit == reports.Share {
			return fmt.Sprintf("%s最高的是%s，%s；最低的是%s，%s", m.Name, first.Name, first.Value, last.Name, last.Value)
		}
		all := d.Now(m).Number
		if column == "community" {
			all = d.Whole(m).Number
		}
		if last.Number.IsNegative() || !all.IsPositive() {
			return fmt.Sprintf("%s最多的是%s，%s；最少的是%s，%s", m.Name, first.Name, first.Value, last.Name, last.Value)
		}
		return fmt.Sprintf("%s最多的是%s，%s，占 %s", m.Name, first.Name, first.Value, share(first.Number, all))
	}
}

// directions counts how many rose and fell against earlier values.
func directions(now, before []reports.Named) (rose, fell, compared int) {
	then := map[string]reports.Value{}
	for _, n := range before {
		then[n.Name] = n.Value
	}
	for _, n := range now {
		if c := n.Value.Since(then[n.Name]); c.Known {
			compared++
			rose += max(0, c.By.Sign())
			fell += max(0, -c.By.Sign())
		}
	}
	return rose, fell, compared
}

// saysRank says the community's place in the town.
func saysRank(m reports.Measure) func(*reports.Data) string {
	return func(d *reports.Data) string {
		rank, of := d.Rank(m)
		if rank == 0 {
			return ""
		}
		return fmt.Sprintf("%s %s，在全镇 %d 个有数据的社区中由高到低居第 %d", m.Name, d.Now(m), of, rank)
	}
}

// grown names the up to two places where a measure grew most since the
// quarter before.
func grown(d *reports.Data, m reports.Measure, column string) []string {
	before := map[string]reports.Value{}
	for _, n := range d.Before(m, column) {
		before[n.Name] = n.Value
	}
	type growth struct {
		name string
		by   decimal.Decimal
	}
	var first, second growth
	for _, n := range d.InOrder(m, column) {
		c := n.Value.Since(before[n.Name])
		if !c.Known {
			continue
		}
		switch {
		case c.By.GreaterThan(first.by):
			first, second = growth{n.Name, c.By}, first
		case c.By.GreaterThan(second.by):
			second = growth{n.Name, c.By}
		}
	}
	var names []string
	for _, g := range []growth{first, second} {
		if g.name != "" {
			names = append(names, g.name)
		}
	}
	return names
}
