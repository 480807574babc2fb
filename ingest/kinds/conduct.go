package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Conduct is what a branch adds to or takes from a member's points, vetoes
// and exempts (加扣分, 一票否决, 免评): one row for each decision, always entered
// by a person and always with its evidence; none is ever derived.
var Conduct = ingest.Kind{
	Name: "conduct", Title: "加扣分台账", Titles: []string{"加扣分", "加减分", "奖惩台账", "一票否决", "免评", "积分登记"},
	Grain: period.Quarterly,
	Rows:  "每次认定一行",
	Key:   []string{"decided_on", "name", "kind", "reason"},
	Columns: []ingest.Column{
		{Name: "decided_on", Headings: []string{"认定日期", "认定时间", "决定日期", "发生日期", "日期", "时间"}, Type: ingest.Date, Required: true, InPeriod: true},
		{Name: "name", Headings: []string{"姓名", "党员姓名", "人员姓名"}, Type: ingest.PersonName, Required: true},
		{Name: "party_group", Headings: []string{"党小组", "所属党小组"}, Type: ingest.Text, Example: "一组"},
		{Name: "kind", Headings: []string{"类别", "加扣分类别", "类型", "奖惩类别", "认定类别"}, Type: ingest.Text, Required: true, Example: "加分", Words: [][]string{
			{"加分", "奖励", "奖励加分"}, {"扣分", "减分", "惩戒扣分"},
			{"一票否决", "否决"}, {"免评", "免予评议", "免于评议", "免于评定"},
		}},
		{Name: "reason", Headings: []string{"事由", "加扣分事项", "事项", "原因", "理由", "加扣分原因", "加扣分事由", "具体事由"}, Type: ingest.Text, Required: true, Example: "重阳节敬老服务受到居民表扬"},
		{Name: "points", Headings: []string{"分值", "加扣分值", "加扣分", "分数"}, Type: ingest.Score, Example: "2"},
		{Name: "evidence", Headings: []string{"证明材料", "佐证材料", "依据", "凭据", "证据", "佐证", "认定依据"}, Type: ingest.Text, Required: true, Example: "表扬信一封，存档案盒 3"},
		{Name: "decided_by", Headings: []string{"认定机构", "决定机构", "认定人", "认定会议", "审批意见", "决定会议"}, Type: ingest.Text, Example: "支部委员会"},
	},
	Findings: []ingest.Finding{
		{Column: "points", Code: "no-points", Says: "加扣分没有写分值", Mend: "请补填分值，否则不计入积分", When: func(r ingest.Record) bool {
			return (r.Text("kind") == "加分" || r.Text("kind") == "扣分") && r.Null("points")
		}},
		{Column: "points", Code: "negative-score", Says: "加分写成了负数", Mend: "请核对类别和分值", When: func(r ingest.Record) bool {
			return r.Text("kind") == "加分" && negative("points")(r)
		}},
		{Column: "decided_by", Code: "no-decision", Says: "一票否决或免评没有写由谁决定", Mend: "请补填作出决定的会议或组织；免评由党员大会决定", When: func(r ingest.Record) bool {
			return (r.Text("kind") == "一票否决" || r.Text("kind") == "免评") && r.Null("decided_by")
		}},
	},
}
