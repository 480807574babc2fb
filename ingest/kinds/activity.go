package kinds

import (
	"github.com/shopspring/decimal"

	"xingce/ingest"
	"xingce/ingest/period"
)

// Activity is the log of what a community held (活动台账): one row for each
// activity. Who took part stands in the sign-in sheets.
var Activity = ingest.Kind{
	Name: "activity", Title: "活动台账", Titles: []string{"活动登记表", "活动统计", "活动一览", "活动汇总", "活动开展情况", "活动情况"},
	Grain: period.Quarterly,
	Rows:  "每场活动一行",
	Key:   []string{"day", "activity", "place"},
	Columns: []ingest.Column{
		{Name: "day", Headings: []string{"活动日期", "活动时间", "日期", "开展时间", "举办时间"}, Type: ingest.Date, Required: true, InPeriod: true},
		{Name: "activity", Headings: []string{"活动名称", "活动主题", "活动内容"}, Type: ingest.Text, Required: true, Example: "重阳节敬老演出"},
		{Name: "activity_kind", Headings: []string{"活动类型", "活动类别"}, Type: ingest.Text, Example: "文艺演出"},
		{Name: "place", Headings: []string{"活动地点", "地点"}, Type: ingest.Text, Example: "社区广场"},
		{Name: "host", Headings: []string{"主办单位", "承办单位", "组织单位", "主办", "承办队伍", "队伍", "服务队伍"}, Type: ingest.Text, Example: "文艺宣传队"},
		{Name: "leader", Headings: []string{"活动负责人", "负责人", "组织者", "主持人"}, Type: ingest.PersonName},
		{Name: "due", Headings: []string{"应到人数", "应参加人数", "应到"}, Type: ingest.Count, Example: "40"},
		{Name: "attended", Headings: []string{"实到人数", "参加人数", "活动人数", "参与人数", "实到", "参加人次"}, Type: ingest.Count, Example: "38"},
		{Name: "rate", Headings: []string{"出勤率", "到会率", "参加率", "到会率(%)"}, Type: ingest.Share, Example: "95%"},
		{Name: "hours", Headings: []string{"活动时长", "服务时长", "时长", "服务总时长"}, Type: ingest.Hours},
	},
	Findings: []ingest.Finding{
		{Column: "attended", Code: "part-over-whole", Says: "实到人数多于应到人数", Mend: "请核对两个数", When: over("attended", "due")},
		{Column: "rate", Code: "rate-differs", Says: "出勤率与实到人数÷应到人数对不上", Mend: "请核对三个数；看板上的出勤率按实到和应到人数重新计算", When: rateDiffers},
	},
}

// rateDiffers by more than rounding to a whole percent explains.
func rateDiffers(r ingest.Record) bool {
	rate, _ := r.Number("rate")
	attended, came := r.Number("attended")
	due, called := r.Number("due")
	return !r.Null("rate") && came && called && due.IsPositive() &&
		rate.Sub(attended.Div(due)).Abs().GreaterThan(decimal.New(5, -3))
}
