package duckdb_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"xingce/queries/duckdb"
	"xingce/queries/stars"
)

// A jury is a branch of three, rated in a database.
type jury struct {
	*testing.T
	db     *duckdb.DB
	of     duckdb.RoundOf
	policy stars.Policy
}

func newJury(t *testing.T) *jury {
	t.Helper()
	j := &jury{T: t, of: duckdb.RoundOf{Year: 2025, Community: "象山社区", Policy: "founding"}}
	var err error
	if j.policy, err = stars.Load(stars.Shelf(), "founding", func(_, _ string) bool { return true }); err != nil {
		t.Fatal(err)
	}
	if j.db, err = duckdb.Open(t.Context(), duckdb.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.db.Close() })
	return j
}

// rates proposes stars by meetings attended: "甲 6 次". Nobody is near a quota.
func (j *jury) rates(meetings ...int64) int64 {
	j.Helper()
	var ratings []stars.Rating
	for i, n := range meetings {
		ratings = append(ratings, stars.Judge(j.policy, stars.Case{
			Community: j.of.Community, Person: fmt.Sprint("id:", i+1), Name: string([]rune("甲乙丙丁戊")[i]), Kind: "直管", Standing: "正式", Group: "第一党小组",
			Facts: map[stars.Fact]decimal.Decimal{{Measure: "member_meetings"}: decimal.NewFromInt(n), {Measure: "member_hours"}: decimal.RequireFromString("1.25")},
		}))
	}
	var revision int64
	err := j.db.Update(j.Context(), "rate", func(tx *duckdb.Tx) (err error) {
		revision, err = tx.Propose(j.Context(), j.of.Year, j.of.Community, j.policy, ratings)
		return err
	})
	if err != nil {
		j.Fatal(err)
	}
	return revision
}

func january(day int) time.Time { return time.Date(2026, time.January, day, 0, 0, 0, 0, time.UTC) }

func (j *jury) act(does stars.Doing, day int, change func(*stars.Act)) error {
	a := stars.Act{Does: does, Who: "王书记", Why: "支委会记录", Day: january(day)}
	if does == stars.Post {
		a.From, a.Until = january(5), january(9)
	}
	if change != nil {
		change(&a)
	}
	return j.db.Update(j.Context(), string(does), func(tx *duckdb.Tx) error {
		_, err := tx.Act(j.Context(), j.of, a)
		return err
	})
}

func (j *jury) do(does stars.Doing, day int, change func(*stars.Act)) {
	j.Helper()
	if err := j.act(does, day, change); err != nil {
		j.Fatal(err)
	}
}

func (j *jury) round() stars.Round {
	j.Helper()
	r, err := j.db.Round(j.Context(), j.of)
	if err != nil {
		j.Fatal(err)
	}
	return r
}

// scores are those that the round is about.
func (j *jury) scores() string {
	j.Helper()
	var list []string
	for _, r := range j.round().Ratings {
		list = append(list, r.Name+r.Score.String())
	}
	return strings.Join(list, " ")
}

func TestProposals(t *testing.T) {
	j := newJury(t)
	if len(j.round().Ratings) != 0 {
		t.Error("ratings of nobody")
	}
	if err := j.act(stars.Post, 4, nil); err == nil || !strings.Contains(err.Error(), "还没有评定") {
		t.Errorf("posted nothing: %v", err)
	}
	first := j.rates(6, 3, 0)
	if again := j.rates(6, 3, 0); again != first {
		t.Errorf("the same ratings are proposal %d and %d", first, again)
	}
	second := j.rates(6, 4, 0)
	if second == first {
		t.Error("other ratings are the same proposal")
	}
	p, err := j.db.Proposal(t.Context(), first, 2025, "象山社区", "founding")
	if err != nil || p.Revision != first || p.Ratings[1].Score.String() != "66.63" || p.Ratings[1].Group != "第一党小组" || p.Policy.Hash() != j.policy.Hash() {
		t.Errorf("the first proposal is %+v, %v", p.Ratings, err)
	}
	if got := j.scores(); got != "甲72.63 乙68.63 丙60.63" {
		t.Errorf("the round is about %s", got)
	}
}

// Scores freeze when they are posted; what comes later waits for a correction,
// which is the next version, and what was confirmed stays.
func TestRoundFreezes(t *testing.T) {
	j := newJury(t)
	j.rates(6, 3, 0)
	j.do(stars.Decide, 3, func(a *stars.Act) { a.Person, a.Star = "id:1", 1 })
	j.do(stars.Post, 4, nil)
	j.rates(6, 6, 0)
	if got := j.scores(); got != "甲72.63 乙66.63 丙60.63" {
		t.Errorf("posted, and then %s", got)
	}
	j.do(stars.Approve, 12, nil)
	confirmed := func() string {
		t.Helper()
		list, err := j.db.Confirmed(t.Context(), j.of, 0)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, c := range list {
			all = append(all, fmt.Sprint(c.Version, c.Name, c.Score, c.Title))
		}
		return strings.Join(all, " ")
	}
	if got := confirmed(); got != "1甲72.63一星 1乙66.63一星 1丙60.63一星" {
		t.Errorf("confirmed %s", got)
	}
	j.do(stars.Correct, 20, nil)
	if got := j.scores(); got != "甲72.63 乙72.63 丙60.63" {
		t.Errorf("the correction is about %s", got)
	}
	j.do(stars.Post, 21, func(a *stars.Act) { a.From, a.Until = january(21), january(27) })
	j.do(stars.Approve, 30, nil)
	if got := confirmed(); got != "2甲72.63一星 2乙72.63二星 2丙60.63一星" {
		t.Errorf("confirmed then %s", got)
	}
	if first, err := j.db.Confirmed(t.Context(), j.of, 1); err != nil || first[1].Star != 1 {
		t.Errorf("the first version is %v, %v", first, err)
	}
	var versions int
	if err := j.db.QueryRowContext(t.Context(), "SELECT COUNT(DISTINCT version) FROM stars.confirmed").Scan(&versions); err != nil || versions != 2 {
		t.Errorf("%d versions, %v", versions, err)
	}
	if n, err := j.db.VerifyRounds(t.Context()); n != 6 || err != nil {
		t.Errorf("verified %d acts, %v", n, err)
	}
}

// Whoever has the database open cannot change what was confirmed, or what
// anybody did, without it being refused or seen.
func TestConfirmedNeverChanges(t *testing.T) {
	for _, attempt := range []struct{ name, sql, seen string }{
		{"a star", "UPDATE stars.confirmed SET star = 5, title = '五星' WHERE name = '乙'", ""},
		{"a score", "UPDATE stars.confirmed SET score = 99", ""},
		{"why", "UPDATE stars.act SET why = '无' WHERE seq = 1", ""},
		{"who", "UPDATE stars.act SET who = '' WHERE seq = 1", ""},
		{"the same version again", "INSERT INTO stars.confirmed SELECT * FROM stars.confirmed", ""},
		{"a star with its digest", `UPDATE stars.confirmed SET star = 5, digest = sha256(concat_ws(chr(31), act, year, community, policy, version, seq, person, name, kind, party_group, score, 5, title, reasons)) WHERE name = '乙'`, "第 2 号审定的星级被改动过"},
		{"a person gone", "DELETE FROM stars.confirmed WHERE name = '乙'", "第 2 号审定的星级被改动过"},
		{"the last act gone, and what it confirmed", "DELETE FROM stars.confirmed; DELETE FROM stars.act WHERE seq = 2", "评定记录到第 2 号为止，最后的少了"},
		{"a posted score", "UPDATE stars.rating SET score = 99 WHERE name = '乙'", "象山社区第 1 次测算的得分被改动过"},
		{"an act gone", "DELETE FROM stars.act WHERE seq = 1", "评定记录第 2 号被改动过，或者它前面少了记录"},
	} {
		t.Run(attempt.name, func(t *testing.T) {
			j := newJury(t)
			j.rates(6, 3, 0)
			j.do(stars.Post, 4, nil)
			j.do(stars.Approve, 12, nil)
			_, err := j.db.ExecContext(context.WithoutCancel(t.Context()), attempt.sql)
			_, found := j.db.VerifyRounds(t.Context())
			switch {
			case attempt.seen == "" && err == nil:
				t.Error("nobody refused it")
			case attempt.seen == "" && found != nil:
				t.Errorf("refused, and yet: %v", found)
			case attempt.seen != "" && (err != nil || found == nil || found.Error() != attempt.seen):
				t.Errorf("done with %v, found with %v", err, found)
			}
		})
	}
}
