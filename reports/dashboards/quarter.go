package dashboards

import (
	"context"
	"fmt"

	"xingce/ingest/kinds"
	"xingce/queries"
	"xingce/reports"
)

// Quarter is a community's page for its committee: how the quarter was,
// against the one before and a year ago, and what has to be decided.
func Quarter(ctx context.Context, fig reports.Figures, catalog *queries.Catalog, scope reports.Scope) (reports.Page, error) {
	return quarter.Page(ctx, fig, catalog, scope)
}

var quarter = reports.Dashboard{
	Name: "dashboard", Title: "看板",
	Headline: quarterHeadline,
	Figures:  keyFigures,
	Checks:   []reports.Check{missingCheck, flowCheck, groupCheck, sheetCheck},
	Sections: []reports.Section{
		{ID: "people", Title: "人口", Says: saysPeople, Panels: []reports.Panel{
			{
				ID: "residents", Title: "居民人数",
				Shape: reports.Columns{Of: []reports.Measure{registered, floating}},
				Says:  saysResidents,
			},
			{
				ID: "floating", Title: "流动人口占比",
				Shape: reports.Trend{Of: floatingShare, LastYear: true},
				Says:  saysChange(floatingShare),
			},
			{
				ID: "households", Title: "住户数",
				Shape: reports.Columns{Of: []reports.Measure{settledHomes, floatingHomes}},
				Says:  saysHouseholds,
			},
			{
				ID: "floating-households", Title: "流动户占比",
				Shape: reports.Trend{Of: floatingHouseholds, LastYear: true},
				Says:  saysChange(floatingHouseholds),
			},
			{
				ID: "flow", Title: "流动人口流入与流出",
				Shape: reports.Columns{Of: []reports.Measure{inflow, outflow}},
				Says:  saysFlow,
			},
			{
				ID: "reasons", Title: "流动人口流入原因",
				Shape: reports.Bars{By: "reason", Title: "原因", Of: []reports.Measure{reasons}, Most: 8},
				Says:  saysReasons,
			},
			{
				ID: "buildings", Title: "各楼栋流动人口占比",
				Shape: reports.Bars{By: "building", Title: "楼栋", Of: []reports.Measure{buildingShare}},
				Says:  saysBuildings,
			},
			{
				ID: "buildings-over-time", Title: "各楼栋流动人口占比的变化",
				Shape: reports.Heat{By: "building", Title: "楼栋", Of: buildingShare},
				Says:  saysBuildingChange,
			},
			{
				ID: "floating-rank", Title: "流动人口占比在全镇的位置",
				Shape: reports.Bars{By: "community", Title: "社区", Of: []reports.Measure{floatingShare}},
				Says:  saysRank(floatingShare),
			},
			{
				ID: "households-rank", Title: "流动户占比在全镇的位置",
				Shape: reports.Bars{By: "community", Title: "社区", Of: []reports.Measure{floatingHouseholds}},
				Says:  saysRank(floatingHouseholds),
			},
		}},
		{ID: "party", Title: "党员", Says: saysParty, Panels: []reports.Panel{
			{
				ID: "member-kinds", Title: "党员构成",
				Shape: reports.Columns{Of: []reports.Measure{direct, inService, away}, Apart: true},
				Says:  saysKinds,
			},
			{
				ID: "member-groups", Title: "各党小组党员",
				Shape: reports.Bars{By: "party_group", Title: "党小组", Of: []reports.Measure{grouped}, Mark: ungrouped, Once: []reports.Measure{direct}},
				Says:  saysGroups,
			},
		}},
		{ID: "volunteers", Title: "志愿服务", Says: saysVolunteers, Panels: []reports.Panel{
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
		}},
		{ID: "donations", Title: "捐款", Says: saysDonations, Panels: []reports.Panel{
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
		}},
	},
}

func quarterHeadline(d *reports.Data) []string {
	var list []string
	if now := d.Now(residents); now.Known {
		list = append(list, fmt.Sprintf("期末居民 %s，%s。", now, compared(d, residents)))
	} else if now := d.Now(households); now.Known {
		list = append(list, fmt.Sprintf("期末住户 %s，%s。", now, compared(d, households)))
	}
	if now := d.Now(floatingShare); now.Known {
		list = append(list, fmt.Sprintf("流动人口 %s，占 %s，%s。", d.Now(floating), now, compared(d, floatingShare)))
	}
	if now := d.Now(direct); now.Known {
		list = append(list, fmt.Sprintf("直管党员 %s，%s。", now, compared(d, direct)))
	}
	if now := d.Now(participation); now.Known {
		list = append(list, fmt.Sprintf("在册志愿者 %s，本季参加过活动的 %s人，参与率 %s。", d.Now(volunteers), now.Part, now))
	} else if now := d.Now(attendances); now.Known {
		list = append(list, fmt.Sprintf("志愿服务 %s、%s。", now, d.Now(hours)))
	}
	if now := d.Now(donations); now.Known {
		text := fmt.Sprintf("收到捐款 %s", now)
		if rank, of := d.Rank(donations); rank > 0 && of > 1 {
			text += fmt.Sprintf("，在全镇 %d 个有捐款的社区中居第 %d", of, rank)
		}
		list = append(list, text+"。")
	}
	if list != nil {
		return list
	}
	if came := received(d); came != nil {
		return []string{"本期收到" + reports.Together(came) + "，还没有可以列出的数字。"}
	}
	return []string{"本期无数据。"}
}

// received names the kinds of sheets that whom the page is about has sent.
func received(d *reports.Data) []string {
	var list []string
	for _, k := range kinds.All() {
		if len(d.Rows("sources", d.Period).Where("kind", k.Name).Rows) > 0 {
			list = append(list, k.Title)
		}
	}
	return list
}

func saysPeople(d *reports.Data) string {
	now := d.Now(floating)
	if !now.Known {
		return ""
	}
	text := fmt.Sprintf("流动人口 %s，占 %s，%s", now, d.Now(floatingShare), d.Change(floating).Than("上季"))
	if d.Change(floating).Known {
		if grew := grown(d, buildingFloating, "building"); len(grew) > 0 {
			text += "，增加最多的是" + reports.Together(grew)
		}
	}
	return text + "。"
}

func saysResidents(d *reports.Data) string {
	return fmt.Sprintf("居民 %s，其中流动人口 %s；居民%s", d.Now(residents), d.Now(floating), d.Change(residents).Than("上季"))
}

// saysHomes stands below the number of households.
func saysHomes(d *reports.Data) string {
	now := d.Now(floatingHomes)
	if !now.Known {
		return ""
	}
	return fmt.Sprintf("其中流动户 %s", now)
}

func saysHouseholds(d *reports.Data) string {
	return fmt.Sprintf("住户 %s，其中流动户 %s；流动户%s", d.Now(households), d.Now(floatingHomes), compared(d, floatingHomes))
}

func saysFlow(d *reports.Data) string {
	in, out := d.Now(inflow), d.Now(outflow)
	if !in.Known {
		return ""
	}
	word := "净流入"
	n := d.Now(net)
	if n.Number.IsNegative() {
		word, n.Number = "净流出", n.Number.Neg()
	}
	return fmt.Sprintf("本季流入 %s、流出 %s，%s %s", in, out, word, n)
}

func saysReasons(d *reports.Data) string {
	list := d.By(reasons, "reason")
	all := d.Now(reasons)
	if len(list) < 2 || !all.Number.IsPositive() {
		return ""
	}
	two := share(list[0].Number.Add(list[1].Number), all.Number)
	return fmt.Sprintf("主要因%s和%s而来，两项占 %s", list[0].Name, list[1].Name, two)
}

func saysBuildings(d *reports.Data) string {
	list := d.By(buildingShare, "building")
	if len(list) < 4 {
		return ""
	}
	return fmt.Sprintf("%s占比最高，%s；%s、%s其次", list[0].Name, list[0].Value, list[1].Name, list[2].Name)
}

func saysBuildingChange(d *reports.Data) string {
	rose, fell, compared := directions(d.By(buildingShare, "building"), d.Before(buildingShare, "building"))
	if compared == 0 {
		return ""
	}
	return fmt.Sprintf("%d 栋中，占比比上季上升的 %d 栋，下降的 %d 栋", compared, rose, fell)
}

func saysParty(d *reports.Data) string {
	if !d.Now(direct).Known {
		return ""
	}
	return fmt.Sprintf("直管党员 %s，%s；另有在职党员 %s、流动党员 %s，不计入本支部人数。",
		d.Now(direct), d.Change(direct).Than("上季"), d.Now(inService), d.Now(away))
}

// saysElsewhere stands below the number of members that the branch manages.
func saysElsewhere(d *reports.Data) string {
	if !d.Now(direct).Known {
		return ""
	}
	return fmt.Sprintf("另有在职 %s、流动 %s", d.Now(inService), d.Now(away))
}

func saysKinds(d *reports.Data) string {
	return fmt.Sprintf("直管党员 %s，%s；在职党员 %s，%s", d.Now(direct), d.Change(direct).Than("上季"), d.Now(inService), d.Change(inService).Than("上季"))
}

func saysGroups(d *reports.Data) string {
	list := d.By(grouped, "party_group")
	if len(list) == 0 {
		return ""
	}
	groups, without := 0, ""
	for _, n := range list {
		if n.Name == ungrouped {
			without = fmt.Sprintf("，%s未编组", n.Value)
		} else {
			groups++
		}
	}
	return fmt.Sprintf("直管党员 %s，编成 %d 个党小组%s", d.Now(grouped), groups, without)
}

func saysVolunteers(d *reports.Data) string {
	now := d.Now(participation)
	if !now.Known {
		return ""
	}
	return fmt.Sprintf("在册 %s人中 %s人参加过活动，参与率 %s，%s；共 %s、%s。", now.Whole, now.Part, now,
		d.Change(participation).Than("上季"), d.Now(attendances), d.Now(hours))
}

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
