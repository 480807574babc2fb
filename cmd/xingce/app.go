package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"xingce/cmd/internal/config"
	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
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
	policies  []stars.Policy // the members', and the volunteers' if there is one
	workdays  *period.Calendar
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
	if err := a.rules(); err != nil {
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
	if err := a.press.Tidy(); err != nil {
		return nil, err
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
			a.press.Publish(settings.Jobs.Publish, a.policies...),
			a.press.Rate(settings.Jobs.Rate, a.policies...),
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

// rules reads what ratings go by: the policies in force, and the office's own
// table of holidays over the program's.
func (a *app) rules() error {
	for _, name := range []string{a.config.Policy, a.config.VolunteerPolicy} {
		if name == "" {
			continue
		}
		p, err := a.policy(name)
		if err != nil {
			return err
		}
		a.policies = append(a.policies, p)
	}
	if a.policies[0].Subject != stars.Members {
		return fmt.Errorf("policy = %q 是评义工的，写在 volunteer_policy 里", a.config.Policy)
	}
	if len(a.policies) > 1 && a.policies[1].Subject != stars.Volunteers {
		return fmt.Errorf("volunteer_policy = %q 是评党员的，写在 policy 里", a.config.VolunteerPolicy)
	}
	a.workdays = period.Workdays()
	own := filepath.Join(a.dir, "holidays.toml")
	table, err := os.ReadFile(own)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = a.workdays.Add(table)
	}
	if err != nil {
		return fmt.Errorf("%s：%w", own, err)
	}
	return nil
}

// policy is the office's own file in policies/ of the data folder, else the
// one of that name on the program's shelf.
func (a *app) policy(name string) (stars.Policy, error) {
	own := filepath.Join(a.dir, "policies")
	if _, err := os.Stat(filepath.Join(own, name+".toml")); err == nil {
		return stars.Load(os.DirFS(own), name, stars.Measures(a.catalog))
	}
	return stars.Load(stars.Shelf(), name, stars.Measures(a.catalog))
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
