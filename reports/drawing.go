package reports

import (
	"math"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"

	"xingce/ingest/period"
)

// A Shape is a form of chart; the form follows the question. Trend: change
// over time. Columns: parts over time, or two sides. Bars: a ranking. Heat:
// places by time. Steps: what adds up. Each: one small line for each community.
type Shape interface {
	measures() []Measure
	// says describes what is drawn, for the line under the title.
	says() string
	draw(d *Data) Drawing
}

// A Drawing is a panel's charts and the same numbers as a table.
type Drawing struct {
	Charts  []Chart // one, or one for each community
	Height  int     // of each chart
	Stretch bool    // it may be drawn higher, to match the one beside it
	Abreast int     // of several charts in a row on a desk; 0 for four
	Keys    []Key
	Numbers Numbers
	Empty   string // said in place of charts
}

// A Key tells what a colour means.
type Key struct {
	Name   string
	Colour Colour
}

// A Chart is what the page's script hands to ECharts. It is data only:
// tooltips are ready sentences, one for each point of each series.
type Chart struct {
	Caption string // of a small multiple
	Last    string // its latest value
	Option  map[string]any
	Heads   []string   // what each point is about
	Tips    [][]string // what each series says of each point; "" for nothing
}

const (
	noData       = "本期无数据"
	noComparison = "无可比数据"
)

// A point is one datum; go-echarts's own have no labels for lines and no
// colours for heat grids.
type point struct {
	Value     any             `json:"value"` // nil leaves a gap
	Label     *opts.Label     `json:"label,omitempty"`
	ItemStyle *opts.ItemStyle `json:"itemStyle,omitempty"`
	Symbol    string          `json:"symbol,omitempty"`
}

// number is a value as ECharts reads it, exact.
func number(v Value) any {
	if !v.Known {
		return nil
	}
	return jsonNumber(v.drawn())
}

type jsonNumber decimal.Decimal

func (n jsonNumber) MarshalJSON() ([]byte, error) { return []byte(decimal.Decimal(n).String()), nil }

// data replaces a series' points by ours.
func data(points []point) charts.SeriesOpts {
	return func(s *charts.SingleSeries) { s.Data = points }
}

// text is a label with no marks that ECharts would read as a template.
func text(s string) string { return plain.Replace(s) }

var plain = strings.NewReplacer("{", "（", "}", "）", "|", "｜")

// label shows a text beside or in a mark.
func label(s, position, colour string, bold bool) *opts.Label {
	l := &opts.Label{Show: opts.Bool(true), Position: position, Formatter: text(spaced(s)), Color: colour, FontSize: 12}
	if bold {
		l.FontWeight = "600"
	}
	if strings.Contains(s, "\n") {
		l.LineHeight = 16
	}
	return l
}

// pixels is about how many pixels a text of size 12 takes.
func pixels(s string) int {
	w := 0
	for _, r := range s {
		if r > 0x2000 {
			w += 12
		} else {
			w += 7
		}
	}
	return w
}

func px(n int) string { return strconv.Itoa(n) }

// base are the options that all charts share: no legend, no motion; colours
// and letters come from the page's theme.
func base(trigger string, grid opts.Grid) []charts.GlobalOpts {
	return []charts.GlobalOpts{
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithAnimation(false),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: trigger}),
		charts.WithGridOpts(grid),
	}
}

// quarterLabels are the names under a chart of quarters; the year stands
// under its first quarter.
func quarterLabels(periods []period.Period) []string {
	var names []string
	for i, p := range periods {
		name := string([]rune("一二三四")[(p.Start.Month()-1)/3]) + "季"
		if i == 0 || p.Start.Year() != periods[i-1].Start.Year() {
			name += "\n" + strconv.Itoa(p.Start.Year())
		}
		names = append(names, name)
	}
	return names
}

func heads(names []string) []string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = text(spaced(name))
	}
	return list
}

func titles(periods []period.Period) []string {
	var names []string
	for _, p := range periods {
		names = append(names, p.Title())
	}
	return names
}

// quarterAxis is the x axis of a chart of quarters.
func quarterAxis(periods []period.Period) charts.GlobalOpts {
	return charts.WithXAxisOpts(opts.XAxis{Type: "category", Data: quarterLabels(periods), AxisLabel: everyLabel()})
}

// everyLabel leaves no name of an axis out.
func everyLabel() *opts.AxisLabel {
	return &opts.AxisLabel{Interval: "0", ShowMinLabel: opts.Bool(true), ShowMaxLabel: opts.Bool(true)}
}

// hidden axes speak through their labels alone.
func hiddenY(lo, hi any) charts.GlobalOpts {
	return charts.WithYAxisOpts(opts.YAxis{Type: "value", Show: opts.Bool(false), Min: lo, Max: hi})
}

// A scale is a value axis in round steps.
type scale struct{ min, max, step float64 }

// nice finds round steps around a range: of 1, 2 or 5 times a power of ten.
// A range that is narrow beside its values is widened, so that a flat line
// looks flat.
func nice(lo, hi float64, zero bool) scale {
	if zero {
		lo = min(lo, 0)
	}
	if least := math.Abs(hi) * 0.1; hi-lo < least {
		middle := (hi + lo) / 2
		lo, hi = max(middle-least/2, min(lo, 0)), middle+least/2
	}
	if hi == lo {
		hi = lo + 1
	}
	rough := (hi - lo) / 3
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	step := 10 * power
	for _, m := range []float64{1, 2, 5} {
		if m*power >= rough {
			step = m * power
			break
		}
	}
	return scale{math.Floor(lo/step) * step, math.Ceil(hi/step) * step, step}
}

// span is the scale of all known values.
func span(zero bool, lists ...[]Value) scale {
	lo, hi, any := 0.0, 0.0, false
	for _, list := range lists {
		for _, v := range list {
			if !v.Known {
				continue
			}
			n := v.drawn().InexactFloat64()
			if !any {
				lo, hi, any = n, n, true
			}
			lo, hi = min(lo, n), max(hi, n)
		}
	}
	return nice(lo, hi, zero)
}

// yAxis is a light value axis.
func (s scale) yAxis(u Unit) charts.GlobalOpts {
	axis := opts.YAxis{Type: "value", Min: s.min, Max: s.max, MinInterval: s.step, MaxInterval: s.step}
	if u == Share {
		axis.AxisLabel = &opts.AxisLabel{Formatter: "{value}%"}
	}
	return charts.WithYAxisOpts(axis)
}

// tip is what a tooltip says of one value: value, part and whole, and both
// comparisons.
func tip(m Measure, v Value, quarter, year Change) string {
	if !v.Known {
		return text(m.Name + " " + v.untold())
	}
	s := m.Name + " " + v.Figure() + v.Unit.Word
	if v.Unit == Share {
		s += "（" + v.Ratio() + "）"
	}
	return text(spaced(s) + "\n环比 " + quarter.Marked() + "\n同比 " + year.Marked())
}

// known reports whether there is anything to draw.
func known(lists ...[]Value) bool {
	for _, list := range lists {
		for _, v := range list {
			if v.Known {
				return true
			}
		}
	}
	return false
}
