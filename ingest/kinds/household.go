package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Household is the register of homes (住户登记): one row for each household
// that lives in the community at the period's end.
var Household = ingest.Kind{
	Name: "household", Title: "住户登记", Titles: []string{"住户登记表", "户籍登记表", "住户台账", "住户信息"},
	Grain: period.Quarterly,
	Rows:  "每户一行",
	Key:   []string{"household_no"},
	Columns: []ingest.Column{
		{Name: "household_no", Headings: []string{"户号", "户编号", "户号编码", "户口本编号", "家庭编号"}, Type: ingest.Text, Required: true, Example: "3-501"},
		{Name: "building", Headings: []string{"楼栋", "楼号", "栋号", "楼幢", "楼栋号", "所属楼幢", "所属楼栋", "楼栋编号"}, Type: ingest.Text, Required: true, Example: "3栋"},
		{Name: "unit", Headings: []string{"单元", "所属单元", "单元号", "单元编号"}, Type: ingest.Text, Example: "2单元"},
		{Name: "room", Headings: []string{"房号", "门牌号", "室", "房间", "房间号", "房屋编号"}, Type: ingest.Text, Example: "501"},
		{Name: "head", Headings: []string{"户主姓名", "户主", "姓名", "业主姓名", "业主名称"}, Type: ingest.PersonName},
		{Name: "kind", Headings: []string{"居住类型", "户籍类型", "户别", "人口类型", "住户类型"}, Type: ingest.Text, Required: true, Words: residence},
		{Name: "persons", Headings: []string{"人数", "家庭人口", "家庭人数", "人口数", "居住人数"}, Type: ingest.Count, Example: "3"},
		{Name: "phone", Headings: []string{"联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "移动电话"}, Type: ingest.Phone},
		{Name: "address", Headings: []string{"住址", "家庭住址", "现住址", "现居住地", "现住地", "居住地址", "现住门(楼)详址"}, Type: ingest.Address},
		{Name: "registered_on", Headings: []string{"登记日期", "入住时间", "入住日期"}, Type: ingest.Date},
	},
}

// residence tells the registered from the floating, for people and homes.
var residence = [][]string{
	{"户籍", "户籍人口", "常住", "常住人口", "本地户籍", "户籍户", "常住户"},
	{"流动", "流动人口", "流动户", "外来", "外来人口", "暂住", "暂住人口"},
}
