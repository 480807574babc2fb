package reports

import (
	"time"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

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
	drawing := Drawing{Height: trendHeight, Stretch: true}
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
		one := rowOf(t, i)
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
