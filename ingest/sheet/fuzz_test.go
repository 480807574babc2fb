package sheet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzOpen: whatever the bytes, they are read or refused, within the limits.
// Run it with -fuzzminimizetime 1x: goroutines make the coverage vary, which
// keeps the minimiser busy with nothing.
func FuzzOpen(f *testing.F) {
	f.Add(workbookOf(`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="4"><v>46022</v></c></row>`, nil).pack(f))
	f.Add(stored(f, workbookOf(oneRow, nil)))
	f.Add(xlsOf(f))
	f.Add(xlsBytes(rec(recSST, uint32(1), uint32(1), 1, wide("甲")), rec(recLabelSST, 0, 0, 0, uint32(0))))
	f.Add([]byte("姓名,年龄\n\"张\"\"三\",=\"030\"\n"))
	f.Add([]byte("\xff\xfea\x00,\x00b\x00"))
	f.Add([]byte("\xd5\xc5\t1\n"))
	f.Add([]byte("<table>"))
	f.Fuzz(func(t *testing.T, data []byte) { readWithin(t, data) })
}

// FuzzSheet fuzzes the XML of a sheet, behind a checksum that is right. The
// quick way to read a cell and the thorough one give the same.
func FuzzSheet(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c><c r="B1"><f>1</f></c></row>`)
	f.Add(`<row><c t="d"><v>2025-12-31</v></c><c t="str"><v>_x000D_&#65;<![CDATA[x]]></v></c></row>`)
	f.Add(`<row r="1"><c r="A1" s="1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>a</t></is></c><c r="AB1" t="e"><v>#N/A</v></c></row>`)
	f.Add(`<x:row xmlns:x="urn:x"/><!-- --><?x ?>`)
	f.Fuzz(func(t *testing.T, sheetData string) {
		quick := workbookOf(sheetData, nil).pack(t)
		readWithin(t, quick)
		slow := workbookOf(slowly(sheetData), nil).pack(t)
		got, err := readAll(t, quick, DefaultLimits)
		want, slowErr := readAll(t, slow, DefaultLimits)
		if !strings.Contains(got, "<c") && (got != want || (err == nil) != (slowErr == nil)) {
			t.Errorf("read quickly\n%s, %v; slowly\n%s, %v", got, err, want, slowErr)
		}
	})
}

// FuzzParts fuzzes the parts around a sheet that is right.
func FuzzParts(f *testing.F) {
	good := workbookOf("", nil)
	names := []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml"}
	f.Add(good[names[0]], good[names[1]], good[names[2]], good[names[3]], good[names[4]])
	f.Add(`<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:workbookPr date1904="1"/><x:sheets/></x:workbook>`,
		good[names[1]], `<sst><si><t xml:space="preserve"> _x000D_</t></si></sst>`, `<styleSheet><cellXfs count="9"/></styleSheet>`, good[names[4]])
	f.Fuzz(func(t *testing.T, workbook, rels, strings, styles, types string) {
		readWithin(t, workbookOf(`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="4"><v>46022</v></c></row>`,
			parts{names[0]: workbook, names[1]: rels, names[2]: strings, names[3]: styles, names[4]: types}).pack(t))
	})
}

// FuzzText fuzzes delimited text in every encoding.
func FuzzText(f *testing.F) {
	f.Add([]byte("姓名,年龄\n\"张\"\"三\",=\"030\"\n"))
	f.Add([]byte("\xef\xbb\xbf姓名\t年龄\r\n张三\t030\r"))
	f.Add([]byte("\xff\xfea\x00,\x00b\x00"))
	f.Add([]byte("\xfe\xff\x00a\x00;\x00b"))
	f.Add([]byte("\xd5\xc5,1\n\x81\x30\x81\x30|2"))
	f.Fuzz(func(t *testing.T, data []byte) { readWithin(t, data) })
}

// FuzzXLS fuzzes the records of an .xls stream.
func FuzzXLS(f *testing.F) {
	f.Add(rec(recSST, uint32(1), uint32(1), 1, wide("甲")), rec(recLabelSST, 0, 0, 0, uint32(0)))
	f.Add(rec(recDateMode, 1), rec(recMulRK, 4, 1, 0, uint32(5), 1, uint32(6), 2))
	f.Add([]byte{}, rec(recFormula, 0, 1, 0, []byte{0, 0, 0, 0, 0, 0, 0xff, 0xff}, 0, uint32(0), 0))
	f.Fuzz(func(t *testing.T, globals, cells []byte) { readWithin(t, xlsBytes(globals, cells)) })
}

// readWithin reads a file whole under small limits, and checks what every
// reader of rows may rely on.
func readWithin(t *testing.T, data []byte) {
	lim := Limits{
		FileBytes: 1 << 20, PartBytes: 1 << 20, Entries: 20, Ratio: 200, CellText: 100,
		Strings: 100, StringBytes: 10_000, Rows: 1000, Cols: 100, Cells: 1000, Depth: 16,
	}
	book, err := openBytes(data, lim)
	if err != nil {
		if !isRefusal(err) {
			t.Errorf("not a refusal: %v", err)
		}
		return
	}
	if len(book.Sheets) == 0 {
		t.Error("a book without sheets")
	}
	for _, s := range book.Sheets {
		last, cells := 0, 0
		for row, err := range s.Rows(t.Context()) {
			if err != nil {
				if !isRefusal(err) {
					t.Errorf("not a refusal: %v", err)
				}
				break
			}
			if row.Number <= last || row.Number > lim.Rows || len(row.Cells) > lim.Cols {
				t.Errorf("row %d after %d, %d cells", row.Number, last, len(row.Cells))
			}
			last = row.Number
			for i, c := range row.Cells {
				if c.Type == Empty {
					if c.Text != "" || i == len(row.Cells)-1 {
						t.Errorf("row %d: empty cell %d with %q", row.Number, i, c.Text)
					}
					continue
				}
				if cells++; units([]byte(c.Text)) > lim.CellText {
					t.Errorf("row %d: cell %d is too long", row.Number, i)
				}
				if _, ok := parseNumber([]byte(c.Text)); c.Type == Number && !ok {
					t.Errorf("row %d: number %q", row.Number, c.Text)
				}
				if strings.ToValidUTF8(c.Text, "") != c.Text {
					t.Errorf("row %d: %q is not UTF-8", row.Number, c.Text)
				}
			}
		}
		if int64(cells) > lim.Cells {
			t.Errorf("%d cells", cells)
		}
		if _, err := s.Merges(t.Context()); err != nil && !isRefusal(err) {
			t.Errorf("not a refusal: %v", err)
		}
	}
}

// The corpus, too, seeds no fuzzing but passes the same checks.
func TestCorpusWithinLimits(t *testing.T) {
	needCorpus(t)
	files, err := filepath.Glob(filepath.Join(corpus, "*/*.xls*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(file), func(t *testing.T) { readWithin(t, data) })
	}
}
