package duckdb

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"xingce/ingest"
	"xingce/queries"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate applies the migrations that the file has not seen, gives each kind
// its table, and makes the models' views if they changed.
func (db *DB) migrate(ctx context.Context, kinds []*ingest.Kind, models []queries.Model) error {
	if _, err := db.writer.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS main.applied (name VARCHAR NOT NULL, hash VARCHAR NOT NULL)"); err != nil {
		return err
	}
	changed := false
	apply := func(name, hash string, do func() error) error {
		var n int
		if err := db.writer.QueryRowContext(ctx, "SELECT COUNT(*) FROM main.applied WHERE name = ? AND hash = ?", name, hash).Scan(&n); err != nil || n > 0 {
			return err
		}
		changed = true
		tx, err := db.writer.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if err := do(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM main.applied WHERE name = ?", name); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO main.applied VALUES (?, ?)", name, hash); err != nil {
			return err
		}
		return tx.Commit()
	}
	exec := func(statement string) error {
		_, err := db.writer.ExecContext(ctx, statement)
		return err
	}

	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := migrations.ReadFile(file)
		if err != nil {
			return err
		}
		if err := apply(file, "", func() error { return exec(string(text)) }); err != nil {
			return err
		}
	}
	for _, kind := range kinds {
		if err := apply("raw."+kind.Name, digest(tableOf(kind)), func() error { return db.ensureTable(ctx, kind) }); err != nil {
			return err
		}
	}
	var all strings.Builder
	for _, m := range models {
		fmt.Fprintf(&all, "%s %s\n", m.Name, m.SQL)
	}
	err = apply("core", digest(all.String()), func() error {
		for _, m := range models {
			if err := exec("CREATE OR REPLACE VIEW core." + m.Name + " AS " + m.SQL); err != nil {
				return fmt.Errorf("model %s: %w", m.Name, err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := apply("kept", digest(all.String()), func() error { return makeKept(models, exec) }); err != nil || !changed {
		return err
	}
	return db.Checkpoint(ctx)
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

func tableOf(kind *ingest.Kind) string {
	columns := []string{"batch INTEGER NOT NULL", `"row" INTEGER NOT NULL`}
	for _, f := range kind.Fields() {
		columns = append(columns, f.Name+" "+typeOf(f))
	}
	return "CREATE TABLE raw." + kind.Name + " (" + strings.Join(columns, ", ") + ")"
}

// ensureTable makes a kind's table, or adds the fields that it has gained. A
// field that a kind has lost stays, empty in new rows.
func (db *DB) ensureTable(ctx context.Context, kind *ingest.Kind) error {
	there, err := columnsOf(ctx, db.writer, kind)
	if err != nil {
		return err
	}
	if len(there) == 0 {
		_, err := db.writer.ExecContext(ctx, tableOf(kind))
		return err
	}
	for _, f := range kind.Fields() {
		if !slices.Contains(there, f.Name) {
			if _, err := db.writer.ExecContext(ctx, fmt.Sprintf("ALTER TABLE raw.%s ADD COLUMN %s %s", kind.Name, f.Name, typeOf(f))); err != nil {
				return err
			}
		}
	}
	return nil
}

// columnsOf lists the columns of a kind's table as they stand there: a field
// that the kind has gained since stands last.
func columnsOf(ctx context.Context, db queries.Querier, kind *ingest.Kind) ([]string, error) {
	return texts(ctx, db, "SELECT column_name FROM information_schema.columns WHERE table_schema = 'raw' AND table_name = ? ORDER BY ordinal_position", kind.Name)
}

// columns are asked for once: no table changes while the database is open.
func (tx *Tx) columns(ctx context.Context, kind *ingest.Kind) (list []string, err error) {
	list, ok := tx.tables[kind.Name]
	if !ok {
		if list, err = columnsOf(ctx, tx, kind); err == nil {
			tx.tables[kind.Name] = list
		}
	}
	return list, err
}

func typeOf(f ingest.Field) string {
	switch f.Type {
	case ingest.UUIDField:
		return "UUID"
	case ingest.BytesField:
		return "BLOB"
	case ingest.DateField:
		return "DATE"
	case ingest.DecimalField:
		return fmt.Sprintf("DECIMAL(18,%d)", f.Scale)
	case ingest.IntField:
		return "BIGINT"
	}
	return "VARCHAR"
}
