// Package reports turns figures into finished files: pages that a committee
// reads on a screen or on paper, and workbooks that an office files.
//
// A page is declared, not programmed. A Dashboard is a literal of key figures
// and sections; a section holds panels; a panel names its form of chart, the
// measures drawn in it, and a small func that says the finding in words. So a
// chart is one literal on the shelf dashboards. Making a page has three steps:
//
//  1. fetch: every table that the declaration needs is asked for, so that
//     nothing after it can fail for want of data (data.go);
//  2. draw: shapes turn tables into ECharts options, tooltips and tables of
//     numbers (drawing.go and the shape files);
//  3. bind: one HTML file that needs no network, with a
//     Content-Security-Policy of the hashes of its own scripts (html.go).
//
// A page depends on the tables, the declaration and the scope and on nothing
// else: no clock, no random names, no order of maps.
package reports

import (
	"context"
	"errors"

	"xingce/ingest/period"
	"xingce/queries"
)

// A Scope is what a page is about.
type Scope struct {
	Town        string
	Communities []string // of the town, in the order in which it lists them
	Community   string   // "" where the page is about the whole town
	Period      period.Period
	Version     string // of the program, for the footer
}

// Name is whom the page is about.
func (s Scope) Name() string {
	if s.Community != "" {
		return s.Community
	}
	return s.Town
}

// Figures answers metrics, for all communities at once; *queries.Session does.
type Figures interface {
	Table(ctx context.Context, metric string, p period.Period) (queries.Table, error)
}

// ErrNoData says that no community of the town has sent a sheet for the
// quarter: there is nothing to publish, and no empty page is made.
var ErrNoData = errors.New("没有收到任何社区的表格，没有可以发布的内容")

// A Page is a finished file.
type Page struct {
	Path string // with slashes, below published/: 2025Q4/象山社区/dashboard.html
	Body []byte
	// What is looked at before it is published: figures that other files show
	// too, and charts that are empty though there is something to draw.
	Claims []Claim
	Blank  []string
}

// A Dashboard is a page of figures and charts as it is declared.
type Dashboard struct {
	Name     string // dashboard: the file's name without .html
	Title    string // 季度看板
	Headline func(*Data) []string
	Figures  []Figure // six at most
	Checks   []Check
	Sections []Section
	// Given are metrics that no SQL answers: Tables.Give brings their tables.
	// What is not brought is shown as empty.
	Given []*queries.Metric
}

// A Figure is one of the key figures. Says is a small line below it; without
// it a share gives its part and whole there.
type Figure struct {
	Measure
	Says func(*Data) string
}

// A Section is a chapter of a dashboard.
type Section struct {
	ID, Title string
	Says      func(*Data) string
	Panels    []Panel
	// Lines are figures set in a small table with both comparisons.
	Lines []Line
	// Tables, where there are any, open the section.
	Tables func(*Data) []Numbers
	// Needs are metrics that only words or tables speak of, asked for with the
	// others.
	Needs []string
}

// A Line is one figure of a section's small table. None is said where it is
// unknown; "" for 本期无数据.
type Line struct {
	Measure
	None string
}

// A Panel is one chart with its finding and its numbers.
type Panel struct {
	ID    string // unique on the page
	Title string // the plain name, and the title where Says finds nothing
	Says  func(*Data) string
	Shape Shape
	Wide  bool // the full width instead of half
}

// A Check looks through the figures for what a person has to decide.
type Check struct {
	Metric string
	Find   func(*Data) []Decision
}

// A Decision is one thing that wants a person, in words.
type Decision struct {
	Says string // what is odd
	Mend string // what to do about it
}
