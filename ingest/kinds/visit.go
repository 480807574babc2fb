package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Visit is the log of help to families (帮扶走访): one row for each visit. It
// is the most sensitive sheet of all. Of the family a key is kept, which tells
// visits to one home from visits to two and says nothing else; names,
// addresses and what the family suffers from are left out. A sheet that calls
// families by their heads alone is keyed by those: two heads of one name then
// count as one family.
var Visit = ingest.Kind{
	Name: "visit", Title: "帮扶走访", Titles: []string{"走访台账", "走访慰问", "走访记录", "扶贫帮困", "帮扶台账", "慰问台账", "帮扶登记", "走访登记"},
	Grain: period.Quarterly,
	Rows:  "每次走访一行",
	Columns: []ingest.Column{
		{Name: "day", Headings: []string{"走访日期", "走访时间", "慰问日期", "慰问时间", "帮扶日期", "帮扶时间", "日期"}, Type: ingest.Date, Required: true, InPeriod: true},
		{Name: "family", Headings: []string{"户号", "户编号", "户号编码", "户口本编号", "家庭编号", "困难家庭", "走访对象", "帮扶对象", "慰问对象", "受助家庭", "户主姓名", "户主"}, Type: ingest.Pseudonym, Required: true, Example: "3-101"},
		{Name: "persons", Headings: []string{"家庭人口", "家庭人数", "受助人数", "人口数"}, Type: ingest.Count, Example: "3"},
		{Name: "visitors", Headings: []string{"走访人数", "慰问人数", "参加走访人数"}, Type: ingest.Count, Example: "2"},
		{Name: "help", Headings: []string{"帮扶方式", "帮扶类型", "慰问形式", "帮扶形式", "走访形式"}, Type: ingest.Text, Example: "送慰问品"},
		{Name: "amount", Headings: []string{"慰问金", "慰问金额", "帮扶金额", "救助金额", "金额"}, Type: ingest.Money},
		{Name: "goods_value", Headings: []string{"慰问品折价", "物资折价", "慰问品价值", "物品价值", "物资价值"}, Type: ingest.Money},
		{Name: "sponsored", Headings: []string{"是否结对", "结对帮扶", "结对助学", "结对"}, Type: ingest.YesNo},
	},
}
