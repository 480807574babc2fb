package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"
)

const benchRows, benchCols = 200_000, 20

// benchBook is a workbook of mixed cells, written by excelize: texts, shared
// or inline, numbers, dates and blanks.
var benchBook = sync.OnceValue(func() []byte {
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		panic(err)
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		panic(err)
	}
	row := make([]any, benchCols)
	for r := range benchRows {
		for c := range row {
			switch c % 5 {
			case 0:
				row[c] = fmt.Sprintf("居民%d", r*benchCols+c)
			case 1:
				row[c] = r * (c + 1)
			case 2:
				row[c] = excelize.Cell{StyleID: style, Value: 44000 + (r+c)%2000}
			case 3:
				row[c] = float64(r*c) / 7
			case 4:
				row[c] = [...]any{"在册", "迁出", nil}[(r+c)%3]
			}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", r+1), row); err != nil {
			panic(err)
		}
	}
	if err := w.Flush(); err != nil {
		panic(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		panic(err)
	}
	return out.Bytes()
})

func BenchmarkRead(b *testing.B) {
	data := benchBook()
	b.ReportAllocs()
	for b.Loop() {
		book, err := Open(bytes.NewReader(data), int64(len(data)), DefaultLimits)
		if err != nil {
			b.Fatal(err)
		}
		rows := 0
		for _, err := range book.Sheets[0].Rows(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
			rows++
		}
		if rows != benchRows {
			b.Fatalf("%d rows", rows)
		}
	}
}

func BenchmarkExcelizeRows(b *testing.B) {
	data := benchBook()
	b.ReportAllocs()
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
			n++
		}
		rows.Close()
		f.Close()
		if n != benchRows {
			b.Fatalf("%d rows", n)
		}
	}
}

// BenchmarkInflate is the floor: it inflates the sheet and does nothing else.
func BenchmarkInflate(b *testing.B) {
	data := benchBook()
	b.ReportAllocs()
	for b.Loop() {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			b.Fatal(err)
		}
		z.RegisterDecompressor(zip.Deflate, inflater)
		f, err := z.Open("xl/worksheets/sheet1.xml")
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, f)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(n)
		f.Close()
	}
}
