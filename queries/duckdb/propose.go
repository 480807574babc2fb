package duckdb

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	duck "github.com/duckdb/duckdb-go/v2"
	"github.com/shopspring/decimal"

	"xingce/queries"
	"xingce/queries/stars"
)

// Propose stores a community's ratings of a year as judged, and gives the
// proposal's number. The same ratings as last time add nothing; others make a
// new proposal beside the former.
func (tx *Tx) Propose(ctx context.Context, year int, community string, policy stars.Policy, ratings []stars.Rating) (int64, error) {
	all := newSeal(policy.Hash())
	known, reasons := make([]string, len(ratings)), make([]string, len(ratings))
	for i, r := range ratings {
		known[i], reasons[i] = facts(r.Case), strings.Join(r.Reasons, "\n")
		all.add(r.Person, r.Name, r.Kind, r.Standing, r.Group, known[i], r.Score.StringFixed(2), strconv.Itoa(r.Star), reasons[i])
	}
	same := all.String()
	var last string
	var revision int64
	err := tx.QueryRowContext(ctx, "SELECT revision, digest FROM stars.proposal WHERE year = ? AND community = ? AND policy = ? ORDER BY revision DESC LIMIT 1",
		year, community, policy.Name).Scan(&revision, &last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	if last == same {
		return revision, nil
	}
	if err := tx.keepPolicy(ctx, policy); err != nil {
		return 0, err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO stars.proposal VALUES (?, ?, ?, ?, ?, ?, ?)",
		tx.Revision, year, community, policy.Name, policy.Hash(), len(ratings), same); err != nil {
		return 0, err
	}
	return tx.Revision, tx.appendTo("stars", "rating", func(add func(...driver.Value) error) error {
		for i, r := range ratings {
			if err := add(tx.Revision, community, int32(i+1), r.Person, r.Name, r.Kind, r.Standing, r.Group, known[i], points(r.Score), int32(r.Star), reasons[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// keepPolicy keeps the text of rules, by their hash.
func (tx *Tx) keepPolicy(ctx context.Context, p stars.Policy) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO stars.policy VALUES (?, ?, ?) ON CONFLICT DO NOTHING", p.Hash(), p.Name, p.Text())
	return err
}

// PolicyText is the text of rules that something was rated or published by;
// sql.ErrNoRows if they are not kept.
func (db *DB) PolicyText(ctx context.Context, hash string) (text string, err error) {
	err = db.QueryRowContext(ctx, "SELECT text FROM stars.policy WHERE hash = ?", hash).Scan(&text)
	return text, err
}

// A seal is the digest of a proposal: of its policy and of each row's texts.
type seal struct{ hash.Hash }

func newSeal(policy string) seal {
	s := seal{sha256.New()}
	s.add(policy)
	return s
}

func (s seal) add(texts ...string) {
	for _, text := range texts {
		io.WriteString(s, text)
		s.Write([]byte{0})
	}
}

func (s seal) String() string { return hex.EncodeToString(s.Sum(nil)) }

// points is a score as the engine keeps it; it has two digits at most.
func points(score decimal.Decimal) duck.Decimal {
	return duck.Decimal{Width: 18, Scale: 2, Value: score.Shift(2).BigInt()}
}

// facts are a line each, in order of name: member_hours=18.5.
func facts(c stars.Case) string {
	var lines []string
	for f, n := range c.Facts {
		lines = append(lines, f.String()+"="+n.String())
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func readFacts(text string) (map[stars.Fact]decimal.Decimal, error) {
	facts := map[stars.Fact]decimal.Decimal{}
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		measure, quarter, quarterly := strings.Cut(name, "@")
		f := stars.Fact{Measure: measure}
		var err error
		if quarterly {
			if f.Quarter, err = strconv.Atoi(quarter); err != nil {
				return nil, err
			}
		}
		if facts[f], err = decimal.NewFromString(value); err != nil {
			return nil, err
		}
	}
	return facts, nil
}

// A Proposal is ratings of a community's year as they were stored.
type Proposal struct {
	Revision  int64 // 0 for none
	Year      int
	Community string
	Policy    stars.Policy
	Ratings   []stars.Rating // in the roll's order
}

// Proposal finds one by its number, or, for 0, the latest of a community, year
// and policy's name; its Revision is 0 where there is none. The ratings are
// judged again from what was stored, and are refused if that gives others: the
// program has changed.
func (db *DB) Proposal(ctx context.Context, revision int64, year int, community, policy string) (Proposal, error) {
	return proposal(ctx, db, revision, year, community, policy)
}

func proposal(ctx context.Context, q queries.Querier, revision int64, year int, community, policy string) (Proposal, error) {
	p := Proposal{Year: year, Community: community}
	rows, err := q.QueryContext(ctx, `
		WITH chosen AS (
		    SELECT revision, policy_hash FROM stars.proposal
		    WHERE year = ? AND community = ? AND policy = ? AND (revision = ? OR ? = 0)
		    ORDER BY revision DESC LIMIT 1
		)
		SELECT chosen.revision, policy.text, rating.person, rating.name, rating.kind, rating.standing, rating.party_group, rating.facts,
		       CAST(rating.score AS VARCHAR), rating.star, rating.reasons
		FROM chosen
		JOIN stars.policy AS policy ON policy.hash = chosen.policy_hash
		JOIN stars.rating AS rating ON rating.revision = chosen.revision AND rating.community = ?
		ORDER BY rating.seq`, year, community, policy, revision, revision, community)
	if err != nil {
		return p, err
	}
	defer rows.Close()
	for rows.Next() {
		c := stars.Case{Community: community}
		var rules, known, score, reasons string
		var star int
		if err := rows.Scan(&p.Revision, &rules, &c.Person, &c.Name, &c.Kind, &c.Standing, &c.Group, &known, &score, &star, &reasons); err != nil {
			return p, err
		}
		if len(p.Ratings) == 0 {
			if p.Policy, err = stars.Parse(rules, func(_, _ string) bool { return true }); err != nil {
				return p, fmt.Errorf("proposal %d: %w", p.Revision, err)
			}
		}
		if c.Facts, err = readFacts(known); err != nil {
			return p, fmt.Errorf("proposal %d: %w", p.Revision, err)
		}
		r := stars.Judge(p.Policy, c)
		if r.Star != star || !r.Score.Equal(decimal.RequireFromString(score)) {
			return p, fmt.Errorf("第 %d 次测算存着%s %s 分、%s，照存着的依据重算是 %s 分、%s：记录被改动过（用 xingce round verify 查），或者程序换了版本", p.Revision, c.Name, score, stars.StarTitle(star), r.Score, stars.StarTitle(r.Star))
		}
		r.Reasons = strings.Split(reasons, "\n")
		p.Ratings = append(p.Ratings, r)
	}
	return p, rows.Err()
}

// ProposedAt is when a proposal was made; 0 is the latest.
func (db *DB) ProposedAt(ctx context.Context, of RoundOf, proposal int64) (time.Time, error) {
	var at time.Time
	err := db.QueryRowContext(ctx, `
		SELECT r.made_at FROM stars.proposal AS p JOIN ops.revision AS r ON r.id = p.revision
		WHERE p.year = ? AND p.community = ? AND p.policy = ? AND (p.revision = ? OR ? = 0)
		ORDER BY p.revision DESC LIMIT 1`, of.Year, of.Community, of.Policy, proposal, proposal).Scan(&at)
	return at, err
}
