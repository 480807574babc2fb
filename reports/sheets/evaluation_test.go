package sheets

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/stars"
	"xingce/reports"
)

// branch is a branch of the founding text's size: 47 members of its own, one
// of them provisional and one without a group, 3 floating, 81 in service. The
// people are made up.
func branch(t *testing.T) EvaluationInput {
	t.Helper()
	p, err := stars.Load(stars.Shelf(), "founding", func(string, string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	in := EvaluationInput{
		Scope: Scope{Community: "象山社区", Period: year2025, SQL: "0123456789ab", Version: "v0.1.0"}, Policy: p,
		Sources: sourceTable(),
	}
	add := func(kind, standing, group, name string, n int) {
		facts := map[stars.Fact]decimal.Decimal{}
		for i, item := range p.Items {
			most := []int{16, 11, 24, 3, 5, 13, 1, 3, 1}[i]
			facts[stars.Fact{Measure: item.Measure}] = decimal.NewFromInt(int64((n*(7+2*i) + i) % most))
		}
		hours := stars.Fact{Measure: "member_hours"}
		facts[hours] = facts[hours].Add(decimal.New(int64(n%4)*25, -2))
		if n%9 == 4 {
			facts[stars.Fact{Measure: "member_absences"}] = decimal.NewFromInt(int64(n % 17 * 2))
		}
		if n%11 == 5 {
			delete(facts, hours) // no record
		}
		in.Ratings = append(in.Ratings, stars.Judge(p, stars.Case{
			Community: "象山社区", Person: fmt.Sprint("p", len(in.Ratings)), Name: name, Kind: kind, Standing: standing, Group: group, Facts: facts,
		}))
	}
	family, given := []rune("赵钱孙李周吴郑王冯陈"), []rune("安平宁和谦明远志成文")
	name := func(n int) string { return string(family[n%10]) + string(given[n/10%10]) + string(given[(n*3+1)%10]) }
	for n := range 45 {
		add("直管", "正式", "第"+string([]rune("一二三")[n/16])+"党小组", name(n), n)
	}
	add("直管", "正式", "", `=HYPERLINK("http://example.invalid","点")`, 45)
	add("直管", "预备", "第三党小组", "欧阳致远", 46)
	for n := range 3 {
		add("流动", "正式", "", name(50+n), 47+n)
	}
	for n := range 81 {
		add("在职", "正式", "", name(100+n), 50+n)
	}
	return in
}

var year2025 = period.Year(2025)

// sourceTable are the sheets of two communities.
func sourceTable() queries.Table {
	table := queries.Table{Columns: []queries.Column{
		{Name: "community"}, {Name: "kind"}, {Name: "file"}, {Name: "sheet"}, {Name: "sha256"},
		{Name: "rows_read", Type: queries.Int}, {Name: "accepted", Type: queries.Int}, {Name: "rejected", Type: queries.Int}, {Name: "skipped", Type: queries.Int},
	}}
	for q := 1; q <= 4; q++ {
		for _, community := range []string{"象山社区", "东湖社区"} {
			table.Rows = append(table.Rows,
				[]any{community, "member", fmt.Sprintf("2025年第%d季度党员名册.xlsx", q), "党员名册", strings.Repeat(fmt.Sprint(q, "a"), 32), int64(134), int64(131), int64(1), int64(2)},
				[]any{community, "attendance", fmt.Sprintf("2025年第%d季度活动签到.xlsx", q), "签到", strings.Repeat(fmt.Sprint(q, "b"), 32), int64(412), int64(410), int64(0), int64(2)})
		}
	}
	return table
}

func build(t *testing.T, in EvaluationInput) (reports.Page, *excelize.File) {
	t.Helper()
	page, err := Evaluation(in)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(page.Body))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return page, f
}

func rows(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	r, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEvaluation(t *testing.T) {
	in := branch(t)
	page, f := build(t, in)
	if page.Path != "2025/象山社区/evaluation.xlsx" {
		t.Errorf("path %q", page.Path)
	}
	if got, want := f.GetSheetList(), []string{"汇总", "评定表", "单列评定表", "计分依据", "个人评定", "名额", "规则", "来源", "核对"}; !slices.Equal(got, want) {
		t.Errorf("sheets %v, want %v", got, want)
	}
	var listed []stars.Rating
	for _, r := range in.Ratings {
		if r.Kind != "在职" {
			listed = append(listed, r)
		}
	}
	table := rows(t, f, "评定表")
	head, body := table[2], table[3:]
	if want := 11 + len(in.Policy.Items); len(head) != want {
		t.Fatalf("%d columns, want %d: %q", len(head), want, head)
	}
	if got, want := head[4], "组织生活\n2 分/次\n封顶 12 分\n按在册月数折算"; got != want {
		t.Errorf("head %q, want %q", got, want)
	}
	score := slices.Index(head, "得分")
	pages := strings.Split(strings.Join(lines(t, f, "个人评定"), "\n"), "（个人）")[1:]
	for i, r := range listed {
		row := body[i]
		if row[0] != strconv.Itoa(i+1) || row[1] != r.Name {
			t.Fatalf("row %d is %q, want %s", i+1, row[:2], r.Name)
		}
		if !r.Scored {
			if row[score+1] != "不参评" || strings.Join(row[3:score+1], "") != "" {
				t.Errorf("%s: %q", r.Name, row)
			}
			continue
		}
		sum := decimal.Zero
		for _, points := range row[3:score] {
			sum = sum.Add(decimal.RequireFromString(points))
		}
		printed := decimal.RequireFromString(row[score])
		if !sum.Round(2).Equal(printed) || !printed.Equal(r.Score) {
			t.Errorf("%s: the points add up to %s, the sheet says %s, the rating %s", r.Name, sum, printed, r.Score)
		}
		proposal := strings.Repeat("★", in.Policy.Star(printed))
		if r.Standing == "预备" {
			proposal = "不评星级"
		} else if proposal == "" {
			proposal = "未达星级"
		}
		if row[score+1] != proposal || row[score+2] != "一致" {
			t.Errorf("%s with %s: %q %q, want %s", r.Name, printed, row[score+1], row[score+2], proposal)
		}
		for _, m := range r.Marks {
			if want := fmt.Sprintf("%s应计 %s 分，实计 %s 分", m.Item.Title, m.Raw, m.Points); m.Capped && !strings.Contains(row[score+3], want) {
				t.Errorf("%s: %q does not say %q", r.Name, row[score+3], want)
			}
			if _, how, _ := strings.Cut(m.Reason, "："); !strings.Contains(pages[i], how) {
				t.Errorf("the page of %s does not say %q", r.Name, how)
			}
		}
	}
	if rest := body[len(listed):]; len(rest) != 4 || strings.Join(rest[0], "") != "" || !strings.HasPrefix(rest[1][1], "填表人") {
		t.Errorf("after the members: %q", rest)
	}
	if got, want := len(rows(t, f, "计分依据")), 3+50+81; got != want {
		t.Errorf("计分依据 has %d rows, want %d", got, want)
	}
	if separate := rows(t, f, "单列评定表"); len(separate) != 3+81+4 || separate[3][1] != in.Ratings[50].Name {
		t.Errorf("单列评定表 has %d rows, the first %q", len(separate), separate[3])
	}
}

// The chart's cells hold the counts, and all members of the roll are told of.
func TestSummary(t *testing.T) {
	in := branch(t)
	_, f := build(t, in)
	counts := map[string]int{}
	for _, r := range in.Ratings {
		if r.Graded && !r.Separate {
			counts[stars.StarTitle(r.Star)]++
		}
	}
	table := rows(t, f, "汇总")
	if len(counts) != 6 {
		t.Fatalf("the example has %v", counts)
	}
	for _, row := range table[5:11] {
		want := decimal.NewFromInt(int64(counts[row[0]])).DivRound(decimal.NewFromInt(46), 10).String()
		if row[3] != want {
			t.Errorf("%s: share %s, want %s", row[0], row[3], want)
		}
		if row[2] != strconv.Itoa(counts[row[0]]) {
			t.Errorf("%s: %s members, want %d", row[0], row[2], counts[row[0]])
		}
		delete(counts, row[0])
	}
	if len(counts) > 0 {
		t.Errorf("not told: %v", counts)
	}
	if got := table[11]; got[0] != "合计" || got[2] != "46" {
		t.Errorf("total %q", got)
	}
	var where []string
	at := slices.IndexFunc(table, func(row []string) bool { return len(row) > 0 && row[0] == "党员" })
	for _, row := range table[at+1 : at+6] {
		where = append(where, strings.Join(row[:3], " "))
	}
	want := []string{"直管 计分并评星级 46", "直管（预备） 计分，不评星级 1", "流动 列名，不计分 3", "在职 单列评定，不占名额 81", "合计  131"}
	if !slices.Equal(where, want) {
		t.Errorf("got %q, want %q", where, want)
	}
	chart := part(t, f, "xl/charts/chart1.xml")
	for _, want := range []string{"<f>&#39;汇总&#39;!$A$6:$A$11</f>", "<f>&#39;汇总&#39;!$C$6:$C$11</f>", "<c:barDir val=\"col\"", "最多"} {
		if !strings.Contains(strings.ReplaceAll(chart, "<barDir", "<c:barDir"), want) {
			t.Errorf("the chart lacks %s: %s", want, chart)
		}
	}
}

// The last pages say by what rules and from which files, and no file of
// another community.
func TestRulesAndSources(t *testing.T) {
	in := branch(t)
	_, f := build(t, in)
	has := func(sheet string, want ...string) {
		t.Helper()
		if !slices.ContainsFunc(rows(t, f, sheet), func(row []string) bool { return slices.Equal(row, want) }) {
			t.Errorf("%s has no row %q", sheet, want)
		}
	}
	has("规则", "", "基础分", "", "60", "", "每名参评党员")
	has("规则", "1", "组织生活", "次", "2", "12", "2 分/次，封顶 12 分，按在册月数折算")
	has("规则", "7", "无故缺席", "次", "-2", "", "扣 2 分/次")
	has("规则", "四星", "90 分（含）至 96 分（不含）")
	has("规则", "五星", "96 分（含）以上")
	has("规则", "未达星级", "60 分（不含）以下")
	has("来源", "党员名册", "2025年第1季度党员名册.xlsx", "党员名册", "1a1a1a1a1a1a", "134", "131", "1", "2")
	has("来源", "合计", "", "", "", "2184", "2164", "4", "16")
	has("来源", "统计语句 0123456789ab　评定办法 founding "+in.Policy.Hash()+"　程序 v0.1.0")
}

func part(t *testing.T, f *excelize.File, name string) string {
	t.Helper()
	v, ok := f.Pkg.Load(name)
	if !ok {
		t.Fatalf("no part %s", name)
	}
	return string(v.([]byte))
}

// What a sheet said stays text, wherever it is shown, and is in no formula.
func TestOnlyOurFormulas(t *testing.T) {
	in := branch(t)
	const evil = `"&WEBSERVICE("http://example.invalid")&"`
	in.Ratings[0].Group = "+SUM(A1:A9)"
	in.Ratings[2].Group = evil
	in.Ratings[3].Name = "_x0041_<f>1+1</f>"
	in.Sources.Rows[0][2] = "@cmd|' /C calc'!A0"
	in.Community, in.Ratings[1].Name = "象山&社区", "-2+3"
	in.Sources.Rows[0][0] = in.Community
	page, f := build(t, in)
	for _, want := range []string{`=HYPERLINK("http://example.invalid","点")`, "+SUM(A1:A9)", "-2+3", evil, "_x0041_<f>1+1</f>"} {
		at := ""
		for i, row := range rows(t, f, "评定表") {
			if k := slices.Index(row, want); k >= 0 {
				at, _ = excelize.CoordinatesToCellName(k+1, i+1)
			}
		}
		if at == "" {
			t.Errorf("%q is not in the sheet", want)
		}
		if kind, _ := f.GetCellType("评定表", at); kind != excelize.CellTypeInlineString {
			t.Errorf("%q is stored as type %d", want, kind)
		}
	}
	if !slices.ContainsFunc(rows(t, f, "来源"), func(row []string) bool { return slices.Contains(row, "@cmd|' /C calc'!A0") }) {
		t.Error("the file is not in the sheet")
	}
	if header, _ := f.GetHeaderFooter("评定表"); !strings.Contains(header.OddHeader, "象山&&社区") {
		t.Errorf("header %q", header.OddHeader)
	}
	if only(t, page.Body) == 0 {
		t.Error("the workbook does not reckon")
	}
}

var formula = regexp.MustCompile(`<f[ >]([^<]*)</f>`)

// A formula of ours has cells, numbers, these functions, and words of ours.
var ours = regexp.MustCompile(`^(MIN|MAX|SUM|ROUND|ROUNDDOWN|IF|AND|OR|LOOKUP|CHOOSE|COUNT|COUNTIF|INT|'(评定表|单列评定表|计分依据|汇总|来源)'!|\$?[A-Z]{1,2}\$?[0-9]+|[0-9.]+|[-+*/(){},:<>=]|"(★*|未达星级|一致|不符)?")+$`)

// only looks at every part of a workbook for formulas that are not ours, and
// counts those that are.
func only(t *testing.T, book []byte) (formulas int) {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range r.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			continue
		}
		text := read(t, part)
		found := formula.FindAllSubmatch(text, -1)
		formulas += len(found)
		if n := bytes.Count(text, []byte("<f>")) + bytes.Count(text, []byte("<f ")); n != len(found) {
			t.Errorf("%s: %d formulas, %d read", part.Name, n, len(found))
		}
		for _, m := range found {
			if said := html.UnescapeString(string(m[1])); !ours.MatchString(said) {
				t.Fatalf("%s holds the formula %s", part.Name, said)
			}
		}
	}
	return formulas
}

// The content types of a workbook with a chart come from a map: one pair of
// builds might agree by luck.
func TestSameBytes(t *testing.T) {
	in := branch(t)
	first, _ := build(t, in)
	for range 8 {
		if next, _ := build(t, in); !bytes.Equal(first.Body, next.Body) {
			t.Fatal("two builds differ")
		}
	}
	in.Version = "v0.1.1"
	if next, _ := build(t, in); bytes.Equal(first.Body, next.Body) {
		t.Fatal("another version gives the same bytes")
	}
}

func TestPrint(t *testing.T) {
	_, f := build(t, branch(t))
	for _, sheet := range f.GetSheetList() {
		layout, err := f.GetPageLayout(sheet)
		if err != nil {
			t.Fatal(err)
		}
		props, err := f.GetSheetProps(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if *layout.Size != 9 || *layout.Orientation != map[bool]string{true: "portrait", false: "landscape"}[sheet == "个人评定"] {
			t.Errorf("%s: paper %d, %s", sheet, *layout.Size, *layout.Orientation)
		}
		if sheet == "个人评定" { // its pages begin where they should, so that the scale is told
			if *props.FitToPage || *layout.AdjustTo < 60 || *layout.AdjustTo > 100 {
				t.Errorf("%s: scale %d, fitted %v", sheet, *layout.AdjustTo, *props.FitToPage)
			}
		} else if *layout.FitToWidth != 1 || !*props.FitToPage {
			t.Errorf("%s: %d pages wide, fitted %v", sheet, *layout.FitToWidth, *props.FitToPage)
		}
		if tall := sheet != "个人评定" && *layout.FitToHeight != map[string]int{"汇总": 1, "规则": 1}[sheet]; tall {
			t.Errorf("%s: %d pages tall", sheet, *layout.FitToHeight)
		}
		foot, err := f.GetHeaderFooter(sheet)
		if err != nil || !strings.HasSuffix(foot.OddFooter, "第 &P 页 共 &N 页") || !strings.Contains(foot.OddHeader, "象山社区　2025年度") {
			t.Errorf("%s: head and foot %+v, err %v", sheet, foot, err)
		}
		if dimension, _ := f.GetSheetDimension(sheet); !strings.HasPrefix(dimension, "A1:") || dimension == "A1:A1" {
			t.Errorf("%s: dimension %q", sheet, dimension)
		}
		if protection, err := f.GetSheetProtection(sheet); err != nil || protection.EditObjects {
			t.Errorf("%s: protection %+v, err %v", sheet, protection, err)
		}
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Scope+n.Name] = n.RefersTo
	}
	if got := names["评定表_xlnm.Print_Titles"]; got != "'评定表'!$3:$3" {
		t.Errorf("print titles %q", got)
	}
	if panes, err := f.GetPanes("评定表"); err != nil || !panes.Freeze || panes.YSplit != 3 || panes.XSplit != 2 {
		t.Errorf("panes %+v, err %v", panes, err)
	}
	// Places to sign are there, yellow, and the only ones that are open.
	open := 0
	for i := range 60 {
		for k := range 20 {
			cell, _ := excelize.CoordinatesToCellName(k+1, i+1)
			id, err := f.GetCellStyle("评定表", cell)
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			if style.Protection != nil && !style.Protection.Locked {
				open++
				if !slices.Equal(style.Fill.Color, []string{"FFF8DB"}) {
					t.Errorf("%s is open and not yellow: %v", cell, style.Fill.Color)
				}
			}
		}
	}
	if open == 0 {
		t.Error("there is no place to sign")
	}
}

// Excel takes no more than 1,026 breaks on a sheet.
func TestPagesOfAThousand(t *testing.T) {
	in := branch(t)
	own := slices.DeleteFunc(slices.Clone(in.Ratings), func(r stars.Rating) bool { return !r.Graded || r.Separate })
	in.Ratings = nil
	for len(in.Ratings) < 2001 {
		in.Ratings = append(in.Ratings, own...)
	}
	in.Ratings = in.Ratings[:2001]
	page, f := build(t, in)
	for tab, want := range map[string]int{"个人评定1": 1000, "个人评定2": 1000, "个人评定3": 1} {
		pages := 0
		for _, row := range rows(t, f, tab) {
			if len(row) > 0 && strings.HasSuffix(row[0], "党员星级评定表（个人）") {
				pages++
			}
		}
		if pages != want {
			t.Errorf("%s has %d pages, want %d", tab, pages, want)
		}
	}
	r, err := zip.NewReader(bytes.NewReader(page.Body), int64(len(page.Body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range r.File {
		if n := bytes.Count(read(t, part), []byte("<brk ")); n > 1026 {
			t.Errorf("%s has %d breaks", part.Name, n)
		}
	}
}

// Nobody to judge is told in words, without a chart and without a share.
func TestNobody(t *testing.T) {
	in := branch(t)
	in.Ratings = slices.DeleteFunc(in.Ratings, func(r stars.Rating) bool { return r.Kind == "直管" })
	_, f := build(t, in)
	if _, ok := f.Pkg.Load("xl/charts/chart1.xml"); ok {
		t.Error("there is a chart of nothing")
	}
	if got := rows(t, f, "汇总")[3][0]; got != "参加评定 0 人，建议授星 0 人，未达星级 0 人" {
		t.Errorf("got %q", got)
	}
}

// A quota says what it is of, how many places there are and who waits for the
// branch; nobody is moved.
func TestQuotas(t *testing.T) {
	in := branch(t)
	for i := range 4 { // four of one score, for two places
		in.Ratings[i].Score, in.Ratings[i].Star = decimal.NewFromInt(120), 5
	}
	_, f := build(t, in)
	got := lines(t, f, "名额")
	if want := "五星不超过参评人数的 5%|4 人同分争 2 个名额，请支部议定|参评|46|2|6|0|4"; got[3] != want {
		t.Errorf("got %q, want %q", got[3], want)
	}
	if want := in.Ratings[0].Name + "|同分，待支部议定|★★★★★|1|120"; got[7] != want {
		t.Errorf("got %q, want %q", got[7], want)
	}
	if n := len(slices.DeleteFunc(got, func(line string) bool { return !strings.Contains(line, "超出名额") })); n != 2 {
		t.Errorf("%d are beyond, want 2", n)
	}
}
