package dashboards

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/stars"
	"xingce/reports"
)

// starSection is how the members stand in the year so far. It names nobody:
// points by name are a sheet of their own.
var starSection = reports.Section{ID: "stars", Title: "星级进度", Says: saysStars,
	Lines: []reports.Line{{Measure: starred}},
	Panels: []reports.Panel{
		{
			ID: "stars-so-far", Title: "照现在的积分看的星级",
			Shape: reports.Bars{By: "star", Title: "星级", Of: []reports.Measure{starMembers}, AsIs: true},
			Says:  saysFirst(starMembers, "star"),
		},
		{
			ID: "star-points", Title: "各项得分",
			Shape: reports.Bars{By: "item", Title: "项目", Of: []reports.Measure{starPoints}, AsIs: true},
			Says:  saysFirst(starPoints, "item"),
		},
	},
}

// What a policy makes of the records, and no SQL alone: the job that publishes
// gives it.
var starMetrics = []*queries.Metric{starsSoFar, pointsSoFar}

var (
	starsSoFar = &queries.Metric{Name: "stars_so_far", Title: "星级进度", Grain: "part", Unit: "persons", Basis: "台账",
		Text: "按本地的星级评定办法，用一月一日到季末的记录给参加评定的直管党员计分，再照全年的分档看现在够几星。只是进度，不是评定：年底由支部初评、公示、审定。"}
	pointsSoFar = &queries.Metric{Name: "star_points_so_far", Title: "各项得分", Grain: "part", Unit: "points", Basis: "台账",
		Text: "参加评定的直管党员从一月一日到季末在办法的每一项上得分之和，已按每人的封顶算；扣分项是负数。"}

	starMembers = reports.Measure{Name: "党员", Metric: "stars_so_far", Column: "members", Unit: reports.Persons, Colour: reports.Teal}
	starPoints  = reports.Measure{Name: "得分", Metric: "star_points_so_far", Column: "points", Unit: reports.Points, Colour: reports.Teal}
	starred     = reports.Measure{Name: "够一星以上的占比", Metric: "stars_so_far", Unit: reports.Share, Colour: reports.Teal,
		Part: "starred", Whole: "members", PartName: "够一星", WholeName: "计分的党员", PartUnit: reports.Persons}
)

// GiveStars brings what a policy makes of a quarter's end to the pages.
func GiveStars(to *reports.Tables, policy stars.Policy, quarter period.Period, ratings []stars.Rating) {
	stand := queries.Table{Columns: []queries.Column{{Name: "community"}, {Name: "star"}, {Name: "members", Type: queries.Int}, {Name: "starred", Type: queries.Int}}}
	points := queries.Table{Columns: []queries.Column{{Name: "community"}, {Name: "item"}, {Name: "points", Type: queries.Decimal, Scale: policy.Digits}}}
	of := map[string][]stars.Rating{}
	var communities []string
	for _, r := range ratings {
		if r.Scored && !r.Separate {
			if of[r.Community] == nil {
				communities = append(communities, r.Community)
			}
			of[r.Community] = append(of[r.Community], r)
		}
	}
	slices.SortFunc(communities, cmp.Compare[string])
	for _, community := range communities {
		count := map[int]int64{}
		sums := map[string]decimal.Decimal{}
		for _, r := range of[community] {
			count[r.Star]++
			for _, mark := range r.Marks {
				sums[mark.Item.Title] = sums[mark.Item.Title].Add(mark.Points)
			}
		}
		for star := len(policy.Bands); star >= 0; star-- {
			name, has := "还不够一星", count[star]
			if star > 0 {
				name = strings.Repeat("★", star)
			} else {
				has = 0
			}
			stand.Rows = append(stand.Rows, []any{community, name, count[star], has})
		}
		for _, item := range policy.Items {
			points.Rows = append(points.Rows, []any{community, item.Title, sums[item.Title]})
		}
	}
	by := func(m *queries.Metric) *queries.Metric {
		own := *m
		own.Text = "依据：" + policy.Title + "。" + m.Text
		own.SQL = policy.Text()
		return &own
	}
	to.Give(by(starsSoFar), quarter, stand)
	to.Give(by(pointsSoFar), quarter, points)
}

func saysStars(d *reports.Data) string {
	now := d.Now(starred)
	if !now.Known {
		return ""
	}
	return fmt.Sprintf("到季末计分的直管党员 %s人，照现在的积分够一星以上的 %s人，占 %s。", now.Whole, now.Part, now)
}
