// Package demo writes the workbooks that the README's first command runs on:
// what the eleven communities of one town would hand in for eight quarters.
//
// Nobody in them exists. Names are put together from syllables, ID numbers
// carry a region code (999…) that no place has, and phones a prefix that no
// carrier uses. Everything comes from one seed, so that each run writes the
// same bytes. In steps:
//
//  1. plan.go says how large each community is and what it reports.
//  2. people.go and family.go make persons, town.go and turnover.go let them
//     come and go for eight quarters.
//  3. members.go and volunteers.go pick some of them, events.go is what they
//     attend and give; cards.go, conduct.go and appraisal.go are what is written
//     of members, affairs.go, honours.go, feasts.go, care.go and overview.go what
//     else an office keeps.
//  4. office.go and offices.go hold the habits of each community's clerk: the
//     headings, the writing of dates, merged cells and other oddities.
//  5. forms.go lists the sheets, one for each kind and two for attendance;
//     sheets.go lays one out as a table, workbook.go and csv.go write it.
//
// 象山社区 in 2025Q4 has the figures of DOMAIN.md's founding text. What is
// wrong on purpose is listed in Faults and Gap.
package demo

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"xingce/ingest/period"
)

// Town is where the communities are.
const Town = "澄湾镇"

// Communities are the names of the town's communities.
var Communities = names()

// A Summary counts what was written.
type Summary struct {
	Files     int
	Rows      int // of data, in all sheets
	Residents int // of those, in the registers of residents
}

// Write writes all workbooks under dir, a folder for each community. It calls
// progress, which may be nil, after each file.
func Write(ctx context.Context, dir string, progress func(done, total int)) (Summary, error) {
	return write(ctx, dir, plan{scale: 1, communities: len(specs)}, progress)
}

// A plan says how much of the town is written.
type plan struct {
	scale       float64 // of all sizes; 1 is the whole
	communities int     // the first so many
	only        string  // one community's name, if not empty
	from        int     // the first quarter written, 0 to 7
}

// A job is one file.
type job struct {
	file   string // under dir
	tables []table
}

const workers = 2

func write(ctx context.Context, dir string, p plan, progress func(done, total int)) (Summary, error) {
	var jobs []job
	for i, s := range specs[:p.communities] {
		if p.only != "" && p.only != s.name {
			continue
		}
		c := settle(i, s, p.scale)
		for q := p.from; q < quarters; q++ {
			jobs = append(jobs, c.jobs(q)...)
		}
	}
	var mu sync.Mutex
	var sum Summary
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for _, j := range jobs {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := j.write(dir); err != nil {
				return fmt.Errorf("demo %s: %w", j.file, err)
			}
			mu.Lock()
			defer mu.Unlock()
			sum.Files++
			for _, t := range j.tables {
				sum.Rows += t.count
				if t.kind.Name == "resident" {
					sum.Residents += t.count
				}
			}
			if progress != nil {
				progress(sum.Files, len(jobs))
			}
			return nil
		})
	}
	err := group.Wait()
	return sum, err
}

func (j job) write(dir string) (err error) {
	path := filepath.Join(dir, filepath.FromSlash(j.file))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, file.Close()) }()
	if filepath.Ext(path) == ".csv" {
		return writeCSV(file, j.tables[0])
	}
	return writeWorkbook(file, j)
}

// quarters are counted from 2024Q1, which is 0.
const quarters = 8

func quarter(q int) period.Period { return period.Quarter(2024+q/4, q%4+1) }

func names() []string {
	list := make([]string, len(specs))
	for i, s := range specs {
		list[i] = s.name
	}
	return list
}
