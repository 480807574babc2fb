package sheet

import (
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// pairs finds the workbooks of the corpus that are there as .xls and as .xlsx.
func pairs(t *testing.T) [][2]string {
	t.Helper()
	files := map[string]bool{}
	err := filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(corpus, path)
		files[name] = true
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for name := range files {
		stem, ok := strings.CutSuffix(name, ".xls")
		if !ok {
			continue
		}
		twin := stem + ".xlsx"
		if s, ok := strings.CutSuffix(stem, "-xls"); ok {
			twin = s + "-xlsx.xlsx"
		}
		if files[twin] {
			out = append(out, [2]string{name, twin})
		}
	}
	slices.SortFunc(out, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return out
}

// The same content in two formats reads the same.
func TestCorpusPairs(t *testing.T) {
	needCorpus(t)
	compared, cells, other := 0, 0, 0
	for _, pair := range pairs(t) {
		a, errA := openFile(t, pair[0])
		b, errB := openFile(t, pair[1])
		if errA != nil || errB != nil {
			continue
		}
		compared++
		var wrong []string
		if len(a.Sheets) != len(b.Sheets) {
			wrong = append(wrong, fmt.Sprintf("%d sheets and %d", len(a.Sheets), len(b.Sheets)))
		}
		for i := range min(len(a.Sheets), len(b.Sheets)) {
			x, y := a.Sheets[i], b.Sheets[i]
			if x.Name != y.Name || x.Visibility != y.Visibility || x.Date1904 != y.Date1904 {
				wrong = append(wrong, fmt.Sprintf("sheet %q and %q", x.Name, y.Name))
			}
			rowsX, errX := collect(t, x)
			rowsY, errY := collect(t, y)
			if errX != nil || errY != nil {
				wrong = append(wrong, fmt.Sprint(errX, errY))
				continue
			}
			gx, gy := gridOf(rowsX), gridOf(rowsY)
			cells += len(gx)
			for at := range gx {
				if !same(gx[at], gy[at]) {
					wrong = append(wrong, fmt.Sprintf("%s!%s: %v %.60q and %v %.60q", x.Name, place(at), gx[at].Type, gx[at].Text, gy[at].Type, gy[at].Text))
				}
			}
			for at := range gy {
				if _, ok := gx[at]; !ok {
					wrong = append(wrong, fmt.Sprintf("%s!%s: nothing and %v %.60q", x.Name, place(at), gy[at].Type, gy[at].Text))
				}
			}
		}
		reason, listed := unlikePairs[pair[0]]
		other += len(wrong)
		switch {
		case listed && len(wrong) == 0:
			t.Errorf("%s agrees with its twin, though it is listed: %s", pair[0], reason)
		case !listed && len(wrong) > 0:
			t.Errorf("%s is not %s, in %d places:\n%s", pair[0], pair[1], len(wrong), strings.Join(wrong[:min(len(wrong), 6)], "\n"))
		}
	}
	t.Logf("%d pairs, %d cells", compared, cells)
	found("pairs", fmt.Sprintf("%d 对 %s 格，不同 %s 格，在 %d 对里", compared, thousands(cells), thousands(other), len(unlikePairs)), "原因见 pairs_test.go")
}

// same compares numbers by value: the formats write them differently.
func same(a, b Cell) bool {
	if a.Type != b.Type {
		return false
	}
	if a.Type != Number {
		return strings.ReplaceAll(a.Text, "\r\n", "\n") == strings.ReplaceAll(b.Text, "\r\n", "\n")
	}
	x, errX := strconv.ParseFloat(a.Text, 64)
	y, errY := strconv.ParseFloat(b.Text, 64)
	return errX == nil && errY == nil && math.Abs(x-y) <= 1e-14*math.Abs(x)
}

// unlikePairs are twins by name whose content differs.
var unlikePairs = map[string]string{
	"phpspreadsheet/samples/templates/27template.xls": "different workbooks",
	"sheetjs/LONumbers.xls":                           "the .xlsx stores row 38 as texts",
}
