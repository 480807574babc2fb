package reports

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"
)

// A Radar is one small web for each name in a column: several measures of
// different units at once, each axis reaching to the largest of all names, so
// that shapes can be told from each other. It shows likeness; amounts are in
// the table.
type Radar struct {
	By    string // team
	Title string
	Of    []Measure // three to six, each with a short name
}

func (r Radar) measures() []Measure { return r.Of }

func (r Radar) says() string {
	return "每" + r.Title + "一张，各轴以最多的一" + r.Title + "为满"
}

func (r Radar) draw(d *Data) Drawing {
	var names []string
	values := map[string][]Value{}
	most := make([]decimal.Decimal, len(r.Of))
	found := false
	for i, m := range r.Of {
		for _, n := range d.inOrder(m, r.By, d.Period) {
			if values[n.Name] == nil {
				names = append(names, n.Name)
				values[n.Name] = make([]Value, len(r.Of))
				for j := range r.Of {
					values[n.Name][j].Unit = r.Of[j].Unit
				}
			}
			values[n.Name][i] = n.Value
			most[i] = decimal.Max(most[i], n.drawn())
			found = found || n.Known && n.Number.IsPositive()
		}
	}
	var rows [][]Value
	for _, name := range names {
		rows = append(rows, values[name])
	}
	drawing := Drawing{Height: 192, Abreast: min(len(names), 5), Numbers: NumbersOf(r.says(), r.Title, names, r.Of, rows, nil)}
	if !found {
		drawing.Empty = noData
		return drawing
	}
	var axes []*opts.Indicator
	for i, m := range r.Of {
		full := most[i]
		if !full.IsPositive() {
			full = decimal.New(1, 0)
		}
		axes = append(axes, &opts.Indicator{Name: text(m.Name), Max: float32(full.InexactFloat64())})
	}
	for _, name := range names {
		var reach []any
		said := ""
		for i, v := range values[name] {
			// What is not known reaches nowhere; the table says —.
			reach = append(reach, jsonNumber(v.drawn()))
			said += "\n" + spaced(r.Of[i].Name+" "+v.String())
		}
		radar := charts.NewRadar()
		radar.SetGlobalOptions(base("item", opts.Grid{})...)
		colour := r.Of[0].Colour
		radar.AddSeries(name, nil, strokes(colour, 2), func(s *charts.SingleSeries) {
			s.Data = []point{{Value: reach}}
			s.AreaStyle = &opts.AreaStyle{Color: colour.fill(), Opacity: opts.Float(0.3)}
			s.SymbolSize = 4
			s.Symbol = "circle"
		})
		option := radar.JSON()
		option["radar"] = web{opts.RadarComponent{
			Indicator: axes, SplitNumber: 2, Center: []string{"50%", "54%"},
			SplitArea: &opts.SplitArea{Show: opts.Bool(false)},
			SplitLine: &opts.SplitLine{LineStyle: &opts.LineStyle{Color: "var(--line)"}},
			AxisLine:  &opts.AxisLine{LineStyle: &opts.LineStyle{Color: "var(--line)"}},
		}, "54%", 6}
		drawing.Charts = append(drawing.Charts, Chart{Caption: name, Option: option, Heads: heads([]string{name}), Tips: [][]string{{text(said[1:])}}})
	}
	return drawing
}

// A web is a radar's axes; go-echarts's own have no radius and no gap.
type web struct {
	opts.RadarComponent
	Radius string  `json:"radius"`
	Gap    float32 `json:"axisNameGap"`
}
