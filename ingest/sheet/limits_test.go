package sheet

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
)

// Each limit is a refusal that says it, with the place.
func TestLimits(t *testing.T) {
	data := workbookOf(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>abcd</t></is></c></row><row r="4"><c r="A4"><v>1</v></c></row>`, nil).pack(t)
	textual := []byte("a,,abcd\n\n\n1\n")
	for _, test := range []struct {
		name, code string
		change     func(*Limits)
		row, col   int
		text       bool // also of delimited text
	}{
		{"rows", "rows", func(l *Limits) { l.Rows = 3 }, 4, 0, true},
		{"columns", "cols", func(l *Limits) { l.Cols = 2 }, 1, 3, true},
		{"cells", "cells", func(l *Limits) { l.Cells = 2 }, 4, 1, true},
		{"text in a cell", "cell-text", func(l *Limits) { l.CellText = 3 }, 1, 3, true},
		{"shared strings", "strings", func(l *Limits) { l.Strings = 2 }, 0, 0, false},
		{"bytes of shared strings", "strings", func(l *Limits) { l.StringBytes = 11 }, 0, 0, false},
		{"depth", "xml-depth", func(l *Limits) { l.Depth = 5 }, 1, 3, false},
		{"part", "zip-bomb", func(l *Limits) { l.PartBytes = 300 }, 0, 0, false},
		{"entries", "zip-entries", func(l *Limits) { l.Entries = 5 }, 0, 0, false},
		{"file", "too-big", func(l *Limits) { l.FileBytes = 5 }, 0, 0, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			lim := DefaultLimits
			test.change(&lim)
			_, err := readAll(t, data, lim)
			r := wantRefusal(t, err, test.code)
			if r.Row != test.row || r.Col != test.col {
				t.Errorf("got place %d, %d; want %d, %d", r.Row, r.Col, test.row, test.col)
			}
			if !test.text {
				return
			}
			_, err = readAll(t, textual, lim)
			r = wantRefusal(t, err, test.code)
			if r.Row != test.row {
				t.Errorf("text: got row %d, want %d", r.Row, test.row)
			}
		})
	}
}

// The limit of a cell counts as Excel counts: UTF-16 units.
func TestCellTextUnits(t *testing.T) {
	lim := DefaultLimits
	lim.CellText = 4
	for text, fits := range map[string]bool{"中文字数": true, "中文字数多": false, "😀😀": true, "😀😀a": false} {
		_, err := readAll(t, workbookOf(`<row><c t="str"><v>`+text+`</v></c></row>`, nil).pack(t), lim)
		if fits != (err == nil) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// longSheet has so many rows of numbers and texts of its own.
func longSheet(t testing.TB, rows int) []byte {
	var b strings.Builder
	for i := range rows {
		fmt.Fprintf(&b, `<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d" t="inlineStr"><is><t>居民%d</t></is></c></row>`, i+1, i+1, i*7, i+1, i)
	}
	return workbookOf(b.String(), nil).pack(t)
}

// Memory does not grow with the rows.
func TestFlatMemory(t *testing.T) {
	for _, rows := range []int{10_000, 1_000_000} {
		if testing.Short() && rows > 10_000 {
			t.Skip("a million rows")
		}
		book, err := openBytes(longSheet(t, rows), DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		var before, m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		peak, n := uint64(0), 0
		for _, err := range book.Sheets[0].Rows(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n%(rows/10) == 0 {
				runtime.GC()
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapAlloc-min(before.HeapAlloc, m.HeapAlloc))
			}
		}
		t.Logf("%d rows: %d KiB live", n, peak>>10)
		if n != rows || peak > 2<<20 {
			t.Errorf("%d rows held %d KiB", n, peak>>10)
		}
	}
}

// A cell far to the right of every row costs what a cell costs.
func TestFarColumns(t *testing.T) {
	var b strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&b, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+1, i+1)
	}
	book, err := openBytes(workbookOf(b.String(), nil).pack(t), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	rows := 0
	for row, err := range book.Sheets[0].Rows(t.Context()) {
		if err != nil || len(row.Cells) != 16384 || row.Cells[16383].Text != "1" || row.Cells[0].Type != Empty {
			t.Fatalf("row %d has %d cells, %v", row.Number, len(row.Cells), err)
		}
		rows++
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; rows != 5000 || got > 16<<20 {
		t.Errorf("%d rows took %d KiB", rows, got>>10)
	}
}

// A row's cells are those of the row, whatever the rows before had.
func TestRowsAreClean(t *testing.T) {
	got, err := readAll(t, workbookOf(`<row r="1"><c r="A1"><v>1</v></c><c r="E1" t="str"><v>x</v></c></row><row r="2"><c r="E2"><v>2</v></c></row><row r="3"/><row r="4"><c r="B4"><v>3</v></c></row>`, nil).pack(t), DefaultLimits)
	if want := "1: 1 | | | | \"x\"\n2: | | | | 2\n3:\n4: | 3\n"; err != nil || got != want {
		t.Errorf("got %s, %v", got, err)
	}
}

// Texts stay valid after the row that held them.
func TestTextsOutliveRows(t *testing.T) {
	for name, data := range map[string][]byte{"xlsx": longSheet(t, 20_000), "xls": xlsBytes(nil, rec(recLabel, 0, 1, 0, 3, uint8(0), "abc"))} {
		book, err := openBytes(data, DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		var kept []string
		for row := range book.Sheets[0].Rows(t.Context()) {
			kept = append(kept, row.Cells[1].Text)
		}
		for i, text := range kept {
			if want := fmt.Sprintf("居民%d", i); name == "xlsx" && text != want {
				t.Fatalf("row %d has become %s", i+1, text)
			}
		}
		if name == "xls" && kept[0] != "abc" {
			t.Errorf("got %v", kept)
		}
	}
}

// The goroutine that inflates ends whenever the reading does. synctest fails
// if one is left.
func TestGoroutinesEnd(t *testing.T) {
	data := longSheet(t, 50_000)
	for name, use := range map[string]func(t *testing.T, s *Sheet){
		"to the end": func(t *testing.T, s *Sheet) {
			for range s.Rows(t.Context()) {
			}
		},
		"broken off": func(t *testing.T, s *Sheet) {
			for range s.Rows(t.Context()) {
				break
			}
		},
		"cancelled": func(t *testing.T, s *Sheet) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var last error
			rows := 0
			for _, err := range s.Rows(ctx) {
				cancel()
				rows++
				last = err
			}
			if !errors.Is(last, context.Canceled) || rows > 40_000 {
				t.Errorf("after %d rows: %v", rows, last)
			}
		},
		"panic": func(t *testing.T, s *Sheet) {
			defer func() { recover() }()
			for range s.Rows(t.Context()) {
				panic("the consumer")
			}
		},
		"merges": func(t *testing.T, s *Sheet) {
			if _, err := s.Merges(t.Context()); err != nil {
				t.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				book, err := openBytes(data, DefaultLimits)
				if err != nil {
					t.Fatal(err)
				}
				use(t, book.Sheets[0])
			})
		})
	}
	t.Run("refused", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			lim := DefaultLimits
			lim.Rows = 20_000
			_, err := readAll(t, data, lim)
			wantRefusal(t, err, "rows")
		})
	})
}

// Several goroutines may read one book, and a sheet may be read again.
func TestConcurrentReaders(t *testing.T) {
	book, err := openBytes(longSheet(t, 2000), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	counts := make(chan int)
	for range 4 {
		go func() {
			n := 0
			for range 2 {
				for _, err := range book.Sheets[0].Rows(t.Context()) {
					if err == nil {
						n++
					}
				}
			}
			counts <- n
		}()
	}
	for range 4 {
		if n := <-counts; n != 4000 {
			t.Errorf("read %d rows of 4000", n)
		}
	}
}

// A row costs one allocation, whatever its width.
func TestAllocations(t *testing.T) {
	const rows = 20_000
	data := longSheet(t, rows)
	got := testing.AllocsPerRun(1, func() {
		book, err := openBytes(data, DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range book.Sheets[0].Rows(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	if got > rows+1000 {
		t.Errorf("%v allocations for %d rows", got, rows)
	}
}
