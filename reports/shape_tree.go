package reports

import (
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// A Tree is how a whole is divided, level by level: branch, groups, and how
// many are in each.
type Tree struct {
	Levels []string // the columns, from the trunk on: branch, party_group
	Titles []string // what people call them
	Of     Measure
	// Mark sets off the one of this name: 未编组.
	Mark string
	// Once is Of for the total row, as another metric counts it.
	Once Measure
}

func (t Tree) measures() []Measure { return []Measure{t.Of, t.Once} }

func (t Tree) says() string { return Together(append(slices.Clone(t.Titles), "人数")) + "三级" }

// A node is one box of a tree as ECharts reads it.
type node struct {
	Name      string          `json:"name"`
	Children  []*node         `json:"children,omitempty"`
	Tip       string          `json:"tip"`
	Label     *opts.Label     `json:"label,omitempty"`
	ItemStyle *opts.ItemStyle `json:"itemStyle,omitempty"`

	sum   Value
	level int
}

func (t Tree) draw(d *Data) Drawing {
	table := d.Rows(t.Of.Metric, d.Period)
	drawing := Drawing{Stretch: true, Numbers: Numbers{Caption: t.says()}}
	for _, title := range t.Titles {
		drawing.Numbers.Head = append(drawing.Numbers.Head, Heading{Text: title})
	}
	drawing.Numbers.head(t.Of)
	root := &node{Name: d.Name(), sum: Value{Unit: t.Of.Unit}}
	leaves := 0
	for i := range table.Rows {
		v, ok := t.Of.Of(rowOf(table, i)), false
		row, at := []string(nil), root
		for level, column := range t.Levels {
			name, _ := table.Value(i, column).(string)
			row = append(row, name)
			child := slices.IndexFunc(at.Children, func(n *node) bool { return n.Name == name })
			if ok = child < 0; ok {
				at.Children = append(at.Children, &node{Name: name, level: level + 1, sum: Value{Unit: t.Of.Unit}})
				child = len(at.Children) - 1
			}
			at.sum.Number, at.sum.Known = at.sum.Number.Add(v.Number), at.sum.Known || v.Known
			at = at.Children[child]
		}
		at.sum.Number, at.sum.Known = at.sum.Number.Add(v.Number), at.sum.Known || v.Known
		if ok {
			leaves++
		}
		drawing.Numbers.Rows = append(drawing.Numbers.Rows, append(row, v.Figure()))
	}
	if !root.sum.Known {
		drawing.Empty = noData
		return drawing
	}
	total := d.Now(t.Once)
	drawing.Numbers.Total = append([]string{"全社区（一人只算一次）"}, slices.Repeat([]string{""}, len(t.Levels)-1)...)
	drawing.Numbers.Total = append(drawing.Numbers.Total, total.Figure())
	drawing.Height = max(leaves*44+32, 120)
	// One branch is its own trunk.
	trunk := root
	if len(root.Children) == 1 {
		trunk = root.Children[0]
	}
	t.dress(trunk, trunk.level)
	tree := charts.NewTree()
	tree.SetGlobalOptions(base("item", opts.Grid{})...)
	tree.AddSeries(t.Of.Name, nil, charts.WithTreeOpts(opts.TreeChart{
		Orient: "LR", ExpandAndCollapse: opts.Bool(false), InitialTreeDepth: -1,
		Left: px(pixels(shortOf(trunk.Name)) + 16), Right: "72", Top: "16", Bottom: "24",
	}), func(s *charts.SingleSeries) {
		s.Data = []*node{trunk}
		s.Symbol, s.SymbolSize = "circle", 8
		s.ItemStyle = &opts.ItemStyle{Color: t.Of.Colour.fill()}
		s.LineStyle = &opts.LineStyle{Color: "var(--quiet)", Width: 1}
	})
	drawing.Charts = []Chart{{Option: tree.JSON(), Heads: []string{""}, Tips: [][]string{{""}}}}
	return drawing
}

// dress sets a node's label: names left of their boxes, and behind the leaves
// how many they hold.
func (t Tree) dress(n *node, from int) {
	n.Tip = text(spaced(n.Name + "\n" + t.Of.Name + " " + n.sum.String()))
	colour := "var(--ink)"
	if t.Mark != "" && n.Name == t.Mark {
		colour = Attention.fill()
		n.ItemStyle = &opts.ItemStyle{Color: colour}
	}
	name := shortOf(n.Name)
	if n.level == from {
		n.Label = label(name+"\n"+n.sum.String(), "left", colour, true)
	} else {
		n.Label = label(name, "bottom", colour, false)
	}
	if len(n.Children) == 0 {
		leaf := &node{Name: "", Tip: n.Tip, Label: label(n.sum.String(), "right", colour, true), ItemStyle: n.ItemStyle, sum: n.sum, level: n.level + 1}
		n.Children = []*node{leaf}
		return
	}
	for _, child := range n.Children {
		t.dress(child, from)
	}
}

func shortOf(name string) string {
	const most = 10
	if letters := []rune(name); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return name
}
