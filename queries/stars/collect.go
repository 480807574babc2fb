package stars

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

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

// Rate collects and judges: the ratings in the roll's order.
func Rate(ctx context.Context, s *queries.Session, p Policy, communities []string, year period.Period) ([]Rating, error) {
	cases, err := Collect(ctx, s, p, communities, year)
	if err != nil {
		return nil, err
	}
	ratings := make([]Rating, len(cases))
	var work sync.WaitGroup
	const each = 4096
	for from := 0; from < len(cases); from += each {
		work.Go(func() {
			for i := from; i < min(from+each, len(cases)); i++ {
				ratings[i] = Judge(p, cases[i])
			}
		})
	}
	work.Wait()
	return ratings, nil
}

// Through is the policy for a year that is over up to its quarter q (1 to 4):
// what is counted by quarter stops there, and who was on the roll all along is
// no one new. Caps, gates and bands stay those of the year.
func (p Policy) Through(q int) Policy {
	p.quarters = q
	p.FullMonths = p.FullMonths.Mul(decimal.NewFromInt(int64(q))).Div(decimal.NewFromInt(4))
	return p
}

// Collect makes a case of everyone on the roll at the year's end, in the
// roll's order (which holds no person keys: they differ from site to site).
// No communities mean all. A measure that is null is no record. The year may
// be one that is over up to a quarter: then the policy is one Through it.
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
	asked := p.Facts()
	var cases []Case
	at := make(map[person]int, len(roll.Rows))
	for row := range roll.Rows {
		text := func(column string) string { s, _ := roll.Value(row, column).(string); return s }
		c := Case{
			Community: text("community"), Person: text("person"), Name: text("name"),
			Kind: text("kind"), Standing: text("standing"), Group: text(group),
			Facts: make(map[Fact]decimal.Decimal, len(asked)),
		}
		if len(communities) == 0 || slices.Contains(communities, c.Community) {
			at[person{c.Community, c.Person}] = len(cases)
			cases = append(cases, c)
		}
	}
	var mu sync.Mutex
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(runtime.GOMAXPROCS(0))
	for _, f := range asked {
		when := year
		if f.Quarter > 0 {
			when = period.Quarter(year.Start.Year(), f.Quarter)
		}
		all.Go(func() error {
			t, err := s.Table(ctx, f.Measure, when)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			if err := put(cases, at, f, t); err != nil {
				return fmt.Errorf("指标 %s：%w", f.Measure, err)
			}
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		return nil, err
	}
	return cases, nil
}

type person struct{ community, person string }

// put notes a measure in the cases of those on the roll.
func put(cases []Case, at map[person]int, f Fact, t queries.Table) error {
	var columns [3]int
	for i, column := range []string{"community", "person", "value"} {
		if columns[i] = t.Index(column); columns[i] < 0 {
			return fmt.Errorf("没有 %s 一列", column)
		}
	}
	if t.Columns[columns[2]].Type == queries.Float {
		return fmt.Errorf("value 不是精确的数，不能计分")
	}
	seen := make([]bool, len(cases))
	for _, row := range t.Rows {
		community, _ := row[columns[0]].(string)
		who, _ := row[columns[1]].(string)
		n, ok := at[person{community, who}]
		if !ok {
			continue
		}
		if seen[n] {
			return fmt.Errorf("%s有一个人出现了两次", community)
		}
		seen[n] = true
		if value, recorded := queries.Number(row[columns[2]]); recorded {
			cases[n].Facts[f] = value
		}
	}
	return nil
}

// Progress is how everyone stands in a year that is over up to the end of a
// quarter.
func Progress(ctx context.Context, s *queries.Session, p Policy, communities []string, quarter period.Period) ([]Rating, error) {
	year := period.Year(quarter.Start.Year())
	year.End = quarter.End
	return Rate(ctx, s, p.Through(int(quarter.End.AddDate(0, 0, -1).Month())/3), communities, year)
}
