package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Honour is the register of a community's honours (荣誉): one row for each,
// whenever it was awarded. It comes whole each quarter, like other registers.
var Honour = ingest.Kind{
	Name: "honour", Title: "荣誉台账", Titles: []string{"荣誉登记", "荣誉一览", "荣誉统计", "获奖情况", "表彰情况", "所获荣誉"},
	Grain: period.Quarterly,
	Rows:  "每项荣誉一行",
	Key:   []string{"title", "holder", "awarded_on"},
	Columns: []ingest.Column{
		{Name: "title", Headings: []string{"荣誉名称", "荣誉称号", "奖项名称", "获奖名称", "称号"}, Type: ingest.Text, Required: true, Example: "文明社区"},
		{Name: "level", Headings: []string{"荣誉级别", "级别", "授予级别", "奖项级别"}, Type: ingest.Text, Required: true, Example: "市级", Words: [][]string{
			{"国家级", "国家", "全国"}, {"省级", "省"}, {"市级", "市"},
			{"县级", "县", "区县级", "县区级", "区级", "区"},
			{"镇级", "镇", "乡镇级", "街道级", "街道", "乡级"},
		}},
		{Name: "holder", Headings: []string{"获奖对象", "获得者", "获奖单位", "获奖集体", "获奖人", "获奖者"}, Type: ingest.Text, Example: "社区党支部"},
		{Name: "awarded_by", Headings: []string{"授予单位", "颁发单位", "表彰单位", "授奖单位", "颁奖单位"}, Type: ingest.Text, Example: "市文明委"},
		{Name: "awarded_on", Headings: []string{"授予时间", "授予日期", "获得时间", "获奖时间", "颁发日期", "颁发时间", "获奖日期"}, Type: ingest.Date},
	},
}
