package stars

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// A Case is what is known of one person in one year.
type Case struct {
	Community string
	Person    string // identity within the site, never printed
	Name      string
	Kind      string // 直管, 在职, 流动; empty for a volunteer
	Standing  string // 正式, 预备; empty where the roll does not say
	Group     string // 党小组, or a volunteer's team; empty for none
	// Facts are what the policy asked; one without a record is not in it.
	Facts map[Fact]decimal.Decimal
}

// A Rating is what a policy proposes for a case.
type Rating struct {
	Case
	// Scored people have marks and a score; Graded ones may have a star; those
	// Separate are outside the branch's count and quotas.
	Scored, Graded, Separate bool
	Exempt, Vetoed           bool
	Marks                    []Mark      // in the policy's order
	Parts                    []PartScore // in the policy's order
	// Raw is the score before a veto: the base and all marks, not below the
	// floor, rounded once.
	Raw   decimal.Decimal
	Score decimal.Decimal
	Star  int // 0 for none; of the rounded score, so that the sheet agrees with itself
	Next  *Next
	// Reasons tell every step from the base to the star, in Chinese; Remarks
	// are those of them that the points and the star alone do not tell.
	Reasons, Remarks []string
}

// A Mark is what one item gave.
type Mark struct {
	Item     *Item           // of the policy
	Count    decimal.Decimal // of the year, as recorded
	Recorded bool            // false: no record, counted as nothing
	Raw      decimal.Decimal // by the rule, before cap and floor
	Points   decimal.Decimal // what counts
	Capped   bool
	Reason   string
}

// A PartScore is what a part of the policy gave: its Sum, bounded, and by its
// weight.
type PartScore struct {
	Part          Part
	Sum, Weighted decimal.Decimal
}

// Next is the way to the next star.
type Next struct {
	Star  int
	From  decimal.Decimal
	Short decimal.Decimal // points that are missing; nothing where a gate alone bars
	Gates []string        // what else is missing, in words
}

// Judge rates one case.
func Judge(p Policy, c Case) Rating {
	j := judge{p: p, r: Rating{Case: c}}
	if p.Subject != Volunteers && !slices.Contains(p.Judged, c.Kind) {
		if !slices.Contains(p.Separate, c.Kind) {
			j.remark("%s党员，不参加本办法的评定（评定%s党员）", c.Kind, strings.Join(p.Judged, "、"))
			return j.r
		}
		j.r.Separate = true
		j.remark("%s党员，按同一办法单列评定，不占支部名额", c.Kind)
	}
	if j.has(p.Exempt) {
		j.r.Exempt = true
		j.remark("经党员大会决定免评，不计分，不评星级（理由和日期见加扣分台账）")
		return j.r
	}
	j.score()
	j.star()
	return j.r
}

// A judge is at work on one case.
type judge struct {
	p Policy
	r Rating
}

func (j *judge) say(says string, args ...any) {
	j.r.Reasons = append(j.r.Reasons, fmt.Sprintf(says, args...))
}

func (j *judge) remark(says string, args ...any) {
	j.say(says, args...)
	j.r.Remarks = append(j.r.Remarks, j.r.Reasons[len(j.r.Reasons)-1])
}

// sayIf remarks on what is remarkable.
func (j *judge) sayIf(remarkable bool, says string, args ...any) {
	if remarkable {
		j.remark(says, args...)
	} else {
		j.say(says, args...)
	}
}

// has reports whether a measure counted anything.
func (j *judge) has(measure string) bool {
	return measure != "" && j.r.Facts[Fact{Measure: measure}].IsPositive()
}

// score adds the marks up.
func (j *judge) score() {
	j.r.Scored = true
	sums := map[string]*sum{}
	for _, part := range j.p.Parts {
		sums[part.Name] = &sum{total: part.Base, terms: part.Base.String()}
		j.say("%s：基础分 %s 分", part.Title, part.Base)
	}
	all := &sum{}
	if len(j.p.Parts) == 0 || !j.p.Base.IsZero() {
		all.add(j.p.Base)
		j.say("基础分 %s 分", j.p.Base)
	}
	for i := range j.p.Items {
		item := &j.p.Items[i]
		m := j.mark(item)
		j.r.Marks = append(j.r.Marks, m)
		j.sayIf(m.Capped || m.Points.IsNegative(), "%s", m.Reason)
		if item.Part != "" {
			sums[item.Part].add(m.Points)
		} else if len(j.p.Parts) == 0 {
			all.add(m.Points)
		}
	}
	for _, part := range j.p.Parts {
		s := sums[part.Name]
		score := PartScore{Part: part, Sum: decimal.Min(decimal.Max(s.total, decimal.Zero), part.Full)}
		score.Weighted = score.Sum.Mul(part.Weight)
		j.r.Parts = append(j.r.Parts, score)
		said := fmt.Sprintf("%s %s = %s 分", part.Title, s.terms, signed(s.total))
		switch {
		case s.total.GreaterThan(part.Full):
			said += fmt.Sprintf("，满分 %[1]s 分，计 %[1]s 分", part.Full)
		case s.total.IsNegative():
			said += "，低于 0 分，计 0 分"
		}
		j.sayIf(!score.Sum.Equal(s.total), "%s，占 %s%%，折合 %s 分", said, part.Weight.Mul(hundred), score.Weighted)
		all.add(score.Weighted)
	}
	for _, m := range j.r.Marks {
		if len(j.p.Parts) > 0 && m.Item.Part == "" {
			all.add(m.Points)
		}
	}
	j.total(all)
}

// A sum is added up term by term, and says so.
type sum struct {
	total decimal.Decimal
	terms string
}

func (s *sum) add(n decimal.Decimal) {
	s.total = s.total.Add(n)
	switch {
	case s.terms == "":
		s.terms = signed(n)
	case n.IsNegative():
		s.terms += " − " + n.Abs().String()
	default:
		s.terms += " + " + n.String()
	}
}

// total floors and rounds the sum, and takes it away from who is vetoed.
func (j *judge) total(all *sum) {
	score := all.total
	said := fmt.Sprintf("合计 %s = %s 分", all.terms, signed(score))
	floored := score.LessThan(j.p.Floor)
	if floored {
		score = j.p.Floor
		said += fmt.Sprintf("，低于最低分，计 %s 分", score)
	}
	exact := score
	// Floor is not negative, so half away from zero is half up.
	if j.p.Down {
		score = score.Truncate(j.p.Digits)
	} else {
		score = score.Round(j.p.Digits)
	}
	if !score.Equal(exact) {
		how := "四舍五入为"
		if j.p.Down {
			how = "舍去尾数为"
		}
		said += fmt.Sprintf("，%s %s 分", how, score.StringFixed(j.p.Digits))
	}
	j.sayIf(floored, "%s", said)
	j.r.Raw, j.r.Score = score, score
	if j.has(j.p.Veto) {
		j.r.Vetoed = true
		if j.p.Zero {
			j.r.Score = decimal.Zero
			j.remark("一票否决：得分由 %s 分改计 0 分，不评星级（依据见加扣分台账）", j.r.Raw)
		} else {
			j.remark("一票否决：不评星级，得分照记 %s 分（依据见加扣分台账）", j.r.Raw)
		}
	}
}

// star finds the star of the score, and the way to the next.
func (j *judge) star() {
	p, r := j.p, &j.r
	if slices.Contains(p.Provisional, r.Standing) {
		j.remark("%s党员计分，不评星级", r.Standing)
		return
	}
	if r.Standing == "" && p.Subject != Volunteers {
		j.remark("名册没有写明党籍状态，按正式党员评定")
	}
	r.Graded = true
	if r.Vetoed {
		return
	}
	r.Star = p.Star(r.Score)
	j.say("%s", p.band(r.Score, r.Star))
	won := r.Star
	for _, g := range p.Gates {
		if short := j.short(g); short != "" && r.Star >= g.Star {
			r.Star = p.under(g.Star)
			j.remark("%s，%s，改为%s", g.Rule(), short, StarTitle(r.Star))
		}
	}
	for _, b := range p.Bands {
		if b.Star <= r.Star {
			continue
		}
		r.Next = &Next{Star: b.Star, From: b.From}
		if b.Star > won {
			r.Next.Short = b.From.Sub(r.Score)
		}
		for _, g := range p.Gates {
			if short := j.short(g); short != "" && g.Star <= b.Star {
				r.Next.Gates = append(r.Next.Gates, g.Title+short)
			}
		}
		j.remark("%s", r.Next)
		break
	}
}

// under is the star next below one.
func (p Policy) under(star int) int {
	lower := 0
	for _, b := range p.Bands {
		if b.Star < star {
			lower = b.Star
		}
	}
	return lower
}

// short says in words how far a person is from a gate, "" for who is through.
func (j *judge) short(g Gate) string {
	count, recorded := j.r.Facts[Fact{Measure: g.Measure}]
	wanted, note := g.AtLeast, ""
	if months, part := j.months(); g.ProRata && part {
		wanted = wanted.Mul(months).DivRound(j.p.FullMonths, 2)
		note = fmt.Sprintf("（在册 %s 个月，折算为 %s %s）", months, wanted, g.Unit)
	}
	switch {
	case count.GreaterThanOrEqual(wanted):
		return ""
	case !recorded:
		return "没有记录" + note
	}
	return fmt.Sprintf("只有 %s %s%s", count, g.Unit, note)
}

// months is how long the person was on the roll, and whether it was a part of
// the year only.
func (j *judge) months() (decimal.Decimal, bool) {
	months, ok := j.r.Facts[Fact{Measure: j.p.Months}]
	return months, ok && months.IsPositive() && months.LessThan(j.p.FullMonths)
}

// String is the distance in words.
func (n Next) String() string {
	said := fmt.Sprintf("距%s", StarTitle(n.Star))
	if n.Short.IsPositive() {
		said += fmt.Sprintf("差 %s 分", n.Short)
	}
	if len(n.Gates) > 0 {
		if n.Short.IsPositive() {
			said += "，"
		}
		said += "还差：" + strings.Join(n.Gates, "，")
	}
	return said
}

func (p Policy) band(score decimal.Decimal, star int) string {
	for i, b := range p.Bands {
		if b.Star == star {
			return fmt.Sprintf("%s 分在 %s，建议%s", score, p.Range(i), StarTitle(star))
		}
	}
	return fmt.Sprintf("%s 分在 %s，%s", score, p.Below(), StarTitle(0))
}

// mark is one item's step: 组织生活：15 次 × 2 分 = 30 分，封顶 12 分，计 12 分.
func (j *judge) mark(i *Item) Mark {
	m := Mark{Item: i}
	if !i.Quarterly {
		var steps string
		if m.Count, m.Recorded = j.r.Facts[Fact{Measure: i.Measure}]; !m.Recorded {
			m.Reason = i.Title + "：没有记录，计 0 分"
			return m
		}
		m.Raw, m.Points, steps = j.reckon(i, m.Count)
		m.Capped = !m.Raw.Equal(m.Points)
		m.Reason = i.Title + "：" + steps
		return m
	}
	var quarters []string
	for q := 1; q <= 4; q++ {
		count, recorded := j.r.Facts[Fact{i.Measure, q}]
		if !recorded {
			continue
		}
		raw, points, steps := j.reckon(i, count)
		m.Recorded = true
		m.Count, m.Raw, m.Points = m.Count.Add(count), m.Raw.Add(raw), m.Points.Add(points)
		quarters = append(quarters, fmt.Sprintf("%s季度 %s", string([]rune("一二三四")[q-1]), steps))
	}
	if !m.Recorded {
		m.Reason = i.Title + "：没有记录，计 0 分"
		return m
	}
	m.Reason = fmt.Sprintf("%s：%s；全年 %s 分", i.Title, strings.Join(quarters, "；"), signed(m.Points))
	if over := m.Points.Sub(i.YearCap.Decimal); i.YearCap.Valid && over.Sign() != 0 && over.Sign() == i.YearCap.Decimal.Sign() {
		m.Points = i.YearCap.Decimal
		m.Reason += i.capped(m.Points)
	}
	m.Capped = !m.Raw.Equal(m.Points)
	return m
}

// reckon gives points for a count: by the rule, and after pro-rating, cap and
// floor; and says how.
func (j *judge) reckon(i *Item, count decimal.Decimal) (raw, points decimal.Decimal, says string) {
	of := fmt.Sprintf("%s %s", count, i.Unit)
	if months, part := j.months(); i.ProRata && part {
		count = count.Mul(j.p.FullMonths).DivRound(months, 2)
		of = fmt.Sprintf("%s（在册 %s 个月，折算全年 %s %s）", of, months, count, i.Unit)
	}
	if len(i.Steps) > 0 {
		for _, s := range i.Steps {
			if count.GreaterThanOrEqual(s.From) {
				raw = s.Points
				says = fmt.Sprintf("%s，达到 %s %s，计 %s 分", of, s.From, i.Unit, signed(raw))
			}
		}
		if says == "" {
			says = fmt.Sprintf("%s，不到 %s %s，计 0 分", of, i.Steps[0].From, i.Unit)
		}
		return raw, raw, says
	}
	raw = count.Mul(i.Points)
	each := "%s × %s 分 = %s 分"
	if i.Deducts() {
		each = "%s × 扣 %s 分 = 扣 %s 分"
	}
	says = fmt.Sprintf(each, of, i.Points.Abs(), raw.Abs())
	points = raw
	if over := raw.Sub(i.Cap.Decimal); i.Cap.Valid && over.Sign() == i.Points.Sign() {
		points = i.Cap.Decimal
		says += i.capped(points)
	}
	if i.Floor.Valid && points.LessThan(i.Floor.Decimal) {
		points = i.Floor.Decimal
		says += fmt.Sprintf("，至少计 %s 分", points)
	}
	return raw, points, says
}

// capped says that a cap took hold.
func (i Item) capped(points decimal.Decimal) string {
	if i.Deducts() {
		return fmt.Sprintf("，最多扣 %[1]s 分，扣 %[1]s 分", points.Abs())
	}
	return fmt.Sprintf("，封顶 %[1]s 分，计 %[1]s 分", points.Abs())
}

// signed prints a minus as type, not as a hyphen.
func signed(d decimal.Decimal) string { return strings.Replace(d.String(), "-", "−", 1) }
