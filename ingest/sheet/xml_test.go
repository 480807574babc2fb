package sheet

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// tokens writes what the scanner finds: <name a=v> for a start, </> for an end.
func tokens(r io.Reader) (string, error) {
	x := newScanner(r, "part", DefaultLimits)
	var out strings.Builder
	for {
		t, err := x.next()
		if err != nil {
			return out.String(), err
		}
		switch t {
		case tokenEOF:
			return out.String(), nil
		case tokenEnd:
			out.WriteString("</>")
		case tokenText:
			text, ok := appendText(nil, x.text, x.cdata)
			if !ok {
				return out.String(), x.fail("xml-syntax")
			}
			out.Write(text)
		case tokenStart:
			fmt.Fprintf(&out, "<%s", x.name)
			for _, a := range x.attrs {
				fmt.Fprintf(&out, " %s=%s", x.attrName(a), x.attrValue(a))
			}
			out.WriteString(">")
		}
	}
}

func TestScanner(t *testing.T) {
	for _, test := range []struct{ name, doc, want string }{
		{"empty element", `<a/>`, `<a></>`},
		{"declaration", "\ufeff" + `<?xml version='1.0' encoding='UTF-8' standalone="yes"?>` + "\n<a/>\n", `<a></>`},
		{"attributes", "<a b='1' c = \"2\"\n\td='>'/>", `<a b=1 c=2 d=>></>`},
		{"references in attributes", `<a b="x&amp;y&#10;z" c='"'/>`, "<a b=x&y\nz c=\"></>"},
		{"line ends in attributes", "<a b='x\ny\tz'/>", `<a b=x y z></>`},
		{"nesting", `<a><b>x</b ><b/></a>`, `<a><b>x</><b></></>`},
		{"the longest token", `<a>` + strings.Repeat("x", maxToken-10) + `</a>`, `<a>` + strings.Repeat("x", maxToken-10) + `</>`},
		{"brackets in text", `<a>]] ] > ]]</a>`, `<a>]] ] > ]]</>`},
		{"all planes", `<a>中𠀀😀&#x20000;</a>`, `<a>中𠀀😀𠀀</>`},
		{"prefixes", `<p:a xmlns:p="urn:p" p:b="1" xml:space="preserve"><p:c/></p:a>`, `<a p=urn:p b=1 space=preserve><c></></>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := tokens(strings.NewReader(test.doc))
			if err != nil || got != test.want {
				t.Errorf("got %.200q, %v; want %.200q", got, err, test.want)
			}
			if len(test.doc) > 1000 {
				return
			}
			got, err = tokens(iotest.OneByteReader(strings.NewReader(test.doc)))
			if err != nil || got != test.want {
				t.Errorf("byte by byte: got %.200q, %v; want %.200q", got, err, test.want)
			}
		})
	}
}

func TestScannerIsStrict(t *testing.T) {
	deep := strings.Repeat("<a>", 65) + strings.Repeat("</a>", 65)
	var attrs strings.Builder
	for i := range 65 {
		fmt.Fprintf(&attrs, " a%d=''", i)
	}
	for _, test := range []struct{ name, doc, code string }{
		{"nothing", ``, "xml-end"},
		{"only a comment", `<!-- -->`, "xml-end"},
		{"no end", `<a><b></b>`, "xml-end"},
		{"cut in a tag", `<a`, "xml-end"},
		{"cut in an attribute", `<a b="`, "xml-end"},
		{"cut in a comment", `<a/><!-- `, "xml-end"},
		{"cut in CDATA", `<a><![CDATA[x</a>`, "xml-end"},
		{"cut in a character", "<a>\xe4\xb8", "xml-end"},
		{"wrong end tag", `<a></b>`, "xml-syntax"},
		{"crossed tags", `<a><b></a></b>`, "xml-syntax"},
		{"longer end tag", `<a></ab>`, "xml-syntax"},
		{"shorter end tag", `<ab></a>`, "xml-syntax"},
		{"an end tag of another prefix", `<x:a xmlns:x="urn:x" xmlns:y="urn:x"></y:a>`, "xml-syntax"},
		{"two roots", `<a/><b/>`, "xml-syntax"},
		{"text before", `x<a/>`, "xml-syntax"},
		{"text behind", `<a/>x`, "xml-syntax"},
		{"an end too many", `<a/></a>`, "xml-syntax"},
		{"a bare &", `<a>a & b</a>`, "xml-syntax"},
		{"unknown entity", `<a>&nbsp;</a>`, "xml-syntax"},
		{"unfinished reference", `<a>&#65</a>`, "xml-syntax"},
		{"a reference to nothing", `<a>&#0;</a>`, "xml-syntax"},
		{"a reference to half a pair", `<a>&#xD83D;</a>`, "xml-syntax"},
		{"a reference beyond Unicode", `<a>&#x110000;</a>`, "xml-syntax"},
		{"a bad reference in an attribute", `<a b="&x;"/>`, "xml-syntax"},
		{"a < in an attribute", `<a b="<"/>`, "xml-syntax"},
		{"an attribute twice", `<a b="1" c="" b="2"/>`, "xml-syntax"},
		{"an attribute without quotes", `<a b=1/>`, "xml-syntax"},
		{"an attribute without value", `<a b/>`, "xml-syntax"},
		{"attributes without a blank", `<a b=""c=""/>`, "xml-syntax"},
		{"too many attributes", `<a` + attrs.String() + `/>`, "xml-syntax"},
		{"a name that begins with a digit", `<1a/>`, "xml-syntax"},
		{"two colons", `<a:b:c/>`, "xml-syntax"},
		{"a prefix that is not declared", `<x:a/>`, "xml-syntax"},
		{"an attribute's prefix that is not declared", `<a x:b=""/>`, "xml-syntax"},
		{"a prefix that is declared elsewhere", `<a><b xmlns:x="urn:x"/><x:c/></a>`, "xml-syntax"},
		{"]]> in text", `<a>]]></a>`, "xml-syntax"},
		{"-- in a comment", `<a><!-- -- --></a>`, "xml-syntax"},
		{"CDATA outside", `<![CDATA[x]]><a/>`, "xml-syntax"},
		{"a late declaration", `<a/><?xml version="1.0"?>`, "xml-syntax"},
		{"DTD", `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, "xml-dtd"},
		{"DTD inside", `<a><!DOCTYPE a></a>`, "xml-dtd"},
		{"too deep", deep, "xml-depth"},
		{"too long", `<a>` + strings.Repeat("x", maxToken+1) + `</a>`, "xml-long"},
		{"too long a tag", `<a b="` + strings.Repeat("x", maxToken+1) + `"/>`, "xml-long"},
		{"no UTF-8", "<a>\xff</a>", "xml-encoding"},
		{"surrogates in UTF-8", "<a>\xed\xa0\xbd</a>", "xml-encoding"},
		{"a control character", "<a>\x01</a>", "xml-encoding"},
		{"a zero byte", "<a>\x00</a>", "xml-encoding"},
		{"another encoding", `<?xml version="1.0" encoding="GBK"?><a/>`, "xml-encoding"},
		{"UTF-16", "\xff\xfe<\x00a\x00/\x00>\x00", "xml-encoding"},
		{"UTF-16 without mark", "\x00<\x00a\x00/\x00>", "xml-encoding"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := tokens(strings.NewReader(test.doc))
			wantRefusal(t, err, test.code)
			if len(test.doc) > 2000 {
				return
			}
			_, err = tokens(iotest.OneByteReader(strings.NewReader(test.doc)))
			wantRefusal(t, err, test.code)
		})
	}
}

// However the bytes arrive, the tokens are the same.
func TestScannerWindows(t *testing.T) {
	var doc strings.Builder
	doc.WriteString("<a>")
	for i := range 20_000 {
		fmt.Fprintf(&doc, "<中 m='' n='%d&lt;'>文本 %d &amp;\r\n</中>", i, i)
	}
	doc.WriteString("</a>")
	want, err := tokens(strings.NewReader(doc.String()))
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]io.Reader{
		"one byte": iotest.OneByteReader(strings.NewReader(doc.String())),
		"halves":   iotest.HalfReader(strings.NewReader(doc.String())),
		"end":      iotest.DataErrReader(strings.NewReader(doc.String())),
	} {
		if got, err := tokens(r); err != nil || got != want {
			t.Errorf("%s: not the same, %v", name, err)
		}
	}
	x := newScanner(strings.NewReader(doc.String()), "part", DefaultLimits)
	if err := x.drain(); err != nil || cap(x.spare) > 100 || len(x.buf) > 64<<10 {
		t.Errorf("the scanner has grown to %d and %d bytes, %v", cap(x.spare), len(x.buf), err)
	}
	_, err = tokens(io.MultiReader(strings.NewReader(doc.String()[:100_000]), iotest.ErrReader(io.ErrClosedPipe)))
	if err != io.ErrClosedPipe {
		t.Errorf("a disk's error became %v", err)
	}
}
