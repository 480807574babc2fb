package reports

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"xingce/ingest/period"
	"xingce/queries"
)

// Data holds the tables of one page. All of them are fetched before anything
// is said or drawn.
type Data struct {
	Scope
	catalog *queries.Catalog
	tables  map[string]map[period.Period]queries.Table
}

// quarters is how far back a trend goes; each of its points can be compared
// with the same quarter a year earlier.
const (
	quarters = 8
	reach    = quarters + 4
)

// fetch asks for every metric that a dashboard names, so far back that each
// figure shown can be compared.
func (b Dashboard) fetch(ctx context.Context, fig Figures, catalog *queries.Catalog, scope Scope) (*Data, error) {
	d := &Data{Scope: scope, catalog: catalog, tables: map[string]map[period.Period]queries.Table{}}
	names, history := b.metrics()
	for _, name := range names {
		if catalog.Metric(name) == nil {
			return nil, fmt.Errorf("no metric %q", name)
		}
		d.tables[name] = map[period.Period]queries.Table{}
	}
	// Of a quarter that nobody sent a sheet for, nothing is asked.
	var sent []period.Period
	for _, p := range scope.Period.Back(reach) {
		t, err := fig.Table(ctx, "sources", p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
		if len(t.Rows) > 0 {
			sent = append(sent, p)
		}
	}
	var mu sync.Mutex
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(runtime.GOMAXPROCS(0))
	for _, name := range names {
		for _, p := range sent {
			if p != scope.Period && p != scope.Period.Prev() && p != scope.Period.YearBefore() && !history[name] {
				continue
			}
			all.Go(func() error {
				t, err := fig.Table(ctx, name, p)
				if err != nil {
					return fmt.Errorf("%s: %w", p, err)
				}
				mu.Lock()
				defer mu.Unlock()
				d.tables[name][p] = t
				return nil
			})
		}
	}
	return d, all.Wait()
}

// metrics lists what a dashboard needs, in order of first use, and which of
// it over time; the others are compared with two quarters only.
func (b Dashboard) metrics() (names []string, history map[string]bool) {
	history = map[string]bool{"sources": true}
	add := func(m Measure) {
		if !slices.Contains(names, m.Metric) {
			names = append(names, m.Metric)
		}
	}
	for _, f := range b.Figures {
		add(f.Measure)
		history[f.Metric] = true
	}
	for _, c := range b.Checks {
		add(Measure{Metric: c.Metric})
	}
	for _, s := range b.Sections {
		for _, p := range s.Panels {
			for _, m := range p.Shape.measures() {
				add(m)
				switch p.Shape.(type) {
				case Trend, Columns, Heat, Each:
					history[m.Metric] = true
				}
			}
		}
	}
	add(Measure{Metric: "sources"})
	return names, history
}

// Town is a metric's rows for all communities of the scope, as whom the page is
// for may see them: of others, no small counts of persons.
func (d *Data) Town(metric string, p period.Period) queries.Table {
	return d.catalog.Metric(metric).Outside(d.all(metric, p), d.Community)
}

func (d *Data) all(metric string, p period.Period) queries.Table {
	t := d.tables[metric][p]
	at := t.Index("community")
	if at < 0 {
		return t
	}
	kept := queries.Table{Columns: t.Columns}
	for _, row := range t.Rows {
		if name, _ := row[at].(string); slices.Contains(d.Communities, name) {
			kept.Rows = append(kept.Rows, row)
		}
	}
	return kept
}

// Rows is a metric's rows for whom the page is about.
func (d *Data) Rows(metric string, p period.Period) queries.Table {
	if d.Community == "" {
		return d.Town(metric, p)
	}
	return d.Town(metric, p).Where("community", d.Community)
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
	all, metric := d.all(m.Metric, p), d.catalog.Metric(m.Metric)
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
		t := d.Town(m.Metric, p)
		for _, name := range d.Communities {
			list = append(list, Named{name, m.Of(t.Where(column, name))})
		}
		return list
	}
	t := d.Rows(m.Metric, p)
	seen := map[string]bool{}
	for i := range t.Rows {
		name, _ := t.Value(i, column).(string)
		if !seen[name] {
			seen[name] = true
			list = append(list, Named{name, m.Of(t.Where(column, t.Value(i, column)))})
		}
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
