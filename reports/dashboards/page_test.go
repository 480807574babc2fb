package dashboards_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"html"
	"regexp"
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
	styles  = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	policy  = regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]+)"`)
	ids     = regexp.MustCompile(` id="([^"]+)"`)
)

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
		if len(found) < panels {
			t.Errorf("%d charts have %d blocks of data", panels, len(found))
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
		if tables := strings.Count(string(page.Body), "<summary>数字与口径</summary>"); tables != panels {
			t.Errorf("%d charts have %d tables of numbers", panels, tables)
		}
	})
}

// What the committee reads first is computed from the figures.
func TestWords(t *testing.T) {
	for name, sentences := range map[string][]string{
		"quarter": {
			"期末居民 9325 人，比上季多 41 人，比上年同期多 121 人。",
			"流动人口 2025 人，占 21.7%，比上季升 0.3 个百分点，比上年同期升 1.1 个百分点。",
			"收到捐款 89,300 元，在全镇 11 个有捐款的社区中居第 1。",
			"流动人口进出对不上：期初 1987 + 流入 96 − 流出 62 = 2021 人，台账期末 2025 人，差 4 人。",
			"直管党员中 1 人没有编入党小组。",
			"居民登记退回 2 处：身份证号不正确。",
			"捐款台账有 1 处要核对：合计写的是 89000，各行相加是 89300。",
			"直管党员 47 人，编成 3 个党小组，1 人未编组",
			"流动人口占比 21.7%，在全镇 10 个有数据的社区中由高到低居第 3",
			"2,025 / 9,325",
		},
		"town": {
			"台账没有收齐：居民登记缺白塔社区；住户登记缺白塔社区。",
			"流动人口进出对不上：象山社区差 4 人。",
			"直管党员没有编入党小组：象山社区 1 人。",
			"台账有退回的行：象山社区 2 处、临江社区 5 处。",
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
			text := strings.ReplaceAll(html.UnescapeString(own(page)), "\u2009", " ")
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
		for _, cell := range []string{"51***", "138***", "姓名是空的"} {
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
	fig := figures{keep: func(_, p, _ string) bool { return p == "2025Q4" }}
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
	fig := figures{keep: func(string, string, string) bool { return false }}
	each(t, fig, func(t *testing.T, page reports.Page) {
		panels := strings.Count(string(page.Body), "<figure ")
		if n := len(regexp.MustCompile(`<p class="empty"[^>]*>本期无数据</p>`).FindAll(page.Body, -1)); n < panels {
			t.Errorf("%d of %d charts say 本期无数据", n, panels)
		}
		if blocks.Match(page.Body) {
			t.Error("a chart is drawn from nothing")
		}
		text := own(page)
		asked := strings.Contains(text, "居民登记、住户登记、党员名册、义工名册") || strings.Contains(text, "义工名册缺全部社区")
		if !asked || strings.Contains(text, "本期没有需要处理的事项") {
			t.Error("the page does not ask for the registers")
		}
	})
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
	case "直管", "在职", "流动", "未编组", "error", "finding", "total":
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
		{"a metric fails", broken{}, full, scope("象山社区"), "2025Q4/象山社区/dashboard.html: 2023Q1: no such table"},
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
