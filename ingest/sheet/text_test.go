package sheet

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestDelimited(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"commas", "姓名,年龄\n张三,30\n", "1: \"姓名\" | \"年龄\"\n2: \"张三\" | \"30\""},
		{"semicolons, decimal commas", "a;b;c\n1;2;25,5\n", "1: \"a\" | \"b\" | \"c\"\n2: \"1\" | \"2\" | \"25,5\""},
		{"tabs round commas", "a\tb\n\"1,000\"\tx\n", "1: \"a\" | \"b\"\n2: \"1,000\" | \"x\""},
		{"bars", "a|b|c\n1|2|3", "1: \"a\" | \"b\" | \"c\"\n2: \"1\" | \"2\" | \"3\""},
		{"one column", "甲\n乙\n", "1: \"甲\"\n2: \"乙\""},
		{"a title with commas over a table of tabs", "单位: 甲, 乙, 丙, 丁\na\tb\n1\t2\n3\t4\n", "1: \"单位: 甲, 乙, 丙, 丁\"\n2: \"a\" | \"b\"\n3: \"1\" | \"2\"\n4: \"3\" | \"4\""},
		{"sep= says it", "sep=;\na;b,c\n", "1: \"a\" | \"b,c\""},
		{"CR LF", "a,b\r\n1,2\r\n", "1: \"a\" | \"b\"\n2: \"1\" | \"2\""},
		{"CR", "a,b\r1,2\r", "1: \"a\" | \"b\"\n2: \"1\" | \"2\""},
		{"ragged rows", "a,b,c\n1\n1,2,3,4\n", "1: \"a\" | \"b\" | \"c\"\n2: \"1\"\n3: \"1\" | \"2\" | \"3\" | \"4\""},
		{"blank rows count", "a,b\n\n,\n1,2\n", "1: \"a\" | \"b\"\n4: \"1\" | \"2\""},
		{"empty cells", "a,,c,\n", "1: \"a\" | | \"c\""},
		{"quotes", `"a,b","c ""d""",e"f` + "\n" + `"x` + "\n" + `y",""` + ",z\n", "1: \"a,b\" | \"c \\\"d\\\"\" | \"e\\\"f\"\n2: \"x\\ny\" | | \"z\""},
		{"text behind a closing quote", `"a"b,c` + "\n" + `"d""e"f,g`, "1: \"ab\" | \"c\"\n2: \"d\\\"ef\" | \"g\""},
		{"kept from being numbers", `="0123",="a,b",="x"y,"=""0456"""` + "\n", "1: \"0123\" | \"a,b\" | \"=\\\"x\\\"y\" | \"0456\""},
		{"blanks are kept", " a , b\t\n", "1: \" a \" | \" b\\t\""},
		{"no line end", "a,b", "1: \"a\" | \"b\""},
		{"the end mark of DOS", "a,b\n\x1a", "1: \"a\" | \"b\""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := readAll(t, []byte(test.text), DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if strings.TrimSuffix(got, "\n") != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	const text = "姓名,地址\n张三,𠀀😀镕£\n"
	const want = "1: \"姓名\" | \"地址\"\n2: \"张三\" | \"𠀀😀镕£\"\n"
	encoded := func(e interface{ String(string) (string, error) }) string {
		s, err := e.String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, data := range map[string]string{
		"UTF-8":              text,
		"UTF-8 with mark":    "\ufeff" + text,
		"UTF-16, low first":  encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()),
		"UTF-16, high first": encoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()),
		"GB18030":            encoded(simplifiedchinese.GB18030.NewEncoder()),
	} {
		if got, err := readAll(t, []byte(data), DefaultLimits); err != nil || got != want {
			t.Errorf("%s: got %s, %v", name, got, err)
		}
	}
}

func TestTextRefusals(t *testing.T) {
	for _, test := range []struct{ name, text, code string }{
		{"only blanks", " \r\n\t\n", "empty"},
		{"only a mark", "\ufeff", "empty"},
		{"a zero byte", "a,b\n1,\x002\n", "binary"},
		{"a zero byte in UTF-16", "\xff\xfea\x00\x00\x00", "binary"},
		{"control characters", "a,b\x01\n", "binary"},
		{"neither UTF-8 nor GB18030", "a,\xe9,b\n", "encoding"},
		{"UTF-8 mark, other bytes", "\xef\xbb\xbfa,\xd5\xc5\n", "encoding"},
		{"UTF-16 of odd length", "\xff\xfea\x00b", "encoding"},
		{"half a pair", "\xff\xfe\x3d\xd8a\x00", "encoding"},
		{"half a pair at the end", "\xff\xfea\x00\x3d\xd8", "encoding"},
		{"GB18030 cut short", "\xd5\xc5,\xc8", "encoding"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := readAll(t, []byte(test.text), DefaultLimits)
			wantRefusal(t, err, test.code)
		})
	}
}

func TestOpenQuote(t *testing.T) {
	for _, text := range []string{"a,b\n1,\"2\n3,4\n", "a,b\n1,\"2\"\"\n"} {
		got, err := readAll(t, []byte(text), DefaultLimits)
		r := wantRefusal(t, err, "quote")
		if got != "1: \"a\" | \"b\"\n" || r.Row != 2 || r.Col != 2 {
			t.Errorf("got %s and place %d, %d", got, r.Row, r.Col)
		}
	}
}

// U+FFFD in the file itself is not a mistake in its encoding.
func TestReplacementCharacter(t *testing.T) {
	got, err := readAll(t, []byte("\xd5\xc5,\x84\x31\xa4\x37\n"), DefaultLimits)
	if err != nil || got != "1: \"张\" | \"\ufffd\"\n" {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestTextStopsWithContext(t *testing.T) {
	book, err := openBytes([]byte(strings.Repeat("a,b\n", 10_000)), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	rows := 0
	for _, err := range book.Sheets[0].Rows(ctx) {
		if err != nil {
			if err != context.Canceled {
				t.Errorf("got %v", err)
			}
			break
		}
		rows++
		cancel()
	}
	if rows > 1024 {
		t.Errorf("%d rows after the end", rows)
	}
}
