package sheet

import (
	"context"
	"io"
	"iter"
	"strings"
	"sync"
)

// A workbook is an open .xlsx file: what its sheets share.
type workbook struct {
	pack     *pack
	lim      Limits
	date1904 bool
	stylesAt string // the part's name, "" if there is none
	textsAt  string

	mu     sync.Mutex
	texts  []string // shared strings, nil until a sheet needs them
	loaded bool
	styles []format // by cell style
}

// openZip opens a zip file that holds a workbook, or says what it is instead.
func openZip(r io.ReaderAt, size int64, lim Limits) (*Book, error) {
	ctx := context.Background() // a handful of small parts; their size is bounded
	p, err := openPack(r, size, lim)
	if err != nil {
		return nil, err
	}
	if !p.has("[Content_Types].xml") {
		return nil, otherZip(p)
	}
	types, err := p.contentTypes(ctx)
	if err != nil {
		return nil, err
	}
	main, err := p.mainPart(ctx)
	if err != nil {
		return nil, err
	}
	if err := judge(p, types, main); err != nil {
		return nil, err
	}
	w := &workbook{pack: p, lim: lim}
	return w.open(ctx, main)
}

// otherZip refuses a zip file that is no Office document.
func otherZip(p *pack) error {
	switch {
	case p.has("mimetype") && p.has("META-INF/manifest.xml"), p.has("content.xml") && p.has("styles.xml"):
		return refuse("ods")
	case p.has("Index/Document.iwa"), p.has("Index.zip"):
		return refuse("numbers")
	case p.has("xl/workbook.xml"), p.has("xl/workbook.bin"):
		return refuse("part-missing").in("[Content_Types].xml")
	}
	return refuse("archive")
}

// mainPart finds the part that the package is about.
func (p *pack) mainPart(ctx context.Context) (string, error) {
	top, err := p.relations(ctx, "")
	if err != nil {
		return "", err
	}
	name := ""
	for _, r := range top {
		if r.kind == "officeDocument" {
			if name != "" && name != r.target {
				return "", refuse("xml-structure").in("_rels/.rels")
			}
			name = r.target
		}
	}
	if name == "" || !p.has(name) {
		return "", refuse("part-missing").in("_rels/.rels")
	}
	return name, nil
}

// judge refuses documents that are no plain workbook.
func judge(p *pack, types contentTypes, main string) error {
	kind := types.of(main)
	has := func(s string) bool { return strings.Contains(kind, s) }
	switch {
	case has("sheet.binary"):
		return refuse("xlsb")
	case has("macroenabled"):
		return refuse("macros")
	case has("wordprocessingml"), has("ms-word"):
		return refuse("word")
	case has("presentationml"), has("ms-powerpoint"):
		return refuse("slides")
	case !has("spreadsheetml.sheet.main+xml") && !has("spreadsheetml.template.main+xml"):
		return refuse("not-workbook").in(main)
	}
	for part := range p.parts {
		if strings.HasSuffix(part, "vbaproject.bin") || strings.HasSuffix(types.of(part), "vbaproject") {
			return refuse("macros").in(part)
		}
	}
	return nil
}

// open reads the workbook part and lists the sheets. Chart sheets, dialog
// sheets and macro sheets have no rows and are left out.
func (w *workbook) open(ctx context.Context, main string) (*Book, error) {
	rels, err := w.pack.relations(ctx, main)
	if err != nil {
		return nil, err
	}
	if w.stylesAt, err = w.only(rels, "styles"); err != nil {
		return nil, err
	}
	if w.textsAt, err = w.only(rels, "sharedStrings"); err != nil {
		return nil, err
	}
	book := &Book{Format: "xlsx"}
	err = w.pack.scan(ctx, main, func(x *scanner) error {
		if err := root(x, nsMain, "workbook"); err != nil {
			return err
		}
		return children(x, func() error {
			switch {
			case x.is(nsMain, "workbookPr"):
				w.date1904 = truth(x.attr("date1904"))
			case x.is(nsMain, "sheets"):
				return children(x, func() error { return w.sheet(x, rels, book) })
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	if len(book.Sheets) == 0 {
		return nil, refuse("no-sheets")
	}
	for _, s := range book.Sheets {
		s.Date1904 = w.date1904
	}
	if w.styles, err = w.readStyles(ctx); err != nil {
		return nil, err
	}
	return book, nil
}

// only finds the one part of a kind, "" if the workbook has none.
func (w *workbook) only(rels map[string]relation, kind string) (string, error) {
	name := ""
	for _, r := range rels {
		if r.kind != kind {
			continue
		}
		if !w.pack.has(r.target) {
			return "", refuse("part-missing").in(r.target)
		}
		if name != "" && name != r.target {
			return "", refuse("xml-structure").in(r.target)
		}
		name = r.target
	}
	return name, nil
}

func (w *workbook) sheet(x *scanner, rels map[string]relation, book *Book) error {
	if !x.is(nsMain, "sheet") {
		return nil
	}
	rel, ok := rels[string(x.attrIn(nsRel, "id"))]
	if !ok {
		return refuse("part-missing").in(x.part)
	}
	if rel.kind != "worksheet" {
		return nil
	}
	if !w.pack.has(rel.target) {
		return refuse("part-missing").in(rel.target)
	}
	s := &Sheet{Name: string(unescape(x.attr("name")))}
	switch string(x.attr("state")) {
	case "hidden":
		s.Visibility = Hidden
	case "veryHidden":
		s.Visibility = VeryHidden
	}
	s.rows = func(ctx context.Context) iter.Seq2[Row, error] { return w.rows(ctx, rel.target) }
	s.merges = func(ctx context.Context) ([]Range, error) { return w.merges(ctx, rel.target) }
	s.hidden = func(ctx context.Context) ([]Span, error) { return w.hidden(ctx, rel.target) }
	book.Sheets = append(book.Sheets, s)
	return nil
}

// sharedStrings reads the shared strings when the first sheet needs them.
func (w *workbook) sharedStrings(ctx context.Context) ([]string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.loaded {
		texts, err := w.readStrings(ctx)
		if err != nil {
			return nil, err
		}
		w.texts, w.loaded = texts, true
	}
	return w.texts, nil
}

func truth(b []byte) bool { return string(b) == "1" || string(b) == "true" || string(b) == "on" }
