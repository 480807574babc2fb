package sheets

import (
	"fmt"
	"strings"

	"xingce/queries/stars"
	"xingce/reports"
)

func (e evaluation) rulesForm(b *reports.Book) *reports.Form {
	places := 0
	for _, item := range e.Policy.Items {
		places = max(places, digits(item.Points), digits(item.Cap.Decimal), digits(item.YearCap.Decimal), digits(e.Policy.Base))
	}
	points := reports.FormColumn{Format: reports.Digits(places), Least: 12}
	s := b.Form("规则", reports.FormColumn{Centre: true, Least: 10}, reports.FormColumn{Least: 22}, reports.FormColumn{Centre: true}, points, points, reports.FormColumn{Least: 44})
	s.OnePage = true
	return s
}

// rules is the policy in words and numbers.
func (e evaluation) rules(s *reports.Form) {
	p := e.Policy
	s.Title("党员星级评定规则", p.Title+"，自 "+p.From.Format("2006年1月2日")+"起施行", "单位：分")
	chapter := 0
	heading := func(title string) {
		s.Heading(string([]rune("一二三四五六七八九")[chapter]) + "、" + title)
		chapter++
	}

	heading("计分项目")
	s.Head("序号", "项目", "计量单位", "每单位分", "封顶", "算法")
	if len(p.Parts) == 0 || !p.Base.IsZero() {
		s.Row("", "基础分", "", p.Base, nil, "每名参评党员")
	}
	for i, item := range p.Items {
		var each, limit any
		if len(item.Steps) == 0 {
			each = item.Points
		}
		if item.Cap.Valid {
			limit = item.Cap.Decimal
		}
		rule := item.Rule()
		if item.Part != "" {
			for _, part := range p.Parts {
				if part.Name == item.Part {
					rule += "；计入" + part.Title
				}
			}
		}
		s.Row(fmt.Sprint(i+1), item.Title, item.Unit, each, limit, rule)
	}
	if len(p.Parts) > 0 {
		heading("各部分的权重")
		s.Head("序号", "部分", "占", "基础分", "满分", "算法")
		for i, part := range p.Parts {
			s.Row(fmt.Sprint(i+1), part.Title, part.Weight.Mul(hundred).String()+"%", part.Base, part.Full, "基础分加本部分各项，不低于 0 分、不超过满分，再按权重折合")
		}
	}
	heading("星级档位")
	s.Head("星级", "分数段")
	for i := len(p.Bands) - 1; i >= 0; i-- {
		s.Row(stars.StarTitle(p.Bands[i].Star), p.Range(i))
	}
	s.Row(stars.StarTitle(0), p.Below())
	if len(p.Gates) > 0 {
		heading("门槛")
		for _, g := range p.Gates {
			note := g.Rule() + "，以上各星也是；不够的降到下一档"
			if g.ProRata {
				note += "，在册不满全年的按月数折算"
			}
			s.Note(note + "。")
		}
	}
	if len(p.Quotas) > 0 {
		heading("名额")
		for _, q := range p.Quotas {
			s.Note(q.Rule() + "，不进位。")
		}
	}
	heading("算法")
	for i, note := range e.notes() {
		s.Note(fmt.Sprintf("%d. %s", i+1, note))
	}
}

// notes are the rules that are no table.
func (e evaluation) notes() []string {
	p := e.Policy
	terms := "各项实计分"
	switch {
	case len(p.Parts) > 0:
		terms = "各部分折合分 + 不属于任何部分的项目"
		if !p.Base.IsZero() {
			terms = fmt.Sprintf("基础分 %s 分 + %s", p.Base, terms)
		}
	default:
		terms = fmt.Sprintf("基础分 %s 分 + %s", p.Base, terms)
	}
	score := fmt.Sprintf("得分 = %s，最低 %s 分", terms, p.Floor)
	if top, ok := p.Most(); ok {
		score += fmt.Sprintf("，最高 %s 分", top)
	}
	round := fmt.Sprintf("四舍五入到 %d 位小数", p.Digits)
	if p.Down {
		round = fmt.Sprintf("保留 %d 位小数，余下的舍去", p.Digits)
	}
	notes := []string{
		score + "。",
		"各项按精确的小数计算，只在最后把得分" + round + "；星级按这个得分评定。",
		"分数段含下限、不含上限，各档首尾相接，任何得分都有且只有一个档位。",
		fmt.Sprintf("参加评定的是%s党员。", strings.Join(p.Judged, "、")),
	}
	add := func(when bool, text string) {
		if when {
			notes = append(notes, text)
		}
	}
	add(len(p.Provisional) > 0, strings.Join(p.Provisional, "、")+"党员计分，不评星级。")
	add(len(p.Separate) > 0, strings.Join(p.Separate, "、")+"党员按同一办法单列评定，不占支部名额。")
	add(len(p.Elsewhere) > 0, strings.Join(p.Elsewhere, "、")+"党员由所在单位党组织评定，不列入评定表。")
	add(p.Veto != "" && p.Zero, "一票否决的，得分改计 0 分；只凭加扣分台账上由人登记的认定，从不由数据推出。")
	add(p.Veto != "" && !p.Zero, "一票否决的，得分照记，不评星级；只凭加扣分台账上由人登记的认定，从不由数据推出。")
	add(p.Exempt != "" && p.ExemptCount, "免评须经党员大会决定，不计分、不评星级，计入名额的基数。")
	add(p.Exempt != "" && !p.ExemptCount, "免评须经党员大会决定，不计分、不评星级，不计入名额的基数。")
	add(p.Months != "", fmt.Sprintf("年内转入的，写明“按在册月数折算”的项目，数量乘以 %s 再除以在册月数，折算成全年。", p.FullMonths))
	return notes
}
