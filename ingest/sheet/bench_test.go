//go:build unix

package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// benchBook writes a workbook of twenty mixed cells a row, by excelize: texts,
// numbers, dates and blanks.
func benchBook(b *testing.B, w io.Writer, rows int) {
	b.Helper()
	f := excelize.NewFile()
	defer f.Close()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		b.Fatal(err)
	}
	s, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	row := make([]any, 20)
	for r := range rows {
		for c := range row {
			switch c % 5 {
			case 0:
				row[c] = fmt.Sprintf("居民%d", r*len(row)+c)
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
		if err := s.SetRow(fmt.Sprintf("A%d", r+1), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Write(w); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkRead reads a large sheet, beside excelize and beside the floor:
// inflating the sheet and doing nothing else.
func BenchmarkRead(b *testing.B) {
	var file bytes.Buffer
	benchBook(b, &file, 200_000)
	data := file.Bytes()
	timed := func(work func() (rows int, err error)) func() cost {
		return func() cost {
			start := time.Now()
			if rows, err := work(); err != nil || rows != 200_000 {
				b.Fatalf("%d rows, %v", rows, err)
			}
			return cost{time: time.Since(start)}
		}
	}
	ours := timed(func() (rows int, err error) {
		book, err := openBytes(data, DefaultLimits)
		if err != nil {
			return 0, err
		}
		for _, err := range book.Sheets[0].Rows(b.Context()) {
			if err != nil {
				return rows, err
			}
			rows++
		}
		return rows, nil
	})
	floor := timed(func() (int, error) {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return 0, err
		}
		z.RegisterDecompressor(zip.Deflate, inflater)
		f, err := z.Open("xl/worksheets/sheet1.xml")
		if err != nil {
			return 0, err
		}
		defer f.Close()
		_, err = io.Copy(io.Discard, f)
		return 200_000, err
	})
	peer := timed(func() (n int, err error) {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			return 0, err
		}
		defer f.Close()
		rows, err := f.Rows("Sheet1")
		if err != nil {
			return 0, err
		}
		defer rows.Close()
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				return n, err
			}
			n++
		}
		return n, rows.Error()
	})
	took := thrice(ours, floor, peer)
	read, inflated, excelized := took[0].time.Seconds(), took[1].time.Seconds(), took[2].time.Seconds()
	found("read", fmt.Sprintf("%.2f 秒，快 %.1f 倍", read, excelized/read), fmt.Sprintf("excelize Rows() %.1f 秒", excelized))
	found("inflate", fmt.Sprintf("%.1f 倍", read/inflated), fmt.Sprintf("klauspost 解压 %.2f 秒", inflated))
}

// BenchmarkReaderMemory reads a small and a very large sheet, each in a
// process of its own.
func BenchmarkReaderMemory(b *testing.B) {
	var peaks []string
	for _, rows := range []int{10_000, 1_000_000} {
		name := filepath.Join(b.TempDir(), "book.xlsx")
		f, err := os.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		benchBook(b, f, rows)
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
		took := measured(b, "read", os.Args[0], name)
		if took.exit != 0 {
			b.Fatalf("%d rows: exit code %d", rows, took.exit)
		}
		peaks = append(peaks, took.mib())
	}
	found("flat", strings.Join(peaks, "，"), "")
}

// BenchmarkCorpus reads every workbook of the corpus, each in a process of its
// own.
func BenchmarkCorpus(b *testing.B) {
	needCorpus(b)
	var slowest, largest cost
	var slow, large string
	files, refused, crashed := 0, 0, 0
	err := filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(corpus, path)
		if err != nil || d.IsDir() || strings.HasPrefix(name, "expected") || !strings.Contains(name, "/") {
			return err
		}
		took := measured(b, "read", os.Args[0], path)
		files++
		switch took.exit {
		case 0:
		case refusedCode:
			refused++
		default:
			crashed++
			b.Logf("%s: exit code %d", name, took.exit)
		}
		if took.time > slowest.time {
			slowest, slow = took, name
		}
		if took.peak > largest.peak {
			largest, large = took, name
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	found("corpus", fmt.Sprintf("%s 个：读出 %s，不读而说明 %s", thousands(files), thousands(files-refused-crashed), thousands(refused)), "")
	found("panics", fmt.Sprint(crashed), "")
	found("slowest", fmt.Sprintf("%.2f 秒", slowest.time.Seconds()), slow)
	found("largest", largest.mib(), large)
}

// BenchmarkBitFlips counts what is read wrong without an error.
func BenchmarkBitFlips(b *testing.B) {
	good := flipBook(b)
	want, err := readAll(b, good, DefaultLimits)
	if err != nil {
		b.Fatal(err)
	}
	peerWant, err := excelizeRows(good)
	if err != nil {
		b.Fatal(err)
	}
	ours, peer := 0, 0
	for _, flipped := range flips(good) {
		if got, err := readAll(b, flipped, DefaultLimits); err == nil && got != want {
			ours++
		}
		if got, err := excelizeRows(flipped); err == nil && got != peerWant {
			peer++
		}
	}
	found("flips", fmt.Sprint(ours), "excelize "+thousands(peer))
}

func excelizeRows(data []byte) (string, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return "", err
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	return fmt.Sprintf("%q", rows), err
}
