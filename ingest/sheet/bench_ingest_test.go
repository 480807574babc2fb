//go:build unix

package sheet

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// program is the binary that make bench has built.
const program = "../../bin/xingce"

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

// BenchmarkIngest is the command `ingest`, from the first byte to the commit,
// beside excelize reading the same file and doing nothing with it.
func BenchmarkIngest(b *testing.B) {
	ingest := func(people int) (ours, peer cost) {
		file := filepath.Join(b.TempDir(), fmt.Sprintf("%d.xlsx", people))
		residents(b, file, people)
		run := func(as string, words ...string) cost {
			took := measured(b, as, words...)
			if took.exit != 0 {
				b.Fatalf("%v: exit code %d", words, took.exit)
			}
			return took
		}
		took := thrice(
			func() cost { return run("", program, "--data", b.TempDir(), "ingest", file) },
			func() cost { return run("excelize", os.Args[0], file) },
		)
		return took[0], took[1]
	}
	ours, peer := ingest(200_000)
	found("ingest", fmt.Sprintf("%.1f 秒，快 %.1f 倍", ours.time.Seconds(), peer.time.Seconds()/ours.time.Seconds()), fmt.Sprintf("excelize 只读 %.1f 秒", peer.time.Seconds()))
	found("memory", ours.mib(), "excelize 只读 "+peer.mib())
	ours, peer = ingest(9_325)
	found("residents", fmt.Sprintf("%.2f 秒", ours.time.Seconds()), fmt.Sprintf("excelize 只读 %.2f 秒", peer.time.Seconds()))
}
