package dashboards_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/reports"
	"xingce/reports/dashboards"
)

// each runs a test for every page on the shelf, so that a new one is tested
// by being there.
func each(t *testing.T, fig reports.Figures, test func(t *testing.T, page reports.Page)) {
	for _, m := range dashboards.All() {
		t.Run(m.Name, func(t *testing.T) {
			page, err := m.Make(t.Context(), fig, catalog(t), scope(communityOf(m.Town)))
			if err != nil {
				t.Fatal(err)
			}
			test(t, page)
		})
	}
}

func communityOf(town bool) string {
	if town {
		return ""
	}
	return "象山社区"
}

var (
	scripts = regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	blocks  = regexp.MustCompile(`(?s)<script type="application/json" id="([^"]+)">(.*?)</script>`)
	styles  = regexp.MustCompile(`(?s)<style[^>]*>(.*?)</style>`)
	policy  = regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]+)"`)
	ids     = regexp.MustCompile(` id="([^"]+)"`)
)

// read is what a person reads on a page, on one line.
func read(page reports.Page) string {
	text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(own(page), "")
	return strings.ReplaceAll(html.UnescapeString(text), "\u2009", " ")
}

// total is the last row of a panel's numbers, "" where there is none.
func total(page reports.Page, panel string) string {
	_, text, _ := strings.Cut(own(page), `<figure id="`+panel+`"`)
	text, _, _ = strings.Cut(text, "</figure>")
	_, text, _ = strings.Cut(text, "<tfoot>")
	text, _, _ = strings.Cut(text, "</tfoot>")
	return strings.TrimSpace(strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, " ")), " "))
}

// elsewhere keeps one other community's list of sheets and nothing else.
func elsewhere(metric string, row []string) bool {
	return metric == "sources" && row[1] == "临江社区"
}

// own is a page without its scripts: what we wrote.
func own(page reports.Page) string { return scripts.ReplaceAllString(string(page.Body), "") }

func TestSameInputSameBytes(t *testing.T) {
	each(t, figures{}, func(t *testing.T, page reports.Page) {
		for _, m := range dashboards.All() {
			again, err := m.Make(t.Context(), figures{}, catalog(t), scope(communityOf(m.Town)))
			if err != nil {
				t.Fatal(err)
			}
			if again.Path == page.Path && !bytes.Equal(again.Body, page.Body) {
				t.Error("the second page differs from the first")
			}
		}
	})
}

func TestPaths(t *testing.T) {
	want := map[string]string{"quarter": "2025Q4/象山社区/dashboard.html", "town": "2025Q4/town/dashboard.html"}
	for _, m := range dashboards.All() {
		page, err := m.Make(t.Context(), figures{}, catalog(t), scope(communityOf(m.Town)))
		if err != nil {
			t.Fatal(err)
		}
		if page.Path != want[m.Name] {
			t.Errorf("%s is filed as %s, want %s", m.Name, page.Path, want[m.Name])
		}
	}
}

// A page needs no network: nothing in it points outside.
func TestNothingOutside(t *testing.T) {
	each(t, figures{}, func(t *testing.T, page reports.Page) {
		text := own(page)
		for _, outside := range []string{"http://", "https://", `src="`, "@import", "url("} {
			if strings.Contains(text, outside) {
				t.Errorf("the page has %q in it", outside)
			}
		}
		if limit := 3 << 20; len(page.Body) > limit {
			t.Errorf("%d bytes, more than %d", len(page.Body), limit)
		}
	})
}

func TestPolicyHasTheHashesOfItsOwn(t *testing.T) {
	each(t, figures{}, func(t *testing.T, page reports.Page) {
		found := policy.FindStringSubmatch(string(page.Body))
		if found == nil {
			t.Fatal("no policy")
		}
		rule := map[string]string{}
		for _, part := range strings.Split(html.UnescapeString(found[1]), "; ") {
			name, sources, _ := strings.Cut(part, " ")
			rule[name] = sources
		}
		for name, want := range map[string]string{
			"default-src": "'none'", "connect-src": "'none'", "base-uri": "'none'", "form-action": "'none'",
			"img-src": "data:", "style-src-attr": "'unsafe-inline'",
			"script-src": hashes(scripts, page), "style-src": hashes(styles, page),
		} {
			if rule[name] != want {
				t.Errorf("%s is %s, want %s", name, rule[name], want)
			}
		}
	})
}

func hashes(element *regexp.Regexp, page reports.Page) string {
	var list []string
	for _, m := range element.FindAllSubmatch(page.Body, -1) {
		sum := sha256.Sum256(m[1])
		list = append(list, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
	return strings.Join(list, " ")
}

func TestCharts(t *testing.T) {
	each(t, figures{}, func(t *testing.T, page reports.Page) {
		panels := strings.Count(string(page.Body), "<figure ")
		if panels < 8 {
			t.Errorf("%d charts, fewer than 8", panels)
		}
		found := blocks.FindAllSubmatch(page.Body, -1)
		if empty := strings.Count(own(page), `<p class="empty" style`); len(found)+empty < panels {
			t.Errorf("%d charts have %d blocks of data, and %d are empty", panels, len(found), empty)
		}
		for _, m := range found {
			var chart struct {
				Option struct {
					Series []struct{ Data []any }
				}
				Heads []string
				Tips  [][]string
			}
			if err := json.Unmarshal(m[2], &chart); err != nil {
				t.Fatalf("%s: %v", m[1], err)
			}
			if len(chart.Option.Series) != len(chart.Tips) {
				t.Errorf("%s: %d series have tooltips for %d", m[1], len(chart.Option.Series), len(chart.Tips))
				continue
			}
			for i, s := range chart.Option.Series {
				if len(s.Data) != len(chart.Tips[i]) || len(s.Data) != len(chart.Heads) {
					t.Errorf("%s: %d points have %d tooltips and %d heads", m[1], len(s.Data), len(chart.Tips[i]), len(chart.Heads))
				}
			}
		}
		seen := map[string]bool{}
		for _, m := range ids.FindAllStringSubmatch(own(page), -1) {
			if seen[m[1]] {
				t.Errorf("two elements are called %s", m[1])
			}
			seen[m[1]] = true
		}
		if tables := strings.Count(string(page.Body), "<summary>数字、口径与来源</summary>"); tables != panels {
			t.Errorf("%d charts have %d tables of numbers", panels, tables)
		}
	})
}

// What the committee reads first is computed from the figures.
func TestWords(t *testing.T) {
	for name, sentences := range map[string][]string{
		"quarter": {
			"与上季相比，居民、住户、流动人口占比",
			"期末居民 9325 人，比上季的 9284 人多 41 人（户籍人口多 3 人，流动人口多 38 人），比上年同期的 9204 人多 121 人。",
			"流动人口 2025 人，占 21.7%，比上季升 0.3 个百分点，比上年同期升 1.1 个百分点。",
			"收到捐款 89,300 元，在全镇 11 个有捐款的社区中居第 1。",
			"流动人口进出对不上：期初 1987 + 流入 96 − 流出 62 = 2021 人，台账期末 2025 人，差 4 人。",
			"直管党员 47 人，与上季持平，与上年同期持平。",
			"另有在职 81 人、流动 3 人",
			"直管党员 47 人，与上季持平；另有在职党员 81 人、流动党员 3 人，不计入本支部人数。",
			"其中流动户 887 户",
			"住户 3275 户，其中流动户 887 户；流动户比上季多 19 户，比上年同期多 63 户",
			"流动户占比 27.1%，比上季升 0.5 个百分点，比上年同期升 1.7 个百分点",
			"直管党员中 1 人没有编入党小组（名册!H31）。",
			"居民登记退回 2 处：身份证号不正确（居民!G80 等）。",
			"居民登记有 3 处要核对：流动人口没有流入日期（居民!H12 等）。",
			"活动签到有 3 处要核对：有不在本期内的日期，如 2025-09-30（签到!A5 等）。",
			"活动台账有 1 处要核对：实到人数多于应到人数（活动!F4）。",
			"活动台账有 1 处要核对（活动!F9）。",
			"义工名册有 1 处要核对（义工!D7）。",
			"捐款台账有 1 处要核对：合计写的是 89000，各行相加是 89300（捐款!D64）。",
			"直管党员 47 人，编成 3 个党小组，1 人未编组",
			"流动人口占比 21.7%，在全镇 10 个有数据的社区中由高到低居第 3",
			"2,025 / 9,325",
		},
		"town": {
			"台账没有收齐：住户登记缺白塔社区；居民登记缺白塔社区。",
			"流动人口进出对不上：象山社区差 4 人。",
			"直管党员没有编入党小组：象山社区 <5 人。",
			"台账有退回的行：象山社区 2 处、临江社区 5 处。 错在哪一格，见各社区的看板。",
			"11 个社区中 1 个没有居民登记：白塔社区。",
			"流动人口占比最高的是凯江社区（28.7%），最低的是东街社区（9.9%）。",
		},
	} {
		for _, m := range dashboards.All() {
			if m.Name != name {
				continue
			}
			page, err := m.Make(t.Context(), figures{}, catalog(t), scope(communityOf(m.Town)))
			if err != nil {
				t.Fatal(err)
			}
			text := read(page)
			for _, s := range sentences {
				if !strings.Contains(text, s) {
					t.Errorf("%s does not say: %s", name, s)
				}
			}
		}
	}
}

// What stands in a faulty cell may be a person's number: it is not published.
func TestNoCellContents(t *testing.T) {
	each(t, figures{}, func(t *testing.T, page reports.Page) {
		for _, cell := range []string{"51***", "138***", "139***", "张某某", "姓名是空的"} {
			if strings.Contains(own(page), cell) {
				t.Errorf("the page shows what stands in a cell: %s", cell)
			}
		}
	})
}

// A community that is missing now makes the town's sums incomparable: they
// are never set against the sums of more communities.
func TestTownOfOtherCommunities(t *testing.T) {
	page, err := dashboards.Town(t.Context(), figures{}, catalog(t), scope(""))
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.ReplaceAll(own(page), "\u2009", " "); !strings.Contains(text, "期末居民 87,329 人，上季、上年同期无可比数据。") {
		t.Error("the sum over 10 communities is compared with the sum over 11")
	}
}

// Nothing to compare with is never 0 %.
func TestFirstQuarterEver(t *testing.T) {
	fig := figures{keep: func(_ string, row []string) bool { return row[0] == "2025Q4" }}
	each(t, fig, func(t *testing.T, page reports.Page) {
		text := own(page)
		figuresAt := text[strings.Index(text, `<ul class="figures">`):strings.Index(text, `id="decide"`)]
		if n := strings.Count(figuresAt, "无可比数据</dd>"); n != 12 {
			t.Errorf("%d of the 12 changes of six figures read 无可比数据", n)
		}
		for _, wrong := range []string{"持平", "（0.0%）", "▲", "▼"} {
			if strings.Contains(text, wrong) {
				t.Errorf("with nothing to compare the page says %s", wrong)
			}
		}
	})
}

func TestNoData(t *testing.T) {
	fig := figures{keep: elsewhere}
	each(t, fig, func(t *testing.T, page reports.Page) {
		panels := strings.Count(string(page.Body), "<figure ")
		if n := len(regexp.MustCompile(`<p class="empty"[^>]*>本期无数据</p>`).FindAll(page.Body, -1)); n < panels {
			t.Errorf("%d of %d charts say 本期无数据", n, panels)
		}
		if blocks.Match(page.Body) {
			t.Error("a chart is drawn from nothing")
		}
		text := own(page)
		asked := strings.Contains(text, "本季没有收到住户登记、居民登记、党员名册、活动签到、义工名册、捐款台账。") ||
			strings.Contains(text, "；捐款台账缺象山社区、文昌社区、")
		if !asked || strings.Contains(text, "本期没有需要处理的事项") {
			t.Error("the page does not ask for the registers")
		}
	})
}

// Of a town that sent nothing there is no page, neither its own nor one of a
// community.
func TestNoDataInTown(t *testing.T) {
	fig := figures{keep: func(_ string, row []string) bool { return row[0] != "2025Q4" }}
	for _, m := range dashboards.All() {
		page, err := m.Make(t.Context(), fig, catalog(t), scope(communityOf(m.Town)))
		if !errors.Is(err, reports.ErrNoData) || err.Error() != "2025年第四季度没有收到任何社区的表格，没有可以发布的内容" {
			t.Errorf("%s: got %d bytes and %v", m.Name, len(page.Body), err)
		}
	}
}

// Who is in two teams, or is no member of the branch, is in no total twice or
// at all.
func TestTotals(t *testing.T) {
	page, err := dashboards.Quarter(t.Context(), figures{}, catalog(t), scope("象山社区"))
	if err != nil {
		t.Fatal(err)
	}
	for panel, want := range map[string]string{
		"teams":         "全社区（一人只算一次） 180 296 60.8",
		"team-hours":    "合计 1,535.5",
		"buildings":     "合计 2,025 9,325 21.7",
		"member-groups": "全社区（一人只算一次） 47",
		"member-kinds":  "",
	} {
		if got := total(page, panel); got != want {
			t.Errorf("%s: the total is %q, want %q", panel, got, want)
		}
	}
	_, kinds, _ := strings.Cut(string(page.Body), `<figure id="member-kinds"`)
	kinds, _, _ = strings.Cut(kinds, `<p class="definition">`)
	if strings.Contains(kinds, "131") || strings.Contains(kinds, "合计") || strings.Contains(kinds, `"stack"`) {
		t.Error("members of other units are added to the branch's own")
	}
	if _, opening, _ := strings.Cut(read(page), "象山社区2025"); strings.Contains(opening[:strings.Index(opening, "需要处理")], "131") {
		t.Error("the page opens with the sum of members of all kinds")
	}
}

func TestTownCountsTheBranchsOwn(t *testing.T) {
	page, err := dashboards.Town(t.Context(), figures{}, catalog(t), scope(""))
	if err != nil {
		t.Fatal(err)
	}
	text := own(page)
	_, table, _ := strings.Cut(text, `id="comparison"`)
	table, _, _ = strings.Cut(table, "</table>")
	if !strings.Contains(table, `>直管党员（人）</th><th scope="col" class="n">在职党员（人）</th>`) {
		t.Error("the town's table does not compare members of the branches' own")
	}
	if strings.Contains(text, "<h2>党员</h2>") || !strings.Contains(text, "<h2>直管党员</h2>") {
		t.Error("the town's key figure is not the branches' own members")
	}
}

// few are the figures with three members in service in one community, as many
// as nobody is told of but its own staff.
type few struct{ figures }

func (f few) Table(ctx context.Context, metric string, p period.Period) (queries.Table, error) {
	t, err := f.figures.Table(ctx, metric, p)
	for i := range t.Rows {
		if metric == "members_by_kind" && t.Value(i, "community") == "临江社区" && t.Value(i, "kind") == "在职" {
			t.Rows[i][t.Index("members")] = int64(3)
		}
	}
	return t, err
}

// The town sees that they are few, and cannot work the number out from its
// whole, in which they are.
func TestTheTownIsNotToldOfAFew(t *testing.T) {
	make := func(community string) reports.Page {
		t.Helper()
		made := dashboards.Town
		if community != "" {
			made = dashboards.Quarter
		}
		page, err := made(t.Context(), few{}, catalog(t), scope(community))
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	whole, err := few{}.Table(t.Context(), "members_by_kind", period.Quarter(2025, 4))
	if err != nil {
		t.Fatal(err)
	}
	sum, least := int64(0), int64(1000)
	for i := range whole.Rows {
		if n := whole.Value(i, "members").(int64); whole.Value(i, "kind") == "在职" {
			sum += n
			if n > 3 {
				least = min(least, n)
			}
		}
	}
	page := make("")
	if got, want := total(page, "in-service"), fmt.Sprintf("合计 %d", sum); got != want {
		t.Errorf("the whole is %q, want %q", got, want)
	}
	_, text, _ := strings.Cut(own(page), `<figure id="in-service"`)
	text, _, _ = strings.Cut(text, "</figure>")
	text = strings.Join(strings.Fields(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, " "))), " ")
	for _, want := range []string{"临江社区 <5", "不列"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q among the numbers: %s", want, text)
		}
	}
	for _, never := range []string{"临江社区 3", fmt.Sprintf(" %d ", least)} {
		if strings.Contains(text, never) {
			t.Errorf("%q stands among the numbers: %s", never, text)
		}
	}
	if text := read(page); !strings.Contains(text, "直管党员没有编入党小组：象山社区 <5 人") {
		t.Error("the town is told how few are without a group")
	}
	if text := read(make("临江社区")); !strings.Contains(text, "另有在职 3 人") {
		t.Error("the community's own page does not count its few")
	}
}

// A page says what is there, though the registers that it mostly speaks of
// are not.
func TestHeadlineOfLittle(t *testing.T) {
	for _, c := range []struct {
		name, kind string
		metrics    []string
		want, asks string
	}{
		{"members", "member", []string{"members_by_kind", "members_by_group"}, "直管党员 47 人，上季、上年同期无可比数据。", "本季没有收到住户登记、居民登记、活动签到、义工名册、捐款台账。"},
		{"households", "household", []string{"households"}, "期末住户 3275 户，上季、上年同期无可比数据。", "本季没有收到居民登记、党员名册、活动签到、义工名册、捐款台账。"},
		{"sheets without figures", "attendance", nil, "本期收到活动签到，还没有可以列出的数字。", "本季没有收到住户登记、居民登记、党员名册、义工名册、捐款台账。"},
		{"nothing", "", nil, "本期无数据。", "本季没有收到住户登记、居民登记、党员名册、活动签到、义工名册、捐款台账。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fig := figures{keep: func(metric string, row []string) bool {
				if metric == "sources" {
					return row[0] == "2025Q4" && (row[1] == "临江社区" || row[1] == "象山社区" && row[2] == c.kind)
				}
				return row[0] == "2025Q4" && row[1] == "象山社区" && slices.Contains(c.metrics, metric)
			}}
			page, err := dashboards.Quarter(t.Context(), fig, catalog(t), scope("象山社区"))
			if err != nil {
				t.Fatal(err)
			}
			_, first, _ := strings.Cut(own(page), `<p class="headline">`)
			first, _, _ = strings.Cut(first, "</p>")
			if first = strings.ReplaceAll(first, "\u2009", " "); first != c.want {
				t.Errorf("the headline is %s, want %s", first, c.want)
			}
			if text := read(page); !strings.Contains(text, c.asks) {
				t.Errorf("the page does not say: %s", c.asks)
			}
		})
	}
}

// Hostile names are letters and nothing more, wherever they stand.
func TestHostileNames(t *testing.T) {
	fig := figures{change: hostile}
	each(t, fig, func(t *testing.T, page reports.Page) {
		tame, err := dashboards.Quarter(t.Context(), figures{}, catalog(t), scope("象山社区"))
		if strings.Contains(page.Path, "town") {
			tame, err = dashboards.Town(t.Context(), figures{}, catalog(t), scope(""))
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, tag := range []string{"<script", "</script", "<img", "<style"} {
			if got, want := strings.Count(own(page), tag), strings.Count(own(tame), tag); got != want {
				t.Errorf("%d times %s, want %d", got, tag, want)
			}
		}
		if !strings.Contains(own(page), "alert(1)") {
			t.Error("the hostile names are not on the page; nothing was tested")
		}
	})
}

// hostile changes every text of the data but the words that pages look for.
func hostile(s string) string {
	switch s {
	case "直管", "在职", "流动", "未编组", "error", "finding", "total", "inbox":
		return s
	}
	for _, c := range communities {
		if s == c {
			return s
		}
	}
	return `</script><script>alert(1)</script><img src=x onerror=alert(1)>{b}` + s
}

func TestHostileCommunity(t *testing.T) {
	s := scope("<script>alert(1)<img src=x onerror=alert(1)>{b}")
	s.Communities = []string{s.Community}
	fig := figures{change: func(text string) string {
		if text == "象山社区" {
			return s.Community
		}
		return text
	}}
	page, err := dashboards.Quarter(t.Context(), fig, catalog(t), s)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(own(page), "<script>alert") || strings.Contains(own(page), "<img") {
		t.Error("a community's name is markup")
	}
	if !strings.Contains(own(page), "9,325") {
		t.Error("the community's figures are not there")
	}
	for _, name := range []string{"..", "../象山社区", `a\b`, "town"} {
		s.Community, s.Communities = name, []string{name}
		if page, err := dashboards.Quarter(t.Context(), figures{}, catalog(t), s); err == nil {
			t.Errorf("a community called %q is filed as %s", name, page.Path)
		}
	}
}

func TestErrors(t *testing.T) {
	full := catalog(t)
	stranger, year := scope("外来社区"), scope("象山社区")
	year.Period = period.Year(2025)
	for _, c := range []struct {
		name    string
		fig     reports.Figures
		catalog *queries.Catalog
		scope   reports.Scope
		want    string
	}{
		{"a community of another town", figures{}, full, stranger, `community "外来社区" is not one of 凯江镇`},
		{"a year", figures{}, full, year, `a dashboard is about a quarter, not "2025"`},
		{"a metric is missing", figures{}, &queries.Catalog{}, scope("象山社区"), `2025Q4/象山社区/dashboard.html: no metric "residents"`},
		{"a metric fails", broken{}, full, scope("象山社区"), "2025Q4/象山社区/dashboard.html: 2022Q1: no such table"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := dashboards.Quarter(t.Context(), c.fig, c.catalog, c.scope)
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

type broken struct{ reports.Figures }

func (broken) Table(_ context.Context, metric string, p period.Period) (queries.Table, error) {
	return queries.Table{}, errors.New("no such table")
}
