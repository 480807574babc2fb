package reports

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"xingce/ingest/period"
	"xingce/queries"
)

// Data holds the tables of one page. All of them are fetched before anything
// is said or drawn.
type Data struct {
	Scope
	catalog *queries.Catalog
	given   map[string]*queries.Metric
	tables  map[question]*answer
	told    map[question]queries.Table
	kinds   map[string][]string // of sheets, by metric
	held    []period.Period     // the quarters that the page tells in full, its own first
}

// in is the same data, told of another quarter.
func (d *Data) in(p period.Period) *Data {
	other := *d
	other.Period = p
	return &other
}

// quarters is how far back a trend goes; each of its points can be compared
// with the same quarter a year earlier. Reach is how many quarters a page draws
// on in all: it tells the same quarter of last year in full, with its trends.
const (
	quarters = 8
	Reach    = quarters + 4 + 4
)

// fetch asks for every metric that a dashboard names, so far back that each
// figure shown can be compared.
func (b Dashboard) fetch(ctx context.Context, fig Figures, catalog *queries.Catalog, scope Scope) (*Data, error) {
	shared, ok := fig.(*Tables)
	if !ok {
		shared = NewTables(fig, scope.Communities)
	}
	d := &Data{Scope: scope, catalog: catalog, given: map[string]*queries.Metric{}, tables: map[question]*answer{}, told: map[question]queries.Table{}, kinds: map[string][]string{}}
	for _, m := range b.Given {
		d.given[m.Name] = m
	}
	shared.mu.Lock()
	for name, m := range shared.given {
		d.given[name] = m
	}
	shared.mu.Unlock()
	names, history, compared := b.metrics()
	for _, m := range d.own() {
		compared[m.Name] = true
		names = appendNew(names, m.Name)
	}
	for _, name := range names {
		if d.metric(name) == nil {
			return nil, fmt.Errorf("no metric %q", name)
		}
	}
	// Of a quarter that nobody sent a sheet for, nothing is asked.
	var all []question
	for _, p := range scope.Period.Back(Reach) {
		all = append(all, question{"sources", p})
	}
	if err := d.ask(ctx, shared, all); err != nil {
		return nil, err
	}
	d.hold()
	all = nil
	for _, name := range names {
		for _, p := range scope.Period.Back(Reach) {
			wanted := history[name] || compared[name] && d.compares(p) || slices.Contains(d.held, p)
			if wanted && len(d.tables[question{"sources", p}].whole().Rows) > 0 {
				all = append(all, question{name, p})
			}
		}
	}
	return d, d.ask(ctx, shared, all)
}

// ask asks side by side; the first question's error is the one that is told.
// What no SQL answers and nobody gave stays unanswered.
func (d *Data) ask(ctx context.Context, shared *Tables, questions []question) error {
	answers, errs := make([]*answer, len(questions)), make([]error, len(questions))
	var all errgroup.Group
	all.SetLimit(runtime.GOMAXPROCS(0))
	for i, q := range questions {
		if d.given[q.metric] != nil {
			answers[i] = shared.answered(q)
			continue
		}
		all.Go(func() error {
			answers[i], errs[i] = shared.ask(ctx, q)
			return nil
		})
	}
	all.Wait()
	for i, q := range questions {
		if errs[i] != nil {
			return fmt.Errorf("%s: %w", q.period, errs[i])
		}
		d.tables[q] = answers[i]
	}
	return nil
}

// hold chooses the quarters that the page tells in full: its own, and the two
// that its figures are set against, where whom it is about sent anything.
func (d *Data) hold() {
	if d.Community == "" && len(d.Communities) > communitiesShown {
		d.held = []period.Period{d.Period} // three would make too large a file
		return
	}
	for _, p := range []period.Period{d.Period, d.Period.Prev(), d.Period.YearBefore()} {
		if p == d.Period || len(d.Rows("sources", p).Rows) > 0 {
			d.held = append(d.held, p)
		}
	}
}

// compares reports whether a quarter is held, or one that is held is set
// against it.
func (d *Data) compares(p period.Period) bool {
	return slices.ContainsFunc(d.held, func(h period.Period) bool { return p == h || p == h.Prev() || p == h.YearBefore() })
}

// metric is what the page says of a metric, nil for none.
func (d *Data) metric(name string) *queries.Metric {
	if m := d.given[name]; m != nil {
		return m
	}
	return d.catalog.Metric(name)
}

// metrics lists what a dashboard needs, in order of first use: which of it over
// time, and which is set against two other quarters; the rest is shown alone.
func (b Dashboard) metrics() (names []string, history, compared map[string]bool) {
	history, compared = map[string]bool{"sources": true}, map[string]bool{}
	add := func(m Measure, isCompared bool) {
		names = appendNew(names, m.Metric)
		compared[m.Metric] = compared[m.Metric] || isCompared
	}
	for _, f := range b.Figures {
		add(f.Measure, true)
		history[f.Metric] = true
	}
	for _, c := range b.Checks {
		add(Measure{Metric: c.Metric}, false)
	}
	for _, s := range b.Sections {
		for _, line := range s.Lines {
			add(line.Measure, true)
		}
		for _, name := range s.Needs {
			add(Measure{Metric: name}, false)
		}
		for _, p := range s.Panels {
			for _, m := range p.Shape.measures() {
				add(m, true)
				switch p.Shape.(type) {
				case Trend, Columns, Heat, Each:
					history[m.Metric] = true
				}
			}
		}
	}
	add(Measure{Metric: "sources"}, false)
	return names, history, compared
}

// Town is a metric's rows for all communities of the scope, as whom the page is
// for may see them: of others, no small counts of persons.
func (d *Data) Town(metric string, p period.Period) queries.Table {
	q := question{metric, p}
	told, known := d.told[q]
	if !known {
		told = d.metric(metric).Outside(d.tables[q].whole(), d.Community)
		d.told[q] = told
	}
	return told
}

// Of is a metric's rows for one community, as Town has them.
func (d *Data) Of(community, metric string, p period.Period) queries.Table {
	if community == d.Community || len(d.metric(metric).Persons) == 0 {
		return d.tables[question{metric, p}].part(community)
	}
	return d.Town(metric, p).Where("community", community)
}

// Rows is a metric's rows for whom the page is about.
func (d *Data) Rows(metric string, p period.Period) queries.Table {
	if d.Community == "" {
		return d.Town(metric, p)
	}
	return d.Of(d.Community, metric, p)
}

// At is a measure of whom the page is about.
func (d *Data) At(m Measure, p period.Period) Value {
	if d.Community == "" {
		return d.whole(m, p)
	}
	return m.Of(d.Rows(m.Metric, p))
}

// Whole is a measure of the whole town.
func (d *Data) Whole(m Measure) Value { return d.whole(m, d.Period) }

// whole counts before it hides: the communities' small counts are in it.
func (d *Data) whole(m Measure, p period.Period) Value {
	all, metric := d.tables[question{m.Metric, p}].whole(), d.metric(m.Metric)
	v := m.Of(all)
	if told := m.Of(metric.Outside(metric.Town(all), "")); told.hidden != "" {
		return told
	}
	return v
}

// Now is a measure in the page's period.
func (d *Data) Now(m Measure) Value { return d.At(m, d.Period) }

// Change compares with the quarter before (环比).
func (d *Data) Change(m Measure) Change { return d.changeAt(m, d.Period) }

// YearChange compares with the same quarter last year (同比).
func (d *Data) YearChange(m Measure) Change { return d.yearChangeAt(m, d.Period) }

func (d *Data) changeAt(m Measure, p period.Period) Change {
	return d.At(m, p).Since(d.At(m, p.Prev()))
}

func (d *Data) yearChangeAt(m Measure, p period.Period) Change {
	return d.At(m, p).Since(d.At(m, p.YearBefore()))
}

// A Named is a value of one building, team, campaign, community …
type Named struct {
	Name string
	Value
}

// By splits a measure by a column, in the page's period: one value for each
// name, the largest first, equal ones in the table's order. Split by
// community it goes over the town, else over whom the page is about.
func (d *Data) By(m Measure, column string) []Named {
	list := d.inOrder(m, column, d.Period)
	slices.SortStableFunc(list, func(a, b Named) int {
		if a.Known != b.Known {
			return map[bool]int{true: -1, false: 1}[a.Known]
		}
		return b.Number.Cmp(a.Number)
	})
	return list
}

// InOrder is By in the table's order.
func (d *Data) InOrder(m Measure, column string) []Named { return d.inOrder(m, column, d.Period) }

// Before is InOrder in the quarter before.
func (d *Data) Before(m Measure, column string) []Named {
	return d.inOrder(m, column, d.Period.Prev())
}

// YearBefore is InOrder in the same quarter last year.
func (d *Data) YearBefore(m Measure, column string) []Named {
	return d.inOrder(m, column, d.Period.YearBefore())
}

// inOrder is By in the table's order. A community that sent nothing is listed
// as unknown.
func (d *Data) inOrder(m Measure, column string, p period.Period) []Named {
	var list []Named
	if column == "community" {
		for _, name := range d.Communities {
			list = append(list, Named{name, m.Of(d.Of(name, m.Metric, p))})
		}
		return list
	}
	t := d.Rows(m.Metric, p)
	if d.Community == "" { // the communities' small counts are in their sum
		metric := d.metric(m.Metric)
		t = metric.Outside(metric.Town(d.tables[question{m.Metric, p}].whole()), "")
	}
	rows := map[string][][]any{}
	at := t.Index(column)
	for _, row := range t.Rows {
		if at >= 0 {
			name, _ := row[at].(string)
			if rows[name] == nil {
				list = append(list, Named{Name: name})
			}
			rows[name] = append(rows[name], row)
		}
	}
	for i, n := range list {
		list[i].Value = m.Of(queries.Table{Columns: t.Columns, Rows: rows[n.Name]})
	}
	return list
}

// Rank is the page's community's place among the town's, 1 for the largest;
// equal values share a place. It is 0 where the community has no value; of
// says how many have one.
func (d *Data) Rank(m Measure) (rank, of int) {
	list := d.By(m, "community")
	for i, n := range list {
		if !n.Known {
			break
		}
		of++
		if n.Name == d.Community {
			rank = i + 1
			for rank > 1 && list[rank-2].Number.Equal(n.Number) {
				rank--
			}
		}
	}
	return rank, of
}

// rowOf is one row of a table, as a table.
func rowOf(t queries.Table, i int) queries.Table {
	return queries.Table{Columns: t.Columns, Rows: t.Rows[i : i+1]}
}
