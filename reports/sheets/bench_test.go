package sheets

import (
	"testing"

	"xingce/queries/stars"
)

// The evaluation workbook of one branch, and of 10,000 members with a page
// each; no reckoning of what they did is in it, only the workbook.
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
			for b.Loop() {
				page, err := Evaluation(in)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(page.Body))/1e6, "MB")
			}
		})
	}
}
