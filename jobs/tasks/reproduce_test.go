package tasks_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"xingce/ingest"
	"xingce/ingest/period"
	"xingce/jobs/tasks"
	"xingce/queries/duckdb"
)

// published is a desk with a quarter and a year put out, some days ago.
func published(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t, t.TempDir())
	d.put("捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,1"))
	d.put("名册.csv", roll("象山社区", "2025Q4"))
	d.takes("文件 2 个")
	d.publishes(d.press.Publish("", policy(t, d)), "2025Q4", "2025年第四季度：页面 2 个，工作簿 3 个")
	d.publishes(d.press.Rate("", policy(t, d)), "2025", "2025年度：评定 1 人，工作簿 3 个；待支部初评")
	d.now = d.now.AddDate(0, 0, 3)
	return d
}

func (d *desk) reproduces(about string) tasks.Reproduction {
	d.Helper()
	p, err := period.Parse(about)
	if err != nil {
		d.Fatal(err)
	}
	r, err := d.press.Reproduce(d.Context(), p)
	if err != nil {
		d.Fatal(err)
	}
	return r
}

// Whatever happens to the data and the settings afterwards, what was put out is
// had again byte for byte, also without the files that are out.
func TestHadAgain(t *testing.T) {
	d := published(t)
	for _, c := range []struct {
		name  string
		since func()
	}{
		{"nothing", func() {}},
		{"a sheet is replaced", func() {
			d.put("捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,2"))
			d.takes("文件 1 个")
		}},
		{"a sheet is taken back", func() {
			err := d.db.Update(d.Context(), "undo", func(tx *duckdb.Tx) error {
				_, err := tx.Undo(d.Context(), ingest.Slice{Kind: "member", Community: "象山社区", Period: period.Quarter(2025, 4)})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}},
		{"another community sends", func() {
			d.put("翠湖.csv", roll("翠湖社区", "2025Q4"))
			d.takes("文件 1 个")
		}},
		{"the settings name other communities and another town", func() {
			d.press.Town, d.press.Communities = "乙镇", []string{"翠湖社区"}
		}},
		{"the files are elsewhere", func() {
			if err := os.RemoveAll(d.at("published")); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		c.since()
		for about, files := range map[string]int{"2025Q4": 5, "2025": 3} {
			r := d.reproduces(about)
			if r.Same != files || r.Differ != nil || r.Inputs != nil || r.Changed != nil {
				t.Errorf("%s, %s: %d files the same; differ %q, inputs %q, changed %q", c.name, about, r.Same, r.Differ, r.Inputs, r.Changed)
			}
		}
	}
	if _, err := d.press.Reproduce(t.Context(), period.Quarter(2025, 3)); !errors.Is(err, tasks.ErrNotPublished) {
		t.Errorf("of a quarter that was never put out: %v", err)
	}
}

// When the bytes differ, what differs is named, and nothing else.
func TestWhatMakesADifference(t *testing.T) {
	d := published(t)
	catalog := d.press.Catalog
	sql := strings.Replace(catalog.Metric("donations").SQL, "捐款", "捐赠", 1)
	own, err := catalog.With(fstest.MapFS{"metrics/donations.sql": {Data: []byte(sql)}})
	if err != nil {
		t.Fatal(err)
	}
	exec := func(statement string) func() {
		return func() { // behind the program's back
			if _, err := d.db.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	const gift = "第 2 批（象山社区2025Q4捐款台账）："
	for _, c := range []struct {
		name         string
		change, back func()
		about        string
		inputs       []string // that are named, by how they begin
	}{
		{"another version of the program", func() { d.press.Version = "新" }, func() { d.press.Version = "试" }, "2025Q4", []string{"程序版本：发布时 试，现在 新"}},
		{"an own metric", func() { d.press.Catalog = own }, func() { d.press.Catalog = catalog }, "2025", []string{"指标 donations 的 SQL：发布时 "}},
		{"rules that were changed where they are kept", exec("UPDATE stars.policy SET text = text || chr(10)"), exec("UPDATE stars.policy SET text = text[:-2]"),
			"2025", []string{"评定规则 founding 当时的文本没有了，或者被改动过"}},
		{"nothing that anybody knows of", exec("UPDATE raw.donation SET amount = amount + 1"), exec("UPDATE raw.donation SET amount = amount - 1"), "2025Q4", nil},
		{"another file under a batch's number", exec("UPDATE ops.batch SET sha256 = reverse(sha256) WHERE id = 2"), exec("UPDATE ops.batch SET sha256 = reverse(sha256) WHERE id = 2"),
			"2025Q4", []string{gift + "发布时的文件是 "}},
		{"a batch taken back by a clock that was set back", exec("INSERT INTO ops.slice_event SELECT 99, MAX(made_at), 'undo', 2, 2 FROM ops.slice_event"), exec("DELETE FROM ops.slice_event WHERE seq = 99"),
			"2025Q4", []string{gift + "按现在的记录，那时不在用；现在已撤销"}},
		{"nothing any more", func() {}, func() {}, "", nil},
		{"a batch whose rows are gone", exec("DELETE FROM raw.donation"), func() {}, "2025Q4", []string{gift + "它的行已经清除"}},
	} {
		c.change()
		if c.about == "" {
			if r := d.reproduces("2025Q4"); r.Same != 5 || r.Differ != nil || r.Inputs != nil {
				t.Fatalf("after all was put back: %+v", r)
			}
			continue
		}
		r := d.reproduces(c.about)
		if len(r.Differ) == 0 || r.Changed != nil {
			t.Errorf("%s: differ %q, changed %q", c.name, r.Differ, r.Changed)
		}
		if !slices.EqualFunc(r.Inputs, c.inputs, strings.HasPrefix) {
			t.Errorf("%s: named are %q, want %q", c.name, r.Inputs, c.inputs)
		}
		c.back()
	}
}

func TestFilesThatWereChanged(t *testing.T) {
	d := published(t)
	d.write("published/2025Q4/town/dashboard.html", "改")
	if err := os.Remove(d.at("published/2025Q4/象山社区/dashboard.html")); err != nil {
		t.Fatal(err)
	}
	r := d.reproduces("2025Q4")
	if want := []string{"象山社区/dashboard.html：不在了", "town/dashboard.html：发布以后被改动过"}; r.Same != 5 || !slices.Equal(r.Changed, want) {
		t.Errorf("%d the same, changed %q", r.Same, r.Changed)
	}
}

// The ledger says which run put what out; the same set again has one manifest.
func TestTheLedgerOfPublications(t *testing.T) {
	d := published(t)
	d.publishes(d.press.Publish("", policy(t, d)), "2025Q4", "2025年第四季度：页面 2 个，工作簿 3 个")
	got := d.texts(`SELECT r.job || ' ' || r.part || ' ' || r.status || ' ' || p.about FROM ops.publication p JOIN ops.run r ON r.id = p.run ORDER BY p.revision`)
	if want := []string{"publish 2025Q4 done 2025Q4", "rate 2025 done 2025", "publish 2025Q4 done 2025Q4"}; !slices.Equal(got, want) {
		t.Errorf("publications %q", got)
	}
	if n := d.texts("SELECT text FROM ops.manifest ORDER BY text"); len(n) != 2 || n[1] != d.read("published/2025Q4/manifest.json") {
		t.Errorf("%d manifests", len(n))
	}
	r := d.reproduces("2025Q4")
	if want := time.Date(2026, 1, 5, 1, 0, 0, 0, time.UTC); !r.Manifest.AsOf.Equal(want) {
		t.Errorf("as of %v, want %v: when the last sheet came, not when the page was made", r.Manifest.AsOf, want)
	}
}
