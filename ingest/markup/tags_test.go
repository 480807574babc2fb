package markup

import (
	"bytes"
	"strings"
	"testing"
)

func TestEscape(t *testing.T) {
	for given, want := range map[string]string{
		`a<b>&"c"`:  `a&lt;b&gt;&amp;&quot;c&quot;`,
		"=1+1\n\t二": "=1+1\n\t二",
		"\r\x01":    "_x000D__x0001_",
		"_x000D_":   "_x005F_x000D_",
		"_xyz0_ _x": "_xyz0_ _x",
	} {
		if got := escape(given); got != want {
			t.Errorf("%q is written %q, want %q", given, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	const part = `<?xml version="1.0"?><!-- <a> --><x:a xmlns:x='n' k="1>2"><x:b r:id='i&amp;j' id="no"/><![CDATA[<c>]]><d:e xmlns:d="n"><f/></d:e></x:a>`
	root, err := parse([]byte(part))
	if err != nil {
		t.Fatal(err)
	}
	if root.local() != "a" || root.space() != "n" || root.attr("k") != "1>2" || len(root.kids) != 2 {
		t.Errorf("root %+v", root)
	}
	if got := root.kid("b").attr(":id"); got != "i&j" {
		t.Errorf("id %q", got)
	}
	var out strings.Builder
	edits := append(root.grow(root.with("k", "3"), root.own("<g/>")), root.kid("e").grow(root.kid("e").tag, root.kid("e").own("<h/>"))...)
	edits = append(edits, root.kid("b").replace(root.kid("b").with("id", "yes")))
	if err := splice(&out, []byte(part), edits); err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer(`k="1>2"`, `k="3"`, `"no"`, `"yes"`, `</d:e>`, `<d:h/></d:e>`, `</x:a>`, `<x:g/></x:a>`).Replace(part)
	if out.String() != want {
		t.Errorf("got  %s\nwant %s", out.String(), want)
	}
	for _, bad := range []string{"", "<a>", "<a></b>", "</a>", "<a", `<a b="></a>`, "<>", "<!-- ", "<!DOCTYPE a><a/>"} {
		if _, err := parse([]byte(bad)); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

// Cells get their styles, and those that are not there their places.
func TestMarkCells(t *testing.T) {
	for _, c := range []struct {
		name, sheet, want string
		marks             []Mark
	}{
		{"a cell", `<sheetData><row r="2" spans="1:2"><c r="A2" s="1"><v>7</v></c><c r="B2"/></row></sheetData>`,
			`<sheetData><row r="2" spans="1:2"><c r="A2" s="2"><v>7</v></c><c r="B2"/></row></sheetData>`, []Mark{{Row: 2, Col: 1, Must: true}}},
		{"behind cells", `<sheetData><row r="2" spans="1:1" ht="9"><c r="A2"/></row></sheetData>`,
			`<sheetData><row r="2" spans="1:3" ht="9"><c r="A2"/><c r="C2" s="2"/></row></sheetData>`, []Mark{{Row: 2, Col: 3, Must: true}}},
		{"between cells", `<sheetData><row><c/><c r="C1"/></row></sheetData>`,
			`<sheetData><row><c/><c r="B1" s="2"/><c r="C1"/></row></sheetData>`, []Mark{{Row: 1, Col: 2, Must: true}}},
		{"behind cells without places", `<sheetData><row><c/><c/></row></sheetData>`,
			`<sheetData><row><c/><c s="2"/><c r="D1" s="2"/></row></sheetData>`, []Mark{{Row: 1, Col: 2, Must: true}, {Row: 1, Col: 4, Must: true}}},
		{"in an empty row, in its style", `<sheetData><row r="3" s="1" customFormat="1"/></sheetData>`,
			`<sheetData><row r="3" s="1" customFormat="1"><c r="A3" s="2"/></row></sheetData>`, []Mark{{Row: 3, Col: 1, Must: true}}},
		{"in rows that are not there", `<cols><col min="2" max="3" style="1"/></cols><sheetData><row r="3"/></sheetData>`,
			`<cols><col min="2" max="3" style="1"/></cols><sheetData><row r="2"><c r="B2" s="2"/></row><row r="3"/><row r="9"><c r="A9" s="3"/></row></sheetData>`, []Mark{{Row: 2, Col: 2, Must: true}, {Row: 9, Col: 1}}},
		{"in a sheet without rows", `<sheetData/>`, `<sheetData><row r="1"><c r="A1" s="2"/></row></sheetData>`, []Mark{{Row: 1, Col: 1, Must: true}, {Row: 1, Col: 1}}},
		{"with a prefix", `<x:sheetViews><x:sheetView tabSelected="1"/></x:sheetViews><x:sheetData><x:row r="1"/></x:sheetData>`,
			`<x:sheetViews><x:sheetView tabSelected="0"/></x:sheetViews><x:sheetData><x:row r="1"><x:c r="A1" s="2"/></x:row></x:sheetData>`, []Mark{{Row: 1, Col: 1, Must: true}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := "worksheet"
			if strings.Contains(c.sheet, "<x:") {
				name = "x:worksheet"
			}
			xml := "<" + name + ">" + c.sheet + "</" + name + ">"
			got, err := marked(t, []byte(xml), c.marks)
			if want := "<" + name + ">" + c.want + "</" + name + ">"; err != nil || got != want {
				t.Errorf("got  %s, %v\nwant %s", got, err, want)
			}
		})
	}
}

// marked gives a worksheet part with marks; its workbook has two cell styles.
func marked(t *testing.T, xml []byte, marks []Mark) (string, error) {
	t.Helper()
	p := &pack{edits: map[string][]edit{}, fresh: []part{{"s.xml", xml}}}
	root, err := parse([]byte(`<styleSheet><cellXfs><xf/><xf/></cellXfs></styleSheet>`))
	if err != nil {
		t.Fatal(err)
	}
	s := &styles{root: root, must: 8, check: 9, added: map[string]string{}, count: map[string]int{"cellXfs": 2}, derived: map[derived]int{}}
	if _, err := markCells(p, "s.xml", marks, s); err != nil {
		return "", err
	}
	var out bytes.Buffer
	if err := splice(&out, xml, p.edits["s.xml"]); err != nil {
		t.Fatal(err)
	}
	return out.String(), nil
}

// Whatever a part holds, it is read or refused.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{`<a b="c"><!-- d --><e:f g:id='h'/></a>`, `<a><![CDATA[<]]></a>`, `<a b=></a>`, `<a/ >`, `<//>`, `<a/><b><sheetData><row spans=""/><c></row></sheetData></b>`, `<a><sheetData><row r="1" spans = "1:2"><c/><c r="C1" s="1"/></row></sheetData></a>`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		root, err := parse(data)
		if err != nil {
			return
		}
		var edits []edit
		var visit func(n *node)
		visit = func(n *node) {
			n.attr("b")
			edits = append(edits, n.grow(n.with("b", "x"), n.own("<y/>"))...)
			for _, k := range n.entries() {
				visit(k)
			}
		}
		visit(root)
		if err := splice(&bytes.Buffer{}, data, edits); err != nil {
			t.Error(err)
		}
		marked(t, data, []Mark{{Row: 1, Col: 2}, {Row: 1, Col: 3}, {Row: 4, Col: 1}})
	})
}
