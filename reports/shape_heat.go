package reports

import (
	"fmt"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"xingce/ingest/period"
)

// Heat is a grid of names by the last eight quarters, light to dark. Rows
// stand in the order of Bars, so the two read across.
type Heat struct {
	By    string
	Title string
	Of    Measure
	Most  int // rows drawn, the largest; all are in the table. 0 for all
}

func (h Heat) measures() []Measure { return []Measure{h.Of} }
func (h Heat) says() string {
	if h.Most > 0 {
		return fmt.Sprintf("%s最高的 %d 个%s，近八个季度，其余在表里", h.Of.Name, h.Most, h.Title)
	}
	return "按" + h.Title + "，近八个季度"
}

// shades is how many steps there are from light to dark, each a colour of
// the page: heat-1, heat-2 …
const shades = 5

func (h Heat) draw(d *Data) Drawing {
	periods := d.Period.Back(quarters)
	list := d.By(h.Of, h.By)
	drawn := len(list)
	if h.Most > 0 {
		drawn = min(drawn, h.Most)
	}
	drawing := Drawing{Height: drawn*rowHeight(drawn) + 8 + 44, Stretch: true, Numbers: Numbers{
		Caption: h.says() + "，" + h.Of.Unit.Word, Head: []Heading{{Text: h.Title}}}}
	if !slices.ContainsFunc(list, func(n Named) bool { return n.Known }) {
		drawing.Empty = noData
		return drawing
	}
	then := map[period.Period]map[string]Value{}
	most := 0.0
	for _, p := range d.Period.Back(quarters + 4) {
		then[p] = map[string]Value{}
		for _, n := range d.inOrder(h.Of, h.By, p) {
			then[p][n.Name] = n.Value
			most = max(most, n.drawn().InexactFloat64())
		}
	}
	for _, p := range periods {
		drawing.Numbers.Head = append(drawing.Numbers.Head, Heading{p.String() + "（" + h.Of.Unit.Word + "）", true})
	}
	step := nice(0, most, true).max / shades
	var names []string
	left := 0
	var marks []point
	var about, tips []string
	for y, n := range list {
		if y < drawn {
			names = append(names, n.Name)
		}
		left = max(left, pixels(n.Name))
		row := []string{n.Name}
		for x, p := range periods {
			v := then[p][n.Name]
			v.Unit = h.Of.Unit
			row = append(row, v.Figure())
			if !v.Known || y >= drawn {
				continue
			}
			shade := shadeOf(v, step)
			marks = append(marks, point{
				Value:     []any{x, y, number(v)},
				ItemStyle: &opts.ItemStyle{Color: fmt.Sprintf("var(--heat-%d)", shade)},
				Label:     label(v.Figure(), "inside", fmt.Sprintf("var(--on-heat-%d)", shade), x == quarters-1),
			})
			about = append(about, n.Name+" "+p.Title())
			tips = append(tips, tip(h.Of, v, v.Since(then[p.Prev()][n.Name]), v.Since(then[p.YearBefore()][n.Name])))
		}
		drawing.Numbers.Rows = append(drawing.Numbers.Rows, row)
	}
	drawing.Keys = shadeKeys(step, h.Of.Unit)
	left = min(left, 132) + 4
	heat := charts.NewHeatMap()
	heat.SetGlobalOptions(base("item", opts.Grid{Left: px(left + 8), Right: "8", Top: "8", Bottom: "44"})...)
	heat.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Data: quarterLabels(periods), AxisLabel: everyLabel()}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: names, Inverse: opts.Bool(true),
			AxisLabel: &opts.AxisLabel{Interval: "0", Width: left, Overflow: "truncate"}}),
		charts.WithVisualMapOpts(opts.VisualMap{Type: "piecewise", Show: opts.Bool(false)}))
	heat.AddSeries(h.Of.Name, nil, data(marks))
	drawing.Charts = []Chart{{Option: heat.JSON(), Heads: heads(about), Tips: [][]string{tips}}}
	return drawing
}
