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
// out, and rows that want a second look. What stands in a cell may be a
// person's number, so the page says what is wrong and not what stands there.
var sheetCheck = reports.Check{Metric: "findings", Find: func(d *reports.Data) []reports.Decision {
	type fault struct{ severity, community, kind, code, said string }
	var order []fault
	count := map[fault]decimal.Decimal{}
	t := d.Rows("findings", d.Period)
	for _, severity := range []string{"error", "finding"} {
		for i := range t.Rows {
			word := func(column string) string { s, _ := t.Value(i, column).(string); return s }
			f := fault{severity: severity, community: word("community")}
			if word("severity") != severity || word("code") == "blank-party_group" { // groupCheck says it
				continue
			}
			if d.Community != "" {
				f.kind, f.code = word("kind"), word("code")
			}
			if f.code == "total" {
				f.said = word("found")
			}
			rows, _ := queries.Number(t.Value(i, "rows"))
			if _, ok := count[f]; !ok {
				order = append(order, f)
			}
			count[f] = count[f].Add(rows)
		}
	}
	var list []reports.Decision
	for _, f := range order {
		what, mend := "有需要核对的地方", "请核对。"
		if f.severity == "error" {
			what, mend = "有没有收进数据的行", "请按退回的表逐格改正后重新上传。"
		}
		if said := faults[f.code]; said != "" {
			what = said
		}
		if f.said != "" {
			what = f.said
		}
		title := "台账"
		if k := kinds.Find(f.kind); k != nil {
			title = k.Title
		}
		list = append(list, reports.Decision{Says: fmt.Sprintf("%s%s%s，%s处。", of(d, f.community), title, what, count[f]), Mend: mend})
	}
	return list
}}

// faults says an issue's code in words.
var faults = map[string]string{
	"required": "必填的格是空的", "duplicate": "有重复的行", "word": "有不认识的用词", "cell-error": "有公式出错的格",
	"id-check": "身份证号不正确", "id-damaged": "身份证号被表格软件损坏", "phone": "电话号码有误", "sex": "性别填写有误",
	"date": "日期有误", "date-ambiguous": "日期分不清月和日", "out-of-period": "有不在本期内的日期",
	"money": "金额有误", "money-negative": "金额为负", "money-digits": "金额多于两位小数", "money-size": "金额过大",
	"hours": "时长有误", "count": "数目有误", "hidden-sheet": "有隐藏的工作表没有读入", "no-header": "有工作表找不到表头",
}
