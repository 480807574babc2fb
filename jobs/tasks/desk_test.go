package tasks_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"filippo.io/age"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/person"
	"xingce/ingest/sheet"
	"xingce/jobs"
	"xingce/jobs/tasks"
	"xingce/queries"
	"xingce/queries/duckdb"
)

// A desk is a data folder with the program over it, as cmd wires it, and a
// clock that stands still unless it is moved.
type desk struct {
	*testing.T
	dir      string
	db       *duckdb.DB
	inbox    *tasks.Inbox
	press    *tasks.Press
	jobs     *jobs.Scheduler
	identity *age.X25519Identity
	now      time.Time
	log      bytes.Buffer
	pages    []string // the quarters that were to be published
}

// newDesk has a publication that only notes the quarters it is asked for.
func newDesk(t *testing.T, dir string) *desk {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{T: t, dir: dir, now: time.Date(2026, 1, 5, 9, 0, 0, 0, zone)}
	clock := func() time.Time { return d.now }
	catalog, err := queries.Shelves()
	if err != nil {
		t.Fatal(err)
	}
	if d.db, err = duckdb.Open(t.Context(), duckdb.Options{Dir: dir, Kinds: kinds.All(), Models: catalog.Models, Memory: 256, Now: clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.db.Close() })
	keys, err := person.NewKeys(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	if d.identity, err = age.GenerateX25519Identity(); err != nil {
		t.Fatal(err)
	}
	d.press = &tasks.Press{DB: d.db, Catalog: catalog, Dir: d.at("published"), Town: "甲镇", Version: "试"}
	d.inbox = &tasks.Inbox{
		Intake: &tasks.Intake{
			DB: d.db, Reader: &ingest.Reader{Kinds: kinds.All(), Keys: keys, Limits: sheet.DefaultLimits},
			Uploads: d.at("uploads"), Seal: d.identity.Recipient(), Now: clock, Partial: true,
		},
		Dir: d.at("inbox"), Working: d.at("working"), Returned: d.at("returned"), Published: d.press.Published,
	}
	for _, folder := range []string{"inbox", "uploads", "returned", "published"} {
		if err := os.MkdirAll(d.at(folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	note := func(_ context.Context, run jobs.Run) (jobs.Result, error) {
		d.pages = append(d.pages, run.Part)
		return jobs.Result{}, nil
	}
	d.jobs = &jobs.Scheduler{
		Jobs:   []*jobs.Job{d.inbox.Job("* * * * *"), {Name: "publish", Title: "季度发布", Do: note}, {Name: "rate", Title: "年度评星", Do: note}},
		Ledger: &jobs.Ledger{DB: d.db, Now: clock},
		Zone:   zone, Now: clock, Log: slog.New(slog.NewTextHandler(&d.log, nil)),
	}
	return d
}

func (d *desk) at(path string) string { return filepath.Join(d.dir, filepath.FromSlash(path)) }

// put lays a file into the inbox, as if a minute ago.
func (d *desk) put(name, text string) {
	d.Helper()
	d.write("inbox/"+name, text)
	d.touch("inbox/"+name, time.Minute)
}

func (d *desk) write(path, text string) {
	d.Helper()
	if err := os.MkdirAll(filepath.Dir(d.at(path)), 0o700); err != nil {
		d.Fatal(err)
	}
	if err := os.WriteFile(d.at(path), []byte(text), 0o600); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) touch(path string, ago time.Duration) {
	d.Helper()
	if err := os.Chtimes(d.at(path), d.now.Add(-ago), d.now.Add(-ago)); err != nil {
		d.Fatal(err)
	}
}

// run does the inbox once and gives what it says; a minute passes.
func (d *desk) run() (string, error) {
	d.Helper()
	defer func() { d.now = d.now.Add(time.Minute) }()
	run, err := d.jobs.Once(d.Context(), d.jobs.Job("inbox"), d.now, "")
	return run.Result, err
}

// takes does the inbox once and wants it to say so.
func (d *desk) takes(says string) {
	d.Helper()
	got, err := d.run()
	if err != nil {
		d.Fatal(err)
	}
	if !strings.HasPrefix(got, says) {
		d.Errorf("the inbox says %q, want %q", got, says)
	}
}

// files lists what lies under a folder, with slashes.
func (d *desk) files(folder string) []string {
	d.Helper()
	var list []string
	err := filepath.WalkDir(d.at(folder), func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(d.at(folder), path)
			list = append(list, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return list
}

func (d *desk) holds(folder string, want ...string) {
	d.Helper()
	if got := d.files(folder); !slices.Equal(got, want) {
		d.Errorf("%s holds %q, want %q", folder, got, want)
	}
}

// texts asks for one column.
func (d *desk) texts(query string, args ...any) []string {
	d.Helper()
	rows, err := d.db.QueryContext(d.Context(), query, args...)
	if err != nil {
		d.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			d.Fatal(err)
		}
		list = append(list, text)
	}
	if err := rows.Err(); err != nil {
		d.Fatal(err)
	}
	return list
}

// rows counts the rows of every table but the ledgers of runs and changes.
func (d *desk) rows() map[string]int {
	d.Helper()
	count := map[string]int{}
	for _, table := range d.texts("SELECT schema_name || '.' || table_name FROM duckdb_tables()") {
		if table == "ops.run" || table == "ops.revision" {
			continue
		}
		var n int
		if err := d.db.QueryRowContext(d.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n); err != nil {
			d.Fatal(err)
		}
		count[table] = n
	}
	if len(count) < 10 {
		d.Fatalf("only %d tables", len(count))
	}
	return count
}

func (d *desk) unchanged(before map[string]int) {
	d.Helper()
	if after := d.rows(); !maps.Equal(before, after) {
		d.Errorf("the database has changed:\n%v\nbefore:\n%v", after, before)
	}
}

// originals unseals what is kept, by its path under uploads.
func (d *desk) originals() map[string]string {
	d.Helper()
	list := map[string]string{}
	for _, file := range d.files("uploads") {
		sealed, err := os.Open(d.at("uploads/" + file))
		if err != nil {
			d.Fatal(err)
		}
		defer sealed.Close()
		clear, err := age.Decrypt(sealed, d.identity)
		if err != nil {
			d.Fatal(err)
		}
		body, err := io.ReadAll(clear)
		if err != nil {
			d.Fatal(err)
		}
		list[file] = string(body)
	}
	return list
}

func (d *desk) read(path string) string {
	d.Helper()
	body, err := os.ReadFile(d.at(path))
	if err != nil {
		d.Fatal(err)
	}
	return string(body)
}

// gifts is a sheet of donations; each gift is written day,donor,amount.
func gifts(community, when string, gifts ...string) string {
	return fmt.Sprintf("%s%s捐款台账,,\n捐款日期,捐款人,捐款金额（元）\n%s\n", community, when, strings.Join(gifts, "\n"))
}
