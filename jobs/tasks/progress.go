package tasks

import (
	"context"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/stars"
	"xingce/reports"
	"xingce/reports/dashboards"
)

// tables are what a quarter's pages share: the answers of the session, and how
// the members stand under the policy at the quarter's end, which no SQL says.
func (p *Press) tables(ctx context.Context, session *queries.Session, communities []string, quarter period.Period) (*reports.Tables, error) {
	tables := reports.NewTables(session, communities)
	if p.Policy == nil {
		return tables, nil
	}
	// A page also tells of the two quarters that its own is set against.
	for _, q := range []period.Period{quarter, quarter.Prev(), quarter.YearBefore()} {
		if period.Year(q.Start.Year()).Start.Before(p.Policy.From) {
			continue
		}
		ratings, err := stars.Progress(ctx, session, *p.Policy, communities, q)
		if err != nil {
			return nil, err
		}
		dashboards.GiveStars(tables, *p.Policy, q, ratings)
	}
	return tables, nil
}
