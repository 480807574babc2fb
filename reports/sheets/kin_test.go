package sheets

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/stars"
	"xingce/reports"
)

var (
	quarter4 = Scope{Community: "象山社区", Period: period.Quarter(2025, 4), SQL: "0123456789ab", Version: "v0.1.0"}
	yearOf   = Scope{Community: "象山社区", Period: year2025, SQL: "0123456789ab", Version: "v0.1.0"}
)

// table makes one of texts and numbers.
func tableOf(columns string, rows ...[]any) queries.Table {
	var t queries.Table
	for _, name := range strings.Fields(columns) {
		t.Columns = append(t.Columns, queries.Column{Name: name})
	}
	t.Rows = rows
	return t
}

func day(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}

// rated are five members: graded, decided, exempt, vetoed, provisional, and one
// whom another branch judges.
func rated(t *testing.T, meetings ...int64) (stars.Policy, []stars.Rating) {
	t.Helper()
	p, err := stars.Load(stars.Shelf(), "founding", measured)
	if err != nil {
		t.Fatal(err)
	}
	var list []stars.Rating
	for i, c := range []stars.Case{
		{Name: "林森", Kind: "直管", Standing: "正式", Group: "一组"},
		{Name: "=1+1", Kind: "直管", Standing: "正式"},
		{Name: "周明", Kind: "直管", Standing: "正式", Group: "二组"},
		{Name: "吕燕", Kind: "直管", Standing: "正式", Group: "二组"},
		{Name: "何大海", Kind: "直管", Standing: "预备", Group: "二组"},
		{Name: "孙桂兰", Kind: "流动", Standing: "正式"},
		{Name: "郑阿福", Kind: "在职", Standing: "正式"},
	} {
		c.Community, c.Person, c.Facts = "象山社区", c.Name, map[stars.Fact]decimal.Decimal{}
		if i < len(meetings) {
			c.Facts[stars.Fact{Measure: "member_meetings"}] = decimal.NewFromInt(meetings[i])
		}
		switch c.Name {
		case "周明":
			c.Facts[stars.Fact{Measure: "member_exempt"}] = decimal.NewFromInt(1)
		case "吕燕":
			c.Facts[stars.Fact{Measure: "member_vetoed"}] = decimal.NewFromInt(1)
		}
		list = append(list, stars.Judge(p, c))
	}
	return p, list
}

// kin are all the workbooks beside the evaluation's.
func kin(t *testing.T) map[string]reports.Page {
	t.Helper()
	p, now := rated(t, 6, 5, 6, 4, 3)
	_, before := rated(t, 3, 2, 3, 4)
	before = before[:3]
	posted := stars.Round{
		Stage: stars.Posted, Version: 2, Policy: p, Ratings: now, From: day(1, 5), Until: day(1, 9),
		Acts: []stars.Act{{Does: stars.Decide, Person: "=1+1", Star: 1, Proposed: 2, Score: now[1].Score, Why: "群众反映"}},
	}
	pages := map[string]reports.Page{}
	add := func(page reports.Page, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		pages[page.Path] = page
	}
	some := func(page reports.Page, ok bool, err error) {
		t.Helper()
		if !ok {
			t.Error("there is nothing to say")
		}
		add(page, err)
	}
	add(Notice(yearOf, posted))
	add(Notice(yearOf, stars.Round{Stage: stars.Draft, Policy: p, Ratings: now}))
	add(QuarterPoints(quarter4, p, before, now))
	add(Ledger(yearOf, p, [3][]stars.Rating{nil, before, before}, now))
	some(Feedback(quarter4, FeedbackInput{
		Cards: tableOf("community person name work_unit posts overall community_opinion",
			[]any{"象山社区", "a", "林森", "县第一小学", "文明劝导岗", "好", nil},
			[]any{"象山社区", "b", "陈静", "=cmd|' /C calc'!A0", nil, nil, "积极参加社区活动"},
			[]any{"象山社区", "c", "周明", "县第一小学", nil, nil, nil},
			[]any{"象山社区", "d", "吕燕", nil, nil, nil, nil},
			[]any{"河西社区", "e", "别人", "县第一小学", nil, nil, nil}),
		Activities: tableOf("community person value", []any{"象山社区", "a", int64(7)}, []any{"象山社区", "b", nil}, []any{"河西社区", "a", int64(99)}),
		Hours:      tableOf("community person value", []any{"象山社区", "a", decimal.New(1250, -2)}),
	}))
	some(Findings(quarter4, FindingsInput{
		Findings: tableOf("community kind severity code found rows first_cell first_mend",
			[]any{"象山社区", "resident", "error", "id-check", "51************21X", int64(3), "登记!D11", "请对照身份证改正"},
			[]any{"象山社区", "donation", "finding", "total", "合计写的是 300，各行相加是 200", int64(1), "捐款!D12", "请核对合计"},
			[]any{"河西社区", "donation", "finding", "total", "别的社区", int64(1), "", ""}),
		Totals: tableOf("community kind file sheet place field stated summed difference",
			[]any{"象山社区", "donation", "捐款.xlsx", "捐款", "第12行", "金额", decimal.New(30000, -2), decimal.New(20000, -2), decimal.New(10000, -2)}),
	}))
	town := quarter4
	town.Community = "澄湾镇"
	add(Submissions(town, SubmissionsInput{
		Communities: []string{"象山社区", "河西社区"},
		Slices: tableOf("community kind first_on last_on sheets rows superseded late",
			[]any{"象山社区", "member", day(1, 3), day(1, 9), int64(1), int64(131), int64(2), int64(0)},
			[]any{"象山社区", "donation", day(2, 1), day(2, 1), int64(1), int64(50), int64(0), int64(1)},
			[]any{"河西社区", "member", day(1, 3), day(1, 3), int64(1), int64(80), int64(0), int64(0)},
			[]any{"外村社区", "member", day(1, 3), day(1, 3), int64(1), int64(80), int64(0), int64(0)}),
		Missing: tableOf("community kind period_start period_end before others",
			[]any{"河西社区", "donation", quarter4.Period.Start, quarter4.Period.End, int64(1), int64(1)}),
	}))
	return pages
}

func open(t *testing.T, page reports.Page) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(page.Body))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// lines are a sheet's rows, a text each.
func lines(t *testing.T, f *excelize.File, sheet string) []string {
	t.Helper()
	var list []string
	for _, row := range rows(t, f, sheet) {
		list = append(list, strings.TrimRight(strings.Join(row, "|"), "|"))
	}
	return list
}

// The list that is put up has six columns and no reason; the draft says that
// it is one.
func TestNotice(t *testing.T) {
	pages := kin(t)
	posted := lines(t, open(t, pages["2025/象山社区/notice-2.xlsx"]), "公示名单")
	want := []string{
		"象山社区2025年度党员星级评定公示名单",
		"公示时间：2026年1月5日 至 2026年1月9日|||||单位：分",
		"序号|姓名|党小组|得分|建议星级|备注",
		"1|林森|一组|72|★★",
		"2|=1+1|未编组|70|★|支部议定",
		"3|周明|二组|||免评",
		"4|吕燕|二组|68|未达星级",
		"5|何大海|二组|66||不评星级",
		"",
	}
	if got := posted[:len(want)]; !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	all := strings.Join(posted, "\n")
	for _, secret := range []string{"否决", "群众反映", "大会", "流动", "孙桂兰"} {
		if strings.Contains(all, secret) {
			t.Errorf("the list says %q", secret)
		}
	}
	if apart := lines(t, open(t, pages["2025/象山社区/notice-2.xlsx"]), "单列公示名单"); apart[3] != "1|郑阿福||60|★" {
		t.Errorf("apart: %q", apart[3])
	}
	draft := lines(t, open(t, pages["2025/象山社区/notice.xlsx"]), "公示名单")
	if !strings.HasPrefix(draft[1], "草案：待支部评议，还没有公示，不得张贴") || draft[4] != "2|=1+1|未编组|70|★★" {
		t.Errorf("the draft: %q", draft[:6])
	}
}

// The points of a quarter say how many and what came to them, and no item.
func TestQuarterPoints(t *testing.T) {
	page := kin(t)["2025Q4/象山社区/points.xlsx"]
	got := lines(t, open(t, page), "积分公示")[1:8]
	want := []string{
		"截至 2025年12月31日||||||单位：分",
		"序号|姓名|党小组|上季末积分|本季增减|本季末积分|备注",
		"1|林森|一组|66|6|72",
		"2|=1+1|未编组|64|6|70",
		"3|周明|二组||||免评",
		"4|吕燕|二组|||68|本季新列入",
		"5|何大海|二组|||66|本季新列入",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestLedger(t *testing.T) {
	f := open(t, kin(t)["2025/象山社区/ledger.xlsx"])
	if got := f.GetSheetList(); !slices.Equal(got, []string{"年度积分台账", "二季度末", "三季度末"}) {
		t.Errorf("sheets %v", got)
	}
	got := lines(t, f, "年度积分台账")
	if got[3] != "1|林森|一组|直管||66|66|12|0|0|0|0|0|0|0|0|72|★★" || got[7] != "5|何大海|二组|直管（预备）||||6|0|0|0|0|0|0|0|0|66|不评星级" || got[8] != "6|孙桂兰||流动||||||||||||||不参评" {
		t.Errorf("%q", got[3:9])
	}
}

// A unit's page has its own people only; who has no unit is on no page.
func TestFeedback(t *testing.T) {
	f := open(t, kin(t)["2025Q4/象山社区/feedback.xlsx"])
	list := lines(t, f, "单位清单")
	if list[3] != "1|县第一小学|2|林森、周明" || list[5] != "|（没有写工作单位，请补填名册后再反馈）|1|吕燕|—|—" || list[6] != "|合计|4" {
		t.Errorf("%q", list[3:7])
	}
	cards := lines(t, f, "反馈卡")
	pages := strings.Split(strings.Join(cards, "\n"), "在职党员社区表现反馈卡")
	if len(pages) != 3 || !strings.Contains(pages[1], "县第一小学党组织：") || !strings.Contains(pages[1], "1|林森|7|12.5|文明劝导岗|好\n2|周明") || strings.Contains(pages[1], "陈静") ||
		!strings.Contains(pages[2], "1|陈静|||||积极参加社区活动") {
		t.Errorf("%q", pages)
	}
	if _, ok, err := Feedback(quarter4, FeedbackInput{}); ok || err != nil {
		t.Error("a page of nobody", err)
	}
}

func TestSubmissions(t *testing.T) {
	f := open(t, kin(t)["2025Q4/town/submissions.xlsx"])
	got := lines(t, f, "报送情况")[2:6]
	want := []string{"序号|社区|党员名册|捐款台账|已交|其中迟交|缺交|收入行数", "1|象山社区|✓|迟|2|1|0|181", "2|河西社区|✓|缺|1|0|1|80", "|合计|||3|1|1|261"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := lines(t, f, "缺交的表")[3]; got != "1|河西社区|捐款台账|2025年第四季度|1|1" {
		t.Errorf("missing: %q", got)
	}
	if got := lines(t, f, "收到的表")[3]; got != "1|象山社区|党员名册|2026年1月3日|2026年1月9日|1|131|2|0" {
		t.Errorf("received: %q", got)
	}
}

// What was found in a cell may be a person's number: it is not in the list.
func TestFindings(t *testing.T) {
	f := open(t, kin(t)["2025Q4/象山社区/findings.xlsx"])
	got := lines(t, f, "问题清单")[3:6]
	want := []string{"1|居民登记|退回|身份证号不正确|3|登记!D11|请对照身份证改正", "2|捐款台账|核对|合计写的是 300，各行相加是 200|1|捐款!D12|请核对合计", "|合计|||4"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := lines(t, f, "合计对不上")[3]; got != "1|捐款台账|捐款.xlsx|捐款|第12行|金额|300|200|100" {
		t.Errorf("totals: %q", got)
	}
	if _, ok, err := Findings(quarter4, FindingsInput{}); ok || err != nil {
		t.Error("a list of nothing", err)
	}
}

// Each is the same bytes again, says what it is, and holds no formula.
func TestKin(t *testing.T) {
	again := kin(t)
	for path, page := range kin(t) {
		if !bytes.Equal(page.Body, again[path].Body) {
			t.Errorf("%s differs the second time", path)
		}
		if Title(path[strings.LastIndex(path, "/")+1:]) == "" {
			t.Errorf("%s has no title", path)
		}
		if n := only(t, page.Body); n > 0 {
			t.Errorf("%s holds %d formulas", path, n)
		}
		keep(t, strings.ReplaceAll(path, "/", "-"), page.Body)
	}
}
