// Package sheets is the shelf of workbooks: what an office prints, signs and
// files. Each file here makes one.
package sheets

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/stars"
	"xingce/reports"
)

// An EvaluationInput is all that the evaluation workbook depends on.
type EvaluationInput struct {
	Community string
	Year      period.Period
	Policy    stars.Policy
	Ratings   []stars.Rating // of the community, in the roll's order
	Sources   queries.Table  // the metric sources for the year; those of other communities are left out
	SQL       string         // the hash of the catalog
	Version   string         // of the program
}

// Evaluation is the year's star ratings (党员星级评定表) as a workbook for
// people to decide by: what the policy proposes for each member and why, the
// policy itself, and what it was all counted from. Members whom another
// branch judges are only counted in it.
func Evaluation(in EvaluationInput) (reports.Page, error) {
	e := evaluation{EvaluationInput: in}
	for _, r := range in.Ratings {
		switch {
		case r.Separate:
			e.separate = append(e.separate, r)
		case slices.Contains(in.Policy.Elsewhere, r.Kind):
			e.elsewhere = append(e.elsewhere, r)
		default:
			e.listed = append(e.listed, r)
		}
	}
	b := reports.NewBook(in.Community+in.Year.Title()+"党员星级评定", in.Community+"　"+in.Year.Title()+"党员星级评定", in.Year.LastDay())
	e.summary(b)
	e.ratings(b, "评定表", "党员星级评定表", e.listed)
	if len(e.separate) > 0 {
		e.ratings(b, "单列评定表", strings.Join(in.Policy.Separate, "、")+"党员星级单列评定表", e.separate)
	}
	e.steps(b, "计分明细", "评定表", e.listed)
	if len(e.separate) > 0 {
		e.steps(b, "单列计分明细", "单列评定表", e.separate)
	}
	e.rules(b)
	e.sources(b)
	return b.Page(fmt.Sprintf("%s/%s/evaluation.xlsx", in.Year, in.Community))
}

type evaluation struct {
	EvaluationInput
	// The branch's own, those judged beside them, and those only counted.
	listed, separate, elsewhere []stars.Rating
}

// summary is how many members have which star, and where all members of the
// roll went.
func (e evaluation) summary(b *reports.Book) {
	s := b.Form("汇总", reports.FormColumn{Least: 16, Centre: true}, reports.FormColumn{Least: 30}, reports.FormColumn{Least: 12, Format: "0"},
		reports.FormColumn{Least: 14, Format: "0.0%"}, reports.FormColumn{Least: 10}, reports.FormColumn{Least: 24}, reports.FormColumn{Least: 30})
	s.OnePage = true
	s.Title(e.Community+e.Year.Title()+"党员星级评定汇总表", "依据："+e.Policy.Title, "单位：人")

	counts, graded := map[int]int{}, 0
	for _, r := range e.listed {
		if r.Graded {
			counts[r.Star]++
			graded++
		}
	}
	s.Heading(fmt.Sprintf("参加评定 %d 人，建议授星 %d 人，未达星级 %d 人", graded, graded-counts[0], counts[0]))
	s.Head("星级", "分数段", "人数", "占参评党员")
	first, last := 0, 0
	for i := len(e.Policy.Bands) - 1; i >= 0; i-- {
		star := e.Policy.Bands[i].Star
		last = s.Row(stars.StarTitle(star), e.Policy.Range(i), counts[star], share(counts[star], graded))
		if first == 0 {
			first = last
		}
	}
	last = s.Row(stars.StarTitle(0), e.Policy.Below(), counts[0], share(counts[0], graded))
	s.Total("合计", "", graded, share(graded, graded))
	if graded > 0 {
		s.Chart(reports.BookChart{
			Title: foremost(counts, e.Policy.Bands), Subtitle: fmt.Sprintf("各星级人数（参评党员 %d 人）", graded),
			Names: 0, Values: 2, First: first, Last: last, From: 5, To: 6, Top: first - 1, Rows: len(e.Policy.Bands) + 10,
		})
	}

	s.Heading(fmt.Sprintf("年末名册共有党员 %d 人，去向如下", len(e.Ratings)))
	s.Head("党员", "在本表中", "人数")
	for _, line := range e.whereabouts() {
		s.Row(line.who, line.where, line.members)
	}
	s.Total("合计", "", len(e.Ratings))
	s.Skip(1)
	s.Note("星级是按办法计出的建议，由支部评议、公示、审定后才生效；逐人逐项的算法见“计分明细”。")
	s.Sign(reports.Blank{Label: "填表人：", From: 1, To: 1}, reports.Blank{Label: "审核人：", From: 3, To: 3}, reports.Blank{Label: "日期：", From: 5, To: 5})
}

type whereabout struct {
	who, where string
	members    int
}

// whereabouts tells members by kind and standing, in order of first mention.
func (e evaluation) whereabouts() []whereabout {
	var list []whereabout
	count := func(who, where string) {
		at := slices.IndexFunc(list, func(w whereabout) bool { return w.who == who })
		if at < 0 {
			at = len(list)
			list = append(list, whereabout{who: who, where: where})
		}
		list[at].members++
	}
	for _, r := range e.listed {
		switch {
		case r.Graded:
			count(r.Kind, "计分并评星级")
		case r.Exempt:
			count(r.Kind, "免评，列名")
		case r.Scored:
			count(r.Kind+"（"+r.Standing+"）", "计分，不评星级")
		default:
			count(r.Kind, "列名，不计分")
		}
	}
	for _, r := range e.separate {
		count(r.Kind, "单列评定，不占名额")
	}
	for _, r := range e.elsewhere {
		count(r.Kind, "不列入，由所在单位评定")
	}
	return list
}

// foremost says which star has the most members.
func foremost(counts map[int]int, bands []stars.Band) string {
	top, names := 0, []string(nil)
	for _, b := range append(slices.Clone(bands), stars.Band{}) {
		switch n := counts[b.Star]; {
		case n > top:
			top, names = n, []string{stars.StarTitle(b.Star)}
		case n == top:
			names = append(names, stars.StarTitle(b.Star))
		}
	}
	if len(names) == 1 {
		return fmt.Sprintf("%s最多，%d 人", names[0], top)
	}
	return fmt.Sprintf("%s最多，各 %d 人", strings.Join(names, "、"), top)
}

// ratings has a row for every member of a list.
func (e evaluation) ratings(b *reports.Book, tab, title string, list []stars.Rating) {
	// Each column has as many digits as its points need, so that a row adds up
	// as printed; only the score is rounded.
	columns := []reports.FormColumn{number, {Most: 14}, {Most: 14}, {Format: reports.Digits(digits(e.Policy.Base))}}
	head := []string{"序号", "姓名", "党小组", "基础分"}
	for i, item := range e.Policy.Items {
		columns = append(columns, reports.FormColumn{Most: 12, Format: reports.Digits(most(list, func(r stars.Rating) decimal.Decimal { return r.Marks[i].Points }))})
		head = append(head, item.Title+"\n"+strings.ReplaceAll(item.Rule(), "，", "\n"))
	}
	columns = append(columns, reports.FormColumn{Format: reports.Digits(2)}, reports.FormColumn{Least: 13, Colour: "#b3261e"}, reports.FormColumn{}, reports.FormColumn{Least: 48, Most: 48})
	head = append(head, "得分", "星级", "建议星级", "说明")

	s := b.Form(tab, columns...)
	s.Title(e.Community+e.Year.Title()+title, "依据："+e.Policy.Title, "单位：分")
	s.Head(head...)
	s.Repeat(2)
	for i, r := range list {
		row := []any{i + 1, r.Name, group(r)}
		if !r.Scored {
			for range len(e.Policy.Items) + 2 {
				row = append(row, nil)
			}
			proposal := "不参评"
			if r.Exempt {
				proposal = "免评"
			}
			s.Row(append(row, "", proposal, strings.Join(r.Remarks, "；"))...)
			continue
		}
		row = append(row, e.Policy.Base)
		for _, m := range r.Marks {
			row = append(row, m.Points)
		}
		proposal := "不评星级"
		if r.Graded {
			proposal = stars.StarTitle(r.Star)
		}
		s.Row(append(row, r.Score, stars.StarMarks(r.Star), proposal, strings.Join(r.Remarks, "；"))...)
	}
	n := 4 + len(e.Policy.Items)
	s.Sign(reports.Blank{Label: "填表人：", From: 2, To: 2}, reports.Blank{Label: "审核人：", From: 5, To: 6}, reports.Blank{Label: "日期：", From: n + 1, To: n + 2})
}

// steps has a row for every member of a list and item.
func (e evaluation) steps(b *reports.Book, tab, rows string, list []stars.Rating) {
	count, raw, points := 0, 0, 0
	for i := range e.Policy.Items {
		count = max(count, most(list, func(r stars.Rating) decimal.Decimal { return r.Marks[i].Count }))
		raw = max(raw, most(list, func(r stars.Rating) decimal.Decimal { return r.Marks[i].Raw }))
		points = max(points, most(list, func(r stars.Rating) decimal.Decimal { return r.Marks[i].Points }))
	}
	s := b.Form(tab, number, reports.FormColumn{Most: 14}, reports.FormColumn{}, reports.FormColumn{Format: reports.Digits(count)},
		reports.FormColumn{Centre: true}, reports.FormColumn{Format: reports.Digits(raw)}, reports.FormColumn{Format: reports.Digits(points)}, reports.FormColumn{})
	s.Title(e.Community+e.Year.Title()+"党员星级评定计分明细", "序号与"+rows+"一致；没有记录的项目计 0 分", "单位：分")
	s.Head("序号", "姓名", "项目", "数量", "单位", "应计分", "实计分", "算法")
	s.Repeat(2)
	for i, r := range list {
		for _, m := range r.Marks {
			var count any
			if m.Recorded {
				count = m.Count
			}
			_, how, _ := strings.Cut(m.Reason, "：")
			s.Row(i+1, r.Name, m.Item.Title, count, m.Item.Unit, m.Raw, m.Points, how)
		}
	}
}

// rules is the policy in words and numbers.
func (e evaluation) rules(b *reports.Book) {
	p := e.Policy
	places := 0
	for _, item := range p.Items {
		places = max(places, digits(item.Points), digits(item.Cap.Decimal), digits(p.Base))
	}
	points := reports.FormColumn{Format: reports.Digits(places), Least: 12}
	s := b.Form("规则", reports.FormColumn{Centre: true, Least: 10}, reports.FormColumn{}, reports.FormColumn{Centre: true}, points, points, reports.FormColumn{})
	s.OnePage = true
	s.Title("党员星级评定规则", p.Title+"，自 "+p.From.Format("2006年1月2日")+"起施行", "单位：分")

	s.Heading("一、计分项目")
	s.Head("序号", "项目", "计量单位", "每单位分", "全年封顶", "算法")
	s.Row("", "基础分", "", p.Base, nil, "每名参评党员")
	for i, item := range p.Items {
		var limit any
		if item.Cap.Valid {
			limit = item.Cap.Decimal
		}
		s.Row(fmt.Sprint(i+1), item.Title, item.Unit, item.Points, limit, item.Rule())
	}

	s.Heading("二、星级档位")
	s.Head("星级", "分数段")
	for i := len(p.Bands) - 1; i >= 0; i-- {
		s.Row(stars.StarTitle(p.Bands[i].Star), p.Range(i))
	}
	s.Row(stars.StarTitle(0), p.Below())

	s.Heading("三、算法")
	score := fmt.Sprintf("得分 = 基础分 %s 分 + 各项实计分，最低 %s 分", p.Base, p.Floor)
	if top, ok := p.Most(); ok {
		score += fmt.Sprintf("，最高 %s 分", top)
	}
	notes := []string{
		score + "。",
		"各项按精确的小数计算，只在最后把得分四舍五入到两位小数；星级按四舍五入后的得分评定。",
		"分数段含下限、不含上限，各档首尾相接，任何得分都有且只有一个档位。",
		fmt.Sprintf("参加评定的是%s党员。", strings.Join(p.Judged, "、")),
	}
	if len(p.Provisional) > 0 {
		notes = append(notes, strings.Join(p.Provisional, "、")+"党员计分，不评星级。")
	}
	if len(p.Separate) > 0 {
		notes = append(notes, strings.Join(p.Separate, "、")+"党员按同一办法单列评定，不占支部名额。")
	}
	if len(p.Elsewhere) > 0 {
		notes = append(notes, strings.Join(p.Elsewhere, "、")+"党员由所在单位党组织评定，不列入评定表。")
	}
	for i, note := range notes {
		s.Note(fmt.Sprintf("%d. %s", i+1, note))
	}
}

// sources is what the ratings were counted from, and by what.
func (e evaluation) sources(b *reports.Book) {
	count := reports.FormColumn{Format: "#,##0"}
	s := b.Form("来源", reports.FormColumn{}, reports.FormColumn{}, reports.FormColumn{}, reports.FormColumn{}, count, count, count, count)
	s.Title("数据来源", "期间："+e.Year.Title(), "单位：行")
	s.Head("资料", "文件", "工作表", "文件校验值", "读取", "收入", "退回", "跳过")
	s.Repeat(1)
	t := e.Sources.Where("community", e.Community)
	sums := make([]any, 4)
	for i := range sums {
		sums[i] = 0
	}
	for i := range t.Rows {
		text := func(column string) string { v, _ := t.Value(i, column).(string); return v }
		row := []any{kindTitle(text("kind")), text("file"), text("sheet"), short(text("sha256"))}
		for k, column := range []string{"rows_read", "accepted", "rejected", "skipped"} {
			n, _ := t.Value(i, column).(int64)
			row, sums[k] = append(row, int(n)), sums[k].(int)+int(n)
		}
		s.Row(row...)
	}
	s.Total(append([]any{"合计", "", "", ""}, sums...)...)
	s.Skip(1)
	s.Note("读取 = 收入 + 退回 + 跳过；跳过的是空行、合计和备注。")
	s.Note("统计语句 " + e.SQL + "　评定办法 " + e.Policy.Name + " " + e.Policy.Hash() + "　程序 " + e.Version)
	s.Note("同样的资料、统计语句、评定办法和程序，做出的这份工作簿逐字节相同。")
}

func kindTitle(name string) string {
	if k := kinds.Find(name); k != nil {
		return k.Title
	}
	return name
}

func short(sha256 string) string { return sha256[:min(12, len(sha256))] }

// group is empty for those who are of no group of this branch.
func group(r stars.Rating) string {
	if r.Group == "" && r.Scored {
		return "未编组"
	}
	return r.Group
}

// share is null over nothing.
func share(part, whole int) any {
	if whole == 0 {
		return nil
	}
	return decimal.NewFromInt(int64(part)).DivRound(decimal.NewFromInt(int64(whole)), 10)
}

// number is the column 序号.
var number = reports.FormColumn{Format: "0", Least: 6, Centre: true}

// most is how many digits after the point the scored members of a list need.
func most(list []stars.Rating, of func(stars.Rating) decimal.Decimal) int {
	places := 0
	for _, r := range list {
		if r.Scored {
			places = max(places, digits(of(r)))
		}
	}
	return places
}

// digits is how many digits after the point it takes to write a number.
func digits(d decimal.Decimal) int {
	_, fraction, _ := strings.Cut(d.String(), ".")
	return len(fraction)
}
