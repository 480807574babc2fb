package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Resident is the register of people (居民登记): one row for each person who
// lives in the community at the period's end, the floating ones among them,
// and one for each who left within the period.
var Resident = ingest.Kind{
	Name: "resident", Title: "居民登记", Titles: []string{"居民登记表", "居民台账", "居民信息", "人口信息", "人口台账", "流动人口登记表", "流动人口台账"},
	Grain: period.Quarterly,
	Rows:  "每人一行",
	Key:   []string{"id_number"},
	Columns: []ingest.Column{
		{Name: "household_no", Headings: []string{"户号", "户编号", "户号编码", "户口本编号", "家庭编号"}, Type: ingest.Text, Example: "3-501"},
		{Name: "building", Headings: []string{"楼栋", "楼号", "栋号", "楼幢", "楼栋号", "所属楼幢", "所属楼栋", "楼栋编号"}, Type: ingest.Text, Example: "3栋"},
		{Name: "unit", Headings: []string{"单元", "所属单元", "单元号", "单元编号"}, Type: ingest.Text, Example: "2单元"},
		{Name: "room", Headings: []string{"房号", "门牌号", "室", "房间", "房间号", "房屋编号"}, Type: ingest.Text, Example: "501"},
		{Name: "name", Headings: []string{"姓名", "人员姓名", "村民姓名", "居民姓名"}, Type: ingest.PersonName, Required: true},
		{Name: "relation", Headings: []string{"与户主关系", "和户主关系", "家庭关系"}, Type: ingest.Text, Example: "户主"},
		{Name: "id_number", Headings: []string{"身份证号", "公民身份号码", "公民身份证号", "公民身份证号码", "身份证号码", "身份证", "证件号码", "证件号", "有效证件号码", "有效证件号"}, Type: ingest.IDNumber},
		{Name: "sex", Headings: []string{"性别", "用户性别"}, Type: ingest.Sex},
		{Name: "birth", Headings: []string{"出生日期", "出生年月"}, Type: ingest.Date, Example: "1990-01-01"},
		{Name: "ethnicity", Headings: []string{"民族"}, Type: ingest.Text, Example: "汉族"},
		{Name: "phone", Headings: []string{"联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "移动电话"}, Type: ingest.Phone},
		{Name: "kind", Headings: []string{"人员类型", "居住类型", "人口类型", "户籍类型", "人员类别"}, Type: ingest.Text, Required: true, Words: residence},
		{Name: "address", Headings: []string{"现住址", "家庭住址", "现居住地", "住址", "现住地", "居住地址", "现住门(楼)详址"}, Type: ingest.Address},
		{Name: "registered_address", Headings: []string{"户籍地址", "户籍地", "户籍所在地", "户籍门(楼)详址"}, Type: ingest.Address},
		{Name: "origin", Headings: []string{"来源", "流入来源", "省内省外", "来源地"}, Type: ingest.Text, Example: "省内"},
		{Name: "arrived_on", Headings: []string{"流入日期", "登记日期", "来本地日期", "入住时间"}, Type: ingest.Date},
		{Name: "reason", Headings: []string{"流入原因", "暂住事由", "来本地原因"}, Type: ingest.Text, Example: "务工"},
		{Name: "left_on", Headings: []string{"流出日期", "迁出日期", "搬离时间", "注销日期"}, Type: ingest.Date},
		{Name: "destination", Headings: []string{"流出去向", "迁往地"}, Type: ingest.Text, Example: "外省"},
		{Name: "permit", Headings: []string{"办证类型", "证件类型"}, Type: ingest.Text, Example: "居住证"},
		{Name: "permit_until", Headings: []string{"证件到期日期", "证件有效期"}, Type: ingest.Date, Endless: true},
		{Name: "dwelling", Headings: []string{"住所类型", "住房类型"}, Type: ingest.Text, Example: "租赁房屋"},
	},
	Findings: []ingest.Finding{
		sexDiffers("男", "女"), sexDiffers("女", "男"), birthDiffers,
		{Column: "arrived_on", Says: "流动人口没有流入日期", Mend: "请补填流入日期，否则本季流入数会少计", When: func(r ingest.Record) bool {
			return r.Text("kind") == "流动" && r.Null("arrived_on")
		}},
	},
}
