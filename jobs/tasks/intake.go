package tasks

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"filippo.io/age"

	"xingce/ingest"
	"xingce/ingest/person"
	"xingce/ingest/sheet"
	"xingce/queries/duckdb"
)

// An Intake takes one file in: the bytes are kept, sealed, under their hash,
// and each sheet's batch goes into the database, all in one transaction.
type Intake struct {
	DB      *duckdb.DB
	Reader  *ingest.Reader
	Uploads string // folder of sealed originals
	Seal    age.Recipient
	Now     func() time.Time
	// Partial takes the good rows of a file that has bad ones; else such a
	// file is held back whole.
	Partial bool
}

// An Outcome says what became of a file.
type Outcome struct {
	ingest.Report
	// Unchanged files are in force already, each sheet for its slice; nothing
	// was done.
	Unchanged bool
	// HeldBack files had good rows too, which wait for the bad ones to be
	// mended: none is stored, and all count as rejected.
	HeldBack bool
	Took     time.Duration
}

// File takes a file in. What is wrong with the file is in the outcome; the
// error is of the machine: a full disk, a broken database.
func (in *Intake) File(ctx context.Context, path, name, uploader string, hint ingest.Hint) (Outcome, error) {
	start := in.Now()
	// A clerk may have put a number or a phone into the file's name.
	name = person.Scrub(name)
	out := Outcome{Report: ingest.Report{Source: ingest.Source{File: name, Uploader: uploader, Received: start}}}
	f, err := os.Open(path)
	if err != nil {
		return out, err
	}
	defer f.Close()
	out.Source.SHA256, out.Source.Bytes, err = in.keep(f)
	var refusal *sheet.Refusal
	if errors.As(err, &refusal) {
		out.Issues = []ingest.Issue{{Severity: ingest.Error, Code: refusal.Code, File: name, Found: refusal.Says}}
		return out, nil
	} else if err != nil {
		return out, fmt.Errorf("keep %s: %w", name, err)
	}
	reader := *in.Reader
	if reader.Aliases, err = in.aliases(ctx); err != nil {
		return out, err
	}
	err = in.DB.Update(ctx, "ingest "+out.Source.SHA256[:12], func(tx *duckdb.Tx) error {
		var seen int // batches of these bytes, mostly none
		err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM ops.batch WHERE sha256 = ?", out.Source.SHA256).Scan(&seen)
		if err != nil {
			return err
		}
		same := seen > 0
		out.Report, err = reader.Read(ctx, out.Source, f, hint, func(b *ingest.Batch) error {
			if err := folder(b.Slice.Community); err != nil {
				return err
			}
			if seen > 0 {
				if same, err = inForce(ctx, tx, b, hint, same); err != nil {
					return err
				}
			}
			b.Rows = guarded(b.Rows)
			return tx.Load(ctx, b)
		})
		// What was read, or seemed to be damaged, must be what was kept.
		again := sha256.New()
		_, readErr := io.Copy(again, io.NewSectionReader(f, 0, out.Source.Bytes+1))
		switch {
		case readErr != nil:
			return readErr
		case hex.EncodeToString(again.Sum(nil)) != out.Source.SHA256:
			return errChanged
		case err != nil:
			return err
		case same && len(out.Batches) > 0:
			return errUnchanged
		case !in.Partial && out.Faulty() && out.Counts().Accepted > 0:
			return errHeldBack
		}
		return nil
	})
	out.Took = in.Now().Sub(start)
	out.Unchanged = errors.Is(err, errUnchanged)
	if out.HeldBack = errors.Is(err, errHeldBack); out.HeldBack {
		for _, b := range out.Batches {
			b.Counts.Accepted, b.Counts.Rejected = 0, b.Counts.Rejected+b.Counts.Accepted
		}
	}
	if out.Unchanged || out.HeldBack || errors.As(err, &refusal) {
		err = nil
	}
	if err == nil {
		err = in.ask(ctx, out.Report)
	}
	if err != nil {
		return out, fmt.Errorf("ingest %s: %w", name, err)
	}
	return out, nil
}

// These take a load back: one that would have changed nothing, and one that
// is not to be kept in part.
var (
	errUnchanged = errors.New("unchanged")
	errHeldBack  = errors.New("held back")
)

// errChanged is trouble of the machine: the file is not at fault, and may be
// taken in when it lies still.
var errChanged = errors.New("文件正在被别的程序改动，没有收；请等它写完再收")

// inForce reports whether the slice of a batch holds this sheet of these
// bytes already, and so did those before it. The bytes alone would not do: a
// file that lay in the wrong folder is put in the right one as it is, and a
// heading may be known that was not. Under another name that would make it
// another part of its period, it is the same sheet still, and of that part.
func inForce(ctx context.Context, tx *duckdb.Tx, b *ingest.Batch, hint ingest.Hint, before bool) (bool, error) {
	var part string
	err := tx.QueryRowContext(ctx, `SELECT part FROM ops.live
		WHERE kind = ? AND community = ? AND period_start = ? AND period_end = ? AND (part = ? OR ?) AND sha256 = ? AND sheet = ?
		  AND batch IN (SELECT id FROM ops.batch WHERE dropped = ?)
		ORDER BY part <> ?, part LIMIT 1`,
		b.Slice.Kind, b.Slice.Community, b.Slice.Period.Start, b.Slice.Period.End, b.Slice.Part, b.Kind.Parted && hint.Part == "", b.Source.SHA256, b.Sheet,
		strings.Join(b.Dropped, "、"), b.Slice.Part).Scan(&part)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err == nil {
		b.Slice.Part = part
	}
	return before, err
}

func (in *Intake) aliases(ctx context.Context) ([]ingest.Alias, error) {
	list, err := in.DB.Aliases(ctx)
	var aliases []ingest.Alias
	for _, a := range list {
		aliases = append(aliases, a.Alias)
	}
	return aliases, err
}

// ask keeps the headings that a file proposes, also of one that is not taken.
func (in *Intake) ask(ctx context.Context, report ingest.Report) error {
	if len(report.Proposed) == 0 {
		return nil
	}
	return in.DB.Update(ctx, "headings", func(tx *duckdb.Tx) error {
		for _, a := range report.Proposed {
			if err := tx.Ask(ctx, a, report.Source); err != nil {
				return err
			}
		}
		return nil
	})
}

// guarded makes a panic in the reading of rows an error. The rows are read
// from within the engine's connection, and database/sql locks up for good
// when a panic passes through that.
func guarded(rows iter.Seq2[ingest.Row, error]) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		reading := true
		defer func() {
			if !reading {
				return
			}
			if p := recover(); p != nil {
				yield(ingest.Row{}, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
			}
		}()
		for row, err := range rows {
			reading = false
			if !yield(row, err) {
				return
			}
			reading = true
		}
	}
}

// folder refuses a community whose name would not do as the name of a folder
// of its own in published/.
func folder(community string) error {
	name, err := filepath.Localize(community)
	if err != nil || filepath.Base(name) != name || strings.HasPrefix(name, ".") || strings.EqualFold(name, "town") {
		return fmt.Errorf("社区名称 %q 不能用作文件夹名", community)
	}
	return nil
}

// keep seals the original under its hash, in one pass over the file: when it
// returns, the original outlives a loss of power. What is kept already stays.
func (in *Intake) keep(f *os.File) (hash string, size int64, err error) {
	if err := os.MkdirAll(in.Uploads, 0o700); err != nil {
		return "", 0, err
	}
	part, err := os.CreateTemp(in.Uploads, ".part-*")
	if err != nil {
		return "", 0, err
	}
	defer os.Remove(part.Name()) // once renamed it is not there
	defer part.Close()
	sealed, err := age.Encrypt(part, in.Seal)
	if err != nil {
		return "", 0, err
	}
	sum, limit := sha256.New(), in.Reader.Limits.FileBytes
	if size, err = io.Copy(io.MultiWriter(sum, sealed), io.LimitReader(f, limit+1)); err != nil {
		return "", 0, err
	}
	if size > limit {
		return "", 0, &sheet.Refusal{Code: "too-large", Says: fmt.Sprintf("文件超过 %d MB，请拆成几个文件，或删去多余的工作表和图片后再上传", limit>>20)}
	}
	hash = hex.EncodeToString(sum.Sum(nil))
	file := filepath.Join(in.Uploads, hash[:2], hash+".age")
	if _, err := os.Stat(file); err == nil {
		return hash, size, nil
	}
	dir := filepath.Dir(file)
	if err := cmp.Or(sealed.Close(), part.Sync(), part.Close(), os.MkdirAll(dir, 0o700)); err != nil {
		return "", 0, err
	}
	if err := os.Rename(part.Name(), file); err != nil {
		return "", 0, err
	}
	return hash, size, cmp.Or(syncDir(dir), syncDir(in.Uploads))
}
