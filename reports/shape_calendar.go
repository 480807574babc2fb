package reports

import (
	"fmt"
	"time"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// A Calendar is the quarter's days, a column for each week, the darker the
// more. Over several communities a day is summed.
type Calendar struct{ Of Measure }

func (c Calendar) measures() []Measure { return []Measure{c.Of} }

func (c Calendar) says() string {
	return "每格一天，一列一周，颜色越深越多，格中是日期"
}

var weekdays = []string{"一", "二", "三", "四", "五", "六", "日"}

func (c Calendar) draw(d *Data) Drawing {
	t := d.Rows(c.Of.Metric, d.Period)
	on := map[time.Time]Value{}
	for i := range t.Rows {
		if day, ok := t.Value(i, "day").(time.Time); ok {
			v := c.Of.Of(rowOf(t, i))
			sum := on[day]
			v.Number = v.Number.Add(sum.Number)
			on[day] = v
		}
	}
	var names []string
	var rows [][]Value
	most := int64(0)
	for day := d.Period.Start; day.Before(d.Period.End); day = day.AddDate(0, 0, 1) {
		if v := on[day]; v.Known {
			names, rows = append(names, day.Format("1月2日")+" 周"+weekdays[weekday(day)]), append(rows, []Value{v})
			most = max(most, v.Number.Ceil().IntPart())
		}
	}
	drawing := Drawing{Height: 7*30 + 40, Stretch: true, Numbers: NumbersOf("有"+c.Of.Name+"的日子", "日期", names, []Measure{c.Of}, rows, []Value{d.Now(c.Of)})}
	if len(rows) == 0 {
		drawing.Empty = noData
		return drawing
	}
	step := max(1, (most+shades-1)/shades)
	top := min(shades, int((most+step-1)/step))
	for i := range top {
		from, to := int64(i)*step+1, int64(i+1)*step
		name := fmt.Sprintf("%d%s", to, c.Of.Unit.Word)
		if from < to {
			name = fmt.Sprintf("%d–%d%s", from, to, c.Of.Unit.Word)
		}
		drawing.Keys = append(drawing.Keys, Key{name, dayShade(i, top)})
	}
	var weeks, about, tips []string
	var marks []point
	for day := d.Period.Start; day.Before(d.Period.End); day = day.AddDate(0, 0, 1) {
		// A week is named after the month that begins in it.
		if len(weeks) == 0 || weekday(day) == 0 {
			weeks = append(weeks, "")
		}
		if day.Day() == 1 {
			weeks[len(weeks)-1] = day.Format("1月")
		}
		face, letters, said := "var(--panel)", "var(--second)", "没有"+c.Of.Name
		if v := on[day]; v.Known && v.Number.IsPositive() {
			shade := dayShade(int((v.Number.Ceil().IntPart()-1)/step), top)
			face, letters, said = shade.fill(), shade.on(), c.Of.Name+" "+v.String()
		}
		marks = append(marks, point{
			Value:     []any{len(weeks) - 1, weekday(day), number(Value{Number: on[day].Number, Known: true})},
			ItemStyle: &opts.ItemStyle{Color: face},
			Label:     label(fmt.Sprint(day.Day()), "inside", letters, on[day].Known),
		})
		about = append(about, day.Format("1月2日")+" 周"+weekdays[weekday(day)])
		tips = append(tips, text(spaced(said)))
	}
	heat := charts.NewHeatMap()
	heat.SetGlobalOptions(base("item", opts.Grid{Left: "24", Right: "0", Top: "28", Bottom: "8"})...)
	heat.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Data: weeks, Position: "top", AxisLabel: everyLabel(), AxisLine: &opts.AxisLine{Show: opts.Bool(false)}}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: weekdays, Inverse: opts.Bool(true), AxisLabel: everyLabel(), AxisLine: &opts.AxisLine{Show: opts.Bool(false)}}),
		charts.WithVisualMapOpts(opts.VisualMap{Type: "piecewise", Show: opts.Bool(false)}))
	heat.AddSeries(c.Of.Name, nil, data(marks))
	drawing.Charts = []Chart{{Option: heat.JSON(), Heads: heads(about), Tips: [][]string{tips}}}
	return drawing
}

// weekday is 0 on Mondays.
func weekday(day time.Time) int { return (int(day.Weekday()) + 6) % 7 }

// dayShade spreads so many steps over the shades, the last the darkest.
func dayShade(i, of int) Colour {
	i = min(i, of-1)
	return Colour(fmt.Sprintf("day-%d", shades-(of-1-i)))
}
