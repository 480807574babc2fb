package stars

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// A Round is how people decide a branch's stars of a year (初评 → 公示 → 审定 →
// 归档). It is what its acts made of a proposal, and is never stored: only acts
// are, and what they confirmed. A correction begins the next version at 初评;
// what was confirmed before stays as it is.
type Round struct {
	Stage Stage
	// Version is 1, and one more for each correction.
	Version int
	// Proposal is that which was posted; 0 until one is.
	Proposal int64
	// From and Until are the first and last day of the posting.
	From, Until time.Time
	Acts        []Act

	// The ratings that the round is about, in the roll's order: of the posted
	// proposal, and before that of the latest.
	Policy  Policy
	Ratings []Rating
}

// A Stage is how far a round is.
type Stage string

// The stages, in their order.
const (
	Draft    Stage = "初评"
	Posted   Stage = "公示"
	Approved Stage = "审定"
	Archived Stage = "归档"
)

// An Act is one thing that somebody did in a round. Acts are kept for ever.
type Act struct {
	Seq int64
	At  time.Time
	Day time.Time // the office's, as a day in UTC
	Who string
	// Does, and the proposal that lay before them.
	Does     Doing
	Proposal int64
	// Person is whom a decision or objection is about; "" for all. A decision
	// gives a Star to who had Score and the star Proposed, and holds as long as
	// they have these.
	Person         string
	Star, Proposed int
	Score          decimal.Decimal
	// From and Until are the days of a posting.
	From, Until time.Time
	Refers      int64 // the objection that an answer answers
	Upheld      bool  // by an answer
	// Why is always there; Evidence where there is some.
	Why, Evidence string
}

// A Doing is what an act does.
type Doing string

// What can be done in a round.
const (
	Decide  Doing = "议定" // gives a person a star, whatever was proposed
	Post    Doing = "公示" // freezes scores and stars, and shows them
	Object  Doing = "异议"
	Answer  Doing = "答复"
	Correct Doing = "更正" // begins the next version
	Approve Doing = "审定" // confirms the version for good
	Archive Doing = "归档"
)

// Replay makes a round of its acts, which were allowed when they were done.
func Replay(acts []Act) Round {
	r := Round{Stage: Draft, Version: 1}
	for _, a := range acts {
		r.apply(a)
	}
	return r
}

// Do adds an act. The error is a sentence for whoever wanted it; the round is
// then as it was.
func (r *Round) Do(a Act) error {
	if err := r.allow(a); err != nil {
		return err
	}
	r.apply(a)
	return nil
}

func (r *Round) apply(a Act) {
	switch a.Does {
	case Post:
		r.Stage, r.Proposal, r.From, r.Until = Posted, a.Proposal, a.From, a.Until
	case Correct:
		r.Stage, r.Proposal, r.From, r.Until = Draft, 0, time.Time{}, time.Time{}
		r.Version++
	case Approve:
		r.Stage = Approved
	case Archive:
		r.Stage = Archived
	}
	r.Acts = append(r.Acts, a)
}

func (r *Round) allow(a Act) error {
	if a.Who == "" {
		return fmt.Errorf("没有写明是谁")
	}
	if strings.TrimSpace(a.Why) == "" {
		return fmt.Errorf("%s要写明理由或依据", a.Does)
	}
	switch a.Does {
	case Decide:
		return r.allowDecide(a)
	case Post:
		if r.Stage != Draft {
			return fmt.Errorf("已经%s，不能再公示；要改请用更正", r.Stage)
		}
		return r.allowPost(a)
	case Object:
		if r.Stage != Posted {
			return fmt.Errorf("异议在公示期间提，现在是%s", r.Stage)
		}
		if a.Person != "" && r.Rating(a.Person) == nil {
			return fmt.Errorf("评定表上没有这个人")
		}
	case Answer:
		switch o := r.objection(a.Refers); {
		case o == nil:
			return fmt.Errorf("没有第 %d 号异议", a.Refers)
		case r.answer(o.Seq) != nil:
			return fmt.Errorf("第 %d 号异议已经答复过", a.Refers)
		}
	case Correct:
		if r.Stage == Draft {
			return fmt.Errorf("还没有公示，直接改就是，不用更正")
		}
	case Approve:
		return r.allowApprove(a)
	case Archive:
		if r.Stage != Approved {
			return fmt.Errorf("审定以后才能归档，现在是%s", r.Stage)
		}
	default:
		return fmt.Errorf("没有 %q 这一步", a.Does)
	}
	return nil
}

func (r *Round) allowDecide(a Act) error {
	rating := r.Rating(a.Person)
	switch {
	case rating == nil:
		return fmt.Errorf("评定表上没有这个人")
	case r.Stage != Draft:
		return fmt.Errorf("已经%s，得分和星级已定；要改请用更正", r.Stage)
	case !rating.Graded:
		return fmt.Errorf("%s不评星级，不能议定", rating.Name)
	case a.Star != 0 && !r.Policy.hasStar(a.Star):
		return fmt.Errorf("没有%s这一档", StarTitle(a.Star))
	case rating.Vetoed && a.Star > 0:
		return fmt.Errorf("%s被一票否决，不能议定为%s", rating.Name, StarTitle(a.Star))
	}
	return nil
}

// A posting is from today on. One that was up on the wall before it was noted
// wants its evidence, and none is older than the correction that it shows.
func (r *Round) allowPost(a Act) error {
	if c := r.corrected(); c != nil && a.From.Before(c.Day) {
		return fmt.Errorf("公示不能早于更正的那一天（%s）", c.Day.Format("2006年1月2日"))
	}
	if a.From.Before(a.Day) && a.Evidence == "" {
		return fmt.Errorf("补记以前的公示，要写明凭据存在哪里（如公示的照片）")
	}
	return r.settled()
}

func (r *Round) allowApprove(a Act) error {
	upheld := r.find(func(a Act) bool {
		return a.Does == Answer && a.Upheld && (r.corrected() == nil || a.Seq > r.corrected().Seq)
	})
	switch open := r.Objections(); {
	case r.Stage != Posted:
		return fmt.Errorf("公示以后才能审定，现在是%s", r.Stage)
	case !a.Day.After(r.Until):
		return fmt.Errorf("公示到 %s 才满，满了以后才能审定", r.Until.Format("2006年1月2日"))
	case len(open) > 0:
		return fmt.Errorf("还有 %d 件异议没有答复（第 %d 号等）", len(open), open[0].Seq)
	case upheld != nil:
		return fmt.Errorf("第 %d 号异议成立，要先更正，重新公示", upheld.Refers)
	}
	return nil
}

// corrected is the last correction, nil before any.
func (r *Round) corrected() *Act {
	for i := len(r.Acts) - 1; i >= 0; i-- {
		if r.Acts[i].Does == Correct {
			return &r.Acts[i]
		}
	}
	return nil
}

// settled is an error while a quota still wants a decision.
func (r *Round) settled() error {
	for _, a := range r.Allotments() {
		if a.Exceeded() {
			return fmt.Errorf("名额还没有定：%s", a)
		}
	}
	return nil
}

// Decision is what people decided of a person, nil where nobody did or where
// it has lapsed, since the person's score or proposed star is another now.
func (r *Round) Decision(person string) *Act {
	rating := r.Rating(person)
	for i := len(r.Acts) - 1; i >= 0; i-- {
		a := &r.Acts[i]
		if a.Does != Decide || a.Person != person {
			continue
		}
		if rating == nil || a.Proposed != rating.Star || !a.Score.Equal(rating.Score) {
			return nil
		}
		return a
	}
	return nil
}

// Final are the ratings with people's decisions in place of the stars proposed.
// Next stays that of the score.
func (r *Round) Final() []Rating {
	list := slices.Clone(r.Ratings)
	for i, rating := range list {
		if a := r.Decision(rating.Person); a != nil {
			list[i].Star = a.Star
		}
	}
	return list
}

// Allotments are the quotas beside the stars as they stand.
func (r *Round) Allotments() []Allotment { return Allot(r.Policy, r.Final()) }

// Rating finds a person's as proposed, nil for who is not rated here.
func (r *Round) Rating(person string) *Rating {
	for i := range r.Ratings {
		if r.Ratings[i].Person == person {
			return &r.Ratings[i]
		}
	}
	return nil
}

// Objections are those that nobody has answered.
func (r *Round) Objections() []Act {
	var open []Act
	for _, a := range r.Acts {
		if a.Does == Object && r.answer(a.Seq) == nil {
			open = append(open, a)
		}
	}
	return open
}

func (r *Round) objection(seq int64) *Act {
	return r.find(func(a Act) bool { return a.Does == Object && a.Seq == seq })
}

func (r *Round) answer(objection int64) *Act {
	return r.find(func(a Act) bool { return a.Does == Answer && a.Refers == objection })
}

func (r *Round) find(is func(Act) bool) *Act {
	for i := range r.Acts {
		if is(r.Acts[i]) {
			return &r.Acts[i]
		}
	}
	return nil
}
