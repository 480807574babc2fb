package tasks

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"xingce/ingest"
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
}

// An Outcome says what became of a file.
type Outcome struct {
	ingest.Report
	// Unchanged files are in force already; nothing was done.
	Unchanged bool
	Took      time.Duration
}

// File takes a file in. What is wrong with the file is in the outcome; the
// error is of the machine: a full disk, a broken database.
func (in *Intake) File(ctx context.Context, path, name, uploader string, hint ingest.Hint) (Outcome, error) {
	start := in.Now()
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
	if hint == (ingest.Hint{}) {
		out.Unchanged, err = in.DB.InForce(ctx, out.Source.SHA256)
		if err != nil || out.Unchanged {
			return out, err
		}
	}
	if err := in.keep(out.Source.SHA256, body); err != nil {
		return out, fmt.Errorf("keep %s: %w", name, err)
	}
	err = in.DB.Update(ctx, "ingest "+out.Source.SHA256[:12], func(tx *duckdb.Tx) error {
		var err error
		out.Report, err = in.Reader.Read(ctx, out.Source, bytes.NewReader(body), hint, func(b *ingest.Batch) error {
			return tx.Load(ctx, b)
		})
		return err
	})
	out.Took = in.Now().Sub(start)
	if errors.As(err, &refusal) {
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("ingest %s: %w", name, err)
	}
	return out, nil
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
