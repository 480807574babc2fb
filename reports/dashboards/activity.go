package dashboards

import (
	"fmt"

	"xingce/reports"
)

// activity is when something went on, and of what sort.
var activity = reports.Section{ID: "activities", Title: "活动", Says: saysActivities,
	Panels: []reports.Panel{
		{
			ID: "calendar", Title: "活动日历",
			Shape: reports.Calendar{Of: dayActivities},
			Says:  saysCalendar,
		},
		{
			ID: "activity-kinds", Title: "各类活动",
			Shape: reports.Bars{By: "activity_kind", Title: "类别", Of: []reports.Measure{activityKinds}, Most: 8},
			Says:  saysFirst(activityKinds, "activity_kind"),
		},
	},
}

var (
	dayActivities = reports.Measure{Name: "活动", Metric: "activities_by_day", Column: "activities", Unit: reports.Times, Colour: reports.Base}
	activityKinds = reports.Measure{Name: "活动", Metric: "activities_by_kind", Column: "activities", Unit: reports.Times, Colour: reports.Base}
)

func saysActivities(d *reports.Data) string {
	now := d.Now(activityKinds)
	if !now.Known {
		return ""
	}
	return fmt.Sprintf("本季活动 %s，%s。", now, compared(d, activityKinds))
}

// saysCalendar counts the days on which something went on.
func saysCalendar(d *reports.Data) string {
	t := d.Rows(dayActivities.Metric, d.Period)
	days := map[string]bool{}
	for i := range t.Rows {
		days[fmt.Sprint(t.Value(i, "day"))] = true
	}
	if len(days) == 0 {
		return ""
	}
	all := int(d.Period.End.Sub(d.Period.Start).Hours() / 24)
	return fmt.Sprintf("%d 天里有 %d 天办了活动", all, len(days))
}
