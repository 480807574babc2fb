package tasks

import (
	"context"
	"fmt"
	"slices"
	"time"

	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/jobs"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
)

// Rate is the year-end rating as a job: it judges everyone by the policies,
// keeps the ratings as proposals and makes each community's workbook of its
// members. Its slot is about the year that ended last. People decide what
// becomes of it; what was missing is said.
func (p *Press) Rate(spec string, policies ...stars.Policy) *jobs.Job {
	return &jobs.Job{Name: "rate", Title: "年度评星", Spec: spec, Do: func(ctx context.Context, run jobs.Run) (jobs.Result, error) {
		year, err := window(run, period.Yearly)
		if err != nil {
			return jobs.Result{}, err
		}
		said, err := p.publish(ctx, run.ID, year, p.year, policies...)
		if err != nil {
			return jobs.Result{}, fmt.Errorf("rate %s: %w", year, err)
		}
		return jobs.Result{Says: year.Title() + "：" + said}, nil
	}}
}

// year rates, and makes a year's workbooks. The ratings are proposed when
// nothing holds the workbooks back.
func (p *Press) year(ctx context.Context, e *edition) (string, error) {
	if err := e.totals(ctx); err != nil {
		return "", err
	}
	rated := map[string]int{}
	for _, policy := range e.policies {
		ratings, err := stars.Rate(ctx, e.session, policy, e.Communities, e.about)
		if err != nil {
			return "", err
		}
		of := byCommunity(ratings)
		for _, r := range ratings {
			if r.Scored {
				rated[policy.Subject]++
			}
		}
		if policy.Subject == stars.Members && rated[stars.Members] == 0 {
			return "", fmt.Errorf("没有%s的党员名册，不能评定", e.about.Title())
		}
		e.settle = append(e.settle, func(ctx context.Context) error {
			return p.propose(ctx, policy, e.Communities, of, e.about)
		})
		if policy.Subject == stars.Members {
			if err := p.evaluations(ctx, e, policy, of); err != nil {
				return "", err
			}
		}
	}
	said := fmt.Sprintf("评定 %d 人，工作簿 %d 个", rated[stars.Members], e.done)
	if n := rated[stars.Volunteers]; n > 0 {
		said = fmt.Sprintf("评定党员 %d 人、义工 %d 人，工作簿 %d 个", rated[stars.Members], n, e.done)
	}
	missing, err := p.missing(ctx, e)
	return said + "；待支部初评" + missing, err
}

func (p *Press) propose(ctx context.Context, policy stars.Policy, names []string, of map[string][]stars.Rating, year period.Period) error {
	return p.DB.Update(ctx, "rate "+year.String()+" "+policy.Name, func(tx *duckdb.Tx) error {
		for _, name := range names {
			if len(of[name]) == 0 {
				continue
			}
			if _, err := tx.Propose(ctx, year.Start.Year(), name, policy, of[name]); err != nil {
				return err
			}
		}
		return nil
	})
}

// evaluations makes each community's workbooks.
func (p *Press) evaluations(ctx context.Context, e *edition, policy stars.Policy, of map[string][]stars.Rating) error {
	sources, err := e.session.Table(ctx, "sources", e.about)
	if err != nil {
		return err
	}
	var names []string
	for _, name := range e.Communities {
		if len(of[name]) > 0 {
			names = append(names, name)
		} else {
			e.Missing = append(e.Missing, name+"没有"+e.about.Title()+"的党员名册，没有出工作簿")
		}
	}
	quarters, err := quartersOf(ctx, e.session, policy, names, e.about)
	if err != nil {
		return err
	}
	for i, name := range names {
		pages, err := p.yearBooks(name, e.about, policy, of[name], quarters, sources)
		if i == 0 {
			e.total += len(pages) * len(names)
		}
		for _, page := range pages {
			if err == nil {
				err = e.put(ctx, page)
			}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// totals looks whether the sheets that ratings count agree with the totals that
// they state themselves. Where rows were sent back, the total waits for them.
func (e *edition) totals(ctx context.Context) error {
	differ, err := e.session.Table(ctx, "control_totals", e.about)
	if err != nil {
		return err
	}
	sources, err := e.session.Table(ctx, "sources", e.about)
	if err != nil {
		return err
	}
	for row := range differ.Rows {
		sheet := sources
		for _, column := range []string{"community", "kind", "file", "sheet", "part"} {
			sheet = sheet.Where(column, differ.Value(row, column))
		}
		word := func(column string) string {
			return differ.Columns[differ.Index(column)].String(differ.Value(row, column))
		}
		counts := slices.Contains(judgedBy, word("kind")) && slices.Contains(e.Communities, word("community"))
		for at := range sheet.Rows {
			if rejected, _ := queries.Number(sheet.Value(at, "rejected")); rejected.IsPositive() {
				counts = false
			}
		}
		if counts {
			e.fault("%s的%s（%s）%s合计写的是 %s，各行相加是 %s；请改正后再交", word("community"), kinds.Find(word("kind")).Title, word("file"), word("place"), word("stated"), word("summed"))
		}
	}
	return nil
}

// judgedBy are the kinds of sheets that measures of members and volunteers
// count.
var judgedBy = []string{"member", "attendance", "claim", "performance", "feedback", "appraisal", "conduct", "volunteer"}

// missing says which sheets a rating lacks, and how many names wait for a
// person: "" where nothing does.
func (p *Press) missing(ctx context.Context, e *edition) (string, error) {
	t, err := e.session.Table(ctx, "slices_missing", e.about)
	if err != nil {
		return "", err
	}
	var list []string
	for row := range t.Rows {
		community, _ := t.Value(row, "community").(string)
		kind, _ := t.Value(row, "kind").(string)
		if !slices.Contains(judgedBy, kind) || !slices.Contains(e.Communities, community) {
			continue
		}
		var when period.Period
		when.Start, _ = t.Value(row, "period_start").(time.Time)
		when.End, _ = t.Value(row, "period_end").(time.Time)
		list = append(list, community+when.Title()+kinds.Find(kind).Title)
	}
	said := ""
	if len(list) > 0 {
		said = "。缺：" + some(list, "、", " 等 %d 张")
	}
	for _, m := range list {
		e.Missing = append(e.Missing, "缺"+m)
	}
	waiting, err := p.DB.Waiting(ctx, "", e.about)
	if n := len(waiting); n > 0 {
		said += fmt.Sprintf("。等人认定的姓名 %d 个（xingce person queue）", n)
	}
	return said, err
}
