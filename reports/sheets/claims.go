package sheets

import (
	"slices"

	"github.com/shopspring/decimal"

	"xingce/ingest/period"
	"xingce/reports"
)

// claims are the members by kind as a workbook's lists have them, and all of
// them: a dashboard counts the same from the roll.
func (l roster) claims(community string, year period.Period) []reports.Claim {
	members := func(name string, only [2]string) reports.Claim {
		return reports.Claim{Community: community, Period: year, Of: reports.Measure{
			Name: name, Metric: "members_by_kind", Column: "members", Only: only, Unit: reports.Persons,
		}}
	}
	one := decimal.New(1, 0)
	claims := []reports.Claim{members("名册党员", [2]string{})}
	for _, r := range slices.Concat(l.listed, l.separate, l.elsewhere) {
		claims[0].Says = claims[0].Says.Add(one)
		at := slices.IndexFunc(claims, func(c reports.Claim) bool { return c.Of.Only[1] == r.Kind })
		if at < 0 {
			at = len(claims)
			claims = append(claims, members(r.Kind+"党员", [2]string{"kind", r.Kind}))
		}
		claims[at].Says = claims[at].Says.Add(one)
	}
	return claims
}
