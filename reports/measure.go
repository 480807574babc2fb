package reports

import (
	"strings"

	"github.com/shopspring/decimal"

	"xingce/queries"
)

// A Measure is one figure to show: where it stands in a metric's table, and
// what people call it. Over several rows a column is summed; a share is
// Σ part ÷ Σ whole and never a mean of shares.
type Measure struct {
	Name   string // 流动人口占比
	Metric string
	Column string    // of a count or sum
	Less   string    // a column taken off, as in 户籍 = whole − part
	Only   [2]string // a column and the value that rows must have in it
	Unit   Unit
	Colour Colour
	Below  bool // drawn below the line: what went out

	// A share names its two columns instead, and what they count.
	Part, Whole         string
	PartName, WholeName string
	PartUnit            Unit
}

// A Unit is what a figure is counted in.
type Unit struct {
	Word  string
	Scale int32 // digits after the point, at most
}

// The units of the field. Persons (人数) and attendances (人次) are two things.
var (
	Persons     = Unit{"人", 0}
	Households  = Unit{"户", 0}
	Attendances = Unit{"人次", 0}
	Gifts       = Unit{"笔", 0}
	Times       = Unit{"次", 0}
	Copies      = Unit{"份", 0}
	Places      = Unit{"处", 0}
	Rows        = Unit{"行", 0}
	Sheets      = Unit{"张", 0}
	Points      = Unit{"分", 2}
	Hours       = Unit{"小时", 2}
	Yuan        = Unit{"元", 2}
	Share       = Unit{"%", 1}
)

// A Colour is one of the page's own, named in page.css, where the dark
// variant and paper have their shades of it. The same thing has the same
// colour on every page.
type Colour string

const (
	Base      Colour = "base" // 户籍, residents
	Floating  Colour = "floating"
	Leaving   Colour = "leaving" // floating persons who went away
	Teal      Colour = "teal"    // members on the branch's own roll
	Mauve     Colour = "mauve"
	Olive     Colour = "olive"
	Violet    Colour = "violet"
	Quiet     Colour = "quiet"  // last year, and those who are not meant
	Attention Colour = "accent" // what wants a decision
)

func (c Colour) fill() string { return "var(--" + string(c) + ")" }

// on is the colour of letters that stand on it.
func (c Colour) on() string { return "var(--on-" + string(c) + ")" }

// A Value is a measure at one place and time. The zero Value is unknown,
// which is not the same as nothing.
type Value struct {
	Number      decimal.Decimal // a share from 0 to 1
	Part, Whole decimal.Decimal // of a share
	Known       bool
	Unit        Unit
	from        string         // the communities that it was counted over
	hidden      queries.Hidden // what is told in the place of a small count
}

// untold says why there is no number.
func (v Value) untold() string {
	switch v.hidden {
	case queries.Few:
		return string(v.hidden) + Persons.Word
	case "":
		return noData
	}
	return string(v.hidden)
}

// Of counts the measure over the rows of a table.
func (m Measure) Of(t queries.Table) Value {
	v := Value{Unit: m.Unit}
	at := t.Index("community")
	last := ""
	for i, row := range t.Rows {
		if at >= 0 {
			if name, _ := row[at].(string); name != last {
				last = name
				v.from += name + "\n"
			}
		}
		if m.Only[0] != "" {
			v.Known = true // others are there, so none of these is a count of none
			if t.Value(i, m.Only[0]) != m.Only[1] {
				continue
			}
		}
		for _, name := range []string{m.Column, m.Less, m.Part, m.Whole} {
			if hidden, ok := t.Value(i, name).(queries.Hidden); ok && v.hidden != queries.Few {
				v.hidden = hidden
			}
		}
		if m.Whole != "" {
			part, _ := queries.Number(t.Value(i, m.Part))
			whole, _ := queries.Number(t.Value(i, m.Whole))
			v.Part, v.Whole = v.Part.Add(part), v.Whole.Add(whole)
			continue
		}
		n, ok := queries.Number(t.Value(i, m.Column))
		if !ok {
			continue
		}
		if m.Less != "" {
			less, _ := queries.Number(t.Value(i, m.Less))
			n = n.Sub(less)
		}
		v.Number, v.Known = v.Number.Add(n), true
	}
	if m.Whole != "" {
		if v.Known = v.Whole.IsPositive(); v.Known {
			v.Number = v.Part.DivRound(v.Whole, 10)
		}
	}
	if v.hidden != "" {
		return Value{Unit: m.Unit, hidden: v.hidden}
	}
	return v
}

// drawn is the number that a chart gets: percent for a share.
func (v Value) drawn() decimal.Decimal {
	if v.Unit == Share {
		return v.Number.Shift(2).Round(4)
	}
	return v.Number
}

// Figure is the number alone, with thousands marks: 9,325 or 21.7.
func (v Value) Figure() string {
	switch {
	case v.hidden != "":
		return string(v.hidden)
	case !v.Known:
		return "—"
	}
	if v.Unit == Share {
		return v.drawn().StringFixed(Share.Scale)
	}
	return v.fixed(v.digits())
}

// fixed is Figure with so many digits after the point.
func (v Value) fixed(digits int32) string {
	if !v.Known || v.Unit == Share {
		return v.Figure()
	}
	return marked(v.Number.StringFixed(digits), 0)
}

// digits is how many digits after the point it takes to write the value;
// money has two or none.
func (v Value) digits() int32 {
	_, fraction, _ := strings.Cut(v.Number.String(), ".")
	needed := min(int32(len(strings.TrimRight(fraction, "0"))), v.Unit.Scale)
	if v.Unit == Yuan && needed > 0 {
		return Yuan.Scale
	}
	return needed
}

// String is the number with its unit as it stands in a sentence: 2025人,
// 89,000元, 21.7%.
func (v Value) String() string {
	switch {
	case v.hidden != "":
		return v.untold()
	case !v.Known:
		return "无数据"
	}
	if v.Unit == Share {
		return v.Figure() + "%"
	}
	return marked(v.Number.StringFixed(v.digits()), 5) + v.Unit.Word
}

// Ratio is part and whole of a share: 2,025 / 9,325.
func (v Value) Ratio() string {
	if !v.Known || v.Unit != Share {
		return ""
	}
	return marked(v.Part.String(), 0) + " / " + marked(v.Whole.String(), 0)
}

// marked sets thousands marks in numbers of so many digits and more.
func marked(digits string, from int) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "−", digits[1:]
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	if len(whole) >= from {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// A Change is how a value stands against an earlier one.
type Change struct {
	By    decimal.Decimal // of a share, in points from 0 to 1
	Rate  decimal.Decimal // By ÷ the earlier value; see Rated
	Rated bool            // false for shares, and against nothing
	Known bool
	unit  Unit
}

// Since compares with an earlier value. Two values are comparable if both are
// known and, for a town, counted over the same communities.
func (v Value) Since(before Value) Change {
	c := Change{unit: v.Unit, Known: v.Known && before.Known && v.from == before.from}
	if !c.Known {
		return c
	}
	c.By = v.Number.Sub(before.Number)
	if v.Unit != Share && before.Number.IsPositive() {
		c.Rate, c.Rated = c.By.DivRound(before.Number, 10), true
	}
	return c
}

// amount is the size of the change with its unit and without its sign.
func (c Change) amount() string {
	by := c.By.Abs()
	if c.unit != Share {
		return Value{Number: by, Known: true, Unit: c.unit}.String()
	}
	if points := by.Shift(2).Round(Share.Scale); points.IsPositive() {
		return points.StringFixed(Share.Scale) + "个百分点"
	}
	return "不足0.1个百分点"
}

// verb says which way, for counts and for shares.
func (c Change) verb() string {
	switch {
	case c.unit == Share && c.By.IsPositive():
		return "升"
	case c.unit == Share:
		return "降"
	case c.By.IsPositive():
		return "多"
	}
	return "少"
}

// Mark is ▲, ▼ or nothing.
func (c Change) Mark() string {
	switch {
	case !c.Known || c.By.IsZero():
		return ""
	case c.By.IsPositive():
		return "▲"
	}
	return "▼"
}

// Words is the change in words: 多38人, 降0.3个百分点, 持平, or 无可比数据,
// which is never 0 %.
func (c Change) Words() string {
	switch {
	case !c.Known:
		return noComparison
	case c.By.IsZero():
		return "持平"
	}
	return c.verb() + c.amount()
}

// String is Words with the rate: 多38人（1.9%）.
func (c Change) String() string {
	text := c.Words()
	if c.By.IsZero() {
		return text
	}
	if c.Rated {
		rate := c.Rate.Abs().Shift(2).Round(1)
		if rate.IsZero() {
			return text + "（不足0.1%）"
		}
		text += "（" + rate.StringFixed(1) + "%）"
	}
	return text
}

// Marked is the change with its mark, set as on a page: ▲ 多 38 人（1.9%）.
func (c Change) Marked() string {
	return strings.TrimSpace(c.Mark() + " " + spaced(c.String()))
}

// Than is a clause: 比上季多38人, 与上季持平, 上季无可比数据.
func (c Change) Than(when string) string {
	switch {
	case !c.Known:
		return when + noComparison
	case c.By.IsZero():
		return "与" + when + "持平"
	}
	return "比" + when + c.verb() + c.amount()
}
