//go:build unix

package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

var residentHead = []any{
	"户号", "楼栋", "单元", "房号", "姓名", "与户主关系", "身份证号", "性别", "出生日期", "民族",
	"联系电话", "人员类型", "现住址", "户籍地址", "来源", "流入日期", "流入原因", "流出日期", "办证类型", "住所类型",
}

// residents writes a register of that many people, every column filled.
func residents(b *testing.B, file string, people int) {
	b.Helper()
	book := excelize.NewFile()
	defer book.Close()
	style, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		b.Fatal(err)
	}
	w, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	set := func(row int, values []any) {
		if err := w.SetRow(fmt.Sprintf("A%d", row), values); err != nil {
			b.Fatal(err)
		}
	}
	set(1, []any{"象山社区2025年第四季度居民登记表"})
	set(2, residentHead)
	day := time.Date(2025, 10, 1, 0, 0, 0, 0, time.UTC)
	for i := range people {
		kind := "户籍"
		if i%5 == 0 {
			kind = "流动"
		}
		born := time.Date(1940, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%25000)
		set(i+3, []any{
			fmt.Sprintf("H%06d", i/3), fmt.Sprintf("%d栋", i/3%40+1), i%4 + 1, 101 + i%600, fmt.Sprintf("林%c%c", 0x4e00+i%2000, 0x5000+i/2000), "子女",
			number(fmt.Sprintf("999%03d%s%03d", i/1000%1000, born.Format("20060102"), i%1000)), "", excelize.Cell{StyleID: style, Value: born}, "汉族",
			fmt.Sprintf("100%08d", i), kind, fmt.Sprintf("象山路%d号", i), fmt.Sprintf("某省某市某县第%d村", i%900), "省外",
			excelize.Cell{StyleID: style, Value: day.AddDate(0, 0, i%90)}, "务工", nil, "居住证", "租住",
		})
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := book.SaveAs(file); err != nil {
		b.Fatal(err)
	}
}

// number gives 17 digits their check digit (GB 11643).
func number(digits string) string {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(digits[i]-'0') * weight
	}
	return digits + string("10X98765432"[sum%11])
}

// BenchmarkIngest is the command `ingest` as its own process, from the first
// byte to the commit, beside excelize reading the same file and doing nothing.
func BenchmarkIngest(b *testing.B) {
	for _, people := range []int{9_325, 200_000} {
		file := filepath.Join(b.TempDir(), fmt.Sprintf("%d.xlsx", people))
		residents(b, file, people)
		b.Run(fmt.Sprintf("%d-residents", people), func(b *testing.B) {
			var ours, peer time.Duration
			for b.Loop() {
				c := exec.CommandContext(b.Context(), program, "--data", b.TempDir(), "ingest", file)
				start := time.Now()
				if out, err := c.CombinedOutput(); err != nil {
					b.Fatalf("%v\n%.2000s", err, out)
				}
				ours += time.Since(start)
				b.ReportMetric(float64(c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)/1024, "MiB")
				b.StopTimer()
				start = time.Now()
				rows(b, file)
				peer += time.Since(start)
				b.StartTimer()
			}
			b.ReportMetric(ours.Seconds()/float64(b.N), "s")
			b.ReportMetric(peer.Seconds()/float64(b.N), "excelize-s")
			b.ReportMetric(peer.Seconds()/ours.Seconds(), "times-faster")
		})
	}
}

// rows reads every row of a file with excelize.
func rows(b *testing.B, file string) {
	b.Helper()
	book, err := excelize.OpenFile(file)
	if err != nil {
		b.Fatal(err)
	}
	defer book.Close()
	rows, err := book.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			b.Fatal(err)
		}
	}
	if err := rows.Error(); err != nil {
		b.Fatal(err)
	}
}
