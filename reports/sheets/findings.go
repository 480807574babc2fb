package sheets

import (
	"xingce/queries"
	"xingce/reports"
)

// A FindingsInput is what a quarter's sheets are asked about: metrics of it.
type FindingsInput struct {
	Findings queries.Table // findings
	Totals   queries.Table // control_totals
}

// Findings is what a community's clerks have to look at again (问题清单): rows
// that were sent back, rows that want a second look, and totals that do not add
// up, each with its first cell and a place for what became of it. It has no
// page where there is nothing.
func Findings(s Scope, in FindingsInput) (page reports.Page, ok bool, err error) {
	issues, totals := in.Findings.Where("community", s.Community), in.Totals.Where("community", s.Community)
	if len(issues.Rows)+len(totals.Rows) == 0 {
		return page, false, nil
	}
	b := s.book("台账问题清单")
	handled := reports.FormColumn{Least: 16, Open: true, Choices: []string{"已改正重交", "核对无误", "待核对"}}
	f := b.Form("问题清单", number, reports.FormColumn{Least: 14}, reports.FormColumn{Least: 8, Centre: true, Alarm: sentBack}, reports.FormColumn{Least: 40, Most: 40},
		reports.FormColumn{Format: "#,##0", Least: 8}, reports.FormColumn{Least: 22, Most: 30}, reports.FormColumn{Least: 40, Most: 40}, handled)
	f.Title(s.title("台账问题清单"), "“退回”的行没有收进数据；“核对”的行已经收进，请再看一看", "单位：处")
	f.Head("序号", "表", "级别", "问题", "处数", "第一处", "怎么改", "处理情况")
	f.Repeat(2)
	count, sum := 0, 0
	each(in.Findings, s.Community, func(r reader) {
		count++
		sum += r.count("rows")
		level := "核对"
		if r.text("severity") == "error" {
			level = sentBack
		}
		said, like := reports.Fault(r.text("kind"), r.text("code"), r.text("found"))
		f.Row(count, kindTitle(r.text("kind")), level, said+like, r.count("rows"), r.text("first_cell"), r.text("first_mend"), nil)
	})
	f.Total("", "合计", "", "", sum, "", "", "")
	f.Sign(reports.Blank{Label: "填表人：", From: 2, To: 3}, reports.Blank{Label: "审核人：", From: 5, To: 5}, reports.Blank{Label: "日期：", From: 7, To: 7})
	f.Note(s.made())
	in.differ(s, b)
	page, err = b.Page(s.path(s.Community, "findings.xlsx"))
	return page, true, err
}

const sentBack = "退回"

// differ lists totals that sheets state and their rows do not have.
func (in FindingsInput) differ(s Scope, b *reports.Book) {
	t := in.Totals.Where("community", s.Community)
	if len(t.Rows) == 0 {
		return
	}
	n := reports.FormColumn{Format: "#,##0.00", Least: 14}
	f := b.Form("合计对不上", number, reports.FormColumn{Least: 14}, reports.FormColumn{Least: 30, Most: 40}, reports.FormColumn{Least: 14}, reports.FormColumn{Least: 10}, reports.FormColumn{Least: 14}, n, n, n)
	f.Title(s.title("合计对不上的表"), "表上写的合计与收进的各行相加不相等", "")
	f.Head("序号", "表", "文件", "工作表", "位置", "哪一列", "表上写的", "各行相加", "相差")
	f.Repeat(2)
	for i := range t.Rows {
		r := reader{t, i}
		f.Row(i+1, kindTitle(r.text("kind")), r.text("file"), r.text("sheet"), r.text("place"), r.text("field"), r.number("stated"), r.number("summed"), r.number("difference"))
	}
}
