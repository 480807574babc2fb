package reports

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

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
	shown := d.Communities[:min(len(d.Communities), communitiesShown)]
	lists := make([][]Value, len(shown))
	for i, name := range shown {
		for _, p := range periods {
			lists[i] = append(lists[i], e.Of.Of(d.Of(name, e.Of.Metric, p)))
		}
	}
	if !known(lists...) {
		drawing.Empty = noData
		return drawing
	}
	exact := mostDigits(lists...)
	axis := span(false, lists...)
	for i, community := range shown {
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
