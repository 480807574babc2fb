package tasks

import (
	"bytes"
	"context"
	"crypto/sha256"
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
	body, err := in.read(path)
	var refusal *sheet.Refusal
	if errors.As(err, &refusal) {
		out.Issues = []ingest.Issue{{Severity: ingest.Error, Code: refusal.Code, File: name, Found: refusal.Says}}
		return out, nil
	} else if err != nil {
		return out, err
	}
	sum := sha256.Sum256(body)
	out.Source.SHA256, out.Source.Bytes = hex.EncodeToString(sum[:]), int64(len(body))
	if err := in.keep(out.Source.SHA256, body); err != nil {
		return out, fmt.Errorf("keep %s: %w", name, err)
	}
	reader := *in.Reader
	if reader.Aliases, err = in.aliases(ctx); err != nil {
		return out, err
	}
	err = in.DB.Update(ctx, "ingest "+out.Source.SHA256[:12], func(tx *duckdb.Tx) error {
		same := true
		var err error
		out.Report, err = reader.Read(ctx, out.Source, bytes.NewReader(body), hint, func(b *ingest.Batch) error {
			if err := folder(b.Slice.Community); err != nil {
				return err
			}
			if same, err = inForce(ctx, tx, b, same); err != nil {
				return err
			}
			b.Rows = guarded(b.Rows)
			return tx.Load(ctx, b)
		})
		switch {
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

// inForce reports whether the slice of a batch holds this sheet of these
// bytes already, and so did those before it. The bytes alone would not do: a
// file that lay in the wrong folder is put in the right one as it is, and a
// heading may be known that was not.
func inForce(ctx context.Context, tx *duckdb.Tx, b *ingest.Batch, before bool) (bool, error) {
	if !before {
		return false, nil
	}
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM ops.live
		WHERE kind = ? AND community = ? AND period_start = ? AND period_end = ? AND part = ? AND sha256 = ? AND sheet = ?
		  AND batch IN (SELECT id FROM ops.batch WHERE dropped = ?)`,
		b.Slice.Kind, b.Slice.Community, b.Slice.Period.Start, b.Slice.Period.End, b.Slice.Part, b.Source.SHA256, b.Sheet, strings.Join(b.Dropped, "、")).Scan(&n)
	return n > 0, err
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

// read gives a file's bytes, up to the limit.
func (in *Intake) read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	limit := in.Reader.Limits.FileBytes
	body, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(body)) > limit {
		err = &sheet.Refusal{Code: "too-large", Says: fmt.Sprintf("文件超过 %d MB，请拆成几个文件，或删去多余的工作表和图片后再上传", limit>>20)}
	}
	return body, err
}

// keep seals the original under its hash; what is kept already stays.
func (in *Intake) keep(hash string, body []byte) error {
	file := filepath.Join(in.Uploads, hash[:2], hash+".age")
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, in.Seal)
	if err != nil {
		return err
	}
	if _, err := w.Write(body); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return replace(file, sealed.Bytes(), 0o600)
}
