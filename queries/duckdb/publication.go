package duckdb

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"time"

	"xingce/ingest"
	"xingce/queries/stars"
)

// Publish writes that a run has put out a set of files, with its manifest, and
// keeps the rules that it was rated by.
func (tx *Tx) Publish(ctx context.Context, run int64, about, manifest string, policies ...stars.Policy) error {
	for _, p := range policies {
		if err := tx.keepPolicy(ctx, p); err != nil {
			return err
		}
	}
	sum := sha256.Sum256([]byte(manifest))
	hash := hex.EncodeToString(sum[:])
	if _, err := tx.ExecContext(ctx, "INSERT INTO ops.manifest VALUES (?, ?) ON CONFLICT DO NOTHING", hash, manifest); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO ops.publication VALUES (?, ?, ?, ?)", tx.Revision, run, about, hash)
	return err
}

// Published is the manifest of what was put out last about a period; "" where
// nothing was.
func (db *DB) Published(ctx context.Context, about string) (manifest string, err error) {
	err = db.QueryRowContext(ctx, `SELECT m.text FROM ops.publication AS p JOIN ops.manifest AS m ON m.sha256 = p.manifest
		WHERE p.about = ? ORDER BY p.revision DESC LIMIT 1`, about).Scan(&manifest)
	if err == sql.ErrNoRows {
		return "", nil
	}
	return manifest, err
}

// Moment is when the data last changed in a way that a figure or a rating can
// show: a batch, what people decided of a name, an act of a round. A Reader of
// that moment sees the present. It is the zero time where nothing was taken in.
func (db *DB) Moment(ctx context.Context) (time.Time, error) {
	var at sql.NullTime
	err := db.QueryRowContext(ctx, `SELECT MAX(made_at) FROM (
		SELECT made_at FROM ops.slice_event UNION ALL SELECT made_at FROM ops.person_decision UNION ALL SELECT made_at FROM stars.act)`).Scan(&at)
	return at.Time, err
}

// A State is what a figure of a moment can stand on.
type State struct {
	Batches   []Stored // in force, by slice; number, slice and hash only
	Decisions int      // of names, those taken back too
	Decided   string   // hash of what they say, "" for none
}

// State is what there was at a moment about the time before a day; the zero
// moment is now.
func (db *DB) State(ctx context.Context, asOf, before time.Time) (State, error) {
	var s State
	reader, err := db.Reader(ctx, asOf)
	if err != nil {
		return s, err
	}
	defer reader.Close()
	rows, err := reader.QueryContext(ctx, "SELECT batch, kind, community, period_start, period_end, part, sha256 FROM ops.live WHERE period_start < ? ORDER BY community, kind, period_start, period_end, part", before)
	if err != nil {
		return s, err
	}
	defer rows.Close()
	for rows.Next() {
		var b Stored
		if err := rows.Scan(&b.ID, &b.Slice.Kind, &b.Slice.Community, &b.Slice.Period.Start, &b.Slice.Period.End, &b.Slice.Part, &b.SHA256); err != nil {
			return s, err
		}
		s.Batches = append(s.Batches, b)
	}
	if err := rows.Err(); err != nil {
		return s, err
	}
	const said = `SELECT COUNT(*), COALESCE(sha256(string_agg(concat_ws(chr(31), seq, action, undoes, community, role, team, name, period_start, period_end,
		(SELECT string_agg(CAST(nth AS VARCHAR), ',' ORDER BY nth) FROM ops.person_choice WHERE decision = seq AND chosen)), chr(10) ORDER BY seq)), '')
		FROM ops.person_decision WHERE made_at <= COALESCE(CAST(getvariable('as_of') AS TIMESTAMP), TIMESTAMP '9999-12-31')`
	return s, reader.QueryRowContext(ctx, said).Scan(&s.Decisions, &s.Decided)
}

// Emptied lists the batches of a kind of which no row is there any more.
func (db *DB) Emptied(ctx context.Context, kind *ingest.Kind) ([]int32, error) {
	rows, err := db.QueryContext(ctx, fmt.Sprintf("SELECT id FROM ops.batch WHERE kind = ? AND id NOT IN (SELECT batch FROM raw.%s) ORDER BY id", kind.Name), kind.Name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []int32
	for rows.Next() {
		var id int32
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		list = append(list, id)
	}
	return list, rows.Err()
}
