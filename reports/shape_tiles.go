package reports

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Tiles are places laid out like a map in the order of their names' numbers, a
// tile for each, light to dark. Places without coordinates have no better map:
// neighbours by number are mostly neighbours.
type Tiles struct {
	By    string // building
	Title string
	Of    Measure
}

func (t Tiles) measures() []Measure { return []Measure{t.Of} }

func (t Tiles) says() string {
	return "按" + t.Title + "编号排列，颜色越深" + t.Of.Name + "越高"
}

const (
	tilesAbreast = 6 // that still have room for their words on a telephone
	tileHeight   = 52
)

func (t Tiles) draw(d *Data) Drawing {
	list := d.inOrder(t.Of, t.By, d.Period)
	slices.SortStableFunc(list, func(a, b Named) int { return byNumber(a.Name, b.Name) })
	var names []string
	var rows [][]Value
	most, known := 0.0, false
	for _, n := range list {
		names, rows = append(names, n.Name), append(rows, []Value{n.Value})
		most, known = max(most, n.drawn().InexactFloat64()), known || n.Known
	}
	drawing := Drawing{Stretch: true, Numbers: NumbersOf(t.says(), t.Title, names, []Measure{t.Of}, rows, []Value{d.Now(t.Of)})}
	if !known {
		drawing.Empty = noData
		return drawing
	}
	deep := (len(list) + tilesAbreast - 1) / tilesAbreast
	drawing.Height = deep * tileHeight
	step := nice(0, most, true).max / shades
	drawing.Keys = shadeKeys(step, t.Of.Unit)
	before, year := valuesOf(d.Before(t.Of, t.By)), valuesOf(d.YearBefore(t.Of, t.By))
	var marks []point
	var about, tips []string
	for i, n := range list {
		if !n.Known {
			continue
		}
		shade := shadeOf(n.Value, step)
		marks = append(marks, point{
			Value:     []any{i % tilesAbreast, i / tilesAbreast, number(n.Value)},
			ItemStyle: &opts.ItemStyle{Color: fmt.Sprintf("var(--heat-%d)", shade)},
			Label:     label(shortened(n.Name)+"\n"+n.Figure()+n.Unit.Word, "inside", fmt.Sprintf("var(--on-heat-%d)", shade), false),
		})
		about = append(about, n.Name)
		tips = append(tips, tip(t.Of, n.Value, n.Value.Since(before[n.Name]), n.Value.Since(year[n.Name])))
	}
	heat := charts.NewHeatMap()
	heat.SetGlobalOptions(base("item", opts.Grid{Left: "0", Right: "0", Top: "0", Bottom: "0"})...)
	heat.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Show: opts.Bool(false), Data: counted(tilesAbreast)}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Show: opts.Bool(false), Data: counted(deep), Inverse: opts.Bool(true)}),
		charts.WithVisualMapOpts(opts.VisualMap{Type: "piecewise", Show: opts.Bool(false)}))
	heat.AddSeries(t.Of.Name, nil, data(marks))
	drawing.Charts = []Chart{{Option: heat.JSON(), Heads: heads(about), Tips: [][]string{tips}}}
	return drawing
}

// shadeOf is which of the shades a value has, from 1.
func shadeOf(v Value, step float64) int {
	return int(min(math.Floor(v.drawn().InexactFloat64()/step), shades-1)) + 1
}

// shadeKeys say what each shade means.
func shadeKeys(step float64, u Unit) []Key {
	var keys []Key
	for i := range shades {
		keys = append(keys, Key{fmt.Sprintf("%g–%g%s", float64(i)*step, float64(i+1)*step, u.Word), Colour(fmt.Sprintf("heat-%d", i+1))})
	}
	return keys
}

// counted are the names of an axis that nobody sees.
func counted(n int) []string {
	var list []string
	for i := range n {
		list = append(list, strconv.Itoa(i))
	}
	return list
}

// shortened keeps a name within a tile.
func shortened(name string) string {
	const most = 5
	letters := []rune(name)
	if len(letters) <= most {
		return name
	}
	return string(letters[:most-1]) + "…"
}

// byNumber orders names by the first number in them, 2栋 before 10栋, and those
// of one number or none as texts.
func byNumber(a, b string) int {
	if m, n := firstNumber(a), firstNumber(b); m != n {
		return m - n
	}
	if a < b {
		return -1
	} else if a > b {
		return 1
	}
	return 0
}

func firstNumber(s string) int {
	n, found := 0, false
	for _, r := range s {
		if r < '0' || r > '9' {
			if found {
				break
			}
			continue
		}
		n, found = min(n*10+int(r-'0'), 1<<20), true
	}
	if !found {
		return 1 << 21
	}
	return n
}
