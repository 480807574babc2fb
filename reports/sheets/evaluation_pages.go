package sheets

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/queries/stars"
	"xingce/reports"
)

// perSheet is how many pages go on one sheet: Excel takes 1,026 breaks.
const perSheet = 1000

func (e evaluation) pagesForms(b *reports.Book) []*reports.Form {
	count, points := 0, int(e.Policy.Digits)
	for i := range e.Policy.Items {
		count = max(count, most(e.Ratings, func(r stars.Rating) decimal.Decimal { return r.Marks[i].Count }))
		points = max(points, most(e.Ratings, func(r stars.Rating) decimal.Decimal { return r.Marks[i].Points }))
	}
	recorded, given := fixed(10), fixed(10)
	recorded.Format, given.Format = reports.Digits(count), reports.Digits(points)
	scored := 0
	for _, r := range e.Ratings {
		if r.Scored {
			scored++
		}
	}
	var forms []*reports.Form
	for n := 0; n == 0 || n*perSheet < scored; n++ {
		tab := "个人评定"
		if scored > perSheet {
			tab += fmt.Sprint(n + 1)
		}
		s := b.Form(tab, fixed(15), recorded, fixed(7), given, fixed(38))
		s.Portrait = true
		forms = append(forms, s)
	}
	return forms
}

// pages is a page for every member who has a score, the listed first: each
// item, each step from the points to the star, and places for everyone to
// write and sign.
func (e evaluation) pages(forms []*reports.Form, tables []*table) {
	n := 0
	for _, t := range tables {
		for i, r := range t.list {
			if r.Scored {
				e.page(forms[n/perSheet], t, i, r)
				n++
			}
		}
	}
	if n == 0 {
		forms[0].Line("没有计分的党员。")
	}
}

func (e evaluation) page(s *reports.Form, t *table, i int, r stars.Rating) {
	s.Break()
	who := []string{"姓名：" + r.Name}
	if g := group(r); g != "" {
		who = append(who, "党小组："+g)
	}
	apart := ""
	if r.Separate {
		apart = "单列"
	}
	s.Title(e.title("党员星级评定表（个人）"), strings.Join(append(who, r.Standing+"党员（"+r.Kind+"）"), "　"), fmt.Sprintf("%s第 %d 号", apart, i+1))
	s.Head("项目", "数量", "单位", "得分", "算法")
	if t.base {
		s.Row("基础分", nil, "", e.Policy.Base, "")
	}
	for k, m := range r.Marks {
		var count any
		if m.Recorded {
			count = m.Count
		}
		_, how, _ := strings.Cut(m.Reason, "：")
		s.Row(m.Item.Title, count, m.Item.Unit, reports.Formula{Text: t.Cell(t.item+k, t.rowOf[r.Person]), Value: m.Points}, how)
	}
	s.Total("得分", nil, "", reports.Formula{Text: t.Cell(t.score, t.rowOf[r.Person]), Value: r.Score}, "")
	s.Total("建议星级", nil, "", nil, reports.Formula{Text: t.Cell(t.score+1, t.rowOf[r.Person]), Value: starText(r)})
	for _, reason := range r.Reasons {
		if !slices.ContainsFunc(r.Marks, func(m stars.Mark) bool { return m.Reason == reason }) {
			s.Note(reason)
		}
	}
	s.Box("本人意见", "签名：　　　　　　年　　月　　日", 64)
	s.Box("党小组意见", "组长签名：　　　　　　年　　月　　日", 64)
	s.Box("支部意见", "书记签名（盖章）：　　　　　　年　　月　　日", 84)
	s.Box("公示情况", "经办人签名：　　　　　　年　　月　　日", 64)
	s.Box("上级党组织\n审定意见", "（盖章）　　　　　　年　　月　　日", 84)
}
