package dashboards

import (
	"fmt"

	"github.com/shopspring/decimal"

	"xingce/reports"
)

// party is the branch's members, and the posts that members claim.
var party = reports.Section{ID: "party", Title: "党员与岗位", Says: saysParty,
	Lines: []reports.Line{{Measure: meetings}, {Measure: contacts}},
	Panels: []reports.Panel{
		{
			ID: "member-kinds", Title: "党员构成",
			Shape: reports.Columns{Of: []reports.Measure{direct, inService, away}, Apart: true},
			Says:  saysKinds,
		},
		{
			ID: "member-groups", Title: "支部、党小组和党员",
			Shape: reports.Tree{Levels: []string{"branch", "party_group"}, Titles: []string{"支部", "党小组"}, Of: branched, Mark: ungrouped, Once: direct},
			Says:  saysGroups,
		},
		{
			ID: "member-ages", Title: "直管党员年龄和性别",
			Shape: reports.Pyramid{By: "age_band", Title: "年龄", Left: memberMen, Right: memberWomen},
			Says:  saysMemberAges,
		},
		{
			ID: "posts", Title: "党员认领岗位情况",
			Shape: reports.Bars{By: "posts", Title: "认领岗位数", Of: []reports.Measure{inServicePosts, directPosts}, AsIs: true},
			Says:  saysPosts,
		},
		{
			ID: "claims", Title: "各类岗位认领",
			Shape: reports.Bars{By: "category", Title: "岗位类别", Of: []reports.Measure{claims}},
			Says:  saysFirst(claims, "category"),
		},
		{
			ID: "vacancies", Title: "空缺岗位",
			Shape: reports.Bars{By: "post", Title: "岗位", Of: []reports.Measure{vacancies}, Most: 12},
			Says:  saysVacancies,
		},
	},
}

var (
	branched    = reports.Measure{Name: "直管党员", Metric: "members_by_branch", Column: "members", Unit: reports.Persons, Colour: reports.Teal}
	memberMen   = reports.Measure{Name: "男", Metric: "members_by_age", Column: "men", Only: [2]string{"kind", "直管"}, Unit: reports.Persons, Colour: reports.Violet}
	memberWomen = reports.Measure{Name: "女", Metric: "members_by_age", Column: "women", Only: [2]string{"kind", "直管"}, Unit: reports.Persons, Colour: reports.Mauve}

	inServicePosts = reports.Measure{Name: "在职党员", Metric: "posts_per_member", Column: "members", Only: [2]string{"kind", "在职"}, Unit: reports.Persons, Colour: reports.Violet}
	directPosts    = reports.Measure{Name: "直管党员", Metric: "posts_per_member", Column: "members", Only: [2]string{"kind", "直管"}, Unit: reports.Persons, Colour: reports.Teal}
	claims         = reports.Measure{Name: "认领", Metric: "claims_by_category", Column: "claims", Unit: reports.Attendances, Colour: reports.Violet}
	vacancies      = reports.Measure{Name: "空缺", Metric: "post_vacancies", Column: "vacant", Unit: reports.Persons, Colour: reports.Violet}

	meetings = reports.Measure{Name: "三会一课到会率", Metric: "meeting_attendance", Unit: reports.Share, Colour: reports.Teal,
		Part: "part", Whole: "whole", PartName: "实到", WholeName: "应到", PartUnit: reports.Attendances}
	contacts = checked("在职党员联系率", "in_service_contacts", "联系两次以上", "在职党员", reports.Violet)
)

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

func saysMemberAges(d *reports.Data) string {
	old, all := decimal.Zero, decimal.Zero
	for _, sex := range []reports.Measure{memberMen, memberWomen} {
		for _, n := range d.InOrder(sex, "age_band") {
			all = all.Add(n.Number)
			if leading(n.Name) > 60 {
				old = old.Add(n.Number)
			}
		}
	}
	if !all.IsPositive() {
		return ""
	}
	return fmt.Sprintf("直管党员中 61 岁以上 %s，占 %s", persons(old), share(old, all))
}

// saysPosts counts the in-service members with one post or two, as they should.
func saysPosts(d *reports.Data) string {
	all, right := decimal.Zero, decimal.Zero
	for _, n := range d.InOrder(inServicePosts, "posts") {
		all = all.Add(n.Number)
		if leading(n.Name) == 1 {
			right = n.Number
		}
	}
	if !all.IsPositive() {
		return ""
	}
	return fmt.Sprintf("在职党员 %s中 %s认领了 1 至 2 个岗位，占 %s", persons(all), persons(right), share(right, all))
}

func saysVacancies(d *reports.Data) string {
	open, places := 0, decimal.Zero
	list := known(d.InOrder(vacancies, "post"))
	for _, n := range list {
		if n.Number.IsPositive() {
			open, places = open+1, places.Add(n.Number)
		}
	}
	if len(list) == 0 {
		return ""
	}
	if open == 0 {
		return fmt.Sprintf("%d 个岗位都有人认领", len(list))
	}
	return fmt.Sprintf("%d 个岗位中 %d 个还有空缺，共缺 %s", len(list), open, persons(places))
}
