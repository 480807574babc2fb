package reports

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// A Book is a workbook as an office files it: each sheet is a form with a
// title, tables and places to sign, ready to be printed on A4. What is data is
// written as text or number; a formula is only what a sheet of the shelf says
// with a Formula. The first error is kept and comes out of Page.
type Book struct {
	file    *excelize.File
	styles  map[look]int
	running string
	forms   []*Form
	reckons bool // there is a formula
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
	rows := map[string]*Form{}
	for id, name := range b.file.GetSheetMap() {
		for _, s := range b.forms {
			if s.name == name {
				rows[fmt.Sprintf("xl/worksheets/sheet%d.xml", id)] = s
			}
		}
	}
	for _, s := range b.forms {
		s.finish()
	}
	b.check(b.file.DeleteSheet("Sheet1"))
	b.file.SetActiveSheet(0)
	if b.reckons { // whatever program opens it reckons all of it
		b.check(b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &b.reckons}))
	}
	if b.err != nil {
		return Page{}, fmt.Errorf("%s: %w", path, b.err)
	}
	b.file.SetZipWriter(func(to io.Writer) excelize.ZipWriter {
		return &packer{to: to, parts: map[string]*bytes.Buffer{}, rows: rows}
	})
	body, err := b.file.WriteToBuffer()
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", path, err)
	}
	return Page{Path: path, Body: body.Bytes()}, nil
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
	low                 bool // at the foot of its cell
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
	if l.low {
		st.Alignment.Vertical = "bottom"
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
