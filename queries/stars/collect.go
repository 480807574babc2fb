package stars

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"xingce/ingest/period"
	"xingce/queries"
)

// Who is judged: the grain of a policy's measures.
const (
	Members    = "member"
	Volunteers = "volunteer"
)

// rolls are the metrics that list whom a policy judges, in the roll's order.
var rolls = map[string]string{Members: "member_roll", Volunteers: "volunteer_roll"}

// Measures tells Load which metrics count what a member, or a volunteer, has
// done.
func Measures(c *queries.Catalog) func(subject, name string) bool {
	return func(subject, name string) bool {
		m := c.Metric(name)
		return m != nil && m.Grain == subject
	}
}

// Collect makes a case of everyone on the roll at the year's end, in the
// roll's order (which holds no person keys: they differ from site to site).
// No communities mean all. A measure that is null is no record.
func Collect(ctx context.Context, s *queries.Session, p Policy, communities []string, year period.Period) ([]Case, error) {
	if year.Start.Before(p.From) {
		return nil, fmt.Errorf("%s自 %s 起施行，不能评%s", p.Title, p.From.Format("2006-01-02"), year.Title())
	}
	roll, err := s.Table(ctx, rolls[p.Subject], year)
	if err != nil {
		return nil, err
	}
	group := "party_group"
	if p.Subject == Volunteers {
		group = "team"
	}
	var cases []Case
	at := map[person]int{}
	for row := range roll.Rows {
		text := func(column string) string { s, _ := roll.Value(row, column).(string); return s }
		c := Case{
			Community: text("community"), Person: text("person"), Name: text("name"),
			Kind: text("kind"), Standing: text("standing"), Group: text(group),
			Facts: map[Fact]decimal.Decimal{},
		}
		if len(communities) == 0 || slices.Contains(communities, c.Community) {
			at[person{c.Community, c.Person}] = len(cases)
			cases = append(cases, c)
		}
	}
	for _, f := range p.Facts() {
		when := year
		if f.Quarter > 0 {
			when = period.Quarter(year.Start.Year(), f.Quarter)
		}
		t, err := s.Table(ctx, f.Measure, when)
		if err != nil {
			return nil, err
		}
		if err := put(cases, at, f, t); err != nil {
			return nil, fmt.Errorf("指标 %s：%w", f.Measure, err)
		}
	}
	return cases, nil
}

type person struct{ community, person string }

// put notes a measure in the cases of those on the roll.
func put(cases []Case, at map[person]int, f Fact, t queries.Table) error {
	for _, column := range []string{"community", "person", "value"} {
		if t.Index(column) < 0 {
			return fmt.Errorf("没有 %s 一列", column)
		}
	}
	if t.Columns[t.Index("value")].Type == queries.Float {
		return fmt.Errorf("value 不是精确的数，不能计分")
	}
	seen := map[int]bool{}
	for row := range t.Rows {
		community, _ := t.Value(row, "community").(string)
		who, _ := t.Value(row, "person").(string)
		n, ok := at[person{community, who}]
		if !ok {
			continue
		}
		if seen[n] {
			return fmt.Errorf("%s有一个人出现了两次", community)
		}
		seen[n] = true
		if value, recorded := queries.Number(t.Value(row, "value")); recorded {
			cases[n].Facts[f] = value
		}
	}
	return nil
}
