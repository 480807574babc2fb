package tasks

import (
	"context"
	"fmt"
	"slices"

	"xingce/ingest/period"
	"xingce/jobs"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
	"xingce/reports/sheets"
)

// Rate is the year-end rating as a job: it judges every member, keeps the
// ratings as a proposal and makes each community's workbook. Its slot is
// about the year that ended last. People decide what becomes of it.
func (p *Press) Rate(spec string, policy stars.Policy) *jobs.Job {
	return &jobs.Job{Name: "rate", Title: "年度评星", Spec: spec, Do: func(ctx context.Context, run jobs.Run) (jobs.Result, error) {
		year, err := window(run, period.Yearly)
		if err != nil {
			return jobs.Result{}, err
		}
		rated, books, err := p.rate(ctx, policy, year)
		if err != nil {
			return jobs.Result{}, err
		}
		return jobs.Result{Says: fmt.Sprintf("%s：评定 %d 人，工作簿 %d 个", year.Title(), rated, books)}, nil
	}}
}

func (p *Press) rate(ctx context.Context, policy stars.Policy, year period.Period) (rated, books int, err error) {
	names, err := p.communities(ctx)
	if err != nil {
		return 0, 0, err
	}
	session := queries.NewSession(p.Catalog, p.DB)
	cases, err := stars.Collect(ctx, session, policy, names, year)
	if err != nil {
		return 0, 0, fmt.Errorf("rate %s: %w", year, err)
	}
	ratings := map[string][]stars.Rating{}
	for _, c := range cases {
		r := stars.Judge(policy, c)
		ratings[c.Community] = append(ratings[c.Community], r)
		if r.Scored {
			rated++
		}
	}
	if rated == 0 {
		return 0, 0, fmt.Errorf("rate %s: 没有%s的党员名册，不能评定", year, year.Title())
	}
	err = p.DB.Update(ctx, "rate "+year.String(), func(tx *duckdb.Tx) error {
		for _, name := range names {
			if err := tx.Propose(ctx, year.Start.Year(), name, policy, ratings[name]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	sources, err := session.Table(ctx, "sources", year)
	if err != nil {
		return 0, 0, err
	}
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return len(ratings[name]) == 0 })
	for i, name := range names {
		page, err := sheets.Evaluation(sheets.EvaluationInput{
			Community: name, Year: year, Policy: policy, Ratings: ratings[name],
			Sources: sources, SQL: p.Catalog.Hash(), Version: p.Version,
		})
		if err == nil {
			err = p.put(page)
		}
		if err != nil {
			return rated, i, fmt.Errorf("rate %s: %s: %w", year, name, err)
		}
		if p.Each != nil {
			p.Each(i+1, len(names), page.Path)
		}
	}
	return rated, len(names), nil
}
