package stars

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"xingce/ingest/period"
	"xingce/queries"
)

// Measures tells Load which metrics count what a member has done.
func Measures(c *queries.Catalog) func(name string) bool {
	return func(name string) bool {
		m := c.Metric(name)
		return m != nil && m.Grain == "member"
	}
}

// Collect makes a case of every member on the roll at the year's end, in the
// roll's order (which holds no person keys: they differ from site to site).
// No communities mean all. A measure that is null is no record.
func Collect(ctx context.Context, s *queries.Session, p Policy, communities []string, year period.Period) ([]Case, error) {
	if year.Start.Before(p.From) {
		return nil, fmt.Errorf("%s自 %s 起施行，不能评%s", p.Title, p.From.Format("2006-01-02"), year.Title())
	}
	roll, err := s.Table(ctx, "member_roll", year)
	if err != nil {
		return nil, err
	}
	measured := map[string]map[member]decimal.Decimal{}
	for _, item := range p.Items {
		if measured[item.Measure] != nil {
			continue
		}
		t, err := s.Table(ctx, item.Measure, year)
		if err != nil {
			return nil, err
		}
		if measured[item.Measure], err = byMember(t); err != nil {
			return nil, fmt.Errorf("指标 %s：%w", item.Measure, err)
		}
	}
	var cases []Case
	for row := range roll.Rows {
		text := func(column string) string { s, _ := roll.Value(row, column).(string); return s }
		c := Case{
			Community: text("community"), Person: text("person"), Name: text("name"),
			Kind: text("kind"), Standing: text("standing"), Group: text("party_group"),
			Counts: map[string]decimal.Decimal{},
		}
		if len(communities) > 0 && !slices.Contains(communities, c.Community) {
			continue
		}
		for _, item := range p.Items {
			if n, ok := measured[item.Measure][member{c.Community, c.Person}]; ok {
				c.Counts[item.Name] = n
			}
		}
		cases = append(cases, c)
	}
	return cases, nil
}

type member struct{ community, person string }

func byMember(t queries.Table) (map[member]decimal.Decimal, error) {
	for _, column := range []string{"community", "person", "value"} {
		if t.Index(column) < 0 {
			return nil, fmt.Errorf("没有 %s 一列", column)
		}
	}
	if t.Columns[t.Index("value")].Type == queries.Float {
		return nil, fmt.Errorf("value 不是精确的数，不能计分")
	}
	values := map[member]decimal.Decimal{}
	for row := range t.Rows {
		community, _ := t.Value(row, "community").(string)
		person, _ := t.Value(row, "person").(string)
		m := member{community, person}
		if _, twice := values[m]; twice {
			return nil, fmt.Errorf("%s有一名党员出现了两次", community)
		}
		if n, ok := queries.Number(t.Value(row, "value")); ok {
			values[m] = n
		}
	}
	return values, nil
}
