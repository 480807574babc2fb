package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"xingce/ingest"
)

// proposals are what a sheet of one data row suggests to ask a person.
func proposals(t *testing.T, r *ingest.Reader, title string, headings, cells string) []string {
	t.Helper()
	_, report := read(t, r, "上传.xlsx", workbook(t, tab{rows: []string{"象山社区2025年第四季度" + title, headings, cells}}), ingest.Hint{})
	var list []string
	for _, a := range report.Proposed {
		list = append(list, fmt.Sprintf("%s %s=%s", a.Community, a.Heading, a.Column))
	}
	return list
}

// A heading is proposed for a column that the sheet lacks, where it comes near
// one of the column's own and the cells read as the column wants.
func TestNearHeadings(t *testing.T) {
	for _, c := range []struct{ name, title, headings, cells, want string }{
		{"a slip of the pen", "捐款台账", "捐款日期|捐款人|捐款金颔", "2025-10-08|张三|100", "象山社区 捐款金颔=amount"},
		{"a word more", "捐款台账", "捐款日期|捐款人|实际捐款金额（元）", "2025-10-08|张三|100", "象山社区 实际捐款金额=amount"},
		{"the cells are no money", "捐款台账", "捐款日期|捐款人|实际捐款金额", "2025-10-08|张三|大米两袋", ""},
		{"an ending that so many share", "捐款台账", "捐款日期|金额|打印日期", "2025-10-08|100|2025-10-09", ""},
		{"the column is there", "捐款台账", "捐款日期|金额|捐款金颔", "2025-10-08|100|100", ""},
		{"one column from the likest of two", "捐款台账", "捐款日期|金额|捐款的项目名|捐款项目名", "2025-10-08|100|助学|助学", "象山社区 捐款项目名=campaign"},
		{"what nobody needs is never another column", "居民登记表", "户号|姓名|人员类型|是否重点人员类型|宗教民族", "1|张三|户籍|否|无", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(proposals(t, reader(t), c.title, c.headings, c.cells), "; "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Where a column is missing, the error says which heading may be meant and how
// a person confirms it. Confirmed, it is read; of that community only. After a
// no, nothing is said of it any more.
func TestAnsweredHeadings(t *testing.T) {
	sheet := func(community string) []byte {
		return workbook(t, tab{rows: []string{community + "2025年第四季度捐款台账", "捐款日期|捐款人|实际捐款金额（万元）", "2025-10-08|张三|0.2"}})
	}
	r := reader(t)
	got, report := read(t, r, "上传.xlsx", sheet("象山社区"), ingest.Hint{})
	if want := "error missing-column 2\n"; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
	if len(report.Proposed) != 1 {
		t.Fatalf("proposed: %+v", report.Proposed)
	}
	near := report.Proposed[0]
	if said := report.Issues[0].String(); !strings.Contains(said, "“实际捐款金额（万元）”一列像是“金额”") || !strings.Contains(said, "xingce heading confirm "+near.Number()) {
		t.Errorf("the error does not say what may be meant: %s", said)
	}

	near.Answer = ingest.Waiting
	r.Aliases = []ingest.Alias{near}
	if _, report := read(t, r, "上传.xlsx", sheet("象山社区"), ingest.Hint{}); len(report.Proposed) != 0 || !strings.Contains(fmt.Sprint(report.AllIssues()), "一列像是") {
		t.Errorf("asked once, it is asked again or no longer told: %+v", report)
	}

	near.Answer = ingest.Yes
	r.Aliases = []ingest.Alias{near}
	got, _ = read(t, r, "上传.xlsx", sheet("象山社区"), ingest.Hint{}, "amount")
	if want := "象山社区 2025Q4 donation: 1 = 1 + 0 + 0\n3 2000\n"; got != want {
		t.Errorf("confirmed, it is read as %q, want %q", got, want)
	}
	if got, _ := read(t, r, "上传.xlsx", sheet("新村社区"), ingest.Hint{}); got != "error missing-column 2\n" {
		t.Errorf("another community's sheet is read by it: %q", got)
	}

	near.Answer = ingest.No
	r.Aliases = []ingest.Alias{near}
	if _, report := read(t, r, "上传.xlsx", sheet("象山社区"), ingest.Hint{}); len(report.Proposed) != 0 || strings.Contains(fmt.Sprint(report.AllIssues()), "一列像是") {
		t.Errorf("refused, and yet told: %+v", report)
	}
}
