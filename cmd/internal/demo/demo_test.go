package demo

import (
	"context"
	"crypto/sha256"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"xingce/ingest/period"
	check "xingce/ingest/person"
)

func small() plan { return plan{scale: 0.02, communities: len(specs)} }

func TestWriteGivesTheSameBytes(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	done := 0
	sum, err := write(t.Context(), first, small(), func(n, total int) {
		if done++; n != done || n > total {
			t.Errorf("progress %d of %d after %d files", n, total, done)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := write(t.Context(), second, small(), nil); err != nil {
		t.Fatal(err)
	}
	a, b := sums(t, first), sums(t, second)
	if len(a) != sum.Files || len(a) != done {
		t.Errorf("%d files in the folder, %d in the summary, progress saw %d", len(a), sum.Files, done)
	}
	for name := range a {
		if a[name] != b[name] {
			t.Errorf("%s differs between two runs", name)
		}
	}
	if !maps.Equal(a, b) {
		t.Errorf("%d files, then %d", len(a), len(b))
	}
}

func sums(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	list := map[string][32]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		list[strings.TrimPrefix(path, dir)] = sha256.Sum256(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWriteStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	sum, err := write(ctx, t.TempDir(), small(), func(done, total int) { cancel() })
	if err == nil || sum.Files > 2*workers {
		t.Errorf("wrote %d files after the context was cancelled, err %v", sum.Files, err)
	}
}

// whole settles all communities at full size.
func whole() []*community {
	var list []*community
	for i, s := range specs {
		list = append(list, settle(i, s, 1))
	}
	return list
}

func TestPersons(t *testing.T) {
	ids, phones := map[string]bool{}, map[string]bool{}
	for _, c := range whole() {
		for _, h := range c.homes {
			for _, r := range h.people {
				id, err := check.ParseID(r.id)
				if err != nil {
					t.Fatalf("%s: a resident's ID number: %v", c.name, err)
				}
				if !strings.HasPrefix(id.Region, "999") || id.Sex != r.sex() || dayOf(id.Birth) != r.birth {
					t.Fatalf("%s: region %s, sex %s, birth %s do not fit the resident", c.name, id.Region, id.Sex, id.Birth)
				}
				if ids[r.id] {
					t.Fatalf("%s: an ID number twice", c.name)
				}
				ids[r.id] = true
				if r.phone == "" {
					continue
				}
				if len(r.phone) != 11 || !strings.HasPrefix(r.phone, "100") || phones[r.phone] {
					t.Fatalf("%s: a phone twice, or of a prefix in use", c.name)
				}
				phones[r.phone] = true
			}
		}
	}
	if share := float64(len(phones)) / float64(len(ids)); share < 0.28 || share > 0.4 {
		t.Errorf("%.2f of the residents have a phone, want about a third", share)
	}
}

// TestFlow checks that opening + inflow - outflow = closing for all
// communities and quarters but the Gap.
func TestFlow(t *testing.T) {
	for _, c := range whole() {
		opening := 0
		for q := range quarters {
			closing, inflow, outflow := 0, 0, 0
			for r := range c.listed(q) {
				if !r.home.floating {
					continue
				}
				is := quarter(q)
				if r.present(q) {
					closing++
				}
				if r.arrived != 0 && is.Contains(r.arrived.time()) && !r.undated {
					inflow++
				}
				if r.left != 0 && r.gone == q {
					if !is.Contains(r.left.time()) || r.left < r.arrived {
						t.Errorf("%s %s: someone left on %s", c.name, is, r.left.time())
					}
					outflow++
				}
			}
			want := 0
			if c.name == Gap.Community && quarter(q).String() == Gap.Period {
				want = Gap.Persons
			}
			if off := closing - opening - inflow + outflow; q > 0 && off != want {
				t.Errorf("%s %s: %d + %d - %d = %d is off by %d, want %d", c.name, quarter(q), opening, inflow, outflow, closing, off, want)
			}
			opening = closing
		}
	}
}

// TestSizes checks that each community is of the size that its spec says.
func TestSizes(t *testing.T) {
	for _, c := range whole() {
		var homes, persons, rentals, floating int
		for h := range c.inhabited(quarters - 1) {
			if h.floating {
				rentals++
				floating += h.size(quarters - 1)
			} else {
				homes++
				persons += h.size(quarters - 1)
			}
		}
		if homes != c.spec.homes[1] || persons != c.spec.persons[1] || rentals != c.rentals[1] || floating != c.spec.floating[1] {
			t.Errorf("%s: %d homes, %d persons, %d rentals, %d floating: not as specified", c.name, homes, persons, rentals, floating)
		}
		all := persons + floating
		if share := float64(floating) / float64(all); all < 6000 || all > 13_000 || share < 0.08 || share > 0.35 {
			t.Errorf("%s: %d residents, share of floating %.3f", c.name, all, share)
		}
		for _, t2 := range c.teams {
			n := 0
			for _, p := range c.rolls(quarters - 1) {
				if p.team.name == t2.name {
					n++
				}
			}
			if n < 10 {
				t.Errorf("%s: %d in %s", c.name, n, t2.name)
			}
		}
	}
}

// TestXiangshan reads the last workbooks of 象山社区 back and finds the
// founding text's figures in them.
func TestXiangshan(t *testing.T) {
	dir := t.TempDir()
	if _, err := write(t.Context(), dir, plan{scale: 1, communities: 1, from: quarters - 1}, nil); err != nil {
		t.Fatal(err)
	}
	people := open(t, dir, "象山社区/象山社区2025年第四季度人口台账.xlsx")
	party := open(t, dir, "象山社区/象山社区2025年第四季度党建台账.xlsx")
	homes := read(t, people, "住户登记", 4, "户号", "楼栋", "居住类型", "人数")
	residents := read(t, people, "居民登记", 4, "身份证号", "人员类型", "流出日期")
	members := read(t, party, "党员名册", 4, "党员类别", "所属党小组")
	roll := read(t, party, "义工名册", 3, "所属队伍", "身份证号")
	gifts := read(t, party, "捐款台账", 3, "捐款日期", "捐款金额（元）", "捐款项目")

	present := residents.where("流出日期", "")
	direct := members.where("党员类别", "直管党员")
	grouped := slices.DeleteFunc(slices.Clone(direct), func(r record) bool { return r["所属党小组"] == "无" })
	money := decimal.Zero
	for _, g := range gifts {
		money = money.Add(decimal.RequireFromString(g["捐款金额（元）"]))
	}
	for _, figure := range []struct {
		what      string
		got, want int
	}{
		{"buildings", homes.distinct("楼栋"), 34},
		{"households", homes.distinct("户号"), 3275},
		{"floating households", len(homes.where("居住类型", "流动户")), 887},
		{"residents", len(present), 9325},
		{"persons", residents.distinct("身份证号"), len(residents)},
		{"floating persons", len(present.where("人员类型", "流动")), 2025},
		{"direct members", len(direct), 47},
		{"of them in a group", len(grouped), 46},
		{"groups", grouped.distinct("所属党小组"), 3},
		{"in-service members", len(members.where("党员类别", "在职党员")), 81},
		{"floating members", len(members.where("党员类别", "流动党员")), 3},
		{"teams", roll.distinct("所属队伍"), 5},
		{"volunteers", roll.distinct("身份证号"), 296},
		{"places on the teams' rolls", len(roll), 330},
		{"days of giving", gifts.distinct("捐款日期"), 5},
		{"campaigns", gifts.distinct("捐款项目"), 2},
		{"yuan", int(money.IntPart()), 89_365},
	} {
		if figure.got != figure.want {
			t.Errorf("%s: %d, want %d", figure.what, figure.got, figure.want)
		}
	}
}

func TestXiangshanGivesMost(t *testing.T) {
	most, name := int64(0), ""
	for _, c := range whole() {
		sum := int64(0)
		for _, g := range during(c.donations, quarters-1) {
			sum += g.fen
		}
		if sum > most {
			most, name = sum, c.name
		}
	}
	if name != Communities[0] || most != 8_936_580 {
		t.Errorf("%s gave most, %d fen", name, most)
	}
}

// TestNames checks that nobody who is named by name only can be taken for
// another, save for the one pair of namesakes.
func TestNames(t *testing.T) {
	pairs := 0
	for _, c := range whole() {
		owners := map[string]*resident{}
		claim := func(r *resident) {
			if other := owners[r.name]; other != nil && other != r {
				pairs++
				if !c.namesakes {
					t.Errorf("%s: two persons of one name", c.name)
				}
			}
			owners[r.name] = r
		}
		for _, m := range c.members {
			claim(m.resident)
		}
		for _, v := range c.volunteers {
			claim(v.resident)
		}
	}
	if pairs != 1 {
		t.Errorf("%d pairs of namesakes, want 1", pairs)
	}
}

func TestFaults(t *testing.T) {
	dir := t.TempDir()
	if _, err := write(t.Context(), dir, plan{scale: 1, communities: len(specs), only: "朝晖社区", from: quarters - 1}, nil); err != nil {
		t.Fatal(err)
	}
	wanted := map[string]struct{ heading, value string }{
		"党员名册 C7":    {"身份证号", "999641000000000000"},
		"党员名册 F21":   {"人员类型", "编外"},
		"党员活动签到 B12": {"活动日期", "2025-13-40"},
		"义工活动签到 H30": {"服务时长（小时）", "两小时"},
		"义工名册 C18":   {"姓名", ""},
		"捐款台账 E9":    {"捐款金额（元）", "约100元"},
		"捐款台账 E16":   {"捐款金额（元）", ""},
	}
	for _, fault := range Faults {
		f := open(t, dir, fault.File)
		col, row, err := excelize.CellNameToCoordinates(fault.Cell)
		if err != nil {
			t.Fatal(err)
		}
		value := get(t, f, fault.Sheet, fault.Cell)
		heading := get(t, f, fault.Sheet, address(col, 3))
		if number := get(t, f, fault.Sheet, address(1, row)); number == "" || number == "合计" {
			t.Errorf("%s %s is in no row of data", fault.Sheet, fault.Cell)
		}
		want, ok := wanted[fault.Sheet+" "+fault.Cell]
		if !ok {
			if _, err := check.ParseID(value); heading != "身份证号" || err != check.ErrIDCheck {
				t.Errorf("%s %s: heading %s, error %v, want a wrong check digit", fault.Sheet, fault.Cell, heading, err)
			}
		} else if heading != want.heading || value != want.value {
			t.Errorf("%s %s holds %q under %s, want %q under %s", fault.Sheet, fault.Cell, value, heading, want.value, want.heading)
		}
	}
}

// TestPlaces checks that a sheet says whose and of when it is.
func TestPlaces(t *testing.T) {
	for _, c := range whole() {
		for q := range quarters {
			for _, j := range c.jobs(q) {
				for _, sheet := range j.tables {
					texts := []string{sheet.title, sheet.info, filepath.Base(j.file)}
					want := quarter(q)
					if sheet.kind.Grain == period.Yearly {
						want = period.Year(want.Start.Year())
					}
					named := slices.DeleteFunc(period.Mentions(strings.Join(texts, "\n")), func(m period.Mention) bool { return m.By != period.ByName })
					if len(named) == 0 || named[0].Period != want {
						t.Errorf("%s %s: period %v, want %s", j.file, sheet.sheet, named, want)
					}
					for _, text := range texts {
						for _, other := range Communities {
							if strings.Contains(text, other) != (other == c.name) && text != sheet.title {
								t.Errorf("%s: %q does not name its community", j.file, text)
							}
						}
					}
					for _, wanted := range sheet.kind.Columns {
						if wanted.Required && !slices.ContainsFunc(sheet.columns, func(c column) bool { return c.field == wanted.Name }) {
							t.Errorf("%s %s has no column for %s", j.file, sheet.sheet, wanted.Name)
						}
					}
				}
			}
		}
	}
}

func TestCSV(t *testing.T) {
	dir := t.TempDir()
	if _, err := write(t.Context(), dir, plan{scale: 0.02, communities: len(specs), only: "清泉社区", from: quarters - 1}, nil); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "清泉社区", "清泉社区_2025Q4_居民登记.csv"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().String(string(data))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(text, "\r\n")
	if lines[2] != strings.Join(plainResident, ",") {
		t.Errorf("header %q", lines[2])
	}
	if !strings.HasPrefix(lines[0], "清泉社区2025Q4居民登记表") {
		t.Errorf("title %q", lines[0])
	}
}

type record map[string]string

type records []record

func (list records) where(heading, value string) records {
	return slices.DeleteFunc(slices.Clone(list), func(r record) bool { return r[heading] != value })
}

func (list records) distinct(heading string) int {
	seen := map[string]bool{}
	for _, r := range list {
		seen[r[heading]] = true
	}
	return len(seen)
}

// read gives some columns of a sheet whose header ends in row header, from
// the row below to the one before 合计 or a blank one.
func read(t *testing.T, f *excelize.File, sheet string, header int, headings ...string) records {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for _, heading := range headings {
		for _, row := range rows[2:header] {
			if i := slices.Index(row, heading); i >= 0 {
				at[heading] = i
			}
		}
		if _, ok := at[heading]; !ok {
			t.Fatalf("%s has no column %s", sheet, heading)
		}
	}
	var list records
	for _, row := range rows[header:] {
		if len(row) == 0 || row[0] == "合计" {
			break
		}
		r := record{}
		for heading, i := range at {
			if i < len(row) {
				r[heading] = row[i]
			}
		}
		list = append(list, r)
	}
	return list
}

func open(t *testing.T, dir, file string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(filepath.Join(dir, filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func get(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	value, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return value
}
