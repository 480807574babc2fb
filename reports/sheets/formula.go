package sheets

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/queries/stars"
)

// A reckoner writes a policy as formulas over the cells of one member's row.
// They give what stars.Judge gives, to the last digit: a sum is brought back
// from binary fractions to exact digits before it is rounded as the policy
// says.
type reckoner struct {
	p    stars.Policy
	cell func(stars.Fact) string // that holds what was counted; it is empty where nothing is recorded
}

// points of one item.
func (k reckoner) points(i stars.Item) string {
	if !i.Quarterly {
		return k.counted(i, k.cell(stars.Fact{Measure: i.Measure}))
	}
	var quarters []string
	for q := 1; q <= 4; q++ {
		quarters = append(quarters, k.counted(i, k.cell(stars.Fact{Measure: i.Measure, Quarter: q})))
	}
	year := strings.Join(quarters, "+")
	if i.YearCap.Valid {
		year = bounded(i.YearCap.Decimal, i.YearCap.Decimal.Sign(), year)
	}
	return year
}

// counted is the points of a count, of a year or a quarter.
func (k reckoner) counted(i stars.Item, cell string) string {
	n := k.proRata(i.ProRata, cell+"*"+k.p.FullMonths.String()+"/", cell)
	if len(i.Steps) > 0 {
		points := "0"
		for _, s := range i.Steps {
			points = fmt.Sprintf("IF(%s>=%s,%s,%s)", n, s.From, s.Points, points)
		}
		if i.Steps[0].From.IsPositive() {
			return points
		}
		return fmt.Sprintf(`IF(%s="",0,%s)`, cell, points)
	}
	// An empty cell is nothing in a product, but is left out of MIN and MAX.
	points := n + "*" + i.Points.String()
	if i.Cap.Valid {
		points = bounded(i.Cap.Decimal, i.Points.Sign(), points)
	}
	if i.Floor.Valid {
		points = fmt.Sprintf(`IF(%s="",0,MAX(%s,%s))`, cell, i.Floor.Decimal, points)
	}
	return points
}

// bounded stops gains at a cap, and deductions at theirs.
func bounded(at decimal.Decimal, sign int, points string) string {
	return fmt.Sprintf("%s(%s,%s)", map[bool]string{true: "MIN", false: "MAX"}[sign > 0], at, points)
}

// proRata is a share by months for who was there for a part of the year, and
// else the whole.
func (k reckoner) proRata(is bool, share, whole string) string {
	if !is {
		return whole
	}
	months := k.cell(stars.Fact{Measure: k.p.Months})
	return fmt.Sprintf("IF(AND(%[1]s>0,%[1]s<%[2]s),ROUND(ROUND(%[3]s%[1]s,8),2),%[4]s)", months, k.p.FullMonths, share, whole)
}

// part of the score, of its items' cells.
func (k reckoner) part(part stars.Part, points []string) string {
	terms := append([]string{part.Base.String()}, points...)
	return fmt.Sprintf("MIN(%s,MAX(0,%s))*%s", part.Full, strings.Join(terms, "+"), part.Weight)
}

// score of a sum.
func (k reckoner) score(sum string) string {
	round := "ROUND"
	if k.p.Down {
		round = "ROUNDDOWN"
	}
	score := fmt.Sprintf("%s(ROUND(MAX(%s,%s),8),%d)", round, k.p.Floor, sum, k.p.Digits)
	if k.p.Veto != "" && k.p.Zero {
		score = fmt.Sprintf("IF(%s>0,0,%s)", k.vetoed(), score)
	}
	return score
}

func (k reckoner) vetoed() string { return k.cell(stars.Fact{Measure: k.p.Veto}) }

// star of the cell that holds the score: ★★★, or the words for none.
func (k reckoner) star(score string) string {
	froms, won := []string{"0"}, []string{"0"}
	if k.p.Bands[0].From.IsZero() {
		froms, won = nil, nil
	}
	for _, b := range k.p.Bands {
		froms, won = append(froms, b.From.String()), append(won, fmt.Sprint(b.Star))
	}
	star := fmt.Sprintf("LOOKUP(%s,{%s},{%s})", score, strings.Join(froms, ","), strings.Join(won, ","))
	if len(k.p.Gates) > 0 {
		star = fmt.Sprintf("MIN(%s,%s)", star, strings.Join(k.gates(), ","))
	}
	names := []string{quoted(stars.StarTitle(0))}
	for n := 1; n <= k.p.Bands[len(k.p.Bands)-1].Star; n++ {
		names = append(names, quoted(stars.StarMarks(n)))
	}
	marks := fmt.Sprintf("CHOOSE(1+%s,%s)", star, strings.Join(names, ","))
	if k.p.Veto != "" && !k.p.Zero {
		marks = fmt.Sprintf("IF(%s>0,%s,%s)", k.vetoed(), names[0], marks)
	}
	return marks
}

func quoted(text string) string { return `"` + text + `"` }

// gates are the highest stars that each gate lets through.
func (k reckoner) gates() []string {
	top := k.p.Bands[len(k.p.Bands)-1].Star
	var list []string
	for _, g := range k.p.Gates {
		under := 0
		for _, b := range k.p.Bands {
			if b.Star < g.Star {
				under = b.Star
			}
		}
		cell := k.cell(stars.Fact{Measure: g.Measure})
		wanted := k.proRata(g.ProRata, g.AtLeast.String()+"/"+k.p.FullMonths.String()+"*", g.AtLeast.String())
		open := fmt.Sprintf("%s>=%s", cell, wanted)
		if k.p.Veto != "" && k.p.Zero { // whose points are gone is not asked for more
			open = fmt.Sprintf("OR(%s>0,%s)", k.vetoed(), open)
		}
		list = append(list, fmt.Sprintf("IF(%s,%d,%d)", open, top, under))
	}
	return list
}

// columnsOf are the facts that the formulas ask for, each with its heading.
func columnsOf(p stars.Policy) (facts []stars.Fact, heads []string) {
	facts = p.Facts()
	for _, f := range facts {
		heads = append(heads, headOf(p, f))
	}
	return facts, heads
}

func headOf(p stars.Policy, f stars.Fact) string {
	switch f.Measure {
	case p.Veto:
		return "一票否决\n（项）"
	case p.Exempt:
		return "免评\n（项）"
	case p.Months:
		return "在册\n（月）"
	}
	title, unit := f.Measure, ""
	if at := slices.IndexFunc(p.Items, func(i stars.Item) bool { return i.Measure == f.Measure }); at >= 0 {
		title, unit = p.Items[at].Title, p.Items[at].Unit
	} else if at := slices.IndexFunc(p.Gates, func(g stars.Gate) bool { return g.Measure == f.Measure }); at >= 0 {
		title, unit = p.Gates[at].Title, p.Gates[at].Unit
	}
	if f.Quarter > 0 {
		title += fmt.Sprintf("\n第%s季度", string([]rune("一二三四")[f.Quarter-1]))
	}
	return title + "\n（" + unit + "）"
}
