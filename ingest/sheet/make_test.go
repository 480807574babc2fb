package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// parts are those of a package, by name.
type parts map[string]string

const (
	xmlMain  = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	xmlRels  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	ssml     = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// workbookOf gives the parts of a small workbook with one sheet, 名单. Those in
// more come in addition, or instead; an empty one is left out.
func workbookOf(sheetData string, more parts) parts {
	all := parts{
		"[Content_Types].xml": `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + ssml + `sheet.main+xml"/></Types>`,
		"_rels/.rels":     xmlRels + `<Relationship Id="a" Type="` + relTypes + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook ` + xmlMain + `><sheets><sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": xmlRels + `<Relationship Id="r1" Type="` + relTypes + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="r2" Type="` + relTypes + `styles" Target="styles.xml"/>` +
			`<Relationship Id="r3" Type="` + relTypes + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet ` + xmlMain + `><numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="201" formatCode="[h]:mm"/></numFmts>` +
			// 0 General, 1 date, 2 date and time, 3 time, 4 Chinese date, 5 elapsed, 6 text, 7 built in for Chinese
			`<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="200"/><xf numFmtId="201"/><xf numFmtId="49"/><xf numFmtId="31"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":     `<sst ` + xmlMain + `><si><t>姓名</t></si><si><r><t>张</t></r><r><rPr><b/></rPr><t>三</t></r><rPh sb="0" eb="1"><t>ZHANG</t></rPh></si><si><t/></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet ` + xmlMain + `><sheetData>` + sheetData + `</sheetData></worksheet>`,
	}
	maps.Copy(all, more)
	for name, text := range all {
		if text == "" {
			delete(all, name)
		}
	}
	return all
}

// pack zips parts, in the order of their names.
func (p parts) pack(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func openBytes(data []byte, lim Limits) (*Book, error) {
	return Open(bytes.NewReader(data), int64(len(data)), lim)
}

// readAll reads every sheet of a file and shows its rows, a line for each.
func readAll(t testing.TB, data []byte, lim Limits) (string, error) {
	t.Helper()
	book, err := openBytes(data, lim)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, s := range book.Sheets {
		if len(book.Sheets) > 1 {
			fmt.Fprintf(&out, "= %s\n", s.Name)
		}
		for row, err := range s.Rows(t.Context()) {
			if err != nil {
				return out.String(), err
			}
			out.WriteString(show(row))
		}
	}
	return out.String(), nil
}

// show writes a row as 3: "text" | 12 | @2025-12-31 | !#N/A | TRUE, with (3)
// for a hidden one.
func show(row Row) string {
	var out strings.Builder
	if row.Hidden {
		fmt.Fprintf(&out, "(%d):", row.Number)
	} else {
		fmt.Fprintf(&out, "%d:", row.Number)
	}
	for i, c := range row.Cells {
		if i > 0 {
			out.WriteString(" |")
		}
		switch c.Type {
		case Text:
			fmt.Fprintf(&out, " %q", c.Text)
		case Date:
			out.WriteString(" @" + c.Text)
		case Error:
			out.WriteString(" !" + c.Text)
		case Number, Bool:
			out.WriteString(" " + c.Text)
		}
	}
	out.WriteString("\n")
	return out.String()
}

// wantRefusal checks that err refuses with this code, in a whole sentence.
func wantRefusal(t testing.TB, err error, code string) *Refusal {
	t.Helper()
	var r *Refusal
	if !errors.As(err, &r) {
		t.Fatalf("got error %v, want a refusal with code %s", err, code)
	}
	if r.Code != code {
		t.Fatalf("got code %s (%+v), want %s", r.Code, r, code)
	}
	if r.Says == "" || strings.Contains(r.Says, "%!") {
		t.Errorf("refusal %s has no sentence: %q", code, r.Says)
	}
	return r
}
