package reports

import (
	"slices"
	"testing"

	"github.com/go-echarts/go-echarts/v2/charts"
)

// drawnAs is a shape that gives a drawing as it is.
type drawnAs struct {
	Drawing
	of Measure
}

func (s drawnAs) measures() []Measure { return []Measure{s.of} }
func (s drawnAs) says() string        { return "试" }
func (s drawnAs) draw(*Data) Drawing  { return s.Drawing }

// A chart is blank if it has no mark though its figure is known; with nothing
// to draw it is not.
func TestBlank(t *testing.T) {
	line := func(points ...point) Drawing {
		l := charts.NewLine()
		l.AddSeries("居民", nil, data(points))
		return Drawing{Charts: []Chart{{Option: l.JSON()}}}
	}
	one, none := line(point{}, point{Value: 1}), line(point{}, point{})
	for _, c := range []struct {
		name    string
		drawing Drawing
		unknown bool
		want    []string
	}{
		{"a mark", one, false, nil},
		{"no mark", none, false, []string{"2025年第四季度人口：居民"}},
		{"no mark of several charts", Drawing{Charts: append(none.Charts, none.Charts...)}, false, []string{"2025年第四季度人口：居民"}},
		{"a mark in one of several charts", Drawing{Charts: append(none.Charts, one.Charts...)}, false, nil},
		{"words in place of the chart", Drawing{Empty: noData}, false, []string{"2025年第四季度人口：居民"}},
		{"words that say what there is", Drawing{Empty: "没有人"}, false, nil},
		{"words, and nothing to draw", Drawing{Empty: noData}, true, nil},
		{"data of a form of its own", Drawing{Charts: []Chart{{Option: map[string]any{"series": []map[string]any{{"data": []int{1}}}}}}}, false, nil},
		{"no chart at all", Drawing{}, false, []string{"2025年第四季度人口：居民"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			board, fig, catalog, scope := small(t)
			of := board.Figures[0].Measure
			if c.unknown {
				of.Column = "nothing of the kind"
			}
			board.Sections[0].Panels[0].Shape = drawnAs{c.drawing, of}
			page, err := board.Page(t.Context(), fig, catalog, scope)
			if err != nil {
				t.Fatal(err)
			}
			blank := page.Blank[:min(1, len(page.Blank))] // the others are of former quarters
			if !slices.Equal(blank, c.want) {
				t.Errorf("blank are %q, want %q", page.Blank, c.want)
			}
		})
	}
}
