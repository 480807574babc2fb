package dashboards

import (
	"fmt"

	"xingce/reports"
)

// giving is what was given, to what, and when.
var giving = reports.Section{ID: "donations", Title: "捐款", Says: saysDonations,
	Lines: []reports.Line{{Measure: givers}, {Measure: memberGivers}},
	Panels: []reports.Panel{
		{
			ID: "campaigns", Title: "各项目捐款",
			Shape: reports.Bars{By: "campaign", Title: "项目", Of: []reports.Measure{donations}, Most: 8},
			Says:  saysFirst(donations, "campaign"),
		},
		{
			ID: "donation-days", Title: "捐款累计",
			Shape: reports.Steps{Of: dayAmount, Total: "cumulative", Count: dayGifts},
			Says:  saysDays,
		},
		{
			ID: "donation-rank", Title: "捐款在全镇的位置", Wide: true,
			Shape: reports.Bars{By: "community", Title: "社区", Of: []reports.Measure{donations}},
			Says:  saysRank(donations),
		},
	},
}

var (
	givers       = reports.Measure{Name: "署名的捐款人", Metric: "donors", Column: "donors", Unit: reports.Persons, Colour: reports.Olive}
	memberGivers = checked("捐款人中的党员", "donation_member_share", "党员", "署名的捐款人", reports.Olive)
)

func saysDonations(d *reports.Data) string {
	now := d.Now(donations)
	if !now.Known {
		return ""
	}
	text := fmt.Sprintf("收到捐款 %s、%s", d.Now(gifts), now)
	if list := d.By(donations, "campaign"); len(list) > 1 {
		text += fmt.Sprintf("，用于 %d 个项目", len(list))
	}
	return text + "；" + d.Change(donations).Than("上季") + "。"
}

func saysDays(d *reports.Data) string {
	days := len(d.Rows(dayAmount.Metric, d.Period).Rows)
	if days == 0 {
		return ""
	}
	return fmt.Sprintf("%d 天收到 %s，共 %s", days, d.Now(dayGifts), d.Now(dayAmount))
}
