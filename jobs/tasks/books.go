package tasks

import (
	"context"
	"path/filepath"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
	"xingce/reports"
	"xingce/reports/sheets"
)

func (p *Press) scope(community string, about period.Period) sheets.Scope {
	return sheets.Scope{Community: community, Period: about, SQL: p.Catalog.Hash(), Version: p.Version}
}

// quarterBooks are the workbooks that go with a quarter's pages: for each
// community the points to be put up, the cards to work units and what to look
// at again, and for the town which sheets came. Whoever has nothing to say in
// one has none.
func (p *Press) quarterBooks(ctx context.Context, e *edition) ([]reports.Page, error) {
	session, names, quarter := e.session, e.Communities, e.about
	tables := map[string]queries.Table{}
	for _, metric := range []string{"in_service_cards", "member_activities", "member_hours", "findings", "control_totals", "slices", "slices_missing"} {
		var err error
		if tables[metric], err = session.Table(ctx, metric, quarter); err != nil {
			return nil, err
		}
	}
	var pages []reports.Page
	for _, policy := range e.policies {
		if policy.Subject != stars.Members || period.Year(quarter.Start.Year()).Start.Before(policy.From) {
			continue
		}
		books, err := p.points(ctx, session, policy, names, quarter)
		if err != nil {
			return nil, err
		}
		pages = append(pages, books...)
	}
	for _, name := range names {
		s := p.scope(name, quarter)
		cards, ok, err := sheets.Feedback(s, sheets.FeedbackInput{Cards: tables["in_service_cards"], Activities: tables["member_activities"], Hours: tables["member_hours"]})
		if err != nil {
			return nil, err
		}
		if ok {
			pages = append(pages, cards)
		}
		again, ok, err := sheets.Findings(s, sheets.FindingsInput{Findings: tables["findings"], Totals: tables["control_totals"]})
		if err != nil {
			return nil, err
		}
		if ok {
			pages = append(pages, again)
		}
	}
	town, err := sheets.Submissions(p.scope(e.Town, quarter), sheets.SubmissionsInput{Communities: names, Slices: tables["slices"], Missing: tables["slices_missing"]})
	return append(pages, town), err
}

// points are the workbooks of how everyone stands at a quarter's end.
func (p *Press) points(ctx context.Context, session *queries.Session, policy stars.Policy, names []string, quarter period.Period) ([]reports.Page, error) {
	now, err := progress(ctx, session, policy, names, quarter)
	if err != nil {
		return nil, err
	}
	before := map[string][]stars.Rating{}
	if former := quarter.Prev(); former.Start.Year() == quarter.Start.Year() {
		if before, err = progress(ctx, session, policy, names, former); err != nil {
			return nil, err
		}
	}
	var pages []reports.Page
	for _, name := range names {
		if len(now[name]) == 0 {
			continue
		}
		page, err := sheets.QuarterPoints(p.scope(name, quarter), policy, before[name], now[name])
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// progress is how everyone of each community stands at a quarter's end.
func progress(ctx context.Context, session *queries.Session, policy stars.Policy, names []string, quarter period.Period) (map[string][]stars.Rating, error) {
	ratings, err := stars.Progress(ctx, session, policy, names, quarter)
	return byCommunity(ratings), err
}

func byCommunity(ratings []stars.Rating) map[string][]stars.Rating {
	of := map[string][]stars.Rating{}
	for _, r := range ratings {
		of[r.Community] = append(of[r.Community], r)
	}
	return of
}

// yearBooks are a community's workbooks of a year: what people decide by, what
// the year was counted from by quarter, and a draft of what is put up.
func (p *Press) yearBooks(name string, year period.Period, policy stars.Policy, ratings []stars.Rating, quarters [3]map[string][]stars.Rating, sources queries.Table) ([]reports.Page, error) {
	about := p.scope(name, year)
	evaluation, err := sheets.Evaluation(sheets.EvaluationInput{Scope: about, Policy: policy, Ratings: ratings, Sources: sources})
	if err != nil {
		return nil, err
	}
	var stood [3][]stars.Rating
	for q := range stood {
		stood[q] = quarters[q][name]
	}
	ledger, err := sheets.Ledger(about, policy, stood, ratings)
	if err != nil {
		return nil, err
	}
	notice, err := sheets.Notice(about, stars.Round{Stage: stars.Draft, Policy: policy, Ratings: ratings})
	return []reports.Page{evaluation, ledger, notice}, err
}

// quartersOf are how everyone stood at the ends of a year's first three
// quarters.
func quartersOf(ctx context.Context, session *queries.Session, policy stars.Policy, names []string, year period.Period) (stood [3]map[string][]stars.Rating, err error) {
	for q := range stood {
		if stood[q], err = progress(ctx, session, policy, names, period.Quarter(year.Start.Year(), q+1)); err != nil {
			return stood, err
		}
	}
	return stood, nil
}

// Notice makes the list of a posted round from its frozen scores, and gives its
// path below published/. It stays when the year's workbooks are made again.
func (p *Press) Notice(ctx context.Context, of duckdb.RoundOf) (string, error) {
	round, err := p.DB.Round(ctx, of)
	if err != nil {
		return "", err
	}
	page, err := sheets.Notice(p.scope(of.Community, period.Year(of.Year)), round)
	if err != nil {
		return "", err
	}
	local, err := filepath.Localize(page.Path)
	if err != nil {
		return "", err
	}
	return page.Path, replace(filepath.Join(p.Dir, local), page.Body, 0o644)
}
