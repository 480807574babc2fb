package markup

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"xingce/ingest/sheet"
)

// A cells walk goes over a worksheet part and gathers what is to be edited.
type cells struct {
	styles *styles
	marks  []Mark // not yet come to, in order
	edits  []edit

	row, col int    // being read
	base     int    // style of cells that are not there, -1 if the row has none
	inserted int    // the last column put into this row, 0 if none
	columns  []cols // as the sheet declares them

	root   tag
	before int    // where the link to the comments' boxes goes
	boxes  string // its id, if there is one
}

// cols is a stretch of columns that look alike.
type cols struct {
	first, last, style int
	width              float64 // in digits
}

// beforeBoxes are the elements of a worksheet that come before the link to
// the comments' boxes.
var beforeBoxes = map[string]bool{
	"sheetPr": true, "dimension": true, "sheetViews": true, "sheetFormatPr": true, "cols": true, "sheetData": true,
	"sheetCalcPr": true, "sheetProtection": true, "protectedRanges": true, "scenarios": true, "autoFilter": true,
	"sortState": true, "dataConsolidate": true, "customSheetViews": true, "mergeCells": true, "phoneticPr": true,
	"conditionalFormatting": true, "dataValidations": true, "hyperlinks": true, "printOptions": true,
	"pageMargins": true, "pageSetup": true, "headerFooter": true, "rowBreaks": true, "colBreaks": true,
	"customProperties": true, "cellWatches": true, "ignoredErrors": true, "smartTags": true, "drawing": true,
}

// markCells gives marked cells their styles; those of an earlier copy that
// are not marked any more lose theirs. No sheet but the list stays selected:
// what is typed into one of several selected sheets goes into all.
func markCells(p *pack, part string, marks []Mark, s *styles) (*cells, error) {
	data, err := p.borrow(part)
	if err != nil {
		return nil, err
	}
	w := &cells{styles: s, marks: marks}
	var rowTag tag
	depth, child := 0, ""
	for at := 0; ; {
		t, err := next(data, at)
		if err != nil {
			return nil, err
		}
		if t.name == nil {
			return nil, errXML
		}
		at = t.to
		if t.closing {
			depth--
		} else if depth == 0 {
			w.root = t
			w.root.raw = bytes.Clone(t.raw)
			w.root.name = w.root.raw[1 : 1+len(t.name)]
		}
		if depth > 3 || depth == 3 && !s.earlier && (len(w.marks) == 0 || w.marks[0].Row != w.row) {
			if !t.closing && !t.empty {
				depth++
			}
			continue // most of a sheet
		}
		name := t.local()
		switch {
		case depth == 0 && t.closing:
			if w.before == 0 {
				w.before = t.from
			}
			if len(w.marks) > 0 {
				return nil, errXML
			}
			p.edit(part, w.edits...)
			return w, nil
		case depth == 1:
			if !t.closing {
				child = name
			}
			if beforeBoxes[name] && (t.closing || t.empty) {
				w.before = t.to
			}
			if name == "legacyDrawing" && !t.closing {
				w.boxes = t.attr(":id")
			}
			if name == "sheetData" && t.empty && len(marks) > 0 {
				w.edits = append(w.edits, edit{t.from, t.to, opened(t) + w.rowsBefore(0) + "</" + string(t.name) + ">"})
			} else if name == "sheetData" && t.closing {
				w.insert(t.from, w.rowsBefore(0))
			}
		case depth == 2 && child == "cols" && name == "col":
			w.column(t)
		case depth == 2 && child == "sheetViews" && name == "sheetView" && !t.closing && t.attr("tabSelected") != "":
			w.edits = append(w.edits, t.replace(t.with("tabSelected", "0")))
		case depth == 2 && child == "sheetData" && name == "row":
			if !t.closing {
				rowTag = t
				w.begin(t)
			} else if rowTag.name == nil {
				return nil, errXML
			}
			if t.closing || t.empty {
				w.end(t, rowTag)
				rowTag = tag{}
			}
		case depth == 3 && child == "sheetData" && name == "c" && !t.closing:
			w.cell(t)
		}
		if !t.closing && !t.empty {
			depth++
		}
	}
}

func (w *cells) insert(at int, xml string) {
	if xml != "" {
		w.edits = append(w.edits, edit{at, at, xml})
	}
}

func (w *cells) column(t tag) {
	if t.closing {
		return
	}
	c := cols{width: -1}
	c.first, _ = strconv.Atoi(t.attr("min"))
	c.last, _ = strconv.Atoi(t.attr("max"))
	c.style, _ = strconv.Atoi(t.attr("style"))
	if width, err := strconv.ParseFloat(t.attr("width"), 64); err == nil {
		c.width = width
	}
	if on(t.attr("hidden")) {
		c.width = 0
	}
	w.columns = append(w.columns, c)
}

func on(s string) bool { return s == "1" || s == "true" || s == "on" }

// begin comes to a row.
func (w *cells) begin(t tag) {
	number := w.row + 1
	if n, err := strconv.Atoi(strings.TrimSpace(t.attr("r"))); err == nil {
		number = n
	}
	w.insert(t.from, w.rowsBefore(number))
	w.row, w.col, w.base, w.inserted = number, 0, -1, 0
	if on(t.attr("customFormat")) {
		w.base, _ = strconv.Atoi(t.attr("s"))
	}
}

// end comes to the end of a row; cells are added behind its last.
func (w *cells) end(t, row tag) {
	xml := w.cellsBefore(0)
	begin := row
	if spans := row.attr("spans"); w.inserted > 0 && spans != "" { // the row may reach further now
		last, _ := strconv.Atoi(spans[strings.LastIndexByte(spans, ':')+1:])
		begin = row.with("spans", fmt.Sprintf("1:%d", max(last, w.inserted)))
	}
	switch {
	case w.inserted == 0:
	case t.empty:
		w.edits = append(w.edits, edit{t.from, t.to, opened(begin) + xml + "</" + string(t.name) + ">"})
	default:
		w.edits = append(w.edits, row.replace(begin))
		w.insert(t.from, xml)
	}
}

// cell comes to a cell.
func (w *cells) cell(t tag) {
	w.col++
	if ref := t.attr("r"); ref != "" {
		if col, _, ok := Place(ref); ok {
			w.col = col
		}
	}
	w.insert(t.from, w.cellsBefore(w.col))
	own, _ := strconv.Atoi(t.attr("s"))
	if marked := w.take(w.row, w.col); len(marked) > 0 {
		w.edits = append(w.edits, t.replace(t.with("s", strconv.Itoa(w.styles.marked(own, grave(marked))))))
	} else if w.styles.left(own) {
		w.edits = append(w.edits, t.replace(t.with("s", strconv.Itoa(w.styles.with(own, 0)))))
	}
}

// take takes the marks of a cell, if it is the next that has some.
func (w *cells) take(row, col int) []Mark {
	n := 0
	for n < len(w.marks) && w.marks[n].Row == row && w.marks[n].Col == col {
		n++
	}
	taken := w.marks[:n]
	w.marks = w.marks[n:]
	return taken
}

func grave(marks []Mark) bool {
	for _, m := range marks {
		if m.Must {
			return true
		}
	}
	return false
}

// cellsBefore writes the marked cells of this row that are not there, up to a
// column; 0 is all of them.
func (w *cells) cellsBefore(col int) string {
	var b strings.Builder
	for len(w.marks) > 0 && w.marks[0].Row == w.row && (col == 0 || w.marks[0].Col < col) {
		m := w.marks[0]
		w.inserted = m.Col
		base := w.base
		if base < 0 {
			base = w.columnStyle(m.Col)
		}
		fmt.Fprintf(&b, `<%sc r="%s%d" s="%d"/>`, w.root.prefix(), sheet.Column(m.Col), m.Row, w.styles.marked(base, grave(w.take(m.Row, m.Col))))
	}
	return b.String()
}

// rowsBefore writes the rows of marked cells that are not there, up to a
// number; 0 is all of them.
func (w *cells) rowsBefore(number int) string {
	var b strings.Builder
	for len(w.marks) > 0 && (number == 0 || w.marks[0].Row < number) {
		w.row, w.base = w.marks[0].Row, -1
		fmt.Fprintf(&b, `<%srow r="%d">%s</%[1]srow>`, w.root.prefix(), w.row, w.cellsBefore(0))
	}
	return b.String()
}

func (w *cells) columnStyle(col int) int {
	for _, c := range w.columns {
		if c.first <= col && col <= c.last {
			return c.style
		}
	}
	return 0
}

// Place reads a reference such as AB12.
func Place(ref string) (col, row int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 3; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	row, err := strconv.Atoi(ref[i:])
	return col, row, err == nil && col > 0 && row > 0
}
