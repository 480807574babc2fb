package dashboards

import (
	"fmt"

	"xingce/reports"
)

// service is the volunteers' teams and what they did.
var service = reports.Section{ID: "volunteers", Title: "队伍与志愿服务", Says: saysVolunteers,
	Lines: []reports.Line{{Measure: kept}, {Measure: memberVolunteers}},
	Panels: []reports.Panel{
		{
			ID: "team-webs", Title: "各队的样子", Wide: true,
			Shape: reports.Radar{By: "team", Title: "队", Of: axes},
			Says:  saysWebs,
		},
		{
			ID: "teams", Title: "各队参与率",
			Shape: reports.Bars{By: "team", Title: "队伍", Of: []reports.Measure{teamShare}, Once: []reports.Measure{participation}},
			Says:  saysFirst(teamShare, "team"),
		},
		{
			ID: "team-hours", Title: "各队服务时长",
			Shape: reports.Bars{By: "team", Title: "队伍", Of: []reports.Measure{teamHours}},
			Says:  saysFirst(teamHours, "team"),
		},
		{
			ID: "hours", Title: "服务时长",
			Shape: reports.Columns{Of: []reports.Measure{hours}},
			Says:  saysChange(hours),
		},
		{
			ID: "attendances", Title: "参加人次",
			Shape: reports.Columns{Of: []reports.Measure{attendances}},
			Says:  saysChange(attendances),
		},
	},
}

// axes have short names: they stand around a small web.
var axes = []reports.Measure{teamShare, teamTime, teamAttendances, teamActivities, teamMembers}

var (
	teamTime        = reports.Measure{Name: "时长", Metric: "team_participation", Column: "hours", Unit: reports.Hours, Colour: reports.Mauve}
	teamAttendances = reports.Measure{Name: "人次", Metric: "team_participation", Column: "attendances", Unit: reports.Attendances, Colour: reports.Mauve}
	teamActivities  = reports.Measure{Name: "活动", Metric: "team_participation", Column: "activities", Unit: reports.Times, Colour: reports.Mauve}
	teamMembers     = reports.Measure{Name: "党员", Metric: "team_party_share", Unit: reports.Share, Colour: reports.Mauve,
		Part: "part", Whole: "whole", PartName: "党员", WholeName: "队员", PartUnit: reports.Persons}
	kept             = checked("义工留存率", "volunteers_kept", "本季又参与", "上季参与", reports.Mauve)
	memberVolunteers = checked("义工中的党员", "volunteer_party_share", "党员", "义工", reports.Mauve)
)

func saysVolunteers(d *reports.Data) string {
	now := d.Now(participation)
	if !now.Known {
		return ""
	}
	return fmt.Sprintf("在册 %s人中 %s人参加过活动，参与率 %s，%s；共 %s、%s。", now.Whole, now.Part, now,
		d.Change(participation).Than("上季"), d.Now(attendances), d.Now(hours))
}

// saysWebs names the team that leads on most axes.
func saysWebs(d *reports.Data) string {
	leads := map[string]int{}
	first := ""
	for _, m := range axes {
		list := known(d.By(m, "team"))
		if len(list) < 2 || list[0].Number.Equal(list[1].Number) {
			continue
		}
		name := list[0].Name
		if leads[name]++; first == "" || leads[name] > leads[first] {
			first = name
		}
	}
	if leads[first] < 2 {
		return ""
	}
	return fmt.Sprintf("%s在五项中有 %d 项居各队第一", first, leads[first])
}
