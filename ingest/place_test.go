package ingest_test

import (
	"slices"
	"strings"
	"testing"

	"xingce/ingest"
	"xingce/ingest/period"
)

// placed reads a list of gifts under some lines: which slice it is of, or why it
// is of none.
func placed(t *testing.T, r *ingest.Reader, file, sheet string, hint ingest.Hint, lines ...string) (ingest.Slice, string) {
	t.Helper()
	rows := append(slices.Clone(lines), "捐款日期|捐款人|金额", "2025-10-08|张三|#100")
	_, report := read(t, r, file, workbook(t, tab{name: sheet, rows: rows}), hint)
	var faults []string
	for _, i := range report.Issues {
		faults = append(faults, i.Code+" "+i.Found)
	}
	if len(report.Batches) == 0 {
		return ingest.Slice{}, strings.Join(faults, "; ")
	}
	return report.Batches[0].Slice, strings.Join(faults, "; ")
}

// What stands above a header names other days and quarters than the sheet's,
// too. What is not sure is asked.
func TestPeriods(t *testing.T) {
	const title = "象山社区捐款台账"
	const none, q4 = "no-period 看不出是哪一期的表", "2025Q4"
	for _, c := range []struct{ name, file, lines, want string }{
		{"made by someone, on a day", "", title + "/单位：象山社区　填表人：张三　2026年1月5日", none},
		{"a day", "", title + "/日期：2026年1月5日", none},
		{"a day in two cells", "", title + "/日期：|2026年1月5日", none},
		{"a day with nothing before it", "", title + "/2026.1.5", none},
		{"the last day of a quarter, on which it was made", "", title + "/填表人：张三　2025年12月31日", none},
		{"a day on which it was printed", "", title + "/打印时间：2025-12-31 08:30", none},
		{"the month in which it was made", "", title + "/填表时间：2026年1月", none},
		{"a day behind the period", "", "象山社区2025年第四季度捐款台账 2026年1月5日", q4},
		{"the day of filling in first", "", title + "/填表日期：2026年1月5日 统计期：2025年10月-12月", q4},
		{"as of the last day", "", title + "/截至2025年12月31日", q4},
		{"the day of the event", "", title + "/活动时间：2025年10月29日", q4},
		{"a day, and the file's name says more", "四季度捐款2025Q4.xlsx", title + "/日期：2026年1月5日", q4},
		{"a day in the file's name", "捐款20260105.xlsx", title, none},
		{"the last day in the file's name", "捐款20251231.xlsx", title, q4},
		{"handed in, by a folder", "2026年1月报送/捐款.xlsx", title, none},
		{"a month, by a folder", "2025年12月/捐款.xlsx", title, q4},

		{"by order of a day", "", title + "/根据镇党委2024年12月20日通知要求", none},
		{"by order of a quarter's end", "", title + "/根据镇党委2024年12月31日通知要求", none},
		{"by order of a quarter", "", title + "/按照2025年第三季度工作安排", none},
		{"carried over", "", title + "/上期结转：2025年第三季度余额 0 元", none},
		{"carried over, in two cells", "", title + "/上期结转：|2025年第三季度", none},
		{"carried over, the words behind", "", title + "/2025年第三季度结余 20 元", none},
		{"carried over, beside the period", "", "象山社区2025年第四季度捐款台账 上期结转：2025年第三季度余额 0 元", q4},
		{"an order before a label", "", title + "/根据镇通知填报 统计期：2025年第四季度", q4},

		{"a title set wide", "", "象 山 社 区 2025 年 第 四 季 度 捐 款 台 账", q4},
		{"two quarters in a title", "", "象山社区关于2024年第三季度地震灾区的2025年第四季度捐款台账", "ambiguous-period 分不清是2024年第三季度还是2025年第四季度的表"},
		{"two months of two quarters", "", "象山社区2025年9月、2025年10月捐款台账", "ambiguous-period 分不清是2025年第三季度还是2025年第四季度的表"},
		{"two months of one", "", "象山社区2025年10月、2025年12月捐款台账", q4},
		{"a quarter and its months", "", "象山社区2025年第四季度（2025年10-12月）捐款台账", q4},
		{"a quarter before a month", "", "象山社区2025年第四季度捐款台账 2026年1月", q4},
		{"two quarters in two lines, the title first", "", "象山社区2025年第四季度捐款台账/比2025年第三季度多", q4},

		{"months", "", "象山社区捐款台账（2025年10月-12月）", q4},
		{"months behind a dash", "", "象山社区捐款台账（2025年10—12月）", q4},
		{"months with their years", "", "象山社区捐款台账（2025.10—2025.12）", q4},
		{"the months apart from the year", "", "象山社区2025年捐款台账（10—12月）", q4},
		{"the quarter apart from the year", "", "2025年象山社区四季度捐款台账", q4},
		{"the quarter apart from two years", "", "象山社区2024年、2025年捐款台账（四季度）", none},
		{"the first three quarters", "", "象山社区2025年前三季度捐款台账", none},
		{"half a year", "", "象山社区捐款台账（2025年下半年）", none},
		{"a quarter without a year", "", "象山社区四季度捐款台账", none},
		{"a year", "", "象山社区2025年捐款台账", none},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.file == "" {
				c.file = "上传.xlsx"
			}
			slice, faults := placed(t, reader(t), c.file, "", ingest.Hint{}, strings.Split(c.lines, "/")...)
			if got := slice.Period.String() + faults; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	slice, faults := placed(t, reader(t), "上传.xlsx", "", ingest.Hint{Period: period.Quarter(2025, 4)}, "象山社区2024年第三季度、2025年第四季度捐款台账")
	if slice.Period != period.Quarter(2025, 4) {
		t.Errorf("what a person said does not settle it: %s", faults)
	}
}

// A sheet of the fourth quarter of 2025 in folders and under names that say
// another time, or when it was handed in.
func TestWrongFolders(t *testing.T) {
	for file, want := range map[string]string{
		"2025年9月/助学.xlsx": "2025年9月", "2025年三季度/助学.xlsx": "2025年第三季度", "3季度/助学.xlsx": "第三季度", "第三季度/助学.xlsx": "第三季度",
		"2024年/助学.xlsx": "2024年", "2024年度/助学.xlsx": "2024年度", "2024/助学.xlsx": "2024", "9月/助学.xlsx": "9月", "7-9月/助学.xlsx": "第三季度", "2025年7-9月/助学.xlsx": "2025年第三季度",
		"2026年第一季度/助学.xlsx": "2026年第一季度", "2026年5月/助学.xlsx": "2026年5月", "2025年9月助学.xlsx": "2025年9月", "三季度助学.xlsx": "第三季度", "助学20250930.xlsx": "20250930",
		"2025年9月/2025年四季度/助学.xlsx": "2025年9月",

		"助学.xlsx": "", "2026年1月报送/助学.xlsx": "", "2026年1月/助学.xlsx": "", "1月/助学.xlsx": "", "2026年/助学.xlsx": "", "2026/助学.xlsx": "", "2025年/助学.xlsx": "", "2025/助学.xlsx": "",
		"2025年12月/助学.xlsx": "", "11月/助学.xlsx": "", "四季度/助学.xlsx": "", "10—12月/助学.xlsx": "", "2025年10-12月/助学.xlsx": "", "2025年9月5日收/助学.xlsx": "", "2026.1.5报/助学.xlsx": "",
		"助学20260105.xlsx": "", "2024年地震捐款.xlsx": "", "2025年下半年/助学.xlsx": "", "3号楼/助学.xlsx": "", "12/助学.xlsx": "",
	} {
		_, faults := placed(t, reader(t), file, "", ingest.Hint{}, "象山社区2025年第四季度捐款台账")
		if want != "" {
			want = "contradiction 表里写的是2025年第四季度，文件名或文件夹写的是" + want
		}
		if faults != want {
			t.Errorf("%s: got %q, want %q", file, faults, want)
		}
	}
}

// partOf is the part that a list of gifts gets.
func partOf(t *testing.T, file, sheet string, lines ...string) string {
	t.Helper()
	slice, faults := placed(t, reader(t), file, sheet, ingest.Hint{}, append([]string{"象山社区2025年第四季度捐款台账"}, lines...)...)
	if faults != "" {
		t.Fatalf("%s: %s", file, faults)
	}
	return slice.Part
}

// One event's sheet never takes another's place: where the sheet's name says
// nothing, the file's does.
func TestPartsByFile(t *testing.T) {
	for _, c := range []struct{ name, file, sheet, line, want string }{
		{"the sheet is called by its kind", "e1 重阳.xlsx", "捐款台账", "", "e1 重阳"},
		{"the sheet is called by a word of its kind", "e1 重阳.xlsx", "捐款", "", "e1 重阳"},
		{"another file", "e2 环境.xlsx", "捐款台账", "", "e2 环境"},
		{"the sheet is called as any", "重阳.xlsx", "名单", "", "重阳"},
		{"the sheet's name goes before the file's", "重阳.xlsx", "助学捐款", "", "助学捐款"},
		{"a line goes before both", "重阳.xlsx", "助学捐款", "捐款项目：抗震", "抗震"},
		{"a line left open", "重阳.xlsx", "捐款台账", "填表日期：____年__月__日    捐款项目：__________", "重阳"},
		{"a line left open, another behind it", "重阳.xlsx", "捐款台账", "捐款项目：　　填表人：张三", "重阳"},
		{"a month of one campaign", "助学.xlsx", "12月", "", "助学 12月"},
		{"a month with its year", "助学.xlsx", "2025年12月", "", "助学 2025年12月"},
		{"a month of another", "抗震.xlsx", "12月", "", "抗震 12月"},
		{"a letter", "助学.xlsx", "A", "", "助学 A"},
		{"an event's day", "捐款20251029.xlsx", "Sheet1", "", "捐款20251029"},
		{"a month", "2025年12月助学.xlsx", "Sheet1", "", "2025年12月助学"},
		{"the second time", "助学第2次.xlsx", "Sheet1", "", "助学第2次"},
		{"numbered by hand", "助学2.xlsx", "Sheet1", "", "助学2"},
		{"a word that begins like one of every file", "表彰大会.xlsx", "Sheet1", "", "表彰大会"},
		{"nothing", "象山社区2025年第四季度捐款台账.xlsx", "捐款台账", "", ""},
		{"nothing but months", "捐款台账（象山社区 2025年10-12月）.xlsx", "Sheet1", "", ""},
		{"nothing but when it was made", "捐款台账20260105.xlsx", "Sheet1", "", ""},
		{"nothing but a copy's marks", "捐款台账（改）.xlsx", "捐款台账", "", ""},
		{"our own form", "模板.xlsx", "捐款台账", "", ""},
		{"a phone in the file's name", "13800001234重阳.xlsx", "捐款台账", "", "138****1234重阳"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := partOf(t, c.file, c.sheet, c.line); got != c.want {
				t.Errorf("%s, %s: part %q, want %q", c.file, c.sheet, got, c.want)
			}
		})
	}
}

// The mended copy of a file takes its place.
func TestMendedCopiesAreOnePart(t *testing.T) {
	for _, name := range []string{
		"助学捐款", "助学捐款 - 副本", "助学捐款 - 副本 (2)", "助学捐款(1)", "助学捐款（1）", "助学捐款（修改）", "助学捐款-最终版", "助学捐款20260105", "助学捐款2026.1.5", "助学捐款已改好", "助学捐款改后",
		"张三交 助学捐款", "【象山】助学捐款", "助学捐款_已标红", "助学捐款（问题已改）", "象山助学捐款", "助学捐款的副本", "副本助学捐款", "助学捐款（已核对）", "助学捐款最新", "助学捐款终稿", "助学捐款修改版",
		"助学捐款v2", "助学捐款V2.1（改）(3)", "助学捐款_第二稿", "助学捐款（新）", "助学捐款 改", "最新助学捐款", "助学捐款（终）", "助学捐款-定稿", "复件 助学捐款", "象山社区2025年第四季度助学捐款", "助学捐款2026年1月报送", "助学捐款已更正", "助学捐款最后修改", "助学捐款（改2）", "助学捐款（更新）", "助学捐款已审核",
	} {
		if got := partOf(t, name+".xlsx", "Sheet1"); got != "助学捐款" {
			t.Errorf("%s is part %q", name, got)
		}
	}
	for _, name := range []string{"助学捐款", "助学捐款（改）", "助学捐款-副本", "助学捐款（已核对）"} {
		if got := partOf(t, "上传.xlsx", name); got != "助学捐款" {
			t.Errorf("the sheet %s is part %q", name, got)
		}
	}
}
