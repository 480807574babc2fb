package reports

import (
	"context"
	"testing"

	"xingce/ingest/period"
	"xingce/queries"
)

// residentsOnly answers every metric with one community's residents.
type residentsOnly struct{}

func (residentsOnly) Table(context.Context, string, period.Period) (queries.Table, error) {
	return table([]string{"community", "value"}, []any{"象山社区", int64(9325)}), nil
}

// small is a dashboard of one chart.
func small(t *testing.T) (Dashboard, Figures, *queries.Catalog, Scope) {
	t.Helper()
	residents := Measure{Name: "居民", Metric: "residents", Column: "value", Unit: Persons, Colour: Base}
	catalog := &queries.Catalog{Metrics: []*queries.Metric{
		{Name: "residents", Title: "居民人数", Unit: "persons", Basis: "台账", Text: "期末居民。"},
		{Name: "sources", Title: "来源", Unit: "rows", Basis: "台账", Text: "来源。"},
	}}
	return Dashboard{
			Name: "dashboard", Title: "看板", Figures: []Figure{{Measure: residents}},
			Sections: []Section{{ID: "people", Title: "人口", Panels: []Panel{{ID: "residents", Title: "居民", Shape: Trend{Of: residents}}}}},
		}, residentsOnly{}, catalog,
		Scope{Town: "凯江镇", Communities: []string{"象山社区"}, Community: "象山社区", Period: period.Quarter(2025, 4), Version: "test"}
}
