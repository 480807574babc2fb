package reports

import (
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"
)

// rowHeight is the height of one lying bar and of one row of a heat grid, so
// that the two line up beside each other. Forty rows still fit on a sheet.
func rowHeight(rows int) int {
	switch {
	case rows < 8:
		return 40
	case rows < 20:
		return 24
	}
	return 20
}

// Bars are lying bars, one for each name in a column, the largest on top.
// Split by community they go over the whole town and set off the page's own.
type Bars struct {
	By    string // building, team, community …
	Title string // what people call By
	Of    []Measure
	// Most is how many are shown; the rest is drawn as 其他. Shares are never
	// put together.
	Most int
	// AsIs keeps the table's order, where that says something: ages, stars.
	AsIs bool
	// Names gives what stands in By its words.
	Names func(string) string
	// None is said where all are nought; then those that are, are not drawn.
	None string
	// Mark sets off the one of this name: 未编组.
	Mark string
	// Once is Of counted over all names with each person once, for the total
	// row where someone may stand under two names. Without it Of is summed.
	Once []Measure
}

func (b Bars) measures() []Measure { return append(b.Of[:len(b.Of):len(b.Of)], b.Once...) }

func (b Bars) says() string {
	if b.By == "community" {
		return "各社区，由多到少"
	}
	if b.AsIs {
		return "按" + b.Title
	}
	return "按" + b.Title + "，由多到少"
}

// A bar is one name with a value for each measure.
type bar struct {
	key    string // as it stands in the column
	name   string
	values []Value
	sum    Value
	rest   bool // stands for several names
}

// collect gives the bars, the largest first and the unknown last.
func (b Bars) collect(d *Data) []bar {
	var list []bar
	for i, m := range b.Of {
		for j, n := range d.inOrder(m, b.By, d.Period) {
			if i == 0 {
				list = append(list, bar{key: n.Name, name: b.called(n.Name), sum: Value{Unit: m.Unit}})
			}
			list[j].values = append(list[j].values, n.Value)
			list[j].sum.Number = list[j].sum.Number.Add(n.Number)
			list[j].sum.Known = list[j].sum.Known || n.Known
			if n.hidden != "" {
				list[j].sum.hidden = n.hidden
			}
		}
	}
	if b.AsIs {
		return list
	}
	slices.SortStableFunc(list, func(a, b bar) int {
		if a.sum.Known != b.sum.Known {
			return map[bool]int{true: -1, false: 1}[a.sum.Known]
		}
		return b.sum.Number.Cmp(a.sum.Number)
	})
	return list
}

func (b Bars) called(name string) string {
	if b.Names != nil {
		return b.Names(name)
	}
	return name
}

// communitiesShown is how many communities a chart or a list shows at most; of
// more than that a community's page shows those about its own place, and a
// town's the first.
const communitiesShown = 40

func (b Bars) near(d *Data, list []bar) []bar {
	if b.By != "community" || len(list) <= communitiesShown {
		return list
	}
	own := max(0, slices.IndexFunc(list, func(one bar) bool { return one.key == d.Community }))
	from := min(max(0, own-communitiesShown/2), len(list)-communitiesShown)
	return list[from : from+communitiesShown]
}

const others = "其他"

// fold puts together what is beyond the most that are shown, and what the
// data itself calls 其他.
func (b Bars) fold(list []bar) []bar {
	if b.Most == 0 || len(list) <= b.Most {
		return list
	}
	rest := bar{name: others, values: make([]Value, len(b.Of)), sum: Value{Unit: b.Of[0].Unit, Known: true}, rest: true}
	var kept []bar
	for _, one := range list {
		if len(kept) < b.Most-1 && one.name != others {
			kept = append(kept, one)
			continue
		}
		for i, v := range one.values {
			rest.values[i].Unit, rest.values[i].Known = v.Unit, true
			rest.values[i].Number = rest.values[i].Number.Add(v.Number)
		}
		rest.sum.Number = rest.sum.Number.Add(one.sum.Number)
	}
	return append(kept, rest)
}

func (b Bars) draw(d *Data) Drawing {
	list := b.near(d, b.collect(d))
	drawing := Drawing{Numbers: b.numbers(d, list)}
	if !slices.ContainsFunc(list, func(one bar) bool { return one.sum.Known }) {
		drawing.Empty = noData
		return drawing
	}
	if b.None != "" {
		list = slices.DeleteFunc(slices.Clone(list), func(one bar) bool { return one.sum.Number.IsZero() })
		if len(list) == 0 {
			drawing.Empty = b.None
			return drawing
		}
	}
	list = b.fold(list)
	drawing.Height = len(list)*rowHeight(len(list)) + 16

	// Names stand at the left, values at the ends of their bars.
	left, right := 0, 0
	axis := make([]map[string]any, len(list))
	ends := make([]string, len(list))
	greatest, least := decimal.Zero, decimal.Zero
	exact := int32(0)
	for _, one := range list {
		exact = max(exact, one.sum.digits())
	}
	for i, one := range list {
		left = max(left, pixels(one.name))
		axis[i] = map[string]any{"value": one.name}
		if one.name == d.Community || one.name == b.Mark {
			axis[i]["textStyle"] = map[string]any{"fontWeight": 600, "color": "var(--ink)"}
		}
		ends[i] = one.sum.untold()
		if one.sum.Known {
			ends[i] = one.sum.fixed(exact) + one.sum.Unit.Word
			if one.sum.Unit == Share {
				ends[i] = one.values[0].Figure() + "%\u2003" + one.values[0].Ratio()
			}
		}
		right = max(right, pixels(ends[i]))
		greatest, least = decimal.Max(greatest, one.sum.drawn()), decimal.Min(least, one.sum.drawn())
	}
	left = min(left, 132) + 4
	if greatest.IsZero() && least.IsZero() {
		greatest = decimal.New(1, 0)
	}
	if least.IsNegative() { // their labels stand at the left ends
		longest := ""
		for i, one := range list {
			if one.sum.Number.IsNegative() && len(ends[i]) > len(longest) {
				longest = ends[i]
			}
		}
		least = least.Sub(greatest.Sub(least).Mul(room(longest)).Mul(decimal.New(14, -1)))
	}
	bars := charts.NewBar()
	bars.SetGlobalOptions(base("axis", opts.Grid{Left: px(left + 8), Right: px(right + 12), Top: "8", Bottom: "8"})...)
	bars.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Show: opts.Bool(false), Min: jsonNumber(least), Max: jsonNumber(greatest)}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "category", Data: axis, Inverse: opts.Bool(true),
			AxisLine:  &opts.AxisLine{OnZero: opts.Bool(false)},
			AxisLabel: &opts.AxisLabel{Interval: "0", Width: left, Overflow: "truncate"},
		}))
	chart := Chart{}
	for _, one := range list {
		chart.Heads = append(chart.Heads, text(one.name))
	}
	for j, m := range b.Of {
		marks := make([]point, len(list))
		tips := make([]string, len(list))
		before, year := valuesOf(d.Before(m, b.By)), valuesOf(d.YearBefore(m, b.By))
		for i, one := range list {
			v := one.values[j]
			marks[i].Value = number(v)
			if len(b.Of) > 1 {
				if v.Known && v.drawn().GreaterThan(greatest.Mul(room(v.Figure()))) {
					marks[i].Label = label(v.Figure(), "inside", m.Colour.on(), false)
				}
			} else {
				marks[i].ItemStyle = b.face(d, m, one.name)
				position := "right"
				if v.Number.IsNegative() {
					position = "left"
				}
				marks[i].Label = label(ends[i], position, "var(--ink)", one.name == d.Community || one.name == b.Mark)
				if !v.Known {
					marks[i].Value, marks[i].Label = 0, label(v.untold(), "right", "var(--second)", false)
				}
			}
			tips[i] = b.tip(m, one, v, before[one.key], year[one.key])
		}
		bars.AddSeries(m.Name, nil, fills(m.Colour, "16"), data(marks))
		chart.Tips = append(chart.Tips, tips)
		if len(b.Of) > 1 {
			drawing.Keys = append(drawing.Keys, Key{m.Name, m.Colour})
		}
	}
	if len(b.Of) > 1 {
		totals := make([]point, len(list))
		for i := range list {
			totals[i] = point{Value: 0, Label: label(ends[i], "right", "var(--ink)", false)}
		}
		bars.AddSeries("合计", nil, fills(Quiet, "16"), data(totals))
		chart.Tips = append(chart.Tips, make([]string, len(list)))
	}
	chart.Option = bars.JSON()
	drawing.Charts = []Chart{chart}
	return drawing
}

// room is the part of a narrow chart's width, on paper or a telephone, that a
// label needs.
func room(label string) decimal.Decimal {
	return decimal.New(int64(pixels(label)+12), 0).DivRound(decimal.New(180, 0), 4)
}

// face is a single bar's colour: what is meant has the measure's own, the
// others step back.
func (b Bars) face(d *Data, m Measure, name string) *opts.ItemStyle {
	switch {
	case b.Mark != "" && name == b.Mark:
		return &opts.ItemStyle{Color: Attention.fill()}
	case b.By == "community" && d.Community != "" && name != d.Community:
		return &opts.ItemStyle{Color: Quiet.fill()}
	}
	return &opts.ItemStyle{Color: m.Colour.fill()}
}

func (b Bars) tip(m Measure, one bar, v, before, year Value) string {
	if one.rest {
		return text(spaced(m.Name + " " + v.Figure() + v.Unit.Word))
	}
	return tip(m, v, v.Since(before), v.Since(year))
}

// numbers is the table of all bars, folded ones too.
func (b Bars) numbers(d *Data, list []bar) Numbers {
	var names []string
	var rows [][]Value
	for _, one := range list {
		names, rows = append(names, one.name), append(rows, one.values)
	}
	of := b.Of
	if b.Once != nil {
		of = b.Once
	}
	var total []Value
	for _, m := range of {
		if b.By == "community" {
			total = append(total, d.Whole(m))
		} else {
			total = append(total, d.Now(m))
		}
	}
	n := NumbersOf(b.says(), b.Title, names, b.Of, rows, total)
	if b.Once != nil {
		n.Total[0] = "全社区（一人只算一次）"
	}
	return n
}
