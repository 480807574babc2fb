package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"xingce/ingest"
	"xingce/ingest/period"
	"xingce/queries"
)

// A Stored batch is what the ledger says of one.
type Stored struct {
	ID       int32
	Slice    ingest.Slice
	File     string
	Sheet    string
	SHA256   string
	Uploader string
	Received time.Time
	Counts   ingest.Counts
	Dropped  string
	// State is 在用, 已替换 or 已撤销.
	State string
}

// Batches lists the batches, the newest first; an empty filter field takes
// all. With a batch number it gives that one only.
func (db *DB) Batches(ctx context.Context, filter ingest.Slice, id int32) ([]Stored, error) {
	where, args := []string{"TRUE"}, []any{}
	only := func(condition string, set bool, values ...any) {
		if set {
			where, args = append(where, condition), append(args, values...)
		}
	}
	only("b.kind = ?", filter.Kind != "", filter.Kind)
	only("b.community = ?", filter.Community != "", filter.Community)
	only("b.period_start = ? AND b.period_end = ?", !filter.Period.IsZero(), filter.Period.Start, filter.Period.End)
	only("b.id = ?", id != 0, id)
	rows, err := db.QueryContext(ctx, `
		SELECT b.id, b.kind, b.community, b.period_start, b.period_end, b.part, b.file, b.sheet, b.sha256, b.uploader, b.received_at,
		       b.rows_read, b.accepted, b.rejected, b.skipped, b.dropped,
		       CASE WHEN b.id IN (SELECT batch FROM ops.live) THEN '在用'
		            WHEN b.id IN (SELECT batch FROM ops.slice_event WHERE action = 'undo') THEN '已撤销'
		            ELSE '已替换' END
		FROM ops.batch b WHERE `+strings.Join(where, " AND ")+` ORDER BY b.id DESC`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Stored
	for rows.Next() {
		var s Stored
		if err := rows.Scan(&s.ID, &s.Slice.Kind, &s.Slice.Community, &s.Slice.Period.Start, &s.Slice.Period.End, &s.Slice.Part,
			&s.File, &s.Sheet, &s.SHA256, &s.Uploader, &s.Received,
			&s.Counts.Read, &s.Counts.Accepted, &s.Counts.Rejected, &s.Counts.Skipped, &s.Dropped, &s.State); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// Batch gives one batch; sql.ErrNoRows if there is none of that number.
func (db *DB) Batch(ctx context.Context, id int32) (Stored, error) {
	list, err := db.Batches(ctx, ingest.Slice{}, id)
	if err == nil && len(list) == 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		return Stored{}, err
	}
	return list[0], nil
}

// Former is the batch that a batch took its slice over from, one that was
// undone left out; sql.ErrNoRows if it was the first.
func (db *DB) Former(ctx context.Context, s Stored) (Stored, error) {
	var id int32
	err := db.QueryRowContext(ctx, `
		SELECT id FROM ops.batch
		WHERE kind = ? AND community = ? AND period_start = ? AND period_end = ? AND part = ? AND id < ?
		  AND id NOT IN (SELECT batch FROM ops.slice_event WHERE action = 'undo')
		ORDER BY id DESC LIMIT 1`,
		s.Slice.Kind, s.Slice.Community, s.Slice.Period.Start, s.Slice.Period.End, s.Slice.Part, s.ID).Scan(&id)
	if err != nil {
		return Stored{}, err
	}
	return db.Batch(ctx, id)
}

// Issues lists what was found wrong or odd in a batch's sheet.
func (db *DB) Issues(ctx context.Context, s Stored) ([]ingest.Issue, error) {
	rows, err := db.QueryContext(ctx, `SELECT severity, code, sheet, cell, "row", found, wanted, mend FROM ops.issue
		WHERE batch = ? AND (other IS NULL OR other IN (SELECT batch FROM ops.live)) ORDER BY seq`, s.ID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []ingest.Issue
	for rows.Next() {
		i := ingest.Issue{File: s.File}
		if err := rows.Scan(&i.Severity, &i.Code, &i.Sheet, &i.Cell, &i.Row, &i.Found, &i.Wanted, &i.Mend); err != nil {
			return nil, err
		}
		list = append(list, i)
	}
	return list, rows.Err()
}

// Newest is the latest quarter that any batch in force is about; the zero
// period if there is none.
func (db *DB) Newest(ctx context.Context) (period.Period, error) {
	var start, end sql.NullTime
	err := db.QueryRowContext(ctx, "SELECT period_start, period_end FROM ops.live WHERE period_end - period_start < 100 ORDER BY period_end DESC LIMIT 1").Scan(&start, &end)
	if err == sql.ErrNoRows {
		return period.Period{}, nil
	}
	return period.Period{Start: start.Time, End: end.Time}, err
}

// Communities lists the communities with batches in force, by name.
func (db *DB) Communities(ctx context.Context) ([]string, error) {
	return texts(ctx, db, "SELECT DISTINCT community FROM ops.live ORDER BY community")
}

// texts asks for one column of text.
func texts(ctx context.Context, db queries.Querier, query string, args ...any) ([]string, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		list = append(list, text)
	}
	return list, rows.Err()
}

// A Line is a row of a batch as it may be shown: private fields masked.
type Line struct {
	Number int
	// Shown has a text for each of the kind's columns, empty for null; a date no
	// more of it than was written.
	Shown []string
	// same has what two lines must share to be unchanged: keys instead of
	// masks.
	same []string
}

// Lines gives a batch's rows in the sheet's order.
func (db *DB) Lines(ctx context.Context, kind *ingest.Kind, batch int32) ([]Line, error) {
	var fields []string
	for _, c := range kind.Columns {
		shown, same := c.Name, c.Name
		switch {
		case c.Type == ingest.Date:
			shown = fmt.Sprintf("LEFT(CAST(%s AS VARCHAR), CASE %[1]s_precision WHEN 'month' THEN 7 ELSE 10 END)", c.Name)
			same = shown
		case c.Type == ingest.Pseudonym:
			shown, same = fmt.Sprintf("CASE WHEN %s_key IS NOT NULL THEN '****' END", c.Name), c.Name+"_key"
		case len(c.Fields()) > 1:
			shown, same = c.Name+"_mask", c.Name+"_key"
		}
		fields = append(fields, fmt.Sprintf("COALESCE(CAST(%s AS VARCHAR), ''), COALESCE(CAST(%s AS VARCHAR), '')", shown, same))
	}
	rows, err := db.QueryContext(ctx, fmt.Sprintf(`SELECT "row", %s FROM raw.%s WHERE batch = ? ORDER BY "row"`, strings.Join(fields, ", "), kind.Name), batch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Line
	for rows.Next() {
		l := Line{Shown: make([]string, len(kind.Columns)), same: make([]string, len(kind.Columns))}
		into := []any{&l.Number}
		for i := range kind.Columns {
			into = append(into, &l.Shown[i], &l.same[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, rows.Err()
}
