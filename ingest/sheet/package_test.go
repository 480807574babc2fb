package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

const oneRow = `<row r="1"><c r="A1"><v>1</v></c></row>`

// Workbooks of other programs, and of other programmers, that are still whole.
func TestOddPackages(t *testing.T) {
	usual := workbookOf(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46022</v></c></row>`, nil)
	const want = "1: \"姓名\" | @2025-12-31\n"
	strict := strings.NewReplacer(
		"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
		"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
	prefixed := strings.NewReplacer("</", "</x:", "<?", "<?", "<", "<x:", "xmlns=", "xmlns:x=")
	for _, test := range []struct {
		name   string
		change func(name, text string) (string, string)
	}{
		{"as usual", func(name, text string) (string, string) { return name, text }},
		{"backslashes", func(name, text string) (string, string) { return strings.ReplaceAll(name, "/", `\`), text }},
		{"other case", func(name, text string) (string, string) { return strings.ToUpper(name), text }},
		{"leading slash", func(name, text string) (string, string) { return "/" + name, text }},
		{"absolute targets", func(name, text string) (string, string) {
			return name, strings.ReplaceAll(text, `Target="worksheets`, `Target="/xl/worksheets`)
		}},
		{"targets that climb", func(name, text string) (string, string) {
			return name, strings.ReplaceAll(text, `Target="worksheets`, `Target="../xl/./worksheets`)
		}},
		{"strict names", func(name, text string) (string, string) { return name, strict.Replace(text) }},
		{"a byte order mark", func(name, text string) (string, string) { return name, "\ufeff" + text }},
		{"prefixes", func(name, text string) (string, string) {
			if strings.HasPrefix(name, "xl/") && !strings.Contains(name, "rels") {
				text = prefixed.Replace(text)
			}
			return name, text
		}},
		{"a wrong dimension", func(name, text string) (string, string) {
			return name, strings.Replace(text, "<sheetData>", `<dimension ref="A1"/><sheetData>`, 1)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			odd := parts{}
			for name, text := range usual {
				name, text = test.change(name, text)
				odd[name] = text
			}
			got, err := readAll(t, odd.pack(t), DefaultLimits)
			if err != nil || got != want {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
}

func TestSheetList(t *testing.T) {
	data := workbookOf(oneRow, parts{
		"xl/workbook.xml": `<workbook ` + xmlMain + `><workbookPr date1904="1"/><sheets>` +
			`<sheet name="甲&amp;乙" sheetId="1" r:id="r1"/><sheet name="图" sheetId="2" r:id="r4"/>` +
			`<sheet name="b" sheetId="3" r:id="r1" state="hidden"/><sheet name="c" sheetId="4" r:id="r1" state="veryHidden"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": xmlRels + `<Relationship Id="r1" Type="` + relTypes + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="r4" Type="` + relTypes + `chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`,
	}).pack(t)
	book, err := openBytes(data, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range book.Sheets {
		got = append(got, fmt.Sprintf("%s %d %v", s.Name, s.Visibility, s.Date1904))
	}
	if want := "[甲&乙 0 true b 1 true c 2 true]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestEpoch1904(t *testing.T) {
	got, err := readAll(t, workbookOf(`<row r="1"><c r="A1" s="1"><v>42735</v></c><c r="B1" s="1"><v>0</v></c><c r="C1" s="3"><v>0.5</v></c><c r="D1" s="1"><v>60</v></c><c r="E1" s="1"><v>2957004</v></c></row>`, parts{
		"xl/workbook.xml": `<workbook ` + xmlMain + `><workbookPr date1904="true"/><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`,
	}).pack(t), DefaultLimits)
	if want := "1: @2021-01-01 | @1904-01-01 | @12:00:00 | @1904-03-01 | 2957004\n"; err != nil || got != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}

// A package that is broken, or is no plain workbook, is refused when opened.
func TestPackageRefusals(t *testing.T) {
	main := func(kind string) string {
		return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="` + kind + `"/></Types>`
	}
	sheets := func(rel string) string {
		return xmlRels + rel + `<Relationship Id="r2" Type="` + relTypes + `styles" Target="styles.xml"/></Relationships>`
	}
	for _, test := range []struct {
		name, code string
		more       parts
	}{
		{"no content types", "part-missing", parts{"[Content_Types].xml": ""}},
		{"no relationships", "part-missing", parts{"_rels/.rels": ""}},
		{"no workbook", "part-missing", parts{"xl/workbook.xml": ""}},
		{"no relationships of the workbook", "part-missing", parts{"xl/_rels/workbook.xml.rels": ""}},
		{"no sheet part", "part-missing", parts{"xl/worksheets/sheet1.xml": ""}},
		{"no styles part", "part-missing", parts{"xl/styles.xml": ""}},
		{"no strings part", "part-missing", parts{"xl/sharedStrings.xml": ""}},
		{"a sheet without relationship", "part-missing", parts{"xl/_rels/workbook.xml.rels": sheets("")}},
		{"a sheet elsewhere", "part-missing", parts{"xl/_rels/workbook.xml.rels": sheets(`<Relationship Id="r1" TargetMode="External" Type="` + relTypes + `worksheet" Target="worksheets/sheet1.xml"/>`)}},
		{"two styles parts", "xml-structure", parts{"xl/s2.xml": "x", "xl/_rels/workbook.xml.rels": sheets(`<Relationship Id="r9" Type="` + relTypes + `styles" Target="s2.xml"/>`)}},
		{"only a chart", "no-sheets", parts{"xl/_rels/workbook.xml.rels": sheets(`<Relationship Id="r1" Type="` + relTypes + `chartsheet" Target="c.xml"/>`)}},
		{"something behind the workbook", "xml-syntax", parts{"xl/workbook.xml": `<workbook ` + xmlMain + `><sheets><sheet r:id="r1"/></sheets></workbook>x`}},
		{"no sheets", "no-sheets", parts{"xl/workbook.xml": `<workbook ` + xmlMain + `/>`}},
		{"no spreadsheet XML", "xml-structure", parts{"xl/workbook.xml": `<workbook/>`}},
		{"macros, by type", "macros", parts{"[Content_Types].xml": main("application/vnd.ms-excel.sheet.macroEnabled.main+xml")}},
		{"macros, by part", "macros", parts{"xl/vbaProject.bin": "x"}},
		{"xlsb", "xlsb", parts{"[Content_Types].xml": main("application/vnd.ms-excel.sheet.binary.macroEnabled.main")}},
		{"docx", "word", parts{"[Content_Types].xml": main("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")}},
		{"pptx", "slides", parts{"[Content_Types].xml": main("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")}},
		{"something else", "not-workbook", parts{"[Content_Types].xml": main("application/vnd.ms-visio.drawing.main+xml")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := openBytes(workbookOf(oneRow, test.more).pack(t), DefaultLimits)
			wantRefusal(t, err, test.code)
		})
	}
}

// zipOf zips entries as they are given, which zip.Writer allows.
func zipOf(t *testing.T, entries ...zip.FileHeader) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := range entries {
		if _, err := z.CreateHeader(&entries[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The gate refuses by the directory alone.
func TestGate(t *testing.T) {
	good := workbookOf(oneRow, nil).pack(t)
	central := bytes.Index(good, []byte("PK\x01\x02"))
	// patch changes bytes of the first entry of the directory.
	patch := func(at int, b ...byte) []byte {
		out := bytes.Clone(good)
		copy(out[central+at:], b)
		return out
	}
	var many []zip.FileHeader
	for i := range 2001 {
		many = append(many, zip.FileHeader{Name: fmt.Sprint(i)})
	}
	bomb := workbookOf(oneRow, parts{"xl/media/a": strings.Repeat("0", 3<<20)}).pack(t)
	const odd = 99
	zip.RegisterCompressor(odd, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 1) })
	big := patch(24, 0xff, 0xff, 0xff, 0x7f)
	for _, test := range []struct {
		name, code string
		data       []byte
	}{
		{"the same name", "zip-name", zipOf(t, zip.FileHeader{Name: "a"}, zip.FileHeader{Name: "a"})},
		{"the same name in another case", "zip-name", zipOf(t, zip.FileHeader{Name: "xl/A"}, zip.FileHeader{Name: `xl\a`})},
		{"a name that climbs", "zip-name", zipOf(t, zip.FileHeader{Name: "xl/../../a"})},
		{"a name that climbs with backslashes", "zip-name", zipOf(t, zip.FileHeader{Name: `..\a`})},
		{"a zero byte", "zip-name", zipOf(t, zip.FileHeader{Name: "a\x00.xml"})},
		{"too many entries", "zip-entries", zipOf(t, many...)},
		{"far too many entries", "zip-entries", manyNameless(100_000)},
		{"encrypted", "zip-secret", patch(8, 1)},
		{"another method, in a part that is not read", "zip-method", zipOf(t, zip.FileHeader{Name: "a"}, zip.FileHeader{Name: "b", Method: odd})},
		{"a part that is too big", "zip-bomb", big},
		{"a part that inflates too much", "zip-bomb", bomb},
		{"no checksum", "crc", patch(8, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0)},
		{"not even a directory", "zip", good[:central]},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := openBytes(test.data, DefaultLimits)
			wantRefusal(t, err, test.code)
		})
	}
}

// A directory without end is not read to its end.
func TestGateMemory(t *testing.T) {
	data := manyNameless(1_000_000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := openBytes(data, DefaultLimits)
	runtime.ReadMemStats(&after)
	wantRefusal(t, err, "zip-entries")
	if got := after.TotalAlloc - before.TotalAlloc; got > 64<<20 {
		t.Errorf("it took %d MiB", got>>20)
	}
}

// manyNameless is a zip that is nothing but a directory.
func manyNameless(entries int) []byte {
	b := []byte("PK\x03\x04")
	for range entries {
		b = append(b, "PK\x01\x02"...)
		b = append(b, make([]byte, 42)...)
	}
	size := len(b) - 4
	end := make([]byte, 22)
	copy(end, "PK\x05\x06")
	binary.LittleEndian.PutUint16(end[8:], uint16(entries))
	binary.LittleEndian.PutUint16(end[10:], uint16(entries))
	binary.LittleEndian.PutUint32(end[12:], uint32(size))
	binary.LittleEndian.PutUint32(end[16:], 4)
	return append(b, end...)
}

// Two entries that share their bytes make a small file inflate to a large one.
func TestOverlap(t *testing.T) {
	data := zipOf(t, zip.FileHeader{Name: "a.xml"}, zip.FileHeader{Name: "b.xml"})
	second := bytes.LastIndex(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[second+42:], 0) // where the first entry is
	_, err := openBytes(data, DefaultLimits)
	wantRefusal(t, err, "zip-overlap")
}

// What a sheet's checksum covers is known only at its end: the rows before
// are followed by the refusal.
func TestChecksum(t *testing.T) {
	data := stored(t, workbookOf(oneRow, nil))
	at := bytes.Index(data, []byte("<v>1</v>"))
	data[at+3] = '2'
	got, err := readAll(t, data, DefaultLimits)
	if got != "1: 2\n" {
		t.Errorf("got %s", got)
	}
	wantRefusal(t, err, "crc")
}

// stored packs parts without compression, so that a test can change their
// bytes.
func stored(t testing.TB, p parts) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range p {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A sheet that is cut off inside the zip is never a shorter sheet.
func TestTruncatedSheet(t *testing.T) {
	whole := workbookOf(oneRow+`<row r="2"><c r="A2"><v>2</v></c></row>`, nil)
	text := whole["xl/worksheets/sheet1.xml"]
	for n := range len(text) {
		whole["xl/worksheets/sheet1.xml"] = text[:n]
		if n == 0 {
			whole["xl/worksheets/sheet1.xml"] = " "
		}
		if got, err := readAll(t, whole.pack(t), DefaultLimits); err == nil {
			t.Fatalf("the first %d bytes of %d were read as a whole sheet: %s", n, len(text), got)
		}
	}
}
