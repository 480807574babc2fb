package markup

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"xingce/ingest/sheet"
)

// ListName is the name of the list's sheet; where a workbook has one of that
// name, a number follows.
const ListName = "问题清单"

// A List is the sheet in front.
type List struct {
	Title string
	Says  string // the line under the title
	Lines []Line
}

// A Line is one of the list.
type Line struct {
	Must                bool
	Sheet               string
	Place               string // as shown
	Target              string // the cell to go to, as 'Sheet 1'!C7; empty for none
	Found, Wanted, Mend string
}

var listHead = []string{"序号", "类别", "工作表", "单元格", "问题", "应为", "怎样改"}

// listWidths fit the text of a list, in digits, on a landscape A4.
var listWidths = []float64{6, 8, 16, 10, 44, 32, 44}

// Excel's own limits for a sheet.
const (
	linksShown = 60_000
	linesShown = 1_000_000
)

// IsList tells from a sheet's name and first rows that it is a list of ours,
// which is no data.
func IsList(name string, first []sheet.Row) bool {
	return strings.HasPrefix(name, ListName) && slices.ContainsFunc(first, func(row sheet.Row) bool {
		return len(row.Cells) >= len(listHead) && !slices.ContainsFunc(listHead, func(want string) bool {
			return row.Cells[slices.Index(listHead, want)].Text != want
		})
	})
}

func listed(ctx context.Context, s *sheet.Sheet) (bool, error) {
	for row, err := range s.Rows(ctx) {
		if err != nil {
			return false, err
		}
		if IsList(s.Name, []sheet.Row{row}) {
			return true, nil
		}
		if row.Number > 3 {
			break
		}
	}
	return false, nil
}

// sheet writes what is in the list's worksheet.
func (l List) sheet(s *styles) string {
	face := s.listStyles()
	lines, links := l.Lines[:min(len(l.Lines), linesShown)], 0
	var b, hyper strings.Builder
	b.WriteString(`<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
	fmt.Fprintf(&b, `<dimension ref="A1:%s%d"/>`, sheet.Column(len(listHead)), len(lines)+3)
	b.WriteString(`<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"><pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A4" sqref="A4"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="20"/><cols>`)
	for i, width := range listWidths {
		fmt.Fprintf(&b, `<col min="%d" max="%[1]d" width="%g" customWidth="1"/>`, i+1, width)
	}
	b.WriteString(`</cols><sheetData>`)
	row := func(number int, height float64, cells ...string) {
		fmt.Fprintf(&b, `<row r="%d" ht="%g" customHeight="1">%s</row>`, number, height, strings.Join(cells, ""))
	}
	total := 0.0
	for _, w := range listWidths {
		total += w
	}
	row(1, 32, text("A1", face.title, l.Title))
	row(2, tall(20, l.Says, total), text("A2", face.says, l.Says))
	cells := make([]string, len(listHead))
	for i, name := range listHead {
		cells[i] = text(fmt.Sprintf("%s3", sheet.Column(i+1)), face.head, name)
	}
	row(3, 20, cells...)
	for i, line := range lines {
		n := i + 4
		kind, place := face.check, face.centre
		if line.Must {
			kind = face.must
		}
		if line.Target != "" && links < linksShown {
			links++
			place = face.link
			fmt.Fprintf(&hyper, `<hyperlink ref="D%d" location="%s" display="%s"/>`, n, escape(line.Target), escape(line.Place))
		}
		height := tall(20, line.Sheet, listWidths[2])
		for at, said := range []string{line.Found, line.Wanted, line.Mend} {
			height = max(height, tall(20, said, listWidths[4+at]))
		}
		row(n, height,
			fmt.Sprintf(`<c r="A%d" s="%d"><v>%d</v></c>`, n, face.centre, i+1),
			text(fmt.Sprintf("B%d", n), kind, Kind(line.Must)),
			text(fmt.Sprintf("C%d", n), face.body, line.Sheet),
			text(fmt.Sprintf("D%d", n), place, line.Place),
			text(fmt.Sprintf("E%d", n), face.body, line.Found),
			text(fmt.Sprintf("F%d", n), face.body, line.Wanted),
			text(fmt.Sprintf("G%d", n), face.body, line.Mend))
	}
	fmt.Fprintf(&b, `</sheetData><mergeCells count="2"><mergeCell ref="A1:%s1"/><mergeCell ref="A2:%[1]s2"/></mergeCells>`, sheet.Column(len(listHead)))
	if links > 0 {
		b.WriteString(`<hyperlinks>` + hyper.String() + `</hyperlinks>`)
	}
	b.WriteString(`<pageMargins left="0.7" right="0.7" top="0.7" bottom="0.7" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter>`)
	return b.String()
}

// Kind says which of the two sorts a fault is.
func Kind(must bool) string {
	if must {
		return "必须改"
	}
	return "请核对"
}

// text writes a cell of text; it is text whatever it begins with.
func text(ref string, style int, s string) string {
	if s == "" {
		return fmt.Sprintf(`<c r="%s" s="%d"/>`, ref, style)
	}
	return fmt.Sprintf(`<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, ref, style, escape(s))
}

// tall is the height of a row for a text in a column, in points.
func tall(least float64, s string, width float64) float64 {
	return min(max(least, 15*float64(lines(s, width-3))+5), 400)
}

// lines is how many lines a text takes where so many digits stand in one.
func lines(s string, width float64) int {
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		n += max(1, int((wide(line)+width-1)/width))
	}
	return n
}

// wide is the width of a text in digits: a Chinese character is two.
func wide(s string) float64 {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if r >= 0x2e80 || r == '“' || r == '”' {
			n++
		}
	}
	return float64(n)
}

// faces are the cell styles of a list.
type faces struct{ title, says, head, body, centre, link, must, check int }

func (s *styles) listStyles() faces {
	title := s.add("fonts", `<font><b/><sz val="16"/><color rgb="FF1F2328"/><name val="黑体"/></font>`)
	body := s.add("fonts", `<font><sz val="11"/><color rgb="FF1F2328"/><name val="宋体"/></font>`)
	bold := s.add("fonts", `<font><b/><sz val="11"/><color rgb="FF1F2328"/><name val="宋体"/></font>`)
	blue := s.add("fonts", `<font><u/><sz val="11"/><color rgb="FF2F5D8A"/><name val="宋体"/></font>`)
	grey := s.add("fills", `<fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/><bgColor indexed="64"/></patternFill></fill>`)
	side := func(name string) string {
		return `<` + name + ` style="thin"><color rgb="FFBFC5CC"/></` + name + `>`
	}
	box := s.add("borders", `<border>`+side("left")+side("right")+side("top")+side("bottom")+`<diagonal/></border>`)
	style := func(font, fill, border int, across string) int {
		if across == "left" {
			across += `" indent="1`
		}
		above := ""
		if s.root.kid("cellStyleXfs") != nil {
			above = ` xfId="0"`
		}
		return s.add("cellXfs", fmt.Sprintf(`<xf numFmtId="0" fontId="%d" fillId="%d" borderId="%d"%s applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="%s" vertical="center" wrapText="1"/></xf>`, font, fill, border, above, across))
	}
	return faces{
		title: style(title, 0, 0, "center"), says: style(body, 0, 0, "center"), head: style(bold, grey, box, "center"),
		body: style(body, 0, box, "left"), centre: style(body, 0, box, "center"), link: style(blue, 0, box, "center"),
		must: style(body, s.must, box, "center"), check: style(body, s.check, box, "center"),
	}
}
