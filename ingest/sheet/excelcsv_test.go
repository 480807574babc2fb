package sheet

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
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

// unequal are the workbooks in which Excel shows something else than the file
// holds. A file that is here and agrees after all fails the test.
var unequal = map[string]string{
	"poi/34775.xls":    "the numbers of the CSV files count chart sheets",
	"poi/49761.xls":    "its only number is not finite: refused",
	"poi/56502.xlsx":   "calculated again: a function that this Excel lacks",
	"poi/56574.xlsx":   "calculated again: TODAY()",
	"poi/56688_4.xlsx": "calculated again: TODAY()",
	"poi/59858.xls":    "texts that the format ;;; hides",
	"poi/CustomXMLMappings-complex-type.xlsx": "the workbook is newer than the CSV",
	"poi/SubtotalsNested.xls":                 "the workbook is newer than the CSV",
	"poi/DStar.xls":                           "the workbook is newer than the CSV",
	"poi/ElapsedFormatTests.xlsx":             "calculated again: TEXT()",
	"poi/FormulaEvalTestData.xls":             "the workbook is newer than the CSV",
	"poi/NumberFormatApproxTests.xlsx":        "calculated again: TEXT()",
	"poi/NumberFormatTests.xlsx":              "calculated again: TEXT()",
	"poi/excelant.xls":                        "calculated again: a function in a macro",
	"sheetjs/LONumbers.xls":                   "elapsed hours, minutes and seconds: [h]",
	"sheetjs/LONumbers.xlsx":                  "elapsed hours, minutes and seconds: [h]",
	"sheetjs/LONumbers-2010.xls":              "elapsed hours, minutes and seconds: [h]",
	"sheetjs/LONumbers-2011.xls":              "elapsed hours, minutes and seconds: [h]",
	"sheetjs/LONumbers-2011.xlsx":             "elapsed hours, minutes and seconds: [h]",
	"sheetjs/comments_stress_test.xlsx":       "calculated again: a function in a macro",
	"sheetjs/number_format.xls":               "calculated again: TEXT()",
	"sheetjs/number_format_russian.xls":       "calculated again: TEXT()",
}

// What is read of a workbook is what Excel shows of it.
func TestCorpusEqualsExcel(t *testing.T) {
	needCorpus(t)
	files, cells, other := 0, 0, 0
	for _, e := range excelCSVs(t) {
		book, err := openFile(t, e.file)
		if err != nil {
			if !isRefusal(err) {
				t.Errorf("%s: %v", e.file, err)
			}
			continue // TestCorpusRefusals says what is refused
		}
		files++
		var wrong []string
		for i, s := range book.Sheets {
			path := fmt.Sprintf("%s.%d.csv", e.stem, i)
			if _, err := os.Stat(path); err != nil {
				continue // Excel wrote none for a sheet that is empty
			}
			rows, err := collect(t, s)
			if err != nil {
				wrong = append(wrong, err.Error())
			}
			got := gridOf(rows)
			cells += len(got)
			for _, w := range unlike(got, parseCSV(t, path)) {
				wrong = append(wrong, s.Name+"!"+w)
			}
		}
		reason, listed := unequal[e.file]
		other += len(wrong)
		switch {
		case listed && len(wrong) == 0:
			t.Errorf("%s agrees with Excel, though it is listed: %s", e.file, reason)
		case !listed && len(wrong) > 0:
			t.Errorf("%s: %d cells are not as Excel shows them:\n%s", e.file, len(wrong), strings.Join(wrong[:min(len(wrong), 5)], "\n"))
		}
	}
	t.Logf("%d workbooks, %d cells", files, cells)
	found("excel", fmt.Sprintf("%d 个文件 %s 格，不同 %s 格，在 %d 个文件里", files, thousands(cells), thousands(other), len(unequal)), "原因见 excelcsv_test.go")
	if files < 300 || cells < 300_000 {
		t.Errorf("too few files were compared: the corpus is not whole")
	}
}

// unlike lists the cells that differ. The CSV begins at the first cell in use,
// which need not be A1: what is in use depends on formats, so that the shift
// is one of four.
func unlike(got grid, want map[[2]int]string) []string {
	row, col := math.MaxInt, math.MaxInt
	for at, c := range got {
		if c.Text != "" {
			row, col = min(row, at[0]), min(col, at[1])
		}
	}
	wantRow, wantCol := math.MaxInt, math.MaxInt
	for at := range want {
		wantRow, wantCol = min(wantRow, at[0]), min(wantCol, at[1])
	}
	if len(got) == 0 || len(want) == 0 || row == math.MaxInt {
		row, col, wantRow, wantCol = 1, 1, 1, 1
	}
	var best []string
	for n, shift := range [][2]int{{0, 0}, {row - wantRow, 0}, {0, col - wantCol}, {row - wantRow, col - wantCol}} {
		var wrong []string
		for at, c := range got {
			w := want[[2]int{at[0] - shift[0], at[1] - shift[1]}]
			if why := differs(c, w); why != "" {
				wrong = append(wrong, fmt.Sprintf("%s: read %v %.60q, Excel shows %.60q: %s", place(at), c.Type, c.Text, w, why))
			}
		}
		for at, w := range want {
			at = [2]int{at[0] + shift[0], at[1] + shift[1]}
			if _, ok := got[at]; !ok && strings.TrimSpace(w) != "" {
				wrong = append(wrong, fmt.Sprintf("%s: read nothing, Excel shows %.60q", place(at), w))
			}
		}
		if n == 0 || len(wrong) < len(best) {
			best = wrong
		}
	}
	return best
}

var (
	shownDecimal = regexp.MustCompile(`^-?\d+(\.\d+)?(E[+-]\d+)?$`)
	shownPercent = regexp.MustCompile(`^-?\d+(\.\d+)?(E[+-]\d+)?\s*%$`)
	shownDay     = regexp.MustCompile(`^(\d+)/(\d+)/(\d+)$`)
	shownDate    = regexp.MustCompile(`^\d+/\d+/\d+|^\d+:\d+|^\d+-[A-Z][a-z][a-z]`)
)

// differs compares a cell with what Excel shows of it, as far as that says
// what is in the cell: formats add blanks, currencies and separators.
func differs(c Cell, shown string) string {
	trimmed := strings.TrimSpace(shown)
	switch c.Type {
	case Text:
		if read, ok := strings.CutSuffix(c.Text, "%"); ok && shownPercent.MatchString(trimmed) {
			if !rounded(read, strings.TrimRight(trimmed, "% ")) {
				return "percent"
			}
			break
		}
		if plainASCII(c.Text) != plainASCII(shown) {
			return "text"
		}
	case Bool:
		if c.Text != trimmed && trimmed != "" { // ;;; hides
			return "boolean"
		}
	case Error:
		if c.Text != trimmed && c.Text != NoResult {
			return "error"
		}
	case Number:
		if shownDate.MatchString(shown) {
			return "a date, to Excel"
		}
		if shownDecimal.MatchString(shown) && !rounded(c.Text, shown) {
			return "number"
		}
	case Date:
		if shownDecimal.MatchString(shown) {
			return "a number, to Excel"
		}
		if m := shownDay.FindStringSubmatch(shown); m != nil {
			for _, part := range m[1:] {
				if !strings.Contains(c.Text, fmt.Sprintf("%02s", part)) {
					return "date"
				}
			}
		}
	}
	return ""
}

// plainASCII makes texts comparable that went through Windows-1252: line ends
// are left out, and what that code page lacks is an underscore.
func plainASCII(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch _, ok := charmap.Windows1252.EncodeRune(r); {
		case r == '\r' || r == '\n':
		case r == '?' || !ok:
			b.WriteByte('_')
			if r > 0xffff {
				b.WriteByte('_')
			}
		default:
			b.WriteRune(r)
		}
	}
	return strings.Trim(b.String(), " ")
}

// rounded tells whether shown is the number rounded to the digits it has.
func rounded(number, shown string) bool {
	v, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return false
	}
	w, _ := strconv.ParseFloat(shown, 64)
	mantissa, exponent, _ := strings.Cut(shown, "E")
	_, digits, _ := strings.Cut(mantissa, ".")
	e, _ := strconv.Atoi(exponent)
	step := math.Pow(10, float64(e-len(digits)))
	return math.Abs(v-w) <= step*0.50001+math.Abs(v)*1e-14
}
