package tasks

import (
	"context"

	"xingce/ingest/period"
	"xingce/queries/stars"
	"xingce/reports"
	"xingce/reports/dashboards"
)

// tables are what a quarter's pages share: the answers of the session, and how
// the members stand under their policy at the quarter's end, which no SQL says.
func (p *Press) tables(ctx context.Context, e *edition) (*reports.Tables, error) {
	tables := reports.NewTables(e.session, e.Communities)
	for _, policy := range e.policies {
		if policy.Subject != stars.Members {
			continue
		}
		// A page also tells of the two quarters that its own is set against.
		for _, q := range []period.Period{e.about, e.about.Prev(), e.about.YearBefore()} {
			if period.Year(q.Start.Year()).Start.Before(policy.From) {
				continue
			}
			ratings, err := stars.Progress(ctx, e.session, policy, e.Communities, q)
			if err != nil {
				return nil, err
			}
			dashboards.GiveStars(tables, policy, q, ratings)
		}
	}
	return tables, nil
}
