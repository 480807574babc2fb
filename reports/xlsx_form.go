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
	Format string // of numbers: 0.00; as many digits as there are if empty
	// The width fits the text between Least and Most, in digits; longer text
	// is wrapped. 0 means 8 and 60.
	Least, Most float64
	Centre      bool
	Colour      string // of the text, ink if empty
	// Open columns are to be filled in by people: the cells without a value are
	// yellow, and not locked. Choices are offered; Strict refuses whatever else is
	// typed.
	Open    bool
	Choices []string
	Strict  bool
	// Alarm is a text that stands out where it is the cell's value.
	Alarm string
}

// A Formula is reckoned by whatever program opens the workbook. Its Value is
// what it gives, as reckoned here. What people wrote is never part of Text.
type Formula struct {
	Text  string
	Value any // a string, int or decimal
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
	OnePage  bool
	Portrait bool

	book    *Book
	name    string
	columns []FormColumn
	letters []string
	fits    []float64 // the width that each column's text takes
	rows    []formRow // rows[0] is row 1
	tables  [][2]int  // first and last row of each run of Row
	merges  []string
	breaks  []int // rows that begin a page
	charts  []BookChart
}

type formRow struct {
	height  float64 // in points; 0 fits the text
	margins float64
	cells   []formCell
}

type formCell struct {
	column, style int
	value         any
	text          string // as printed
}

// Form adds a sheet.
func (b *Book) Form(name string, columns ...FormColumn) *Form {
	_, err := b.file.NewSheet(name)
	b.check(err)
	s := &Form{book: b, name: name, columns: columns, fits: make([]float64, len(columns))}
	for i := range columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		b.check(err)
		s.letters = append(s.letters, letter)
	}
	b.forms = append(b.forms, s)
	return s
}

// Columns is how many there are.
func (s *Form) Columns() int { return len(s.columns) }

// Cell names a cell of a column, counted from 0, for a formula of any sheet of
// the book: '评定表'!F4.
func (s *Form) Cell(column, row int) string {
	return fmt.Sprintf("'%s'!%s%d", s.name, s.letters[column], row)
}

// Cells names a run of a column's cells, for a formula.
func (s *Form) Cells(column, first, last int) string {
	return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", s.name, s.letters[column], first, s.letters[column], last)
}

// Here names a cell of the row that is written next, for a formula in that row.
func (s *Form) Here(column int) string { return fmt.Sprintf("%s%d", s.letters[column], len(s.rows)+1) }

// begin begins a row, of a height in points.
func (s *Form) begin(height float64) { s.rows = append(s.rows, formRow{height: height}) }

// Title writes the title over all columns, and the line under it.
func (s *Form) Title(title, left, right string) {
	s.begin(34)
	s.put(0, title, look{font: hei, size: 16, centre: true})
	s.merges = append(s.merges, fmt.Sprintf("A%d:%s%d", len(s.rows), s.letters[len(s.letters)-1], len(s.rows)))
	s.begin(20)
	s.put(0, left, look{})
	s.put(len(s.columns)-1, right, look{right: true})
}

// Heading writes a line in bold over the next table.
func (s *Form) Heading(text string) {
	s.Skip(1)
	s.begin(24)
	s.put(0, text, look{bold: true})
}

// Head writes the head of a table; a line break parts a heading from its
// unit or rule.
func (s *Form) Head(texts ...string) {
	s.begin(0)
	s.rows[len(s.rows)-1].margins = 1
	for i, text := range texts {
		s.put(i, text, look{bold: true, fill: "#f2f2f2", border: true, centre: true, wrap: true})
		s.measure(i, text, 1)
	}
}

// Repeat freezes the head just written with the first columns beside it, and
// prints it on each page.
func (s *Form) Repeat(columns int) {
	row := len(s.rows)
	s.book.check(s.book.file.SetPanes(s.name, &excelize.Panes{
		Freeze: true, XSplit: columns, YSplit: row, ActivePane: "bottomRight",
		TopLeftCell: cellName(columns, row+1),
		Selection:   []excelize.Selection{{SQRef: cellName(columns, row+1), ActiveCell: cellName(columns, row+1), Pane: "bottomRight"}},
	}))
	s.book.check(s.book.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.name, row, row),
	}))
}

// Row writes a row of strings, ints, decimals, nils and formulas, and gives its
// number.
func (s *Form) Row(values ...any) int {
	n := s.values(values, look{border: true})
	if last := len(s.tables) - 1; last >= 0 && s.tables[last][1] == n-1 {
		s.tables[last][1] = n
	} else {
		s.tables = append(s.tables, [2]int{n, n})
	}
	return n
}

// Total writes a row that stands apart as the sum of those above.
func (s *Form) Total(values ...any) int {
	return s.values(values, look{border: true, bold: true, fill: "#fafafa"})
}

func (s *Form) values(values []any, l look) int {
	s.begin(0)
	s.rows[len(s.rows)-1].margins = 3
	s.rows[len(s.rows)-1].cells = make([]formCell, 0, len(values))
	for i, value := range values {
		c, cell := s.columns[i], l
		cell.centre, cell.colour = c.Centre, c.Colour
		if c.Open && value == nil && l.fill == "" {
			cell.open, cell.fill = true, yellow
		}
		shown := value
		if f, ok := value.(Formula); ok {
			shown = f.Value
		}
		if _, text := shown.(string); text {
			cell.wrap = true
		} else {
			cell.format, cell.right = c.Format, !c.Centre
		}
		s.measure(i, s.put(i, value, cell), 3)
	}
	return len(s.rows)
}

// Line writes a text over the cells to its right, however long.
func (s *Form) Line(text string) {
	s.begin(24)
	s.put(0, text, look{})
}

// Note writes a sentence over the sheet's whole width, on as many rows as it
// takes. It stands below the tables, whose widths are known by then.
func (s *Form) Note(text string) {
	total := 0.0
	for i := range s.columns {
		total += s.width(i)
	}
	for _, line := range folded(text, total) {
		s.begin(20)
		s.put(0, line, look{})
	}
}

// Skip leaves rows empty.
func (s *Form) Skip(rows int) {
	for range rows {
		s.begin(0)
	}
}

// Break begins a page with the next row.
func (s *Form) Break() { s.breaks = append(s.breaks, len(s.rows)+1) }

// A Blank is cells of one row to be filled in by hand, after the label on
// their left.
type Blank struct {
	Label    string
	From, To int // columns
}

// yellow is what is to be filled in.
const yellow = "#fff8db"

// Sign writes places to be filled in, not locked.
func (s *Form) Sign(blanks ...Blank) {
	s.Skip(1)
	s.begin(24)
	for _, b := range blanks {
		s.put(b.From-1, b.Label, look{right: true})
		for i := b.From; i <= b.To; i++ {
			s.put(i, nil, look{fill: yellow, open: true, under: true})
		}
	}
}

// Box writes a place for an opinion over the sheet's width, of a height in
// points, with who signs it at its foot.
func (s *Form) Box(label, sign string, height float64) {
	s.begin(height)
	s.put(0, label, look{border: true, centre: true, wrap: true, bold: true, fill: "#f2f2f2"})
	last := len(s.columns) - 1
	for i := 1; i < last; i++ {
		s.put(i, nil, look{fill: yellow, open: true, under: true})
	}
	s.put(last, sign, look{fill: yellow, open: true, under: true, right: true, low: true})
}

// A BookChart is a native chart of columns or bars: it draws what stands in
// the cells.
type BookChart struct {
	Title, Subtitle string
	Bars            bool // lying, the first on top
	Names, Values   int  // columns
	First, Last     int  // rows
	From, To        int  // the columns that it covers
	Top, Rows       int
}

// Chart draws over cells that are left empty for it.
func (s *Form) Chart(c BookChart) { s.charts = append(s.charts, c) }

func (s *Form) draw(c BookChart) {
	title := excelize.Font{Family: song, Size: 14, Color: ink, Bold: true}
	subtitle := excelize.Font{Family: song, Size: 11, Color: second}
	label := excelize.Font{Family: song, Size: 11, Color: ink}
	zero, gap, wide := 0.0, uint(60), 0.0
	for i := c.From; i <= c.To; i++ {
		wide += s.width(i)
	}
	kind := excelize.Col
	if c.Bars {
		kind = excelize.Bar
	}
	s.book.check(s.book.file.AddChart(s.name, cellName(c.From, c.Top), &excelize.Chart{
		Type: kind,
		Series: []excelize.ChartSeries{{
			Categories: s.Cells(c.Names, c.First, c.Last), Values: s.Cells(c.Values, c.First, c.Last),
			Fill:              excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"#2f5d8a"}},
			DataLabel:         excelize.ChartDataLabel{Font: label},
			DataLabelPosition: excelize.ChartDataLabelsPositionOutsideEnd,
		}},
		Title:    excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title, Font: &title}, {Text: c.Subtitle, Font: &subtitle}}},
		Legend:   excelize.ChartLegend{Position: "none"},
		XAxis:    excelize.ChartAxis{Font: label, ReverseOrder: c.Bars},
		YAxis:    excelize.ChartAxis{None: true, Minimum: &zero},
		PlotArea: excelize.ChartPlotArea{ShowVal: true},
		GapWidth: &gap,
		// In pixels as excelize counts them; the chart is then tied to the cells.
		Dimension: excelize.ChartDimension{Width: uint(wide*8) - 8, Height: uint(c.Rows * 80 / 3)},
		Format:    excelize.GraphicOptions{Name: c.Title, AltText: c.Title},
	}))
}

// put writes one cell of the present row and gives its text as printed. Cells
// of a row are written from left to right.
func (s *Form) put(column int, value any, l look) string {
	row := &s.rows[len(s.rows)-1]
	shown := value
	if f, ok := value.(Formula); ok {
		shown = f.Value
		s.book.reckons = true
	}
	text := ""
	switch v := shown.(type) {
	case nil:
	case string:
		if text = v; v == "" {
			value = nil
		}
	case int:
		text = fmt.Sprint(v)
	case decimal.Decimal:
		if text = v.String(); l.format != "" {
			_, fraction, _ := strings.Cut(l.format, ".")
			text = v.StringFixed(int32(len(fraction)))
		}
	default:
		s.book.check(fmt.Errorf("%s: no cell of row %d holds a %T", s.name, len(s.rows), value))
	}
	row.cells = append(row.cells, formCell{column, s.book.style(l), value, text})
	return text
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

func cellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		panic(err) // columns and rows are counted here
	}
	return name
}

// plainRow is the height of a row of one line, in points.
const plainRow = 20

// finish does what wants the widths of all columns: they are known only when
// every row is written.
func (s *Form) finish() {
	f, check := s.book.file, s.book.check
	widths := make([]float64, len(s.columns))
	for i := range s.columns {
		widths[i] = s.width(i)
		check(f.SetColWidth(s.name, s.letters[i], s.letters[i], widths[i]))
	}
	for i := range s.rows {
		row := &s.rows[i]
		for k := 1; k < len(row.cells); k++ {
			if row.cells[k].column <= row.cells[k-1].column {
				check(fmt.Errorf("%s: row %d is not written from left to right", s.name, i+1))
			}
		}
		if row.height > 0 {
			continue
		}
		lines := 1
		for _, c := range row.cells {
			// A narrow text is not worth the folding.
			if float64(len(c.text)) > widths[c.column]-row.margins {
				lines = max(lines, len(folded(c.text, widths[c.column]-row.margins)))
			}
		}
		row.height = float64(max(plainRow, 15*lines+5))
	}
	s.choices()
	s.print(widths)
	for _, c := range s.charts { // over rows whose height is set by now
		s.draw(c)
	}
}

// choices gives open cells their drop-downs, and lets alarms stand out.
func (s *Form) choices() {
	f, check := s.book.file, s.book.check
	for i, c := range s.columns {
		var at []string
		for _, t := range s.tables {
			at = append(at, fmt.Sprintf("%s%d:%s%d", s.letters[i], t[0], s.letters[i], t[1]))
		}
		if len(at) == 0 {
			continue
		}
		if len(c.Choices) > 0 {
			rule := excelize.NewDataValidation(true)
			rule.SetSqref(strings.Join(at, " "))
			check(rule.SetDropList(c.Choices))
			if rule.ShowErrorMessage = c.Strict; c.Strict {
				rule.SetError(excelize.DataValidationErrorStyleStop, "请从下拉框里选", strings.Join(c.Choices, "、"))
			}
			check(f.AddDataValidation(s.name, rule))
		}
		if c.Alarm != "" {
			red, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: "#b3261e", Bold: true}})
			check(err)
			check(f.SetConditionalFormat(s.name, strings.Join(at, " "), []excelize.ConditionalFormatOptions{
				{Type: "cell", Criteria: "==", Value: `"` + c.Alarm + `"`, Format: &red},
			}))
		}
	}
}

// What a sheet of A4 has for print within its margins, in points.
const (
	longSide  = (297 - 36) / 25.4 * 72
	shortSide = (210 - 36) / 25.4 * 72
)

// print sets paper, margins, head and foot, and locks the sheet.
func (s *Form) print(widths []float64) {
	f, check := s.book.file, s.book.check
	a4, way, one, yes, fitted := 9, "landscape", 1, true, len(s.breaks) == 0
	if s.Portrait {
		way = "portrait"
	}
	pages := 0
	if s.OnePage {
		pages = 1
	}
	layout := excelize.PageLayoutOptions{Size: &a4, Orientation: &way}
	if fitted {
		layout.FitToWidth, layout.FitToHeight = &one, &pages
	} else {
		scale := s.scale(widths)
		layout.AdjustTo = &scale
	}
	check(f.SetPageLayout(s.name, &layout))
	tall := float64(plainRow)
	check(f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fitted, DefaultRowHeight: &tall, CustomHeight: &yes}))
	side, edge := 18/25.4, 9/25.4
	check(f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &side, Bottom: &side, Header: &edge, Footer: &edge, Horizontally: &yes,
	}))
	font := `&"` + song + `,常规"`
	check(f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
		OddHeader: "&L" + font + strings.ReplaceAll(s.book.running, "&", "&&") + "&R" + font + s.name,
		OddFooter: "&C" + font + "第 &P 页 共 &N 页",
	}))
	for _, row := range s.breaks {
		check(f.InsertPageBreak(s.name, cellName(0, row)))
	}
	last := cellName(len(s.columns)-1, max(len(s.rows), 1))
	check(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: s.name, RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", s.name, s.letters[len(s.letters)-1], max(len(s.rows), 1))}))
	check(f.SetSheetDimension(s.name, "A1:"+last))
	check(f.ProtectSheet(s.name, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true, AutoFilter: true, Sort: true,
	}))
	grid := false
	check(f.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &grid}))
}

// scale is the percentage at which the broadest row and the longest of the
// pages that begin where the form says go on the paper, with a little to spare
// for programs whose letters are wider.
func (s *Form) scale(widths []float64) uint {
	broad, long := shortSide, longSide
	if !s.Portrait {
		broad, long = long, broad
	}
	wide, longest, page, next := 0.0, 0.0, 0.0, 0
	for _, w := range widths {
		wide += (w*9.5 + 5) * 0.75 // a digit of 宋体 11 takes 8 pixels, one of what stands in for it up to 9.5
	}
	for i, row := range s.rows {
		if next < len(s.breaks) && s.breaks[next] == i+1 {
			page = 0
			next++
		}
		page += row.height
		longest = max(longest, page)
	}
	return uint(max(10, 100*min(1, 0.97*broad/wide, 0.97*long/longest)))
}
