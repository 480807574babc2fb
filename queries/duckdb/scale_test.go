//go:build unix

package duckdb_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rivo/uniseg"

	"xingce/ingest/kinds"
	"xingce/queries"
	"xingce/queries/duckdb"
)

// An asking is every metric of the last quarter, asked once each, one after the
// other, by a process that has just opened a town's data.
type asking struct {
	Took    time.Duration
	CPU     time.Duration // of all threads: what else the machine does makes it no longer
	Peak    int64         // bytes of memory
	Metrics []cost
}

type cost struct {
	Metric    string
	Took, CPU time.Duration
}

// used is what this process has taken so far.
func used(t *testing.T) (cpu time.Duration, peak int64) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	peak = u.Maxrss
	if runtime.GOOS != "darwin" {
		peak <<= 10
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), peak
}

// towns are what BenchmarkScale asks about, by name.
var towns = map[string]town{
	"town": {communities: 11, quarters: 8, full: signing{5, 9}, less: signing{5, 9}},
	"10":   {communities: 10, quarters: 2, full: signing{25, 45}, less: signing{1, 1}},
	"100":  {communities: 100, quarters: 2, full: signing{25, 45}, less: signing{1, 1}},
	"1000": {communities: 1000, quarters: 2, full: signing{25, 45}, less: signing{1, 1}},
}

// TestScale is the processes that BenchmarkScale measures: SCALE=make fills a
// folder, SCALE=ask asks its data and holds the answers against the truth.
func TestScale(t *testing.T) {
	what, dir := os.Getenv("SCALE"), os.Getenv("SCALE_DIR")
	w := towns[os.Getenv("SCALE_TOWN")]
	switch what {
	case "":
		t.Skip("for make bench")
	case "make":
		db := w.open(t, dir, 4096)
		rows, err := db.QueryContext(t.Context(), "SELECT 1 FROM core.batch LIMIT 1")
		if err != nil {
			t.Fatal(err)
		}
		rows.Close()
		if err := db.Checkpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
	case "ask":
		w.ask(t, dir)
	}
}

func (w town) ask(t *testing.T, dir string) {
	catalog, err := queries.Shelves()
	if err != nil {
		t.Fatal(err)
	}
	o := duckdb.Options{Dir: dir, Kinds: kinds.All(), Models: catalog.Models}
	if w.communities > 100 {
		o.Memory = 4096
	}
	db, err := duckdb.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := queries.NewSession(catalog, db)
	var a asking
	start := time.Now()
	before, _ := used(t)
	for _, m := range catalog.Metrics {
		from := time.Now()
		worked, _ := used(t)
		if _, err := s.Table(t.Context(), m.Name, last); err != nil {
			t.Fatal(err)
		}
		now, _ := used(t)
		a.Metrics = append(a.Metrics, cost{m.Name, time.Since(from), now - worked})
	}
	a.Took = time.Since(start)
	a.CPU, a.Peak = used(t)
	a.CPU -= before
	w.check(t, s)
	text, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "asking.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkScale asks all metrics of a town, and of 10, 100 and 1,000
// communities, and prints what that took beside what is wanted.
func BenchmarkScale(b *testing.B) {
	asked := map[string]asking{}
	for _, name := range []string{"town", "10", "100", "1000"} {
		b.Run(name, func(b *testing.B) {
			dir := b.TempDir()
			run := func(what string) {
				c := exec.CommandContext(b.Context(), os.Args[0], "-test.run=^TestScale$", "-test.timeout=30m")
				c.Env = append(os.Environ(), "SCALE="+what, "SCALE_DIR="+dir, "SCALE_TOWN="+name)
				if out, err := c.CombinedOutput(); err != nil {
					b.Fatalf("%s: %v\n%s", what, err, out)
				}
			}
			run("make")
			for b.Loop() {
				run("ask")
			}
			text, err := os.ReadFile(filepath.Join(dir, "asking.json"))
			if err != nil {
				b.Fatal(err)
			}
			var a asking
			if err := json.Unmarshal(text, &a); err != nil {
				b.Fatal(err)
			}
			asked[name] = a
		})
	}
	printAskings(asked)
}

func printAskings(asked map[string]asking) {
	lines := [][]string{{"做什么", "要求", "量出来", "CPU", "内存最多", "增长指数（按 CPU）"}}
	for _, of := range []struct{ name, before, work, wanted string }{
		{"town", "", "镇 11 个社区，10 万居民，存 8 季：一季的全部指标", "1 秒以内"},
		{"10", "", "10 个社区，一季 10 万居民、50 万人次：全部指标", ""},
		{"100", "10", "100 个社区，一季 100 万居民、500 万人次", "随规模至多成正比"},
		{"1000", "100", "1,000 个社区，一季 1,000 万居民、5,000 万人次", "30 秒、8 GiB 以内，至多成正比"},
	} {
		a, done := asked[of.name]
		if !done {
			lines = append(lines, []string{of.work, of.wanted, "这次没有量", "", "", ""})
			continue
		}
		growth := ""
		if less, done := asked[of.before]; done {
			growth = fmt.Sprintf("%.2f", math.Log10(a.CPU.Seconds()/less.CPU.Seconds()))
		}
		lines = append(lines, []string{of.work, of.wanted, fmt.Sprintf("%.2f 秒", a.Took.Seconds()), fmt.Sprintf("%.2f 秒", a.CPU.Seconds()), fmt.Sprintf("%.0f MiB", float64(a.Peak)/(1<<20)), growth})
	}
	for _, line := range lines {
		for i, text := range line {
			fmt.Print(text, strings.Repeat(" ", max(0, []int{52, 32, 12, 12, 10, 0}[i]-uniseg.StringWidth(text))))
		}
		fmt.Println()
	}
	for _, name := range []string{"town", "1000"} {
		if a, done := asked[name]; done {
			slices.SortFunc(a.Metrics, func(x, y cost) int { return int(y.Took - x.Took) })
			fmt.Printf("%s 最慢的十个（秒，CPU 秒）：\n", name)
			for _, m := range a.Metrics[:10] {
				fmt.Printf("  %-28s %8.3f %8.3f\n", m.Metric, m.Took.Seconds(), m.CPU.Seconds())
			}
		}
	}
}
