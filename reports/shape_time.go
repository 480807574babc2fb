package reports

import (
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"xingce/ingest/period"
)

// trendHeight is the height of charts over time, so that two of them beside
// each other share scale and baseline.
const trendHeight = 264

// A Trend is a line over the last eight quarters with its last value above its
// end. LastYear puts the same quarter's value of the year before behind it,
// thin and grey.
type Trend struct {
	Of       Measure
	LastYear bool
}

func (t Trend) measures() []Measure { return []Measure{t.Of} }

func (t Trend) says() string {
	if t.LastYear {
		return "近八个季度的季末数，灰线为上年同期"
	}
	return "近八个季度的季末数"
}

func (t Trend) draw(d *Data) Drawing {
	periods := d.Period.Back(quarters)
	now := d.over(t.Of, periods)
	drawing := Drawing{Height: trendHeight, Stretch: true, Numbers: overTime([]Measure{t.Of}, periods, [][]Value{now})}
	if !known(now) {
		drawing.Empty = noData
		return drawing
	}
	var before []Value
	line := charts.NewLine()
	chart := Chart{Heads: heads(titles(periods))}
	if t.LastYear {
		for _, p := range periods {
			before = append(before, d.At(t.Of, p.YearBefore()))
		}
		line.AddSeries("上年同期", nil, strokes(Quiet, 1), data(points(before)))
		chart.Tips = append(chart.Tips, make([]string, quarters))
		drawing.Keys = []Key{{t.Of.Name, t.Of.Colour}, {"上年同期", Quiet}}
	}
	line.SetGlobalOptions(base("axis", opts.Grid{Left: "48", Right: "8", Top: "28", Bottom: "44"})...)
	line.SetGlobalOptions(quarterAxis(periods), span(false, now, before).yAxis(t.Of.Unit))
	line.SetXAxis(quarterLabels(periods))
	marks := points(now)
	last := quarters - 1
	marks[last].Symbol = "circle"
	marks[last].Label = label(now[last].Figure()+t.Of.Unit.Word, "top", "var(--ink)", true)
	line.AddSeries(t.Of.Name, nil, strokes(t.Of.Colour, 2), data(marks))
	chart.Tips = append(chart.Tips, d.tips(t.Of, periods, now))
	line.Validate()
	chart.Option = line.JSON()
	drawing.Charts = []Chart{chart}
	return drawing
}

// strokes are the looks of a line.
func strokes(c Colour, thick float32) charts.SeriesOpts {
	return func(s *charts.SingleSeries) {
		s.LineStyle = &opts.LineStyle{Color: c.fill(), Width: thick}
		s.ItemStyle = &opts.ItemStyle{Color: c.fill()}
		s.Symbol, s.SymbolSize = "none", 8
	}
}

func points(values []Value) []point {
	list := make([]point, len(values))
	for i, v := range values {
		list[i].Value = number(v)
	}
	return list
}

// over is a measure in each of several periods.
func (d *Data) over(m Measure, periods []period.Period) []Value {
	var list []Value
	for _, p := range periods {
		list = append(list, d.At(m, p))
	}
	return list
}

func (d *Data) tips(m Measure, periods []period.Period, values []Value) []string {
	var list []string
	for i, p := range periods {
		list = append(list, tip(m, values[i], d.changeAt(m, p), d.yearChangeAt(m, p)))
	}
	return list
}

// overTime is the table of measures by quarter.
func overTime(measures []Measure, periods []period.Period, lists [][]Value) Numbers {
	rows := make([][]Value, len(periods))
	for i := range periods {
		for _, list := range lists {
			rows[i] = append(rows[i], list[i])
		}
	}
	return NumbersOf("近八个季度", "季度", titles(periods), measures, rows, nil)
}

// Columns are upright bars over the last eight quarters: parts stacked on
// each other, or, with measures that lie Below, two sides of a line.
type Columns struct {
	Of []Measure
	// Apart sets the parts beside each other: they are not of one whole and
	// never added up.
	Apart bool
}

func (c Columns) measures() []Measure { return c.Of }
func (c Columns) says() string        { return "近八个季度" }

func (c Columns) draw(d *Data) Drawing {
	periods := d.Period.Back(quarters)
	var lists [][]Value
	for _, m := range c.Of {
		lists = append(lists, d.over(m, periods))
	}
	drawing := Drawing{Height: trendHeight, Stretch: true, Numbers: overTime(c.Of, periods, lists)}
	if !known(lists...) {
		drawing.Empty = noData
		return drawing
	}
	twoSided := slices.ContainsFunc(c.Of, func(m Measure) bool { return m.Below })
	totals := make([]Value, quarters)
	added := len(c.Of) > 1 && !twoSided && !c.Apart
	if added {
		for i := range periods {
			totals[i].Unit = c.Of[0].Unit
			for _, list := range lists {
				totals[i].Number, totals[i].Known = totals[i].Number.Add(list[i].Number), totals[i].Known || list[i].Known
			}
		}
		whole := Measure{Name: "合计", Unit: c.Of[0].Unit}
		drawing.Numbers = overTime(append(c.Of[:len(c.Of):len(c.Of)], whole), periods, append(lists[:len(lists):len(lists)], totals))
	}
	top, bottom := 0.0, 0.0
	for i := range periods {
		up, down := 0.0, 0.0
		for j, m := range c.Of {
			n := lists[j][i].drawn().InexactFloat64()
			switch {
			case m.Below:
				down += n
			case c.Apart:
				up = max(up, n)
			default:
				up += n
			}
		}
		top, bottom = max(top, up), max(bottom, down)
	}
	// Eight labels beside each other have room for whole numbers only, once
	// they are long; tooltips and table stay exact.
	exact := mostDigits(lists...)
	if top >= 1000 {
		exact = 0
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(base("axis", opts.Grid{Left: "8", Right: "8", Top: "28", Bottom: "44"})...)
	var lo any = 0
	if twoSided {
		lo = -bottom * 1.2
	}
	bar.SetGlobalOptions(quarterAxis(periods), hiddenY(lo, max(top*1.02, 1)))
	bar.SetXAxis(quarterLabels(periods))
	chart := Chart{Heads: heads(titles(periods))}
	for j, m := range c.Of {
		marks := points(lists[j])
		for i, v := range lists[j] {
			if !v.Known || v.Number.IsZero() {
				continue
			}
			switch n := v.drawn().InexactFloat64(); {
			case m.Below:
				marks[i].Value = jsonNumber(v.drawn().Neg())
				marks[i].Label = label(v.fixed(exact), "bottom", "var(--ink)", false)
			case !added:
				marks[i].Label = label(v.fixed(exact), "top", "var(--ink)", i == quarters-1)
			case n > (top+bottom)*0.08:
				marks[i].Label = label(v.fixed(exact), "inside", m.Colour.on(), false)
			}
		}
		looks := fills(m.Colour, "48")
		if c.Apart {
			looks = apartFills(m.Colour)
		}
		bar.AddSeries(m.Name, nil, looks, data(marks))
		chart.Tips = append(chart.Tips, d.tips(m, periods, lists[j]))
		if len(c.Of) > 1 {
			drawing.Keys = append(drawing.Keys, Key{m.Name, m.Colour})
		}
	}
	if added {
		marks := make([]point, quarters)
		for i, sum := range totals {
			if sum.Known {
				marks[i] = point{Value: 0, Label: label(sum.fixed(exact), "top", "var(--ink)", true)}
			}
		}
		bar.AddSeries("合计", nil, fills(Quiet, "48"), data(marks))
		chart.Tips = append(chart.Tips, make([]string, quarters))
	}
	bar.Validate()
	chart.Option = bar.JSON()
	drawing.Charts = []Chart{chart}
	return drawing
}

// fills are the looks of a bar.
func fills(c Colour, most string) charts.SeriesOpts {
	return func(s *charts.SingleSeries) {
		s.Stack = "all"
		s.BarMaxWidth = most
		s.BarCategoryGap = "12%"
		s.ItemStyle = &opts.ItemStyle{Color: c.fill()}
		s.LabelLayout = &opts.LabelLayout{HideOverlap: opts.Bool(true)}
	}
}

// apartFills are the looks of a bar beside others of its quarter.
func apartFills(c Colour) charts.SeriesOpts {
	return func(s *charts.SingleSeries) {
		fills(c, "24")(s)
		s.Stack, s.BarGap = "", "0%"
	}
}
