package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"xingce/queries"
	"xingce/queries/stars"
)

// A RoundOf says whose round.
type RoundOf struct {
	Year      int
	Community string
	Policy    string // its name
}

// Round is the round as it stands, with its ratings: without any, where nothing
// has been rated.
func (db *DB) Round(ctx context.Context, of RoundOf) (stars.Round, error) {
	r, _, err := round(ctx, db, of)
	return r, err
}

// round also gives the number of the proposal that it is about.
func round(ctx context.Context, q queries.Querier, of RoundOf) (stars.Round, int64, error) {
	acts, err := acts(ctx, q, of)
	if err != nil {
		return stars.Round{}, 0, err
	}
	r := stars.Replay(acts)
	p, err := proposal(ctx, q, r.Proposal, of.Year, of.Community, of.Policy)
	r.Policy, r.Ratings = p.Policy, p.Ratings
	return r, p.Revision, err
}

// Act does one thing in a round: an act that the round does not allow is
// Refused. A confirmation stores the stars that it confirms.
func (tx *Tx) Act(ctx context.Context, of RoundOf, a stars.Act) (stars.Round, error) {
	r, about, err := round(ctx, tx, of)
	if err != nil {
		return r, err
	}
	if len(r.Ratings) == 0 {
		return r, Refused(fmt.Sprintf("%s %d 年还没有评定；请先用 xingce rate --year %[2]d", of.Community, of.Year))
	}
	a.Proposal, a.At = about, tx.At
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(seq), 0) + 1 FROM stars.act").Scan(&a.Seq); err != nil {
		return r, err
	}
	if a.Does == stars.Decide {
		if rating := r.Rating(a.Person); rating != nil {
			a.Score, a.Proposed = rating.Score, rating.Star
		}
	}
	if err := r.Do(a); err != nil {
		return r, Refused(err.Error())
	}
	holds := ""
	if a.Does == stars.Approve {
		if holds, err = tx.confirm(ctx, of, a.Seq, r); err != nil {
			return r, err
		}
	}
	return r, tx.record(ctx, of, a, r.Version, holds)
}

func (tx *Tx) record(ctx context.Context, of RoundOf, a stars.Act, version int, holds string) error {
	var before string
	err := tx.QueryRowContext(ctx, "SELECT digest FROM stars.act ORDER BY seq DESC LIMIT 1").Scan(&before)
	if err != nil && err != sql.ErrNoRows {
		return err
	}
	day := func(t time.Time) sql.NullTime { return sql.NullTime{Time: t, Valid: !t.IsZero()} }
	var own string
	err = tx.QueryRowContext(ctx, `
		INSERT INTO stars.act
		SELECT *, sha256(`+actText+`)
		FROM (SELECT CAST(? AS BIGINT) AS seq, CAST(? AS TIMESTAMP) AS made_at, CAST(? AS DATE) AS day, ? AS who, CAST(? AS INTEGER) AS year, ? AS community, ? AS policy, CAST(? AS INTEGER) AS version, ? AS does,
		             ? AS proposal, ? AS person, CAST(? AS INTEGER) AS star, CAST(? AS INTEGER) AS proposed, CAST(? AS DECIMAL(18,2)) AS score,
		             CAST(? AS DATE) AS from_day, CAST(? AS DATE) AS until_day, ? AS refers, ? AS upheld, ? AS why, ? AS evidence, ? AS holds, ? AS before)
		RETURNING digest`,
		a.Seq, a.At, a.Day, a.Who, of.Year, of.Community, of.Policy, version, string(a.Does), a.Proposal, a.Person, a.Star, a.Proposed, a.Score.StringFixed(2),
		day(a.From), day(a.Until), a.Refers, a.Upheld, a.Why, a.Evidence, holds, before).Scan(&own)
	if err != nil {
		return err
	}
	// The last of the chain is noted where the revisions are, so that its end
	// cannot go unseen.
	_, err = tx.ExecContext(ctx, "UPDATE ops.revision SET what = ? WHERE id = ?", fmt.Sprintf(actNote+"%d %s", a.Seq, own), tx.Revision)
	return err
}

const actNote = "round act "

// What a row's digest is of; the tables' CHECKs say the same.
const (
	actText = `concat_ws(chr(31), seq, made_at, day, who, year, community, policy, version, does, proposal, person, star, proposed, score,
        COALESCE(CAST(from_day AS VARCHAR), ''), COALESCE(CAST(until_day AS VARCHAR), ''), refers, upheld, why, evidence, holds, before)`
	confirmedText = `concat_ws(chr(31), act, year, community, policy, version, seq, person, name, kind, party_group, score, star, title, reasons)`
	// holds is the digest of all that an act confirmed.
	holdsSQL = `SELECT sha256(COALESCE(string_agg(digest, chr(10) ORDER BY seq), '')) FROM stars.confirmed WHERE act = ?`
)

// confirm stores the stars of a version for good, and gives their digest.
func (tx *Tx) confirm(ctx context.Context, of RoundOf, act int64, r stars.Round) (string, error) {
	insert, err := tx.PrepareContext(ctx, `
		INSERT INTO stars.confirmed
		SELECT *, sha256(`+confirmedText+`)
		FROM (SELECT CAST(? AS BIGINT) AS act, CAST(? AS INTEGER) AS year, ? AS community, ? AS policy, CAST(? AS INTEGER) AS version, CAST(? AS INTEGER) AS seq, ? AS person, ? AS name,
		             ? AS kind, ? AS party_group, CAST(? AS DECIMAL(18,2)) AS score, CAST(? AS INTEGER) AS star, ? AS title, ? AS reasons)`)
	if err != nil {
		return "", err
	}
	defer insert.Close()
	for i, rating := range r.Final() {
		reasons := rating.Reasons
		if a := r.Decision(rating.Person); a != nil {
			reasons = append(slices.Clone(reasons), fmt.Sprintf("支部议定为%s：%s（%s，%s）", stars.StarTitle(a.Star), a.Why, a.Who, a.Day.Format(time.DateOnly)))
		}
		if _, err := insert.ExecContext(ctx, act, of.Year, of.Community, of.Policy, r.Version, i+1, rating.Person, rating.Name, rating.Kind, rating.Group,
			rating.Score.StringFixed(2), rating.Star, rating.StarTitle(), strings.Join(reasons, "\n")); err != nil {
			return "", err
		}
	}
	var holds string
	return holds, tx.QueryRowContext(ctx, holdsSQL, act).Scan(&holds)
}

func acts(ctx context.Context, q queries.Querier, of RoundOf) ([]stars.Act, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT seq, made_at, day, who, does, proposal, person, star, proposed, CAST(score AS VARCHAR), from_day, until_day, refers, upheld, why, evidence
		FROM stars.act WHERE year = ? AND community = ? AND policy = ? ORDER BY seq`, of.Year, of.Community, of.Policy)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []stars.Act
	for rows.Next() {
		var a stars.Act
		var score string
		var from, until sql.NullTime
		if err := rows.Scan(&a.Seq, &a.At, &a.Day, &a.Who, &a.Does, &a.Proposal, &a.Person, &a.Star, &a.Proposed, &score, &from, &until, &a.Refers, &a.Upheld, &a.Why, &a.Evidence); err != nil {
			return nil, err
		}
		a.Score, a.From, a.Until = decimal.RequireFromString(score), from.Time, until.Time
		list = append(list, a)
	}
	return list, rows.Err()
}

// A Confirmed is a person's star as it was confirmed.
type Confirmed struct {
	Version int
	Day     time.Time
	Person  string
	Name    string
	Score   decimal.Decimal
	Star    int
	Title   string // 三星, 未达星级, 不评星级, 免评
	Reasons []string
}

// Confirmed lists a round's confirmed stars of a version, 0 for the newest, in the
// roll's order; none where nothing is confirmed.
func (db *DB) Confirmed(ctx context.Context, of RoundOf, version int) ([]Confirmed, error) {
	rows, err := db.QueryContext(ctx, `
		WITH versions AS (
		    SELECT MAX(version) AS newest FROM stars.confirmed WHERE year = ? AND community = ? AND policy = ? AND (version = ? OR ? = 0)
		)
		SELECT c.version, a.day, c.person, c.name, CAST(c.score AS VARCHAR), c.star, c.title, c.reasons
		FROM stars.confirmed AS c JOIN versions ON versions.newest = c.version JOIN stars.act AS a ON a.seq = c.act
		WHERE c.year = ? AND c.community = ? AND c.policy = ?
		ORDER BY c.seq`, of.Year, of.Community, of.Policy, version, version, of.Year, of.Community, of.Policy)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Confirmed
	for rows.Next() {
		var c Confirmed
		var score, reasons string
		if err := rows.Scan(&c.Version, &c.Day, &c.Person, &c.Name, &score, &c.Star, &c.Title, &reasons); err != nil {
			return nil, err
		}
		c.Score, c.Reasons = decimal.RequireFromString(score), strings.Split(reasons, "\n")
		list = append(list, c)
	}
	return list, rows.Err()
}
