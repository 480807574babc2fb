package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Volunteer is the roll of volunteers (义工名册): one row for each person in
// each team. A person in two teams has two rows.
var Volunteer = ingest.Kind{
	Name: "volunteer", Title: "义工名册", Titles: []string{"义工登记表", "志愿者名册", "志愿者登记表", "志愿者花名册", "义工花名册"},
	Grain: period.Quarterly,
	Rows:  "每人在每支队伍一行",
	Key:   []string{"team", "name", "phone"},
	Columns: []ingest.Column{
		{Name: "number", Headings: []string{"编号", "义工编号", "志愿者编号"}, Type: ingest.Text, Example: "001"},
		{Name: "team", Headings: []string{"队伍", "所属队伍", "服务队伍", "志愿服务队"}, Type: ingest.Text, Required: true, Example: "文艺宣传队"},
		{Name: "name", Headings: []string{"姓名", "义工姓名", "志愿者姓名", "人员姓名"}, Type: ingest.PersonName, Required: true},
		{Name: "sex", Headings: []string{"性别", "用户性别"}, Type: ingest.Sex},
		{Name: "birth", Headings: []string{"出生日期", "出生年月"}, Type: ingest.Date, Example: "1990-01-01"},
		{Name: "id_number", Headings: []string{"身份证号", "公民身份号码", "身份证号码", "身份证", "公民身份证号", "公民身份证号码", "证件号码", "证件号", "有效证件号码", "有效证件号"}, Type: ingest.IDNumber},
		{Name: "phone", Headings: []string{"联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "移动电话"}, Type: ingest.Phone},
		{Name: "politics", Headings: []string{"政治面貌"}, Type: ingest.Text, Example: "群众"},
		{Name: "skill", Headings: []string{"特长", "个人特长", "服务意向"}, Type: ingest.Text, Example: "书法"},
		{Name: "joined_on", Headings: []string{"加入日期", "加入时间", "登记日期", "注册时间"}, Type: ingest.Date},
	},
	Findings: []ingest.Finding{sexDiffers("男", "女"), sexDiffers("女", "男"), birthDiffers},
}
