package reports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"xingce/ingest/period"
	"xingce/queries"
)

// Tables are the answers that the pages of one publication share: each
// question is asked once and its rows are set apart by community once, however
// many pages look at them. They may be used by several goroutines.
type Tables struct {
	fig         Figures
	communities map[string]bool

	mu    sync.Mutex
	known map[question]*answer
	given map[string]*queries.Metric
}

type question struct {
	metric string
	period period.Period
}

// An answer is one table, and what each community has of it.
type answer struct {
	mu   sync.Mutex
	done bool
	town queries.Table
	of   map[string]queries.Table // nil where the table has no communities
	sum  func() string            // of the town's rows
}

// NewTables starts with nothing asked, about these communities.
func NewTables(fig Figures, communities []string) *Tables {
	t := &Tables{fig: fig, communities: map[string]bool{}, known: map[question]*answer{}, given: map[string]*queries.Metric{}}
	for _, name := range communities {
		t.communities[name] = true
	}
	return t
}

// Give answers a question with a table that no SQL has made, as the points that
// a policy gives. The metric says what it is.
func (t *Tables) Give(m *queries.Metric, p period.Period, table queries.Table) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.given[m.Name] = m
	t.known[question{m.Name, p}] = t.split(table)
}

// Table is an answer for all communities.
func (t *Tables) Table(ctx context.Context, metric string, p period.Period) (queries.Table, error) {
	a, err := t.ask(ctx, question{metric, p})
	if err != nil {
		return queries.Table{}, err
	}
	return a.town, nil
}

// answered is what has been given, nil for nothing.
func (t *Tables) answered(q question) *answer {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.known[q]
}

func (t *Tables) ask(ctx context.Context, q question) (*answer, error) {
	t.mu.Lock()
	a := t.known[q]
	if a == nil {
		a = &answer{}
		t.known[q] = a
	}
	t.mu.Unlock()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.done {
		return a, nil
	}
	table, err := t.fig.Table(ctx, q.metric, q.period)
	if err != nil {
		return nil, err
	}
	made := t.split(table)
	a.town, a.of, a.sum, a.done = made.town, made.of, made.sum, true
	return a, nil
}

// split keeps the rows of the town's communities, and sets them apart.
func (t *Tables) split(table queries.Table) *answer {
	a := &answer{done: true, town: table}
	a.sum = sync.OnceValue(func() string {
		sum := sha256.New()
		for _, row := range a.town.Rows {
			for i, c := range a.town.Columns {
				fmt.Fprintf(sum, "%q ", c.String(row[i]))
			}
			fmt.Fprintln(sum)
		}
		return hex.EncodeToString(sum.Sum(nil))
	})
	at := table.Index("community")
	if at < 0 {
		return a
	}
	a.town.Rows = nil
	rows := map[string][][]any{}
	for _, row := range table.Rows {
		name, _ := row[at].(string)
		if t.communities[name] {
			a.town.Rows = append(a.town.Rows, row)
			rows[name] = append(rows[name], row)
		}
	}
	a.of = map[string]queries.Table{}
	for name, list := range rows {
		a.of[name] = queries.Table{Columns: table.Columns, Rows: list}
	}
	return a
}

// whole is the answer for the town; none has been asked for where a is nil.
func (a *answer) whole() queries.Table {
	if a == nil {
		return queries.Table{}
	}
	return a.town
}

// digest tells the town's rows from any others; it is worked out once.
func (a *answer) digest() string {
	if a == nil || a.sum == nil {
		return ""
	}
	return a.sum()
}

// part is a community's.
func (a *answer) part(community string) queries.Table {
	if a == nil {
		return queries.Table{}
	}
	if a.of == nil {
		return a.town
	}
	if t, ok := a.of[community]; ok {
		return t
	}
	return queries.Table{Columns: a.town.Columns}
}
