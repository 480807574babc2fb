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

// A timed job has slots; last is the newest that has been dealt with.
type timed struct {
	*Job
	schedule cron.Schedule
	last     time.Time
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
		clock = append(clock, &timed{j, schedule, last})
	}
	left, err := s.Ledger.Recover(ctx)
	if err != nil {
		return err
	}
	for _, run := range left {
		if job := s.Job(run.Job); job != nil {
			s.Once(ctx, job, run.ScheduledFor, run.Part)
		}
	}
	for {
		next := s.Now().Add(wake)
		for _, t := range clock {
			if err := s.due(ctx, t); err != nil {
				return err
			}
			if slot := t.schedule.Next(t.last); slot.Before(next) {
				next = slot
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

// due runs the newest slot that has come and writes the older ones down.
func (s *Scheduler) due(ctx context.Context, t *timed) error {
	var slots []time.Time
	for slot := t.schedule.Next(t.last); !slot.IsZero() && !slot.After(s.Now()); slot = t.schedule.Next(slot) {
		slots = append(slots, slot)
		t.last = slot
	}
	if len(slots) == 0 || ctx.Err() != nil || t.Ready != nil && !t.Ready() {
		return nil
	}
	newest := len(slots) - 1
	if newest > 0 && t.Ready == nil {
		if err := s.Ledger.Missed(ctx, t.Name, "missed:merged", slots[:newest]); err != nil {
			return err
		}
	}
	s.Once(ctx, t.Job, slots[newest], "")
	return nil
}

// Once does a job now, and then what follows from it. The error is that of
// the first run that failed; it is in the ledger and the log already.
func (s *Scheduler) Once(ctx context.Context, job *Job, slot time.Time, part string) (Run, error) {
	first, result, err := s.once(ctx, job, Run{Job: job.Name, ScheduledFor: slot, Part: part})
	for _, then := range result.Then {
		next := s.Job(then.Job)
		if next == nil {
			err = errors.Join(err, fmt.Errorf("job %s: what follows is unknown: %s", job.Name, then.Job))
			continue
		}
		if _, failed := s.Once(ctx, next, slot, then.Part); failed != nil {
			err = errors.Join(err, failed)
		}
	}
	return first, err
}

func (s *Scheduler) once(ctx context.Context, job *Job, run Run) (Run, Result, error) {
	run, err := s.Ledger.Start(ctx, run)
	if err != nil {
		return run, Result{}, err
	}
	result, err := s.guard(ctx, job, run)
	run.Status, run.Result = "done", result.Says
	var panicked *panicError
	switch {
	case err == nil:
	case ctx.Err() != nil:
		run.Status, run.Error = "interrupted", err.Error()
	case errors.As(err, &panicked):
		run.Status, run.Error = "failed:panic", err.Error()
	default:
		run.Status, run.Error = "failed", err.Error()
	}
	run.FinishedAt = s.Ledger.now()
	if closing := s.Ledger.Finish(context.WithoutCancel(ctx), run); closing != nil {
		err = errors.Join(err, closing)
	}
	log := s.Log.With("run", run.ID, "job", job.Name, "part", run.Part, "took", run.FinishedAt.Sub(run.StartedAt))
	if err != nil {
		log.Error("run "+run.Status, "err", err)
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
