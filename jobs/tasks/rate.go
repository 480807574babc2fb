package tasks

import (
	"context"
	"fmt"
	"slices"
	"strings"
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
		said, err := p.rate(ctx, policies, year)
		if err != nil {
			return jobs.Result{}, fmt.Errorf("rate %s: %w", year, err)
		}
		return jobs.Result{Says: year.Title() + "：" + said}, nil
	}}
}

func (p *Press) rate(ctx context.Context, policies []stars.Policy, year period.Period) (string, error) {
	names, err := p.communities(ctx)
	if err != nil {
		return "", err
	}
	session := queries.NewSession(p.Catalog, p.DB)
	rated := map[string]int{}
	books := 0
	for _, policy := range policies {
		ratings, err := stars.Rate(ctx, session, policy, names, year)
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
			return "", fmt.Errorf("没有%s的党员名册，不能评定", year.Title())
		}
		if err := p.propose(ctx, policy, names, of, year); err != nil {
			return "", err
		}
		if policy.Subject == stars.Members {
			if books, err = p.evaluations(ctx, session, policy, names, of, year); err != nil {
				return "", err
			}
		}
	}
	said := fmt.Sprintf("评定 %d 人，工作簿 %d 个", rated[stars.Members], books)
	if n := rated[stars.Volunteers]; n > 0 {
		said = fmt.Sprintf("评定党员 %d 人、义工 %d 人，工作簿 %d 个", rated[stars.Members], n, books)
	}
	missing, err := p.missing(ctx, session, names, year)
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

// evaluations makes each community's workbooks, and says how many.
func (p *Press) evaluations(ctx context.Context, session *queries.Session, policy stars.Policy, names []string, of map[string][]stars.Rating, year period.Period) (int, error) {
	sources, err := session.Table(ctx, "sources", year)
	if err != nil {
		return 0, err
	}
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return len(of[name]) == 0 })
	quarters, err := quartersOf(ctx, session, policy, names, year)
	if err != nil {
		return 0, err
	}
	done := 0
	for i, name := range names {
		pages, err := p.yearBooks(name, year, policy, of[name], quarters, sources)
		for _, page := range pages {
			if err == nil {
				err = p.put(page)
				done++
			}
		}
		if err != nil {
			return done, fmt.Errorf("%s: %w", name, err)
		}
		if p.Each != nil {
			p.Each(i+1, len(names), pages[0].Path)
		}
	}
	return done, nil
}

// judgedBy are the kinds of sheets that measures of members and volunteers
// count.
var judgedBy = []string{"member", "attendance", "claim", "performance", "feedback", "appraisal", "conduct", "volunteer"}

// missing says which sheets a rating lacks, and how many names wait for a
// person: "" where nothing does.
func (p *Press) missing(ctx context.Context, session *queries.Session, names []string, year period.Period) (string, error) {
	t, err := session.Table(ctx, "slices_missing", year)
	if err != nil {
		return "", err
	}
	var list []string
	for row := range t.Rows {
		community, _ := t.Value(row, "community").(string)
		kind, _ := t.Value(row, "kind").(string)
		if !slices.Contains(judgedBy, kind) || !slices.Contains(names, community) {
			continue
		}
		var when period.Period
		when.Start, _ = t.Value(row, "period_start").(time.Time)
		when.End, _ = t.Value(row, "period_end").(time.Time)
		list = append(list, community+when.Title()+kinds.Find(kind).Title)
	}
	said := ""
	if n := len(list); n > 0 {
		const most = 6
		said = "。缺：" + strings.Join(list[:min(n, most)], "、")
		if n > most {
			said += fmt.Sprintf(" 等 %d 张", n)
		}
	}
	waiting, err := p.DB.Waiting(ctx, "", year)
	if n := len(waiting); n > 0 {
		said += fmt.Sprintf("。等人认定的姓名 %d 个（xingce person queue）", n)
	}
	return said, err
}
