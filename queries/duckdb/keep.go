package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"time"

	"xingce/queries"
)

// Schema kept is schema core at the present: the same names over the same rows,
// but the models whose header says `-- kept:` are tables, and so is ops.live.
// Working out who is meant by a name takes longer than most figures over it,
// and the planning of such deep views alone longer than one over a table.
//
// Whatever changes a slice or a decision notes in kept.stale, in the same
// transaction, which communities and periods it is about; who next asks for the
// present has those made anew first. A former moment is asked of core.

// A keeping is a table of schema kept.
type keeping struct{ name, sql string }

// keepings are the tables, each after those it is made of.
func keepings(models []queries.Model) []keeping {
	list := []keeping{{"live", "SELECT * FROM ops.live"}}
	for _, m := range models {
		if m.Kept {
			list = append(list, keeping{m.Name, present(m.SQL)})
		}
	}
	return list
}

var moments = regexp.MustCompile(`\bcore\.|\bops\.live\b`)

// present has a statement over core ask for the present.
func present(statement string) string {
	return moments.ReplaceAllStringFunc(statement, func(said string) string {
		if said == "ops.live" {
			return "kept.live"
		}
		return "kept."
	})
}

// makeKept makes schema kept, empty, with all of it to be worked out.
func makeKept(models []queries.Model, exec func(string) error) error {
	statements := []string{
		"DROP SCHEMA IF EXISTS kept CASCADE",
		"CREATE SCHEMA kept",
		"CREATE TABLE kept.stale AS SELECT DISTINCT community, period_end FROM ops.batch",
		"CREATE TABLE kept.live AS SELECT * FROM ops.live LIMIT 0",
	}
	for _, m := range models {
		if m.Kept {
			statements = append(statements, fmt.Sprintf("CREATE TABLE kept.%s AS SELECT * FROM (%s) LIMIT 0", m.Name, present(m.SQL)))
		} else {
			statements = append(statements, fmt.Sprintf("CREATE VIEW kept.%s AS %s", m.Name, present(m.SQL)))
		}
	}
	for _, s := range statements {
		if err := exec(s); err != nil {
			return err
		}
	}
	return nil
}

// keep makes anew what is stale. It waits for a change that is being made.
func (db *DB) keep(ctx context.Context) error {
	if !db.changed.Load() {
		return nil
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var first, last sql.NullTime
	if err := tx.QueryRowContext(ctx, "SELECT MIN(period_end), MAX(period_end) FROM kept.stale").Scan(&first, &last); err != nil {
		return err
	}
	if first.Valid {
		// The engine carries bounds down into a model, but not a list of pairs.
		stale := fmt.Sprintf(" WHERE period_end BETWEEN DATE '%s' AND DATE '%s' AND (community, period_end) IN (SELECT (community, period_end) FROM kept.stale)",
			first.Time.Format(time.DateOnly), last.Time.Format(time.DateOnly))
		for _, k := range db.keepings {
			if _, err := tx.ExecContext(ctx, "DELETE FROM kept."+k.name+stale); err != nil {
				return fmt.Errorf("keep %s: %w", k.name, err)
			}
			if _, err := tx.ExecContext(ctx, "INSERT INTO kept."+k.name+" SELECT * FROM ("+k.sql+")"+stale); err != nil {
				return fmt.Errorf("keep %s: %w", k.name, err)
			}
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM kept.stale"); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	db.changed.Store(false)
	return nil
}

// stale notes that the figures of some slices, given by a query, are no more as
// kept.
func (tx *Tx) stale(ctx context.Context, slices string, args ...any) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO kept.stale "+slices, args...)
	return err
}

// QueryContext asks for the present.
func (db *DB) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if strings.Contains(query, "core.") {
		if err := db.keep(ctx); err != nil {
			return nil, err
		}
		query = present(query)
	}
	return db.DB.QueryContext(ctx, query, args...)
}
