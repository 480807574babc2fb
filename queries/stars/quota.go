package stars

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// An Allotment is what a quota makes of one branch's ratings. The software
// demotes nobody: who is Tied or Beyond waits for the branch's decision.
type Allotment struct {
	Quota Quota
	Whole int // the denominator
	Limit int // how many places there are
	// Within are those who have a place by their score; Tied those of one score
	// that the limit cuts through; Beyond those below it. They point into the
	// ratings; equal scores stand in the roll's order.
	Within, Tied, Beyond []int
}

// Allot sets a branch's ratings beside the policy's quotas, in its order. Those
// judged apart are in none. The order of the ratings changes nothing but the
// order within equal scores.
func Allot(p Policy, ratings []Rating) []Allotment {
	var list []Allotment
	for _, q := range p.Quotas {
		list = append(list, q.allot(p, ratings))
	}
	return list
}

func (q Quota) allot(p Policy, ratings []Rating) Allotment {
	a := Allotment{Quota: q}
	var reached []int
	for i, r := range ratings {
		own := !r.Separate && (r.Scored || r.Exempt)
		switch {
		case !own:
			continue
		case r.Exempt && p.ExemptCount, q.Of == OfRoll && !r.Exempt, q.Of == OfGraded && r.Graded:
			a.Whole++
		}
		if r.Star == q.Star || q.Above && r.Star > q.Star {
			reached = append(reached, i)
		}
	}
	a.Limit = int(q.People)
	if q.Share != nil {
		places := new(big.Rat).Mul(q.Share, big.NewRat(int64(a.Whole), 1))
		a.Limit = int(new(big.Int).Quo(places.Num(), places.Denom()).Int64())
	}
	slices.SortStableFunc(reached, func(x, y int) int {
		return cmp.Or(cmp.Compare(ratings[y].Star, ratings[x].Star), ratings[y].Score.Cmp(ratings[x].Score))
	})
	same := func(x, y int) bool {
		return ratings[x].Star == ratings[y].Star && ratings[x].Score.Equal(ratings[y].Score)
	}
	for at := 0; at < len(reached); {
		next := at
		for next < len(reached) && same(reached[at], reached[next]) {
			next++
		}
		group := reached[at:next]
		switch {
		case next <= a.Limit:
			a.Within = append(a.Within, group...)
		case at < a.Limit:
			a.Tied = group
		default:
			a.Beyond = append(a.Beyond, group...)
		}
		at = next
	}
	return a
}

// Open is how many places the tied have among them.
func (a Allotment) Open() int { return a.Limit - len(a.Within) }

// Exceeded reports whether the quota wants a decision.
func (a Allotment) Exceeded() bool { return len(a.Tied)+len(a.Beyond) > 0 }

// String is the quota beside its ratings, in words: 五星不超过参评人数的 5%：
// 参评 47 人，名额 2 人，达到 3 人；第 2 名起 2 人同分，请支部议定.
func (a Allotment) String() string {
	reached := len(a.Within) + len(a.Tied) + len(a.Beyond)
	said := []string{fmt.Sprintf("名额 %d 人", a.Limit), fmt.Sprintf("达到 %d 人", reached)}
	if a.Quota.Share != nil {
		said = slices.Insert(said, 0, fmt.Sprintf("%s %d 人", a.Quota.Of, a.Whole))
	}
	text := a.Quota.Rule() + "：" + strings.Join(said, "，")
	if len(a.Tied) > 0 {
		text += fmt.Sprintf("；有 %d 人同分争 %d 个名额，请支部议定", len(a.Tied), a.Open())
	}
	if len(a.Beyond) > 0 {
		text += fmt.Sprintf("；超出名额 %d 人，请支部议定", len(a.Beyond))
	}
	return text
}
