package tasks_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"xingce/ingest/period"
	"xingce/jobs"
	"xingce/jobs/tasks"
	"xingce/reports"
)

func (d *desk) publishes(job *jobs.Job, part, says string) {
	d.Helper()
	run, err := d.jobs.Once(d.Context(), job, d.now, part)
	if err != nil || run.Result != says {
		d.Errorf("%s %s says %q (%v), want %q", job.Name, part, run.Result, err, says)
	}
}

// holdsBack wants the gate to hold a publication back for a fault, and gives
// the error.
func (d *desk) holdsBack(job *jobs.Job, part, fault string) {
	d.Helper()
	run, err := d.jobs.Once(d.Context(), job, d.now, part)
	var held *tasks.Held
	if !errors.As(err, &held) || run.Status != "failed" || !slices.ContainsFunc(held.Faults, func(f string) bool { return strings.Contains(f, fault) }) {
		d.Errorf("%s %s: %s, %v; want it held back for %q", job.Name, part, run.Status, err, fault)
	}
	if strings.Contains(run.Error, "\n") || !strings.Contains(run.Error, "--anyway --why") {
		d.Errorf("the ledger says %q", run.Error)
	}
}

// A community that is late holds nobody up. It has no page, the town's page
// names it, and so do the run and the manifest; somebody may want the page all
// the same, and then it is made again with the others until the sheets come.
func TestALateCommunity(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.press.Communities = []string{"象山社区", "翠湖社区"}
	d.put("捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,1"))
	d.takes("文件 1 个")
	publish := d.press.Publish("")
	d.publishes(publish, "2025Q4", "2025年第四季度：页面 2 个，工作簿 1 个；翠湖社区没有交2025年第四季度的表，没有出页面")
	d.holds("published", "2025Q4/manifest.json", "2025Q4/town/dashboard.html", "2025Q4/town/submissions.xlsx", "2025Q4/象山社区/dashboard.html")
	if m := d.read("published/2025Q4/manifest.json"); !strings.Contains(m, "\"missing\": [\n\"翠湖社区没有交2025年第四季度的表，没有出页面\"]") {
		t.Errorf("the manifest says:\n%s", m)
	}
	if town := d.read("published/2025Q4/town/dashboard.html"); !strings.Contains(town, "翠湖社区") {
		t.Error("the town's page does not name the late one")
	}

	d.press.Anyway = &tasks.Anyway{By: "王书记", Why: "社区撤并，不再交表"}
	d.publishes(publish, "2025Q4", "2025年第四季度：页面 3 个，工作簿 1 个；翠湖社区没有交2025年第四季度的表")
	d.press.Anyway = nil
	d.publishes(publish, "2025Q4", "2025年第四季度：页面 3 个，工作簿 1 个；翠湖社区没有交2025年第四季度的表")
	if m := d.read("published/2025Q4/manifest.json"); !strings.Contains(m, `{"fault":"翠湖社区没有交2025年第四季度的表","by":"王书记","why":"社区撤并，不再交表"}`) {
		t.Errorf("the manifest says:\n%s", m)
	}
	d.put("翠湖.csv", gifts("翠湖社区", "2025Q4", "2025-10-13,匿名,2"))
	d.takes("文件 1 个")
	d.publishes(publish, "2025Q4", "2025年第四季度：页面 3 个，工作簿 1 个")
	if m := d.read("published/2025Q4/manifest.json"); !strings.Contains(m, "\"passed\": [],") {
		t.Errorf("the manifest says:\n%s", m)
	}
}

// Stars are not given on a sheet that contradicts itself: the year waits until
// the sheet is put right or somebody lets it pass. A quarter's page shows the
// difference and is published; a total that waits for rows sent back holds
// nothing up.
func TestATotalThatDoesNotAgree(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.put("名册.csv", roll("象山社区", "2025Q4"))
	hours := func(total, more string) {
		d.put("义工活动.csv", "象山社区2025Q4活动签到表,,,,\n活动日期,活动主题,活动类型,姓名,服务时长（小时）\n2025-10-01,敬老,志愿服务,林森,2\n2025-10-02,敬老,志愿服务,林森,3\n"+more+"合计,,,,"+total+"\n")
		d.takes("文件 ")
	}
	hours("7", "")
	d.takes("文件 0 个")
	rate := d.press.Rate("", policy(t, d))
	const fault = "象山社区的活动签到（义工活动.csv）第5行合计写的是 7.00，各行相加是 5.00"
	d.holdsBack(rate, "2025", fault)
	if n := d.texts("SELECT CAST(COUNT(*) AS VARCHAR) FROM stars.proposal"); n[0] != "0" {
		t.Error("what was held back is proposed")
	}
	d.holds("published")
	d.publishes(d.press.Publish(""), "2025Q4", "2025年第四季度：页面 2 个，工作簿 2 个")

	d.press.Anyway = &tasks.Anyway{By: "王书记", Why: "原表已封存"}
	const says = "2025年度：评定 1 人，工作簿 3 个；待支部初评"
	d.publishes(rate, "2025", says)
	d.press.Anyway = nil
	d.publishes(rate, "2025", says) // the same fault
	hours("8", "")
	d.holdsBack(rate, "2025", "合计写的是 8.00") // is another one
	hours("8", "2025-10-03,敬老,志愿服务,林森,三\n")
	d.publishes(rate, "2025", says) // its row was sent back
	hours("5", "")
	d.publishes(rate, "2025", says)
}

// Workbook and dashboard count the same people, or neither is put out.
func TestAWorkbookThatDoesNotReconcile(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.put("名册.csv", roll("象山社区", "2025Q4"))
	d.takes("文件 1 个")
	d.publishes(d.press.Rate("", policy(t, d)), "2025", "2025年度：评定 1 人，工作簿 3 个；待支部初评")
	former := d.read("published/2025/象山社区/evaluation.xlsx")
	twice := strings.Replace(d.press.Catalog.Metric("members_by_kind").SQL, "COUNT(DISTINCT person)", "2 * COUNT(DISTINCT person)", 1)
	var err error
	if d.press.Catalog, err = d.press.Catalog.With(fstest.MapFS{"metrics/members_by_kind.sql": {Data: []byte(twice)}}); err != nil {
		t.Fatal(err)
	}
	rate := d.press.Rate("", policy(t, d))
	d.holdsBack(rate, "2025", "2025/象山社区/evaluation.xlsx 上象山社区的直管党员是 1人，看板上是 2人")
	d.holds("published", "2025/manifest.json", "2025/象山社区/evaluation.xlsx", "2025/象山社区/ledger.xlsx", "2025/象山社区/notice.xlsx")
	if d.read("published/2025/象山社区/evaluation.xlsx") != former {
		t.Error("the former workbook is not there any more")
	}
}

func TestAnEmptyChart(t *testing.T) {
	d := newDesk(t, t.TempDir())
	whole := reports.Page{Path: "2025Q4/甲/dashboard.html", Body: []byte("whole")}
	if err := d.press.PublishPages(t.Context(), period.Quarter(2025, 4), whole); err != nil {
		t.Fatal(err)
	}
	empty := reports.Page{Path: whole.Path, Body: []byte("empty"), Blank: []string{"人口：居民"}}
	err := d.press.PublishPages(t.Context(), period.Quarter(2025, 4), empty)
	if err == nil || !strings.Contains(err.Error(), "的图“人口：居民”是空的") {
		t.Errorf("error %v", err)
	}
	if got := d.read("published/2025Q4/甲/dashboard.html"); got != "whole" {
		t.Errorf("out is %q", got)
	}
	d.holds("published", "2025Q4/manifest.json", "2025Q4/甲/dashboard.html")
}
