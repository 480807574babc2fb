package sheet

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"
)

// figures is the table that make bench prints at its end: what is wanted of
// the intake, what this run gave, and what a peer gave beside it.
var figures = []*struct{ name, work, wanted, got, peer string }{
	{name: "read", work: "读 200,000 行 × 20 列的 .xlsx", wanted: "比 excelize 快 10 倍"},
	{name: "inflate", work: "　与只解压那张表比", wanted: "3 倍以内"},
	{name: "flat", work: "　1 万行、100 万行时的内存", wanted: "持平"},
	{name: "ingest", work: "收 200,000 行 × 20 列，直到存好", wanted: "比 excelize 只读快 4 倍"},
	{name: "memory", work: "　最多占内存", wanted: "400 MiB 以内"},
	{name: "residents", work: "收 9,325 名居民，直到存好", wanted: "0.5 秒以内"},
	{name: "corpus", work: "样本库的每个文件", wanted: "读出，或一句话说明为什么不读"},
	{name: "panics", work: "　崩溃", wanted: "0"},
	{name: "slowest", work: "　最慢的", wanted: "10 秒以内"},
	{name: "largest", work: "　最占内存的", wanted: "512 MiB 以内"},
	{name: "excel", work: "与 Excel 自己另存的 CSV 比", wanted: "每格相同，例外各有原因"},
	{name: "pairs", work: "同一内容的 .xls 与 .xlsx", wanted: "每格相同，例外各有原因"},
	{name: "flips", work: "好文件翻转一位，5,000 次", wanted: "悄悄读错的 0 次"},
	{name: "fuzz", work: "模糊测试，每项 60 秒", wanted: "崩溃 0", got: "另做：make fuzz"},
}

// found fills in a line of the table.
func found(name, got, peer string) {
	for _, f := range figures {
		if f.name == name {
			f.got, f.peer = got, peer
			return
		}
	}
	panic("no figure " + name)
}

// printFigures lines the table up as a terminal shows it: a Chinese character
// is two columns wide.
func printFigures(w io.Writer) {
	lines := [][]string{{"做什么", "要求", "量出来", "对照"}}
	widths := make([]int, 4)
	for _, f := range figures {
		if f.got == "" {
			f.got = "这次没有量"
		}
		lines = append(lines, []string{f.work, f.wanted, f.got, f.peer})
	}
	for _, line := range lines {
		for i, text := range line {
			widths[i] = max(widths[i], uniseg.StringWidth(text))
		}
	}
	for _, line := range lines {
		var b strings.Builder
		for i, text := range line {
			b.WriteString(text + strings.Repeat(" ", widths[i]-uniseg.StringWidth(text)+2))
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}

// thousands writes a count as the table does: 9,325.
func thousands(n int) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
