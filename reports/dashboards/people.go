package dashboards

import (
	"fmt"

	"github.com/shopspring/decimal"

	"xingce/reports"
)

// people is who lives in the community, and in how many homes.
var people = reports.Section{ID: "people", Title: "人口", Says: saysResidents,
	Lines: []reports.Line{{Measure: cardCoverage}},
	Panels: []reports.Panel{
		{
			ID: "residents", Title: "居民人数",
			Shape: reports.Columns{Of: []reports.Measure{registered, floating}},
			Says:  saysChange(residents),
		},
		{
			ID: "ages", Title: "居民年龄和性别",
			Shape: reports.Pyramid{By: "age_band", Title: "年龄", Left: men, Right: women},
			Says:  saysAges,
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
	},
}

var (
	men   = reports.Measure{Name: "男", Metric: "residents_by_age", Column: "men", Unit: reports.Persons, Colour: reports.Violet}
	women = reports.Measure{Name: "女", Metric: "residents_by_age", Column: "women", Unit: reports.Persons, Colour: reports.Mauve}

	cardCoverage = reports.Measure{Name: "便民卡发放覆盖率", Metric: "card_coverage", Unit: reports.Share, Colour: reports.Base,
		Part: "part", Whole: "whole", PartName: "发到", WholeName: "住户", PartUnit: reports.Households}
)

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

// saysAges counts the old: from 60 on, and from 80.
func saysAges(d *reports.Data) string {
	sixty, eighty := decimal.Zero, decimal.Zero
	all := d.Now(men).Number.Add(d.Now(women).Number)
	for _, sex := range []reports.Measure{men, women} {
		for _, n := range d.InOrder(sex, "age_band") {
			switch from := leading(n.Name); {
			case from >= 80:
				eighty = eighty.Add(n.Number)
				fallthrough
			case from >= 60:
				sixty = sixty.Add(n.Number)
			}
		}
	}
	if !all.IsPositive() {
		return ""
	}
	return fmt.Sprintf("60 岁以上 %s，占 %s，其中 80 岁以上 %s", persons(sixty), share(sixty, all), persons(eighty))
}

// leading is the number that a band of ages begins with.
func leading(band string) int {
	n := 0
	for _, r := range band {
		if r < '0' || r > '9' {
			break
		}
		n = n*10 + int(r-'0')
	}
	return n
}
