package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"time"

	"github.com/robfig/cron/v3"

	"xingce/ingest/person"
)

// wake is how long the scheduler sleeps at most: a machine that was asleep
// is seen to have been within this time.
const wake = 20 * time.Second

// A Scheduler runs jobs at their slots, one at a time. What follows a run
// runs before the next slot's.
type Scheduler struct {
	Jobs   []*Job
	Ledger *Ledger
	Zone   *time.Location
	Now    func() time.Time
	Log    *slog.Logger
}

// Job finds a job by name, nil if there is none.
func (s *Scheduler) Job(name string) *Job {
	for _, j := range s.Jobs {
		if j.Name == name {
			return j
		}
	}
	return nil
}

// A timed job has slots; next is the first that has not been dealt with, the
// zero time if none will come.
type timed struct {
	*Job
	schedule cron.Schedule
	next     time.Time
}

// Run keeps the schedule until ctx ends, which is no error. Runs that a
// former process left unfinished are done again first.
func (s *Scheduler) Run(ctx context.Context) error {
	var clock []*timed
	for _, j := range s.Jobs {
		if j.Spec == "" {
			continue
		}
		schedule, err := schedule(j.Spec, s.Zone)
		if err != nil {
			return fmt.Errorf("job %s: %w", j.Name, err)
		}
		last, err := s.Ledger.Since(ctx, j.Name)
		if err != nil {
			return err
		}
		clock = append(clock, &timed{j, schedule, schedule.Next(last)})
	}
	left, err := s.Ledger.Recover(ctx)
	if err != nil {
		return err
	}
	for _, run := range left {
		if job := s.Job(run.Job); job != nil {
			s.follow(ctx, job, Run{ScheduledFor: run.ScheduledFor, Part: run.Part, Attempt: run.Attempt})
		}
	}
	for {
		next := s.Now().Add(wake)
		for _, t := range clock {
			if s.due(ctx, t) && !t.next.IsZero() && t.next.Before(next) {
				next = t.next
			}
		}
		timer := time.NewTimer(max(next.Sub(s.Now()), 0))
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-timer.C:
		}
	}
}

// due runs the newest slot that has come and writes the older ones down. It
// is false when the ledger could not be written: what is not in the ledger
// has not been, and is tried again at the next look.
func (s *Scheduler) due(ctx context.Context, t *timed) bool {
	now := s.Now()
	if t.next.After(now) || t.next.IsZero() || ctx.Err() != nil {
		return true
	}
	if t.Ready != nil && !t.Ready() {
		t.next = t.schedule.Next(now)
		return true
	}
	var slots []time.Time
	for slot := t.next; !slot.IsZero() && !slot.After(now); slot = t.schedule.Next(slot) {
		slots = append(slots, slot)
	}
	older, newest := slots[:len(slots)-1], slots[len(slots)-1]
	if t.Ready == nil && len(older) > 0 {
		if err := s.Ledger.Missed(ctx, t.Name, "missed:merged", older); err != nil {
			s.Log.Error("slots not written", "job", t.Name, "err", err)
			return false
		}
		t.next = newest
	}
	if run, _ := s.Once(ctx, t.Job, newest, ""); run.ID == 0 {
		return false
	}
	t.next = t.schedule.Next(newest)
	return true
}

// Once does a job now, and then what follows from it. The error is that of
// the first run that failed; it is in the ledger and the log already.
func (s *Scheduler) Once(ctx context.Context, job *Job, slot time.Time, part string) (Run, error) {
	return s.follow(ctx, job, Run{ScheduledFor: slot, Part: part})
}

func (s *Scheduler) follow(ctx context.Context, job *Job, run Run) (Run, error) {
	first, result, err := s.once(ctx, job, run)
	for _, then := range result.Then {
		if ctx.Err() != nil {
			return first, errors.Join(err, ctx.Err())
		}
		next := s.Job(then.Job)
		if next == nil {
			err = errors.Join(err, fmt.Errorf("job %s: what follows is unknown: %s", job.Name, then.Job))
			continue
		}
		if _, failed := s.Once(ctx, next, run.ScheduledFor, then.Part); failed != nil {
			err = errors.Join(err, failed)
		}
	}
	return first, err
}

func (s *Scheduler) once(ctx context.Context, job *Job, run Run) (Run, Result, error) {
	run.Job = job.Name
	run, err := s.Ledger.Start(ctx, run)
	if err != nil {
		s.Log.Error("run not begun", "job", job.Name, "part", run.Part, "err", err)
		return run, Result{}, fmt.Errorf("%s: %w", job.Title, err)
	}
	// A slot at six in the morning in Shanghai is still the day before in UTC.
	run.ScheduledFor = run.ScheduledFor.In(s.Zone)
	result, err := s.guard(ctx, job, run)
	run.Status, run.Result = "done", result.Says
	var panicked *panicError
	switch {
	case err == nil:
	case ctx.Err() != nil:
		run.Status = "interrupted"
	case errors.As(err, &panicked):
		run.Status = "failed:panic"
	default:
		run.Status = "failed"
	}
	if err != nil { // it may name a file that a clerk called by somebody's phone
		run.Error = person.Scrub(err.Error())
	}
	run.FinishedAt = s.Ledger.now()
	if closing := s.Ledger.Finish(context.WithoutCancel(ctx), run); closing != nil {
		s.Log.Error("end of run not written", "run", run.ID, "job", job.Name, "err", closing)
		if err == nil {
			err, run.Error = closing, closing.Error()
		}
	}
	log := s.Log.With("run", run.ID, "job", job.Name, "part", run.Part, "took", run.FinishedAt.Sub(run.StartedAt))
	if err != nil {
		log.Error("run "+run.Status, "err", run.Error)
		return run, result, fmt.Errorf("%s: %w", job.Title, err)
	}
	log.Info("run done", "result", run.Result)
	return run, result, nil
}

// A panicError is a panic of a job, made an error with where it was.
type panicError struct {
	value any
	stack []byte
}

func (p *panicError) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }

// guard keeps a job's panic from ending the scheduler.
func (s *Scheduler) guard(ctx context.Context, job *Job, run Run) (result Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &panicError{p, debug.Stack()}
		}
	}()
	return job.Do(ctx, run)
}

// Names lists the jobs, for a person who asked for one that is not there.
func (s *Scheduler) Names() []string {
	var names []string
	for _, j := range s.Jobs {
		names = append(names, j.Name)
	}
	slices.Sort(names)
	return names
}
