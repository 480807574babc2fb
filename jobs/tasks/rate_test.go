package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
)

// A proposal says what it lacks: sheets that the community sent before, or
// that others sent, and names that nobody could tell.
func TestWhatARatingLacks(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.put("象山.csv", roll("象山社区", "2025Q4"))
	d.put("河西.csv", roll("河西社区", "2025Q4"))
	d.put("象山签到.csv", "象山社区2025Q4活动签到表,,,\n活动日期,活动主题,活动类型,姓名\n2025-10-01,国庆,党课,林森\n2025-10-01,国庆,党课,李无名\n")
	d.takes("文件 3 个")
	run, err := d.jobs.Once(t.Context(), d.press.Rate("", policy(t, d)), d.now, "2025")
	if err != nil {
		t.Fatal(err)
	}
	if want := "2025年度：评定 2 人，工作簿 6 个；待支部初评。缺：河西社区2025年第四季度活动签到"; run.Result != want {
		t.Errorf("says %q, want %q", run.Result, want)
	}
	d.put("象山.csv", roll("象山社区", "2025Q4")+"林森,在职,正式,\n")
	d.takes("文件 1 个")
	if run, err = d.jobs.Once(t.Context(), d.press.Rate("", policy(t, d)), d.now, "2025"); err != nil || !strings.HasSuffix(run.Result, "。等人认定的姓名 2 个（xingce person queue）") {
		t.Errorf("says %q, %v", run.Result, err)
	}
}

// Trying rules gives what rating by them gives, and leaves no proposal.
func TestAScenarioEqualsARealRun(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.put("名册.csv", "象山社区2025Q4党员名册,,,,\n姓名,党员类别,党籍,党小组,党费交纳月数\n林森,直管,正式,一组,12\n陈静,直管,正式,一组,6\n周明,直管,预备,,12\n吕燕,在职,正式,,1\n")
	d.put("签到.csv", "象山社区2025Q4活动签到表,,,\n活动日期,活动主题,活动类型,姓名\n2025-10-01,国庆,党课,林森\n2025-10-02,敬老,志愿服务,陈静\n")
	d.takes("文件 2 个")
	base := policy(t, d)
	other, err := base.Set([]string{"band.2=65", "item.dues.points=1", "item.dues.cap=12"}, stars.Measures(d.press.Catalog))
	if err != nil {
		t.Fatal(err)
	}
	rate := func(p stars.Policy) []stars.Rating {
		t.Helper()
		ratings, err := stars.Rate(t.Context(), queries.NewSession(d.press.Catalog, d.db), p, nil, period.Year(2025))
		if err != nil {
			t.Fatal(err)
		}
		return ratings
	}
	s := duckdb.Scenario{Who: "王书记", Year: 2025, Policy: other, Rules: "band.2=65", Now: rate(base), Then: rate(other)}
	err = d.db.Update(t.Context(), "what-if", func(tx *duckdb.Tx) error { return tx.SaveScenario(t.Context(), &s) })
	if err != nil {
		t.Fatal(err)
	}
	if n := d.texts("SELECT CAST(COUNT(*) AS VARCHAR) FROM stars.proposal"); n[0] != "0" {
		t.Errorf("%s proposals after a trial", n)
	}
	if _, err := d.jobs.Once(t.Context(), d.press.Rate("", other), d.now, "2025"); err != nil {
		t.Fatal(err)
	}
	const row = "name || ' ' || CAST(score AS VARCHAR) || ' ' || CAST(star AS VARCHAR)"
	tried := d.texts("SELECT " + row + " FROM stars.scenario_star ORDER BY person")
	real := d.texts("SELECT " + row + " FROM stars.rating ORDER BY person")
	if !slices.Equal(tried, real) || len(tried) != 4 {
		t.Errorf("tried %q, rated %q", tried, real)
	}
	if s.Moved() == 0 {
		t.Error("the trial moves nobody, so that it shows nothing")
	}
}
