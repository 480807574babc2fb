package demo

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// writeWorkbook writes the tables of a job as the sheets of one workbook.
func writeWorkbook(w io.Writer, j job) (err error) {
	f := excelize.NewFile()
	f.ZipWriter = newParts
	defer func() { err = cmp.Or(err, f.Close()) }()
	s, err := newStyles(f)
	if err != nil {
		return err
	}
	// All sheets are made before one is streamed: excelize parses a streamed
	// sheet again when it is asked about the others.
	for i, t := range j.tables {
		if i == 0 {
			err = f.SetSheetName("Sheet1", t.sheet)
		} else {
			_, err = f.NewSheet(t.sheet)
		}
		if err == nil && t.hidden != nil {
			err = writeHidden(f, t.hidden)
		}
		if err == nil {
			err = layOut(f, t)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", t.sheet, err)
		}
	}
	for _, t := range j.tables {
		if err := writeSheet(f, t, s); err != nil {
			return fmt.Errorf("%s: %w", t.sheet, err)
		}
	}
	// No props say when: they are the template's, the same each time.
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "社区居民委员会", LastModifiedBy: "社区居民委员会", Title: j.tables[0].title}); err != nil {
		return err
	}
	return f.Write(w)
}

// styles are those of VISUAL's workbooks.
type styles struct{ title, info, note, head, total, totalFigure, totalMoney, foot, blank, text, middle, figure, money, date int }

func newStyles(f *excelize.File) (styles, error) {
	var s styles
	var border []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		border = append(border, excelize.Border{Type: side, Style: 1, Color: "808080"})
	}
	font := &excelize.Font{Family: "宋体", Size: 11}
	bold := &excelize.Font{Family: "宋体", Size: 11, Bold: true}
	fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}
	at := func(horizontal string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: horizontal, Vertical: "center"}
	}
	right := &excelize.Alignment{Horizontal: "right", Vertical: "center", Indent: 1}
	day, cents := "yyyy-mm-dd", "#,##0.00"
	for _, style := range []struct {
		id *int
		is excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Family: "黑体", Size: 16}, Alignment: at("center")}},
		{&s.info, excelize.Style{Font: font, Alignment: at("left")}},
		{&s.note, excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 10, Color: "59636E"}, Alignment: at("left")}},
		{&s.head, excelize.Style{Font: bold, Fill: fill, Border: border, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}},
		{&s.total, excelize.Style{Font: bold, Border: border, Alignment: at("center")}},
		{&s.totalFigure, excelize.Style{Font: bold, Border: border, Alignment: right}},
		{&s.totalMoney, excelize.Style{Font: bold, Border: border, Alignment: right, CustomNumFmt: &cents}},
		{&s.foot, excelize.Style{Font: font, Alignment: at("left")}},
		{&s.blank, excelize.Style{Font: font, Border: border}},
		{&s.text, excelize.Style{Font: font, Border: border, Alignment: at("left")}},
		{&s.middle, excelize.Style{Font: font, Border: border, Alignment: at("center")}},
		{&s.figure, excelize.Style{Font: font, Border: border, Alignment: right}},
		{&s.money, excelize.Style{Font: font, Border: border, Alignment: right, CustomNumFmt: &cents}},
		{&s.date, excelize.Style{Font: font, Border: border, Alignment: at("center"), CustomNumFmt: &day}},
	} {
		id, err := f.NewStyle(&style.is)
		if err != nil {
			return s, err
		}
		*style.id = id
	}
	return s, nil
}

// A page is a sheet being written.
type page struct {
	*excelize.StreamWriter
	styles
	row    int
	values []any // points at cells, so that a row makes no garbage
	cells  []excelize.Cell
}

func writeSheet(f *excelize.File, t table, s styles) error {
	sw, err := f.NewStreamWriter(t.sheet)
	if err != nil {
		return err
	}
	p := &page{StreamWriter: sw, styles: s, values: make([]any, len(t.columns)), cells: make([]excelize.Cell, len(t.columns))}
	for i, width := range widths(t) {
		if err := p.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := p.SetPanes(&excelize.Panes{Freeze: true, YSplit: 2 + t.levels(), TopLeftCell: address(1, 3+t.levels()), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := p.head(t); err != nil {
		return err
	}
	if err := p.body(t); err != nil {
		return err
	}
	if t.total != nil {
		for i, c := range t.total {
			p.cells[i] = excelize.Cell{StyleID: p.total}
			switch c.kind {
			case textCell:
				p.cells[i].Value = c.text
			case numberCell:
				p.cells[i] = excelize.Cell{StyleID: p.totalFigure, Value: c.number}
			case moneyCell:
				p.cells[i] = excelize.Cell{StyleID: p.totalMoney, Value: c.number}
			}
		}
		if err := p.next(p.values...); err != nil {
			return err
		}
	}
	p.row++
	if err := p.across(t, t.foot, p.foot, 20); err != nil {
		return err
	}
	return p.Flush()
}

// layOut sets what a stream cannot: its size, for readers that trust it, and
// the printed page.
func layOut(f *excelize.File, t table) error {
	last := t.first() + t.count + 1 // the foot, after a blank row
	if t.total != nil {
		last++
	}
	yes, size, fit, tall := true, 9, 1, 0 // A4, one page wide, as long as need be
	landscape, height := "landscape", 20.0
	if err := f.SetSheetDimension(t.sheet, "A1:"+address(len(t.columns), last)); err != nil {
		return err
	}
	if err := f.SetSheetProps(t.sheet, &excelize.SheetPropsOptions{FitToPage: &yes, DefaultRowHeight: &height, CustomHeight: &yes}); err != nil {
		return err
	}
	if err := f.SetPageLayout(t.sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToWidth: &fit, FitToHeight: &tall}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(t.sheet, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页 共 &N 页"}); err != nil {
		return err
	}
	rows := fmt.Sprintf("'%s'!$1:$%d", t.sheet, 2+t.levels())
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: rows, Scope: t.sheet})
}

// head writes the title, the info line, the header and the instructions.
func (p *page) head(t table) error {
	if err := p.across(t, t.title, p.title, 30); err != nil {
		return err
	}
	if err := p.across(t, t.info, p.info, 20); err != nil {
		return err
	}
	lower, levels, tall := p.row+t.levels(), t.levels(), 22.0
	upper := lower - levels + 1
	for i, c := range t.columns {
		p.values[i], p.cells[i] = &p.cells[i], excelize.Cell{StyleID: p.styles.head}
		if strings.Contains(c.heading, "\n") {
			tall = 34
		}
		if levels == 2 && (i == 0 || c.group == "" || c.group != t.columns[i-1].group) {
			p.cells[i].Value = cmp.Or(c.group, c.heading)
			end := i
			for c.group != "" && end+1 < len(t.columns) && t.columns[end+1].group == c.group {
				end++
			}
			if c.group == "" {
				_ = p.MergeCell(address(i+1, upper), address(i+1, lower))
			} else if end > i {
				_ = p.MergeCell(address(i+1, upper), address(end+1, upper))
			}
		}
	}
	if levels == 2 {
		if err := p.next(p.values...); err != nil {
			return err
		}
	}
	for i, c := range t.columns {
		p.cells[i] = excelize.Cell{StyleID: p.styles.head}
		if levels == 1 || c.group != "" {
			p.cells[i].Value = c.heading
		}
	}
	p.row++
	if err := p.SetRow(address(1, p.row), p.values, excelize.RowOpts{Height: tall}); err != nil {
		return err
	}
	if t.note != "" {
		return p.across(t, t.note, p.note, 20)
	}
	return nil
}

// body writes the rows.
func (p *page) body(t table) error {
	since := make([]int, len(t.columns)) // the row of the cell that a merge began with
	end := func(i int) {
		if since[i] > 0 && p.row > since[i] {
			_ = p.MergeCell(address(i+1, since[i]), address(i+1, p.row))
		}
	}
	for row := range t.rows {
		for i, c := range row {
			cell := &p.cells[i]
			cell.StyleID, cell.Value = p.blank, nil
			switch c.kind {
			case textCell:
				cell.StyleID, cell.Value = p.text, c.text
				if centred[t.columns[i].field] {
					cell.StyleID = p.middle
				}
			case numberCell:
				cell.StyleID, cell.Value = p.figure, c.number
			case moneyCell:
				cell.StyleID, cell.Value = p.money, c.number
			case dateCell:
				cell.StyleID, cell.Value = p.date, int(c.number)
			}
			if t.columns[i].merged && c.kind != sameCell {
				end(i)
				since[i] = p.row + 1
				if c.kind == textCell {
					cell.StyleID = p.middle
				}
			}
		}
		if err := p.next(p.values...); err != nil {
			return err
		}
	}
	for i := range t.columns {
		end(i)
	}
	return nil
}

// centred are the columns of short words of one length.
var centred = map[string]bool{"sex": true, "kind": true, "standing": true, "status": true, "day": true, "arrived_on": true, "left_on": true, "joined_on": true, "full_on": true, "birth": true, "registered_on": true, "permit_until": true, "relation": true, "origin": true, "household_no": true, "building": true, "unit": true, "room": true}

// next writes a row.
func (p *page) next(values ...any) error {
	p.row++
	return p.SetRow(address(1, p.row), values)
}

// across writes one text over all columns.
func (p *page) across(t table, text string, style int, height float64) error {
	p.row++
	if err := p.MergeCell(address(1, p.row), address(len(t.columns), p.row)); err != nil {
		return err
	}
	return p.SetRow(address(1, p.row), []any{excelize.Cell{StyleID: style, Value: text}}, excelize.RowOpts{Height: height})
}

func address(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // no sheet here is as wide as that
	}
	return name
}

// widths fit the headings and the first few hundred rows.
func widths(t table) []float64 {
	most := make([]int, len(t.columns))
	for i, c := range t.columns {
		for line := range strings.SplitSeq(c.heading, "\n") {
			most[i] = max(most[i], span(line))
		}
	}
	n := 0
	for row := range t.rows {
		for i, c := range row {
			switch c.kind {
			case textCell:
				most[i] = max(most[i], span(c.text))
			case dateCell, moneyCell:
				most[i] = max(most[i], 10)
			}
		}
		if n++; n == 400 {
			break
		}
	}
	list := make([]float64, len(most))
	for i, n := range most {
		list[i] = float64(min(max(n, 4), 50)) + 2.5
	}
	return list
}

// span counts the columns a text takes on a screen: two for a Chinese character.
func span(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0x2000 {
			n++
		}
	}
	return n
}

func writeHidden(f *excelize.File, rows [][]string) error {
	const name = "码表"
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	for i, row := range rows {
		if err := f.SetSheetRow(name, address(1, i+1), &row); err != nil {
			return err
		}
	}
	return f.SetSheetVisible(name, false)
}
