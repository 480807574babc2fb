package sheets

import (
	"fmt"

	"xingce/queries/stars"
	"xingce/reports"
)

func (e evaluation) quotasForm(b *reports.Book) *reports.Form {
	count := reports.FormColumn{Format: "0", Least: 9}
	score := reports.FormColumn{Format: reports.Digits(int(e.Policy.Digits)), Least: 9}
	return b.Form("名额", reports.FormColumn{Least: 26}, reports.FormColumn{Least: 32}, reports.FormColumn{Least: 12}, count, reports.FormColumn{Least: 9}, count, count, count, score)
}

// quotas sets those who reach a star beside how many may have it. Nobody is
// moved: who is tied or beyond waits for the branch.
func (e evaluation) quotas(s *reports.Form) {
	s.Title(e.title("党员星级名额核对表"), "依据："+e.Policy.Title, "单位：人")
	allotments := stars.Allot(e.Policy, e.Ratings)
	if len(allotments) == 0 {
		s.Note("办法没有规定名额：达到分数段的都可以授星。")
		return
	}
	s.Head("办法的规定", "处理", "基数", "基数人数", "名额", "达到", "名额以内", "同分待议", "分数线")
	s.Repeat(1)
	for _, a := range allotments {
		row := []any{a.Quota.Rule(), ruling(a), a.Quota.Of, a.Whole, a.Limit, len(a.Within) + len(a.Tied) + len(a.Beyond), len(a.Within), len(a.Tied), nil}
		if a.Quota.Share == nil {
			row[2], row[3] = "", nil
		} else {
			row[4] = reports.Formula{Text: fmt.Sprintf("INT(%s*%s/%s)", s.Here(3), a.Quota.Share.Num(), a.Quota.Share.Denom()), Value: a.Limit}
		}
		// The boundary is the lowest score that has a place.
		if n := len(a.Within); n > 0 {
			row[8] = e.Ratings[a.Within[n-1]].Score
		}
		s.Row(row...)
	}
	for _, a := range allotments {
		e.reached(s, a)
	}
	s.Skip(1)
	s.Note("“不超过”是不进位：47 人的 5% 是 2 人。同分的人名额不够时，程序不挑选、不降级，由支部议定后写在评定表的支部意见里。")
	if e.Policy.ExemptCount {
		s.Note("免评的人计入基数。")
	} else {
		s.Note("免评的人不计入基数；单列评定的不计入基数，也不占名额。")
	}
}

// ruling is what the branch has to do about a quota.
func ruling(a stars.Allotment) string {
	switch {
	case len(a.Tied) > 0:
		return fmt.Sprintf("%d 人同分争 %d 个名额，请支部议定", len(a.Tied), a.Open())
	case len(a.Beyond) > 0:
		return fmt.Sprintf("超出名额 %d 人，请支部议定", len(a.Beyond))
	}
	return "在名额以内"
}

// reached lists who reaches a quota's star, the highest first.
func (e evaluation) reached(s *reports.Form, a stars.Allotment) {
	s.Heading(fmt.Sprintf("%s：达到的 %d 人", a.Quota.Rule(), len(a.Within)+len(a.Tied)+len(a.Beyond)))
	if len(a.Within)+len(a.Tied)+len(a.Beyond) == 0 {
		return
	}
	s.Head("姓名", "处理", "建议星级", "名次", "得分")
	place := 0
	for _, part := range []struct {
		people []int
		says   string
	}{{a.Within, "名额以内"}, {a.Tied, "同分，待支部议定"}, {a.Beyond, "超出名额，待支部议定"}} {
		for _, i := range part.people {
			place++
			r := e.Ratings[i]
			s.Row(r.Name, part.says, starText(r), place, r.Score)
		}
	}
}
