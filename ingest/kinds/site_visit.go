package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// SiteVisit is how often the community's site was called up (社区博客访问): one
// row for a month. A figure that nobody wrote down is a missing figure, not a
// zero.
var SiteVisit = ingest.Kind{
	Name: "site_visit", Title: "社区博客访问", Titles: []string{"博客访问", "网站访问", "访问统计", "访问量统计", "公众号阅读"},
	Grain: period.Quarterly,
	Rows:  "每个网站每月一行",
	Key:   []string{"day", "site"},
	Columns: []ingest.Column{
		{Name: "day", Headings: []string{"月份", "统计月份", "日期", "统计日期", "统计时间"}, Type: ingest.Date, Required: true, InPeriod: true, Example: "2025-10"},
		{Name: "site", Headings: []string{"博客名称", "网站名称", "平台", "网站", "公众号名称", "平台名称"}, Type: ingest.Text, Example: "社区博客"},
		{Name: "visits", Headings: []string{"访问量", "访问次数", "点击量", "浏览量", "阅读量"}, Type: ingest.Count, Wanted: true, Example: "350"},
		{Name: "articles", Headings: []string{"发文篇数", "更新篇数", "发布篇数", "文章数", "发文数"}, Type: ingest.Count, Example: "6"},
	},
	Findings: []ingest.Finding{
		{Column: "visits", Says: "访问量没有填，按缺数处理", Mend: "能查到的请补填；查不到的不要填 0", When: func(r ingest.Record) bool { return r.Null("visits") }},
	},
}
