package duckdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	duck "github.com/duckdb/duckdb-go/v2"

	"xingce/ingest"
	"xingce/queries"
)

// Options say where the data lies and what it is for.
type Options struct {
	// Dir holds the file, its lock and its scratch folder; empty keeps the
	// data in memory.
	Dir    string
	Kinds  []*ingest.Kind
	Models []queries.Model
	// Memory bounds the engine, in MiB; 0 is 768.
	Memory int
	Now    func() time.Time
}

// A DB is an open database. Its embedded pool is for reading.
type DB struct {
	*sql.DB
	now  func() time.Time
	lock *flock.Flock

	mu     sync.Mutex // one transaction at a time
	writer *sql.Conn
	tables map[string][]string // columns of the kinds' tables, as far as asked for in a transaction

	keepings []keeping
	changed  atomic.Bool // since keep last looked
}

// ErrHeld is wrapped by the error of Open when another process has the data.
var ErrHeld = errors.New("数据正被另一个进程使用")

// Open opens or makes the database and brings its tables and views up to date.
func Open(ctx context.Context, o Options) (_ *DB, err error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	db := &DB{now: o.Now, tables: map[string][]string{}, keepings: keepings(o.Models)}
	db.changed.Store(true)
	defer func() {
		if err != nil {
			db.Close()
		}
	}()
	file, scratch := ":memory:", ""
	if o.Dir != "" {
		if err := os.MkdirAll(o.Dir, 0o700); err != nil {
			return nil, err
		}
		if err := db.hold(o.Dir); err != nil {
			return nil, err
		}
		file, scratch = filepath.Join(o.Dir, "xingce.duckdb"), filepath.Join(o.Dir, "tmp")
		// Spilled rows can hold names: nothing of a former run stays.
		if err := errors.Join(os.RemoveAll(scratch), os.MkdirAll(scratch, 0o700)); err != nil {
			return nil, err
		}
	}
	if o.Memory == 0 {
		o.Memory = 768
	}
	connector, err := duck.NewConnector(file, nil)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", file, err)
	}
	db.DB = sql.OpenDB(connector)
	if db.writer, err = db.Conn(ctx); err != nil {
		return nil, fmt.Errorf("open %s: %w", file, err)
	}
	if err := db.lockdown(ctx, o.Memory, scratch); err != nil {
		return nil, err
	}
	if err := db.migrate(ctx, o.Kinds, o.Models); err != nil {
		return nil, err
	}
	if o.Dir != "" {
		// The engine makes files that others may read. Chmod opens nothing, so
		// the engine's own lock on the file stays.
		if err := os.Chmod(file, 0o600); err != nil {
			return nil, err
		}
	}
	return db, nil
}

// lockdown bounds the engine and shuts it in: it reads and writes no file but
// its own, loads no code from elsewhere, and none of this can be undone. What
// it accepts afterwards all the same is an error: such an engine is not used.
func (db *DB) lockdown(ctx context.Context, memory int, scratch string) error {
	for _, s := range []struct{ name, value string }{
		{"memory_limit", strconv.Itoa(memory) + "MiB"},
		{"temp_directory", scratch},
		{"autoinstall_known_extensions", "false"},
		{"autoload_known_extensions", "false"},
		{"allow_community_extensions", "false"},
		{"checkpoint_threshold", "256MiB"}, // Checkpoint is called where it suits
		{"enable_external_access", "false"},
		{"lock_configuration", "true"},
	} {
		if _, err := db.writer.ExecContext(ctx, fmt.Sprintf("SET GLOBAL %s = '%s'", s.name, strings.ReplaceAll(s.value, "'", "''"))); err != nil {
			return fmt.Errorf("set %s: %w", s.name, err)
		}
	}
	for _, forbidden := range []string{
		"SET GLOBAL memory_limit = '1GiB'", "SET GLOBAL enable_external_access = true", "FROM read_text('/etc/hosts')",
		"ATTACH '/tmp/elsewhere.duckdb'", "COPY (SELECT 1) TO '/tmp/elsewhere.csv'", "INSTALL httpfs", "LOAD httpfs",
	} {
		if _, err := db.writer.ExecContext(ctx, forbidden); err == nil {
			return fmt.Errorf("the database engine is not locked down: it accepts %s", forbidden)
		}
	}
	return nil
}

// Free is ErrHeld, wrapped, while another process has the data of a folder.
func Free(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, lockName)); err != nil {
		return nil
	}
	db := &DB{}
	if err := db.hold(dir); err != nil {
		return err
	}
	return db.lock.Unlock()
}

const lockName = "xingce.lock"

// hold takes the folder's lock for this process and writes down who it is.
func (db *DB) hold(dir string) error {
	holder := filepath.Join(dir, "xingce.pid")
	lock := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	got, err := lock.TryLock()
	if err != nil {
		return fmt.Errorf("lock %s: %w", dir, err)
	}
	if !got {
		pid, _ := os.ReadFile(holder)
		return fmt.Errorf("%w（%s，进程号 %s），请先关闭它再试", ErrHeld, dir, strings.TrimSpace(string(pid)))
	}
	db.lock = lock
	return os.WriteFile(holder, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600)
}

// Checkpoint moves what is in the log into the file.
func (db *DB) Checkpoint(ctx context.Context) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	_, err := db.writer.ExecContext(ctx, "CHECKPOINT")
	return err
}

// Close writes everything down and lets others have the data.
func (db *DB) Close() error {
	var errs []error
	if db.writer != nil {
		errs = append(errs, db.writer.Close())
	}
	if db.DB != nil {
		errs = append(errs, db.DB.Close())
	}
	if db.lock != nil {
		errs = append(errs, db.lock.Unlock())
	}
	return errors.Join(errs...)
}

// A Tx is one change of the data. It is the writer's alone and ends with
// Update.
type Tx struct {
	*sql.Tx
	conn   *sql.Conn
	tables map[string][]string
	// Revision numbers the change; At is its time.
	Revision int64
	At       time.Time
}

// Update runs fn in a transaction: all of it is kept, or, after any error,
// nothing. what says in a word what the change is.
func (db *DB) Update(ctx context.Context, what string, fn func(*Tx) error) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	t := &Tx{Tx: tx, conn: db.writer, tables: db.tables, At: db.now().UTC().Truncate(time.Microsecond)}
	row := tx.QueryRowContext(ctx, "INSERT INTO ops.revision SELECT COALESCE(MAX(id), 0) + 1, ?, ? FROM ops.revision RETURNING id", t.At, what)
	if err := row.Scan(&t.Revision); err != nil {
		return err
	}
	if err := fn(t); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit %s: %w", what, err)
	}
	var kept int
	err = db.writer.QueryRowContext(context.WithoutCancel(ctx), "SELECT COUNT(*) FROM ops.revision WHERE id = ?", t.Revision).Scan(&kept)
	if err == nil && kept == 0 {
		err = fmt.Errorf("commit %s: the engine rolled back without an error", what)
	}
	db.changed.Store(true)
	return err
}

// Reader is a connection that sees the state as of a moment; the zero time
// is now. Close it after use.
func (db *DB) Reader(ctx context.Context, asOf time.Time) (*Reader, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	r := &Reader{conn, db, asOf.IsZero()}
	if !asOf.IsZero() {
		if _, err := conn.ExecContext(ctx, "SET VARIABLE as_of = CAST(? AS TIMESTAMP)", asOf.UTC()); err != nil {
			return nil, errors.Join(err, r.Close()) // it may be set all the same
		}
	}
	return r, nil
}

// A Reader is a queries.Querier over one state of the data.
type Reader struct {
	*sql.Conn
	db  *DB
	now bool
}

// QueryContext asks for the Reader's moment.
func (r *Reader) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if r.now {
		if err := r.db.keep(ctx); err != nil {
			return nil, err
		}
		query = present(query)
	}
	return r.Conn.QueryContext(ctx, query, args...)
}

// Close gives the connection back, seeing the present again.
func (r *Reader) Close() error {
	_, err := r.ExecContext(context.Background(), "RESET VARIABLE as_of")
	return errors.Join(err, r.Conn.Close())
}
