package reports

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
)

// A FormColumn is a column of a sheet; all tables of the sheet share them.
type FormColumn struct {
	Format string // of numbers: 0.00
	// The width fits the text between Least and Most, in digits; longer text
	// is wrapped. 0 means 8 and 60.
	Least, Most float64
	Centre      bool
	Colour      string // of the text, ink if empty
}

// Digits is the format of numbers with so many digits after the point.
func Digits(n int) string {
	if n == 0 {
		return "#,##0"
	}
	return "#,##0." + strings.Repeat("0", n)
}

// A Form is one sheet, written from the top down.
type Form struct {
	// OnePage prints the sheet on one page, else it is only fitted to the
	// page's width.
	OnePage bool

	book    *Book
	name    string
	columns []FormColumn
	fits    []float64 // the width that each column's text takes
	row     int       // the last one written
	rows    []formRow
	charts  []BookChart
}

type formRow struct {
	number  int
	texts   []string // by column
	margins float64
}

// Form adds a sheet.
func (b *Book) Form(name string, columns ...FormColumn) *Form {
	_, err := b.file.NewSheet(name)
	b.check(err)
	s := &Form{book: b, name: name, columns: columns, fits: make([]float64, len(columns))}
	b.forms = append(b.forms, s)
	return s
}

// Title writes the title over all columns, and the line under it.
func (s *Form) Title(title, left, right string) {
	s.row++
	s.put(0, title, look{font: hei, size: 16, centre: true})
	s.book.check(s.book.file.MergeCell(s.name, s.cell(0), s.cell(len(s.columns)-1)))
	s.height(34)
	s.row++
	s.put(0, left, look{})
	s.put(len(s.columns)-1, right, look{right: true})
	s.height(20)
}

// Heading writes a line in bold over the next table.
func (s *Form) Heading(text string) {
	s.Skip(1)
	s.row++
	s.put(0, text, look{bold: true})
	s.height(24)
}

// Head writes the head of a table; a line break parts a heading from its
// unit or rule.
func (s *Form) Head(texts ...string) {
	s.row++
	for i, text := range texts {
		s.put(i, text, look{bold: true, fill: "#f2f2f2", border: true, centre: true, wrap: true})
		s.measure(i, text, 1)
	}
	s.rows = append(s.rows, formRow{s.row, texts, 1})
}

// Repeat freezes the head just written with the first columns beside it, and
// prints it on each page.
func (s *Form) Repeat(columns int) {
	s.book.check(s.book.file.SetPanes(s.name, &excelize.Panes{
		Freeze: true, XSplit: columns, YSplit: s.row, ActivePane: "bottomRight",
		TopLeftCell: cellName(columns, s.row+1),
		Selection:   []excelize.Selection{{SQRef: cellName(columns, s.row+1), ActiveCell: cellName(columns, s.row+1), Pane: "bottomRight"}},
	}))
	s.book.check(s.book.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.name, s.row, s.row),
	}))
}

// Row writes a row of strings, ints, decimals and nils and gives its number.
func (s *Form) Row(values ...any) int { return s.values(values, look{border: true}) }

// Total writes a row that stands apart as the sum of those above.
func (s *Form) Total(values ...any) int {
	return s.values(values, look{border: true, bold: true, fill: "#fafafa"})
}

func (s *Form) values(values []any, l look) int {
	s.row++
	texts := make([]string, len(values))
	for i, value := range values {
		c, cell := s.columns[i], l
		cell.centre, cell.colour = c.Centre, c.Colour
		if _, text := value.(string); text {
			cell.wrap = true
		} else {
			cell.format, cell.right = c.Format, !c.Centre
		}
		texts[i] = s.put(i, value, cell)
		s.measure(i, texts[i], 3)
	}
	s.rows = append(s.rows, formRow{s.row, texts, 3})
	return s.row
}

// Note writes a sentence over the sheet's whole width, on as many rows as it
// takes. It stands below the tables, whose widths are known by then.
func (s *Form) Note(text string) {
	total := 0.0
	for i := range s.columns {
		total += s.width(i)
	}
	for _, line := range folded(text, total) {
		s.row++
		s.put(0, line, look{})
	}
}

// Skip leaves rows empty.
func (s *Form) Skip(rows int) { s.row += rows }

// A Blank is cells of one row to be filled in by hand, after the label on
// their left.
type Blank struct {
	Label    string
	From, To int // columns
}

// Sign writes places to be filled in, the only cells that are not locked.
func (s *Form) Sign(blanks ...Blank) {
	s.row += 2
	for _, b := range blanks {
		s.put(b.From-1, b.Label, look{right: true})
		for i := b.From; i <= b.To; i++ {
			s.put(i, nil, look{fill: "#fff8db", open: true, under: true})
		}
	}
	s.height(24)
}

// A BookChart is a native column chart: it draws what stands in the cells.
type BookChart struct {
	Title, Subtitle string
	Names, Values   int // columns
	First, Last     int // rows
	From, To        int // the columns that it covers
	Top, Rows       int
}

// Chart draws over cells that are left empty for it.
func (s *Form) Chart(c BookChart) { s.charts = append(s.charts, c) }

func (s *Form) draw(c BookChart) {
	cells := func(column int) string {
		first, last := cellName(column, c.First), cellName(column, c.Last)
		return fmt.Sprintf("'%s'!%s:%s", s.name, absolute(first), absolute(last))
	}
	title := excelize.Font{Family: song, Size: 14, Color: ink, Bold: true}
	subtitle := excelize.Font{Family: song, Size: 11, Color: second}
	label := excelize.Font{Family: song, Size: 11, Color: ink}
	zero, gap, wide := 0.0, uint(60), 0.0
	for i := c.From; i <= c.To; i++ {
		wide += s.width(i)
	}
	s.book.check(s.book.file.AddChart(s.name, cellName(c.From, c.Top), &excelize.Chart{
		Type: excelize.Col,
		Series: []excelize.ChartSeries{{
			Categories: cells(c.Names), Values: cells(c.Values),
			Fill:              excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"#2f5d8a"}},
			DataLabel:         excelize.ChartDataLabel{Font: label},
			DataLabelPosition: excelize.ChartDataLabelsPositionOutsideEnd,
		}},
		Title:    excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title, Font: &title}, {Text: c.Subtitle, Font: &subtitle}}},
		Legend:   excelize.ChartLegend{Position: "none"},
		XAxis:    excelize.ChartAxis{Font: label},
		YAxis:    excelize.ChartAxis{None: true, Minimum: &zero},
		PlotArea: excelize.ChartPlotArea{ShowVal: true},
		GapWidth: &gap,
		// In pixels as excelize counts them; the chart is then tied to the cells.
		Dimension: excelize.ChartDimension{Width: uint(wide*8) - 8, Height: uint(c.Rows * 80 / 3)},
		Format:    excelize.GraphicOptions{Name: c.Title, AltText: c.Title},
	}))
}

// put writes one cell of the present row and gives its text as printed.
func (s *Form) put(column int, value any, l look) string {
	f, at := s.book.file, s.cell(column)
	s.book.check(f.SetCellStyle(s.name, at, at, s.book.style(l)))
	switch v := value.(type) {
	case nil:
	case string:
		if v != "" {
			s.book.check(f.SetCellStr(s.name, at, v))
		}
		return v
	case int:
		s.book.check(f.SetCellInt(s.name, at, int64(v)))
		return fmt.Sprint(v)
	case decimal.Decimal:
		// The digits go into the file as they are, through no binary fraction.
		s.book.check(f.SetCellDefault(s.name, at, v.String()))
		_, fraction, _ := strings.Cut(l.format, ".")
		return v.StringFixed(int32(len(fraction)))
	default:
		s.book.check(fmt.Errorf("%s!%s: no cell holds a %T", s.name, at, value))
	}
	return ""
}

func (s *Form) measure(column int, text string, margins float64) {
	for line := range strings.SplitSeq(text, "\n") {
		s.fits[column] = max(s.fits[column], breadth(line)+margins)
	}
}

// breadth counts in digits: a Chinese letter or sign is as broad as two.
func breadth(text string) float64 {
	w := 0.0
	for _, r := range text {
		if w++; r >= 0x2010 {
			w++
		}
	}
	return w
}

// folded breaks a text into lines no broader than so many digits; no line
// begins with a mark that closes.
func folded(text string, broad float64) []string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		start, w := 0, 0.0
		for i, r := range line {
			if w += breadth(string(r)); w > broad && i > start && !strings.ContainsRune("，。；：、）”", r) {
				lines = append(lines, line[start:i])
				start, w = i, breadth(string(r))
			}
		}
		lines = append(lines, line[start:])
	}
	return lines
}

func (s *Form) width(column int) float64 {
	c := s.columns[column]
	return min(max(s.fits[column], cmp.Or(c.Least, 8)), max(c.Least, cmp.Or(c.Most, 60)))
}

func (s *Form) height(points float64) {
	s.book.check(s.book.file.SetRowHeight(s.name, s.row, points))
}

func (s *Form) cell(column int) string { return cellName(column, s.row) }

func cellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		panic(err) // columns and rows are counted here
	}
	return name
}

// absolute is $C$7 for C7.
func absolute(cell string) string {
	digits := strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	return "$" + strings.TrimSuffix(cell, digits) + "$" + digits
}

// finish does what wants the widths of all columns: they are known only when
// every row is written.
func (s *Form) finish() {
	f, check := s.book.file, s.book.check
	for i := range s.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		check(err)
		check(f.SetColWidth(s.name, name, name, s.width(i)))
	}
	for _, row := range s.rows {
		lines := 1
		for i, text := range row.texts {
			lines = max(lines, len(folded(text, s.width(i)-row.margins)))
		}
		check(f.SetRowHeight(s.name, row.number, float64(max(20, 15*lines+5))))
	}
	for _, c := range s.charts {
		s.draw(c)
	}
	s.print()
}

// print sets paper, margins, head and foot, and locks the sheet.
func (s *Form) print() {
	f, check := s.book.file, s.book.check
	a4, landscape, one, yes := 9, "landscape", 1, true
	pages := 0
	if s.OnePage {
		pages = 1
	}
	check(f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &pages}))
	tall := 20.0
	check(f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes, DefaultRowHeight: &tall, CustomHeight: &yes}))
	side, edge := 18/25.4, 9/25.4
	check(f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &side, Bottom: &side, Header: &edge, Footer: &edge, Horizontally: &yes,
	}))
	font := `&"` + song + `,常规"`
	check(f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
		OddHeader: "&L" + font + strings.ReplaceAll(s.book.running, "&", "&&") + "&R" + font + s.name,
		OddFooter: "&C" + font + "第 &P 页 共 &N 页",
	}))
	last := cellName(len(s.columns)-1, s.row)
	check(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: s.name, RefersTo: fmt.Sprintf("'%s'!$A$1:%s", s.name, absolute(last))}))
	check(f.SetSheetDimension(s.name, "A1:"+last))
	check(f.ProtectSheet(s.name, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true, AutoFilter: true, Sort: true,
	}))
	grid := false
	check(f.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &grid}))
}
