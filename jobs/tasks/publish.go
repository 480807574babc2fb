package tasks

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
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
	// Anyway lets a publication pass the gate; nil for no one's word.
	Anyway *Anyway
	// Each is told of each file that is made, and of the last when all are out;
	// nil for no one.
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
		said, err := p.publish(ctx, run.ID, quarter, p.quarter, policies...)
		if err != nil {
			return jobs.Result{}, fmt.Errorf("publish %s: %w", quarter, err)
		}
		return jobs.Result{Says: quarter.Title() + "：" + said}, nil
	}}
}

// record writes into the database that an edition is out.
func (p *Press) record(ctx context.Context, run int64, e *edition, manifest string) error {
	return p.DB.Update(ctx, "publish "+e.About, func(tx *duckdb.Tx) error {
		return tx.Publish(ctx, run, e.About, manifest, e.policies...)
	})
}

// window is what a run is about: its part, else the period that ended last
// before its slot.
func window(run jobs.Run, grain period.Grain) (period.Period, error) {
	if run.Part == "" {
		return period.Of(grain, run.ScheduledFor).Prev(), nil
	}
	return grain.Parse(run.Part)
}

// communities is the town's list, or, where no one wrote one, those that
// sent something.
func (p *Press) communities(ctx context.Context) ([]string, error) {
	if len(p.Communities) > 0 {
		return p.Communities, nil
	}
	return p.DB.Communities(ctx)
}

// quarter makes a quarter's workbooks and pages.
func (p *Press) quarter(ctx context.Context, e *edition) (string, error) {
	sent, err := e.session.Table(ctx, "sources", e.about)
	if err != nil {
		return "", err
	}
	about := e.silent(sent)
	books, err := p.quarterBooks(ctx, e)
	if err != nil {
		return "", err
	}
	tables, err := p.tables(ctx, e)
	if err != nil {
		return "", err
	}
	e.total = len(books)
	for _, d := range dashboards.All() {
		if d.Town {
			e.total++
		} else {
			e.total += len(about)
		}
	}
	for _, page := range books {
		if err := e.put(ctx, page); err != nil {
			return "", err
		}
	}
	for _, d := range dashboards.All() {
		names := about
		if d.Town {
			names = []string{""}
		}
		for _, name := range names {
			page, err := d.Make(ctx, tables, p.Catalog, reports.Scope{
				Town: e.Town, Communities: e.Communities, Community: name, Period: e.about, Version: p.Version,
			})
			if err == nil {
				err = e.put(ctx, page)
			}
			if err != nil {
				return "", err
			}
		}
	}
	said := fmt.Sprintf("页面 %d 个，工作簿 %d 个", e.done-len(books), len(books))
	if len(e.Missing) > 0 {
		said += "；" + some(e.Missing, "；", "；等 %d 处")
	}
	return said, nil
}

// silent notes the communities that sent nothing, and gives those to make
// pages about: the others, and those whose empty page somebody wants.
func (e *edition) silent(sent queries.Table) (about []string) {
	for _, name := range e.Communities {
		said := name + "没有交" + e.about.Title() + "的表"
		switch {
		case len(sent.Where("community", name).Rows) > 0:
			about = append(about, name)
		case e.passes(said):
			about = append(about, name)
			e.Missing = append(e.Missing, said)
		default:
			e.Missing = append(e.Missing, said+"，没有出页面")
		}
	}
	return about
}

// Tidy clears away what publications that were cut short have left. It is done
// at the start.
func (p *Press) Tidy() error { return tidySets(p.Dir) }

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
