package sheet

import (
	"strings"
	"testing"
)

// slowly writes cells so that they are not read the quick way.
func slowly(data string) string { return strings.ReplaceAll(data, `<c r=`, `<c  r=`) }

func TestCells(t *testing.T) {
	for _, test := range []struct{ name, data, want string }{
		{"shared strings, rich text, no phonetics", `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`, `1: "姓名" | "张三"`},
		{"an empty string is a text", `<row r="1"><c r="A1" t="s"><v>2</v></c></row>`, `1: ""`},
		{"inline string", `<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>`, `1: "甲"`},
		{"inline rich text", `<row r="1"><c r="A1" t="inlineStr"><is><r><t>甲 </t></r><r><t>乙</t></r><rPh><t>x</t></rPh></is></c></row>`, `1: "甲 乙"`},
		{"a value beside an inline string is stray", `<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is><v>9</v></c><c r="B1" t="inlineStr"><v>9</v><is><t>乙</t></is></c></row>`, `1: "甲" | "乙"`},
		{"CDATA", `<row r="1"><c r="A1" t="inlineStr"><is><t>a<![CDATA[<b>&amp;]]>c</t></is></c></row>`, `1: "a<b>&amp;c"`},
		{"references", `<row r="1"><c r="A1" t="str"><v>&lt;&#65;&#x4E2D;&amp;&quot;&apos;&gt;</v></c></row>`, `1: "<A中&\"'>"`},
		{"line ends", "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a\r\nb\rc\nd&#13;e</v></c></row>", `1: "a\nb\nc\nd\re"`},
		{"escapes", `<row r="1"><c r="A1" t="str"><v>a_x000D_b_x005F_x000D_c_x00_d_xD83D__xDE00_e_xD83D_</v></c></row>`, `1: "a\rb_x000D_c_x00_d😀e_xD83D_"`},
		{"escapes in an inline string", `<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_b</t></is></c></row>`, `1: "a\rb"`},
		{"cells of another default namespace", `<m:row xmlns:m="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns="urn:x" r="1"><c r="A1"><v>9</v></c><m:c r="B1"><m:v>1</m:v></m:c></m:row>`, `1: | 1`},
		{"no escape holds a zero byte", `<row r="1"><c r="A1" t="str"><v>a_x0000_</v></c></row>`, `1: "a_x0000_"`},
		{"blanks are kept", `<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c><c r="B1" t="inlineStr"><is><t> b </t></is></c></row>`, `1: " a " | " b "`},
		{"numbers as written", `<row r="1"><c r="A1"><v> 46023 </v></c><c r="B1" t="n"><v>5.10322E+17</v></c><c r="C1"><v>-0.50</v></c><c r="D1"><v>1.</v></c></row>`, `1: 46023 | 5.10322E+17 | -0.50 | 1.`},
		{"booleans", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c></row>`, `1: TRUE | FALSE`},
		{"errors", `<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c></row>`, `1: !#DIV/0!`},
		{"formulas give their stored result", `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c><c r="C1" t="str"><f>""</f><v></v></c></row>`, `1: 2 | "a" | ""`},
		{"formulas without one", `<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v/></c><c r="C1" t="str"><f>x</f></c></row>`, `1: !#无缓存值 | !#无缓存值 | !#无缓存值`},
		{"dates", `<row r="1"><c r="A1" s="1"><v>46022</v></c><c r="B1" s="2"><v>46022</v></c><c r="C1" s="2"><v>46022.628125</v></c><c r="D1" s="3"><v>0.75</v></c><c r="E1" s="4"><v>45359</v></c><c r="F1" s="7"><v>45066</v></c></row>`,
			`1: @2025-12-31 | @2025-12-31 00:00:00 | @2025-12-31 15:04:30 | @18:00:00 | @2024-03-08 | @2023-05-20`},
		{"a date keeps its time though it is not shown", `<row r="1"><c r="A1" s="1"><v>46022.5</v></c></row>`, `1: @2025-12-31 12:00:00`},
		{"rounded to the second", `<row r="1"><c r="A1" s="2"><v>44927.00000578704</v></c><c r="B1" s="2"><v>44926.99999999</v></c></row>`, `1: @2023-01-01 00:00:01 | @2023-01-01 00:00:00`},
		{"what is no date is a number", `<row r="1"><c r="A1" s="1"><v>60</v></c><c r="B1" s="1"><v>-1</v></c><c r="C1" s="1"><v>2958466</v></c><c r="D1" s="5"><v>-1.5</v></c></row>`, `1: 60 | -1 | 2958466 | -1.5`},
		{"elapsed time, of a day and more", `<row r="1"><c r="A1" s="5"><v>6.25E-2</v></c><c r="B1" s="5"><v>1.5</v></c><c r="C1" s="5"><v>5.229166666666667</v></c><c r="D1" s="5"><v>60</v></c></row>`, `1: @01:30:00 | @36:00:00 | @125:30:00 | @1440:00:00`},
		{"round the day that never was", `<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>59</v></c><c r="C1" s="1"><v>61</v></c><c r="D1" s="1"><v>2958465</v></c></row>`, `1: @1900-01-01 | @1900-02-28 | @1900-03-01 | @9999-12-31`},
		{"ISO dates", `<row r="1"><c r="A1" t="d"><v>2025-12-31</v></c><c r="B1" t="d"><v>2025-12-31T15:04:05</v></c><c r="C1" t="d"><v>2025-12-31T15:04:05.600Z</v></c><c r="D1" t="d"><v>T15:04:05</v></c></row>`,
			`1: @2025-12-31 | @2025-12-31 15:04:05 | @2025-12-31 15:04:06 | @15:04:05`},
		{"a text format does not make a text", `<row r="1"><c r="A1" s="6"><v>12</v></c></row>`, `1: 12`},
		{"an empty style is none", `<row r="1"><c r="A1" s="" t=""><v>12</v></c></row>`, `1: 12`},
		{"gaps, and cells that hold nothing", `<row r="1"><c r="B1"><v>1</v></c><c r="D1"><v>2</v></c><c r="E1" s="1"/></row>`, `1: | 1 | | 2`},
		{"rows may be missing", `<row r="2"><c r="A2"><v>1</v></c></row><row r="9" hidden="1"><c r="A9"><v>2</v></c></row>`, "2: 1\n(9): 2"},
		{"neither rows nor cells are numbered", `<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>`, "1: 1 | 2\n5: | | 3 | 4\n6: 5"},
		{"other elements and other namespaces are passed over", `<x:row xmlns:x="urn:x" r="7"><c><v>9</v></c></x:row><row r="1"><c r="A1"><extLst><ext><v>8</v></ext></extLst><x:v xmlns:x="urn:x">7</x:v><v>1</v></c></row>`, `1: 1`},
		{"comments and instructions", `<!-- a > b --><?php ?><row r="1"><!-- --><c r="A1"><v><!-- x -->1<!-- y -->2</v></c></row>`, `1: 12`},
		{"the fallback of alternatives", `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x"><row r="1"><c><v>1</v></c></row></mc:Choice><mc:Fallback><row r="1"><c><v>2</v></c></row></mc:Fallback></mc:AlternateContent>`, `1: 2`},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, data := range []string{test.data, slowly(test.data)} {
				got, err := readAll(t, workbookOf(data, nil).pack(t), DefaultLimits)
				if err != nil {
					t.Fatal(err)
				}
				if strings.TrimSuffix(got, "\n") != test.want {
					t.Errorf("got  %swant %s\nof %s", got, test.want, data)
				}
			}
		})
	}
}

// A cell that is wrong is named by its place.
func TestWrongCells(t *testing.T) {
	for _, test := range []struct {
		name, data, code string
		row, col         int
	}{
		{"letters for a number", `<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>12a</v></c></row>`, "bad-number", 1, 2},
		{"infinity", `<row r="2"><c r="A2"><v>1E999</v></c></row>`, "bad-number", 2, 1},
		{"no number", `<row r="2"><c r="A2"><v>NaN</v></c></row>`, "bad-number", 2, 1},
		{"no number in a date", `<row r="2"><c r="A2" s="1"><v>1-2</v></c></row>`, "bad-number", 2, 1},
		{"neither true nor false", `<row r="3"><c r="C3" t="b"><v>2</v></c></row>`, "bad-value", 3, 3},
		{"no ISO date", `<row r="3"><c r="C3" t="d"><v>2025-02-30</v></c></row>`, "bad-value", 3, 3},
		{"unknown type", `<row r="3"><c r="C3" t="x"><v>2</v></c></row>`, "bad-value", 3, 3},
		{"string that is not there", `<row r="4"><c r="D4" t="s"><v>3</v></c></row>`, "bad-index", 4, 4},
		{"string below none", `<row r="4"><c r="D4" t="s"><v>-1</v></c></row>`, "bad-index", 4, 4},
		{"style that is not there", `<row r="4"><c r="D4" s="8"><v>3</v></c></row>`, "bad-index", 4, 4},
		{"columns go back", `<row r="5"><c r="B5"><v>1</v></c><c r="A5"><v>1</v></c></row>`, "bad-place", 5, 3},
		{"a column twice", `<row r="5"><c r="B5"><v>1</v></c><c r="B5"><v>1</v></c></row>`, "bad-place", 5, 3},
		{"rows go back", `<row r="5"><c r="A5"><v>1</v></c></row><row r="4"><c r="A4"><v>1</v></c></row>`, "bad-place", 6, 0},
		{"a cell of another row", `<row r="5"><c r="A6"><v>1</v></c></row>`, "bad-place", 5, 1},
		{"no place at all", `<row r="5"><c r="5A"><v>1</v></c></row>`, "bad-place", 5, 1},
		{"an element in a text", `<row r="6"><c r="A6" t="str"><v>a<b/></v></c></row>`, "xml-structure", 6, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, data := range []string{test.data, slowly(test.data)} {
				_, err := readAll(t, workbookOf(data, nil).pack(t), DefaultLimits)
				r := wantRefusal(t, err, test.code)
				if r.Row != test.row || r.Col != test.col || r.Part != "xl/worksheets/sheet1.xml" {
					t.Errorf("got place %d, %d in %s; want %d, %d", r.Row, r.Col, r.Part, test.row, test.col)
				}
			}
		})
	}
}

// Merged ranges stand behind the cells, which are passed over.
func TestMergesBehindManyCells(t *testing.T) {
	const (
		before = `<worksheet ` + xmlMain + `><sheetData><row><c><v>1</v></c></row>`
		behind = `</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`
	)
	for at := 64<<10 - 20; at < 64<<10+20; at++ { // the end tag over the edge of the reader's window
		part := before + strings.Repeat(" ", at-len(before)) + behind
		book, err := openBytes(workbookOf("", parts{"xl/worksheets/sheet1.xml": part}).pack(t), DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := book.Sheets[0].Merges(t.Context()); err != nil || len(got) != 1 || got[0] != (Range{1, 1, 2, 2}) {
			t.Fatalf("the end tag at %d: %v, %v", at, got, err)
		}
	}
	prefixed := `<m:worksheet xmlns:m="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><m:sheetData><m:row/></m:sheetData ><m:mergeCells><m:mergeCell ref="A1:B2"/></m:mergeCells></m:worksheet>`
	for part, code := range map[string]string{
		prefixed: "",
		strings.Replace(prefixed, "</m:sheetData >", "", 1):                 "xml-end",
		strings.Replace(prefixed, "</m:sheetData >", "</m:sheetData x>", 1): "xml-syntax",
		strings.Replace(prefixed, "</m:worksheet>", "", 1):                  "xml-end",
	} {
		book, err := openBytes(workbookOf("", parts{"xl/worksheets/sheet1.xml": part}).pack(t), DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		got, err := book.Sheets[0].Merges(t.Context())
		if code != "" {
			wantRefusal(t, err, code)
		} else if err != nil || len(got) != 1 {
			t.Errorf("got %v, %v", got, err)
		}
	}
}

func TestMerges(t *testing.T) {
	for _, test := range []struct {
		name, refs string
		want       []Range
	}{
		{"none", ``, nil},
		{"blocks", `<mergeCell ref="A1:C1"/><mergeCell ref="B2:B10"/>`, []Range{{1, 1, 1, 3}, {2, 2, 10, 2}}},
		{"one cell", `<mergeCell ref="AA7"/>`, []Range{{7, 27, 7, 27}}},
		{"whole columns and rows", `<mergeCell ref="A:B"/><mergeCell ref="2:3"/>`, []Range{{1, 1, 1048576, 2}, {2, 1, 3, 16384}}},
		{"backwards", `<mergeCell ref="C1:A1"/>`, nil},
		{"beyond the last column", `<mergeCell ref="A1:XFE1"/>`, nil},
		{"beyond the last row", `<mergeCell ref="A1:A1048577"/>`, nil},
		{"nonsense", `<mergeCell ref="A1:"/>`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			sheet := `<worksheet ` + xmlMain + `><sheetData/><mergeCells>` + test.refs + `</mergeCells></worksheet>`
			book, err := openBytes(workbookOf("", parts{"xl/worksheets/sheet1.xml": sheet}).pack(t), DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			got, err := book.Sheets[0].Merges(t.Context())
			if test.want == nil && test.refs != "" {
				wantRefusal(t, err, "bad-merge")
				return
			}
			if err != nil || len(got) != len(test.want) {
				t.Fatalf("got %v, %v", got, err)
			}
			for i := range got {
				if got[i] != test.want[i] {
					t.Errorf("got %v, want %v", got[i], test.want[i])
				}
			}
		})
	}
}
