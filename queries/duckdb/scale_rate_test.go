//go:build unix

package duckdb_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
)

// branches are communities of so many members, whose ratings are known
// beforehand: each member was at ten events of the quarter but one.
type branches struct{ communities, members int }

func (b branches) registers(int) []register {
	name := "name='党员' || i % " + fmt.Sprint(b.members)
	return []register{
		{"member", "", b.members, "TRUE", name + `, id_number_key=CAST(md5('m' || c || ':' || i) AS UUID), id_number_sex='女', id_number_birth=DATE '1970-01-01', kind='直管', standing='正式',
			party_group='一组', joined_on=DATE '1990-07-01', post1=CASE WHEN i % 4 = 0 THEN '岗位' || i % 7 END, dues=i % 13`},
		{"attendance", "支部", 10 * b.members, "TRUE", name + fmt.Sprintf(`, day={start} + CAST(i // %[1]d AS INTEGER), activity='活动' || i // %[1]d,
			activity_kind=CASE WHEN i // %[1]d < 8 THEN '主题党日' ELSE '志愿服务' END, hours=CASE WHEN i // %[1]d >= 8 THEN 2 END,
			status=CASE WHEN (i %% %[1]d + i // %[1]d) %% 10 = 0 THEN '缺席' ELSE '出席' END`, b.members)},
		{"performance", "", b.members, "TRUE", name + ", party_group='一组', due=10, attended=9, score=80"},
		{"feedback", "", 1, "TRUE", name + ", work_unit='单位', receipt='已阅'"},
		{"conduct", "", 10, "TRUE", name + ", decided_on={start}, kind=(['加分', '扣分'])[1 + i % 2], reason='好人好事', points=1.5, evidence='见记录'"},
	}
}

// score is member i's by the founding policy, in quarters of a point.
func (b branches) score(i int) int {
	absent := (10 - i%10) % 10
	n := 4 * (60 + 12 + 3) // base, meetings up to the cap, three cards
	if absent < 8 {
		n += 4 * (2 + 2 - 2) // two activities, four hours, one absence
	} else {
		n += 4 * (1 + 1)
	}
	if i%4 == 0 {
		n += 4 * 2
	}
	n += 2 * (i % 13)
	if i == 0 {
		n += 4 // the card that came back
	}
	if i < 10 {
		n += 6 * (1 - 2*(i%2))
	}
	return n
}

// TestRatesOfBranches is the short form of what BenchmarkScaleRate measures.
func TestRatesOfBranches(t *testing.T) {
	b := branches{3, 40}
	db := town{communities: b.communities, quarters: 1}.fill(t, "", 256, b.registers)
	b.rate(t, db)
}

// rate rates everyone, stores it, and holds it against what is known.
func (b branches) rate(t *testing.T, db *duckdb.DB) (took time.Duration) {
	t.Helper()
	catalog, err := queries.Shelves()
	if err != nil {
		t.Fatal(err)
	}
	policy, err := stars.Load(stars.Shelf(), "founding", stars.Measures(catalog))
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	ratings, err := stars.Rate(t.Context(), queries.NewSession(catalog, db), policy, nil, period.Year(2025))
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(t.Context(), "rate", func(tx *duckdb.Tx) error {
		for from, to := 0, 0; from < len(ratings); from = to {
			community := ratings[from].Community
			for to < len(ratings) && ratings[to].Community == community {
				to++
			}
			if _, err := tx.Propose(t.Context(), 2025, community, policy, ratings[from:to]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	took = time.Since(start)
	if len(ratings) != b.communities*b.members {
		t.Fatalf("%d people are rated", len(ratings))
	}
	wrong := 0
	for n, r := range ratings {
		var i int
		fmt.Sscanf(r.Name, "党员%d", &i)
		want := decimal.New(int64(b.score(i))*25, -2)
		if n%b.members != i || !r.Score.Equal(want) || r.Star != policy.Star(want) {
			if wrong++; wrong < 4 {
				t.Errorf("%s %s has %s, want %s:\n%s", r.Community, r.Name, r.Score, want, strings.Join(r.Reasons, "\n"))
			}
		}
	}
	var stored int
	if err := db.DB.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM stars.rating WHERE reasons LIKE '基础分 60 分%合计%'").Scan(&stored); err != nil || stored != len(ratings) {
		t.Errorf("%d ratings stored with their reasons, %v", stored, err)
	}
	if wrong > 0 {
		t.Errorf("%d of %d are wrong", wrong, len(ratings))
	}
	return took
}

var million = branches{1000, 1000}

// TestScaleRate is the processes that BenchmarkScaleRate measures.
func TestScaleRate(t *testing.T) {
	dir := os.Getenv("SCALE_DIR")
	switch os.Getenv("SCALE") {
	case "":
		t.Skip("for make bench")
	case "make":
		db := town{communities: million.communities, quarters: 1}.fill(t, dir, 4096, million.registers)
		if err := db.Checkpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
	case "ask":
		catalog, err := queries.Shelves()
		if err != nil {
			t.Fatal(err)
		}
		db, err := duckdb.Open(t.Context(), duckdb.Options{Dir: dir, Kinds: kinds.All(), Models: catalog.Models, Memory: 4096})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		took := million.rate(t, db)
		_, peak := used(t)
		if err := os.WriteFile(filepath.Join(dir, "rated"), fmt.Appendf(nil, "%.1f 秒，%d MiB", took.Seconds(), peak>>20), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkScaleRate rates a million members by nine items, from the sheets'
// rows to the stored reasons.
func BenchmarkScaleRate(b *testing.B) {
	dir := b.TempDir()
	run := func(what string) {
		c := exec.CommandContext(b.Context(), os.Args[0], "-test.run=^TestScaleRate$", "-test.timeout=30m")
		c.Env = append(os.Environ(), "SCALE="+what, "SCALE_DIR="+dir)
		if out, err := c.CombinedOutput(); err != nil {
			b.Fatalf("%s: %v\n%s", what, err, out)
		}
	}
	run("make")
	for b.Loop() {
		run("ask")
	}
	said, err := os.ReadFile(filepath.Join(dir, "rated"))
	if err != nil {
		b.Fatal(err)
	}
	fmt.Printf("评 100 万名党员、9 个项目，理由一并存好：要求 60 秒以内，量出来 %s\n", said)
}
