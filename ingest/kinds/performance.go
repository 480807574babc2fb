package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Performance is how members did in the community (社区表现卡): one row for
// each in a quarter.
var Performance = ingest.Kind{
	Name: "performance", Title: "社区表现卡", Titles: []string{"党员表现卡", "社区表现登记", "社区表现汇总", "党员表现登记", "在职党员表现卡"},
	Grain: period.Quarterly,
	Rows:  "每人一行",
	Key:   []string{"name", "work_unit", "party_group"},
	Columns: []ingest.Column{
		{Name: "name", Headings: []string{"姓名", "党员姓名", "人员姓名"}, Type: ingest.PersonName, Required: true},
		{Name: "party_group", Headings: []string{"党小组", "所属党小组"}, Type: ingest.Text, Example: "一组"},
		{Name: "work_unit", Headings: []string{"所在单位", "工作单位", "单位", "工作单位及职务", "工作学习单位", "单位党组织"}, Type: ingest.Text, Example: "县第一小学"},
		{Name: "due", Headings: []string{"应参加次数", "应参加活动次数", "应到次数"}, Type: ingest.Count, Example: "4"},
		{Name: "attended", Headings: []string{"实际参加次数", "实参加次数", "实际参加活动次数", "实到次数"}, Type: ingest.Count, Wanted: true, Example: "3"},
		{Name: "hours", Headings: []string{"服务时长", "服务总时长", "志愿服务时长", "时长", "活动时长"}, Type: ingest.Hours},
		{Name: "post", Headings: []string{"岗位", "认领岗位", "岗位名称"}, Type: ingest.Text, Example: "文明劝导岗"},
		{Name: "duty_opinion", Headings: []string{"岗位履职评价", "履职评价", "岗位履职情况", "履职情况"}, Type: ingest.Text, Example: "好"},
		{Name: "public_opinion", Headings: []string{"群众评价", "居民评价", "群众评议"}, Type: ingest.Text, Example: "满意"},
		{Name: "group_opinion", Headings: []string{"党小组意见", "小组意见", "党小组评价"}, Type: ingest.Text, Example: "履职认真"},
		{Name: "score", Headings: []string{"得分", "表现得分", "总分", "积分"}, Type: ingest.Score},
	},
	Findings: []ingest.Finding{
		{Column: "attended", Code: "part-over-whole", Says: "实际参加次数多于应参加次数", Mend: "请核对两个数", When: over("attended", "due")},
		{Column: "score", Code: "negative-score", Says: "得分是负数", Mend: "扣分最多扣到 0 分，请核对得分", When: negative("score")},
	},
}
