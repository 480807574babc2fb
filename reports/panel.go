package reports

import (
	"slices"
	"strings"

	"xingce/queries"
)

// emptyHeight is kept for the words that stand in place of a chart.
const emptyHeight = 96

type (
	sectionView struct {
		Section
		Finding string
		Tables  []Numbers
		Panels  []panelView
	}
	panelView struct {
		Panel
		Drawing
		Frame   int // the height kept for the charts
		Finding string
		Drawn   string // what is drawn, in what unit, on which basis
		Metrics []*queries.Metric
		Sources []string // the sheets that the numbers were counted from
	}
)

func (s Section) view(d *Data, prefix string) sectionView {
	v := sectionView{Section: s}
	v.ID = prefix + s.ID
	if s.Says != nil {
		v.Finding = s.Says(d)
	}
	if s.Tables != nil {
		v.Tables = s.Tables(d)
	}
	if s.Lines != nil {
		v.Tables = append(v.Tables, d.linesTable(s.Lines))
	}
	for _, p := range s.Panels {
		p.ID = prefix + p.ID
		v.Panels = append(v.Panels, p.view(d))
	}
	// Two half panels beside each other share their height.
	for i := 0; i+1 < len(v.Panels); i++ {
		if a, b := &v.Panels[i], &v.Panels[i+1]; !a.Wide && !b.Wide {
			a.fill(max(a.Frame, b.Frame))
			b.fill(a.Frame)
			i++
		}
	}
	return v
}

// fill makes a panel as high as the one beside it, and its chart too where the
// form allows it.
func (v *panelView) fill(height int) {
	v.Frame = height
	if v.Stretch && v.Empty == "" && len(v.Charts) == 1 {
		v.Height = height
	}
}

// linesTable sets figures beside the quarter before and a year ago.
func (d *Data) linesTable(lines []Line) Numbers {
	n := Numbers{Narrow: true, Head: []Heading{{"指标", false}, {"本季", true}, {"部分 / 整体", false}, {"比上季", false}, {"比上年同期", false}}}
	for _, line := range lines {
		m := line.Measure
		now := d.Now(m)
		row := []string{m.Name, spaced(now.String()), "", spaced(d.Change(m).String()), spaced(d.YearChange(m).String())}
		if now.Ratio() != "" {
			row[2] = m.PartName + " " + marked(now.Part.String(), 0) + " / " + m.WholeName + " " + marked(now.Whole.String(), 0)
		}
		if !now.Known {
			row[1] = noData
			if line.None != "" {
				row[1] = line.None
			}
		}
		n.Rows = append(n.Rows, row)
	}
	return n
}

func (p Panel) view(d *Data) panelView {
	v := panelView{Panel: p, Drawing: p.Shape.draw(d), Finding: p.Title}
	if v.Empty != "" {
		v.Height = emptyHeight
	}
	if len(v.Charts) < 2 {
		v.Frame = v.Height
	}
	if p.Says != nil && v.Empty == "" {
		if said := p.Says(d); said != "" {
			v.Finding = said
		}
	}
	var units, bases []string
	for _, m := range p.Shape.measures() {
		metric := d.metric(m.Metric)
		if !slices.Contains(v.Metrics, metric) {
			v.Metrics = append(v.Metrics, metric)
		}
		units, bases = appendNew(units, m.Unit.Word), appendNew(bases, metric.Basis)
	}
	v.Drawn = p.Title + "，" + p.Shape.says() + "；单位：" + strings.Join(units, "、") + "；口径：" + strings.Join(bases, "、")
	v.Sources = d.countedFrom(v.Metrics)
	return v
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
