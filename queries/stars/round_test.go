package stars

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func on(day int) time.Time { return time.Date(2026, time.January, day, 0, 0, 0, 0, time.UTC) }

// A table is a branch of four with one place for five stars, which two of equal
// score reach, and someone provisional, someone vetoed.
func table(t *testing.T) *Round {
	t.Helper()
	r := Replay(nil)
	r.Policy = of(t, "founding")
	r.Policy.Quotas = []Quota{{Star: 5, Share: big.NewRat(1, 3), Of: OfGraded}}
	r.Ratings = branch("5:97", "5:97", "3:80", "0", "0:90")
	for i := range r.Ratings {
		r.Ratings[i].Person = fmt.Sprint("p", i+1)
	}
	r.Ratings[4].Vetoed = true
	return &r
}

func (r *Round) decision(person string, star int) Act {
	a := Act{Does: Decide, Who: "支部", Why: "支部大会议定", Person: person, Star: star, Day: on(2)}
	if rating := r.Rating(person); rating != nil {
		a.Score, a.Proposed = rating.Score, rating.Star
	}
	return a
}

func act(does Doing, day int) Act {
	return Act{Does: does, Who: "书记", Why: "会议记录第 3 页", Day: on(day), From: on(5), Until: on(9)}
}

// From the first draft to the file, with an objection and a correction.
func TestRound(t *testing.T) {
	r := table(t)
	seq := int64(0)
	do := func(a Act) {
		t.Helper()
		seq++
		a.Seq = seq
		if err := r.Do(a); err != nil {
			t.Fatal(err)
		}
	}
	refused := func(a Act, want string) {
		t.Helper()
		before := len(r.Acts)
		if err := r.Do(a); err == nil || !strings.Contains(err.Error(), want) {
			t.Fatalf("%s: %v, want %s", a.Does, err, want)
		}
		if len(r.Acts) != before {
			t.Fatalf("%s was refused and done", a.Does)
		}
	}
	refused(act(Approve, 3), "公示以后才能审定")
	refused(act(Object, 3), "异议在公示期间提")
	refused(act(Correct, 3), "还没有公示")
	refused(act(Post, 3), "有 2 人同分争 1 个名额，请支部议定")
	refused(r.decision("p9", 4), "没有这个人")
	refused(r.decision("p4", 4), "不评星级")
	refused(r.decision("p5", 4), "一票否决")
	refused(r.decision("p1", 7), "没有七星这一档")
	silent := r.decision("p2", 4)
	silent.Why = " "
	refused(silent, "要写明理由")

	do(r.decision("p2", 4))
	if final := r.Final(); final[1].Star != 4 || final[0].Star != 5 || r.Ratings[1].Star != 5 {
		t.Fatalf("stars are %d and %d", final[0].Star, final[1].Star)
	}
	post := act(Post, 4)
	post.Proposal = 7
	do(post)
	if r.Stage != Posted || r.Proposal != 7 || r.Until != on(9) {
		t.Fatalf("%s of proposal %d until %s", r.Stage, r.Proposal, r.Until)
	}
	refused(r.decision("p1", 4), "已经公示")
	refused(act(Post, 5), "已经公示")
	refused(act(Approve, 9), "公示到 2026年1月9日 才满")
	objection := act(Object, 6)
	objection.Person = "p3"
	do(objection)
	refused(act(Approve, 12), "还有 1 件异议没有答复（第 3 号等）")
	answer := act(Answer, 7)
	refused(answer, "没有第 0 号异议")
	answer.Refers, answer.Upheld = 3, true
	do(answer)
	refused(answer, "已经答复过")

	refused(act(Approve, 12), "第 3 号异议成立，要先更正，重新公示")

	// The objection was right: p3's score is another in the corrected proposal.
	do(act(Correct, 8))
	r.Ratings = slices.Clone(r.Ratings)
	r.Ratings[2].Score, r.Ratings[2].Star = decimal.NewFromInt(91), 4
	if r.Stage != Draft || r.Version != 2 || r.Proposal != 0 {
		t.Fatalf("%s, version %d, proposal %d", r.Stage, r.Version, r.Proposal)
	}
	if a := r.Decision("p2"); a == nil || a.Star != 4 {
		t.Error("a decision on a score that is as it was has gone")
	}
	do(r.decision("p3", 3))
	r.Ratings[2].Score = decimal.NewFromInt(92)
	if a := r.Decision("p3"); a != nil {
		t.Error("a decision holds for a score that nobody decided on")
	}
	refused(act(Post, 10), "公示不能早于更正的那一天（2026年1月8日）")
	late := act(Post, 12)
	late.From, late.Until = on(10), on(14)
	refused(late, "补记以前的公示，要写明凭据")
	late.Evidence = "公示栏照片，存档案盒 3"
	do(late)
	refused(act(Archive, 11), "审定以后才能归档")
	do(act(Approve, 20))
	refused(act(Approve, 21), "公示以后才能审定，现在是审定")
	refused(r.decision("p1", 4), "已经审定")
	do(act(Archive, 22))
	if r.Stage != Archived || r.Final()[2].Star != 4 {
		t.Errorf("%s, %d stars", r.Stage, r.Final()[2].Star)
	}

	again := Replay(r.Acts)
	if again.Stage != r.Stage || again.Version != 2 || len(again.Acts) != len(r.Acts) {
		t.Errorf("replayed: %s, version %d", again.Stage, again.Version)
	}
}
