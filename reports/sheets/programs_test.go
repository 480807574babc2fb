package sheets

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"xingce/queries/stars"
	"xingce/reports"
)

// hard is a policy with all that a policy can say, and numbers that binary
// fractions cannot hold.
const hard = `
name = "hard"
title = "难算的办法"
from = 2020-01-01
judged = ["直管"]
separate = ["在职"]
provisional = ["预备"]
base = 0.1
floor = 12.3

[rounding]
digits = 1
mode = "舍去"

[veto]
measure = "v"
effect = "零分"

[exempt]
measure = "x"
counted = true

[pro_rata]
measure = "m"
full = 12

[[part]]
name = "daily"
title = "日常"
weight = 0.7
full = 90
base = 19.9

[[part]]
name = "rest"
title = "评议"
weight = 0.3
full = 100

[[item]]
name = "a"
title = "学习"
part = "daily"
measure = "a"
unit = "次"
points = 1.1
cap = 30.3
floor = 0.7
pro_rata = true

[[item]]
name = "q"
title = "活动"
part = "daily"
measure = "q"
unit = "次"
per = "quarter"
points = 2.3
cap = 9.1
year_cap = 25

[[item]]
name = "s"
title = "服务"
part = "rest"
measure = "s"
unit = "小时"
steps = [{ from = 0.1, points = 5.5 }, { from = 7.25, points = 20.1 }, { from = 20, points = 80.3 }]
pro_rata = true

[[item]]
name = "d"
title = "缺席"
measure = "d"
unit = "次"
per = "quarter"
points = -1.3
cap = -2
year_cap = -4.7

[[item]]
name = "b"
title = "加分"
measure = "b"
unit = "分"
points = 1
cap = 5

[[gate]]
star = 2
title = "服务"
measure = "s"
unit = "小时"
at_least = 2.5
pro_rata = true

[[gate]]
star = 4
title = "学习"
measure = "a"
unit = "次"
at_least = 9
pro_rata = true

[[band]]
star = 1
from = 20.1

[[band]]
star = 2
from = 33.3

[[band]]
star = 4
from = 51.7

[[band]]
star = 5
from = 70

[[quota]]
star = 4
and_above = true
share = "1/3"
of = "名册"

[[quota]]
star = 5
people = 3
`

// members of every sort, with counts that lie on and beside what the policy
// tells apart.
func crowd(p stars.Policy, n int, seed uint64) EvaluationInput {
	in := EvaluationInput{Scope: Scope{Community: "象山社区", Period: year2025, SQL: "0123456789ab", Version: "v0.1.0"}, Policy: p, Sources: sourceTable()}
	r := rand.New(rand.NewPCG(seed, 7))
	for i := range n {
		c := stars.Case{Community: in.Community, Person: fmt.Sprint("p", i), Name: fmt.Sprintf("王%d", i), Kind: "直管", Standing: "正式", Group: "一组", Facts: map[stars.Fact]decimal.Decimal{}}
		switch {
		case i%17 == 3:
			c.Standing = "预备"
		case i%13 == 5:
			c.Kind = "在职"
		case i%19 == 7:
			c.Kind = "流动"
		case i%23 == 9:
			c.Standing = ""
		}
		for _, f := range p.Facts() {
			if r.IntN(6) == 0 {
				continue // no record
			}
			switch f.Measure {
			case p.Veto, p.Exempt:
				if r.IntN(12) == 0 {
					c.Facts[f] = decimal.NewFromInt(1)
				}
			case p.Months:
				if r.IntN(3) == 0 {
					c.Facts[f] = decimal.NewFromInt(int64(r.IntN(14)))
				}
			case "member_appraisal_score":
				c.Facts[f] = decimal.New(int64(r.IntN(10001)), -2)
			default:
				c.Facts[f] = decimal.New(int64(r.IntN(25*20))*5, -2)
			}
		}
		in.Ratings = append(in.Ratings, stars.Judge(p, c))
	}
	return in
}

func measured(string, string) bool { return true }

// LibreOffice reckons every formula itself, with nothing to copy from, and
// comes to the engine's points, score and star for each member; openpyxl sees
// the cells that were written.
func TestRealPrograms(t *testing.T) {
	books := map[string]EvaluationInput{"branch": branch(t)}
	for _, name := range []string{"founding", "huaning"} {
		p, err := stars.Load(stars.Shelf(), name, measured)
		if err != nil {
			t.Fatal(err)
		}
		books[name] = crowd(p, 200, 1)
	}
	p, err := stars.Parse(hard, measured)
	if err != nil {
		t.Fatal(err)
	}
	books["hard"] = crowd(p, 300, 2)
	up, err := stars.Parse(strings.NewReplacer("舍去", "四舍五入", "零分", "不评星级", "digits = 1", "digits = 2").Replace(hard), measured)
	if err != nil {
		t.Fatal(err)
	}
	books["hard-up"] = crowd(up, 300, 3)

	dir := t.TempDir()
	var names []string
	pages := map[string]reports.Page{}
	for name, in := range books {
		page, err := Evaluation(in)
		if err != nil {
			t.Fatal(err)
		}
		pages[name] = page
		keep(t, name+".xlsx", page.Body)
		names = append(names, filepath.Join(dir, name+".xlsx"))
		if err := os.WriteFile(filepath.Join(dir, name+".xlsx"), unreckoned(t, page.Body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	beside := kin(t)
	for path, page := range beside {
		name := filepath.Join(dir, strings.ReplaceAll(path, "/", "-"))
		names = append(names, name)
		if err := os.WriteFile(name, page.Body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(names)
	reckoned := reckon(t, names)
	for path, page := range beside {
		f, err := excelize.OpenFile(filepath.Join(reckoned, strings.ReplaceAll(path, "/", "-")))
		if err != nil {
			t.Fatal(err)
		}
		for _, sheet := range open(t, page).GetSheetList() {
			if got, want := lines(t, f, sheet), lines(t, open(t, page), sheet); !slices.Equal(got, want) {
				t.Errorf("%s %s: LibreOffice has\n%q, written was\n%q", path, sheet, got, want)
			}
		}
		f.Close()
	}
	for name, in := range books {
		f, err := excelize.OpenFile(filepath.Join(reckoned, name+".xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { agrees(t, f, in) })
		saved, err := os.ReadFile(filepath.Join(reckoned, name+".xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		if opinions, faults := review1(t, in, saved); len(opinions)+len(faults) > 0 {
			t.Errorf("%s, saved by LibreOffice, reads as %v, %v", name, opinions, faults)
		}
		f.Close()
	}
	t.Run("openpyxl", func(t *testing.T) { secondReader(t, pages["branch"].Body) })
}

// agrees holds the recalculated workbook against the ratings.
func agrees(t *testing.T, f *excelize.File, in EvaluationInput) {
	l := rosterOf(in.Policy, in.Ratings)
	scored := 0
	for tab, list := range map[string][]stars.Rating{tableTab: l.listed, separateTab: l.separate} {
		if len(list) == 0 {
			continue
		}
		table := rows(t, f, tab)
		head := table[2]
		score, item := slices.Index(head, headScore), slices.Index(head, "党小组")+1
		if len(in.Policy.Parts) == 0 || !in.Policy.Base.IsZero() {
			item++
		}
		for i, r := range list {
			row := table[3+i]
			if !r.Scored {
				continue
			}
			scored++
			for k, m := range r.Marks {
				if got := number15(t, row[item+k]); !got.Equal(m.Points) {
					t.Errorf("%s %s %s: LibreOffice has %s, the engine %s (%s)", tab, r.Name, m.Item.Title, got, m.Points, m.Reason)
				}
			}
			if got := number15(t, row[score]); !got.Equal(r.Score) {
				t.Errorf("%s %s: LibreOffice scores %s, the engine %s", tab, r.Name, got, r.Score)
			}
			if row[score+1] != starText(r) || row[score+2] != same {
				t.Errorf("%s %s: LibreOffice says %q %q, the engine %q", tab, r.Name, row[score+1], row[score+2], starText(r))
			}
		}
	}
	if scored == 0 {
		t.Error("nobody is scored")
	}
	for i, row := range rows(t, f, "核对")[3:] {
		if row[3] != same {
			t.Errorf("核对 row %d: %q", i+4, row)
		}
	}
}

// number15 is a number as a program that reckons in binary fractions shows it.
func number15(t *testing.T, text string) decimal.Decimal {
	t.Helper()
	n, err := decimal.NewFromString(text)
	if err != nil {
		t.Fatalf("%q is no number", text)
	}
	return n.Round(9)
}

var stored = regexp.MustCompile(`</f><v>[^<]*</v>`)

// unreckoned takes the results out of a workbook and leaves the formulas.
func unreckoned(t *testing.T, book []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	found := 0
	for _, part := range r.File {
		text := read(t, part)
		found += len(stored.FindAll(text, -1))
		to, err := w.Create(part.Name)
		if err == nil {
			_, err = to.Write(stored.ReplaceAll(text, []byte("</f>")))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if found == 0 {
		t.Fatal("the workbook has no formula")
	}
	return out.Bytes()
}

func read(t *testing.T, part *zip.File) []byte {
	t.Helper()
	from, err := part.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	text, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// reckon has LibreOffice open the workbooks, reckon, and save them; it gives
// the folder they are in then.
func reckon(t *testing.T, books []string) string {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("this test opens the workbooks in LibreOffice, which is not installed: .ci/need-browser says how")
	}
	out := t.TempDir()
	args := append([]string{"--headless", "--norestore", "-env:UserInstallation=file://" + t.TempDir(), "--convert-to", "xlsx", "--outdir", out}, books...)
	if said, err := exec.CommandContext(t.Context(), office, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return out
}

const dump = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
values = openpyxl.load_workbook(sys.argv[1], data_only=True)
json.dump({s.title: [[c.coordinate, c.data_type, str(c.value), str(values[s.title][c.coordinate].value)] for row in s.iter_rows() for c in row if c.value is not None] for s in book}, sys.stdout)
`

// secondReader compares what openpyxl reads with what excelize does.
func secondReader(t *testing.T, book []byte) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(file, book, 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.CommandContext(t.Context(), python(t), "-c", dump, file).Output()
	if err != nil {
		t.Fatal(err)
	}
	var sheets map[string][][4]string
	if err := json.Unmarshal(said, &sheets); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	seen := 0
	for _, name := range f.GetSheetList() {
		cells := map[string][4]string{}
		for _, c := range sheets[name] {
			cells[c[0]] = c
		}
		for i, row := range rows(t, f, name) {
			for k, value := range row {
				at, _ := excelize.CoordinatesToCellName(k+1, i+1)
				c, is := cells[at]
				if is != (value != "") {
					t.Fatalf("%s!%s: excelize reads %q, openpyxl %q", name, at, value, c)
				}
				if !is {
					continue
				}
				seen++
				if c[3] != value && !equal(c[3], value) {
					t.Errorf("%s!%s: excelize reads %q, openpyxl %q", name, at, value, c[3])
				}
				formula, _ := f.GetCellFormula(name, at)
				if (c[1] == "f") != (formula != "") || formula != "" && c[2] != "="+formula {
					t.Errorf("%s!%s: excelize has the formula %q, openpyxl %q", name, at, formula, c[2])
				}
			}
		}
	}
	if seen < 1000 {
		t.Errorf("only %d cells", seen)
	}
}

func equal(a, b string) bool {
	x, err := decimal.NewFromString(a)
	y, other := decimal.NewFromString(b)
	return err == nil && other == nil && x.Round(9).Equal(y.Round(9))
}

// python is one that has openpyxl.
func python(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import openpyxl").Run() == nil {
			return name
		}
	}
	t.Fatal("this test reads the workbooks with openpyxl, which is not installed: .ci/need-browser says how")
	return ""
}

// keep leaves a workbook where XINGCE_KEEP says, to be looked at.
func keep(t *testing.T, name string, body []byte) {
	t.Helper()
	if to := os.Getenv("XINGCE_KEEP"); to != "" {
		if err := os.WriteFile(filepath.Join(to, name), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
