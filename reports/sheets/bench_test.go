//go:build unix

package sheets

import (
	"syscall"
	"testing"

	"xingce/queries/stars"
)

// The evaluation workbook of one branch, and of 10,000 members with a page
// each; no reckoning of what they did is in it, only the workbook. cpu-s is the
// processors' time, which other work on the machine does not lengthen.
func BenchmarkEvaluation(b *testing.B) {
	p, err := stars.Load(stars.Shelf(), "founding", measured)
	if err != nil {
		b.Fatal(err)
	}
	for _, size := range []struct {
		name    string
		members int
	}{{"128", 128}, {"10000", 10_000}} {
		in := crowd(p, size.members, 4)
		b.Run(size.name, func(b *testing.B) {
			before, runs := used(b), 0.0
			for b.Loop() {
				page, err := Evaluation(in)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(page.Body))/1e6, "MB")
				runs++
			}
			b.ReportMetric((used(b)-before)/runs, "cpu-s")
		})
	}
}

// used is how long the processors worked for this process, in seconds.
func used(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
