package duckdb_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
)

// A date is shown as far as it was written, and a month that becomes its first
// day is a change.
func TestAMonthIsNoDay(t *testing.T) {
	o := newOffice(t)
	roll := kinds.Find("member")
	o.load(roll, period.Quarter(2025, 4), "name=张三 id_number_key=a joined_on=2011-07-01 joined_on_precision=month", "name=李四 id_number_key=b joined_on=2011-07-01", "name=王五 id_number_key=c")
	o.load(roll, period.Quarter(2025, 4), "name=张三 id_number_key=a joined_on=2011-07-01", "name=李四 id_number_key=b joined_on=2011-07-01", "name=王五 id_number_key=c")
	at := slices.IndexFunc(roll.Columns, func(c ingest.Column) bool { return c.Name == "joined_on" })
	lines, err := o.Lines(t.Context(), roll, 1)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range lines {
		got = append(got, l.Shown[at])
	}
	if want := "2011-07 2011-07-01 "; strings.Join(got, " ") != want {
		t.Errorf("shown: %q, want %q", got, want)
	}
	changes, err := o.Diff(t.Context(), roll, 1, 2)
	if err != nil || len(changes) != 1 {
		t.Fatalf("changes %v, %v", changes, err)
	}
	c := changes[0]
	if got, want := fmt.Sprint(c.Columns, c.Before.Shown[at], " ", c.After.Shown[at]), fmt.Sprint([]int{at}, "2011-07", " ", "2011-07-01"); got != want {
		t.Errorf("changed: %s, want %s", got, want)
	}
}
