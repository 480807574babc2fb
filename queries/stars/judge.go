package stars

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// A Case is what is known of one member in one year.
type Case struct {
	Community string
	Person    string // identity within the site, never printed
	Name      string
	Kind      string // 直管, 在职, 流动
	Standing  string // 正式, 预备; empty where the roll does not say
	Group     string // 党小组; empty for none
	// Counts are by item name; an item without a record is not in it.
	Counts map[string]decimal.Decimal
}

// A Rating is what a policy proposes for a case.
type Rating struct {
	Case
	// Scored members have marks and a score; Graded ones may have a star.
	Scored, Graded bool
	Marks          []Mark // in the policy's order
	// Score is the base and all marks, not below the floor, rounded to two
	// digits half up, once, at the end.
	Score decimal.Decimal
	Star  int // 0 for none; of the rounded score, so that the sheet agrees with itself
	Next  *Next
	// Reasons tell every step from the base to the star, in Chinese; Remarks
	// are those of them that the points and the star alone do not tell.
	Reasons, Remarks []string
}

// A Mark is what one item gave.
type Mark struct {
	Item     Item
	Count    decimal.Decimal
	Recorded bool            // false: no record, counted as nothing
	Raw      decimal.Decimal // count × points, exact
	Points   decimal.Decimal // what counts, after the cap
	Capped   bool
	Reason   string
}

// Next is the way to the next star.
type Next struct {
	Star  int
	From  decimal.Decimal
	Short decimal.Decimal // points that are missing
}

// Judge rates one case.
func Judge(p Policy, c Case) Rating {
	r := Rating{Case: c}
	say := func(remark bool, says string, args ...any) {
		text := fmt.Sprintf(says, args...)
		r.Reasons = append(r.Reasons, text)
		if remark {
			r.Remarks = append(r.Remarks, text)
		}
	}
	if !slices.Contains(p.Judged, c.Kind) {
		say(true, "%s党员，不参加本办法的评定（评定%s党员）", c.Kind, strings.Join(p.Judged, "、"))
		return r
	}
	r.Scored = true
	say(false, "基础分 %s 分", p.Base)
	sum, steps := p.Base, p.Base.String()
	for _, item := range p.Items {
		m := item.mark(c)
		r.Marks = append(r.Marks, m)
		say(m.Capped || m.Points.IsNegative(), "%s", m.Reason)
		sum = sum.Add(m.Points)
		sign := "+"
		if m.Points.IsNegative() {
			sign = "−"
		}
		steps += fmt.Sprintf(" %s %s", sign, m.Points.Abs())
	}
	total := fmt.Sprintf("合计 %s = %s 分", steps, signed(sum))
	floored := sum.LessThan(p.Floor)
	if floored {
		sum = p.Floor
		total += fmt.Sprintf("，低于最低分，计 %s 分", sum)
	}
	// Floor is not negative, so half away from zero is half up.
	r.Score = sum.Round(2)
	if !r.Score.Equal(sum) {
		total += fmt.Sprintf("，四舍五入为 %s 分", r.Score.StringFixed(2))
	}
	say(floored, "%s", total)

	if slices.Contains(p.Provisional, c.Standing) {
		say(true, "%s党员计分，不评星级", c.Standing)
		return r
	}
	if c.Standing == "" {
		say(true, "名册没有写明党籍状态，按正式党员评定")
	}
	r.Graded = true
	r.Star = p.Star(r.Score)
	say(false, "%s", p.band(r.Score, r.Star))
	for _, b := range p.Bands {
		if r.Score.LessThan(b.From) {
			r.Next = &Next{Star: b.Star, From: b.From, Short: b.From.Sub(r.Score)}
			say(true, "%s", r.Next)
			break
		}
	}
	return r
}

// String is the distance in words.
func (n Next) String() string { return fmt.Sprintf("距%s差 %s 分", StarTitle(n.Star), n.Short) }

func (p Policy) band(score decimal.Decimal, star int) string {
	for i, b := range p.Bands {
		if b.Star == star {
			return fmt.Sprintf("%s 分在 %s，建议%s", score, p.Range(i), StarTitle(star))
		}
	}
	return fmt.Sprintf("%s 分在 %s，%s", score, p.Below(), StarTitle(0))
}

// mark is one item's step: 组织生活：15 次 × 2 分 = 30 分，封顶 12 分，计 12 分.
func (i Item) mark(c Case) Mark {
	m := Mark{Item: i}
	if m.Count, m.Recorded = c.Counts[i.Name]; !m.Recorded {
		m.Reason = i.Title + "：没有记录，计 0 分"
		return m
	}
	m.Raw = m.Count.Mul(i.Points)
	m.Points = m.Raw
	if over := m.Raw.Sub(i.Cap.Decimal); i.Cap.Valid && over.Sign() == i.Points.Sign() {
		m.Points, m.Capped = i.Cap.Decimal, true
	}
	each, capped := "%s：%s %s × %s 分 = %s 分", "，封顶 %[1]s 分，计 %[1]s 分"
	if i.Deducts() {
		each, capped = "%s：%s %s × 扣 %s 分 = 扣 %s 分", "，最多扣 %[1]s 分，扣 %[1]s 分"
	}
	m.Reason = fmt.Sprintf(each, i.Title, m.Count, i.Unit, i.Points.Abs(), m.Raw.Abs())
	if m.Capped {
		m.Reason += fmt.Sprintf(capped, m.Points.Abs())
	}
	return m
}

// signed prints a minus as type, not as a hyphen.
func signed(d decimal.Decimal) string { return strings.Replace(d.String(), "-", "−", 1) }
