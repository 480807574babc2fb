package tasks

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"xingce/ingest/period"
	"xingce/jobs"
)

// stale lists the publications to make: of the newest quarter that there is,
// and of each that is out, where a sheet they show, or what people decided
// about its names, has changed since. It asks the data and the ledger, so that
// nothing is forgotten when a run is cut short or a sheet came another way.
func (in *Inbox) stale(ctx context.Context) ([]jobs.Then, error) {
	// What the clock has not reached is left out: it was set back.
	now := in.Now().UTC()
	changed, err := in.times(ctx, `
		SELECT b.period_start, b.period_end, MAX(e.made_at) FROM ops.slice_event AS e JOIN ops.batch AS b ON b.id = e.batch
		WHERE e.made_at <= ? GROUP BY b.period_start, b.period_end`, now)
	if err != nil || len(changed) == 0 {
		return nil, err
	}
	// What is decided of a name holds from its period on; that two are one, always.
	decided, err := in.times(ctx, `
		SELECT CASE WHEN (SELECT COUNT(*) FROM ops.person_choice AS c WHERE c.decision = COALESCE(d.undoes, d.seq) AND c.chosen) > 1
		            THEN DATE '0001-01-01' ELSE d.period_start END AS since, DATE '9999-12-31', MAX(d.made_at)
		FROM ops.person_decision AS d WHERE d.made_at <= ? GROUP BY since`, now)
	if err != nil {
		return nil, err
	}
	newest, err := in.DB.Newest(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := in.Published()
	if err != nil {
		return nil, err
	}
	if !newest.IsZero() && !slices.Contains(pages, newest) {
		pages = append(pages, newest)
	}
	var then []jobs.Then
	for _, page := range pages {
		next, shown := jobs.Then{Job: "publish", Part: page.String()}, page.Back(quartersShown)
		if page.Grain() == period.Yearly {
			next.Job, shown = "rate", append(period.QuarterOf(page.LastDay()).Back(4), page)
		}
		var made sql.NullTime
		err := in.DB.QueryRowContext(ctx, `SELECT MAX(started_at) FROM ops.run
			WHERE job = ? AND part = ? AND status IN ('done', 'failed', 'failed:panic') AND started_at <= ?`, next.Job, next.Part, now).Scan(&made)
		if err != nil {
			return nil, err
		}
		behind := slices.ContainsFunc(shown, func(p period.Period) bool { return changed[p].After(made.Time) })
		for held, at := range decided {
			behind = behind || held.Overlaps(page) && at.After(made.Time)
		}
		if behind {
			then = append(then, next)
		}
	}
	return then, nil
}

// times reads rows of a period and a time, at the ledger's precision.
func (in *Inbox) times(ctx context.Context, query string, args ...any) (map[period.Period]time.Time, error) {
	rows, err := in.DB.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := map[period.Period]time.Time{}
	for rows.Next() {
		var p period.Period
		var at time.Time
		if err := rows.Scan(&p.Start, &p.End, &at); err != nil {
			return nil, err
		}
		list[p] = at.Truncate(time.Millisecond)
	}
	return list, rows.Err()
}
