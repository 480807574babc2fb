package dashboards

import (
	"context"
	"fmt"
	"strings"

	"xingce/queries"
	"xingce/reports"
)

// Town is the town's page: its communities side by side. Sums and shares are
// of all communities that sent their sheets; which did not is said.
func Town(ctx context.Context, fig reports.Figures, catalog *queries.Catalog, scope reports.Scope) (reports.Page, error) {
	scope.Community = ""
	return town.Page(ctx, fig, catalog, scope)
}

var town = reports.Dashboard{
	Name: "dashboard", Title: "各社区看板",
	Headline: townHeadline,
	Figures:  keyFigures,
	Checks:   []reports.Check{missingCheck, flowCheck, groupCheck, sheetCheck},
	Sections: []reports.Section{
		{ID: "comparison", Title: "各社区对照", Says: saysReported, Tables: comparison},
		{ID: "people", Title: "人口", Says: saysTownPeople, Panels: []reports.Panel{
			ranking("residents", "各社区居民", residents, registered, floating),
			{
				ID: "ages", Title: "全镇居民年龄和性别",
				Shape: reports.Pyramid{By: "age_band", Title: "年龄", Left: men, Right: women},
				Says:  saysAges,
			},
		}},
		{ID: "floating-people", Title: "流动人口", Says: saysFloating, Panels: []reports.Panel{
			ranking("floating", "各社区流动人口占比", floatingShare),
			ranking("net", "各社区流动人口净流入", net),
			ranking("households", "各社区流动户占比", floatingHouseholds),
			{
				ID: "floating-ages", Title: "全镇流动人口年龄和性别",
				Shape: reports.Pyramid{By: "age_band", Title: "年龄", Left: floatingMen, Right: floatingWomen},
				Says:  saysFloatingAges,
			},
			each("floating-each", "流动人口占比的变化", floatingShare),
			each("net-each", "流动人口净流入的变化", net),
		}},
		{ID: "party", Title: "党员", Says: saysParty, Panels: []reports.Panel{
			ranking("direct", "各社区直管党员", direct),
			ranking("in-service", "各社区在职党员", inService),
			ranking("meetings", "各社区三会一课到会率", meetings),
			ranking("contacts", "各社区在职党员联系率", contacts),
		}},
		{ID: "cards", Title: "四卡", Says: saysCards, Panels: []reports.Panel{
			ranking("cards-in-service", "各社区在职党员四卡齐全率", inServiceComplete),
			ranking("answered", "各社区反馈卡回执率", answered),
		}},
		{ID: "volunteers", Title: "队伍与志愿服务", Says: saysVolunteers, Panels: []reports.Panel{
			ranking("participation", "各社区志愿者参与率", participation),
			ranking("hours", "各社区服务时长", hours),
			each("participation-each", "志愿者参与率的变化", participation),
			each("hours-each", "服务时长的变化", hours),
		}},
		{ID: "activities", Title: "活动", Says: saysActivities, Panels: []reports.Panel{
			{
				ID: "calendar", Title: "全镇活动日历",
				Shape: reports.Calendar{Of: dayActivities},
				Says:  saysCalendar,
			},
			ranking("activities-ranked", "各社区活动", activityKinds),
		}},
		{ID: "donations", Title: "捐款", Says: saysDonations, Panels: []reports.Panel{
			ranking("amounts", "各社区捐款", donations),
			ranking("gifts", "各社区捐款笔数", gifts),
		}},
		{ID: "stars", Title: "星级进度", Says: saysStars, Panels: []reports.Panel{
			{
				ID: "stars-so-far", Title: "照现在的积分看的星级，全镇",
				Shape: reports.Bars{By: "star", Title: "星级", Of: []reports.Measure{starMembers}, AsIs: true},
				Says:  saysFirst(starMembers, "star"),
			},
			ranking("starred", "各社区够一星以上的占比", starred),
		}},
		{ID: "quality", Title: "数据质量", Says: saysQuality, Needs: quality.Needs,
			Tables: townTables,
			Panels: []reports.Panel{
				unless(ranking("issues-ranked", "各社区表里的差错", errorsFound), "各社区的表都没有差错"),
				unless(ranking("late", "各社区迟交的表", sheetsLate), "没有迟交的表"),
			}},
	},
	Given: starMetrics,
}

// ranking ranks the communities by a measure, drawn in parts if it has some.
func ranking(id, title string, m reports.Measure, parts ...reports.Measure) reports.Panel {
	if parts == nil {
		parts = []reports.Measure{m}
	}
	return reports.Panel{ID: id, Title: title, Shape: reports.Bars{By: "community", Title: "社区", Of: parts}, Says: saysFirst(m, "community")}
}

// unless says so where there is nothing to rank.
func unless(p reports.Panel, none string) reports.Panel {
	bars := p.Shape.(reports.Bars)
	bars.None = none
	p.Shape = bars
	return p
}

func each(id, title string, of reports.Measure) reports.Panel {
	return reports.Panel{ID: id, Title: title, Wide: true, Shape: reports.Each{Of: of}, Says: saysGrown(of)}
}

func townHeadline(d *reports.Data) []string {
	list := quarterHeadline(d)
	if first := known(d.By(floatingShare, "community")); len(first) > 1 {
		last := first[len(first)-1]
		list = append(list, fmt.Sprintf("流动人口占比最高的是%s（%s），最低的是%s（%s）。", first[0].Name, first[0].Value, last.Name, last.Value))
	}
	return list
}

func saysReported(d *reports.Data) string {
	var missing []string
	for _, n := range d.InOrder(residents, "community") {
		if !n.Known {
			missing = append(missing, n.Name)
		}
	}
	if len(missing) == 0 {
		return fmt.Sprintf("%d 个社区都有居民登记。", len(d.Communities)) + saysFew
	}
	return fmt.Sprintf("%d 个社区中 %d 个没有居民登记：%s。合计只算有数据的社区，有社区缺报时合计不作环比、同比。", len(d.Communities), len(missing), strings.Join(missing, "、")) + saysFew
}

// saysFew explains what stands for small counts.
const saysFew = "细分的人数只有一到四人的写作“<5”，能推算出它的写作“不列”；合计里都算在内。"

func saysTownPeople(d *reports.Data) string {
	if !d.Now(floating).Known {
		return ""
	}
	text := fmt.Sprintf("全镇流动人口 %s，占居民的 %s，%s", d.Now(floating), d.Now(floatingShare), d.Change(floatingShare).Than("上季"))
	if now := d.Now(floatingHomes); now.Known {
		text += fmt.Sprintf("；流动户 %s，%s", now, compared(d, floatingHomes))
	}
	return text + "。"
}

// comparison is the table of all communities, in the town's own order.
func comparison(d *reports.Data) []reports.Numbers {
	measures := []reports.Measure{households, floatingShare, net, direct, inService, participation, donations}
	rows := make([][]reports.Value, len(d.Communities))
	var total []reports.Value
	for _, m := range measures {
		for i, n := range d.InOrder(m, "community") {
			rows[i] = append(rows[i], n.Value)
		}
		total = append(total, d.Now(m))
	}
	return []reports.Numbers{reports.NumbersOf(d.Period.Title(), "社区", d.Communities, measures, rows, total)}
}

// saysGrown counts where a figure rose and fell in a year, and names the
// largest change.
func saysGrown(m reports.Measure) func(*reports.Data) string {
	return func(d *reports.Data) string {
		now, before := d.InOrder(m, "community"), d.YearBefore(m, "community")
		rose, fell, compared := directions(now, before)
		if compared == 0 {
			return ""
		}
		most, name := reports.Change{}, ""
		for i, n := range now {
			if c := n.Value.Since(before[i].Value); c.Known && (name == "" || c.By.Abs().GreaterThan(most.By.Abs())) {
				most, name = c, n.Name
			}
		}
		var parts []string
		if rose > 0 {
			parts = append(parts, fmt.Sprintf("%d 个社区上升", rose))
		}
		if fell > 0 {
			parts = append(parts, fmt.Sprintf("%d 个下降", fell))
		}
		if parts == nil {
			return m.Name + "与上年同期持平"
		}
		return fmt.Sprintf("%s较上年同期：%s，变化最大的是%s，%s", m.Name, strings.Join(parts, "、"), name, most.Words())
	}
}
