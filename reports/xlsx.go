package reports

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// A Book is a workbook as an office files it: each sheet is a form with a
// title, tables and places to sign, ready to be printed on A4. What is data is
// written as text or number and never as a formula. The first error is kept
// and comes out of Page.
type Book struct {
	file    *excelize.File
	styles  map[look]int
	running string
	forms   []*Form
	err     error
}

// NewBook starts a workbook. The running title stands at the head of each
// printed page; day, which is part of the data and no clock, is the date in
// the file's properties.
func NewBook(title, running string, day time.Time) *Book {
	b := &Book{file: excelize.NewFile(), styles: map[look]int{}, running: running}
	b.check(b.file.SetDefaultFont(song))
	b.check(b.file.SetDocProps(&excelize.DocProperties{
		Title: title, Creator: "星册", LastModifiedBy: "星册", Language: "zh-CN",
		Created: day.Format(time.RFC3339), Modified: day.Format(time.RFC3339),
	}))
	return b
}

func (b *Book) check(err error) {
	if b.err == nil {
		b.err = err
	}
}

// Page finishes the workbook. The same calls give the same bytes.
func (b *Book) Page(path string) (Page, error) {
	for _, s := range b.forms {
		s.finish()
	}
	b.check(b.file.DeleteSheet("Sheet1"))
	b.file.SetActiveSheet(0)
	if b.err != nil {
		return Page{}, fmt.Errorf("%s: %w", path, b.err)
	}
	buffer, err := b.file.WriteToBuffer()
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", path, err)
	}
	body, err := canonical(buffer.Bytes())
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", path, err)
	}
	return Page{Path: path, Body: body}, nil
}

const (
	song   = "宋体"
	hei    = "黑体"
	ink    = "#1f2328"
	second = "#59636e"
)

// A look is what a style is made of; equal looks share one.
type look struct {
	font                string
	size                float64
	bold, border, under bool
	fill, colour        string
	centre, right, wrap bool
	format              string
	open                bool // not locked
}

func (b *Book) style(l look) int {
	if id, ok := b.styles[l]; ok {
		return id
	}
	st := &excelize.Style{
		Font:       &excelize.Font{Family: song, Size: 11, Bold: l.bold, Color: ink},
		Alignment:  &excelize.Alignment{Vertical: "center", WrapText: l.wrap, Horizontal: "left"},
		Protection: &excelize.Protection{Locked: !l.open},
	}
	if l.border && !l.centre && !l.right {
		st.Alignment.Indent = 1
	}
	if l.font != "" {
		st.Font.Family, st.Font.Size = l.font, l.size
	}
	if l.colour != "" {
		st.Font.Color = l.colour
	}
	switch {
	case l.centre:
		st.Alignment.Horizontal = "center"
	case l.right:
		st.Alignment.Horizontal = "right"
	}
	if l.fill != "" {
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		if l.border || l.under && side == "bottom" {
			st.Border = append(st.Border, excelize.Border{Type: side, Color: "#a6a6a6", Style: 1})
		}
	}
	if l.format != "" {
		// The blank sets numbers off from the border. An indent would do, but
		// LibreOffice loses it where the format changes within a row.
		format := l.format + "_ "
		st.CustomNumFmt = &format
	}
	id, err := b.file.NewStyle(st)
	b.check(err)
	b.styles[l] = id
	return id
}

// epoch is the first day that a zip can name.
var epoch = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// canonical packs a workbook again so that its bytes depend on its parts
// alone: one time, one order of parts, and one order of the content types,
// which excelize takes from a map when there is a chart.
func canonical(book []byte) ([]byte, error) {
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range r.File {
		from, err := part.Open()
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(from)
		if err != nil {
			return nil, err
		}
		if part.Name == "[Content_Types].xml" {
			text = sortTypes(text)
		}
		to, err := w.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate, Modified: epoch})
		if err != nil {
			return nil, err
		}
		if _, err := to.Write(text); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

var contentType = regexp.MustCompile(`<(Default|Override) [^>]*?(/>|></(Default|Override)>)`)

// sortTypes puts the entries of [Content_Types].xml in order.
func sortTypes(text []byte) []byte {
	entries := contentType.FindAll(text, -1)
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, bytes.Compare)
	next := 0
	return contentType.ReplaceAllFunc(text, func([]byte) []byte { next++; return sorted[next-1] })
}
