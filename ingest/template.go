package ingest

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"xingce/ingest/period"
	"xingce/ingest/sheet"
)

// prepared is how many rows of a template are drawn; what is pasted below them
// is read all the same.
func (k *Kind) prepared() int {
	if k.Single {
		return 1
	}
	return 200
}

// Template writes an empty form of the kind as an .xlsx workbook that reads
// back without an issue once it is filled in. A community of "" and a zero
// period are left open, to be written in by hand.
func (k *Kind) Template(w io.Writer, community string, p period.Period) (err error) {
	f := excelize.NewFile()
	defer func() { err = cmp.Or(err, f.Close()) }()
	t := &template{file: f, kind: k, tab: k.Title, styles: map[look]int{}}
	t.check(f.SetSheetName("Sheet1", t.tab))
	t.check(f.SetDefaultFont("宋体"))
	t.lay(formTitle(k, community, p), formInfo(k, community))
	t.explain()
	t.check(f.SetDocProps(&excelize.DocProperties{Title: k.Title + "模板", Creator: "星册", LastModifiedBy: "星册", Language: "zh-CN"}))
	if t.err != nil {
		return fmt.Errorf("template of %s: %w", k.Name, t.err)
	}
	return f.Write(w)
}

// formTitle is the title with what is not known left open.
func formTitle(k *Kind, community string, p period.Period) string {
	when := "____年第_季度"
	switch {
	case !p.IsZero():
		when = p.Title()
	case k.Grain == period.Yearly:
		when = "____年度"
	}
	name := k.Title
	if !slices.ContainsFunc([]string{"表", "册", "账", "卡"}, func(end string) bool { return strings.HasSuffix(name, end) }) {
		name += "表"
	}
	return cmp.Or(community, "____社区") + when + name
}

// formInfo is the line below the title. A log that may come in several sheets
// a period has a place for the name that tells them apart, at the end, where
// nothing can be taken for it while it is open.
func formInfo(k *Kind, community string) string {
	line := "单位：" + cmp.Or(community, "____________") + "    填表人：__________    审核人：__________    填表日期：____年__月__日"
	for _, c := range k.Columns {
		for _, heading := range c.Headings {
			if k.Parted && partLine.MatchString(heading+"：x") {
				return line + "    " + heading + "：__________"
			}
		}
	}
	return line
}

// A template is a workbook being written. The first error is kept.
type template struct {
	file   *excelize.File
	kind   *Kind
	tab    string
	styles map[look]int
	err    error
}

func (t *template) check(err error) {
	if t.err == nil {
		t.err = err
	}
}

// The rows of the form; column A numbers them.
const (
	titleRow = 1 + iota
	infoRow
	headRow
	exampleRow
	firstRow
)

func cellAt(column, row int) string { return fmt.Sprintf("%s%d", sheet.Column(column), row) }

func (t *template) lay(title, info string) {
	last := 1 + len(t.kind.Columns)
	t.column(1, Column{Type: Count}, numberWidth)
	widths := formWidths(t.kind.Columns)
	for i, c := range t.kind.Columns {
		t.column(i+2, c, widths[i])
	}
	t.across(titleRow, last, title, look{font: "黑体", size: 16, across: "center", fill: open}, 32)
	t.across(infoRow, last, info, look{across: "left", fill: open}, 20)

	head := look{bold: true, border: true, fill: grey, across: "center", wrap: true, locked: true}
	example := look{italic: true, colour: second, border: true, locked: true}
	t.put(1, headRow, "序号", head)
	t.put(1, exampleRow, "示例", example.at("center"))
	tall := 1
	for i, c := range t.kind.Columns {
		heading := c.formHeading()
		t.put(i+2, headRow, heading, head)
		tall = max(tall, lines(heading, widths[i]))
		t.put(i+2, exampleRow, c.exampleValue(), example.at(c.across()).in(c.numberFormat()))
		t.note(cellAt(i+2, headRow), c)
		t.choices(i+2, c)
	}
	t.check(t.file.SetRowHeight(t.tab, headRow, float64(4+18*tall)))
	for row := exampleRow; row < firstRow+t.kind.prepared(); row++ {
		t.check(t.file.SetRowHeight(t.tab, row, 20))
	}
	t.fillable(1, Column{Type: Count}.entry())
	for i, c := range t.kind.Columns {
		t.fillable(i+2, c.entry())
	}
	for n := range t.kind.prepared() {
		t.check(t.file.SetCellInt(t.tab, cellAt(1, firstRow+n), int64(n+1)))
	}
	t.page(last)
}

// column gives the whole column its width and its format, so that rows pasted
// below the prepared ones are open too and keep their zeros.
func (t *template) column(column int, c Column, width float64) {
	name := sheet.Column(column)
	t.check(t.file.SetColStyle(t.tab, name, t.style(look{across: c.across(), format: c.numberFormat()})))
	t.check(t.file.SetColWidth(t.tab, name, name, width))
}

func (t *template) fillable(column int, l look) {
	t.check(t.file.SetCellStyle(t.tab, cellAt(column, firstRow), cellAt(column, firstRow+t.kind.prepared()-1), t.style(l)))
}

func (t *template) across(row, last int, text string, l look, height float64) {
	t.check(t.file.MergeCell(t.tab, cellAt(1, row), cellAt(last, row)))
	t.check(t.file.SetCellStyle(t.tab, cellAt(1, row), cellAt(last, row), t.style(l)))
	t.put(1, row, text, l)
	t.check(t.file.SetRowHeight(t.tab, row, height))
}

// put writes text as text, never as a formula, and a number as a number.
func (t *template) put(column, row int, value any, l look) {
	cell := cellAt(column, row)
	if text, ok := value.(string); ok {
		t.check(t.file.SetCellStr(t.tab, cell, text))
	} else {
		t.check(t.file.SetCellValue(t.tab, cell, value))
	}
	t.check(t.file.SetCellStyle(t.tab, cell, cell, t.style(l)))
}

func (t *template) note(cell string, c Column) {
	text := c.wish() + "\n例：" + c.example()
	t.check(t.file.AddComment(t.tab, excelize.Comment{
		Cell: cell, Author: "星册", Width: 240, Height: uint(24 + 18*lines(text, 30)),
		Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: "宋体", Size: 10}}},
	}))
}

// choices gives a column of fixed words its drop-down list. Another word that
// the reader knows may still be typed: the list asks, it does not forbid.
func (t *template) choices(column int, c Column) {
	list := c.stored()
	switch c.Type {
	case Sex:
		list = []string{"男", "女"}
	case YesNo:
		list = []string{"是", "否"}
	}
	if len(list) == 0 {
		return
	}
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(fmt.Sprintf("%s:%s", cellAt(column, firstRow), cellAt(column, 20000)))
	t.check(rule.SetDropList(list))
	rule.SetError(excelize.DataValidationErrorStyleWarning, c.Title(), "请从下拉框里选："+strings.Join(list, "、"))
	t.check(t.file.AddDataValidation(t.tab, rule))
}

// page sets what the form looks like on paper and what stays in sight. The
// lock has no password: it keeps heads from being typed over by mistake.
func (t *template) page(last int) {
	t.check(t.file.SetPanes(t.tab, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: headRow, TopLeftCell: cellAt(2, headRow+1), ActivePane: "bottomRight"}))
	t.paper()
	t.check(t.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", t.tab, titleRow, headRow), Scope: t.tab}))
	t.check(t.file.SetSheetDimension(t.tab, "A1:"+cellAt(last, firstRow+t.kind.prepared()-1)))
	t.check(t.file.ProtectSheet(t.tab, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatCells: true, FormatColumns: true, FormatRows: true,
		InsertRows: true, DeleteRows: true, Sort: true, AutoFilter: true, EditObjects: true,
	}))
}

// paper is A4 on its side, one page wide and as long as need be.
func (t *template) paper() {
	yes, size, wide, tall, landscape := true, 9, 1, 0, "landscape"
	t.check(t.file.SetSheetProps(t.tab, &excelize.SheetPropsOptions{FitToPage: &yes}))
	t.check(t.file.SetPageLayout(t.tab, &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}))
	margin := 18 / 25.4
	t.check(t.file.SetPageMargins(t.tab, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &margin, Horizontally: &yes}))
	t.check(t.file.SetHeaderFooter(t.tab, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页 共 &N 页"}))
}
