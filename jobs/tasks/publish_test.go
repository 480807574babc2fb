package tasks_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"xingce/jobs"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
)

// A slot is about the period that ended last where the office is, not in UTC.
func TestWhatASlotIsAbout(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.put("名册.csv", roll("象山社区", "2025Q4"))
	d.takes("文件 1 个")
	publish, rate := d.press.Publish(""), d.press.Rate("", policy(t, d))
	for _, c := range []struct {
		job        *jobs.Job
		slot, part string
		says       string
	}{
		{publish, "2026-01-01 06:00", "", "2025年第四季度：页面 2 个，工作簿 2 个"},
		{publish, "2026-03-31 23:59", "", "2025年第四季度：页面 2 个，工作簿 2 个"},
		{publish, "2026-06-30 23:59", "2025q4", "2025年第四季度：页面 2 个，工作簿 2 个"},
		{rate, "2026-01-01 07:00", "", "2025年度：评定 1 人，工作簿 3 个；待支部初评"},
		{rate, "2026-12-31 23:00", "", "2025年度：评定 1 人，工作簿 3 个；待支部初评"},
	} {
		slot, err := time.ParseInLocation("2006-01-02 15:04", c.slot, d.jobs.Zone)
		if err != nil {
			t.Fatal(err)
		}
		run, err := d.jobs.Once(t.Context(), c.job, slot.UTC(), c.part)
		if err != nil || run.Result != c.says {
			t.Errorf("%s %s %s says %q (%v), want %q", c.job.Name, c.slot, c.part, run.Result, err, c.says)
		}
	}
	for part, job := range map[string]*jobs.Job{"2025": publish, "2025Q4": rate, "去年": publish, "2019": rate, "2026Q1": publish} {
		if run, err := d.jobs.Once(t.Context(), job, d.now, part); err == nil || run.Status != "failed" {
			t.Errorf("%s %s: %s", job.Name, part, run.Status)
		}
	}
	quarters, err := d.press.Published()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, q := range quarters {
		out = append(out, q.String())
	}
	if want := []string{"2025", "2025Q4"}; !slices.Equal(out, want) {
		t.Errorf("published %v, want %v", out, want)
	}
	if got := d.texts("SELECT DISTINCT CAST(year AS VARCHAR) || community FROM stars.proposal"); !slices.Equal(got, []string{"2025象山社区"}) {
		t.Errorf("proposals %v", got)
	}
}

func TestTheSameDataGivesTheSamePages(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.put("捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,1"))
	d.put("名册.csv", roll("象山社区", "2025Q4"))
	d.takes("文件 2 个")
	pages := map[string]string{}
	for range 2 {
		former := maps.Clone(pages)
		for _, job := range []*jobs.Job{d.press.Publish(""), d.press.Rate("", policy(t, d))} {
			if _, err := d.jobs.Once(t.Context(), job, d.now, ""); err != nil {
				t.Fatal(err)
			}
		}
		d.now = d.now.Add(time.Hour)
		for _, file := range d.files("published") {
			pages[file] = d.read("published/" + file)
		}
		if len(former) > 0 && !maps.Equal(former, pages) {
			t.Error("the second time the pages differ")
		}
	}
	if len(pages) != 7+2 { // and the manifests
		t.Errorf("%d files", len(pages))
	}
}

// A quarter's publication brings points by the policy, cards, findings and what
// came; a year's, what people decide by, the ledger and a draft of the notice.
// A posted round has a notice of its own, which stays.
func TestWorkbooks(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.put("名册.csv", "象山社区2025Q4党员名册,,,,\n姓名,党员类别,党籍,党小组,工作单位\n林森,直管,正式,一组,\n吕燕,在职,正式,,县第一小学\n")
	d.put("签到.csv", "象山社区2025Q4活动签到表,,,\n活动日期,活动主题,活动类型,姓名\n2025-10-01,国庆,党课,林森\n")
	d.takes("文件 2 个")
	rules := policy(t, d)
	for _, job := range []*jobs.Job{d.press.Publish("", rules), d.press.Rate("", rules)} {
		if _, err := d.jobs.Once(t.Context(), job, d.now, ""); err != nil {
			t.Fatal(err)
		}
	}
	of := duckdb.RoundOf{Year: 2025, Community: "象山社区", Policy: rules.Name}
	err := d.db.Update(t.Context(), "post", func(tx *duckdb.Tx) error {
		_, err := tx.Act(t.Context(), of, stars.Act{Does: stars.Post, Who: "王书记", Why: "支委会同意", Day: d.now, From: d.now, Until: d.now})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.press.Notice(t.Context(), of); err != nil {
		t.Fatal(err)
	}
	posted := d.read("published/2025/象山社区/notice-1.xlsx")
	if _, err := d.jobs.Once(t.Context(), d.press.Rate("", rules), d.now, ""); err != nil {
		t.Fatal(err)
	}
	d.holds("published",
		"2025/manifest.json", "2025/象山社区/evaluation.xlsx", "2025/象山社区/ledger.xlsx", "2025/象山社区/notice-1.xlsx", "2025/象山社区/notice.xlsx",
		"2025Q4/manifest.json", "2025Q4/town/dashboard.html", "2025Q4/town/submissions.xlsx",
		"2025Q4/象山社区/dashboard.html", "2025Q4/象山社区/feedback.xlsx", "2025Q4/象山社区/findings.xlsx", "2025Q4/象山社区/points.xlsx")
	if d.read("published/2025/象山社区/notice-1.xlsx") != posted {
		t.Error("what was put up has changed")
	}
}

// What stands in the way of a page stays, and no half of the page with it.
func TestAPageThatCannotBePut(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.put("捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,1"))
	d.takes("文件 1 个")
	d.write("published/2025Q4/象山社区/dashboard.html/别的.txt", "")
	run, err := d.jobs.Once(t.Context(), d.press.Publish(""), d.now, "2025Q4")
	if err == nil || run.Status != "failed" || !strings.HasPrefix(err.Error(), "季度发布: publish 2025Q4: ") {
		t.Errorf("%s: %v", run.Status, err)
	}
	d.holds("published", "2025Q4/象山社区/dashboard.html/别的.txt")
	if err := os.RemoveAll(d.at("published/2025Q4/象山社区/dashboard.html")); err != nil {
		t.Fatal(err)
	}
	var told []string
	d.press.Each = func(_, _ int, path string) { told = append(told, path) }
	if _, err := d.jobs.Once(t.Context(), d.press.Publish(""), d.now, "2025Q4"); err != nil {
		t.Fatal(err)
	}
	if want := []string{"2025Q4/town/submissions.xlsx", "2025Q4/象山社区/dashboard.html", "2025Q4/town/dashboard.html"}; !slices.Equal(told, want) {
		t.Errorf("told of %v", told)
	}
}

// roll is a register of one Party member.
func roll(community, when string) string {
	return community + when + "党员名册,,,\n姓名,党员类别,党籍,党小组\n林森,直管,正式,一组\n"
}

func policy(t *testing.T, d *desk) stars.Policy {
	t.Helper()
	p, err := stars.Load(stars.Shelf(), "founding", stars.Measures(d.press.Catalog))
	if err != nil {
		t.Fatal(err)
	}
	return p
}
