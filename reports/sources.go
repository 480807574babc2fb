package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"xingce/ingest/kinds"
	"xingce/queries"
)

// sources lists the sheets that the page's period stands on.
func (d *Data) sources() Numbers {
	n := Numbers{Head: []Heading{{"表格", false}, {"文件", false}, {"工作表", false}, {"校验值", false}, {"收到", false}, {"交来", false},
		{"读到（行）", true}, {"收进（行）", true}, {"退回（行）", true}, {"跳过（行）", true}}}
	if d.Community == "" {
		n.Head = append([]Heading{{"社区", false}}, n.Head...)
	}
	t := d.Rows("sources", d.Period)
	if d.Community == "" && len(d.Communities) > communitiesShown {
		return n // each community's page lists its own
	}
	for i := range t.Rows {
		word := func(column string) string { s, _ := t.Value(i, column).(string); return s }
		row := []string{kindTitle(word("kind")), word("file"), word("sheet"), short(word("sha256")), received(t, i), handedIn(word("uploader"))}
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
	line := func(name string, t queries.Table) []string {
		row := []string{name, marked(fmt.Sprint(len(t.Rows)), 0)}
		for _, column := range []string{"rows_read", "accepted", "rejected", "skipped"} {
			row = append(row, marked(Measure{Column: column}.Of(t).Number.String(), 0))
		}
		return row
	}
	for _, name := range d.Communities {
		n.Rows = append(n.Rows, line(name, d.Of(name, "sources", d.Period)))
	}
	n.Total = line("合计", d.Town("sources", d.Period))
	return &n
}

// sheetsNamed is how many sheets a chart names; all stand at the page's end.
const sheetsNamed = 4

// countedFrom names the sheets under a chart's figures in the page's period,
// with file, hash, day, by which way they came, and rows.
func (d *Data) countedFrom(metrics []*queries.Metric) []string {
	var kinds []string
	for _, m := range metrics {
		if d.given[m.Name] != nil {
			continue
		}
		for _, kind := range d.kindsOf(m) {
			kinds = appendNew(kinds, kind)
		}
	}
	t := d.Rows("sources", d.Period)
	var named []string
	count, rows := 0, Value{Known: true}
	for i := range t.Rows {
		word := func(column string) string { s, _ := t.Value(i, column).(string); return s }
		if len(kinds) > 0 && !slices.Contains(kinds, word("kind")) {
			continue
		}
		accepted, _ := queries.Number(t.Value(i, "accepted"))
		count, rows.Number = count+1, rows.Number.Add(accepted)
		if d.Community != "" && count <= sheetsNamed {
			named = append(named, fmt.Sprintf("%s：%s 的“%s”（校验值 %s），%s %s交来，收进 %s行", kindTitle(word("kind")), word("file"), word("sheet"),
				short(word("sha256")), received(t, i), handedIn(word("uploader")), marked(accepted.String(), 5)))
		}
	}
	if count > len(named) {
		named = append(named, fmt.Sprintf("共 %d 张表，收进 %s行，逐张列在文末", count, rows.Figure()))
	}
	return named
}

// kindsOf is Catalog.Kinds, worked out once for the page.
func (d *Data) kindsOf(m *queries.Metric) []string {
	list, known := d.kinds[m.Name]
	if !known {
		list = d.catalog.Kinds(m)
		d.kinds[m.Name] = list
	}
	return list
}

// short is as much of a hash as tells one file from another.
func short(hash string) string { return hash[:min(12, len(hash))] }

// received is the day on which a sheet came.
func received(t queries.Table, row int) string {
	day, ok := t.Value(row, "received_on").(time.Time)
	if !ok {
		return "—"
	}
	return day.Format(time.DateOnly)
}

// handedIn says by which way a sheet came. Who it was is in the ledger and not
// on a page that goes from hand to hand.
func handedIn(uploader string) string {
	switch uploader {
	case "inbox":
		return "收件夹"
	case "command":
		return "本机命令"
	case "":
		return "—"
	}
	return "网页上传"
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
	for _, p := range d.Period.Back(Reach) {
		fmt.Fprintln(sum, p, d.tables[question{"sources", p}].digest())
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}
