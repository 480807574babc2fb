package tasks

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"xingce/ingest"
	"xingce/ingest/period"
	"xingce/jobs"
)

// An Inbox takes in what lies in a folder, oldest name first. A file that
// went in whole is gone from the folder afterwards (its original is kept
// sealed); one that did not comes back in Returned, beside a text that says
// what is wrong with it.
type Inbox struct {
	*Intake
	Dir      string
	Returned string
	// Published says for which quarters pages are out, so that they can be
	// made again when a sheet changes what they show.
	Published func() ([]period.Period, error)
	// Each is told of each file; nil for no one.
	Each func(done, total int, o Outcome)
}

// Job is the inbox as a job.
func (in *Inbox) Job(spec string) *jobs.Job {
	return &jobs.Job{Name: "inbox", Title: "收件", Spec: spec, Do: in.do, Ready: func() bool {
		files, err := in.files()
		return err != nil || len(files) > 0
	}}
}

func (in *Inbox) do(ctx context.Context, run jobs.Run) (jobs.Result, error) {
	files, err := in.files()
	if err != nil {
		return jobs.Result{}, err
	}
	var sum ingest.Counts
	var unchanged, returned int
	var touched []period.Period
	for i, file := range files {
		settled, err := settle(ctx, filepath.Join(in.Dir, file))
		if err != nil {
			return jobs.Result{}, err
		}
		if !settled {
			continue
		}
		out, err := in.take(ctx, file)
		if err != nil {
			return jobs.Result{}, err
		}
		sum = sum.Add(out.Counts())
		for _, b := range out.Batches {
			touched = append(touched, b.Slice.Period)
		}
		if out.Unchanged {
			unchanged++
		}
		if out.Faulty() {
			returned++
		}
		if in.Each != nil {
			in.Each(i+1, len(files), out)
		}
	}
	if err := in.DB.Checkpoint(ctx); err != nil {
		return jobs.Result{}, err
	}
	result := jobs.Result{Says: fmt.Sprintf("文件 %d 个（未变 %d，退回 %d）；读 %d 行，收 %d，拒 %d，略 %d", len(files), unchanged, returned, sum.Read, sum.Accepted, sum.Rejected, sum.Skipped)}
	result.Then, err = in.stale(ctx, touched)
	return result, err
}

// take takes one file in and clears it away.
func (in *Inbox) take(ctx context.Context, file string) (Outcome, error) {
	path := filepath.Join(in.Dir, file)
	// The folders say what the name may not: 象山社区/2025年第四季度/住户.xlsx.
	out, err := in.File(ctx, path, filepath.ToSlash(file), "inbox", ingest.Hint{})
	if err != nil {
		return out, err
	}
	if !out.Faulty() {
		return out, os.Remove(path)
	}
	back := filepath.Join(in.Returned, in.Now().Format("20060102-150405"), file)
	if err := os.MkdirAll(filepath.Dir(back), 0o700); err != nil {
		return out, err
	}
	if err := replace(back+".问题.txt", []byte(listing(out)), 0o600); err != nil {
		return out, err
	}
	return out, os.Rename(path, back)
}

// listing says what became of a file, for the person who gets it back.
func listing(out Outcome) string {
	var b strings.Builder
	c := out.Counts()
	fmt.Fprintf(&b, "%s\r\n读 %d 行，收下 %d 行，退回 %d 行，略过 %d 行（合计、说明等）。\r\n", out.Source.File, c.Read, c.Accepted, c.Rejected, c.Skipped)
	if c.Accepted > 0 {
		b.WriteString("没有问题的行已经收下。改好下面的单元格后，把整个文件再放进收件夹，会整张替换。\r\n")
	} else {
		b.WriteString("这个文件没有收下。请按下面的说明改好，再放进收件夹。\r\n")
	}
	for i, issue := range out.AllIssues() {
		fmt.Fprintf(&b, "\r\n%d. %s\r\n", i+1, issue)
	}
	return b.String()
}

// files lists what lies in the folder and is meant to be taken in, by name.
func (in *Inbox) files() ([]string, error) {
	var list []string
	err := filepath.WalkDir(in.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "~$")
		if d.IsDir() {
			if hidden && path != in.Dir {
				return fs.SkipDir
			}
			return nil
		}
		if !hidden && d.Type().IsRegular() {
			rel, err := filepath.Rel(in.Dir, path)
			list = append(list, rel)
			return err
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return list, err
}

// calm is how long a file must have lain untouched: a copy into the folder is
// not read before it is whole.
const calm = 2 * time.Second

// settle waits until a file has lain still; false if it is gone or is still
// being written, which leaves it for the next time.
func settle(ctx context.Context, path string) (bool, error) {
	for range 3 {
		info, err := os.Stat(path)
		if err != nil {
			return false, nil
		}
		still := time.Since(info.ModTime())
		if still >= calm || still < 0 {
			return true, nil
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(calm - still):
		}
	}
	return false, nil
}

// stale lists the publications to make again: of the newest quarter that
// there is, and of each published one that shows a touched quarter.
func (in *Inbox) stale(ctx context.Context, touched []period.Period) ([]jobs.Then, error) {
	if len(touched) == 0 {
		return nil, nil
	}
	newest, err := in.DB.Newest(ctx)
	if err != nil {
		return nil, err
	}
	out, err := in.Published()
	if err != nil {
		return nil, err
	}
	var then []jobs.Then
	for _, p := range append(out, newest) {
		shows := p == newest
		for _, shown := range p.Back(quartersShown) {
			for _, t := range touched {
				shows = shows || t == shown
			}
		}
		next := jobs.Then{Job: "publish", Part: p.String()}
		if shows && (len(then) == 0 || then[len(then)-1] != next) {
			then = append(then, next)
		}
	}
	return then, nil
}
