package kinds

import (
	"strings"

	"xingce/ingest"
	"xingce/ingest/period"
)

// Claim is who claimed which post (岗位认领, 报到登记卡): one row for each
// member, with one or two posts.
var Claim = ingest.Kind{
	Name: "claim", Title: "岗位认领", Titles: []string{"认岗登记", "设岗定责", "报到登记", "党员登记卡", "认领登记"},
	Grain: period.Quarterly,
	Rows:  "每人一行",
	Key:   []string{"name", "phone", "post1"},
	Columns: []ingest.Column{
		{Name: "name", Headings: []string{"姓名", "党员姓名", "认领人", "人员姓名"}, Type: ingest.PersonName, Required: true},
		{Name: "party_group", Headings: []string{"党小组", "所属党小组"}, Type: ingest.Text, Example: "一组"},
		{Name: "work_unit", Headings: []string{"所在单位", "工作单位", "单位", "工作单位及职务", "工作学习单位", "单位党组织"}, Type: ingest.Text, Example: "县第一小学"},
		{Name: "phone", Headings: []string{"联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "移动电话"}, Type: ingest.Phone},
		{Name: "address", Headings: []string{"家庭住址", "住址", "现住址", "现居住地", "现住地", "居住地址", "现住门(楼)详址"}, Type: ingest.Address},
		{Name: "skill", Headings: []string{"个人特长", "特长"}, Type: ingest.Text, Example: "书法"},
		{Name: "wish", Headings: []string{"服务意向", "服务意愿"}, Type: ingest.Text, Example: "辅导学生"},
		{Name: "post1", Headings: []string{"认领岗位1", "认领岗位", "认领岗位一", "岗位名称", "认领岗位名称", "公益岗位", "岗位"}, Type: ingest.Text, Wanted: true, Example: "文明劝导岗"},
		{Name: "post2", Headings: []string{"认领岗位2", "认领岗位二"}, Type: ingest.Text, Example: "义务巡逻岗"},
		{Name: "post3", Headings: []string{"认领岗位3", "认领岗位三"}, Type: ingest.Text, Example: "无"},
		{Name: "claimed_on", Headings: []string{"报到时间", "报到日期", "认领日期", "认领时间"}, Type: ingest.Date},
	},
	Findings: []ingest.Finding{
		{Column: "post1", Says: "没有认领岗位", Mend: "每名在职党员认领 1 至 2 个岗位，请与本人商定认领后补填", When: func(r ingest.Record) bool { return posts(r) == 0 }},
		{Column: "post1", Code: "posts-over-two", Says: "认领了 3 个以上的岗位", Mend: "每名在职党员认领 1 至 2 个岗位，请与本人核对", When: func(r ingest.Record) bool { return posts(r) > 2 }},
	},
}

// posts counts a member's, of which one cell may name several.
func posts(r ingest.Record) int {
	n := 0
	for _, field := range []string{"post1", "post2", "post3"} {
		n += len(strings.FieldsFunc(r.Text(field), func(c rune) bool { return strings.ContainsRune("、，,；;/ ", c) }))
	}
	return n
}
