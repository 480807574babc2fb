package dashboards

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/ingest/kinds"
	"xingce/queries"
	"xingce/reports"
)

// ungrouped is what members_by_group calls those in no group.
const ungrouped = "未编组"

// A hit is what a check has found in one community.
type hit struct {
	community string
	says      string // on the community's own page
	short     string // behind its name on the town's
}

// decisions tells a community's hits one by one, and a town's in one line.
func decisions(d *reports.Data, hits []hit, title, mend string) []reports.Decision {
	if len(hits) == 0 {
		return nil
	}
	if d.Community == "" {
		var list []string
		for _, h := range hits {
			list = append(list, h.community+h.short)
		}
		return []reports.Decision{{Says: fmt.Sprintf("%s：%s。", title, strings.Join(list, "、")), Mend: mend}}
	}
	var list []reports.Decision
	for _, h := range hits {
		list = append(list, reports.Decision{Says: h.says, Mend: mend})
	}
	return list
}

// basic are the registers that every community sends every quarter.
var basic = []string{"household", "resident", "member", "attendance", "volunteer", "donation"}

// missingCheck names the registers that were not sent, and on the town's page
// by whom. One that was sent and kept out whole is not missing: sheetCheck
// tells of it.
var missingCheck = reports.Check{Metric: "sources", Find: func(d *reports.Data) []reports.Decision {
	if d.Community != "" {
		return missing(d.Rows("sources", d.Period))
	}
	var lacking []string
	for _, kind := range basic {
		var by []string
		for _, name := range d.Communities {
			if len(d.Of(name, "sources", d.Period).Where("kind", kind).Rows) == 0 {
				by = append(by, name)
			}
		}
		switch title := kinds.Find(kind).Title; {
		case len(by) == len(d.Communities):
			lacking = append(lacking, title+"缺全部社区")
		case by != nil:
			lacking = append(lacking, title+"缺"+strings.Join(by, "、"))
		}
	}
	if lacking == nil {
		return nil
	}
	return []reports.Decision{{Says: "台账没有收齐：" + strings.Join(lacking, "；") + "。", Mend: mendMissing}}
}}

const mendMissing = "请补报；补报以前，相关的数字空着，不算作零。"

// missing tells a community which registers it has not sent.
func missing(sources queries.Table) []reports.Decision {
	var own []string
	for _, kind := range basic {
		if len(sources.Where("kind", kind).Rows) == 0 {
			own = append(own, kinds.Find(kind).Title)
		}
	}
	if own == nil {
		return nil
	}
	return []reports.Decision{{Says: "本季没有收到" + strings.Join(own, "、") + "。", Mend: mendMissing}}
}

// flowCheck adds up the floating population: opening + inflow − outflow has
// to be closing.
var flowCheck = reports.Check{Metric: "floating_flow", Find: func(d *reports.Data) []reports.Decision {
	var hits []hit
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
		by := n["closing"].Sub(wanted).Abs()
		hits = append(hits, hit{community, fmt.Sprintf("流动人口进出对不上：期初 %s + 流入 %s − 流出 %s = %s人，台账期末 %s人，差 %s人。",
			n["opening"], n["inflow"], n["outflow"], wanted, n["closing"], by), fmt.Sprintf("差 %s人", by)})
	}
	return decisions(d, hits, "流动人口进出对不上", "请核对流入、流出日期，补登或注销。")
}}

// groupCheck looks for members of the branch who are in no group.
var groupCheck = reports.Check{Metric: "members_by_group", Find: func(d *reports.Data) []reports.Decision {
	var hits []hit
	t := d.Rows("members_by_group", d.Period).Where("party_group", ungrouped)
	for i := range t.Rows {
		community, _ := t.Value(i, "community").(string)
		count, _ := queries.Number(t.Value(i, "members"))
		where := ""
		f := d.Rows("findings", d.Period).Where("community", community).Where("code", "blank-party_group")
		if len(f.Rows) > 0 {
			first, _ := f.Value(0, "first_cell").(string)
			where = located(first, count)
		}
		short := fmt.Sprintf(" %s人", count)
		switch t.Value(i, "members") {
		case queries.Few:
			short = fmt.Sprintf(" %s人", queries.Few)
		case queries.Withheld:
			short = ""
		}
		hits = append(hits, hit{community, fmt.Sprintf("直管党员中 %s人没有编入党小组%s。", count, where), short})
	}
	return decisions(d, hits, "直管党员没有编入党小组", "请党支部确定所在党小组。")
}}

// sheetCheck lists what reading the sheets has found: rows that were kept
// out, and rows that want a second look.
var sheetCheck = reports.Check{Metric: "findings", Find: func(d *reports.Data) []reports.Decision {
	again, look := "请按退回的表逐格改正后重新上传。", "请对照原表核对；有错的改正后重新上传。"
	if d.Community == "" {
		again, look = "错在哪一格，见各社区的看板。", "要核对哪一格，见各社区的看板。"
	}
	return append(
		decisions(d, faulty(d, "error", "退回 %s处"), "台账有退回的行", again),
		decisions(d, faulty(d, "finding", "有 %s处要核对"), "台账有要核对的行", look)...)
}}

// faulty counts issues of a severity by kind of sheet and kind of fault, with
// the first cell of each, and on the town's page by community alone.
func faulty(d *reports.Data, severity, form string) []hit {
	type fault struct{ community, kind, code, said string }
	type place struct {
		count       decimal.Decimal
		first, like string
	}
	var order []fault
	at := map[fault]*place{}
	t := d.Rows("findings", d.Period).Where("severity", severity)
	for i := range t.Rows {
		word := func(column string) string { s, _ := t.Value(i, column).(string); return s }
		if word("code") == "blank-party_group" { // groupCheck says it
			continue
		}
		f, like := fault{community: word("community")}, ""
		if d.Community != "" {
			f.kind, f.code = word("kind"), word("code")
			f.said, like = reports.Fault(f.kind, f.code, word("found"))
		}
		if at[f] == nil {
			order = append(order, f)
			at[f] = &place{first: word("first_cell"), like: like}
		}
		rows, _ := queries.Number(t.Value(i, "rows"))
		at[f].count = at[f].count.Add(rows)
	}
	var hits []hit
	for _, f := range order {
		p := at[f]
		title := "台账"
		if k := kinds.Find(f.kind); k != nil {
			title = k.Title
		}
		text := title + fmt.Sprintf(form, p.count)
		if f.said != "" {
			text += "：" + f.said + p.like
		}
		hits = append(hits, hit{f.community, text + located(p.first, p.count) + "。", fmt.Sprintf(" %s处", p.count)})
	}
	return hits
}

// located says where the first of several is, in brackets.
func located(first string, count decimal.Decimal) string {
	if first == "" {
		return ""
	}
	if count.GreaterThan(decimal.New(1, 0)) {
		first += " 等"
	}
	return "（" + first + "）"
}
