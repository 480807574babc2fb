package jobs_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata"

	"xingce/jobs"
	"xingce/queries/duckdb"
)

// An office is a ledger in a database in memory, and the machine's clock. It
// lives in a synctest bubble, where the clock starts on 1 January 2000, UTC,
// and time passes when everyone waits.
type office struct {
	*testing.T
	db     *duckdb.DB
	ledger *jobs.Ledger
	zone   *time.Location
	log    bytes.Buffer
	ahead  atomic.Int64 // of the bubble's clock, by suspends and steps
}

func bubble(t *testing.T, zone string, do func(o *office)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o := &office{T: t}
		var err error
		if o.zone, err = time.LoadLocation(zone); err != nil {
			t.Fatal(err)
		}
		if o.db, err = duckdb.Open(t.Context(), duckdb.Options{Now: o.now}); err != nil {
			t.Fatal(err)
		}
		defer o.db.Close()
		o.ledger = &jobs.Ledger{DB: o.db, Now: o.now}
		do(o)
	})
}

func (o *office) now() time.Time { return time.Now().Add(time.Duration(o.ahead.Load())) }

// jump moves the clock with no time passing, as a suspend or a step does.
func (o *office) jump(by time.Duration) { o.ahead.Add(int64(by)) }

// pass lets time pass, and what is due then be done.
func (o *office) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// at moves the clock to an hour of the zone before anything runs.
func (o *office) at(written string) {
	o.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", written, o.zone)
	if err != nil {
		o.Fatal(err)
	}
	o.jump(when.Sub(o.now()))
}

// begun writes a first change, from which on slots count.
func (o *office) begun() {
	o.Helper()
	if err := o.db.Update(o.Context(), "begun", func(*duckdb.Tx) error { return nil }); err != nil {
		o.Fatal(err)
	}
}

func (o *office) scheduler(list ...*jobs.Job) *jobs.Scheduler {
	return &jobs.Scheduler{Jobs: list, Ledger: o.ledger, Zone: o.zone, Now: o.now, Log: slog.New(slog.NewTextHandler(&o.log, nil))}
}

// open starts the program; the function it gives shuts it down.
func (o *office) open(s *jobs.Scheduler) (shut func()) {
	ctx, cancel := context.WithCancel(o.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	return func() {
		o.Helper()
		cancel()
		if err := <-ended; err != nil {
			o.Errorf("the schedule ended with %v", err)
		}
	}
}

// runs lists the ledger, the oldest first: job, slot in the zone, part,
// edition, attempt and status.
func (o *office) runs() []string {
	o.Helper()
	list, err := o.ledger.Latest(o.Context(), 1<<20)
	if err != nil {
		o.Fatal(err)
	}
	slices.Reverse(list)
	var lines []string
	for _, r := range list {
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s e%d a%d %s",
			r.Job, r.ScheduledFor.In(o.zone).Format("2006-01-02 15:04"), r.Part, r.Edition, r.Attempt, r.Status)), " "))
	}
	return lines
}

func (o *office) want(what string, got []string, want ...string) {
	o.Helper()
	if !slices.Equal(got, want) {
		o.Errorf("%s:\n  %s\nwant:\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// does is a job that tells the slots it was done for.
func does(name, spec string, did *[]string) *jobs.Job {
	return &jobs.Job{Name: name, Title: name, Spec: spec, Do: func(_ context.Context, run jobs.Run) (jobs.Result, error) {
		*did = append(*did, run.ScheduledFor.Format("2006-01-02 15:04"))
		return jobs.Result{Says: "好"}, nil
	}}
}
