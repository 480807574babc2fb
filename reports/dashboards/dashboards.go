// Package dashboards is the shelf of pages of figures: one file each, a
// declaration.
//
// To add a chart, add a Panel to a section: the measures to draw, the shape,
// and what it says in words. To add a page, copy a file and list it in All.
package dashboards

import (
	"context"

	"xingce/queries"
	"xingce/reports"
)

// A Dashboard is a page on the shelf.
type Dashboard struct {
	Name string
	Town bool // about the whole town, not one community
	Make func(ctx context.Context, fig reports.Figures, catalog *queries.Catalog, scope reports.Scope) (reports.Page, error)
}

// All lists the pages in the order in which they are made.
func All() []Dashboard {
	return []Dashboard{
		{Name: "quarter", Make: Quarter},
		{Name: "town", Town: true, Make: Town},
	}
}

// The measures that pages share. The same thing has the same name, unit and
// colour everywhere.
var (
	residents  = reports.Measure{Name: "居民", Metric: "residents", Column: "value", Unit: reports.Persons, Colour: reports.Base}
	households = reports.Measure{Name: "住户", Metric: "households", Column: "value", Unit: reports.Households, Colour: reports.Base}
	registered = reports.Measure{Name: "户籍人口", Metric: "floating_share", Column: "whole", Less: "part", Unit: reports.Persons, Colour: reports.Base}
	floating   = reports.Measure{Name: "流动人口", Metric: "floating_share", Column: "part", Unit: reports.Persons, Colour: reports.Floating}

	floatingShare = reports.Measure{Name: "流动人口占比", Metric: "floating_share", Unit: reports.Share, Colour: reports.Floating,
		Part: "part", Whole: "whole", PartName: "流动人口", WholeName: "居民", PartUnit: reports.Persons}
	floatingHouseholds = reports.Measure{Name: "流动户占比", Metric: "floating_household_share", Unit: reports.Share, Colour: reports.Floating,
		Part: "part", Whole: "whole", PartName: "流动户", WholeName: "住户", PartUnit: reports.Households}
	floatingHomes = reports.Measure{Name: "流动户", Metric: "floating_household_share", Column: "part", Unit: reports.Households, Colour: reports.Floating}
	settledHomes  = reports.Measure{Name: "户籍户", Metric: "floating_household_share", Column: "whole", Less: "part", Unit: reports.Households, Colour: reports.Base}
	buildingShare = reports.Measure{Name: "占比", Metric: "floating_by_building", Unit: reports.Share, Colour: reports.Floating,
		Part: "part", Whole: "whole", PartName: "流动人口", WholeName: "居民", PartUnit: reports.Persons}
	buildingFloating = reports.Measure{Name: "流动人口", Metric: "floating_by_building", Column: "part", Unit: reports.Persons, Colour: reports.Floating}
	reasons          = reports.Measure{Name: "流动人口", Metric: "floating_by_reason", Column: "persons", Unit: reports.Persons, Colour: reports.Floating}
	inflow           = reports.Measure{Name: "流入", Metric: "floating_flow", Column: "inflow", Unit: reports.Persons, Colour: reports.Floating}
	outflow          = reports.Measure{Name: "流出", Metric: "floating_flow", Column: "outflow", Unit: reports.Persons, Colour: reports.Leaving, Below: true}
	net              = reports.Measure{Name: "净流入", Metric: "floating_flow", Column: "net", Unit: reports.Persons, Colour: reports.Floating}

	direct    = memberKind("直管", reports.Teal)
	inService = memberKind("在职", reports.Violet)
	away      = memberKind("流动", reports.Floating)
	grouped   = reports.Measure{Name: "直管党员", Metric: "members_by_group", Column: "members", Unit: reports.Persons, Colour: reports.Teal}

	participation = reports.Measure{Name: "志愿者参与率", Metric: "community_participation", Unit: reports.Share, Colour: reports.Mauve,
		Part: "took_part", Whole: "on_roll", PartName: "参与", WholeName: "在册", PartUnit: reports.Persons}
	volunteers  = reports.Measure{Name: "在册志愿者", Metric: "community_participation", Column: "on_roll", Unit: reports.Persons, Colour: reports.Mauve}
	attendances = reports.Measure{Name: "参加人次", Metric: "community_participation", Column: "attendances", Unit: reports.Attendances, Colour: reports.Mauve}
	hours       = reports.Measure{Name: "服务时长", Metric: "community_participation", Column: "hours", Unit: reports.Hours, Colour: reports.Mauve}
	teamShare   = reports.Measure{Name: "参与率", Metric: "team_participation", Unit: reports.Share, Colour: reports.Mauve,
		Part: "took_part", Whole: "on_roll", PartName: "参与", WholeName: "在册", PartUnit: reports.Persons}
	teamHours = reports.Measure{Name: "服务时长", Metric: "team_participation", Column: "hours", Unit: reports.Hours, Colour: reports.Mauve}

	donations = reports.Measure{Name: "捐款", Metric: "donations", Column: "amount", Unit: reports.Yuan, Colour: reports.Olive}
	gifts     = reports.Measure{Name: "捐款笔数", Metric: "donations", Column: "gifts", Unit: reports.Gifts, Colour: reports.Olive}
	dayAmount = reports.Measure{Name: "当日金额", Metric: "donations_by_day", Column: "amount", Unit: reports.Yuan, Colour: reports.Olive}
	dayGifts  = reports.Measure{Name: "当日笔数", Metric: "donations_by_day", Column: "gifts", Unit: reports.Gifts, Colour: reports.Olive}
)

// keyFigures open both pages. The branch counts whom it manages itself; those
// whose membership lies elsewhere stand beside, never in the sum.
var keyFigures = []reports.Figure{
	{Measure: residents},
	{Measure: households, Says: saysHomes},
	{Measure: floatingShare},
	{Measure: direct, Says: saysElsewhere},
	{Measure: participation},
	{Measure: donations},
}

func memberKind(kind string, c reports.Colour) reports.Measure {
	return reports.Measure{Name: kind + "党员", Metric: "members_by_kind", Column: "members", Only: [2]string{"kind", kind}, Unit: reports.Persons, Colour: c}
}
