package reports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/shopspring/decimal"

	"xingce/ingest/period"
)

// A Claim is a figure that a file shows and that the measures count as well,
// for other files to show. Before a publication the two are held against each
// other: a workbook of people and a page of figures must not differ.
type Claim struct {
	Of        Measure
	Community string
	Period    period.Period
	Says      decimal.Decimal
}

// Counted is the figure as the measure has it; unknown is a count of none.
func (c Claim) Counted(ctx context.Context, fig Figures) (decimal.Decimal, error) {
	t, err := fig.Table(ctx, c.Of.Metric, c.Period)
	if err != nil {
		return decimal.Decimal{}, err
	}
	return c.Of.Of(t.Where("community", c.Community)).Number, nil
}

// blank lists the panels that draw nothing though there is a figure to draw:
// not those of a register that nobody sent, of none, or of counts too small to
// be told.
func (v pageView) blank(d *Data) []string {
	var list []string
	for _, q := range v.Quarters {
		then := d.in(q.Period)
		told := func(m Measure) bool {
			v := m.Of(then.Rows(m.Metric, q.Period))
			return v.Known && !v.Number.IsZero()
		}
		for _, s := range q.Sections {
			for _, p := range s.Panels {
				if !p.drawn() && slices.ContainsFunc(p.Shape.measures(), told) {
					list = append(list, q.Period.Title()+s.Title+"："+p.Panel.Title)
				}
			}
		}
	}
	return list
}

// drawn reports whether a chart has a mark, or says what there is instead.
func (d Drawing) drawn() bool {
	if d.Empty != "" {
		return d.Empty != noData
	}
	for _, c := range d.Charts {
		series, ours := c.Option["series"].(charts.MultiSeries)
		if !ours && c.Option["series"] != nil {
			return true
		}
		for _, s := range series {
			points, ours := s.Data.([]point)
			if !ours && s.Data != nil {
				return true
			}
			for _, p := range points {
				if p.Value != nil {
					return true
				}
			}
		}
	}
	return false
}

// Assets identifies what the program puts into pages besides the figures: its
// templates, styles, scripts and the drawing program, where that is there.
func Assets() string {
	sum := sha256.New()
	for _, shelf := range []fs.FS{templates, static} {
		err := fs.WalkDir(shelf, ".", func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			body, err := fs.ReadFile(shelf, path)
			fmt.Fprintf(sum, "%s %d\n%s", path, len(body), body)
			return err
		})
		if err != nil {
			panic(err) // they are part of the program
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}
