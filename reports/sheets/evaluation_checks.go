package sheets

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"xingce/queries/stars"
	"xingce/reports"
)

// A sourcesForm is 来源; its total is what 核对 adds up.
type sourcesForm struct {
	*reports.Form
	total int // row
	sums  [4]int
}

func (e evaluation) sourcesForm(b *reports.Book) *sourcesForm {
	count := reports.FormColumn{Format: "#,##0"}
	return &sourcesForm{Form: b.Form("来源", reports.FormColumn{}, reports.FormColumn{}, reports.FormColumn{}, reports.FormColumn{}, count, count, count, count)}
}

// sources is what the ratings were counted from, and by what.
func (e evaluation) sources(s *sourcesForm) {
	s.Title(e.title("党员星级评定数据来源"), "期间："+e.Period.Title(), "单位：行")
	s.Head("资料", "文件", "工作表", "文件校验值", "读取", "收入", "退回", "跳过")
	s.Repeat(1)
	t := e.Sources.Where("community", e.Community)
	for i := range t.Rows {
		text := func(column string) string { v, _ := t.Value(i, column).(string); return v }
		row := []any{kindTitle(text("kind")), text("file"), text("sheet"), short(text("sha256"))}
		for k, column := range []string{"rows_read", "accepted", "rejected", "skipped"} {
			n, _ := t.Value(i, column).(int64)
			row, s.sums[k] = append(row, int(n)), s.sums[k]+int(n)
		}
		s.Row(row...)
	}
	s.total = s.Total("合计", "", "", "", s.sums[0], s.sums[1], s.sums[2], s.sums[3])
	s.Skip(1)
	s.Note("读取 = 收入 + 退回 + 跳过；跳过的是空行、合计和备注。")
	s.Note("统计语句 " + e.SQL + "　评定办法 " + e.Policy.Name + " " + e.Policy.Hash() + "　程序 " + e.Version)
	s.Note("同样的资料、统计语句、评定办法和程序，做出的这份工作簿逐字节相同。")
}

func (e evaluation) checksForm(b *reports.Book) *reports.Form {
	n := reports.FormColumn{Least: 16}
	return b.Form("核对", reports.FormColumn{Least: 40}, n, n, reports.FormColumn{Least: 10, Centre: true, Alarm: differs}, reports.FormColumn{Least: 40})
}

// checks are totals that must agree: as the program counted them, and as the
// other sheets add up.
func (e evaluation) checks(s *reports.Form, summary *summaryForm, sources *sourcesForm, tables []*table) {
	s.Title(e.title("党员星级评定核对表"), "左边是程序所得，右边由本簿的公式重算", "")
	s.Head("核对什么", "程序", "本簿", "结果", "说明")
	s.Repeat(1)
	check := func(what string, value any, formula, note string) {
		s.Row(what, value, reports.Formula{Text: formula, Value: value},
			reports.Formula{Text: fmt.Sprintf(`IF(ROUND(%s-%s,8)=0,"%s","%s")`, s.Here(1), s.Here(2), same, differs), Value: same}, note)
	}
	for _, t := range tables {
		e.checkTable(check, t)
	}
	own, listed := tables[0], fmt.Sprint(len(e.elsewhere))
	for _, t := range tables {
		if t.first > 0 {
			listed += "+" + t.numbers()
		}
	}
	if own.first > 0 {
		levels := []int{0}
		for _, b := range e.Policy.Bands {
			levels = append(levels, b.Star)
		}
		for _, star := range slices.Backward(levels) {
			n, text := 0, stars.StarMarks(star)
			if star == 0 {
				text = stars.StarTitle(0)
			}
			for _, r := range own.list {
				if r.Graded && r.Star == star {
					n++
				}
			}
			check("汇总："+stars.StarTitle(star)+"人数", n, summary.Cell(2, summary.counts[star]), "汇总表上写的")
			check("评定表："+stars.StarTitle(star)+"人数", n, fmt.Sprintf(`COUNTIF(%s,"%s")`, own.Cells(own.score+1, own.first, own.last), text), "评定表上公式得出的")
		}
	}
	check("名册：党员人数", len(e.Ratings), listed, "评定表、单列评定表上列名的，加只报人数的")
	check("来源：读取的行", sources.sums[0], fmt.Sprintf("%s+%s+%s", sources.Cell(5, sources.total), sources.Cell(6, sources.total), sources.Cell(7, sources.total)), "收入、退回、跳过相加")
}

func (e evaluation) checkTable(check func(what string, value any, formula, note string), t *table) {
	if t.first == 0 {
		return
	}
	total, items := decimal.Zero, make([]decimal.Decimal, len(e.Policy.Items))
	for _, r := range t.list {
		if !r.Scored {
			continue
		}
		total = total.Add(r.Score)
		for i, m := range r.Marks {
			items[i] = items[i].Add(m.Points)
		}
	}
	check(t.tab+"：列名人数", len(t.list), t.numbers(), "序号的个数")
	check(t.tab+"：计分人数", t.reckoned, fmt.Sprintf("COUNT(%s)", t.Cells(t.score, t.first, t.last)), "得分的个数")
	check(t.tab+"：得分合计", total, fmt.Sprintf("SUM(%s)", t.Cells(t.score, t.first, t.last)), "")
	for i, item := range e.Policy.Items {
		check(t.tab+"："+item.Title+"合计", items[i], fmt.Sprintf("SUM(%s)", t.Cells(t.item+i, t.first, t.last)), "")
	}
	check(t.tab+"：与程序不符的人", 0, fmt.Sprintf(`COUNTIF(%s,"%s")`, t.Cells(t.score+2, t.first, t.last), differs), "核对一列")
}

// numbers is a formula for how many members a table lists.
func (t *table) numbers() string { return fmt.Sprintf("COUNT(%s)", t.Cells(0, t.first, t.last)) }
