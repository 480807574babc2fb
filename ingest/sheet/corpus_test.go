package sheet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpus is a folder of real workbooks that are not part of this project.
const corpus = "../../../shared/corpus"

func needCorpus(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(corpus, "INDEX.tsv")); err != nil {
		t.Skipf("NOT TESTED: the corpus of real workbooks is not at %s", corpus)
	}
}

// openFile opens a workbook of the corpus.
func openFile(t *testing.T, name string) (*Book, error) {
	t.Helper()
	f, err := os.Open(filepath.Join(corpus, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return Open(f, info.Size(), DefaultLimits)
}

func isRefusal(err error) bool {
	var r *Refusal
	return errors.As(err, &r) && r.Says != "" && !strings.Contains(r.Says, "%!")
}

// collect reads a sheet whole, its cells copied.
func collect(t *testing.T, s *Sheet) ([]Row, error) {
	t.Helper()
	var rows []Row
	for row, err := range s.Rows(t.Context()) {
		if err != nil {
			return rows, err
		}
		row.Cells = append([]Cell(nil), row.Cells...)
		rows = append(rows, row)
	}
	return rows, nil
}

// Every file of the corpus gives rows or a refusal.
func TestCorpusReadsOrRefuses(t *testing.T) {
	needCorpus(t)
	files, refused, cells := 0, 0, 0
	err := filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path, filepath.Join(corpus, "expected")) {
			return err
		}
		name, _ := filepath.Rel(corpus, path)
		if !strings.Contains(name, "/") { // the index
			return nil
		}
		files++
		book, err := openFile(t, name)
		if err != nil {
			refused++
			if !isRefusal(err) {
				t.Errorf("%s: not a refusal: %v", name, err)
			}
			return nil
		}
		for _, s := range book.Sheets {
			rows, err := collect(t, s)
			if err != nil && !isRefusal(err) {
				t.Errorf("%s, %s: not a refusal: %v", name, s.Name, err)
			}
			last := 0
			for _, row := range rows {
				if row.Number <= last {
					t.Errorf("%s, %s: row %d after row %d", name, s.Name, row.Number, last)
				}
				last = row.Number
				cells += len(row.Cells)
				if n := len(row.Cells); n > 0 && row.Cells[n-1].Type == Empty {
					t.Errorf("%s, %s: row %d ends with an empty cell", name, s.Name, row.Number)
				}
			}
			if _, err := s.Merges(t.Context()); err != nil && !isRefusal(err) {
				t.Errorf("%s, %s: not a refusal: %v", name, s.Name, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d of them refused, %d cells", files, refused, cells)
	if files < 1000 || cells < 500_000 {
		t.Errorf("the corpus is not whole")
	}
}

// These are not read, and for this reason.
func TestCorpusRefusals(t *testing.T) {
	needCorpus(t)
	for name, want := range map[string]string{
		"calamine/OOM_alloc3.xls":                      "cfb",
		"calamine/any_sheets.xlsb":                     "xlsb",
		"calamine/covered.ods":                         "ods",
		"calamine/issue_385.xls":                       "encrypted",
		"calamine/pass_protected.xlsx":                 "encrypted",
		"calamine/vba.xlsm":                            "macros",
		"cn-fesod/demo/pwd_123.xls":                    "encrypted",
		"excelize/encryptSHA512.xlsx":                  "encrypted",
		"phpspreadsheet/CSV/empty.csv":                 "empty",
		"phpspreadsheet/HTML/charset.gb18030.html":     "html",
		"phpspreadsheet/Slk/issue.2276.slk":            "sylk",
		"phpspreadsheet/XLSX/utf16entity.dontuse":      "xml-encoding",
		"poi/SampleSS.xml":                             "xml2003",
		"poi/duplicate-filename-case-insensitive.xlsx": "zip-name",
		"poi/poc-shared-strings.xlsx":                  "xml-long",
		"poi/poc-xmlbomb-empty.xlsx":                   "xml-dtd",
		"poi/xor-encryption-abc.xls":                   "encrypted",
		"sheetjs/author_snowman.xls5":                  "old-xls",
		"sheetjs/crlf/CRLFX5_2.XLS":                    "old-xls",
		"sheetjs/password_2002_128_enhrsa.xls":         "encrypted",
		"tealeg/badfile_noWorksheets.xlsx":             "part-missing",
		"xlrd/sample.zip":                              "archive",
		"duckdb-csv/test/unterminated.csv":             "quote",
		"duckdb-csv/nullbyte.csv":                      "binary",
		"duckdb-csv/encodings/latin1.csv":              "encoding",
		"poi/clusterfuzz-testcase-minimized-POIXSSFFuzzer-5089447305609216.xlsx": "zip",
	} {
		t.Run(name, func(t *testing.T) {
			book, err := openFile(t, name)
			if err == nil {
				_, err = collect(t, book.Sheets[0])
			}
			var r *Refusal
			if !errors.As(err, &r) || r.Code != want {
				t.Errorf("got %+v, want code %s", err, want)
			}
		})
	}
}

// grid is a sheet as a map from places to values, for comparing.
type grid map[[2]int]Cell

func gridOf(rows []Row) grid {
	g := grid{}
	for _, row := range rows {
		for i, c := range row.Cells {
			if c.Type != Empty {
				g[[2]int{row.Number, i + 1}] = c
			}
		}
	}
	return g
}

func place(at [2]int) string { return fmt.Sprintf("%s%d", Column(at[1]), at[0]) }
