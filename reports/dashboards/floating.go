package dashboards

import (
	"fmt"

	"github.com/shopspring/decimal"

	"xingce/reports"
)

// floatingPeople is who came and went, from where, why, and where they live.
var floatingPeople = reports.Section{ID: "floating-people", Title: "流动人口", Says: saysFloating,
	Lines: []reports.Line{
		{Measure: permits}, {Measure: registration, None: "未核查"}, {Measure: deregistration, None: "未核查"}, {Measure: accuracy, None: "未核查"},
	},
	Panels: []reports.Panel{
		{
			ID: "floating", Title: "流动人口占比",
			Shape: reports.Trend{Of: floatingShare, LastYear: true},
			Says:  saysChange(floatingShare),
		},
		{
			ID: "flow", Title: "流动人口流入与流出",
			Shape: reports.Columns{Of: []reports.Measure{inflow, outflow}},
			Says:  saysFlow,
		},
		{
			ID: "buildings", Title: "各楼栋流动人口占比",
			Shape: reports.Tiles{By: "building", Title: "楼栋", Of: buildingShare},
			Says:  saysBuildings,
		},
		{
			ID: "buildings-over-time", Title: "各楼栋流动人口占比的变化",
			Shape: reports.Heat{By: "building", Title: "楼栋", Of: buildingShare, Most: 12},
			Says:  saysBuildingChange,
		},
		{
			ID: "floating-ages", Title: "流动人口年龄和性别",
			Shape: reports.Pyramid{By: "age_band", Title: "年龄", Left: floatingMen, Right: floatingWomen},
			Says:  saysFloatingAges,
		},
		{
			ID: "stay", Title: "流动人口居住时间",
			Shape: reports.Bars{By: "stay", Title: "居住时间", Of: []reports.Measure{stay}, AsIs: true},
			Says:  saysFirst(stay, "stay"),
		},
		{
			ID: "reasons", Title: "流动人口流入原因",
			Shape: reports.Bars{By: "reason", Title: "原因", Of: []reports.Measure{reasons}, Most: 8},
			Says:  saysReasons,
		},
		{
			ID: "origins", Title: "流动人口来源",
			Shape: reports.Bars{By: "origin", Title: "来源", Of: []reports.Measure{origins}},
			Says:  saysFirst(origins, "origin"),
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
	},
}

var (
	floatingMen   = reports.Measure{Name: "男", Metric: "floating_by_age", Column: "men", Unit: reports.Persons, Colour: reports.Violet}
	floatingWomen = reports.Measure{Name: "女", Metric: "floating_by_age", Column: "women", Unit: reports.Persons, Colour: reports.Mauve}
	stay          = reports.Measure{Name: "流动人口", Metric: "floating_by_stay", Column: "persons", Unit: reports.Persons, Colour: reports.Floating}

	origins = reports.Measure{Name: "流动人口", Metric: "floating_by_origin", Column: "persons", Unit: reports.Persons, Colour: reports.Floating}

	permits        = checked("居住证办证率", "permit_rate", "已办证", "应办证", reports.Floating)
	registration   = checked("登记率", "registration_rate", "已登记", "抽查", reports.Floating)
	deregistration = checked("注销率", "deregistration_rate", "已注销", "应注销", reports.Floating)
	accuracy       = checked("登记准确率", "registration_accuracy", "信息一致", "已登记", reports.Floating)
)

// checked is a rate of persons.
func checked(name, metric, part, whole string, c reports.Colour) reports.Measure {
	return reports.Measure{Name: name, Metric: metric, Unit: reports.Share, Colour: c,
		Part: "part", Whole: "whole", PartName: part, WholeName: whole, PartUnit: reports.Persons}
}

func saysFloating(d *reports.Data) string {
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

// saysFloatingAges names the largest band.
func saysFloatingAges(d *reports.Data) string {
	all, most, name := decimal.Zero, decimal.Zero, ""
	women := d.InOrder(floatingWomen, "age_band")
	for i, n := range d.InOrder(floatingMen, "age_band") {
		sum := n.Number.Add(women[i].Number)
		all = all.Add(sum)
		if sum.GreaterThan(most) {
			most, name = sum, n.Name
		}
	}
	if name == "" {
		return ""
	}
	return fmt.Sprintf("%s的最多，%s，占 %s", name, persons(most), share(most, all))
}
