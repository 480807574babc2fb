package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Body is the register of a community's bodies and who sits on them (组织架构):
// the Party's organisations, the committee, the residents' council, the
// volunteers' association. One row for each seat.
var Body = ingest.Kind{
	Name: "body", Title: "组织架构", Titles: []string{"组织机构", "机构设置", "组织网络", "议事会名单", "组成人员", "班子成员"},
	Grain: period.Quarterly,
	Rows:  "每人每个职务一行",
	Key:   []string{"body", "name", "duty"},
	Columns: []ingest.Column{
		{Name: "body", Headings: []string{"组织名称", "机构名称", "组织", "机构", "组织机构"}, Type: ingest.Text, Required: true, Example: "居民议事会"},
		{Name: "name", Headings: []string{"姓名", "成员姓名", "人员姓名", "成员"}, Type: ingest.PersonName, Required: true},
		{Name: "duty", Headings: []string{"职务", "担任职务", "组织职务"}, Type: ingest.Text, Example: "成员"},
		{Name: "represents", Headings: []string{"代表单位", "代表方", "推选单位", "所属单位", "界别"}, Type: ingest.Text, Example: "县第一小学党支部"},
		{Name: "since", Headings: []string{"任职时间", "任职日期", "当选时间", "当选日期"}, Type: ingest.Date},
		{Name: "phone", Headings: []string{"联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "移动电话"}, Type: ingest.Phone},
	},
}
