package dashboards

import (
	"fmt"

	"xingce/reports"
)

// cards are the four cards of each member (四卡).
var cards = reports.Section{ID: "cards", Title: "四卡", Says: saysCards,
	Lines: []reports.Line{{Measure: inServiceComplete}, {Measure: directComplete}, {Measure: answered}},
	Panels: []reports.Panel{
		{
			ID: "cards-in-service", Title: "在职党员四卡",
			Shape: reports.Bars{By: "card", Title: "卡", Of: []reports.Measure{inServiceCards}, AsIs: true},
			Says:  saysLeast(inServiceCards, "card"),
		},
		{
			ID: "cards-direct", Title: "直管党员四卡",
			Shape: reports.Bars{By: "card", Title: "卡", Of: []reports.Measure{directCards}, AsIs: true},
			Says:  saysLeast(directCards, "card"),
		},
	},
}

var (
	inServiceCards    = cardsOf("有卡", "cards", "在职", reports.Violet)
	directCards       = cardsOf("有卡", "cards", "直管", reports.Teal)
	inServiceComplete = cardsOf("在职党员四卡齐全率", "card_completeness", "在职", reports.Violet)
	directComplete    = cardsOf("直管党员四卡齐全率", "card_completeness", "直管", reports.Teal)

	answered = reports.Measure{Name: "反馈卡回执率", Metric: "feedback_cards", Unit: reports.Share, Colour: reports.Violet,
		Part: "part", Whole: "whole", PartName: "回执", WholeName: "发出", PartUnit: reports.Copies}
)

func cardsOf(name, metric, kind string, c reports.Colour) reports.Measure {
	return reports.Measure{Name: name, Metric: metric, Unit: reports.Share, Colour: c, Only: [2]string{"kind", kind},
		Part: "part", Whole: "whole", PartName: "有卡", WholeName: "应有", PartUnit: reports.Copies}
}

func saysCards(d *reports.Data) string {
	if now := d.Now(inServiceComplete); now.Known {
		return fmt.Sprintf("在职党员应有四卡 %s份，实有 %s份，齐全率 %s，%s。", now.Whole, now.Part, now, d.Change(inServiceComplete).Than("上季"))
	}
	return ""
}

// saysLeast names what lacks most, of what anybody has: members of the branch's
// own get no feedback cards.
func saysLeast(m reports.Measure, column string) func(*reports.Data) string {
	return func(d *reports.Data) string {
		list := known(d.By(m, column))
		for len(list) > 0 && list[len(list)-1].Part.IsZero() {
			list = list[:len(list)-1]
		}
		if len(list) == 0 {
			return ""
		}
		least := list[len(list)-1]
		if least.Part.Equal(least.Whole) {
			return fmt.Sprintf("其中 %d 种卡人人都有", len(list))
		}
		return fmt.Sprintf("缺得最多的是%s，%s人中 %s人有，占 %s", least.Name, least.Whole, least.Part, least.Value)
	}
}
