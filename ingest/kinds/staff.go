package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Staff are those who work for the community (工作人员): one row for each,
// security helpers among them.
var Staff = ingest.Kind{
	Name: "staff", Title: "工作人员", Titles: []string{"社区工作者", "干部花名册", "干部名册", "职工花名册", "网格员"},
	Grain: period.Quarterly,
	Rows:  "每人一行",
	Key:   []string{"name", "phone"},
	Columns: []ingest.Column{
		{Name: "name", Headings: []string{"姓名", "人员姓名", "工作人员"}, Type: ingest.PersonName, Required: true},
		{Name: "sex", Headings: []string{"性别", "用户性别"}, Type: ingest.Sex},
		{Name: "birth", Headings: []string{"出生日期", "出生年月"}, Type: ingest.Date, Example: "1990-01-01"},
		{Name: "duty", Headings: []string{"职务", "现任职务", "岗位", "职务/岗位", "工作岗位"}, Type: ingest.Text, Required: true, Example: "网格员"},
		{Name: "staff_kind", Headings: []string{"人员类别", "人员性质", "用工性质", "人员类型", "编制类型"}, Type: ingest.Text, Example: "社区工作者"},
		{Name: "politics", Headings: []string{"政治面貌"}, Type: ingest.Text, Example: "中共党员"},
		{Name: "education", Headings: []string{"学历", "文化程度", "教育程度"}, Type: ingest.Text, Example: "大专"},
		{Name: "task", Headings: []string{"分管工作", "工作分工", "负责工作", "分工"}, Type: ingest.Text, Example: "流动人口登记"},
		{Name: "started_on", Headings: []string{"到岗时间", "任职时间", "到岗日期", "任职日期", "入职时间", "入职日期"}, Type: ingest.Date},
		{Name: "phone", Headings: []string{"联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "移动电话"}, Type: ingest.Phone},
	},
}
