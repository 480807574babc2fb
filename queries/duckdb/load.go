package duckdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"iter"
	"math/big"
	"path"
	"slices"
	"strings"
	"time"

	duck "github.com/duckdb/duckdb-go/v2"
	"github.com/shopspring/decimal"

	"xingce/ingest"
)

// Load stores a batch and puts it in force for its slice. A batch with no
// accepted row leaves nothing behind and its slice as it was.
func (tx *Tx) Load(ctx context.Context, b *ingest.Batch) error {
	var id int32
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) + 1 FROM ops.batch").Scan(&id); err != nil {
		return err
	}
	if err := tx.appendRows(ctx, b, id); err != nil {
		return err
	}
	if b.Counts.Accepted == 0 {
		return nil
	}
	if err := tx.replaced(ctx, b); err != nil {
		return err
	}
	if err := tx.posted(ctx, b); err != nil {
		return err
	}
	overlaps, err := tx.overlap(ctx, b, id)
	if err != nil {
		return err
	}
	s, c := b.Slice, b.Counts
	if _, err := tx.ExecContext(ctx, "INSERT INTO ops.batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		id, tx.Revision, s.Kind, s.Community, s.Period.Start, s.Period.End, s.Part,
		b.Source.File, b.Sheet, b.Source.SHA256, b.Source.Bytes, b.Source.Uploader, b.Source.Received.UTC(),
		int64(c.Read), int64(c.Accepted), int64(c.Rejected), int64(c.Skipped), strings.Join(b.Dropped, "、")); err != nil {
		return fmt.Errorf("batch of %s: %w", b.Sheet, err)
	}
	err = tx.appendTo("ops", "issue", func(add func(...driver.Value) error) error {
		n := int32(0)
		note := func(i ingest.Issue, other driver.Value) error {
			n++
			return add(id, n, string(i.Severity), i.Code, i.Sheet, i.Cell, int32(i.Row), i.Found, i.Wanted, i.Mend, other)
		}
		for _, issue := range b.Issues {
			if err := note(issue, nil); err != nil {
				return err
			}
		}
		for _, o := range overlaps {
			if err := note(o.Issue, o.other); err != nil {
				return err
			}
			if o.now {
				b.Issues = append(b.Issues, o.Issue)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = tx.appendTo("ops", "control_total", func(add func(...driver.Value) error) error {
		for _, t := range b.Totals {
			if err := add(id, int32(t.Row), t.Column, t.Says, t.Found); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = tx.appendTo("ops", "place", func(add func(...driver.Value) error) error {
		for _, p := range b.Places {
			if err := add(id, p.Column, p.Letter, p.Heading); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return tx.event(ctx, "load", id, nil)
}

// posted says of a sheet that its community's rating of the year is posted: it
// changes no score by itself.
func (tx *Tx) posted(ctx context.Context, b *ingest.Batch) error {
	var acts int
	year := b.Slice.Period.Start.Year()
	if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM stars.act WHERE community = ? AND year = ? AND does = '公示'", b.Slice.Community, year).Scan(&acts); err != nil {
		return err
	}
	if acts > 0 {
		b.Issues = append(b.Issues, ingest.Issue{
			Severity: ingest.Warning, Code: "posted", File: b.Source.File, Sheet: b.Sheet,
			Found: fmt.Sprintf("%s %d 年度的评定已经公示，得分不会因这张表自己改", b.Slice.Community, year),
			Mend:  "用 xingce round show 看会改变谁，要改的用 xingce round correct 另起一版",
		})
	}
	return nil
}

// replaced looks at the batch that b takes the slice over from. A few rows in
// place of many are a finding: someone may have sent what is new only.
func (tx *Tx) replaced(ctx context.Context, b *ingest.Batch) error {
	s := b.Slice
	var before, former int32
	var file, sha string
	// Most slices are new, which is answered sooner without the view.
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM ops.batch
		WHERE kind = ? AND community = ? AND period_start = ? AND period_end = ? AND part = ?`,
		s.Kind, s.Community, s.Period.Start, s.Period.End, s.Part).Scan(&before)
	if err != nil || before == 0 {
		return err
	}
	err = tx.QueryRowContext(ctx, `SELECT batch, accepted, file, sha256 FROM ops.live
		WHERE kind = ? AND community = ? AND period_start = ? AND period_end = ? AND part = ?`,
		s.Kind, s.Community, s.Period.Start, s.Period.End, s.Part).Scan(&former, &b.Replaced, &file, &sha)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil && path.Base(file) != path.Base(b.Source.File) && sha != b.Source.SHA256 {
		b.Issues = append(b.Issues, ingest.Issue{
			Severity: ingest.Warning, Code: "other-file", File: b.Source.File, Sheet: b.Sheet,
			Found: fmt.Sprintf("替换了“%s”收下的 %d 行", file, b.Replaced),
			Mend:  "两个文件都要的，请合并成一张再交；是改好的同一张表，不用管",
		})
	}
	if err == nil && b.Replaced >= 20 && b.Counts.Accepted < b.Replaced/2 {
		b.Issues = append(b.Issues, ingest.Issue{
			Severity: ingest.Warning, Code: "shrunk", File: b.Source.File, Sheet: b.Sheet,
			Found: fmt.Sprintf("收下 %d 行，替换了原来第 %d 批的 %d 行", b.Counts.Accepted, former, b.Replaced),
			Mend:  "每次要交整张表；如果只交了新增的几行，请撤销这一批，再交整张",
		})
	}
	return err
}

// An overlap is a finding about a batch and another one; it counts while both
// are in force.
type overlap struct {
	ingest.Issue
	other int32
	now   bool // the other is in force now
}

// overlap looks for other parts of the period in which rows of the batch are
// known again. It looks through all batches that are in force or may be once
// more, after an undo; the batch's own issues gain those with the former. A row with a blank in
// its key is let be: two anonymous gifts of a day may well be two. A column
// that is blank in the whole of one sheet tells nothing; without names, only
// sheets that both have none are the same.
func (tx *Tx) overlap(ctx context.Context, b *ingest.Batch, id int32) ([]overlap, error) {
	if len(b.Kind.Again) == 0 {
		return nil, nil
	}
	var same []string
	for _, name := range b.Kind.Again {
		var filled int
		if err := tx.QueryRowContext(ctx, fmt.Sprintf("SELECT COUNT(%s) FROM raw.%s WHERE batch = ?", name, b.Kind.Name), id).Scan(&filled); err != nil {
			return nil, err
		}
		isName := slices.ContainsFunc(b.Kind.Columns, func(c ingest.Column) bool { return c.Name == name && c.Type == ingest.PersonName })
		switch {
		case filled > 0 && isName:
			same = append(same, fmt.Sprintf("mine.%s = other.%[1]s", name))
		case isName:
			same = append(same, fmt.Sprintf("other.%s IS NULL", name))
		case filled > 0:
			same = append(same, fmt.Sprintf("(mine.%s = other.%[1]s OR other.batch IN (SELECT batch FROM others GROUP BY batch HAVING COUNT(%[1]s) = 0))", name))
		}
	}
	s := b.Slice
	rows, err := tx.QueryContext(ctx, fmt.Sprintf(`
		WITH others AS (
			SELECT line.* FROM raw.%[1]s line JOIN ops.batch b ON b.id = line.batch
			WHERE b.kind = ? AND b.community = ? AND b.period_start = ? AND b.period_end = ? AND b.part <> ?
			  AND b.id NOT IN (SELECT batch FROM ops.slice_event WHERE action = 'undo')
		)
		SELECT b.id, b.part, b.file, COUNT(DISTINCT mine."row"), MIN(mine."row"), b.id IN (SELECT batch FROM ops.live)
		FROM raw.%[1]s mine
		JOIN others other ON %[2]s
		JOIN ops.batch b ON b.id = other.batch
		WHERE mine.batch = ?
		GROUP BY b.id, b.part, b.file ORDER BY b.part, b.id`, b.Kind.Name, strings.Join(same, " AND ")),
		s.Kind, s.Community, s.Period.Start, s.Period.End, s.Part, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []overlap
	for rows.Next() {
		o := overlap{Issue: ingest.Issue{
			Severity: ingest.Warning, Code: "overlap", File: b.Source.File, Sheet: b.Sheet,
			Mend: "同一件事记两次会算两次；确是重复的，请从其中一份里删去再传",
		}}
		var part, file string
		var count int
		if err := rows.Scan(&o.other, &part, &file, &count, &o.Row, &o.now); err != nil {
			return nil, err
		}
		o.Found = fmt.Sprintf("从这一行起有 %d 行，“%s”（%s）里已经记过", count, part, file)
		found = append(found, o)
	}
	return found, rows.Err()
}

func (tx *Tx) event(ctx context.Context, action string, batch int32, undoes any) error {
	if _, err := tx.ExecContext(ctx, "INSERT INTO ops.slice_event SELECT COALESCE(MAX(seq), 0) + 1, ?, ?, ?, ? FROM ops.slice_event", tx.At, action, batch, undoes); err != nil {
		return err
	}
	return tx.stale(ctx, "SELECT community, period_end FROM ops.batch WHERE id = ?", batch)
}

// appendTo is the one place that appends. The engine's appender would keep up
// to 204,800 rows beside the table before it writes them there, and for that
// while they are in memory twice.
func (tx *Tx) appendTo(schema, table string, rows func(add func(...driver.Value) error) error) error {
	return tx.conn.Raw(func(c any) (err error) {
		appender, err := duck.NewAppenderFromConn(c.(driver.Conn), schema, table)
		if err != nil {
			return err
		}
		defer func() {
			if closing := appender.Close(); err == nil {
				err = closing
			}
		}()
		n := 0
		return rows(func(values ...driver.Value) error {
			if err := appender.AppendRow(values...); err != nil {
				return err
			}
			if n++; n%(8<<10) == 0 {
				return appender.Flush()
			}
			return nil
		})
	})
}

func (tx *Tx) appendRows(ctx context.Context, b *ingest.Batch, id int32) error {
	columns, err := tx.columns(ctx, b.Kind)
	if err != nil {
		return err
	}
	fields := b.Kind.Fields()
	place := make([]int, len(fields))
	for i, f := range fields {
		place[i] = slices.Index(columns, f.Name)
	}
	values := make([]driver.Value, len(columns))
	values[0] = id
	return tx.appendTo("raw", b.Kind.Name, func(add func(...driver.Value) error) error {
		for row, err := range ahead(b.Rows, len(fields)) {
			if err != nil {
				return err
			}
			values[1] = int32(row.Number)
			for i, v := range row.Values {
				if values[place[i]], err = stored(fields[i], v); err != nil {
					return fmt.Errorf("%s row %d: %w", b.Sheet, row.Number, err)
				}
			}
			if err := add(values...); err != nil {
				return fmt.Errorf("%s row %d: %w", b.Sheet, row.Number, err)
			}
		}
		return nil
	})
}

// ahead reads rows in a goroutine of its own, a chunk before the one that is
// being stored: reading and storing take about as long as each other. The
// goroutine has ended when the loop has.
func ahead(rows iter.Seq2[ingest.Row, error], width int) iter.Seq2[ingest.Row, error] {
	const size = 1024
	type chunk struct {
		rows []ingest.Row
		err  error
	}
	return func(yield func(ingest.Row, error) bool) {
		chunks, stop := make(chan chunk, 2), make(chan struct{})
		go func() {
			defer close(chunks)
			c := chunk{}
			var values []any
			send := func() bool {
				select {
				case chunks <- c:
					c = chunk{}
					return true
				case <-stop:
					return false
				}
			}
			for row, err := range rows {
				if err != nil {
					c.err = err
					break
				}
				if len(c.rows) == 0 {
					c.rows, values = make([]ingest.Row, 0, size), make([]any, 0, size*width)
				}
				from := len(values)
				values = append(values, row.Values...)
				c.rows = append(c.rows, ingest.Row{Number: row.Number, Values: values[from:]})
				if len(c.rows) == size && !send() {
					return
				}
			}
			send()
		}()
		defer func() {
			close(stop)
			for range chunks {
			}
		}()
		for c := range chunks {
			for _, row := range c.rows {
				if !yield(row, nil) {
					return
				}
			}
			if c.err != nil {
				yield(ingest.Row{}, c.err)
				return
			}
		}
	}
}

// stored gives the driver a value in exactly its field's type.
func stored(f ingest.Field, v any) (driver.Value, error) {
	if v == nil {
		return nil, nil
	}
	switch f.Type {
	case ingest.TextField:
		if s, ok := v.(string); ok {
			return s, nil
		}
	case ingest.UUIDField:
		if u, ok := v.([16]byte); ok {
			return duck.UUID(u), nil
		}
	case ingest.BytesField:
		if b, ok := v.([]byte); ok {
			return b, nil
		}
	case ingest.DateField:
		if t, ok := v.(time.Time); ok {
			return t, nil
		}
	case ingest.IntField:
		if n, ok := v.(int64); ok {
			return n, nil
		}
	case ingest.DecimalField:
		if d, ok := v.(decimal.Decimal); ok {
			scaled := d.Shift(f.Scale)
			if !scaled.IsInteger() || scaled.NumDigits() > 18 {
				return nil, fmt.Errorf("%s does not fit %s", d, typeOf(f))
			}
			return duck.Decimal{Width: 18, Scale: uint8(f.Scale), Value: new(big.Int).Set(scaled.BigInt())}, nil
		}
	}
	return nil, fmt.Errorf("field %s is a %s and cannot hold a %T", f.Name, typeOf(f), v)
}

// Undo takes the slice's load in force back, so that the former batch is in
// force again. It gives the batch taken back; sql.ErrNoRows if there is none.
func (tx *Tx) Undo(ctx context.Context, s ingest.Slice) (batch int32, err error) {
	if err := tx.QueryRowContext(ctx, `SELECT batch FROM ops.live
		WHERE kind = ? AND community = ? AND period_start = ? AND period_end = ? AND part = ?`,
		s.Kind, s.Community, s.Period.Start, s.Period.End, s.Part).Scan(&batch); err != nil {
		return 0, err
	}
	var load int64
	if err := tx.QueryRowContext(ctx, "SELECT MAX(seq) FROM ops.slice_event WHERE action = 'load' AND batch = ?", batch).Scan(&load); err != nil {
		return 0, err
	}
	return batch, tx.event(ctx, "undo", batch, load)
}
