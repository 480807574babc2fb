package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Feedback is what the community tells the work units of their members
// (社区表现反馈卡): one row for each member.
var Feedback = ingest.Kind{
	Name: "feedback", Title: "社区表现反馈卡", Titles: []string{"表现反馈", "反馈卡", "情况反馈"},
	Grain: period.Quarterly,
	Rows:  "每人一行",
	Key:   []string{"name", "work_unit"},
	Columns: []ingest.Column{
		{Name: "name", Headings: []string{"姓名", "党员姓名", "人员姓名"}, Type: ingest.PersonName, Required: true},
		{Name: "work_unit", Headings: []string{"所在单位", "工作单位", "单位", "工作单位及职务", "工作学习单位", "单位党组织"}, Type: ingest.Text, Required: true, Example: "县第一小学"},
		{Name: "span", Headings: []string{"反馈期间", "反馈时段", "反馈时间"}, Type: ingest.Text, Example: "10月至12月"},
		{Name: "attended", Headings: []string{"参加活动次数", "参加次数", "参加社区活动次数", "活动次数"}, Type: ingest.Count, Wanted: true, Example: "3"},
		{Name: "hours", Headings: []string{"服务时长", "服务总时长", "志愿服务时长", "时长", "活动时长"}, Type: ingest.Hours},
		{Name: "post", Headings: []string{"岗位", "认领岗位", "岗位名称"}, Type: ingest.Text, Example: "文明劝导岗"},
		{Name: "overall", Headings: []string{"综合评价", "总体评价", "社区评价", "评价"}, Type: ingest.Text, Example: "好"},
		{Name: "community_opinion", Headings: []string{"社区党组织意见", "社区意见", "党组织意见", "社区党支部意见"}, Type: ingest.Text, Example: "积极参加社区活动"},
		{Name: "sent_on", Headings: []string{"发出日期", "发卡日期", "寄出日期", "送达日期"}, Type: ingest.Date},
		{Name: "receipt", Headings: []string{"单位党组织回执", "单位回执", "回执", "单位意见"}, Type: ingest.Text, Example: "已收悉"},
		{Name: "returned_on", Headings: []string{"回执日期", "收回日期", "返回日期", "回执时间"}, Type: ingest.Date},
	},
	Findings: []ingest.Finding{
		{Column: "returned_on", Code: "returned-before-sent", Says: "回执日期早于发出日期", Mend: "请核对两个日期", When: func(r ingest.Record) bool {
			sent, known := r.Day("sent_on")
			returned, came := r.Day("returned_on")
			return known && came && returned.Before(sent)
		}},
	},
}
