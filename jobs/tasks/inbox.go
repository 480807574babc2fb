package tasks

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"xingce/ingest"
	"xingce/ingest/period"
	"xingce/jobs"
)

// An Inbox takes in what lies in a folder, by name. A file that went in whole
// is gone from the folder afterwards (its original is kept sealed); one that
// did not comes back in Returned, beside a text that says what is wrong with
// it. One that could not be read or stored stays where it is.
type Inbox struct {
	*Intake
	Dir string
	// Working is where a file lies while it is being read, so that another of
	// its name can be put in meanwhile.
	Working  string
	Returned string
	// Published says for which quarters pages are out, so that they can be
	// made again when a sheet changes what they show.
	Published func() ([]period.Period, error)
	// Mark gives a faulty file with its faults marked, as ingest.Annotate does;
	// without it, faulty files go back as they came.
	Mark func(ctx context.Context, original []byte, report ingest.Report) (name string, body []byte, err error)
	// Each is told of each file; nil for no one.
	Each func(done, total int, o Outcome)
}

// Job is the inbox as a job. There is something to do as long as a file lies
// there or a page is behind the data.
func (in *Inbox) Job(spec string) *jobs.Job {
	return &jobs.Job{Name: "inbox", Title: "收件", Spec: spec, Do: in.do, Ready: func() bool {
		files, err := in.files()
		if err != nil || slices.ContainsFunc(files, in.calm) {
			return true
		}
		behind, err := in.stale(context.Background())
		return err != nil || len(behind) > 0
	}}
}

func (in *Inbox) do(ctx context.Context, _ jobs.Run) (jobs.Result, error) {
	if err := in.recover(); err != nil {
		return jobs.Result{}, err
	}
	files, err := in.files()
	if err != nil {
		return jobs.Result{}, err
	}
	// What is still being written comes last, and may be whole by then.
	var fresh []string
	files = slices.DeleteFunc(files, func(file string) bool {
		calm := in.calm(file)
		if !calm {
			fresh = append(fresh, file)
		}
		return !calm
	})
	files = append(files, fresh...)
	folder := in.returnedNow()
	var sum ingest.Counts
	var taken, unchanged, returned, waiting, failed int
	var fault error
	for i, file := range files {
		if !in.calm(file) {
			waiting++
			continue
		}
		out, err := in.take(ctx, file, folder)
		if ctx.Err() != nil {
			return jobs.Result{}, ctx.Err()
		}
		if err != nil { // one file's trouble is not the others'
			failed++
			fault = cmp.Or(fault, err)
			continue
		}
		taken++
		if out.Unchanged {
			unchanged++
		} else {
			sum = sum.Add(out.Counts())
		}
		if out.Faulty() {
			returned++
		}
		if in.Each != nil {
			in.Each(i+1, len(files), out)
		}
	}
	result := jobs.Result{Says: fmt.Sprintf("文件 %d 个（未变 %d，退回 %d，还在写入 %d）；读 %d 行，收 %d，拒 %d，略 %d", taken, unchanged, returned, waiting, sum.Read, sum.Accepted, sum.Rejected, sum.Skipped)}
	if result.Then, err = in.stale(ctx); err != nil {
		return result, err
	}
	if fault != nil {
		return result, fmt.Errorf("%d 个文件没有收，留在收件夹里：%w", failed, fault)
	}
	if sum.Accepted < bulk {
		return result, nil
	}
	return result, in.DB.Checkpoint(ctx)
}

// bulk is how many rows are worth a checkpoint. The engine makes one itself
// when its log is long and at the end; one that finds the disk full is the
// end of the engine, so that it is not asked for without need.
const bulk = 50_000

// take takes one file in and clears it away; what goes back to people goes
// below returned. After trouble of the machine the file lies in the inbox again.
func (in *Inbox) take(ctx context.Context, file, returned string) (out Outcome, err error) {
	path, working := filepath.Join(in.Dir, file), filepath.Join(in.Working, file)
	if err := move(path, working); err != nil {
		return out, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, in.putBack(file))
		}
	}()
	// The folders say what the name may not: 象山社区/2025年第四季度/住户.xlsx.
	if out, err = in.File(ctx, working, filepath.ToSlash(file), "inbox", ingest.Hint{}); err != nil {
		return out, err
	}
	back := filepath.Join(returned, file)
	text := ".提示.txt"
	if out.Faulty() {
		text = ".问题.txt"
	}
	if len(out.AllIssues()) > 0 || !out.Unchanged && dropped(out) != "" {
		if err := replace(back+text, []byte(listing(out)), 0o600); err != nil {
			return out, err
		}
	}
	if !out.Faulty() {
		return out, os.Remove(working)
	}
	if in.marked(ctx, working, back, out.Report) == nil {
		return out, os.Remove(working)
	}
	if err := move(working, back); err != nil {
		return out, errors.Join(err, os.Remove(back+text))
	}
	return out, nil
}

// marked puts the file back with its faults marked. An error means that it
// could not be, and is to go back as it came.
func (in *Inbox) marked(ctx context.Context, working, back string, report ingest.Report) error {
	if in.Mark == nil {
		return errors.ErrUnsupported
	}
	original, err := os.ReadFile(working)
	if err != nil {
		return err
	}
	name, body, err := in.Mark(ctx, original, report)
	if err != nil {
		return err
	}
	return replace(filepath.Join(filepath.Dir(back), filepath.Base(name)), body, 0o600)
}

func move(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// putBack moves a file that was not taken in back to where it was found. If
// another of its name has been put there meanwhile, that one is the newer and
// has the place; the older goes back to people, for it may be kept nowhere yet.
func (in *Inbox) putBack(file string) error {
	path, working := filepath.Join(in.Dir, file), filepath.Join(in.Working, file)
	if _, err := os.Lstat(working); err != nil {
		return nil
	}
	if _, err := os.Lstat(path); err == nil {
		path = filepath.Join(in.returnedNow(), file)
	}
	return move(working, path)
}

// returnedNow is the folder for what goes back to people at this time.
func (in *Inbox) returnedNow() string {
	return filepath.Join(in.Returned, in.Now().Format("20060102-150405"))
}

// recover puts back what a run that was cut short has left.
func (in *Inbox) recover() error {
	left, err := filesBelow(in.Working)
	for _, file := range left {
		err = errors.Join(err, in.putBack(file))
	}
	return err
}

// listing says what became of a file, for the person who gets it back: first
// what kept rows out, then what is only odd.
func listing(out Outcome) string {
	var b strings.Builder
	c := out.Counts()
	fmt.Fprintf(&b, "%s\r\n", out.Source.File)
	if c.Read > 0 {
		fmt.Fprintf(&b, "读 %d 行，收下 %d 行，退回 %d 行，略过 %d 行（合计、说明等）。\r\n", c.Read, c.Accepted, c.Rejected, c.Skipped)
	}
	switch {
	case out.Unchanged:
		b.WriteString("这个文件和已经收下的一样，没有变动；下面的问题还在。改好后，把整个文件再放进收件夹，会整张替换。\r\n")
	case out.HeldBack:
		b.WriteString("整个文件先没有收，等下面的单元格改好。改好后，把整个文件再放进收件夹。\r\n")
	case !out.Faulty():
		b.WriteString("这个文件已经收下。下面请看一看。\r\n")
	case c.Accepted > 0:
		b.WriteString("没有问题的行已经收下。改好下面的单元格后，把整个文件再放进收件夹，会整张替换。\r\n")
	default:
		b.WriteString("这个文件没有收下。请按下面的说明改好，再放进收件夹。\r\n")
	}
	b.WriteString(dropped(out))
	n := 0
	for _, part := range []struct {
		severity ingest.Severity
		title    string
	}{
		{ingest.Error, "必须改的"},
		{ingest.Warning, "请核对的（不改也能收）"},
	} {
		title := "\r\n" + part.title + "：\r\n"
		for _, issue := range out.AllIssues() {
			if issue.Severity == part.severity {
				n++
				fmt.Fprintf(&b, "%s%d. %s\r\n", title, n, issue)
				title = ""
			}
		}
	}
	return b.String()
}

// dropped names the columns of each sheet that were not read, "" for none.
func dropped(out Outcome) string {
	var b strings.Builder
	for _, batch := range out.Batches {
		if len(batch.Dropped) > 0 {
			sheet := cmp.Or(batch.Sheet, batch.Kind.Title)
			fmt.Fprintf(&b, "\r\n没有读入的列（%s）：%s。要用的列请把列名改成模板里的写法。\r\n", sheet, strings.Join(batch.Dropped, "、"))
		}
	}
	return b.String()
}

// files lists what lies in the folder and is meant to be taken in, by name:
// not what Excel, Windows and macOS leave there of their own.
func (in *Inbox) files() ([]string, error) { return filesBelow(in.Dir) }

func filesBelow(dir string) ([]string, error) {
	var list []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		hidden := strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasSuffix(name, ".tmp") || name == "Thumbs.db" || name == "desktop.ini"
		if d.IsDir() {
			if hidden && path != dir {
				return fs.SkipDir
			}
			return nil
		}
		if !hidden && d.Type().IsRegular() {
			rel, err := filepath.Rel(dir, path)
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

// stillFor is how long a file must have lain untouched: a copy into the
// folder is not read before it is whole.
const stillFor = 2 * time.Second

// calm reports whether a file has lain still. One that is being written, or
// is gone, is left for the next time. A time to come is a clock's mistake.
func (in *Inbox) calm(file string) bool {
	info, err := os.Stat(filepath.Join(in.Dir, file))
	if err != nil {
		return false
	}
	still := in.Now().Sub(info.ModTime())
	return still >= stillFor || still < 0
}
