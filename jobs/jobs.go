package jobs

import (
	"context"
	"time"

	"github.com/robfig/cron/v3"
)

// A Job is done at times.
type Job struct {
	Name  string
	Title string
	// Spec is a cron spec of five fields or a descriptor; empty for a job
	// that is done only by hand or after another.
	Spec string
	// Ready says whether there is anything to do; nil is always. A slot with
	// nothing to do is no run and leaves no row.
	Ready func() bool
	// Do does it once. Its window follows from the run's ScheduledFor and
	// Part, never from the clock.
	Do func(ctx context.Context, run Run) (Result, error)
}

// A Run is one doing of a job.
type Run struct {
	ID           int64
	Job          string
	ScheduledFor time.Time
	// Part narrows what is done, such as 2025Q4; empty follows ScheduledFor.
	Part    string
	Edition int // 1, and one more for each doing again of the same slot
	Attempt int
	// Status, the times and the texts are the ledger's.
	Status     string
	StartedAt  time.Time
	FinishedAt time.Time
	Result     string
	Error      string
}

// A Result is what a run did, in words, and what is to be done after it.
type Result struct {
	Says string
	Then []Then
}

// Then asks for a run of another job.
type Then struct{ Job, Part string }

// schedule reads a spec as the zone's wall clock tells it.
func schedule(spec string, zone *time.Location) (cron.Schedule, error) {
	s, err := cron.ParseStandard(spec)
	if at, ok := s.(*cron.SpecSchedule); ok {
		at.Location = zone
	}
	return s, err
}
