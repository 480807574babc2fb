package sheet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// rec writes a record of an .xls stream; its fields are uint8, uint16, uint32,
// float64, string (as bytes) or []byte.
func rec(kind uint16, fields ...any) []byte {
	var data []byte
	for _, f := range fields {
		switch v := f.(type) {
		case int:
			data = binary.LittleEndian.AppendUint16(data, uint16(v))
		case uint8:
			data = append(data, v)
		case uint32:
			data = binary.LittleEndian.AppendUint32(data, v)
		case float64:
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
		case string:
			data = append(data, v...)
		case []byte:
			data = append(data, v...)
		default:
			panic(fmt.Sprintf("a field of type %T", f))
		}
	}
	out := binary.LittleEndian.AppendUint16(nil, kind)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(data)))
	return append(out, data...)
}

// wide is a text as .xls holds it in two bytes each, with its flags.
func wide(s string) []byte {
	out := []byte{1}
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

func bof(kind int) []byte { return rec(recBOF, 0x0600, kind, 0, 0, uint32(0), uint32(6)) }

// xlsStream writes a workbook stream: globals round extra, and one sheet, 名单.
func xlsStream(extra, cells []byte) []byte {
	var g []byte
	g = append(g, bof(5)...)
	g = append(g, rec(recFormat, 200, 9, wide("yyyy\\年m\\月"))...)
	for _, format := range []int{0, 14, 200, 46} { // styles 0 to 3
		g = append(g, rec(recXF, 0, format, make([]byte, 16))...)
	}
	g = append(g, extra...)
	sheet := func(at int) []byte {
		return rec(recBoundSheet, uint32(at), uint8(0), uint8(0), uint8(2), wide("名单"))
	}
	end := rec(recEOF)
	at := len(g) + len(sheet(0)) + len(end)
	out := slices.Concat(g, sheet(at), end, bof(0x10), cells, rec(recEOF))
	// A stream of 4096 bytes or more is in sectors, a shorter one in the mini
	// stream: what follows the end is ignored.
	return append(out, make([]byte, max(0, 4096-len(out)))...)
}

// ole writes a compound file of streams in sectors.
func ole(streams map[string][]byte) []byte {
	const size = 512
	sectors := func(n int) int { return (n + size - 1) / size }
	var names []string
	total := 0
	for name, data := range streams {
		names = append(names, name)
		total += sectors(len(data))
	}
	slices.Sort(names)
	dirs := sectors(128 * (1 + len(names)))
	tables := 1
	for tables*128 < tables+dirs+total {
		tables++
	}
	le := binary.LittleEndian
	next := make([]uint32, tables*128)
	for i := range next {
		next[i] = 0xffffffff
	}
	head := make([]byte, size)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le.PutUint16(head[24:], 0x3e)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xfffe)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], uint32(tables))
	le.PutUint32(head[48:], uint32(tables))
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], 0xfffffffe)
	le.PutUint32(head[68:], 0xfffffffe)
	for i := range 109 {
		le.PutUint32(head[76+4*i:], 0xffffffff)
		if i < tables {
			le.PutUint32(head[76+4*i:], uint32(i))
			next[i] = 0xfffffffd
		}
	}
	chain := func(from, n int) {
		for i := from; i < from+n; i++ {
			next[i] = uint32(i + 1)
		}
		next[from+n-1] = 0xfffffffe
	}
	entry := func(name string, kind byte, right, child uint32, start, length int) []byte {
		b := make([]byte, 128)
		for i, u := range utf16.Encode([]rune(name)) {
			le.PutUint16(b[2*i:], u)
		}
		le.PutUint16(b[64:], uint16(2*len(utf16.Encode([]rune(name)))+2))
		b[66] = kind
		le.PutUint32(b[68:], 0xffffffff)
		le.PutUint32(b[72:], right)
		le.PutUint32(b[76:], child)
		le.PutUint32(b[116:], uint32(start))
		le.PutUint32(b[120:], uint32(length))
		return b
	}
	chain(tables, dirs)
	dir := entry("Root Entry", 5, 0xffffffff, 1, 0xfffffffe, 0)
	var body []byte
	at := tables + dirs
	for i, name := range names {
		data := streams[name]
		right := uint32(i + 2)
		if i == len(names)-1 {
			right = 0xffffffff
		}
		dir = append(dir, entry(name, 2, right, 0xffffffff, at, len(data))...)
		chain(at, sectors(len(data)))
		at += sectors(len(data))
		body = append(body, data...)
		body = append(body, make([]byte, sectors(len(data))*size-len(data))...)
	}
	dir = append(dir, make([]byte, dirs*size-len(dir))...)
	var table []byte
	for _, n := range next {
		table = le.AppendUint32(table, n)
	}
	return slices.Concat(head, table, dir, body)
}

func xlsBytes(extra, cells []byte) []byte {
	return ole(map[string][]byte{"Workbook": xlsStream(extra, cells)})
}

// xlsOf is a workbook with one cell.
func xlsOf(t testing.TB) []byte {
	t.Helper()
	return xlsBytes(nil, rec(recNumber, 0, 0, 0, 1.5))
}

func TestXLSCells(t *testing.T) {
	sst := rec(recSST, uint32(9), uint32(3),
		2, wide("姓名"),
		3, uint8(0), "abc",
		1, uint8(0x0d), 2, uint32(3), []byte{0x20, 0x5f, 0, 0, 0, 0, 1, 0, 0, 0, 9, 9, 9}, // rich, with phonetics
	)
	for _, test := range []struct {
		name         string
		extra, cells []byte
		want         string
	}{
		{"shared strings", sst, slices.Concat(rec(recLabelSST, 0, 0, 0, uint32(0)), rec(recLabelSST, 0, 1, 0, uint32(1)), rec(recLabelSST, 0, 2, 0, uint32(2))), `1: "姓名" | "abc" | "张"`},
		{"labels", nil, slices.Concat(rec(recLabel, 0, 0, 0, 2, wide("甲乙")), rec(recRString, 0, 1, 0, 1, uint8(0), "a", 0)), `1: "甲乙" | "a"`},
		{"a text over two records", nil, slices.Concat(rec(recLabel, 0, 0, 0, 4, uint8(0), "ab"), rec(recContinue, wide("丙丁"))), `1: "ab丙丁"`},
		{"numbers", nil, slices.Concat(rec(recNumber, 0, 0, 0, 0.1), rec(recNumber, 0, 1, 0, 510322199001010000.0), rec(recNumber, 0, 2, 0, -3.0)), `1: 0.1 | 5.1032219900101E+17 | -3`},
		{"packed numbers", nil, slices.Concat(rec(recRK, 0, 0, 0, uint32(0x3ff00000)), rec(recRK, 0, 1, 0, uint32(12345<<2|3)), rec(recRK, 0, 2, 0, uint32(0xfffffff6)), rec(recRK, 0, 3, 0, uint32(7<<2|2))), `1: 1 | 123.45 | -3 | 7`},
		{"many packed numbers", nil, rec(recMulRK, 4, 1, 0, uint32(5<<2|2), 1, uint32(45359<<2|2), 2), `5: | 5 | @2024-03-08`},
		{"booleans and errors", nil, slices.Concat(rec(recBoolErr, 0, 0, 0, uint8(1), uint8(0)), rec(recBoolErr, 0, 1, 0, uint8(0), uint8(0)), rec(recBoolErr, 0, 2, 0, uint8(0x2a), uint8(1))), `1: TRUE | FALSE | !#N/A`},
		{"dates", nil, slices.Concat(rec(recNumber, 0, 0, 1, 46022.5), rec(recNumber, 0, 1, 2, 45066.0), rec(recNumber, 0, 2, 3, 1.5)), `1: @2025-12-31 12:00:00 | @2023-05-20 | @36:00:00`},
		{"the other epoch", rec(recDateMode, 1), rec(recNumber, 0, 0, 1, 42735.0), `1: @2021-01-01`},
		{"results of formulas", nil, slices.Concat(
			rec(recFormula, 0, 0, 0, 2.5, 0, uint32(0), 0),
			rec(recFormula, 0, 1, 0, []byte{0, 0, 0, 0, 0, 0, 0xff, 0xff}, 0, uint32(0), 0), rec(recShared, 0), rec(recString, 1, wide("丁")),
			rec(recFormula, 0, 2, 0, []byte{1, 0, 1, 0, 0, 0, 0xff, 0xff}, 0, uint32(0), 0),
			rec(recFormula, 0, 3, 0, []byte{2, 0, 7, 0, 0, 0, 0xff, 0xff}, 0, uint32(0), 0),
			rec(recFormula, 0, 4, 0, []byte{3, 0, 0, 0, 0, 0, 0xff, 0xff}, 0, uint32(0), 0),
			rec(recFormula, 0, 5, 0, []byte{0, 0, 0, 0, 0, 0, 0xff, 0xff}, 0, uint32(0), 0)), `1: 2.5 | "丁" | TRUE | !#DIV/0! | "" | !#无缓存值`},
		{"blanks hold nothing", nil, slices.Concat(rec(0x0201, 0, 0, 0), rec(recNumber, 0, 1, 0, 1.0), rec(0x00be, 0, 2, 0, 0, 3)), `1: | 1`},
		{"cells in the order they were filled", nil, slices.Concat(rec(recNumber, 2, 1, 0, 1.0), rec(recNumber, 0, 0, 0, 2.0), rec(recNumber, 2, 0, 0, 3.0)), "1: 2\n3: 3 | 1"},
		{"hidden rows", nil, slices.Concat(rec(recRow, 1, 0, 1, 255, 0, 0, 0x20, 0), rec(recNumber, 0, 0, 0, 1.0), rec(recNumber, 1, 0, 0, 2.0)), "1: 1\n(2): 2"},
		{"a chart in the sheet", nil, slices.Concat(rec(recNumber, 0, 0, 0, 1.0), bof(0x20), rec(recNumber, 0, 0, 0, 9.0), rec(recEOF), rec(recNumber, 0, 1, 0, 2.0)), "1: 1 | 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := readAll(t, xlsBytes(test.extra, test.cells), DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if strings.TrimSuffix(got, "\n") != test.want {
				t.Errorf("got  %swant %s", got, test.want)
			}
		})
	}
}

// A string table of many records, its strings cut at every place.
func TestXLSStringsOverRecords(t *testing.T) {
	body := slices.Concat(
		binary.LittleEndian.AppendUint16(nil, 4), wide("甲乙丙丁"),
		binary.LittleEndian.AppendUint16(nil, 4), []byte{0}, []byte("abcd"))
	for cut := 1; cut < len(body); cut++ {
		inFirst := cut >= 3 && cut < 11
		if inFirst && cut%2 == 0 {
			continue // no program cuts a character
		}
		rest := body[cut:]
		if cut > 3 && cut < 11 {
			rest = append([]byte{1}, rest...)
		} else if cut > 14 {
			rest = append([]byte{0}, rest...)
		}
		if cut == 3 || cut == 14 {
			rest = append([]byte{body[cut-1]}, rest...)
		}
		extra := slices.Concat(rec(recSST, uint32(2), uint32(2), body[:cut]), rec(recContinue, rest))
		got, err := readAll(t, xlsBytes(extra, slices.Concat(rec(recLabelSST, 0, 0, 0, uint32(0)), rec(recLabelSST, 0, 1, 0, uint32(1)))), DefaultLimits)
		if want := "1: \"甲乙丙丁\" | \"abcd\"\n"; err != nil || got != want {
			t.Errorf("cut at %d: got %s, %v", cut, got, err)
		}
	}
}

func TestXLSRefusals(t *testing.T) {
	oneCell := rec(recNumber, 0, 0, 0, 1.0)
	for _, test := range []struct {
		name, code string
		data       []byte
	}{
		{"encrypted", "encrypted", xlsBytes(rec(recFilePass, 1, 1, 1), oneCell)},
		{"encrypted package", "encrypted", ole(map[string][]byte{"EncryptedPackage": make([]byte, 5000), "EncryptionInfo": make([]byte, 5000)})},
		{"Excel 95", "old-xls", ole(map[string][]byte{"Book": make([]byte, 5000)})},
		{"Excel 95 by another name", "old-xls", ole(map[string][]byte{"Workbook": append(rec(recBOF, 0x0500, 5, 0, 0), make([]byte, 5000)...)})},
		{"Word", "word", ole(map[string][]byte{"WordDocument": make([]byte, 5000)})},
		{"PowerPoint", "slides", ole(map[string][]byte{"PowerPoint Document": make([]byte, 5000)})},
		{"something else", "ole", ole(map[string][]byte{"Contents": make([]byte, 5000)})},
		{"no records", "biff", ole(map[string][]byte{"Workbook": make([]byte, 5000)})},
		{"no end", "biff", ole(map[string][]byte{"Workbook": append(bof(5), bytes.Repeat(rec(0x5c, make([]byte, 96)), 50)...)})},
		{"a cell cut short", "biff", xlsBytes(nil, rec(recNumber, 0, 0, 0, uint32(1)))},
		{"packed numbers that do not add up", "biff", xlsBytes(nil, rec(recMulRK, 0, 0, 0, uint32(0), 2))},
		{"a text cut short", "biff", xlsBytes(nil, rec(recLabel, 0, 0, 0, 4, wide("甲")))},
		{"half a pair", "biff", xlsBytes(nil, rec(recLabel, 0, 0, 0, 1, []byte{1, 0x3d, 0xd8}))},
		{"a string that is not there", "bad-index", xlsBytes(nil, rec(recLabelSST, 0, 0, 0, uint32(0)))},
		{"a style that is not there", "bad-index", xlsBytes(nil, rec(recNumber, 0, 0, 4, 1.0))},
		{"no number", "bad-number", xlsBytes(nil, rec(recNumber, 0, 0, 0, math.NaN()))},
		{"an unknown error", "bad-value", xlsBytes(nil, rec(recBoolErr, 0, 0, 0, uint8(9), uint8(1)))},
		{"a cell twice", "bad-place", xlsBytes(nil, slices.Concat(oneCell, oneCell))},
		{"cut file", "cfb", xlsOf(t)[:3000]},
		{"cut head", "cfb", xlsOf(t)[:100]},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := readAll(t, test.data, DefaultLimits)
			wantRefusal(t, err, test.code)
		})
	}
}

func TestXLSMerges(t *testing.T) {
	book, err := openBytes(xlsBytes(nil, rec(recMerged, 2, 0, 1, 0, 2, 4, 9, 1, 1)), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	got, err := book.Sheets[0].Merges(t.Context())
	if want := "[{1 1 2 3} {5 2 10 2}]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("got %v, %v; want %s", got, err, want)
	}
	if s := book.Sheets[0]; s.Name != "名单" || s.Visibility != Visible || book.Format != "xls" {
		t.Errorf("got sheet %q, %d of format %s", s.Name, s.Visibility, book.Format)
	}
}

// Chains that lead round in a circle, or out of the file, end in a refusal.
func TestCompoundChains(t *testing.T) {
	good := xlsOf(t)
	for i := 512; i < 1024; i += 4 { // the table of next sectors
		for _, n := range []uint32{0, 1, uint32(i-512) / 4, 0x7ffffff0, 0xfffffffe, 0xffffffff} {
			bad := bytes.Clone(good)
			if binary.LittleEndian.Uint32(bad[i:]) == n {
				continue
			}
			binary.LittleEndian.PutUint32(bad[i:], n)
			got, err := readAll(t, bad, DefaultLimits)
			if err != nil {
				if !isRefusal(err) {
					t.Fatalf("link %d to %#x: %v", i, n, err)
				}
			} else if got != "1: 1.5\n" {
				t.Fatalf("link %d to %#x: read %s", i, n, got)
			}
		}
	}
}

// A directory that leads round in a circle, or out of itself.
func TestCompoundDirectory(t *testing.T) {
	good := xlsOf(t)
	entry := bytes.Index(good, []byte("W\x00o\x00r\x00k\x00"))
	for _, at := range []int{68, 72} { // left, right
		for _, n := range []uint32{1, 4, 0x7fffffff} {
			bad := bytes.Clone(good)
			binary.LittleEndian.PutUint32(bad[entry+at:], n)
			_, err := openBytes(bad, DefaultLimits)
			wantRefusal(t, err, "cfb")
		}
	}
}
