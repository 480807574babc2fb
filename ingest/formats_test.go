package ingest_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xingce/ingest"
)

// Hours that were typed as a time come as Excel shows them, whatever format it
// gave the cell; where it shows less than it keeps, nothing is guessed.
func TestHoursTypedAsATime(t *testing.T) {
	rows := []string{"象山社区2025年第四季度活动签到", "活动日期|活动名称|姓名|服务时长", "2025-10-08|清洁|张三|#0.0625", "2025-10-08|清洁|李四|#0.25", "2025-10-08|清洁|王五|#1.5", "2025-10-08|清洁|赵六|#5.2291666666666667", "2025-10-08|清洁|钱七|#2.5"}
	for _, c := range []struct{ format, want string }{
		{"[h]:mm", "5 = 5 + 0 + 0\n3 1.5\n4 6\n5 36\n6 125.5\n7 60\n"},
		{"[h]:mm:ss", "5 = 5 + 0 + 0\n3 1.5\n4 6\n5 36\n6 125.5\n7 60\n"},
		{"h:mm", "5 = 2 + 3 + 0\n3 1.5\n4 6\nerror hours-clock D5\nerror hours-clock D6\nerror hours-clock D7\n"},
		{"0.00", "5 = 3 + 2 + 0\n4 0.25\n5 1.5\n7 2.5\nerror hours-digits D3\nerror hours-digits D6\n"},
	} {
		data := formatted(t, workbook(t, tab{rows: rows}), "D3", "D7", c.format)
		got, _ := read(t, reader(t), "上传.xlsx", data, ingest.Hint{}, "hours")
		if want := "象山社区 2025Q4 attendance: " + c.want; got != want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", c.format, got, want)
		}
	}
}

// A rate is what its cell shows: a percent sign in the format settles it, also
// under a heading in percent.
func TestRatesInPercent(t *testing.T) {
	for _, c := range []struct{ heading, format, want string }{
		{"出勤率", "0.00%", "3 0.95\n4 1\n5 0.005\n"},
		{"出勤率（%）", "0.00%", "3 0.95\n4 1\n5 0.005\n"},
		{"出勤率", "General", "3 0.95\n4 1\n5 0.005\n"},
		{"出勤率（%）", "General", "error share-ambiguous C3\nerror share-ambiguous C4\nerror share-ambiguous C5\n"},
	} {
		rows := []string{"象山社区2025年第四季度活动台账", "活动日期|活动名称|" + c.heading, "2025-10-08|清洁|#0.95", "2025-10-09|清洁|#1", "2025-10-10|清洁|#0.005"}
		got, _ := read(t, reader(t), "上传.xlsx", formatted(t, workbook(t, tab{rows: rows}), "C3", "C5", c.format), ingest.Hint{}, "rate")
		if _, got, _ = strings.Cut(got, "\n"); got != c.want {
			t.Errorf("%s in %s: got:\n%s\nwant:\n%s", c.heading, c.format, got, c.want)
		}
	}
}

// Who typed a month has said no day: it is kept so, in every writing, and also
// where Excel made the first of the month of it.
func TestMonthsAreKept(t *testing.T) {
	rows := []string{"象山社区2025年第四季度党员名册", "姓名|党员类别|入党时间|党小组", "张三|在职|2011-7", "李四|在职|2011年7月", "王五|在职|2011-07-01", "赵六|在职|", "钱七|在职|@2011-07-01", "孙八|在职|@2011-07-15", "周九|在职|@2011-07-01"}
	data := formatted(t, workbook(t, tab{rows: rows}), "C7", "C8", `yyyy"年"m"月";@`)
	got, _ := read(t, reader(t), "上传.xlsx", data, ingest.Hint{}, "joined_on", "joined_on_precision")
	want := "3 2011-07-01 month\n4 2011-07-01 month\n5 2011-07-01 -\n6 - -\n7 2011-07-01 month\n8 2011-07-15 -\n9 2011-07-01 -\n"
	if _, got, _ = strings.Cut(got, "\n"); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// A merged month is one in every row that it covers.
func TestMergedMonth(t *testing.T) {
	rows := []string{"象山社区2025年第四季度荣誉台账", "荣誉名称|荣誉级别|授予时间", "文明社区|市级|2024-3", "平安社区|市级|"}
	got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows, merged: []string{"C3:C4"}}), ingest.Hint{}, "awarded_on", "awarded_on_precision")
	if want := "象山社区 2025Q4 honour: 2 = 2 + 0 + 0\n3 2024-03-01 month\n4 2024-03-01 month\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// A formula whose result was never saved is no fault of the formula.
func TestFormulasWithoutResults(t *testing.T) {
	data := edit(t, workbook(t, tab{rows: []string{"象山社区2025年第四季度捐款台账", "捐款日期|捐款人|金额", "2025-10-08|张三|"}}), func(f *excelize.File, tab string) error {
		return f.SetCellFormula(tab, "C3", "100+100")
	})
	_, report := read(t, reader(t), "上传.xlsx", data, ingest.Hint{})
	if all, want := report.AllIssues(), "上传.xlsx > Sheet1!C3：金额写的是“#无缓存值”，应为公式算出的金额。文件里没有存公式的结果，请用 Excel 或 WPS 打开，保存后重新上传"; len(all) != 1 || all[0].String() != want {
		t.Errorf("got %v, want %s", all, want)
	}
}

// formatted gives cells a number format.
func formatted(t *testing.T, data []byte, from, to, format string) []byte {
	t.Helper()
	return edit(t, data, func(f *excelize.File, tab string) error {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			return err
		}
		return f.SetCellStyle(tab, from, to, style)
	})
}
