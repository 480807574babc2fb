package markup

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"xingce/ingest/sheet"
)

// SheetName is the name of a text file's sheet in a workbook.
const SheetName = "Sheet1"

// Cell styles of a plain workbook: by number what builds them.
const (
	asIs = iota
	asText
	asDay
	asMoment
	asClock
	asElapsed
	asMonth
)

const plainStyles = `<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/><numFmt numFmtId="166" formatCode="yyyy\-mm"/></numFmts>` + faceStyles +
	`<cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="21" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="46" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>`

// Plain gives an .xlsx file that package sheet reads as it read the book:
// values, merged cells, what is hidden. What looked some way, and formulas,
// are not in it. Text stays text when it is typed over: an ID number keeps
// its digits.
func Plain(ctx context.Context, read *sheet.Book) ([]byte, error) {
	const (
		office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		main   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	create := func(name string) (io.Writer, error) {
		return w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	}
	var types, sheets, links strings.Builder
	for i, s := range read.Sheets {
		name, state := s.Name, ""
		if name == "" {
			name = SheetName
		}
		switch s.Visibility {
		case sheet.Hidden:
			state = ` state="hidden"`
		case sheet.VeryHidden:
			state = ` state="veryHidden"`
		}
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%s"/>`, i+1, contentType("sheet.xml"))
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="rId%[2]d"/>`, escape(name), i+1, state)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%[1]d.xml"/>`, i+1, office)
		to, err := create(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		if err != nil {
			return nil, err
		}
		lines := bufio.NewWriter(to)
		fmt.Fprintf(lines, head+`<worksheet xmlns="%s">`, main)
		if err := plainSheet(ctx, lines, s); err != nil {
			return nil, err
		}
		lines.WriteString(`</worksheet>`)
		if err := lines.Flush(); err != nil {
			return nil, err
		}
	}
	epoch := ""
	if len(read.Sheets) > 0 && read.Sheets[0].Date1904 {
		epoch = `<workbookPr date1904="1"/>`
	}
	for _, part := range []part{
		{"[Content_Types].xml", fmt.Appendf(nil, `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="%s"/>%s</Types>`, contentType("styles.xml"), types.String())},
		{"_rels/.rels", fmt.Appendf(nil, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>`, office)},
		{"xl/workbook.xml", fmt.Appendf(nil, `<workbook xmlns="%s" xmlns:r="%s">%s<bookViews><workbookView/></bookViews><sheets>%s</sheets></workbook>`, main, office, epoch, sheets.String())},
		{"xl/_rels/workbook.xml.rels", fmt.Appendf(nil, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s<Relationship Id="styles" Type="%s/styles" Target="styles.xml"/></Relationships>`, links.String(), office)},
		{"xl/styles.xml", fmt.Appendf(nil, `<styleSheet xmlns="%s">%s</styleSheet>`, main, plainStyles)},
	} {
		to, err := create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := fmt.Fprintf(to, head+"%s", part.data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// plainSheet writes what is in a worksheet; a fault of the file shows when w
// is flushed.
func plainSheet(ctx context.Context, w io.Writer, s *sheet.Sheet) error {
	var widths []float64
	for row, err := range s.Rows(ctx) {
		if err != nil {
			return err
		}
		for i, cell := range row.Cells {
			if i == len(widths) {
				widths = append(widths, 8)
			}
			if len(row.Cells) > 1 { // a title stands alone and may run over
				for line := range strings.SplitSeq(cell.Text, "\n") {
					widths[i] = max(widths[i], min(wide(line)+2, 40))
				}
			}
		}
	}
	io.WriteString(w, `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
	if len(widths) > 0 {
		io.WriteString(w, `<cols>`)
		for i, width := range widths {
			fmt.Fprintf(w, `<col min="%d" max="%[1]d" width="%g" style="%d" customWidth="1"/>`, i+1, width, asText)
		}
		io.WriteString(w, `</cols>`)
	}
	io.WriteString(w, `<sheetData>`)
	for row, err := range s.Rows(ctx) {
		if err != nil {
			return err
		}
		hidden := ""
		if row.Hidden {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(w, `<row r="%d"%s>`, row.Number, hidden)
		for i, cell := range row.Cells {
			io.WriteString(w, plainCell(fmt.Sprintf("%s%d", sheet.Column(i+1), row.Number), cell, s.Date1904))
		}
		io.WriteString(w, `</row>`)
	}
	io.WriteString(w, `</sheetData>`)
	merges, err := s.Merges(ctx)
	if err != nil {
		return err
	}
	if len(merges) > 0 {
		fmt.Fprintf(w, `<mergeCells count="%d">`, len(merges))
		for _, m := range merges {
			fmt.Fprintf(w, `<mergeCell ref="%s%d:%s%d"/>`, sheet.Column(m.FirstCol), m.FirstRow, sheet.Column(m.LastCol), m.LastRow)
		}
		io.WriteString(w, `</mergeCells>`)
	}
	_, err = io.WriteString(w, `<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>`)
	return err
}

// excelErrors are those that a workbook may hold.
var excelErrors = []string{"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}

func plainCell(ref string, cell sheet.Cell, date1904 bool) string {
	value := func(style int, kind, v string) string {
		return fmt.Sprintf(`<c r="%s" s="%d"%s><v>%s</v></c>`, ref, style, kind, escape(v))
	}
	switch cell.Type {
	case sheet.Empty:
		return ""
	case sheet.Number:
		return value(asIs, "", cell.Text)
	case sheet.Bool:
		if cell.Text == "TRUE" {
			return value(asIs, ` t="b"`, "1")
		}
		return value(asIs, ` t="b"`, "0")
	case sheet.Error:
		if !slices.Contains(excelErrors, cell.Text) {
			return value(asIs, ` t="e"`, "#N/A")
		}
		return value(asIs, ` t="e"`, cell.Text)
	case sheet.Date:
		if serial, style, ok := serial(cell.Text, date1904); ok {
			return value(style, "", serial)
		}
		return value(asDay, ` t="d"`, strings.Replace(cell.Text, " ", "T", 1))
	}
	if cell.Text == "" {
		return fmt.Sprintf(`<c r="%s" s="%d" t="inlineStr"><is><t></t></is></c>`, ref, asText)
	}
	return text(ref, asText, cell.Text)
}

// serial is the number that Excel keeps for a date as package sheet writes
// it. It reports false for what was no number of days.
func serial(s string, date1904 bool) (string, int, bool) {
	style := asDay
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		style = asMoment
		t, err = time.Parse(time.DateTime, s)
	}
	if err != nil {
		style = asMonth
		t, err = time.Parse("2006-01", s)
	}
	if err != nil {
		if t, err = time.Parse(time.TimeOnly, s); err == nil {
			return number(clock(t)), asClock, true
		}
		hours, rest, _ := strings.Cut(s, ":")
		h, bad := strconv.Atoi(hours)
		if t, err = time.Parse("04:05", rest); bad != nil || err != nil {
			return "", 0, false
		}
		return number(float64(h)/24 + clock(t)), asElapsed, true
	}
	zero := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		zero = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	days := (t.Unix() - zero.Unix()) / 86400 // a Duration ends after 292 years
	if !date1904 && days <= 60 {
		days-- // before the day that never was, 1900-02-29
	}
	if t.Before(zero) || days < 0 || !date1904 && days == 0 {
		return "", 0, false
	}
	return number(float64(days) + clock(t)), style, true
}

func clock(t time.Time) float64 { return float64(t.Hour()*3600+t.Minute()*60+t.Second()) / 86400 }

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
