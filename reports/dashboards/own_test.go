package dashboards_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shopspring/decimal"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/stars"
	"xingce/reports"
	"xingce/reports/dashboards"
)

// An office's own metric stands on the pages beside the quarter before and a
// year ago, one community after the other on the town's; one about single
// persons does not.
func TestOwnMetricsOnThePages(t *testing.T) {
	header := func(name, title, grain string) string {
		return "-- metric: " + name + "\n-- title: " + title + "\n-- grain: " + grain + "\n-- unit: persons\n-- basis: 台账\n--\n-- 由本地自己数。\n\nSELECT 1 AS value"
	}
	own, err := catalog(t).With(fstest.MapFS{
		"metrics/parking.sql":  {Data: []byte(header("parking", "停车位登记", "community"))},
		"metrics/knitters.sql": {Data: []byte(header("knitters", "编织的人", "member"))},
	})
	if err != nil {
		t.Fatal(err)
	}
	community, err := dashboards.Quarter(t.Context(), withParking{}, own, scope("象山社区"))
	if err != nil {
		t.Fatal(err)
	}
	town, err := dashboards.Town(t.Context(), withParking{}, own, scope(""))
	if err != nil {
		t.Fatal(err)
	}
	for page, want := range map[*reports.Page]string{
		&community: "停车位登记 112 108 —",
		&town:      "象山社区 112 108 — 临江社区 7 — —",
	} {
		_, text, _ := strings.Cut(own2text(*page), "停车位登记，人；口径：台账")
		if !strings.Contains(text, want) {
			t.Errorf("%s has no %q: %.200s", page.Path, want, text)
		}
		if strings.Contains(own2text(*page), "编织的人") {
			t.Errorf("%s shows a metric about single persons", page.Path)
		}
		if !strings.Contains(own2text(*page), "停车位登记 本地 · 台账") {
			t.Errorf("%s does not say that the metric is the office's own", page.Path)
		}
	}
}

// own2text is a page's words with a plain space between cells.
func own2text(page reports.Page) string {
	spaced := reports.Page{Body: []byte(strings.ReplaceAll(strings.ReplaceAll(string(page.Body), "</t", " </t"), "<span", " <span"))}
	return strings.Join(strings.Fields(read(spaced)), " ")
}

// withParking answers one metric more than the test's figures.
type withParking struct{ figures }

func (f withParking) Table(ctx context.Context, metric string, p period.Period) (queries.Table, error) {
	if metric != "parking" {
		return f.figures.Table(ctx, metric, p)
	}
	t := queries.Table{Columns: []queries.Column{{Name: "community"}, {Name: "value", Type: queries.Int}}}
	switch p {
	case period.Quarter(2025, 4):
		t.Rows = [][]any{{"象山社区", int64(112)}, {"临江社区", int64(7)}, {"外来社区", int64(99)}}
	case period.Quarter(2025, 3):
		t.Rows = [][]any{{"象山社区", int64(108)}}
	}
	return t, nil
}

// The stars in progress are counted from what the policy gives, and name
// nobody.
func TestStarsInProgress(t *testing.T) {
	page, err := dashboards.Quarter(t.Context(), withStars(t), catalog(t), scope("象山社区"))
	if err != nil {
		t.Fatal(err)
	}
	text := read(page)
	for _, want := range []string{"到季末计分的直管党员 3人，照现在的积分够一星以上的 3人，占 100.0%。", "依据：四卡一岗星级评定办法。"} {
		if !strings.Contains(strings.ReplaceAll(text, " 人", "人"), want) {
			t.Errorf("the page does not say: %s", want)
		}
	}
	for _, name := range []string{"林森", "林淼", "林焱"} {
		if strings.Contains(text, name) {
			t.Errorf("the page names %s", name)
		}
	}
	if none, err := dashboards.Quarter(t.Context(), figures{}, catalog(t), scope("象山社区")); err != nil || strings.Contains(read(none), "到季末计分的") {
		t.Errorf("stars out of nothing: %v", err)
	}
}

// withStars are the test's figures and three members' points.
func withStars(t *testing.T) *reports.Tables {
	t.Helper()
	policy, err := stars.Load(stars.Shelf(), "founding", stars.Measures(catalog(t)))
	if err != nil {
		t.Fatal(err)
	}
	rated := func(name string, meetings int64) stars.Rating {
		return stars.Judge(policy, stars.Case{Community: "象山社区", Person: name, Name: name, Kind: "直管", Standing: "正式",
			Facts: map[stars.Fact]decimal.Decimal{{Measure: "member_meetings"}: decimal.NewFromInt(meetings), {Measure: "member_absences"}: decimal.NewFromInt(meetings)}})
	}
	tables := reports.NewTables(figures{}, communities)
	for _, q := range []period.Period{period.Quarter(2025, 3), period.Quarter(2025, 4)} {
		dashboards.GiveStars(tables, policy, q, []stars.Rating{rated("林森", 0), rated("林淼", 6), rated("林焱", 1)})
	}
	return tables
}

// Each chart names the sheets that its figures were counted from.
func TestChartsNameTheirSheets(t *testing.T) {
	page, err := dashboards.Quarter(t.Context(), figures{}, catalog(t), scope("象山社区"))
	if err != nil {
		t.Fatal(err)
	}
	_, panel, _ := strings.Cut(own(page), `<figure id="residents"`)
	panel, _, _ = strings.Cut(panel, "</figure>")
	panel = strings.ReplaceAll(panel, "\u2009", "")
	for _, want := range []string{`<ul class="from"`, "居民登记：", "（校验值", "2026-01-08收件夹交来，收进", `href="#sql-floating_share"`} {
		if !strings.Contains(panel, want) {
			t.Errorf("the chart of residents does not say %s", want)
		}
	}
	if strings.Contains(panel, "捐款台账") {
		t.Error("the chart of residents names the register of gifts")
	}
	if !strings.Contains(own(page), `id="sql-floating_share"`) {
		t.Error("the SQL is not on the page")
	}
}
