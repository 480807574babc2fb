package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Donation is the register of gifts (捐款台账): one row for each gift. An
// anonymous gift has no name and is counted like any other.
var Donation = ingest.Kind{
	Name: "donation", Title: "捐款台账", Titles: []string{"捐款登记表", "捐赠台账", "捐赠登记表", "捐款名单", "捐款明细", "爱心捐款"},
	Grain: period.Quarterly, Parted: true,
	Rows:  "每笔捐款一行",
	Again: []string{"day", "donor", "amount", "campaign"},
	Columns: []ingest.Column{
		{Name: "day", Headings: []string{"捐款日期", "捐赠时间", "捐款时间", "捐赠日期", "日期"}, Type: ingest.Date, Required: true, InPeriod: true},
		{Name: "donor", Headings: []string{"捐款人", "姓名", "捐赠人", "捐款人姓名"}, Type: ingest.PersonName},
		{Name: "work_unit", Headings: []string{"单位", "所在单位", "工作单位", "工作单位及职务", "工作学习单位", "单位党组织"}, Type: ingest.Text, Example: "县第一小学"},
		{Name: "amount", Headings: []string{"金额", "捐款金额", "捐赠金额"}, Type: ingest.Money, Required: true},
		{Name: "campaign", Headings: []string{"捐款项目", "项目名称", "用途"}, Type: ingest.Text, Example: "抗震救灾"},
		{Name: "method", Headings: []string{"捐赠方式", "付款方式", "捐款方式"}, Type: ingest.Text, Example: "现金"},
		{Name: "note", Headings: []string{"备注"}, Type: ingest.Text, Example: "无"},
	},
}
