package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"xingce/queries/duckdb"
)

// A Ledger keeps the runs in the database, in ops.run.
type Ledger struct {
	DB  *duckdb.DB
	Now func() time.Time
}

// Start writes that a run begins and gives it its number. Doing a slot again
// makes its next edition; doing it again because it was cut short is its next
// attempt also. A run that could not be written has no number. Runs go one at
// a time: one that stands as running has ended, and that was not written.
func (l *Ledger) Start(ctx context.Context, run Run) (Run, error) {
	run.ScheduledFor = run.ScheduledFor.UTC().Truncate(time.Second)
	run.Status, run.StartedAt = "running", l.now()
	run.Attempt++
	err := l.DB.Update(ctx, "run "+run.Job, func(tx *duckdb.Tx) error {
		if err := l.interrupt(ctx, tx); err != nil {
			return err
		}
		row := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(edition), 0) + 1 FROM ops.run WHERE job = ? AND scheduled_for = ? AND part = ?", run.Job, run.ScheduledFor, run.Part)
		if err := row.Scan(&run.Edition); err != nil {
			return err
		}
		return insert(ctx, tx, &run)
	})
	if err != nil {
		run.ID = 0
	}
	return run, err
}

// Finish writes how a run ended.
func (l *Ledger) Finish(ctx context.Context, run Run) error {
	return l.DB.Update(ctx, run.Status+" "+run.Job, func(tx *duckdb.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE ops.run SET status = ?, finished_at = ?, result = ?, error = ? WHERE id = ?",
			run.Status, l.now(), run.Result, run.Error, run.ID)
		return err
	})
}

// Missed writes slots that were not run.
func (l *Ledger) Missed(ctx context.Context, job, status string, slots []time.Time) error {
	return l.DB.Update(ctx, status+" "+job, func(tx *duckdb.Tx) error {
		for _, slot := range slots {
			run := Run{Job: job, ScheduledFor: slot.UTC(), Edition: 1, Status: status}
			if err := insert(ctx, tx, &run); err != nil {
				return err
			}
		}
		return nil
	})
}

func insert(ctx context.Context, tx *duckdb.Tx, run *Run) error {
	row := tx.QueryRowContext(ctx, "INSERT INTO ops.run SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ?, ?, ?, ?, ?, NULL, '', '' FROM ops.run RETURNING id",
		run.Job, run.ScheduledFor, run.Part, run.Edition, run.Attempt, run.Status, sql.NullTime{Time: run.StartedAt, Valid: !run.StartedAt.IsZero()})
	if err := row.Scan(&run.ID); err != nil {
		return fmt.Errorf("ledger: %s %s: %w", run.Job, run.ScheduledFor.Format(time.RFC3339), err)
	}
	return nil
}

// Recover marks the runs that a former process left unfinished, and lists
// those that were cut short and have not been done again since.
func (l *Ledger) Recover(ctx context.Context) ([]Run, error) {
	left, err := l.list(ctx, `AS cut WHERE status IN ('running', 'interrupted') AND NOT EXISTS (
		SELECT 1 FROM ops.run AS later
		WHERE later.job = cut.job AND later.scheduled_for = cut.scheduled_for AND later.part = cut.part AND later.edition > cut.edition
	) ORDER BY id`)
	if err != nil || len(left) == 0 {
		return nil, err
	}
	return left, l.DB.Update(ctx, "recover", func(tx *duckdb.Tx) error { return l.interrupt(ctx, tx) })
}

func (l *Ledger) interrupt(ctx context.Context, tx *duckdb.Tx) error {
	_, err := tx.ExecContext(ctx, "UPDATE ops.run SET status = 'interrupted', finished_at = ? WHERE status = 'running'", l.now())
	return err
}

// Since is the last slot of a job that the ledger knows, or, for a job that
// never had one, when the data was begun.
func (l *Ledger) Since(ctx context.Context, job string) (time.Time, error) {
	var at sql.NullTime
	err := l.DB.QueryRowContext(ctx, `SELECT COALESCE(
		(SELECT MAX(scheduled_for) FROM ops.run WHERE job = ? AND part = ''),
		(SELECT MIN(made_at) FROM ops.revision))`, job).Scan(&at)
	if err != nil || !at.Valid {
		return l.now(), err
	}
	return at.Time, nil
}

// Latest lists the last n runs, the newest first.
func (l *Ledger) Latest(ctx context.Context, n int) ([]Run, error) {
	return l.list(ctx, fmt.Sprintf("ORDER BY id DESC LIMIT %d", n))
}

func (l *Ledger) list(ctx context.Context, which string) ([]Run, error) {
	rows, err := l.DB.QueryContext(ctx, "SELECT id, job, scheduled_for, part, edition, attempt, status, started_at, finished_at, result, error FROM ops.run "+which)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var runs []Run
	for rows.Next() {
		var r Run
		var started, finished sql.NullTime
		if err := rows.Scan(&r.ID, &r.Job, &r.ScheduledFor, &r.Part, &r.Edition, &r.Attempt, &r.Status, &started, &finished, &r.Result, &r.Error); err != nil {
			return nil, err
		}
		r.StartedAt, r.FinishedAt = started.Time, finished.Time
		runs = append(runs, r)
	}
	return runs, rows.Err()
}

func (l *Ledger) now() time.Time { return l.Now().UTC().Truncate(time.Millisecond) }
