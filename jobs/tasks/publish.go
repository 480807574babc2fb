package tasks

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"xingce/ingest/period"
	"xingce/jobs"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
	"xingce/reports"
	"xingce/reports/dashboards"
)

// quartersShown is how many quarters a page draws on.
const quartersShown = reports.Reach

// A Press makes published files. It is run by the one queue that also writes,
// so that the data stands still meanwhile.
type Press struct {
	DB          *duckdb.DB
	Catalog     *queries.Catalog
	Dir         string // published/
	Town        string
	Communities []string // in the town's order; empty takes those with data
	Version     string
	// Policy is what the members' points so far are counted by; nil for none.
	Policy *stars.Policy
	// Each is told of each file; nil for no one.
	Each func(done, total int, path string)
}

// Publish is the quarter's publication as a job: every community's dashboard
// and the town's, and the workbooks that go with them; points are by the
// policies. Its slot is about the quarter that ended last.
func (p *Press) Publish(spec string, policies ...stars.Policy) *jobs.Job {
	return &jobs.Job{Name: "publish", Title: "季度发布", Spec: spec, Do: func(ctx context.Context, run jobs.Run) (jobs.Result, error) {
		quarter, err := window(run, period.Quarterly)
		if err != nil {
			return jobs.Result{}, err
		}
		n, err := p.quarter(ctx, quarter)
		if err != nil {
			return jobs.Result{}, err
		}
		books, err := p.books(ctx, quarter, policies)
		if err != nil {
			return jobs.Result{}, fmt.Errorf("publish %s: %w", quarter, err)
		}
		return jobs.Result{Says: fmt.Sprintf("%s：页面 %d 个，工作簿 %d 个", quarter.Title(), n, books)}, nil
	}}
}

// window is what a run is about: its part, else the period that ended last
// before its slot.
func window(run jobs.Run, grain period.Grain) (period.Period, error) {
	if run.Part == "" {
		return period.Of(grain, run.ScheduledFor).Prev(), nil
	}
	p, err := period.Parse(run.Part)
	if err == nil && p.Grain() != grain {
		err = fmt.Errorf("期间 %s 不合：季度写作 2025Q4，年度写作 2025", run.Part)
	}
	return p, err
}

// communities is the town's list, or, where no one wrote one, those that
// sent something.
func (p *Press) communities(ctx context.Context) ([]string, error) {
	if len(p.Communities) > 0 {
		return p.Communities, nil
	}
	return p.DB.Communities(ctx)
}

func (p *Press) quarter(ctx context.Context, quarter period.Period) (int, error) {
	names, err := p.communities(ctx)
	if err != nil {
		return 0, err
	}
	tables, err := p.tables(ctx, queries.NewSession(p.Catalog, p.DB), names, quarter)
	if err != nil {
		return 0, fmt.Errorf("publish %s: %w", quarter, err)
	}
	total := 0
	for _, d := range dashboards.All() {
		if d.Town {
			total++
		} else {
			total += len(names)
		}
	}
	done := 0
	for _, d := range dashboards.All() {
		about := names
		if d.Town {
			about = []string{""}
		}
		for _, name := range about {
			page, err := d.Make(ctx, tables, p.Catalog, reports.Scope{
				Town: p.Town, Communities: names, Community: name, Period: quarter, Version: p.Version,
			})
			if err == nil {
				err = p.put(page)
			}
			if err != nil {
				return done, fmt.Errorf("publish %s: %w", quarter, err)
			}
			if done++; p.Each != nil {
				p.Each(done, total, page.Path)
			}
		}
	}
	return done, nil
}

// books makes a quarter's workbooks.
func (p *Press) books(ctx context.Context, quarter period.Period, policies []stars.Policy) (int, error) {
	names, err := p.communities(ctx)
	if err != nil {
		return 0, err
	}
	pages, err := p.quarterBooks(ctx, queries.NewSession(p.Catalog, p.DB), names, quarter, policies)
	for _, page := range pages {
		if err == nil {
			err = p.put(page)
		}
	}
	return len(pages), err
}

// put puts a page in its place below published/, and nowhere else.
func (p *Press) put(page reports.Page) error {
	local, err := filepath.Localize(page.Path)
	if err != nil {
		return fmt.Errorf("%q: %w", page.Path, err)
	}
	return replace(filepath.Join(p.Dir, local), page.Body, 0o644)
}

// Published lists the quarters and years that are out, oldest first.
func (p *Press) Published() ([]period.Period, error) {
	entries, err := os.ReadDir(p.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var list []period.Period
	for _, e := range entries {
		if q, bad := period.Parse(e.Name()); bad == nil {
			list = append(list, q)
		}
	}
	slices.SortFunc(list, period.Period.Compare)
	return list, err
}
