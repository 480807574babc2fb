package sheet

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// excelCSV is what Excel wrote when it saved the sheets of a workbook as CSV.
type excelCSV struct {
	file   string // in the corpus
	stem   string // of its CSV files
	sheets []string
}

// excelCSVs finds the workbooks of the corpus that Excel saved as CSV.
func excelCSVs(t *testing.T) []excelCSV {
	t.Helper()
	folder := filepath.Join(corpus, "expected/excel-csv")
	lists, err := filepath.Glob(filepath.Join(folder, "*.0.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var out []excelCSV
	for _, list := range lists {
		stem := strings.TrimSuffix(list, ".0.csv")
		name := filepath.Base(stem)
		switch rest, ok := strings.CutPrefix(name, "apachepoi_"); {
		case ok:
			name = "poi/" + rest
		case strings.HasPrefix(name, "xlrd_"):
			name = "xlrd/" + name[len("xlrd_"):]
		default:
			name = "sheetjs/" + name
		}
		if _, err := os.Stat(filepath.Join(corpus, name)); err != nil {
			continue // of another format, or of a file that is not in the corpus
		}
		names, _ := os.ReadFile(stem + ".sheetnames")
		out = append(out, excelCSV{name, stem, strings.Split(strings.TrimRight(string(names), "\r\n"), "\n")})
	}
	return out
}

// parseCSV reads Excel's CSV; it shares no code with what it checks.
func parseCSV(t *testing.T, path string) map[[2]int]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := map[[2]int]string{}
	row, col, quoted := 1, 1, false
	var cell strings.Builder
	end := func() {
		if cell.Len() > 0 {
			out[[2]int{row, col}] = cell.String()
		}
		cell.Reset()
	}
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quoted && c == '"' && i+1 < len(raw) && raw[i+1] == '"':
			cell.WriteByte('"')
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
			cell.WriteRune(charmap.Windows1252.DecodeByte(c))
		case c == ',':
			end()
			col++
		case c == '\r':
		case c == '\n':
			end()
			row, col = row+1, 1
		default:
			cell.WriteRune(charmap.Windows1252.DecodeByte(c))
		}
	}
	end()
	return out
}

func TestZX(t *testing.T) {
	needCorpus(t)
	n, files, bad := 0, 0, 0
	for _, e := range excelCSVs(t) {
		book, err := openFile(t, e.file)
		if err != nil {
			fmt.Println("SKIP", e.file, err)
			continue
		}
		files++
		for i, s := range book.Sheets {
			path := fmt.Sprintf("%s.%d.csv", e.stem, i)
			if _, err := os.Stat(path); err != nil {
				fmt.Println("NOCSV", path, s.Name, e.sheets)
				continue
			}
			want := parseCSV(t, path)
			rows, err := collect(t, s)
			if err != nil { fmt.Println("ERR", e.file, err); continue }
			got := gridOf(rows)
			shown := 0
			for at, c := range got {
				n++
				if why := differs(c, want[at]); why != "" {
					bad++
					if shown++; shown <= 3 {
					fmt.Printf("DIFF %s %d %s %s: got %d %.80q want %.80q %s\n", e.file, i, s.Name, place(at), c.Type, c.Text, want[at], why)
					}
				}
			}
			for at, w := range want {
				if _, ok := got[at]; !ok && strings.TrimSpace(w) != "" {
					bad++
					if shown++; shown <= 6 {
					fmt.Printf("LOST %s %d %s %s: want %.80q\n", e.file, i, s.Name, place(at), w)
					}
				}
			}
		}
	}
	fmt.Println(files, n, bad)
}

var outside1252 = charmap.Windows1252.NewEncoder()

func narrow1252(s string) string {
	var b strings.Builder
	for _, r := range s {
		if _, ok := charmap.Windows1252.EncodeRune(r); ok { b.WriteRune(r) } else {
			b.WriteByte('_')
			if r > 0xffff { b.WriteByte('_') }
		}
	}
	return b.String()
}

func differs(c Cell, want string) string {
	switch c.Type {
	case Text:
		a := strings.ReplaceAll(narrow1252(c.Text), "\r", "")
		w := strings.ReplaceAll(want, "\r", "")
		if a == w { return "" }
		a2, w2 := strings.ReplaceAll(a, "?", "_"), strings.ReplaceAll(w, "?", "_")
		if a2 == w2 { return "" }
		return "text"
	case Bool, Error:
		if c.Text != want { return "exact" }
	case Number:
		v, _ := strconv.ParseFloat(c.Text, 64)
		w, err := strconv.ParseFloat(strings.TrimSpace(want), 64)
		if err != nil { return "" }
		if math.Abs(v-w) > math.Abs(v)*1e-4+0.51 { return "number" }
	}
	return ""
}
