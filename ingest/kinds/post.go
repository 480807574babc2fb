package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Post is the list of posts for the public good (公益岗位) that members can
// claim. Their seven or so categories differ from place to place and are taken
// as written.
var Post = ingest.Kind{
	Name: "post", Title: "公益岗位", Titles: []string{"岗位设置", "岗位一览", "设岗情况", "岗位目录"},
	Grain: period.Quarterly,
	Rows:  "每个岗位一行",
	Key:   []string{"post"},
	Columns: []ingest.Column{
		{Name: "post", Headings: []string{"岗位名称", "公益岗位", "岗位", "公益岗位名称"}, Type: ingest.Text, Required: true, Example: "环境卫生整治岗"},
		{Name: "category", Headings: []string{"岗位类别", "岗位类型", "类别", "岗位分类"}, Type: ingest.Text, Required: true, Example: "环保服务"},
		{Name: "duty", Headings: []string{"岗位职责", "职责", "工作内容", "工作职责", "岗位要求"}, Type: ingest.Text, Example: "每周巡查楼道卫生一次"},
		{Name: "places", Headings: []string{"设岗人数", "岗位人数", "名额", "需求人数", "设岗数", "岗位数"}, Type: ingest.Count, Example: "12"},
		{Name: "claimed", Headings: []string{"认领人数", "已认领人数", "在岗人数"}, Type: ingest.Count, Example: "10"},
	},
	Findings: []ingest.Finding{
		{Column: "claimed", Code: "part-over-whole", Says: "认领人数多于设岗人数", Mend: "请核对两个数，或增加设岗人数", When: over("claimed", "places")},
	},
}
