package queries_test

import (
	"slices"
	"testing"

	"xingce/ingest/kinds"
	"xingce/queries"
)

// A metric's sheets are those that its models read.
func TestKinds(t *testing.T) {
	c, err := queries.Shelves()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"floating_share": {"resident"},
		"households":     {"household"},
		"card_coverage":  {"card_delivery", "household"},
		"sources":        nil,
	} {
		if got := c.Kinds(c.Metric(name)); !slices.Equal(got, want) {
			t.Errorf("%s is counted from %v, want %v", name, got, want)
		}
	}
	for _, m := range c.Metrics {
		for _, kind := range c.Kinds(m) {
			if kinds.Find(kind) == nil {
				t.Errorf("%s is counted from %q, which is no kind of sheet", m.Name, kind)
			}
		}
	}
}
