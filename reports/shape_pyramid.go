package reports

import (
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"
)

// A Pyramid sets two sides against each other, a row for each name in a
// column: men left, women right, by age. The first row stands at the bottom.
// Over several communities a row is summed.
type Pyramid struct {
	By          string // age_band
	Title       string // what people call By
	Left, Right Measure
}

func (p Pyramid) measures() []Measure { return []Measure{p.Left, p.Right} }

func (p Pyramid) says() string {
	return "按" + p.Title + "，左" + p.Left.Name + "右" + p.Right.Name
}

func (p Pyramid) draw(d *Data) Drawing {
	left, right := d.InOrder(p.Left, p.By), valuesOf(d.InOrder(p.Right, p.By))
	slices.SortStableFunc(left, func(a, b Named) int { return byNumber(a.Name, b.Name) })
	var names []string
	var rows [][]Value
	most := decimal.Zero
	wide := 0
	for _, n := range left {
		names = append(names, n.Name)
		rows = append(rows, []Value{n.Value, right[n.Name]})
		most = decimal.Max(most, n.Number, right[n.Name].Number)
		wide = max(wide, pixels(n.Name))
	}
	total := []Value{d.Now(p.Left), d.Now(p.Right)}
	drawing := Drawing{Stretch: true, Numbers: NumbersOf(p.says(), p.Title, names, p.measures(), rows, total), Keys: []Key{{p.Left.Name, p.Left.Colour}, {p.Right.Name, p.Right.Colour}}}
	if !most.IsPositive() {
		drawing.Empty = noData
		return drawing
	}
	drawing.Height = len(names)*max(rowHeight(len(names))-4, 18) + 16
	// The labels stand at the ends: room for the longest on either side, which
	// is about half as wide as a single row of bars.
	edge := most.Add(most.Mul(room(marked(most.String(), 0))).Mul(decimal.New(18, -1)))
	bars := charts.NewBar()
	bars.SetGlobalOptions(base("axis", opts.Grid{Left: px(wide + 12), Right: "8", Top: "8", Bottom: "8"})...)
	bars.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Show: opts.Bool(false), Min: jsonNumber(edge.Neg()), Max: jsonNumber(edge)}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: names,
			AxisLine:  &opts.AxisLine{OnZero: opts.Bool(false), Show: opts.Bool(false)},
			AxisLabel: everyLabel()}))
	chart := Chart{Heads: heads(names)}
	for i, m := range p.measures() {
		then, year := valuesOf(d.Before(m, p.By)), valuesOf(d.YearBefore(m, p.By))
		marks, tips := make([]point, len(names)), make([]string, len(names))
		for j, name := range names {
			v := rows[j][i]
			at, position := v.drawn(), "right"
			if i == 0 {
				at, position = at.Neg(), "left"
			}
			marks[j] = point{Value: jsonNumber(at)}
			if !v.Number.IsZero() {
				marks[j].Label = label(v.Figure(), position, "var(--ink)", false)
			}
			tips[j] = tip(m, v, v.Since(then[name]), v.Since(year[name]))
		}
		bars.AddSeries(m.Name, nil, fills(m.Colour, "20"), data(marks))
		chart.Tips = append(chart.Tips, tips)
	}
	chart.Option = bars.JSON()
	drawing.Charts = []Chart{chart}
	return drawing
}

func valuesOf(list []Named) map[string]Value {
	values := map[string]Value{}
	for _, n := range list {
		values[n.Name] = n.Value
	}
	return values
}
