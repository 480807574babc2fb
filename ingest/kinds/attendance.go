package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Attendance is the record of who took part (活动记录卡, 签到表): one row for
// each person at each activity. Meetings of the branch and work of the
// volunteers' teams are told apart by the kind of activity and the team.
var Attendance = ingest.Kind{
	Name: "attendance", Title: "活动签到", Titles: []string{"活动记录卡", "党员社区活动卡", "活动签到表", "签到表", "签到册", "活动记录"},
	Grain: period.Quarterly, Parted: true,
	Rows:  "每人每次活动一行",
	Again: []string{"day", "activity", "team", "name"},
	Columns: []ingest.Column{
		{Name: "day", Headings: []string{"活动日期", "活动时间", "签到时间", "日期"}, Type: ingest.Date, Required: true, InPeriod: true},
		{Name: "activity", Headings: []string{"活动主题", "活动名称", "活动内容"}, Type: ingest.Text, Required: true, Example: "重阳节敬老演出"},
		{Name: "activity_kind", Headings: []string{"活动类型", "活动类别"}, Type: ingest.Text, Example: "志愿服务"},
		{Name: "place", Headings: []string{"活动地点", "地点"}, Type: ingest.Text, Example: "社区广场"},
		{Name: "team", Headings: []string{"队伍", "所属队伍", "服务队伍", "志愿服务队"}, Type: ingest.Text, Example: "文艺宣传队"},
		{Name: "name", Headings: []string{"姓名", "签到人", "党员姓名", "人员姓名", "义工姓名", "志愿者姓名"}, Type: ingest.PersonName, Required: true},
		{Name: "phone", Headings: []string{"联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "移动电话"}, Type: ingest.Phone},
		{Name: "status", Headings: []string{"出勤情况", "到会情况", "签到情况", "考勤"}, Type: ingest.Text, Words: [][]string{
			{"出席", "实到", "已签到", "签到", "到", "√", "✓", "✔"},
			{"请假", "事假", "病假", "公假", "△"},
			{"缺席", "无故缺席", "未到", "×", "✗", "✘"},
		}},
		{Name: "hours", Headings: []string{"服务时长", "活动时长", "服务总时长", "时长"}, Type: ingest.Hours},
	},
}
