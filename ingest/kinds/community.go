package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Community is what a community says of itself in figures (社区基本情况): one
// row. The registers count most of them again, and where the two differ the
// difference is shown.
var Community = ingest.Kind{
	Name: "community", Title: "社区基本情况", Titles: []string{"社区概况", "社区基本信息", "社区简况"},
	Grain: period.Quarterly, Single: true,
	Rows: "每个社区一行",
	Columns: []ingest.Column{
		{Name: "area", Headings: []string{"辖区面积", "面积", "区域面积", "总面积", "占地面积"}, Type: ingest.Area, Example: "1.5"},
		{Name: "buildings", Headings: []string{"居民楼栋数", "居民楼", "居民楼栋", "楼栋数", "居民楼数", "住宅楼"}, Type: ingest.Count, Example: "34"},
		{Name: "households", Headings: []string{"总户数", "户数", "居民户数", "总户数(户)"}, Type: ingest.Count, Required: true, Example: "3275"},
		{Name: "residents", Headings: []string{"总人口", "居民人数", "人口", "人口数", "总人口数", "居民总数"}, Type: ingest.Count, Required: true, Example: "9325"},
		{Name: "floating_households", Headings: []string{"流动人口户数", "流动户数", "外来户数"}, Type: ingest.Count, Example: "887"},
		{Name: "floating_residents", Headings: []string{"流动人口数", "流动人口", "流动人数", "外来人口"}, Type: ingest.Count, Example: "2025"},
		{Name: "units", Headings: []string{"驻区单位数", "驻区单位", "辖区单位", "辖区单位数"}, Type: ingest.Count, Example: "12"},
		{Name: "staff", Headings: []string{"工作人员数", "工作人员", "社区工作人员", "社区工作者"}, Type: ingest.Count, Example: "9"},
		{Name: "security_helpers", Headings: []string{"治安协管员数", "治安协管员", "协管员", "综治协管员"}, Type: ingest.Count, Example: "2"},
		{Name: "members", Headings: []string{"直管党员数", "直管党员", "党员人数", "党员数", "党员总数"}, Type: ingest.Count, Example: "47"},
		{Name: "party_groups", Headings: []string{"党小组数", "党小组"}, Type: ingest.Count, Example: "3"},
		{Name: "serving_members", Headings: []string{"在职党员数", "在职党员"}, Type: ingest.Count, Example: "81"},
		{Name: "floating_members", Headings: []string{"流动党员数", "流动党员"}, Type: ingest.Count, Example: "3"},
		{Name: "volunteers", Headings: []string{"志愿者人数", "志愿者", "志愿者数", "义工人数", "义工", "注册志愿者"}, Type: ingest.Count, Example: "296"},
		{Name: "teams", Headings: []string{"志愿队伍数", "志愿队伍", "志愿服务队伍", "义工队伍", "队伍数"}, Type: ingest.Count, Example: "5"},
	},
	Findings: []ingest.Finding{
		{Column: "floating_households", Code: "part-over-whole", Says: "流动人口户数比总户数还多", Mend: "总户数包括流动人口的，请核对两个数", When: over("floating_households", "households")},
		{Column: "floating_residents", Code: "part-over-whole", Says: "流动人口数比总人口还多", Mend: "总人口包括流动人口，请核对两个数", When: over("floating_residents", "residents")},
	},
}
