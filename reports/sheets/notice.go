package sheets

import (
	"cmp"
	"fmt"

	"xingce/queries/stars"
	"xingce/reports"
)

// Notice is the list that is put up (公示名单): number, name, group, score, star
// and a remark, and nothing else of anybody: no reason of a deduction, a veto or
// an exemption. Of a round at 初评 it is a draft, which says that it must not be
// put up; of a posted one it has the frozen scores and the days, and a name of
// its own for each version.
func Notice(s Scope, round stars.Round) (reports.Page, error) {
	b := s.book("党员星级评定公示名单")
	final := round
	final.Ratings = round.Final()
	l := rosterOf(round.Policy, final.Ratings)
	notice(s, b, "公示名单", "党员星级评定公示名单", round, l.listed)
	if len(l.separate) > 0 {
		notice(s, b, "单列公示名单", "在职党员星级评定公示名单", round, l.separate)
	}
	file := "notice.xlsx"
	if round.Stage != stars.Draft {
		file = fmt.Sprintf("notice-%d.xlsx", round.Version)
	}
	return b.Page(s.path(s.Community, file))
}

func notice(s Scope, b *reports.Book, tab, title string, round stars.Round, list []stars.Rating) {
	f := b.Form(tab, reports.FormColumn{Format: "0", Least: 8, Centre: true}, reports.FormColumn{Least: 16}, reports.FormColumn{Least: 16},
		reports.FormColumn{Format: reports.Digits(int(round.Policy.Digits)), Least: 12}, reports.FormColumn{Least: 14, Colour: "#b3261e"}, reports.FormColumn{Least: 16})
	f.Portrait = true
	when := "草案：待支部评议，还没有公示，不得张贴"
	if round.Stage != stars.Draft {
		when = fmt.Sprintf("公示时间：%s 至 %s", round.From.Format("2006年1月2日"), round.Until.Format("2006年1月2日"))
	}
	f.Title(s.title(title), when, "单位：分")
	f.Head("序号", "姓名", "党小组", "得分", "建议星级", "备注")
	f.Repeat(2)
	n := 0
	for _, r := range list {
		if !r.Scored && !r.Exempt {
			continue // whom nobody judges here
		}
		n++
		row := []any{n, r.Name, group(r), nil, "", ""}
		switch {
		case r.Exempt:
			row[5] = "免评"
		case !r.Graded:
			row[3], row[5] = r.Score, "不评星级"
		default:
			row[3], row[4] = r.Score, starText(r)
			if round.Decision(r.Person) != nil {
				row[5] = "支部议定"
			}
		}
		f.Row(row...)
	}
	f.Skip(1)
	f.Note("对公示的得分和星级有异议的，请在公示期内向支部反映；单位和个人反映情况请署名，支部负责保密并答复。")
	f.Sign(reports.Blank{Label: "联系人：", From: 1, To: 1}, reports.Blank{Label: "联系电话：", From: 3, To: 3}, reports.Blank{Label: "支部（盖章）：", From: 5, To: 5})
}

// QuarterPoints is how everyone stands at a quarter's end, to be put up (季度积分
// 公示): the points so far and what the quarter added, and no item by itself,
// since that would tell what points were taken for. Before is the quarter
// before, empty for the first of a year.
func QuarterPoints(s Scope, policy stars.Policy, before, now []stars.Rating) (reports.Page, error) {
	b := s.book("党员积分公示")
	former := map[string]*stars.Rating{}
	for i := range before {
		former[before[i].Person] = &before[i]
	}
	first := s.Period.Start.Month() == 1
	l := rosterOf(policy, now)
	points(s, b, policy, "积分公示", "党员积分公示", l.listed, former, first)
	if len(l.separate) > 0 {
		points(s, b, policy, "单列积分公示", "在职党员积分公示", l.separate, former, first)
	}
	return b.Page(s.path(s.Community, "points.xlsx"))
}

func points(s Scope, b *reports.Book, policy stars.Policy, tab, title string, list []stars.Rating, former map[string]*stars.Rating, first bool) {
	n := reports.FormColumn{Format: reports.Digits(int(policy.Digits)), Least: 12}
	f := b.Form(tab, reports.FormColumn{Format: "0", Least: 8, Centre: true}, reports.FormColumn{Least: 16}, reports.FormColumn{Least: 16}, n, n, n, reports.FormColumn{Least: 14})
	f.Portrait = true
	f.Title(s.title(title), "截至 "+s.Period.LastDay().Format("2006年1月2日"), "单位：分")
	f.Head("序号", "姓名", "党小组", "上季末积分", "本季增减", "本季末积分", "备注")
	f.Repeat(2)
	listed := 0
	for _, r := range list {
		if !r.Scored && !r.Exempt {
			continue
		}
		listed++
		row := []any{listed, r.Name, group(r), nil, nil, nil, ""}
		was := former[r.Person]
		switch {
		case r.Exempt:
			row[6] = "免评"
		case was != nil && was.Scored:
			row[3], row[4], row[5] = was.Score, r.Score.Sub(was.Score), r.Score
		default:
			row[5] = r.Score
			if !first {
				row[6] = "本季新列入"
			}
		}
		if r.Scored && !r.Graded {
			row[6] = cmp.Or(row[6].(string), "不评星级")
		}
		f.Row(row...)
	}
	f.Skip(1)
	f.Note("积分自 1 月 1 日累计到本季末，各项封顶按全年计；星级年底评定。对积分有异议的，请向支部反映。")
	f.Sign(reports.Blank{Label: "填表人：", From: 1, To: 1}, reports.Blank{Label: "审核人：", From: 3, To: 4}, reports.Blank{Label: "日期：", From: 6, To: 6})
	f.Note(s.made() + "　评定办法 " + policy.Name + " " + policy.Hash())
}
