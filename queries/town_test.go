package queries

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shopspring/decimal"
)

// The town's figure is made of the communities' counts, not of their shares:
// 1 of 10 and 30 of 40 are 31 of 50. Who handed in nothing adds nothing.
func TestTown(t *testing.T) {
	m := &Metric{Grain: "part"}
	for _, said := range []string{"part = count of a", "whole = count of b", "value = part / whole", "rank = rank of part", "sum = running of part"} {
		trace, err := parseTrace(said)
		if err != nil {
			t.Fatal(err)
		}
		m.Traces = append(m.Traces, trace)
	}
	share := func(s string) any { return decimal.RequireFromString(s) }
	table := Table{
		Columns: []Column{{Name: "community"}, {Name: "reason"}, {Name: "part", Type: Int}, {Name: "whole", Type: Int}, {Name: "value", Type: Decimal, Scale: 10}, {Name: "rank", Type: Int}, {Name: "sum", Type: Int}},
		Rows: [][]any{
			{"东", "务工", int64(1), int64(10), share("0.1"), int64(2), int64(1)},
			{"东", "借读", int64(2), nil, nil, int64(1), int64(3)},
			{"西", "务工", int64(30), int64(40), share("0.75"), int64(1), int64(30)},
			{"西", "经商", nil, int64(0), nil, nil, nil},
		},
	}
	got := csvOf(t, m.Town(table))
	want := "reason,part,whole,value,sum\n务工,31,50,0.6200000000,31\n借读,2,,,33\n经商,,0,,33\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	m.Grain = "member"
	if whole := m.Town(table); len(whole.Rows) != 4 {
		t.Errorf("persons were added up: %v", whole)
	}
}

// What was not there then has nothing to be compared with.
func TestBeside(t *testing.T) {
	columns := []Column{{Name: "community"}, {Name: "value", Type: Int}}
	now := Table{columns, [][]any{{"东", int64(5)}, {"西", int64(6)}}}
	then := Table{columns, [][]any{{"西", int64(4)}, {"南", int64(9)}}}
	if got, want := csvOf(t, now.Beside("_before", then)), "community,value,value_before\n东,5,\n西,6,4\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// An office's own metric stands among the others, or in the place of one; a
// faulty one is refused with its line.
func TestOwnMetrics(t *testing.T) {
	c := shelvesOf(t)
	own := strings.Replace(header, "住户数", "本所住户数", 1) + "SELECT 1 AS value"
	fsys := fstest.MapFS{"metrics/households.sql": {Data: []byte(strings.Replace(own, "homes", "households", 1))}, "metrics/homes.sql": {Data: []byte(own)}}
	all, err := c.With(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Metrics) != len(c.Metrics)+1 || all.Metric("homes") == nil || all.Metric("households").Title != "本所住户数" ||
		!all.Metric("homes").Own || !all.Metric("households").Own || all.Metric("residents").Own {
		t.Errorf("%d metrics beside %d", len(all.Metrics), len(c.Metrics))
	}
	if _, err := c.With(fstest.MapFS{"metrics/homes.sql": {Data: []byte("-- metric: home\n")}}); err == nil || !strings.HasPrefix(err.Error(), "metrics/homes.sql:") {
		t.Errorf("a faulty file: %v", err)
	}
}
