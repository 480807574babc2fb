package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"xingce/ingest/kinds"
	"xingce/queries"
)

// sources lists the sheets that the page's period stands on.
func (d *Data) sources() Numbers {
	n := Numbers{Head: []Heading{{"表格", false}, {"文件", false}, {"工作表", false}, {"校验值", false},
		{"读到（行）", true}, {"收进（行）", true}, {"退回（行）", true}, {"跳过（行）", true}}}
	if d.Community == "" {
		n.Head = append([]Heading{{"社区", false}}, n.Head...)
	}
	t := d.Rows("sources", d.Period)
	for i := range t.Rows {
		word := func(column string) string { s, _ := t.Value(i, column).(string); return s }
		row := []string{kindTitle(word("kind")), word("file"), word("sheet"), word("sha256")[:min(12, len(word("sha256")))]}
		if d.Community == "" {
			row = append([]string{word("community")}, row...)
		}
		for _, column := range []string{"rows_read", "accepted", "rejected", "skipped"} {
			count, _ := queries.Number(t.Value(i, column))
			row = append(row, marked(count.String(), 0))
		}
		n.Rows = append(n.Rows, row)
	}
	return n
}

// senders sums the sheets of each community.
func (d *Data) senders() *Numbers {
	n := Numbers{Head: []Heading{{"社区", false}, {"表格（张）", true},
		{"读到（行）", true}, {"收进（行）", true}, {"退回（行）", true}, {"跳过（行）", true}}}
	t := d.Town("sources", d.Period)
	line := func(name string, t queries.Table) []string {
		row := []string{name, marked(fmt.Sprint(len(t.Rows)), 0)}
		for _, column := range []string{"rows_read", "accepted", "rejected", "skipped"} {
			row = append(row, marked(Measure{Column: column}.Of(t).Number.String(), 0))
		}
		return row
	}
	for _, name := range d.Communities {
		n.Rows = append(n.Rows, line(name, t.Where("community", name)))
	}
	n.Total = line("合计", t)
	return &n
}

func kindTitle(name string) string {
	if k := kinds.Find(name); k != nil {
		return k.Title
	}
	return name
}

// batches identifies all sheets, of all communities and quarters, that any
// figure of the page may depend on.
func (d *Data) batches() string {
	sum := sha256.New()
	for _, p := range d.Period.Back(reach) {
		t := d.Town("sources", p)
		for _, row := range t.Rows {
			for i, c := range t.Columns {
				fmt.Fprintf(sum, "%q ", c.String(row[i]))
			}
			fmt.Fprintln(sum, p)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}
