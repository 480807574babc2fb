package ingest_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
)

const (
	title  = "象山社区2025年第四季度居民登记表"
	header = "序号|户号|楼栋|姓名|身份证号|人员类型|流入日期"
	first  = "1|3-1|3栋|张三|999101199001010017|户籍|"
	second = "2|3-1|3栋|李四|999101199001010025|流动|2025.10.8"
)

// How sheets are laid out, and what comes out of them: the slice, read =
// accepted + rejected + skipped, the rows, the issues.
func TestLayouts(t *testing.T) {
	plain := `象山社区 2025Q4 resident: 2 = 2 + 0 + 0
%d 张三 3栋 户籍 -
%d 李四 3栋 流动 2025-10-08
`
	for _, c := range []struct {
		name string
		file string // 上传.xlsx if empty
		tab  tab
		want string
	}{
		{name: "title and header",
			tab:  tab{rows: []string{title, header, first, second}, merged: []string{"A1:G1"}},
			want: fmt.Sprintf(plain, 3, 4)},
		{name: "title, info line, header",
			tab:  tab{rows: []string{"居民登记表", "单位：象山社区居委会|||统计期：2025年第四季度|填表日期：2026年1月5日", header, first, second}},
			want: fmt.Sprintf(plain, 4, 5)},
		{name: "label and value in two cells, and the day of filling in before the period",
			tab:  tab{rows: []string{"居民登记表", "填表日期：|2026年1月5日|统计期：|2025年10月-12月|单位：|象山社区", header, first, second}},
			want: fmt.Sprintf(plain, 4, 5)},
		{name: "a title that names no kind is no part of the header",
			tab:  tab{rows: []string{"象山社区2025年第四季度人员情况", header, first, second}, merged: []string{"A1:G1"}},
			want: fmt.Sprintf(plain, 3, 4)},
		{name: "header of two levels",
			tab: tab{rows: []string{title, "序号|房屋||本人|||流入日期", "|户号|楼栋|姓名|身份证号|人员类型|", first, second},
				merged: []string{"A1:G1", "A2:A3", "B2:C2", "D2:F2", "G2:G3"}},
			want: fmt.Sprintf(plain, 4, 5)},
		{name: "header at row 5",
			tab:  tab{rows: []string{title, "", "", "", header, first, second}},
			want: fmt.Sprintf(plain, 6, 7)},
		{name: "header at row 25, below remarks",
			tab:  tab{rows: append(append([]string{title}, strings.Split(strings.Repeat("本表按户填写，姓名以户口本为准;", 23), ";")...)[:24], header, first, second)},
			want: fmt.Sprintf(plain, 26, 27)},
		{name: "other order of columns",
			tab:  tab{rows: []string{title, "流入日期|人员类型|身份证号|姓名|楼栋|户号", "|户籍|999101199001010017|张三|3栋|3-1", "2025.10.8|流动|999101199001010025|李四|3栋|3-1"}},
			want: fmt.Sprintf(plain, 3, 4)},
		{name: "other headings",
			tab:  tab{rows: []string{title, "户编号|所属楼幢|村民姓名|公民身份号码|居住类型|来本地日期", first[2:], second[2:]}},
			want: fmt.Sprintf(plain, 3, 4)},
		{name: "marks, spaces and line breaks in headings",
			tab:  tab{rows: []string{title, `序 号|*户号|楼栋（选填）|姓　 名|*身份证号\n（必填）|人员\n类型※|流入 日期：`, first, second}},
			want: fmt.Sprintf(plain, 3, 4)},
		{name: "the same heading twice",
			tab:  tab{rows: []string{title, header + "|姓名", first + "|王五", second + "|赵六"}},
			want: fmt.Sprintf(plain, 3, 4)},
		{name: "instructions under the header",
			tab:  tab{rows: []string{title, header, "填写说明：身份证号填 18 位|||填全名|文本格式|户籍或流动|年.月.日", "（必填）|||必填|必填|必填|", first, second}},
			want: strings.Replace(fmt.Sprintf(plain, 5, 6), "2 = 2 + 0 + 0", "4 = 2 + 0 + 2", 1)},
		{name: "an example",
			tab:  tab{rows: []string{title, header, "示例|3-2|3栋|某某|999101199001010033|户籍|", first, second}},
			want: strings.Replace(fmt.Sprintf(plain, 4, 5), "2 = 2 + 0 + 0", "3 = 2 + 0 + 1", 1)},
		{name: "who made it, below",
			tab:  tab{rows: []string{title, header, first, second, "", "制表人：王五||审核人：赵六", "填表日期：2026年1月5日", "单位负责人（签字）：", "注：含空挂户"}},
			want: strings.Replace(fmt.Sprintf(plain, 3, 4), "2 = 2 + 0 + 0", "6 = 2 + 0 + 4", 1)},
		{name: "rows with a number and nothing else, and blank ones",
			tab:  tab{rows: []string{title, header, first, "", second, "3", "4||| ", "", "5"}},
			want: strings.Replace(fmt.Sprintf(plain, 3, 5), "2 = 2 + 0 + 0", "5 = 2 + 0 + 3", 1)},
		{name: "the header again at a new page",
			tab:  tab{rows: []string{title, header, first, header, second}},
			want: strings.Replace(fmt.Sprintf(plain, 3, 5), "2 = 2 + 0 + 0", "3 = 2 + 0 + 1", 1)},
		{name: "both levels of the header again",
			tab: tab{rows: []string{title, "序号|房屋||本人|||流入日期", "|户号|楼栋|姓名|身份证号|人员类型|", first, "序号|房屋||本人|||流入日期", "|户号|楼栋|姓名|身份证号|人员类型|", second},
				merged: []string{"B2:C2", "D2:F2"}},
			want: strings.Replace(fmt.Sprintf(plain, 4, 7), "2 = 2 + 0 + 0", "4 = 2 + 0 + 2", 1)},
		{name: "period and community in the sheet's name",
			tab:  tab{name: "象山社区2025Q4", rows: []string{header, first, second}},
			want: fmt.Sprintf(plain, 2, 3)},
		{name: "period and community in the file's name",
			file: "象山社区_20251231_居民.xlsx",
			tab:  tab{rows: []string{header, first, second}},
			want: fmt.Sprintf(plain, 2, 3)},
		{name: "a title forgotten from another sheet",
			file: "白塔社区2025年第四季度.xlsx",
			tab:  tab{rows: []string{title, header, first, second}},
			want: "error contradiction\n"},
		{name: "a title forgotten from another quarter",
			file: "象山社区2025年第三季度.xlsx",
			tab:  tab{rows: []string{title, header, first, second}},
			want: "error contradiction\n"},
		{name: "the day a file was sent is no period of its sheet",
			file: "象山社区2026.1.5报.xlsx",
			tab:  tab{rows: []string{title, header, first, second}},
			want: fmt.Sprintf(plain, 3, 4)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.file == "" {
				c.file = "上传.xlsx"
			}
			got, _ := read(t, reader(t), c.file, workbook(t, c.tab), ingest.Hint{}, "name", "building", "kind", "arrived_on")
			if got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func TestTextFile(t *testing.T) {
	csv := strings.ReplaceAll(strings.Join([]string{title, header, first, second}, "\r\n"), "|", ",")
	want := "象山社区 2025Q4 resident: 2 = 2 + 0 + 0\n3 张三 99*************017\n4 李四 99*************025\n"
	if got, _ := read(t, reader(t), "居民.csv", []byte(csv), ingest.Hint{}, "name", "id_number_mask"); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestMergedCellsFillDown(t *testing.T) {
	rows := []string{title, header, "1|3-1|3栋|张三|999101199001010017|户籍|", "2|||李四|999101199001010025|户籍|", "3|||王五|999101199001010033|户籍|", "4|||赵六|999101199001010041|户籍|"}
	for _, c := range []struct {
		name   string
		merged []string
		want   string
	}{
		{"over three rows, the fourth stays blank", []string{"B3:B5", "C3:C5"}, "3 张三 3-1 3栋\n4 李四 3-1 3栋\n5 王五 3-1 3栋\n6 赵六 - -\n"},
		{"a blank that is not merged stays blank", nil, "3 张三 3-1 3栋\n4 李四 - -\n5 王五 - -\n6 赵六 - -\n"},
		{"one column is, the other is not", []string{"C3:C4"}, "3 张三 3-1 3栋\n4 李四 - 3栋\n5 王五 - -\n6 赵六 - -\n"},
		{"merged blanks are blank", []string{"B4:B6", "C5:C6"}, "3 张三 3-1 3栋\n4 李四 - -\n5 王五 - -\n6 赵六 - -\n"},
		{"merged sideways fills nothing", []string{"B3:C3"}, "3 张三 3-1 -\n4 李四 - -\n5 王五 - -\n6 赵六 - -\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows, merged: c.merged}), ingest.Hint{}, "name", "household_no", "building")
			if _, got, _ = strings.Cut(got, "\n"); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func TestWhatIsNotMergedDownIsNotInvented(t *testing.T) {
	rows := []string{"象山社区2025年第四季度捐款台账", "捐款日期|捐款人|金额|捐款项目", "2025-10-08|张三|#200|助学", "|李四||", "2025-10-09|王五|#50|"}
	got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows, merged: []string{"A3:A4", "C3:C4", "D3:D4"}}), ingest.Hint{}, "donor", "day", "amount", "campaign")
	want := `象山社区 2025Q4 donation: 3 = 2 + 1 + 0
3 张三 2025-10-08 200 助学
5 王五 2025-10-09 50 -
error merged-number C4
`
	if got != want {
		t.Errorf("a merged amount is one gift. got:\n%s\nwant:\n%s", got, want)
	}
}

func TestTotals(t *testing.T) {
	head := []string{"象山社区2025年第四季度捐款台账", "序号|捐款日期|捐款人|金额（元）"}
	gifts := []string{"1|2025-10-08|张三|#200.5", "2|2025-10-09|匿名|#100"}
	for _, c := range []struct {
		name string
		rows []string
		want string
	}{
		{"right", append(gifts[:2:2], "合计|||#300.50"), "3 = 2 + 0 + 1\n"},
		{"wrong", append(gifts[:2:2], "合计|||#400"), "3 = 2 + 0 + 1\nfinding total D5\n"},
		{"wrong, spaced, with a unit", append(gifts[:2:2], "合　计：|||400元"), "3 = 2 + 0 + 1\nfinding total D5\n"},
		{"subtotals, then the total", []string{gifts[0], "小计|||#200.5", gifts[1], "小计|||#100", "合计|||#300.5"}, "5 = 2 + 0 + 3\n"},
		{"subtotals by name", []string{gifts[0], "一组小计|||#200.5", gifts[1], "合计|||#300.5"}, "4 = 2 + 0 + 2\n"},
		{"the grand total above, others below", []string{"总合计|||#300.5", gifts[0], "合计|||#200.5", gifts[1], "合计|||#100"}, "5 = 2 + 0 + 3\n"},
		{"a wrong grand total above", []string{"总计|||#300", gifts[0], gifts[1]}, "3 = 2 + 0 + 1\nfinding total D3\n"},
		{"of which a row was rejected", []string{gifts[0], "2|2025-10-09|匿名|一百", "合计|||#300.5"}, "3 = 1 + 1 + 1\nerror money D4\nfinding total D5\n"},
		{"a total in words", append(gifts[:2:2], "合计|||叁佰元伍角"), "3 = 2 + 0 + 1\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: append(head[:2:2], c.rows...)}), ingest.Hint{})
			got = dropRows(strings.TrimPrefix(got, "象山社区 2025Q4 donation: "))
			if got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
			for _, total := range report.Batches[0].Totals {
				if total.Column != "amount" || total.Says == "" || total.Found == "" {
					t.Errorf("a total without its figures: %+v", total)
				}
			}
		})
	}
}

// dropRows leaves the rows out of a reading.
func dropRows(text string) string {
	var kept strings.Builder
	for line := range strings.Lines(text) {
		if strings.Contains(line, " ") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

func TestMinutesThatRoundAddUp(t *testing.T) {
	rows := []string{"象山社区2025年第四季度活动签到", "活动日期|活动名称|姓名|服务时长（分钟）", "2025-10-08|清洁|张三|#20", "2025-10-08|清洁|李四|#20", "2025-10-08|清洁|王五|#20", "合计|||#60"}
	got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows}), ingest.Hint{}, "hours")
	want := "象山社区 2025Q4 attendance: 4 = 3 + 0 + 1\n3 0.33\n4 0.33\n5 0.33\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestUnitsOfTheWholeSheet(t *testing.T) {
	for _, c := range []struct{ name, info, heading, want string }{
		{"万元 above the table", "单位：万元", "金额", "15000"},
		{"万元 beside the office's name", "单位：象山社区居委会|||单位：万元", "金额", "15000"},
		{"元 above the table", "（单位：元）", "金额", "1.5"},
		{"the heading's goes first", "单位：万元", "金额（元）", "1.5"},
		{"people are no unit of money", "单位：人", "金额", "1.5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := []string{"象山社区2025年第四季度捐款台账", c.info, "捐款日期|捐款人|" + c.heading, "2025-10-08|张三|#1.5"}
			got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows}), ingest.Hint{}, "amount")
			if want := "象山社区 2025Q4 donation: 1 = 1 + 0 + 0\n4 " + c.want + "\n"; got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// What keeps a sheet or a file out, and how it is said.
func TestRefusedSheets(t *testing.T) {
	q4 := period.Quarter(2025, 4)
	good := tab{rows: []string{title, header, first, second}}
	for _, c := range []struct {
		name string
		tabs []tab
		hint ingest.Hint
		want string
		says string // in the last issue
	}{
		{name: "required columns are missing",
			tabs: []tab{{rows: []string{title, "户号|楼栋|身份证号|性别|民族", "3-1|3栋|999101199001010017|男|"}}},
			want: "error missing-column 2\n", says: "居民登记缺少必需的列：姓名、人员类型"},
		{name: "too little to tell, with a word about the kind",
			tabs: []tab{{rows: []string{"象山社区2025Q4", "姓名|电话", "张三|13800000000"}}},
			hint: ingest.Hint{Kind: "volunteer"},
			want: "error missing-column 2\n", says: "义工名册缺少必需的列：队伍"},
		{name: "two kinds fit alike and one is whole",
			tabs: []tab{{rows: []string{"象山社区2025Q4", "编号|姓名|性别|出生日期|身份证号|居住类型|政治面貌|特长|注册时间", "1|张三|男||999101199001010017|户籍|群众||"}}},
			want: "象山社区 2025Q4 resident: 1 = 1 + 0 + 0\n"},
		{name: "more columns than any table needs",
			tabs: []tab{{rows: []string{title, "姓名|人员类型" + strings.Repeat("|列", 600)}}},
			want: "error too-wide 2\n", says: "这一行填了 602 列，应为最多 512 列"},
		{name: "two kinds fit and neither whole",
			tabs: []tab{{rows: []string{"象山社区2025Q4", "户号|单元|房号|联系电话|现住址|性别|民族", "3-1|||||男|"}}},
			want: "error missing-column 2\n", says: "姓名、人员类型"},
		{name: "two kinds fit alike",
			tabs: []tab{{rows: []string{"象山社区2025Q4", "姓名|性别|身份证号|人员类别|联系电话", "张三|男|999101199001010017|流动|"}}},
			want: "error ambiguous-kind\n", says: "居民登记还是党员名册"},
		{name: "and a word says which",
			tabs: []tab{{rows: []string{"象山社区2025Q4", "姓名|性别|身份证号|人员类别|联系电话", "张三|男|999101199001010017|流动|"}}},
			hint: ingest.Hint{Kind: "resident"},
			want: "象山社区 2025Q4 resident: 1 = 1 + 0 + 0\nfinding no-column 2\n", says: "没有“流入日期”一列"},
		{name: "two tables side by side",
			tabs: []tab{{rows: []string{title, "姓名|身份证号|人员类型|姓名|身份证号|人员类型", "张三|999101199001010017|户籍|李四|999101199001010025|户籍"}}},
			want: "error side-by-side 2\n", says: "姓名、身份证号、人员类型"},
		{name: "no header",
			tabs: []tab{{rows: []string{"会议通知", "请各位代表准时参加", "地点：二楼会议室"}}},
			want: "error no-header\n", says: "找不到认识的表头"},
		{name: "an empty file", tabs: []tab{{}}, want: "error empty\n", says: "没有内容"},
		{name: "nothing below the header",
			tabs: []tab{{rows: []string{title, header}}},
			want: "象山社区 2025Q4 resident: 0 = 0 + 0 + 0\nerror no-rows\n", says: "没有数据行"},
		{name: "no period",
			tabs: []tab{{rows: []string{"象山社区居民登记表", header, first}}},
			want: "error no-period\n", says: "2025年第四季度"},
		{name: "a year is no quarter",
			tabs: []tab{{rows: []string{"象山社区2025年居民登记表", header, first}}},
			want: "error no-period\n", says: "--period"},
		{name: "the day of filling in is no period",
			tabs: []tab{{rows: []string{"象山社区居民登记表", "填表日期：2026年1月5日", header, first}}},
			want: "error no-period\n", says: "--period"},
		{name: "a year, said by hand, for what is asked by quarter",
			tabs: []tab{good}, hint: ingest.Hint{Period: period.Year(2025)},
			want: "error grain\n", says: "按季度报"},
		{name: "no community",
			tabs: []tab{{rows: []string{"2025年第四季度居民登记表", header, first}}},
			want: "error no-community\n", says: "--community"},
		{name: "neither",
			tabs: []tab{{rows: []string{header, first}}},
			want: "error no-community\nerror no-period\n", says: "期"},
		{name: "both said by hand",
			tabs: []tab{{rows: []string{header, first}}}, hint: ingest.Hint{Community: "白塔社区", Period: q4},
			want: "白塔社区 2025Q4 resident: 1 = 1 + 0 + 0\n"},
		{name: "two sheets of one slice",
			tabs: []tab{good, good},
			want: "象山社区 2025Q4 resident: 2 = 2 + 0 + 0\nerror same-slice\n", says: "与工作表“Sheet1”是同一社区、同一期的居民登记"},
		{name: "a hidden sheet beside another",
			tabs: []tab{good, {name: "底稿", rows: good.rows, hidden: true}},
			want: "象山社区 2025Q4 resident: 2 = 2 + 0 + 0\nfinding hidden-sheet\n", says: "隐藏的工作表"},
		{name: "the only sheet with data is hidden",
			tabs: []tab{{}, {name: "底稿", rows: good.rows, hidden: true}},
			want: "error hidden-sheet\n", says: "取消隐藏"},
		{name: "a sheet of codes beside another",
			tabs: []tab{good, {name: "代码", rows: []string{"代码|含义", "1|户籍"}}},
			want: "象山社区 2025Q4 resident: 2 = 2 + 0 + 0\nfinding no-header\n", says: "没有读入"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, report := read(t, reader(t), "上传.xlsx", workbook(t, c.tabs...), c.hint)
			if got = dropRows(got); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
			all := report.AllIssues()
			if c.says == "" {
				return
			}
			if len(all) == 0 || !strings.Contains(all[len(all)-1].String(), c.says) {
				t.Errorf("the last issue does not say %q: %v", c.says, all)
			}
			for _, i := range all {
				if i.File != "上传.xlsx" || i.Found == "" || i.Mend == "" {
					t.Errorf("an issue does not say where, what and how to mend it: %+v", i)
				}
			}
		})
	}
}

func TestRefusedFile(t *testing.T) {
	_, report := read(t, reader(t), "坏.xlsx", workbook(t, tab{rows: []string{title, header, first}})[:2000], ingest.Hint{})
	if len(report.Batches) != 0 || len(report.Issues) != 1 || report.Issues[0].Severity != ingest.Error || report.Issues[0].Found == "" {
		t.Errorf("half a file gives %+v", report)
	}
	if !report.Faulty() {
		t.Error("half a file is not faulty")
	}
}

func TestLoadsErrorEndsReading(t *testing.T) {
	full := errors.New("disk full")
	data := workbook(t, tab{rows: []string{title, header, first}})
	_, err := reader(t).Read(t.Context(), ingest.Source{File: "上传.xlsx", Bytes: int64(len(data))}, strings.NewReader(string(data)), ingest.Hint{}, func(*ingest.Batch) error { return full })
	if !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
}

func TestCommunities(t *testing.T) {
	for _, c := range []struct {
		name   string
		config []string
		title  string
		want   string // "" is none
	}{
		{"as written", nil, "象山社区2025Q4居民登记表", "象山社区"},
		{"after the town", nil, "城关镇象山社区2025Q4居民登记表", "象山社区"},
		{"after the town and the subdistrict", nil, "城北街道办事处象山社区2025Q4居民登记表", "象山社区"},
		{"after the period", nil, "2025年第四季度象山社区居民登记表", "象山社区"},
		{"after the month", nil, "2025年12月象山社区居民登记表", "象山社区"},
		{"a committee", nil, "单位：象山社区居民委员会 2025Q4", "象山社区"},
		{"a village", nil, "石马村2025Q4居民登记表", "石马村"},
		{"the country is no village", nil, "农村居民登记表2025Q4", ""},
		{"of an instruction", nil, "填表说明：本表由社区填报2025Q4", ""},
		{"our own", nil, "本社区居民登记表2025Q4", ""},
		{"the country, and then a name", nil, "农村居民登记表 石马村 2025Q4", "石马村"},
		{"one of those configured", []string{"象山社区", "白塔社区"}, "城关镇白塔社区2025Q4", "白塔社区"},
		{"the longer of two that fit", []string{"山社区", "象山社区"}, "象山社区2025Q4", "象山社区"},
		{"none of those configured", []string{"象山社区"}, "白塔社区2025Q4居民登记表", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, report := read(t, reader(t, c.config...), "上传.xlsx", workbook(t, tab{rows: []string{c.title, header, first}}), ingest.Hint{Kind: "resident"})
			got := ""
			if len(report.Batches) > 0 {
				got = report.Batches[0].Slice.Community
			} else if len(report.Issues) != 1 || report.Issues[0].Code != "no-community" {
				t.Errorf("issues %v", report.Issues)
			} else if len(c.config) > 0 && !strings.Contains(report.Issues[0].Wanted, c.config[0]) {
				t.Errorf("the issue does not list the communities: %s", report.Issues[0])
			}
			if got != c.want {
				t.Errorf("%q is about %q, want %q", c.title, got, c.want)
			}
		})
	}
}

func TestParts(t *testing.T) {
	for _, c := range []struct{ name, sheet, info, hint, want string }{
		{"nothing says", "Sheet1", "", "", ""},
		{"a phone said by hand", "Sheet1", "", "张三10013572468", "张三100****2468"},
		{"said by hand", "重阳节", "活动名称：清洁", "敬老", "敬老"},
		{"a line", "Sheet1", "活动名称：重阳节慰问 地点：广场", "", "重阳节慰问"},
		{"a line in two cells", "Sheet1", "活动主题：|重阳节慰问", "", "重阳节慰问"},
		{"the sheet's name", "重阳节慰问", "", "", "重阳节慰问"},
		{"the sheet's name says more than the kind", "重阳节活动签到", "", "", "重阳节活动签到"},
		{"months", "12月", "", "", "12月"},
		{"the kind", "活动签到", "", "", ""},
		{"another name of the kind", "签到表", "", "", ""},
		{"community, period and kind", "象山社区2025Q4活动签到表", "", "", ""},
		{"the period", "2025年第四季度", "", "", ""},
		{"numbered", "签到表1", "", "", "签到表1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := []string{"象山社区2025年第四季度活动签到", c.info, "活动日期|活动名称|姓名", "2025-10-08|清洁|张三"}
			_, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{name: c.sheet, rows: rows}), ingest.Hint{Part: c.hint})
			if len(report.Batches) != 1 {
				t.Fatalf("issues %v", report.Issues)
			}
			if got := report.Batches[0].Slice.Part; got != c.want {
				t.Errorf("part %q, want %q", got, c.want)
			}
		})
	}
}

func TestFaultsAndFindings(t *testing.T) {
	member := "象山社区2025年第四季度党员名册"
	for _, c := range []struct {
		name string
		rows []string
		want string
	}{
		{"the same person twice", []string{title, header, first, second, "3|3-2|3栋|张三丰|999101199001010017|户籍|"},
			"3 = 2 + 1 + 0\nerror duplicate E5\n"},
		{"the same person, once with the old number", []string{title, header, first, "2|3-2|3栋|张三|999101900101001|户籍|"},
			"2 = 1 + 1 + 0\nerror duplicate E4\n"},
		{"a row that was rejected is no first", []string{title, header, "1|3-1|3栋||999101199001010017|户籍|", first},
			"2 = 1 + 1 + 0\nerror required D3\n"},
		{"people without an ID number are let in, those of whom all is the same with a question", []string{title, header, "1|||张三||户籍|", "2|||张三||户籍|", "3|3-1||张三||户籍|"},
			"3 = 3 + 0 + 0\nfinding same-row D4\n"},
		{"a name signed in twice", []string{"象山社区2025年第四季度活动签到", "序号|活动名称|活动日期|姓名", "1|党课|2025-10-08|张三", "2|党课|2025-10-08|张三", "3|党课|2025-10-09|张三"},
			"3 = 3 + 0 + 0\nfinding same-row D4\n"},
		{"gifts of nobody known may be alike", []string{"象山社区2025年第四季度捐款台账", "捐款日期|捐款人|金额", "2025-10-08|匿名|#5", "2025-10-08|匿名|#5", "2025-10-08||#5", "2025-10-08||#5"},
			"4 = 4 + 0 + 0\n"},
		{"nobody floats, and no column asks since when", []string{title, "姓名|性别|人员类型", "张三|男|户籍"},
			"1 = 1 + 0 + 0\n"},
		{"somebody does", []string{title, "姓名|性别|人员类型", "张三|男|户籍", "李四|男|流动", "王五|男|流动"},
			"3 = 3 + 0 + 0\nfinding no-column 2\n"},
		{"all faults of a row", []string{title, header, "1|||  |999101199001010018|常驻|2025-13-1"},
			"1 = 0 + 1 + 0\nerror required D3\nerror id-check E3\nerror word F3\nerror date G3\n"},
		{"a floating person without a day", []string{title, header, "1|||李四|999101199001010025|流动|无"},
			"1 = 1 + 0 + 0\nfinding blank-arrived_on G3\n"},
		{"a finding of a rejected row would distract", []string{title, header, "1|||李四|999101199001010018|流动|"},
			"1 = 0 + 1 + 0\nerror id-check E3\n"},
		{"a member without a group", []string{member, "姓名|身份证号|党员类别|党小组", "张三|999101199001010017|直管|", "李四|999101199001010025|在职|", "王五|999101199001010033|直管|一组"},
			"3 = 3 + 0 + 0\nfinding blank-party_group D3\n"},
		{"members without a column for the group", []string{member, "姓名|身份证号|党员类别", "张三|999101199001010017|直管"},
			"1 = 1 + 0 + 0\nfinding no-column 2\n"},
		{"a day outside the period", []string{"象山社区2025年第四季度捐款台账", "捐款日期|捐款人|金额", "2025-10-01|张三|#1", "2025-12-31|李四|#1", "2026-01-01|王五|#1", "2025-09-30|赵六|#1"},
			"4 = 4 + 0 + 0\nfinding out-of-period A5\nfinding out-of-period A6\n"},
		{"a household number that is an ID number", []string{"象山社区2025年第四季度住户登记表", "户号|楼栋|居住类型", "999101199001010017|3栋|户籍"},
			"1 = 0 + 1 + 0\nerror private-key A3\n"},
		{"a volunteer's number prepared, the rest blank", []string{"象山社区2025年第四季度义工名册", "编 号|队伍|姓名|电话", "1|太极拳队|张三|13800001234", "2", "3"},
			"3 = 1 + 0 + 2\n"},
		{"a meeting that begins with a word of the footer", []string{"象山社区2025年第四季度活动签到", "活动名称|活动日期|姓名", "填报系统培训|2025-10-08|张三", "说明会|2025-10-08|张三"},
			"2 = 2 + 0 + 0\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: c.rows}), ingest.Hint{})
			_, got, _ = strings.Cut(got, ": ")
			if got = dropRows(got); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func TestDroppedColumnsAreNamed(t *testing.T) {
	_, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: []string{title, header + `|宗教\n信仰|健康状况|姓名`, first + "|无|良好|张三"}}), ingest.Hint{})
	if got := strings.Join(report.Batches[0].Dropped, "、"); got != "宗教 信仰、健康状况、姓名" {
		t.Errorf("dropped %s", got)
	}
}

// Everything private, in every column, on every way into an issue: nothing of
// it may be read there.
func TestIssuesTellNothingPrivate(t *testing.T) {
	private := map[string]string{
		"an ID number":               "999101199001010017",
		"a wrong ID number":          "999101199001010018",
		"an ID number cut short":     "99910119900101",
		"an ID number in groups":     "999101 19900101 0018",
		"an ID number with a letter": "99910119900101001A",
		"an ID number as a number":   "#999101199001010017",
		"a phone":                    "13800001234",
		"a phone, one digit short":   "1380000123",
		"a phone in groups":          "138 0000 1234",
		"an address":                 "幸福路12号3栋2单元501室",
		"an address in Chinese":      "幸福街十二号三单元",
	}
	for name, secret := range private {
		for _, k := range kinds.All() {
			headings, cells := make([]string, len(k.Columns)), make([]string, len(k.Columns))
			for i, c := range k.Columns {
				headings[i], cells[i] = c.Title(), secret
			}
			data := workbook(t, tab{rows: []string{"象山社区" + ofGrain(k).Title() + k.Title, strings.Join(headings, "|"), strings.Join(cells, "|"), strings.Join(cells, "|")}})
			_, report := read(t, reader(t), "上传.xlsx", data, ingest.Hint{Kind: k.Name})
			if len(report.Batches) != 1 || len(report.AllIssues()) == 0 {
				t.Errorf("%s in %s: no issues to look at: %v", name, k.Name, report.Issues)
			}
			for _, i := range report.AllIssues() {
				text := strings.NewReplacer(" ", "", "-", "").Replace(i.Found + i.Wanted + i.Mend)
				for _, telling := range []string{"19900101", "00001234", "800001", "12号", "十二号", "501室", "2单元", "三单元"} {
					if strings.Contains(text, telling) {
						t.Fatalf("%s in %s: %s tells %s", name, k.Name, i, telling)
					}
				}
			}
		}
	}
}

// An issue names file, sheet and cell, what stands there, what should, and
// how to mend it, in a sentence.
func TestIssueSentence(t *testing.T) {
	_, report := read(t, reader(t), "象山.xlsx", workbook(t, tab{name: "居民", rows: []string{title, header, "1|||张三|999101199001010018|常驻|8/3/2024"}}), ingest.Hint{})
	want := []string{
		"象山.xlsx > 居民!E3：身份证号写的是“99*************018”，应为正确的 18 位身份证号。身份证号末位校验不对，号码有误，请对照身份证核对",
		"象山.xlsx > 居民!F3：人员类型写的是“常驻”，应为户籍、流动之一。请改成其中一个",
		"象山.xlsx > 居民!G3：流入日期写的是“8/3/2024”，应为日期，如 2024-03-08。分不清哪个是月、哪个是日，请按年-月-日写",
	}
	var got []string
	for _, i := range report.AllIssues() {
		got = append(got, i.String())
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Whatever the sheet: every row that is read is accepted, rejected or
// skipped, every rejected row has an error, and a second reading gives the
// same.
func TestRowsAddUp(t *testing.T) {
	cells := []string{
		"", "", "", "1", "张三", "李四", "无", "—", "合计", "小计", "制表人：王五", "备注：", "示例", "填写说明", "姓名", "人员类型", "户籍", "流动", "常驻",
		"999101199001010017", "999101199001010025", "999101199001010018", "9.99E+17", "13800001234", "2025-10-08", "2024.1", "8/3/2024", "3栋", "#3", "#-1", "#2087.0300000000002", "@2025-10-08",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 150 {
		k := kinds.All()[n%len(kinds.All())]
		var headings []string
		for _, i := range random.Perm(len(k.Columns)) {
			if c := k.Columns[i]; c.Required || c.Wanted || random.IntN(2) == 0 {
				headings = append(headings, c.Headings[random.IntN(len(c.Headings))])
			}
		}
		tab := tab{rows: []string{"象山社区" + ofGrain(k).Title() + k.Title, strings.Join(headings, "|")}}
		for range random.IntN(30) {
			row := make([]string, len(headings))
			for i := range row {
				row[i] = cells[random.IntN(len(cells))]
			}
			tab.rows = append(tab.rows, strings.Join(row, "|"))
		}
		if len(tab.rows) > 6 {
			tab.merged = []string{"A4:A6", "B3:B5"}
		}
		data := workbook(t, tab)
		got, report := read(t, reader(t), "上传.xlsx", data, ingest.Hint{Kind: k.Name})
		for _, b := range report.Batches {
			c := b.Counts
			if c.Read != c.Accepted+c.Rejected+c.Skipped {
				t.Errorf("sheet %d, %s: %+v do not add up\n%s", n, k.Name, c, strings.Join(tab.rows, "\n"))
			}
			bad := map[int]bool{}
			for _, i := range b.Issues {
				first, last := i.Row, i.Row
				if i.Code == "stacked" { // one sentence for all rows of another table
					fmt.Sscanf(i.Found, "从第 %d 行到第 %d 行", &first, &last)
				}
				for row := first; i.Severity == ingest.Error && row <= last; row++ {
					if row == i.Row || strings.Trim(tab.rows[row-1], "|") != "" {
						bad[row] = true
					}
				}
			}
			if len(bad) != c.Rejected {
				t.Errorf("sheet %d, %s: %d rows rejected, %d with an error\n%s", n, k.Name, c.Rejected, len(bad), got)
			}
			if accepted := strings.Count(got, "\n") - 1 - len(report.AllIssues()); accepted != c.Accepted {
				t.Errorf("sheet %d, %s: %d rows came, %d are counted\n%s", n, k.Name, accepted, c.Accepted, got)
			}
		}
		if again, _ := read(t, reader(t), "上传.xlsx", data, ingest.Hint{Kind: k.Name}); again != got {
			t.Errorf("sheet %d, %s: a second reading differs\n%s\n%s", n, k.Name, got, again)
		}
	}
}

func BenchmarkReadResidents(b *testing.B) {
	const columns = "序号|户号|楼栋|单元|房号|姓名|与户主关系|身份证号|性别|联系电话|人员类型|来源地|流入日期|流入原因|流出日期|流出去向|现住址"
	rows := []string{title, columns}
	for i := range 9325 {
		number := fmt.Sprintf("999101%04d%02d%02d%03d", 1940+i%80, 1+i%12, 1+i%28, 1+i%999)
		rows = append(rows, fmt.Sprintf("#%d|%d-%d|%d栋|%d单元|%d|张%d|家人|%s|%s|138%08d|流动|省内|2025.10.%d|务工|||幸福路%d号", i+1, i%34+1, i/34+1, i%34+1, i%4+1, i%30+101, i, number+checkDigit(number), []string{"女", "男"}[(1+i%999)%2], i, i%28+1, i))
	}
	data := workbook(b, tab{rows: rows})
	r := reader(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		report, err := r.Read(b.Context(), ingest.Source{File: "上传.xlsx", Bytes: int64(len(data))}, strings.NewReader(string(data)), ingest.Hint{}, func(batch *ingest.Batch) error {
			for _, err := range batch.Rows {
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || report.Counts().Accepted < 9000 {
			b.Fatalf("%v, %+v, %v", err, report.Counts(), report.AllIssues()[:1])
		}
	}
}

func checkDigit(first17 string) string {
	sum := 0
	for i, r := range first17 {
		sum += int(r-'0') * (1 << (17 - i) % 11)
	}
	return string("10X98765432"[sum%11])
}

// Every row of a file is in a count, those of sheets that were not taken in too:
// rejected where that is a fault, skipped where it is only said.
func TestRowsOfSheetsLeftOut(t *testing.T) {
	good := tab{name: "居民", rows: []string{"象山社区2025年第四季度居民登记表", "姓名|性别|人员类型", "张三|男|户籍"}}
	lacking := tab{name: "捐款", rows: []string{"象山社区2025年第四季度捐款台账", "捐款人|金额", "张三|#1", "", "李四|#2"}}
	again := tab{name: "居民2", rows: []string{good.rows[0], good.rows[1], "李四|男|户籍", "王五|男|户籍"}}
	other := tab{name: "通讯录", rows: []string{"部门|传真", "办公室|无"}}
	for _, c := range []struct {
		name string
		tabs []tab
		want ingest.Counts
	}{
		{"a column is missing", []tab{good, lacking}, ingest.Counts{Read: 3, Accepted: 1, Rejected: 2}},
		{"of the same slice", []tab{good, again}, ingest.Counts{Read: 3, Accepted: 1, Rejected: 2}},
		{"none of our kinds", []tab{good, other}, ingest.Counts{Read: 3, Accepted: 1, Skipped: 2}},
		{"and nothing else in the file", []tab{other}, ingest.Counts{Read: 2, Rejected: 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, report := read(t, reader(t), "上传.xlsx", workbook(t, c.tabs...), ingest.Hint{})
			if got := report.Counts(); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}
