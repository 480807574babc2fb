package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// FieldCheck is the check of a sample of the floating population at the door
// (流动人口核查): one row for each day and building. Shares of registration and
// of accuracy come from here and nowhere else.
var FieldCheck = ingest.Kind{
	Name: "field_check", Title: "流动人口核查", Titles: []string{"流动人口抽查", "流动人口清查", "流动人口检查", "流动人口入户"},
	Grain: period.Quarterly,
	Rows:  "每天每栋楼一行",
	Key:   []string{"day", "building"},
	Columns: []ingest.Column{
		{Name: "day", Headings: []string{"核查日期", "抽查日期", "核查时间", "抽查时间", "检查日期", "日期"}, Type: ingest.Date, Required: true, InPeriod: true},
		{Name: "building", Headings: []string{"楼栋", "楼号", "栋号", "抽查楼栋", "核查楼栋", "抽查范围", "核查范围", "所属楼幢"}, Type: ingest.Text, Example: "3栋"},
		{Name: "checked", Headings: []string{"抽查人数", "核查人数", "检查人数", "实有人数"}, Type: ingest.Count, Required: true, Example: "20"},
		{Name: "registered", Headings: []string{"已登记人数", "已登记", "登记人数"}, Type: ingest.Count, Required: true, Example: "19"},
		{Name: "accurate", Headings: []string{"信息一致人数", "信息一致", "一致人数", "信息准确人数", "信息准确"}, Type: ingest.Count, Wanted: true, Example: "18"},
		{Name: "moved_out", Headings: []string{"应注销人数", "已离开人数", "应注销", "已搬离人数"}, Type: ingest.Count, Example: "2"},
		{Name: "cancelled", Headings: []string{"已注销人数", "已注销", "注销人数"}, Type: ingest.Count, Example: "2"},
		{Name: "checker", Headings: []string{"核查人", "抽查人", "检查人", "核查人员", "抽查人员"}, Type: ingest.PersonName},
	},
	Findings: []ingest.Finding{
		{Column: "registered", Code: "part-over-whole", Says: "已登记人数多于抽查人数", Mend: "请核对两个数", When: over("registered", "checked")},
		{Column: "accurate", Code: "part-over-whole", Says: "信息一致人数多于已登记人数", Mend: "只在已登记的人里数信息一致的，请核对两个数", When: over("accurate", "registered")},
		{Column: "cancelled", Code: "part-over-whole", Says: "已注销人数多于应注销人数", Mend: "请核对两个数", When: over("cancelled", "moved_out")},
	},
}
