package duckdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// VerifyRounds holds every act, every confirmed star and every rating that an
// act was about against their digests, and says how many acts there are. The
// error names the first that was changed, or that is gone.
func (db *DB) VerifyRounds(ctx context.Context) (acts int, err error) {
	approvals, acts, err := db.verifyChain(ctx)
	if err != nil {
		return acts, err
	}
	for _, a := range approvals {
		var holds string
		var whole bool
		if err := db.QueryRowContext(ctx, holdsSQL, a.seq).Scan(&holds); err != nil {
			return acts, err
		}
		if err := db.QueryRowContext(ctx, "SELECT COALESCE(bool_and(digest = sha256("+confirmedText+")), TRUE) FROM stars.confirmed WHERE act = ?", a.seq).Scan(&whole); err != nil {
			return acts, err
		}
		if holds != a.holds || !whole {
			return acts, fmt.Errorf("第 %d 号审定的星级被改动过", a.seq)
		}
	}
	return acts, db.verifyRatings(ctx)
}

// An approval and the digest of what it confirmed.
type approval struct {
	seq   int64
	holds string
}

// verifyChain holds each act against itself and the one before, and the last
// against what the revisions note.
func (db *DB) verifyChain(ctx context.Context) (approvals []approval, acts int, err error) {
	rows, err := db.QueryContext(ctx, `
		SELECT seq, digest = sha256(`+actText+`), COALESCE(before = LAG(digest) OVER (ORDER BY seq), before = ''), holds
		FROM stars.act ORDER BY seq`)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var a approval
		var own, chain bool
		if err := rows.Scan(&a.seq, &own, &chain, &a.holds); err != nil {
			return nil, acts, err
		}
		if acts++; !own || !chain {
			return nil, acts, fmt.Errorf("评定记录第 %d 号被改动过，或者它前面少了记录", a.seq)
		}
		if a.holds != "" {
			approvals = append(approvals, a)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, acts, err
	}
	var note, last string
	err = db.QueryRowContext(ctx, "SELECT what FROM ops.revision WHERE what LIKE '"+actNote+"%' ORDER BY id DESC LIMIT 1").Scan(&note)
	if errors.Is(err, sql.ErrNoRows) {
		return approvals, acts, nil
	}
	if err == nil {
		err = db.QueryRowContext(ctx, "SELECT COALESCE(MAX(seq || ' ' || digest), '') FROM stars.act WHERE seq = (SELECT MAX(seq) FROM stars.act)").Scan(&last)
	}
	if err == nil && actNote+last != note {
		seq, _, _ := strings.Cut(strings.TrimPrefix(note, actNote), " ")
		err = fmt.Errorf("评定记录到第 %s 号为止，最后的少了", seq)
	}
	return approvals, acts, err
}

// verifyRatings holds the ratings that acts were about against the digests of
// their proposals.
func (db *DB) verifyRatings(ctx context.Context) error {
	rows, err := db.QueryContext(ctx, `
		SELECT p.revision, p.community, p.policy_hash, p.digest, r.person, r.name, r.kind, r.standing, r.party_group, r.facts,
		       CAST(r.score AS VARCHAR), CAST(r.star AS VARCHAR), r.reasons
		FROM stars.proposal AS p JOIN stars.rating AS r ON r.revision = p.revision AND r.community = p.community
		WHERE EXISTS (SELECT 1 FROM stars.act AS a WHERE a.proposal = p.revision AND a.community = p.community AND a.policy = p.policy)
		ORDER BY p.revision, p.community, r.seq`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var revision int64
	var community, stored string
	var all seal
	changed := func() error {
		if revision > 0 && all.String() != stored {
			return fmt.Errorf("%s第 %d 次测算的得分被改动过", community, revision)
		}
		return nil
	}
	for rows.Next() {
		var next int64
		var place, policy, own string
		texts := make([]string, 9)
		into := []any{&next, &place, &policy, &own}
		for i := range texts {
			into = append(into, &texts[i])
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if next != revision || place != community {
			if err := changed(); err != nil {
				return err
			}
			revision, community, stored, all = next, place, own, newSeal(policy)
		}
		all.add(texts...)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return changed()
}
