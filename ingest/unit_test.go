package ingest_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xingce/ingest"
)

// A gift of 1.5 in a sheet with a line above the header and one below the
// rows, and what is stored: a figure ten thousand times off is never.
func TestUnitsOfASheet(t *testing.T) {
	const title = "象山社区2025年第四季度捐款台账"
	for _, c := range []struct{ name, title, info, heading, foot, want string }{
		{"in the title's brackets", title + " （万元）", "", "金额", "", "15000"},
		{"in the title's brackets, with a word", title + "（单位：万元）", "", "金额", "", "15000"},
		{"in square brackets", title + "【万元】", "", "金额", "", "15000"},
		{"in a cell of its own", title + "|万元", "", "金额", "", "15000"},
		{"of the people's money", title, "金额单位：人民币万元", "金额", "", "15000"},
		{"after another", title, "单位：人、万元", "金额", "", "15000"},
		{"before another", title, "单位：万元、人", "金额", "", "15000"},
		{"as a sentence", title, "本表以万元为单位", "金额", "", "15000"},
		{"the heading's brackets name none", title, "单位：万元", "金额（小写）", "", "15000"},
		{"below the rows", title, "", "金额", "注：本表金额单位为万元", "15000"},
		{"below the rows, in a cell further right", title, "", "金额", "||单位：万元", "15000"},
		{"below the rows, and the heading knows better", title, "", "金额（元）", "注：本表金额单位为万元", "1.5"},
		{"above and below", title, "单位：元", "金额", "注：其中一笔单位为万元", "1.5"},

		{"a figure in the title", title + " 共 8.9 万元", "", "金额", "", "1.5"},
		{"a figure's unit above", title, "已收（万元）：8.9", "金额", "", "1.5"},
		{"a figure's unit above, in two cells", title, "已收（万元）|#8.9", "金额", "", "1.5"},
		{"a figure below", title, "", "金额", "注：共收（万元）8.9", "1.5"},
		{"an office whose name begins so", title, "单位：元坝社区居委会", "金额", "", "1.5"},
		{"minutes count no money", title + "（分钟）", "", "金额", "", "1.5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := []string{c.title, c.info, "捐款日期|捐款人|" + c.heading, "2025-10-08|张三|#1.5", c.foot}
			got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows}), ingest.Hint{Community: "象山社区"}, "amount")
			_, got, _ = strings.Cut(got, "\n")
			if !strings.HasPrefix(got, "4 "+c.want+"\n") {
				t.Errorf("got:\n%s\nwant 4 %s", got, c.want)
			}
		})
	}
	rows := []string{title + "（万元）", "单位：元", "捐款日期|捐款人|金额", "2025-10-08|张三|#1.5"}
	if got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows}), ingest.Hint{}); got != "error two-units\n" {
		t.Errorf("two units give:\n%s", got)
	}
	rows = []string{"象山社区2025年第四季度活动签到表（时长单位：分钟）", "活动日期|活动名称|姓名|服务时长", "2025-10-08|清扫|张三|#90"}
	if got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows}), ingest.Hint{}, "hours"); !strings.Contains(got, "3 1.5\n") {
		t.Errorf("90 minutes give:\n%s", got)
	}
}

// A row of units under the header, and a unit over a group of columns.
func TestUnitsInTheHeader(t *testing.T) {
	for _, c := range []struct {
		name   string
		header []string
		row    string
		want   string
	}{
		{"a row of one", []string{"捐款日期|捐款人|金额", "||万元"}, "2025-10-08|张三|#1.5", "15000 -"},
		{"in brackets", []string{"捐款日期|捐款人|金额", "||（万元）"}, "2025-10-08|张三|#1.5", "15000 -"},
		{"beside a heading of the second level", []string{"捐款日期|捐款人|捐款金额|", "||万元|用途"}, "2025-10-08|张三|#1.5|助学", "15000 助学"},
		{"beside it, in brackets", []string{"捐款日期|捐款人|捐款金额|", "||（万元）|用途"}, "2025-10-08|张三|#1.5|助学", "15000 助学"},
		{"over the group", []string{"捐款日期|捐款人|捐款（万元）|", "||金额|用途"}, "2025-10-08|张三|#1.5|助学", "15000 助学"},
		{"元", []string{"捐款日期|捐款人|金额|用途", "||元"}, "2025-10-08|张三|#1.5|助学", "1.5 助学"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := append(append([]string{"象山社区2025年第四季度捐款台账"}, c.header...), c.row)
			got, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows}), ingest.Hint{}, "amount", "campaign")
			if !strings.Contains(got, "\n4 "+c.want+"\n") || len(report.AllIssues()) > 0 {
				t.Errorf("got:\n%s\nwant 4 %s", got, c.want)
			}
		})
	}
	minutes := []string{"象山社区2025年第四季度活动签到", "活动日期|活动名称|姓名|服务时长", "|||分钟", "2025-10-08|清扫|张三|#90"}
	if got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: minutes}), ingest.Hint{}, "hours"); !strings.Contains(got, "4 1.5\n") {
		t.Errorf("90 minutes give:\n%s", got)
	}
}

// What a cell shows is what the clerk means: 1.5 in the format 0.00"万元".
func TestUnitsInNumberFormats(t *testing.T) {
	for _, c := range []struct{ name, heading, format, want string }{
		{"万元", "金额", `0.00"万元"`, "4 15000\n"},
		{"and the sheet is in yuan", "金额（元）", `0.00"万元"`, "4 15000\n"},
		{"元 in a sheet in 万元", "金额（万元）", `0.00"元"`, "4 1.5\n"},
		{"divided for show", "金额", `0.0,"千元"`, "4 1.5\n"},
		{"people", "金额", `0.00"人"`, "4 1.5\n"},
		{"no unit of money", "金额", `0.00"万股"`, "error money-unit C4\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := edit(t, workbook(t, tab{rows: []string{"象山社区2025年第四季度捐款台账", "", "捐款日期|捐款人|" + c.heading, "2025-10-08|张三|#1.5"}}), func(f *excelize.File, tab string) error {
				style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &c.format})
				if err != nil {
					return err
				}
				return f.SetCellStyle(tab, "C4", "C4", style)
			})
			got, _ := read(t, reader(t), "上传.xlsx", data, ingest.Hint{}, "amount")
			if _, got, _ = strings.Cut(got, "\n"); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}
