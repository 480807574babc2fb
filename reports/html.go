package reports

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"

	"xingce/ingest/period"
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

// folder is where the pages of a scope go, below their period's.
func (s Scope) folder() (string, error) {
	name := s.Community
	switch {
	case s.Period.IsZero() || s.Period.Grain() != period.Quarterly:
		return "", fmt.Errorf("a dashboard is about a quarter, not %q", s.Period)
	case name == "":
		return townFolder, nil
	case !slices.Contains(s.Communities, name):
		return "", fmt.Errorf("community %q is not one of %s", name, s.Town)
	case name == townFolder || strings.ContainsAny(name, `/\`) || !fs.ValidPath(name):
		return "", fmt.Errorf("community %q cannot be the name of a folder", name)
	}
	return name, nil
}

// Page makes the file of a dashboard for a scope.
func (b Dashboard) Page(ctx context.Context, fig Figures, catalog *queries.Catalog, scope Scope) (Page, error) {
	library, _ := static.ReadFile("static/vendor/echarts.min.js")
	return b.page(ctx, fig, catalog, scope, string(library))
}

func (b Dashboard) page(ctx context.Context, fig Figures, catalog *queries.Catalog, scope Scope, library string) (Page, error) {
	folder, err := scope.folder()
	if err != nil {
		return Page{}, err
	}
	file := Page{Path: path.Join(scope.Period.String(), folder, b.Name+".html")}
	d, err := b.fetch(ctx, fig, catalog, scope)
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", file.Path, err)
	}
	if len(d.Town("sources", scope.Period).Rows) == 0 {
		return Page{}, fmt.Errorf("%s%w", scope.Period.Title(), ErrNoData)
	}
	view, err := b.view(d, library)
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", file.Path, err)
	}
	var out bytes.Buffer
	if err := dashboardPage.Execute(&out, view); err != nil {
		return Page{}, fmt.Errorf("%s: %w", file.Path, err)
	}
	file.Body, file.Blank = out.Bytes(), view.blank(d)
	return file, nil
}

// The views are what the template sees.
type (
	pageView struct {
		Scope
		Title    string
		Policy   string
		Style    template.CSS
		Scripts  []template.JS
		Drawable bool // the drawing program is there
		Quarters []quarterView
		Metrics  []*queries.Metric
		Data     string // hash of the batches
		SQL      string // hash of the catalog
	}
	// A quarterView is all that the page tells of one quarter. The first is the
	// page's own; the reader may turn to the others.
	quarterView struct {
		Period   period.Period
		Word     string       // 本季, 上季, 上年同期
		Head     template.CSS // the head line of its sheets of paper
		Prefix   string       // of its elements' ids; "" for the page's own quarter
		Headline []string
		Figures  []figureView
		Decide   []Decision
		Sections []sectionView
		Sheets   int // of whom the page is about
		Sources  Numbers
		Senders  *Numbers // the same summed by community, on a town's page
	}
	figureView struct {
		Measure
		Value
		Quarter, Year   Change
		Whole, Fraction string // the figure, set in two sizes but for shares
		Small           string // the line below it
		Spark           spark
	}
)

// JSON is a chart's data as the page's script reads it.
func (c Chart) JSON() map[string]any {
	return map[string]any{"option": c.Option, "heads": c.Heads, "tips": c.Tips}
}

func (b Dashboard) view(d *Data, library string) (pageView, error) {
	v := pageView{Scope: d.Scope, Title: b.Title, SQL: d.catalog.Hash(), Data: d.batches(), Drawable: library != ""}
	for _, p := range d.held {
		v.Quarters = append(v.Quarters, b.quarter(d.in(p)))
	}
	names, _, _ := b.metrics()
	for _, name := range names {
		v.Metrics = append(v.Metrics, d.metric(name))
	}
	for _, m := range d.own() {
		if !slices.Contains(v.Metrics, m) {
			v.Metrics = append(v.Metrics, m)
		}
	}

	css, err := static.ReadFile("static/page.css")
	if err != nil {
		return v, err
	}
	boot, err := static.ReadFile("static/page.js")
	if err != nil {
		return v, err
	}
	v.Style = template.CSS(css)
	if v.Drawable {
		v.Scripts = []template.JS{template.JS(library), template.JS(boot)}
	}
	for _, s := range v.Scripts {
		if strings.Contains(strings.ToLower(string(s)), "</script") || strings.Contains(string(s), "<!--") {
			return v, fmt.Errorf("a script would end its own element")
		}
	}
	styles := []template.CSS{v.Style}
	for _, q := range v.Quarters {
		styles = append(styles, q.Head)
	}
	v.Policy = policy(v.Scripts, styles)
	return v, nil
}

// quarter is all of the dashboard for the data's period.
func (b Dashboard) quarter(d *Data) quarterView {
	v := quarterView{Period: d.Period, Word: "本季", Head: template.CSS(printHead(d.Scope, b.Title)), Sheets: len(d.Rows("sources", d.Period).Rows), Sources: d.sources()}
	if own := d.held[0]; d.Period != own {
		v.Prefix, v.Word = d.Period.String()+"-", "上年同期"
		if d.Period == own.Prev() {
			v.Word = "上季"
		}
	}
	if d.Community == "" {
		v.Senders = d.senders()
	}
	if b.Headline != nil {
		v.Headline = b.Headline(d)
	}
	for _, key := range b.Figures {
		v.Figures = append(v.Figures, key.view(d))
	}
	for _, c := range b.Checks {
		v.Decide = append(v.Decide, c.Find(d)...)
	}
	for _, s := range b.Sections {
		v.Sections = append(v.Sections, s.view(d, v.Prefix))
	}
	if own := d.own(); own != nil {
		v.Sections = append(v.Sections, d.ownSection(own).view(d, v.Prefix))
	}
	return v
}

func (key Figure) view(d *Data) figureView {
	m := key.Measure
	f := figureView{
		Measure: m, Value: d.Now(m), Quarter: d.Change(m), Year: d.YearChange(m),
		Spark: sparkline(d.over(m, d.Period.Back(quarters))),
	}
	f.Whole = f.Value.Figure()
	if whole, fraction, cut := strings.Cut(f.Whole, "."); cut && m.Unit != Share {
		f.Whole, f.Fraction = whole, "."+fraction
	}
	switch {
	case key.Says != nil:
		f.Small = key.Says(d)
	case f.Value.Ratio() != "":
		f.Small = m.PartName + " " + f.Value.Ratio() + " " + m.PartUnit.Word
	}
	return f
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
