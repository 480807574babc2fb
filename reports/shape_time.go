package reports

import (
	"time"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"xingce/ingest/period"
	"xingce/queries"
)

// trendHeight is the height of charts over time, so that two of them beside
// each other share scale and baseline.
const trendHeight = 264

// A Trend is a line over the last eight quarters with its last value at its
// end. LastYear puts the same quarter's value of the year before behind it,
// thin and grey.
type Trend struct {
	Of       []Measure
	LastYear bool
	Zero     bool // the scale begins at zero
}

func (t Trend) measures() []Measure { return t.Of }

func (t Trend) says() string {
	if t.LastYear {
		return "近八个季度的季末数，灰线为上年同期"
	}
	return "近八个季度的季末数"
}

func (t Trend) draw(d *Data) Drawing {
	periods := d.Period.Back(quarters)
	var lists, before [][]Value
	for _, m := range t.Of {
		lists = append(lists, d.over(m, periods))
		if t.LastYear {
			var shifted []period.Period
			for _, p := range periods {
				shifted = append(shifted, p.YearBefore())
			}
			before = append(before, d.over(m, shifted))
		}
	}
	drawing := Drawing{Height: trendHeight, Numbers: overTime(t.Of, periods, lists)}
	if !known(lists...) {
		drawing.Empty = noData
		return drawing
	}

	// One line has its last value above its end; several have name and value
	// beside it.
	right, position := 0, "top"
	ends := make([]string, len(t.Of))
	for i, m := range t.Of {
		ends[i] = lists[i][quarters-1].Figure() + m.Unit.Word
		if len(t.Of) > 1 {
			ends[i] = m.Name + " " + ends[i]
			right, position = max(right, pixels(ends[i])), "right"
		}
	}
	line := charts.NewLine()
	line.SetGlobalOptions(base("axis", opts.Grid{Left: "48", Right: px(right + 8), Top: "28", Bottom: "44"})...)
	line.SetGlobalOptions(quarterAxis(periods), span(t.Zero, append(before, lists...)...).yAxis(t.Of[0].Unit))
	line.SetXAxis(quarterLabels(periods))
	chart := Chart{Heads: heads(titles(periods))}
	for i, m := range t.Of {
		if t.LastYear {
			line.AddSeries("上年同期", nil, strokes(Quiet, 1), data(points(before[i])))
			chart.Tips = append(chart.Tips, make([]string, quarters))
		}
		marks := points(lists[i])
		last := quarters - 1
		marks[last].Symbol = "circle"
		marks[last].Label = label(ends[i], position, "var(--ink)", true)
		line.AddSeries(m.Name, nil, strokes(m.Colour, 2), data(marks))
		chart.Tips = append(chart.Tips, d.tips(m, periods, lists[i]))
	}
	line.Validate()
	chart.Option = line.JSON()
	drawing.Charts = []Chart{chart}
	if t.LastYear {
		drawing.Keys = []Key{{t.Of[0].Name, t.Of[0].Colour}, {"上年同期", Quiet}}
	}
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
type Columns struct{ Of []Measure }

func (c Columns) measures() []Measure { return c.Of }
func (c Columns) says() string        { return "近八个季度" }

func (c Columns) draw(d *Data) Drawing {
	periods := d.Period.Back(quarters)
	var lists [][]Value
	for _, m := range c.Of {
		lists = append(lists, d.over(m, periods))
	}
	drawing := Drawing{Height: trendHeight, Numbers: overTime(c.Of, periods, lists)}
	if !known(lists...) {
		drawing.Empty = noData
		return drawing
	}
	top, bottom := 0.0, 0.0
	twoSided := false
	for i := range periods {
		up, down := 0.0, 0.0
		for j, m := range c.Of {
			n := lists[j][i].drawn().InexactFloat64()
			if m.Below {
				down += n
			} else {
				up += n
			}
			twoSided = twoSided || m.Below
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
	bar.SetGlobalOptions(quarterAxis(periods), hiddenY(lo, top*1.02))
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
			case twoSided || len(c.Of) == 1:
				marks[i].Label = label(v.fixed(exact), "top", "var(--ink)", i == quarters-1)
			case n > (top+bottom)*0.08:
				marks[i].Label = label(v.fixed(exact), "inside", m.Colour.on(), false)
			}
		}
		bar.AddSeries(m.Name, nil, fills(m.Colour, "48"), data(marks))
		chart.Tips = append(chart.Tips, d.tips(m, periods, lists[j]))
		if len(c.Of) > 1 {
			drawing.Keys = append(drawing.Keys, Key{m.Name, m.Colour})
		}
	}
	if len(c.Of) > 1 && !twoSided {
		totals := make([]point, quarters)
		for i := range periods {
			sum := Value{Unit: c.Of[0].Unit}
			for j := range c.Of {
				sum.Number, sum.Known = sum.Number.Add(lists[j][i].Number), sum.Known || lists[j][i].Known
			}
			if sum.Known {
				totals[i] = point{Value: 0, Label: label(sum.fixed(exact), "top", "var(--ink)", true)}
			}
		}
		bar.AddSeries("合计", nil, fills(Quiet, "48"), data(totals))
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

// Steps is what adds up from day to day, as a stair with its ground filled.
type Steps struct {
	Of    Measure // what came on a day
	Total string  // the column of the sum so far
	Count Measure // how many came on a day, for the table
}

func (s Steps) measures() []Measure { return []Measure{s.Of, s.Count} }
func (s Steps) says() string        { return "按日累计" }

func (s Steps) draw(d *Data) Drawing {
	t := d.Rows(s.Of.Metric, d.Period)
	drawing := Drawing{Height: trendHeight}
	total := s.Of
	total.Name, total.Column = "累计", s.Total
	var names []string
	var rows [][]Value
	at := map[time.Time]int{} // the row of a day
	var first, last time.Time
	for i := range t.Rows {
		day, ok := t.Value(i, "day").(time.Time)
		if !ok {
			continue
		}
		one := queries.Table{Columns: t.Columns, Rows: t.Rows[i : i+1]}
		at[day] = len(rows)
		names = append(names, day.Format("1月2日"))
		rows = append(rows, []Value{s.Count.Of(one), s.Of.Of(one), total.Of(one)})
		if first.IsZero() {
			first = day
		}
		last = day
	}
	drawing.Numbers = NumbersOf("按日累计", "日期", names, []Measure{s.Count, s.Of, total}, rows, nil)
	if len(rows) == 0 {
		drawing.Empty = noData
		return drawing
	}

	// The stair starts from nothing, the day before the first.
	zero := Value{Unit: s.Of.Unit, Known: true}
	days := []string{first.AddDate(0, 0, -1).Format("1月2日")}
	marks := []point{{Value: number(zero)}}
	tips := []string{""}
	sum := zero
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		said := "当日无"
		if i, ok := at[day]; ok {
			sum = rows[i][2]
			said = "当日 " + rows[i][1].Figure() + s.Of.Unit.Word + "，" + rows[i][0].String()
		}
		days = append(days, day.Format("1月2日"))
		marks = append(marks, point{Value: number(sum)})
		tips = append(tips, text(spaced(said)+"\n累计 "+spaced(sum.Figure()+s.Of.Unit.Word)))
	}
	end := len(marks) - 1
	marks[end].Symbol = "circle"
	marks[end].Label = label(sum.Figure()+s.Of.Unit.Word, "top", "var(--ink)", true)
	line := charts.NewLine()
	line.SetGlobalOptions(base("axis", opts.Grid{Left: "64", Right: "40", Top: "28", Bottom: "44"})...)
	line.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		span(true, []Value{zero, sum}).yAxis(s.Of.Unit))
	line.SetXAxis(days)
	line.AddSeries("累计", nil, strokes(s.Of.Colour, 2), data(marks), func(series *charts.SingleSeries) {
		series.Step = "middle"
		series.AreaStyle = &opts.AreaStyle{Color: s.Of.Colour.fill(), Opacity: opts.Float(0.2)}
	})
	line.Validate()
	drawing.Charts = []Chart{{Option: line.JSON(), Heads: heads(days), Tips: [][]string{tips}}}
	return drawing
}

// Each is one small line for each community, all on one scale.
type Each struct{ Of Measure }

func (e Each) measures() []Measure { return []Measure{e.Of} }
func (e Each) says() string        { return "各社区近八个季度，同一尺度" }

func (e Each) draw(d *Data) Drawing {
	periods := d.Period.Back(quarters)
	drawing := Drawing{Height: 96, Numbers: Numbers{Caption: "各社区近八个季度，" + e.Of.Unit.Word, Head: []Heading{{Text: "社区"}}}}
	for _, p := range periods {
		drawing.Numbers.Head = append(drawing.Numbers.Head, Heading{p.String() + "（" + e.Of.Unit.Word + "）", true})
	}
	lists := make([][]Value, len(d.Communities))
	for _, p := range periods {
		for i, n := range d.inOrder(e.Of, "community", p) {
			lists[i] = append(lists[i], n.Value)
		}
	}
	if !known(lists...) {
		drawing.Empty = noData
		return drawing
	}
	exact := mostDigits(lists...)
	axis := span(false, lists...)
	for i, community := range d.Communities {
		row := []string{community}
		own := *d
		own.Community = community
		for _, v := range lists[i] {
			row = append(row, v.fixed(exact))
		}
		drawing.Numbers.Rows = append(drawing.Numbers.Rows, row)
		line := charts.NewLine()
		line.SetGlobalOptions(base("axis", opts.Grid{Left: "44", Right: "12", Top: "8", Bottom: "8"})...)
		line.SetGlobalOptions(
			charts.WithXAxisOpts(opts.XAxis{Type: "category", AxisLabel: &opts.AxisLabel{Show: opts.Bool(false)}}),
			scale{axis.min, axis.max, axis.max - axis.min}.yAxis(e.Of.Unit))
		line.SetXAxis(titles(periods))
		marks := points(lists[i])
		marks[quarters-1].Symbol = "circle"
		line.AddSeries(e.Of.Name, nil, strokes(e.Of.Colour, 2), data(marks))
		line.Validate()
		last := lists[i][quarters-1]
		said := noData
		if last.Known {
			said = spaced(last.fixed(exact) + last.Unit.Word)
		}
		drawing.Charts = append(drawing.Charts, Chart{
			Caption: community, Last: said, Option: line.JSON(), Heads: heads(titles(periods)),
			Tips: [][]string{own.tips(e.Of, periods, lists[i])},
		})
	}
	return drawing
}
