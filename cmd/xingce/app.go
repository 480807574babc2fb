package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"xingce/cmd/internal/config"
	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/person"
	"xingce/ingest/sheet"
	"xingce/jobs"
	"xingce/jobs/tasks"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
)

// An app is the program over one data folder.
type app struct {
	config    config.Config
	dir       string
	db        *duckdb.DB
	catalog   *queries.Catalog
	inbox     *tasks.Inbox
	press     *tasks.Press
	ledger    *jobs.Ledger
	scheduler *jobs.Scheduler
}

// open wires the stages over a data folder; log is where the schedule tells
// what it does.
func open(ctx context.Context, dir string, log io.Writer) (*app, error) {
	settings, err := config.Load(dir)
	if err != nil {
		return nil, usageError{err}
	}
	return wire(ctx, dir, settings, log)
}

// reopen opens a data folder that is there already. Asking makes no data: a
// folder typed wrong is not an empty one.
func reopen(ctx context.Context, dir string) (*app, error) {
	_, data := os.Stat(filepath.Join(dir, "xingce.duckdb"))
	_, settings := os.Stat(filepath.Join(dir, "config.toml"))
	if data != nil && settings != nil {
		return nil, usageError{fmt.Errorf("%s 里还没有数据；请先用 xingce serve 或 xingce ingest 收表，或用 --data 指定数据文件夹", dir)}
	}
	return open(ctx, dir, io.Discard)
}

func wire(ctx context.Context, dir string, settings config.Config, log io.Writer) (_ *app, err error) {
	a := &app{config: settings, dir: dir}
	zone, err := time.LoadLocation(settings.Zone)
	if err != nil {
		return nil, usageError{err}
	}
	if a.catalog, err = shelves(dir); err != nil {
		return nil, err
	}
	policy, err := a.policy()
	if err != nil {
		return nil, usageError{err}
	}
	if a.db, err = duckdb.Open(ctx, duckdb.Options{Dir: dir, Kinds: kinds.All(), Models: a.catalog.Models}); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			a.db.Close()
		}
	}()
	keys, err := person.LoadKeys(filepath.Join(dir, "keys", "site.key"))
	if err != nil {
		return nil, usageError{err}
	}
	seal, err := uploadKey(filepath.Join(dir, "keys", "uploads.key"))
	if err != nil {
		return nil, usageError{err}
	}
	for _, folder := range []string{"inbox", "uploads", "returned", "published"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
			return nil, err
		}
	}
	now := func() time.Time { return time.Now().In(zone) }
	a.ledger = &jobs.Ledger{DB: a.db, Now: time.Now}
	a.press = &tasks.Press{
		DB: a.db, Catalog: a.catalog, Dir: filepath.Join(dir, "published"),
		Town: settings.Town, Communities: settings.Communities, Version: version,
	}
	a.inbox = &tasks.Inbox{
		Intake: &tasks.Intake{
			DB:      a.db,
			Reader:  &ingest.Reader{Kinds: kinds.All(), Communities: settings.Communities, Keys: keys, Limits: sheet.DefaultLimits},
			Uploads: filepath.Join(dir, "uploads"), Seal: seal, Now: now, Partial: settings.Partial,
		},
		Dir: filepath.Join(dir, "inbox"), Working: filepath.Join(dir, "working"), Returned: filepath.Join(dir, "returned"),
		Published: a.press.Published,
	}
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	a.inbox.Mark = ingest.Annotator{Program: []string{program, "annotate"}, Memory: 384 << 20, Time: 30 * time.Second}.Annotate
	a.scheduler = &jobs.Scheduler{
		Jobs: []*jobs.Job{
			a.inbox.Job(settings.Jobs.Inbox),
			a.press.Publish(settings.Jobs.Publish),
			a.press.Rate(settings.Jobs.Rate, policy),
		},
		Ledger: a.ledger, Zone: zone, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(log, nil)),
	}
	return a, nil
}

// shelves is the catalog that the program carries, and over it the office's
// own: metrics/*.sql of the data folder.
func shelves(dir string) (*queries.Catalog, error) {
	catalog, err := queries.Shelves()
	if err != nil {
		return nil, err
	}
	if catalog, err = catalog.With(os.DirFS(dir)); err != nil {
		return nil, usageError{err}
	}
	return catalog, nil
}

// policy is the star rules in force: the office's own file in policies/ of
// the data folder, else the one of that name on the program's shelf.
func (a *app) policy() (stars.Policy, error) {
	own := filepath.Join(a.dir, "policies")
	if _, err := os.Stat(filepath.Join(own, a.config.Policy+".toml")); err == nil {
		return stars.Load(os.DirFS(own), a.config.Policy, stars.Measures(a.catalog))
	}
	return stars.Load(stars.Shelf(), a.config.Policy, stars.Measures(a.catalog))
}

func (a *app) close() error { return a.db.Close() }

// uploadKey is the key that originals are sealed for.
func uploadKey(file string) (age.Recipient, error) {
	text, err := person.Secret(file, func() (string, error) {
		identity, err := age.GenerateX25519Identity()
		if err != nil {
			return "", err
		}
		return identity.String(), nil
	})
	if err != nil {
		return nil, err
	}
	identity, err := age.ParseX25519Identity(text)
	if err != nil {
		return nil, fmt.Errorf("密钥文件 %s 已损坏，请用备份恢复", file)
	}
	return identity.Recipient(), nil
}
