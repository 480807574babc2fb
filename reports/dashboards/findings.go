package dashboards

import (
	"fmt"

	"github.com/shopspring/decimal"

	"xingce/ingest/kinds"
	"xingce/queries"
	"xingce/reports"
)

// ungrouped is what members_by_group calls those in no group.
const ungrouped = "未编组"

// of puts the community in front where a page is about several.
func of(d *reports.Data, community string) string {
	if d.Community != "" {
		return ""
	}
	return community + "："
}

// missingCheck names the communities without a register of residents.
var missingCheck = reports.Check{Metric: "residents", Find: func(d *reports.Data) []reports.Decision {
	var list []reports.Decision
	for _, name := range unreported(d) {
		list = append(list, reports.Decision{Says: name + "本季没有居民登记。", Mend: "请催报；补报以前，全镇合计不含该社区。"})
	}
	return list
}}

func unreported(d *reports.Data) []string {
	var list []string
	for _, n := range d.InOrder(residents, "community") {
		if !n.Known {
			list = append(list, n.Name)
		}
	}
	return list
}

// flowCheck adds up the floating population: opening + inflow − outflow has
// to be closing.
var flowCheck = reports.Check{Metric: "floating_flow", Find: func(d *reports.Data) []reports.Decision {
	var list []reports.Decision
	t := d.Rows("floating_flow", d.Period)
	for i := range t.Rows {
		n := map[string]decimal.Decimal{}
		whole := true
		for _, column := range []string{"opening", "inflow", "outflow", "closing"} {
			v, ok := queries.Number(t.Value(i, column))
			n[column] = v
			whole = whole && ok
		}
		wanted := n["opening"].Add(n["inflow"]).Sub(n["outflow"])
		if !whole || wanted.Equal(n["closing"]) {
			continue
		}
		community, _ := t.Value(i, "community").(string)
		list = append(list, reports.Decision{
			Says: fmt.Sprintf("%s流动人口进出对不上：期初 %s + 流入 %s − 流出 %s = %s人，台账期末 %s人，差 %s人。", of(d, community),
				n["opening"], n["inflow"], n["outflow"], wanted, n["closing"], n["closing"].Sub(wanted).Abs()),
			Mend: "请核对流入、流出日期，补登或注销。",
		})
	}
	return list
}}

// groupCheck looks for members of the branch who are in no group.
var groupCheck = reports.Check{Metric: "members_by_group", Find: func(d *reports.Data) []reports.Decision {
	var list []reports.Decision
	t := d.Rows("members_by_group", d.Period)
	for i := range t.Rows {
		if t.Value(i, "party_group") != ungrouped {
			continue
		}
		community, _ := t.Value(i, "community").(string)
		count, _ := queries.Number(t.Value(i, "members"))
		list = append(list, reports.Decision{
			Says: fmt.Sprintf("%s直管党员中 %s人没有编入党小组。", of(d, community), count),
			Mend: "请党支部确定所在党小组。",
		})
	}
	return list
}}

// sheetCheck lists what reading the sheets has found: rows that were kept
// out, and rows that want a second look.
var sheetCheck = reports.Check{Metric: "findings", Find: func(d *reports.Data) []reports.Decision {
	var list []reports.Decision
	t := d.Rows("findings", d.Period)
	for _, severity := range []string{"error", "finding"} {
		for i := range t.Rows {
			word := func(column string) string { s, _ := t.Value(i, column).(string); return s }
			if word("severity") != severity {
				continue
			}
			count, _ := queries.Number(t.Value(i, "rows"))
			title := word("kind")
			if k := kinds.Find(title); k != nil {
				title = k.Title
			}
			what := word("found")
			if what == "" {
				what = word("code")
			}
			decision := reports.Decision{Says: fmt.Sprintf("%s%s：%s，%s处。", of(d, word("community")), title, what, count)}
			if severity == "error" {
				decision.Mend = "这些行没有收进数据，请改正后重新上传。"
			}
			list = append(list, decision)
		}
	}
	return list
}}
