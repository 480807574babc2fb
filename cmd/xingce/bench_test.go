//go:build unix

package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"xingce/cmd/internal/config"
	"xingce/cmd/internal/demo"
	"xingce/queries"
	"xingce/reports"
	"xingce/reports/dashboards"
)

// program is the binary that make bench has built.
const program = "../../bin/xingce"

// BenchmarkDemo is the whole demo as its own process: eleven communities,
// eight quarters, sheets written, taken in, published and rated. On its data
// it then measures a start of serve, and one community's dashboard.
func BenchmarkDemo(b *testing.B) {
	dir := b.TempDir()
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			c := exec.CommandContext(b.Context(), program, "demo", "--dir", dir, "--no-serve")
			if out, err := c.CombinedOutput(); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
			used := c.ProcessState.SysUsage().(*syscall.Rusage)
			b.ReportMetric(float64(used.Maxrss)/1024, "MiB")
			b.ReportMetric((c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), "cpu-s")
		}
	})
	data := filepath.Join(dir, "data")
	settings, err := config.Load(data)
	if err != nil {
		b.Fatal(err)
	}
	settings.Listen = "127.0.0.1:0"
	if err := config.Write(data, settings); err != nil {
		b.Fatal(err)
	}
	b.Run("serve-start", func(b *testing.B) {
		for b.Loop() {
			c := exec.CommandContext(b.Context(), program, "--data", data, "serve")
			out, err := c.StdoutPipe()
			if err != nil {
				b.Fatal(err)
			}
			if err := c.Start(); err != nil {
				b.Fatal(err)
			}
			// It says its address when it listens.
			if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			c.Process.Signal(os.Interrupt)
			io.Copy(io.Discard, out)
			if err := c.Wait(); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
	})
	b.Run("what-if", func(b *testing.B) {
		for b.Loop() {
			c := exec.CommandContext(b.Context(), program, "--data", data, "rate", "--year", demoYear.String(), "--set", "band.4=85")
			if out, err := c.CombinedOutput(); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
		}
	})
	b.Run("dashboard", func(b *testing.B) {
		a, err := open(b.Context(), data, io.Discard)
		if err != nil {
			b.Fatal(err)
		}
		defer a.close()
		scope := reports.Scope{Town: demo.Town, Communities: demo.Communities, Community: demo.Communities[0], Period: demoQuarter, Version: version}
		for b.Loop() {
			page, err := dashboards.Quarter(b.Context(), queries.NewSession(a.catalog, a.db), a.catalog, scope)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(page.Body))/1e6, "MB")
		}
	})
}
