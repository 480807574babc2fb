package ingest_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xingce/ingest"
	"xingce/ingest/markup"
	"xingce/ingest/sheet"
)

const giftsName = "象山社区2025年第四季度捐款.xlsx"

// gifts is a small register with two bad cells, one that holds something and
// one that is blank.
func gifts(t *testing.T) []byte {
	return workbook(t,
		tab{name: "12月", rows: []string{"捐款台账", "捐款日期|捐款人|金额|捐款项目", "@2025-12-01|王一|#100|助学", "@2025-12-02|王二|一百|助学", "|王三|#300|助学", "@2026-02-01|王四|#50|助学"}, merged: []string{"A1:D1"}},
		tab{name: "说明", rows: []string{"内部用"}})
}

func annotate(t *testing.T, original []byte, report ingest.Report) (string, []byte) {
	t.Helper()
	name, body, err := ingest.Annotate(t.Context(), original, report)
	if err != nil {
		t.Fatal(err)
	}
	return name, body
}

func open(t *testing.T, body []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestAnnotate(t *testing.T) {
	_, report := read(t, reader(t), giftsName, gifts(t), ingest.Hint{})
	name, body := annotate(t, gifts(t), report)
	if name != giftsName {
		t.Errorf("it is called %s", name)
	}
	f := open(t, body)
	if got := f.GetSheetList(); !slices.Equal(got, []string{"问题清单", "12月", "说明"}) {
		t.Errorf("sheets %q", got)
	}
	if f.GetActiveSheetIndex() != 0 {
		t.Error("it does not open at the list")
	}
	rows, err := f.GetRows("问题清单")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows[2:] {
		got = append(got, strings.Join(row, "|"))
	}
	want := []string{
		"序号|类别|工作表|单元格|问题|应为|怎样改",
		"1|必须改|12月|C4|金额写的是“一百”|金额，如 200 或 200.50|请写阿拉伯数字",
		"2|必须改|12月|A5|捐款日期是空的|捐款日期|请补填",
		"3|请核对|12月|A6|2026-02-01|2025年第四季度内的日期|请核对日期或期间",
	}
	if !slices.Equal(got, want) {
		t.Errorf("list\n%s", strings.Join(got, "\n"))
	}
	if linked, to, _ := f.GetCellHyperLink("问题清单", "D4"); !linked || to != "'12月'!C4" {
		t.Errorf("D4 leads to %q", to)
	}
	comments, err := f.GetComments("12月")
	if err != nil {
		t.Fatal(err)
	}
	if len(comments) != 3 {
		t.Fatalf("%d comments", len(comments))
	}
	for i, want := range []struct{ cell, colour, says string }{{"C4", "F9C7C2", "【星册】必须改："}, {"A5", "F9C7C2", "【星册】必须改："}, {"A6", "FDE9CE", "【星册】请核对："}} {
		cell := want.cell
		id, _ := f.GetCellStyle("12月", cell)
		style, _ := f.GetStyle(id)
		if !slices.Equal(style.Fill.Color, []string{want.colour}) || cell == "A6" && style.NumFmt != 14 {
			t.Errorf("%s looks like %+v", cell, style)
		}
		if c := comments[i]; c.Cell != cell || c.Author != "星册" || !strings.HasPrefix(comment(c), want.says) {
			t.Errorf("%s has the comment %+v", cell, c)
		}
	}
	if v, _ := f.GetCellValue("12月", "C4"); v != "一百" {
		t.Errorf("C4 is %q", v)
	}
}

func comment(c excelize.Comment) string {
	text := c.Text
	for _, run := range c.Paragraph {
		text += run.Text
	}
	return text
}

// The clerk mends the cells in the copy, and in another the original: both
// are read alike, to the last issue.
func TestAnnotatedMended(t *testing.T) {
	_, report := read(t, reader(t), giftsName, gifts(t), ingest.Hint{})
	_, body := annotate(t, gifts(t), report)
	mend := func(data []byte) (string, ingest.Report) {
		f := open(t, data)
		if err := f.SetCellFloat("12月", "C4", 200, -1, 64); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStr("12月", "A5", "2025.12.3"); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		return read(t, reader(t), giftsName, out.Bytes(), ingest.Hint{}, "day", "donor", "amount", "campaign")
	}
	want, _ := mend(gifts(t))
	got, mended := mend(body)
	if got != want {
		t.Errorf("mended:\n%s\nwant\n%s", got, want)
	}
	if !strings.Contains(got, "4 + 0") || len(mended.Batches) != 1 {
		t.Errorf("not mended:\n%s", got)
	}
}

// A copy in which one of two cells was mended comes back again: only the
// other is marked, and there is one list.
func TestAnnotatedAgain(t *testing.T) {
	_, report := read(t, reader(t), giftsName, gifts(t), ingest.Hint{})
	_, body := annotate(t, gifts(t), report)
	f := open(t, body)
	if err := f.SetCellFloat("12月", "C4", 200, -1, 64); err != nil {
		t.Fatal(err)
	}
	var saved bytes.Buffer
	if err := f.Write(&saved); err != nil {
		t.Fatal(err)
	}
	_, report = read(t, reader(t), giftsName, saved.Bytes(), ingest.Hint{})
	_, body = annotate(t, saved.Bytes(), report)
	f = open(t, body)
	if got := f.GetSheetList(); !slices.Equal(got, []string{"问题清单", "12月", "说明"}) {
		t.Errorf("sheets %q", got)
	}
	if rows, _ := f.GetRows("问题清单"); len(rows) < 4 || rows[3][3] != "A5" {
		t.Errorf("list %q", rows)
	}
	comments, err := f.GetComments("12月")
	if err != nil || len(comments) != 2 || comments[0].Cell != "A5" || strings.Count(comment(comments[0]), "【星册】") != 1 {
		t.Errorf("comments %+v, %v", comments, err)
	}
	id, _ := f.GetCellStyle("12月", "C4")
	if style, _ := f.GetStyle(id); len(style.Fill.Color) > 0 {
		t.Errorf("the mended cell is filled %v", style.Fill)
	}
	boxes := 0
	for name, data := range parts(t, body) {
		if strings.HasSuffix(name, ".vml") {
			boxes += bytes.Count(data, []byte("<v:shape "))
		}
	}
	if boxes != 2 {
		t.Errorf("%d boxes for two comments", boxes)
	}
}

func TestAnnotateKeepsComments(t *testing.T) {
	f := open(t, gifts(t))
	for cell, text := range map[string]string{"C4": "老李：待核", "B3": "老李：已核"} {
		if err := f.AddComment("12月", excelize.Comment{Cell: cell, Author: "老李", Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	var data bytes.Buffer
	if err := f.Write(&data); err != nil {
		t.Fatal(err)
	}
	original := data.Bytes()
	_, report := read(t, reader(t), giftsName, original, ingest.Hint{})
	for range 2 { // and again over the copy
		_, original = annotate(t, original, report)
		got := map[string]string{}
		comments, err := open(t, original).GetComments("12月")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range comments {
			got[c.Cell] = c.Author + "：" + comment(c)
		}
		if got["B3"] != "老李：老李：已核" {
			t.Errorf("B3: %q", got["B3"])
		}
		if text := got["C4"]; !strings.HasPrefix(text, "老李：老李：待核\n【星册】必须改：") || strings.Count(text, "【星册】") != 1 {
			t.Errorf("C4: %q", text)
		}
		if len(got) != 4 {
			t.Errorf("%d comments", len(got))
		}
	}
}

// What a person typed stays text, in the list and in the comments.
func TestAnnotateWritesTextOnly(t *testing.T) {
	original := workbook(t, tab{name: "=1+1'x", rows: []string{"捐款台账", "捐款日期|捐款人|金额", `@2025-12-01|王一|=HYPERLINK("http://example.com")<b>`}})
	_, report := read(t, reader(t), giftsName, original, ingest.Hint{})
	_, body := annotate(t, original, report)
	f := open(t, body)
	rows, err := f.GetRows("问题清单")
	if err != nil || len(rows) < 4 {
		t.Fatalf("%q, %v", rows, err)
	}
	if !strings.Contains(rows[3][4], `=HYPERLINK("http://example.com")<b>`) {
		t.Errorf("E4 is %q", rows[3][4])
	}
	if _, to, _ := f.GetCellHyperLink("问题清单", "D4"); to != "'=1+1''x'!C3" {
		t.Errorf("D4 leads to %q", to)
	}
	for name, data := range parts(t, body) {
		if bytes.Contains(data, []byte("<f>")) || bytes.Contains(data, []byte(`TargetMode="External"`)) {
			t.Errorf("%s has a formula or leads outside", name)
		}
	}
}

// Text files and .xls come back as .xlsx, and are read there as before.
func TestAnnotateOtherFormats(t *testing.T) {
	needCorpus(t)
	formats := map[string]int{}
	err := filepath.WalkDir(corpus, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(path, filepath.Join(corpus, "expected")) {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil || len(data) > 256<<10 {
			return err
		}
		was, err := sheet.Open(bytes.NewReader(data), int64(len(data)), sheet.DefaultLimits)
		if err != nil || was.Format == "xlsx" || !whole(t, was) {
			return nil
		}
		formats[was.Format]++
		t.Run(strings.TrimPrefix(path, corpus+"/"), func(t *testing.T) {
			first := was.Sheets[0].Name
			report := ingest.Report{Source: ingest.Source{File: "2025年第四季度/" + entry.Name()}, Issues: []ingest.Issue{
				{Severity: ingest.Error, Sheet: first, Cell: "B2", Row: 2, Found: "试"},
				{Severity: ingest.Warning, Sheet: first, Cell: "A900", Row: 900, Found: "试"},
			}}
			name, body := annotate(t, data, report)
			if want := "2025年第四季度/" + strings.TrimSuffix(entry.Name(), filepath.Ext(entry.Name())) + ".xlsx"; name != want {
				t.Errorf("called %s, want %s", name, want)
			}
			now := book(t, body)
			if len(now.Sheets) != len(was.Sheets)+1 {
				t.Fatalf("%d sheets of %d", len(now.Sheets), len(was.Sheets))
			}
			for i, s := range was.Sheets {
				same(t, s, now.Sheets[i+1])
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if formats["xls"] < 100 || formats["csv"] < 50 {
		t.Errorf("only %v", formats)
	}
}

// whole reports whether a book reads to its end.
func whole(t *testing.T, b *sheet.Book) bool {
	for _, s := range b.Sheets {
		for _, err := range s.Rows(t.Context()) {
			if err != nil {
				return false
			}
		}
		if _, err := s.Merges(t.Context()); err != nil {
			return false
		}
	}
	return true
}

// same compares what two sheets are read as.
func same(t *testing.T, was, now *sheet.Sheet) {
	t.Helper()
	if was.Name != now.Name && was.Name != "" || was.Visibility != now.Visibility || was.Date1904 != now.Date1904 {
		t.Errorf("sheet %q is now %q", was.Name, now.Name)
	}
	before, after := texts(t, was), texts(t, now)
	if !slices.Equal(before, after) {
		for i := range min(len(before), len(after)) {
			if before[i] != after[i] {
				t.Errorf("%s:\n%s\nwas\n%s", was.Name, after[i], before[i])
				return
			}
		}
		t.Errorf("%s: %d rows, were %d", was.Name, len(after), len(before))
	}
	merged, _ := was.Merges(t.Context())
	if still, _ := now.Merges(t.Context()); !slices.Equal(merged, still) {
		t.Errorf("%s: merged %v, were %v", was.Name, still, merged)
	}
}

// texts is a sheet's rows that hold something.
func texts(t *testing.T, s *sheet.Sheet) []string {
	t.Helper()
	var list []string
	for row, err := range s.Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if len(row.Cells) > 0 {
			// An .xlsx has no word for a result that is not there.
			list = append(list, strings.ReplaceAll(fmt.Sprintf("%d %t %q", row.Number, row.Hidden, row.Cells), "#无缓存值", "#N/A"))
		}
	}
	return list
}

func book(t *testing.T, data []byte) *sheet.Book {
	t.Helper()
	b, err := sheet.Open(bytes.NewReader(data), int64(len(data)), sheet.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func parts(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	list := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if list[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return list
}

// Over the corpus: three cells of each first sheet are marked, and what else
// there is stays: other parts byte for byte, the sheet tag for tag, the styles
// that were there under their numbers.
func TestAnnotateCorpus(t *testing.T) {
	needCorpus(t)
	files := 0
	err := filepath.WalkDir(corpus, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".xlsx" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil || len(data) > 512<<10 {
			return err
		}
		was, err := sheet.Open(bytes.NewReader(data), int64(len(data)), sheet.DefaultLimits)
		if err != nil || !whole(t, was) {
			return nil
		}
		files++
		t.Run(strings.TrimPrefix(path, corpus+"/"), func(t *testing.T) {
			first := was.Sheets[0]
			var report ingest.Report
			report.Source.File = "试.xlsx"
			for i, cell := range []string{"A1", "C3", "F2000"} {
				severity := ingest.Error
				if i == 1 {
					severity = ingest.Warning
				}
				report.Issues = append(report.Issues, ingest.Issue{Severity: severity, Sheet: first.Name, Cell: cell, Found: "试一试"})
			}
			name, body := annotate(t, data, report)
			if name != "试.xlsx" {
				t.Errorf("called %s", name)
			}
			now := book(t, body)
			if len(now.Sheets) != len(was.Sheets)+1 || !strings.HasPrefix(now.Sheets[0].Name, markup.ListName) {
				t.Fatalf("%d sheets, were %d", len(now.Sheets), len(was.Sheets))
			}
			for i, s := range was.Sheets {
				same(t, s, now.Sheets[i+1])
			}
			marked := map[string]bool{"A1": true, "C3": true, "F2000": true}
			merges, _ := first.Merges(t.Context())
			for _, m := range merges { // their first cell is marked instead
				for _, at := range [][2]int{{1, 1}, {3, 3}, {2000, 6}} {
					if m.FirstRow <= at[0] && at[0] <= m.LastRow && m.FirstCol <= at[1] && at[1] <= m.LastCol {
						marked[fmt.Sprintf("%s%d", sheet.Column(m.FirstCol), m.FirstRow)] = true
					}
				}
			}
			unchanged(t, marked, parts(t, data), parts(t, body))
			if len(data) > 64<<10 {
				return // excelize takes its time
			}
			if f, err := excelize.OpenReader(bytes.NewReader(data)); err == nil {
				f.Close()
				f := open(t, body)
				if f.GetSheetList()[0] != now.Sheets[0].Name {
					t.Errorf("excelize sees %q", f.GetSheetList())
				}
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 350 {
		t.Errorf("only %d files", files)
	}
}

// unchanged compares the parts of a package with those of its copy.
func unchanged(t *testing.T, marked map[string]bool, was, now map[string][]byte) {
	t.Helper()
	for name, data := range was {
		copied, there := now[name]
		switch {
		case !there:
			t.Errorf("%s is gone", name)
		case bytes.Equal(data, copied):
		case strings.HasSuffix(name, ".vml"): // not quite XML
			if end := bytes.LastIndex(data, []byte("</xml>")); !bytes.HasPrefix(copied, data[:end]) {
				t.Errorf("%s has changed", name)
			}
		default:
			before, after := elements(marked, data), elements(marked, copied)
			at := 0
			for _, e := range before { // what was there is there, in order; what is new stands between
				for at < len(after) && after[at] != e {
					at++
				}
				if at == len(after) {
					t.Errorf("%s has lost or changed %s", name, e)
					break
				}
				at++
			}
			if len(after)-len(before) > 200 {
				t.Errorf("%s has %d new tags", name, len(after)-len(before))
			}
		}
	}
}

// elements lists a part's tags and texts, less what marking may change.
func elements(marked map[string]bool, data []byte) []string {
	d := xml.NewDecoder(bytes.NewReader(data))
	var list []string
	for {
		token, err := d.RawToken()
		if err != nil {
			return list
		}
		switch token := token.(type) {
		case xml.StartElement:
			var attrs []string
			cell := ""
			for _, a := range token.Attr {
				if a.Name.Local == "r" {
					cell = a.Value
				}
			}
			styled := token.Name.Local == "c" && (marked[cell] || cell == "")
			for _, a := range token.Attr {
				switch place := token.Name.Local + " " + a.Name.Local; {
				case styled && a.Name.Local == "s", strings.HasSuffix(place, " count"),
					place == "sheetView tabSelected", place == "row spans", place == "workbookView activeTab",
					place == "workbookView firstSheet", place == "definedName localSheetId":
				default:
					attrs = append(attrs, a.Name.Space+":"+a.Name.Local+"="+a.Value)
				}
			}
			list = append(list, "<"+token.Name.Space+":"+token.Name.Local+" "+strings.Join(attrs, " ")+">")
		case xml.EndElement:
			list = append(list, "</"+token.Name.Local+">")
		case xml.CharData:
			list = append(list, string(token))
		}
	}
}

// A sheet more in front moves what counts sheets, and only one is selected:
// what is typed into one of several goes into all.
func TestAnnotateKeepsTheRest(t *testing.T) {
	f := open(t, gifts(t))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	names := []excelize.DefinedName{
		{Name: "_xlnm.Print_Area", RefersTo: "'12月'!$A$1:$D$6", Scope: "12月"},
		{Name: "内部", RefersTo: "'说明'!$A$1", Scope: "说明"},
		{Name: "全部", RefersTo: "'12月'!$A$3:$D$6", Scope: "Workbook"},
	}
	for i := range names {
		must(f.SetDefinedName(&names[i]))
	}
	must(f.SetColWidth("12月", "B", "B", 33))
	must(f.SetRowVisible("12月", 6, false))
	must(f.SetCellFormula("12月", "F3", "SUM(C3:C5)"))
	choice := excelize.NewDataValidation(true)
	choice.SetSqref("D3:D6")
	must(choice.SetDropList([]string{"助学", "救灾"}))
	must(f.AddDataValidation("12月", choice))
	f.SetActiveSheet(1)
	var data bytes.Buffer
	must(f.Write(&data))
	_, report := read(t, reader(t), giftsName, data.Bytes(), ingest.Hint{})
	_, body := annotate(t, data.Bytes(), report)
	f = open(t, body)
	if got := f.GetDefinedName(); len(got) != 4 || !slices.Contains(got, names[0]) || !slices.Contains(got, names[1]) || !slices.Contains(got, names[2]) {
		t.Errorf("names %+v", got)
	}
	selected := 0
	for _, part := range parts(t, body) {
		selected += bytes.Count(part, []byte(`tabSelected="1"`)) + bytes.Count(part, []byte(`tabSelected="true"`))
	}
	if selected != 1 || f.GetActiveSheetIndex() != 0 {
		t.Errorf("%d sheets are selected, sheet %d is shown", selected, f.GetActiveSheetIndex())
	}
	if w, _ := f.GetColWidth("12月", "B"); w != 33 {
		t.Errorf("B is %v wide", w)
	}
	if visible, _ := f.GetRowVisible("12月", 6); visible {
		t.Error("row 6 is shown")
	}
	if formula, _ := f.GetCellFormula("12月", "F3"); formula != "SUM(C3:C5)" {
		t.Errorf("F3 is %q", formula)
	}
	if list, err := f.GetDataValidations("12月"); err != nil || len(list) != 1 || list[0].Sqref != "D3:D6" {
		t.Errorf("choices %+v, %v", list, err)
	}
	unchanged(t, map[string]bool{"C4": true, "A5": true, "A6": true}, parts(t, data.Bytes()), parts(t, body))
}
