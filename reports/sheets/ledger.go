package sheets

import (
	"fmt"

	"github.com/shopspring/decimal"

	"xingce/queries/stars"
	"xingce/reports"
)

// Ledger is a year's points (年度积分台账): for each member the points at every
// quarter's end and of each item, and a sheet for each quarter with the items as
// they stood then. A quarter without a roll has no ratings.
func Ledger(s Scope, policy stars.Policy, quarters [3][]stars.Rating, year []stars.Rating) (reports.Page, error) {
	b := s.book("党员积分台账")
	l := ledger{Scope: s, policy: policy}
	l.sheet(b, "年度积分台账", s.title("党员积分台账"), year, quarters[:])
	for i, ratings := range quarters {
		if len(ratings) > 0 {
			l.sheet(b, ordinal(i)+"季度末", fmt.Sprintf("%s%s季度末党员积分", s.title(""), ordinal(i)), ratings, nil)
		}
	}
	return b.Page(s.path(s.Community, "ledger.xlsx"))
}

type ledger struct {
	Scope
	policy stars.Policy
}

func ordinal(i int) string { return string([]rune("一二三四")[i]) }

// sheet is one table: who, the points at the ends of quarters, each item and
// the sum.
func (l ledger) sheet(b *reports.Book, tab, title string, ratings []stars.Rating, quarters [][]stars.Rating) {
	p := l.policy
	score := reports.FormColumn{Format: reports.Digits(int(p.Digits)), Least: 9}
	columns := []reports.FormColumn{number, {Most: 14}, {Most: 14}, {Most: 16}}
	head := []string{"序号", "姓名", "党小组", "党员"}
	at := make([]map[string]decimal.Decimal, len(quarters))
	for q, list := range quarters {
		columns, head = append(columns, score), append(head, ordinal(q)+"季度末")
		at[q] = map[string]decimal.Decimal{}
		for _, r := range list {
			if r.Scored {
				at[q][r.Person] = r.Score
			}
		}
	}
	for i, item := range p.Items {
		columns = append(columns, reports.FormColumn{Most: 10, Format: reports.Digits(most(ratings, func(r stars.Rating) decimal.Decimal { return r.Marks[i].Points }))})
		head = append(head, item.Title)
	}
	f := b.Form(tab, append(columns, score, reports.FormColumn{Least: 11, Colour: "#b3261e"})...)
	f.Title(title, "依据："+p.Title, "单位：分")
	f.Head(append(head, "积分", "照此积分")...)
	f.Repeat(2)
	for n, r := range ratings {
		row := []any{n + 1, r.Name, group(r), r.Kind}
		if r.Standing != "" && r.Standing != "正式" {
			row[3] = r.Kind + "（" + r.Standing + "）"
		}
		for _, scores := range at {
			if points, ok := scores[r.Person]; ok {
				row = append(row, points)
			} else {
				row = append(row, nil)
			}
		}
		if r.Scored {
			for _, m := range r.Marks {
				row = append(row, m.Points)
			}
			row = append(row, r.Score)
		} else {
			row = append(row, make([]any, len(p.Items)+1)...)
		}
		f.Row(append(row, starText(r))...)
	}
	f.Sign(reports.Blank{Label: "填表人：", From: 2, To: 2}, reports.Blank{Label: "审核人：", From: 4, To: 4}, reports.Blank{Label: "日期：", From: f.Columns() - 1, To: f.Columns() - 1})
	f.Note("各季末的积分自 1 月 1 日累计，封顶按全年计；空白的是当时不在名册上，或不计分。照此积分的星级年底经评定才生效。")
	f.Note(l.made() + "　评定办法 " + p.Name + " " + p.Hash())
}
