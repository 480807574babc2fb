package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// CardDelivery is the handing out of convenience cards from door to door
// (便民卡): one row for each home. The home is its building, unit and room; who
// lives there is not asked.
var CardDelivery = ingest.Kind{
	Name: "card_delivery", Title: "便民卡发放", Titles: []string{"便民卡", "便民服务卡", "联系卡发放"},
	Grain: period.Quarterly,
	Rows:  "每户每次发放一行",
	Key:   []string{"building", "unit", "room", "day"},
	Columns: []ingest.Column{
		{Name: "building", Headings: []string{"楼栋", "楼号", "栋号", "楼幢", "楼栋号", "所属楼栋", "所属楼幢"}, Type: ingest.Text, Required: true, Example: "3栋"},
		{Name: "unit", Headings: []string{"单元", "所属单元", "单元号"}, Type: ingest.Text, Example: "2单元"},
		{Name: "room", Headings: []string{"门牌号", "房号", "室", "房间号", "房间"}, Type: ingest.Text, Example: "501"},
		{Name: "copies", Headings: []string{"发放份数", "份数", "发放数量", "发放张数"}, Type: ingest.Count, Required: true, Example: "1"},
		{Name: "day", Headings: []string{"发放日期", "发放时间", "日期"}, Type: ingest.Date, InPeriod: true},
		{Name: "deliverer", Headings: []string{"发放人", "发放人员", "发卡人", "经办人"}, Type: ingest.PersonName},
	},
}
