package duckdb_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/storetest"
)

type store struct{ *duckdb.DB }

func (s store) Load(ctx context.Context, b *ingest.Batch) error {
	return s.Update(ctx, "load", func(tx *duckdb.Tx) error { return tx.Load(ctx, b) })
}

func (s store) Undo(ctx context.Context, slice ingest.Slice) error {
	return s.Update(ctx, "undo", func(tx *duckdb.Tx) error { _, err := tx.Undo(ctx, slice); return err })
}

func (s store) Live(ctx context.Context, asOf time.Time) ([]string, error) {
	reader, err := s.Reader(ctx, asOf)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return texts(ctx, reader, `SELECT r.text FROM raw.log r JOIN ops.live l ON l.batch = r.batch ORDER BY l.part, r."row"`)
}

func (s store) Value(ctx context.Context, field string) (string, error) {
	list, err := texts(ctx, s, "SELECT CAST("+field+" AS VARCHAR) FROM raw.log")
	return strings.Join(list, ","), err
}

func texts(ctx context.Context, db queries.Querier, query string) ([]string, error) {
	rows, err := db.QueryContext(ctx, query)
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

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Store {
		db, err := duckdb.Open(t.Context(), duckdb.Options{Kinds: []*ingest.Kind{&storetest.Log}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return store{db}
	})
}

func open(t *testing.T, dir string) *duckdb.DB {
	t.Helper()
	catalog, err := queries.Shelves()
	if err != nil {
		t.Fatal(err)
	}
	db, err := duckdb.Open(t.Context(), duckdb.Options{Dir: dir, Kinds: kinds.All(), Models: catalog.Models})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func TestReopenedDataIsAsItWas(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	err := db.Update(t.Context(), "note", func(tx *duckdb.Tx) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	defer db.Close()
	got, err := texts(t.Context(), db, "SELECT what FROM ops.revision")
	if err != nil || len(got) != 1 || got[0] != "note" {
		t.Errorf("revisions after reopening: %v (%v), want [note]", got, err)
	}
}

func TestAKindThatGainsAColumnKeepsItsRows(t *testing.T) {
	dir := t.TempDir()
	for i, columns := range [][]ingest.Column{
		{{Name: "a"}, {Name: "b"}},
		{{Name: "a"}, {Name: "new", Type: ingest.Date}, {Name: "b"}},
		{{Name: "b"}, {Name: "new", Type: ingest.Date}},
	} {
		kind := ingest.Kind{Name: "thing", Columns: columns}
		db, err := duckdb.Open(t.Context(), duckdb.Options{Dir: dir, Kinds: []*ingest.Kind{&kind}})
		if err != nil {
			t.Fatal(err)
		}
		b := &ingest.Batch{Kind: &kind, Slice: ingest.Slice{Kind: "thing", Community: "象山社区", Period: period.Quarter(2025, 1+i)}}
		b.Rows = func(yield func(ingest.Row, error) bool) {
			b.Counts = ingest.Counts{Read: 1, Accepted: 1}
			var values []any
			for _, f := range kind.Fields() {
				if f.Type == ingest.DateField {
					values = append(values, b.Slice.Period.Start)
				} else {
					values = append(values, f.Name)
				}
			}
			yield(ingest.Row{Number: 3, Values: values}, nil)
		}
		if err := (store{db}).Load(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		if i == 2 {
			got, err := texts(t.Context(), db, "SELECT concat_ws(' ', COALESCE(a, '-'), b, new, new_precision) FROM raw.thing ORDER BY batch")
			if want := []string{"a b", "a b 2025-04-01 new_precision", "- b 2025-07-01 new_precision"}; err != nil || !slices.Equal(got, want) {
				t.Errorf("got %q, %v; want %q", got, err, want)
			}
		}
		db.Close()
	}
}

func TestAStatementThatFailsRollsAllBack(t *testing.T) {
	db := open(t, "")
	defer db.Close()
	fault := errors.New("stop")
	err := db.Update(t.Context(), "half", func(tx *duckdb.Tx) error {
		if _, err := tx.ExecContext(t.Context(), "INSERT INTO ops.slice_event VALUES (1, now(), 'load', 1, NULL)"); err != nil {
			return err
		}
		// The caller forgets this error; COMMIT would return nil all the same.
		tx.ExecContext(t.Context(), "SELECT 1/0 FROM no_such_table")
		tx.ExecContext(t.Context(), "INSERT INTO ops.slice_event VALUES (2, now(), 'sideways', 1, NULL)")
		return nil
	})
	if err == nil {
		t.Error("a change with a failed statement was reported as kept")
	}
	if err := db.Update(t.Context(), "stop", func(*duckdb.Tx) error { return fault }); !errors.Is(err, fault) {
		t.Errorf("error %v, want the function's own", err)
	}
	left, err := texts(t.Context(), db, "SELECT action FROM ops.slice_event UNION ALL SELECT what FROM ops.revision")
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}

func TestNoForeignKeys(t *testing.T) {
	db := open(t, "")
	defer db.Close()
	got, err := texts(t.Context(), db, "SELECT table_name FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY'")
	if err != nil || len(got) > 0 {
		t.Errorf("foreign keys on %v (%v): updates under them fail", got, err)
	}
}

func TestScratchIsWipedAtStart(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, "tmp", "spill.block")
	if err := os.MkdirAll(filepath.Dir(left), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(left, []byte("rows"), 0o600); err != nil {
		t.Fatal(err)
	}
	db := open(t, dir)
	defer db.Close()
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("a former run's scratch file is still there (%v)", err)
	}
}

// The test's own binary is the second process.
func TestASecondProcessIsTurnedAway(t *testing.T) {
	if dir := os.Getenv("XINGCE_TEST_HELD"); dir != "" {
		db, err := duckdb.Open(t.Context(), duckdb.Options{Dir: dir})
		if err == nil {
			db.Close()
			t.Fatal("opened what another process holds")
		}
		if !errors.Is(err, duckdb.ErrHeld) || !strings.Contains(err.Error(), os.Getenv("XINGCE_TEST_HOLDER")) {
			t.Fatalf("error %q does not name the holder", err)
		}
		return
	}
	dir := t.TempDir()
	db := open(t, dir)
	defer db.Close()
	pid, err := os.ReadFile(filepath.Join(dir, "xingce.pid"))
	if err != nil {
		t.Fatal(err)
	}
	second := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestASecondProcessIsTurnedAway$")
	second.Env = append(os.Environ(), "XINGCE_TEST_HELD="+dir, "XINGCE_TEST_HOLDER="+strings.TrimSpace(string(pid)))
	if out, err := second.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
