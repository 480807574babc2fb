package reports

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"

	"xingce/ingest/kinds"
	"xingce/queries"
)

//go:embed templates/dashboard.html
var templates embed.FS

// The pattern matches vendor.txt always and the folder vendor where it has
// been fetched, so that a bare clone compiles.
//
//go:embed static/page.css static/page.js static/vendor*
var static embed.FS

var dashboardPage = template.Must(template.New("dashboard.html").Funcs(template.FuncMap{"spaced": spaced}).
	ParseFS(templates, "templates/dashboard.html"))

// townFolder holds the pages about the whole town.
const townFolder = "town"

// Page makes the file of a dashboard for a scope.
func (b Dashboard) Page(ctx context.Context, fig Figures, catalog *queries.Catalog, scope Scope) (Page, error) {
	library, _ := static.ReadFile("static/vendor/echarts.min.js")
	return b.page(ctx, fig, catalog, scope, string(library))
}

func (b Dashboard) page(ctx context.Context, fig Figures, catalog *queries.Catalog, scope Scope, library string) (Page, error) {
	folder := scope.Community
	if folder == townFolder || strings.ContainsAny(folder, `/\`) || folder != "" && !fs.ValidPath(folder) {
		return Page{}, fmt.Errorf("community %q cannot be the name of a folder", folder)
	}
	if folder == "" {
		folder = townFolder
	}
	file := Page{Path: path.Join(scope.Period.String(), folder, b.Name+".html")}
	d, err := b.fetch(ctx, fig, catalog, scope)
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", file.Path, err)
	}
	view, err := b.view(d, library)
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", file.Path, err)
	}
	var out bytes.Buffer
	if err := dashboardPage.Execute(&out, view); err != nil {
		return Page{}, fmt.Errorf("%s: %w", file.Path, err)
	}
	file.Body = out.Bytes()
	return file, nil
}

// The views are what the template sees.
type (
	pageView struct {
		Scope
		Title    string
		Policy   string
		Styles   []template.CSS
		Scripts  []template.JS
		Drawable bool // the drawing program is there
		Headline []string
		Figures  []figureView
		Decide   []Decision
		Sections []sectionView
		Sources  Numbers
		Senders  *Numbers // the same summed by community, on a town's page
		Metrics  []*queries.Metric
		Data     string // hash of the batches
		SQL      string // hash of the catalog
	}
	figureView struct {
		Measure
		Value
		Quarter, Year Change
		Spark         spark
	}
	sectionView struct {
		Section
		Finding string
		Table   *Numbers
		Panels  []panelView
	}
	panelView struct {
		Panel
		Drawing
		Frame   int // the height kept for the charts
		Finding string
		Drawn   string // what is drawn, in what unit, on which basis
		Metrics []*queries.Metric
	}
)

// JSON is a chart's data as the page's script reads it.
func (c Chart) JSON() map[string]any {
	return map[string]any{"option": c.Option, "heads": c.Heads, "tips": c.Tips}
}

func (b Dashboard) view(d *Data, library string) (pageView, error) {
	v := pageView{
		Scope: d.Scope, Title: b.Title, SQL: d.catalog.Hash(), Data: d.batches(), Drawable: library != "",
		Sources: d.sources(),
	}
	if d.Community == "" {
		v.Senders = d.senders()
	}
	if b.Headline != nil {
		v.Headline = b.Headline(d)
	}
	for _, m := range b.Figures {
		v.Figures = append(v.Figures, figureView{
			Measure: m, Value: d.Now(m), Quarter: d.Change(m), Year: d.YearChange(m),
			Spark: sparkline(d.over(m, d.Period.Back(quarters))),
		})
	}
	for _, c := range b.Checks {
		v.Decide = append(v.Decide, c.Find(d)...)
	}
	for _, s := range b.Sections {
		v.Sections = append(v.Sections, s.view(d))
	}
	for _, name := range b.metrics() {
		v.Metrics = append(v.Metrics, d.catalog.Metric(name))
	}

	css, err := static.ReadFile("static/page.css")
	if err != nil {
		return v, err
	}
	boot, err := static.ReadFile("static/page.js")
	if err != nil {
		return v, err
	}
	v.Styles = []template.CSS{template.CSS(css), template.CSS(printHead(d.Scope, b.Title))}
	if v.Drawable {
		v.Scripts = []template.JS{template.JS(library), template.JS(boot)}
	}
	for _, s := range v.Scripts {
		if strings.Contains(strings.ToLower(string(s)), "</script") || strings.Contains(string(s), "<!--") {
			return v, fmt.Errorf("a script would end its own element")
		}
	}
	v.Policy = policy(v.Scripts, v.Styles)
	return v, nil
}

func (s Section) view(d *Data) sectionView {
	v := sectionView{Section: s}
	if s.Says != nil {
		v.Finding = s.Says(d)
	}
	if s.Table != nil {
		table := s.Table(d)
		v.Table = &table
	}
	for _, p := range s.Panels {
		v.Panels = append(v.Panels, p.view(d))
	}
	// Two half panels beside each other share their height.
	for i := 0; i+1 < len(v.Panels); i++ {
		if a, b := &v.Panels[i], &v.Panels[i+1]; !a.Wide && !b.Wide {
			a.Frame = max(a.Frame, b.Frame)
			b.Frame = a.Frame
			i++
		}
	}
	return v
}

func (p Panel) view(d *Data) panelView {
	v := panelView{Panel: p, Drawing: p.Shape.draw(d), Finding: p.Title}
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
		metric := d.catalog.Metric(m.Metric)
		if !slices.Contains(v.Metrics, metric) {
			v.Metrics = append(v.Metrics, metric)
		}
		units, bases = appendNew(units, m.Unit.Word), appendNew(bases, metric.Basis)
	}
	v.Drawn = p.Title + "，" + p.Shape.says() + "；单位：" + strings.Join(units, "、") + "；口径：" + strings.Join(bases, "、")
	return v
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// sources lists the sheets that the page's period stands on.
func (d *Data) sources() Numbers {
	n := Numbers{Head: []Heading{{"表格", false}, {"文件", false}, {"工作表", false}, {"校验值", false},
		{"读到（行）", true}, {"收进（行）", true}, {"退回（行）", true}, {"跳过（行）", true}}}
	if d.Community == "" {
		n.Head = append([]Heading{{"社区", false}}, n.Head...)
	}
	t := d.Rows("sources", d.Period)
	for i := range t.Rows {
		word := func(column string) string { s, _ := t.Value(i, column).(string); return s }
		row := []string{kindTitle(word("kind")), word("file"), word("sheet"), word("sha256")[:min(12, len(word("sha256")))]}
		if d.Community == "" {
			row = append([]string{word("community")}, row...)
		}
		for _, column := range []string{"rows_read", "accepted", "rejected", "skipped"} {
			count, _ := queries.Number(t.Value(i, column))
			row = append(row, marked(count.String(), 0))
		}
		n.Rows = append(n.Rows, row)
	}
	return n
}

// senders sums the sheets of each community.
func (d *Data) senders() *Numbers {
	n := Numbers{Head: []Heading{{"社区", false}, {"表格（张）", true},
		{"读到（行）", true}, {"收进（行）", true}, {"退回（行）", true}, {"跳过（行）", true}}}
	t := d.Town("sources", d.Period)
	line := func(name string, t queries.Table) []string {
		row := []string{name, marked(fmt.Sprint(len(t.Rows)), 0)}
		for _, column := range []string{"rows_read", "accepted", "rejected", "skipped"} {
			row = append(row, marked(Measure{Column: column}.Of(t).Number.String(), 0))
		}
		return row
	}
	for _, name := range d.Communities {
		n.Rows = append(n.Rows, line(name, t.Where("community", name)))
	}
	n.Total = line("合计", t)
	return &n
}

func kindTitle(name string) string {
	if k := kinds.Find(name); k != nil {
		return k.Title
	}
	return name
}

// batches identifies all sheets, of all communities and quarters, that any
// figure of the page may depend on.
func (d *Data) batches() string {
	sum := sha256.New()
	for _, p := range d.Period.Back(reach) {
		t := d.Town("sources", p)
		for _, row := range t.Rows {
			for i, c := range t.Columns {
				fmt.Fprintf(sum, "%q ", c.String(row[i]))
			}
			fmt.Fprintln(sum, p)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}

// policy lets a page run its own scripts and styles and nothing else. ECharts
// writes style attributes, which can load nothing under it.
func policy(scripts []template.JS, styles []template.CSS) string {
	own := func(kind string, text string) string {
		sum := sha256.Sum256([]byte(text))
		return fmt.Sprintf(" '%s-%s'", kind, base64.StdEncoding.EncodeToString(sum[:]))
	}
	script, style := "script-src", "style-src"
	for _, s := range scripts {
		script += own("sha256", string(s))
	}
	for _, s := range styles {
		style += own("sha256", string(s))
	}
	if len(scripts) == 0 {
		script += " 'none'"
	}
	return "default-src 'none'; " + script + "; " + style +
		"; style-src-attr 'unsafe-inline'; img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'"
}

// printHead is the head line of each sheet of paper.
func printHead(s Scope, title string) string {
	return "@page { @top-left { content: " + cssString(s.Name()+"  "+s.Period.Title()+title) + " } }\n"
}

// cssString quotes a text for a style sheet: all but letters of other scripts
// and digits as escapes.
func cssString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r > 0x2000 || r == ' ' || '0' <= r && r <= '9' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "\\%06x", r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// A spark is a sparkline ready to draw, in a box of 120 by 32. Values counted
// over other communities than the last one are left out.
type spark struct {
	Lines  []string    // runs of known values
	Dots   [][2]string // those that stand alone
	X, Y   string      // the last value
	Says   string
	Enough bool
}

func sparkline(values []Value) spark {
	var s spark
	last := values[len(values)-1]
	scale := span(false, values)
	var run []string
	known := 0
	end := func() {
		if len(run) == 1 {
			x, y, _ := strings.Cut(run[0], ",")
			s.Dots = append(s.Dots, [2]string{x, y})
		} else if run != nil {
			s.Lines = append(s.Lines, strings.Join(run, " "))
		}
		run = nil
	}
	var said []string
	for i, v := range values {
		said = append(said, v.String())
		if !v.Known || v.from != last.from {
			end()
			continue
		}
		known++
		x := 4 + float64(i)*112/float64(len(values)-1)
		y := 28 - (v.drawn().InexactFloat64()-scale.min)/(scale.max-scale.min)*24
		at := fmt.Sprintf("%.1f,%.1f", x, y)
		run = append(run, at)
		s.X, s.Y, _ = strings.Cut(at, ",")
	}
	end()
	if !last.Known {
		s.X = ""
	}
	s.Enough = known > 1
	s.Says = "近八个季度：" + strings.Join(said, "，")
	return s
}
