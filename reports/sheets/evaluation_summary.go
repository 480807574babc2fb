package sheets

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/queries/stars"
	"xingce/reports"
)

// summaryRows are where 汇总 says how many have which star.
type summaryForm struct {
	*reports.Form
	counts map[int]int // row by star
}

func (e evaluation) summaryForm(b *reports.Book) *summaryForm {
	s := b.Form("汇总", reports.FormColumn{Least: 16, Centre: true}, reports.FormColumn{Least: 30, Most: 40}, reports.FormColumn{Least: 12, Format: "0"},
		reports.FormColumn{Least: 12, Format: "0.0%"}, reports.FormColumn{Least: 10, Format: "0.00"}, reports.FormColumn{Least: 6}, reports.FormColumn{Least: 26}, reports.FormColumn{Least: 30})
	s.OnePage = true
	return &summaryForm{Form: s, counts: map[int]int{}}
}

// summary is how many members have which star, what gave them their points,
// and where all members of the roll went.
func (e evaluation) summary(s *summaryForm) {
	s.Title(e.title("党员星级评定汇总表"), "依据："+e.Policy.Title, "单位：人")

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
		s.counts[star] = last
		if first == 0 {
			first = last
		}
	}
	last = s.Row(stars.StarTitle(0), e.Policy.Below(), counts[0], share(counts[0], graded))
	s.counts[0] = last
	s.Total("合计", "", graded, share(graded, graded))
	if graded > 0 {
		s.Chart(reports.BookChart{
			Title: foremost(counts, e.Policy.Bands), Subtitle: fmt.Sprintf("各星级人数（参评党员 %d 人）", graded),
			Names: 0, Values: 2, First: first, Last: last, From: 6, To: 7, Top: first - 1, Rows: len(e.Policy.Bands) + 4,
		})
	}
	e.items(s)

	s.Heading(fmt.Sprintf("年末名册共有党员 %d 人，去向如下", len(e.Ratings)))
	s.Head("党员", "在本表中", "人数")
	for _, line := range e.whereabouts() {
		s.Row(line.who, line.where, line.members)
	}
	s.Total("合计", "", len(e.Ratings))
	s.Skip(1)
	s.Note("星级是按办法计出的建议，由支部评议、公示、审定后才生效；逐人逐项的算法见“个人评定”。")
	s.Sign(reports.Blank{Label: "填表人：", From: 1, To: 1}, reports.Blank{Label: "审核人：", From: 3, To: 4}, reports.Blank{Label: "日期：", From: 7, To: 7})
}

// items is what each item gave on average: those that give points first, the
// most on top.
func (e evaluation) items(s *summaryForm) {
	type line struct {
		item   stars.Item
		having int
		mean   decimal.Decimal
	}
	scored, lines := 0, make([]line, len(e.Policy.Items))
	for i, item := range e.Policy.Items {
		lines[i].item = item
	}
	for _, r := range e.listed {
		if !r.Scored {
			continue
		}
		scored++
		for i, m := range r.Marks {
			lines[i].mean = lines[i].mean.Add(m.Points)
			if !m.Points.IsZero() {
				lines[i].having++
			}
		}
	}
	if scored == 0 {
		return
	}
	for i := range lines {
		lines[i].mean = lines[i].mean.DivRound(decimal.NewFromInt(int64(scored)), 2)
	}
	slices.SortStableFunc(lines, func(a, b line) int { return b.mean.Cmp(a.mean) })

	s.Heading(fmt.Sprintf("计分的 %d 人，各项得分如下", scored))
	s.Head("项目", "计分办法", "得分或扣分人数", "占计分党员", "人均得分")
	first, last := 0, 0
	for _, l := range lines {
		n := s.Row(l.item.Title, l.item.Rule(), l.having, share(l.having, scored), l.mean)
		if first == 0 {
			first = n
		}
		if !l.mean.IsNegative() {
			last = n
		}
	}
	if last > 0 {
		s.Chart(reports.BookChart{
			Title: fmt.Sprintf("%s人均得分最多，%s 分", lines[0].item.Title, lines[0].mean), Subtitle: fmt.Sprintf("各项人均得分（计分党员 %d 人）", scored),
			Bars: true, Names: 0, Values: 4, First: first, Last: last, From: 6, To: 7, Top: first - 1, Rows: len(lines) + 5,
		})
	}
}

type whereabout struct {
	who, where string
	members    int
}

// whereabouts tells members by kind and standing, in order of first mention.
func (e evaluation) whereabouts() []whereabout {
	var list []whereabout
	count := func(who, where string) {
		at := slices.IndexFunc(list, func(w whereabout) bool { return w.who == who && w.where == where })
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
