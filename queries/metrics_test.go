package queries

import (
	"slices"
	"strings"
	"testing"

	"xingce/ingest/period"
)

// Beside each metric lies an example: tables of core, and for one period or
// several what the metric makes of them (want.2025Q4.csv). Run with -update
// to rewrite the answers, and read the diff.
func TestMetricExamples(t *testing.T) {
	c := shelvesOf(t)
	for _, m := range c.Metrics {
		t.Run(m.Name, func(t *testing.T) {
			e := readExample(t, "metrics/"+m.Name+".sql")
			forwards, backwards := openCore(t, c), openCore(t, c)
			e.load(forwards, false)
			e.load(backwards, true)
			answers := 0
			for i, f := range e.archive.Files {
				name, isWant := strings.CutPrefix(f.Name, "want.")
				if !isWant {
					continue
				}
				answers++
				p, err := period.Parse(strings.TrimSuffix(name, ".csv"))
				if err != nil {
					t.Fatalf("%s: %s: %v", e.path, f.Name, err)
				}
				got, err := Run(t.Context(), forwards, m, p)
				if err != nil {
					t.Fatal(err)
				}
				e.compare(i, got)
				followAll(t, forwards, m, p, got)
				again, err := Run(t.Context(), backwards, m, p)
				if err != nil {
					t.Fatal(err)
				}
				if one, other := csvOf(t, got), csvOf(t, again); one != other {
					t.Errorf("%s: the rows' order in storage shows\nloaded forwards:\n%s\nbackwards:\n%s", m.Name, one, other)
				}
			}
			if answers == 0 {
				t.Errorf("%s has no want.<period>.csv", e.path)
			}
		})
	}
	for _, file := range strays(t, "metrics") {
		t.Errorf("%s belongs to no metric", file)
	}
}

// followAll traces every figure of a table to its rows, and works it out again
// from them.
func followAll(t *testing.T, db Querier, m *Metric, p period.Period, table Table) {
	t.Helper()
	for row := range table.Rows {
		for _, trace := range m.Traces {
			e, err := Follow(t.Context(), db, m, p, table, row, trace.Column)
			if err != nil {
				t.Fatal(err)
			}
			if !e.Agrees() {
				t.Errorf("%s %s, row %v: %s is %v, and from its rows (%s) %v", m.Name, p, table.Rows[row], trace.Column, e.Figure, trace.Text, e.Again)
			}
		}
	}
}

// Every metric runs over every model, and out of nothing comes nothing: a
// community that handed in no sheet is not a row of zeros.
func TestMetricsOfNothing(t *testing.T) {
	c := shelvesOf(t)
	db := openModels(t, c)
	for _, m := range c.Metrics {
		table, err := Run(t.Context(), db, m, period.Quarter(2025, 4))
		if err != nil {
			t.Error(err)
		}
		if len(table.Rows) != 0 {
			t.Errorf("%s makes %v out of nothing", m.Name, table.Rows)
		}
	}
}

// What a metric's header says, its columns hold.
func TestMetricColumns(t *testing.T) {
	c := shelvesOf(t)
	db := openModels(t, c)
	for _, m := range c.Metrics {
		table, err := Run(t.Context(), db, m, period.Quarter(2025, 4))
		if err != nil {
			t.Fatal(err)
		}
		has := func(name string, want Type, scale int32) {
			t.Helper()
			at := table.Index(name)
			if at < 0 || table.Columns[at].Type != want || table.Columns[at].Scale != scale {
				t.Errorf("%s (grain %s, unit %s) wants a column %s of type %v: %v", m.Name, m.Grain, m.Unit, name, want, table.Columns)
			}
		}
		if m.Grain != "town" {
			has("community", Text, 0)
		}
		switch m.Grain {
		case "day":
			has("day", Date, 0)
		case "member", "volunteer":
			has("person", Text, 0)
		}
		switch {
		case strings.HasSuffix(m.Name, "_participation"):
			has("on_roll", Int, 0)
			has("took_part", Int, 0)
			has("rate", Decimal, 10)
		case m.Unit == "share":
			has("part", Int, 0)
			has("whole", Int, 0)
			has("value", Decimal, 10)
		case m.Unit == "yuan":
			has("amount", Decimal, 2)
		}
		for _, trace := range m.Traces {
			if at := table.Index(trace.Column); at < 0 || table.Columns[at].Type != Int && table.Columns[at].Type != Decimal {
				t.Errorf("%s: a trace of %s, which is no number of the table", m.Name, trace.Column)
			}
		}
		for _, column := range table.Columns {
			if (column.Type == Int || column.Type == Decimal) && m.Trace(column.Name) == nil {
				t.Errorf("%s: no trace says which rows %s comes from", m.Name, column.Name)
			}
			if column.Type == Decimal && !slices.Contains([]int32{2, 4, 10}, column.Scale) {
				t.Errorf("%s: %s is a DECIMAL of scale %d, which no figure has", m.Name, column.Name, column.Scale)
			}
			if column.Type == Float {
				t.Errorf("%s: %s is inexact", m.Name, column.Name)
			}
		}
	}
}

// Four metrics tell meetings from other activities; they must agree.
func TestMetricsAgreeOnMeetings(t *testing.T) {
	c := shelvesOf(t)
	lists := map[string][]string{}
	for _, m := range c.Metrics {
		if _, after, found := strings.Cut(m.SQL, "('三会一课'"); found {
			list, _, _ := strings.Cut(after, ")")
			lists[list] = append(lists[list], m.Name)
		}
	}
	if len(lists) != 1 {
		t.Errorf("the kinds of activity that are meetings differ: %v", lists)
	}
}
