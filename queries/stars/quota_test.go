package stars

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// branch makes ratings of stars and scores: "5:98" and so on; "-" is exempt,
// "0" provisional.
func branch(list ...string) []Rating {
	var ratings []Rating
	for i, text := range list {
		r := Rating{Case: Case{Name: fmt.Sprint(i + 1)}, Scored: true, Graded: true}
		star, score, graded := strings.Cut(text, ":")
		switch {
		case star == "-":
			r.Scored, r.Graded, r.Exempt = false, false, true
		case !graded:
			r.Graded = false
		default:
			fmt.Sscan(star, &r.Star)
			r.Score = decimal.RequireFromString(score)
		}
		ratings = append(ratings, r)
	}
	return ratings
}

func names(ratings []Rating, of []int) string {
	var list []string
	for _, i := range of {
		list = append(list, ratings[i].Name)
	}
	return strings.Join(list, " ")
}

// "不超过" is at most: any fraction of a person is none. The numbers are those
// of a branch of 47.
func TestQuotaIsAFloor(t *testing.T) {
	for share, want := range map[string]int{"5/100": 2, "10/100": 4, "15/100": 7, "20/100": 9, "1/3": 15, "1": 47} {
		rat, _ := new(big.Rat).SetString(share)
		p := Policy{Quotas: []Quota{{Star: 5, Share: rat, Of: OfGraded}}}
		var list []string
		for range 47 {
			list = append(list, "1:60")
		}
		if a := Allot(p, branch(list...))[0]; a.Limit != want || a.Whole != 47 {
			t.Errorf("%s of %d is %d, want %d", share, a.Whole, a.Limit, want)
		}
	}
}

func TestAllot(t *testing.T) {
	half := big.NewRat(1, 2)
	for _, test := range []struct {
		name                 string
		quota                Quota
		counted              bool
		ratings              []string
		within, tied, beyond string
		says                 string
	}{
		{"everyone has a place", Quota{Star: 5, Share: half, Of: OfGraded}, false, []string{"5:97", "4:91", "5:98", "3:80"},
			"3 1", "", "", "五星不超过参评人数的 50%：参评 4 人，名额 2 人，达到 2 人"},
		{"one too many, all apart", Quota{Star: 5, People: 1}, false, []string{"5:97", "5:98", "4:91"},
			"2", "", "1", "五星不超过 1 人：名额 1 人，达到 2 人；超出名额 1 人，请支部议定"},
		{"the limit cuts equal scores", Quota{Star: 5, People: 2}, false, []string{"5:97", "5:98", "5:97.00", "5:96"},
			"2", "1 3", "4", "五星不超过 2 人：名额 2 人，达到 4 人；有 2 人同分争 1 个名额，请支部议定；超出名额 1 人，请支部议定"},
		{"equal scores up to the limit", Quota{Star: 5, People: 2}, false, []string{"5:97", "5:97", "5:96"},
			"1 2", "", "3", "五星不超过 2 人：名额 2 人，达到 3 人；超出名额 1 人，请支部议定"},
		{"with the stars above", Quota{Star: 4, Above: true, People: 2}, false, []string{"4:99", "5:97", "4:91"},
			"2 1", "", "3", "四星及以上不超过 2 人：名额 2 人，达到 3 人；超出名额 1 人，请支部议定"},
		{"provisional members are in the roll and not among the graded", Quota{Star: 5, Share: half, Of: OfGraded}, false, []string{"5:97", "5:98", "0", "0"},
			"2", "", "1", "五星不超过参评人数的 50%：参评 2 人，名额 1 人，达到 2 人；超出名额 1 人，请支部议定"},
		{"of the roll", Quota{Star: 5, Share: half, Of: OfRoll}, false, []string{"5:97", "5:98", "0", "0"},
			"2 1", "", "", "五星不超过名册人数的 50%：名册 4 人，名额 2 人，达到 2 人"},
		{"the exempt are not counted", Quota{Star: 5, Share: half, Of: OfRoll}, false, []string{"5:97", "5:98", "-", "-"},
			"2", "", "1", "五星不超过名册人数的 50%：名册 2 人，名额 1 人，达到 2 人；超出名额 1 人，请支部议定"},
		{"the exempt are counted", Quota{Star: 5, Share: half, Of: OfGraded}, true, []string{"5:97", "5:98", "-", "-"},
			"2 1", "", "", "五星不超过参评人数的 50%：参评 4 人，名额 2 人，达到 2 人"},
		{"no place at all", Quota{Star: 5, Share: big.NewRat(1, 3), Of: OfGraded}, false, []string{"5:97", "5:97"},
			"", "", "1 2", "五星不超过参评人数的 1/3：参评 2 人，名额 0 人，达到 2 人；超出名额 2 人，请支部议定"},
	} {
		t.Run(test.name, func(t *testing.T) {
			ratings := branch(test.ratings...)
			a := Allot(Policy{Quotas: []Quota{test.quota}, ExemptCount: test.counted}, ratings)[0]
			if within, tied, beyond := names(ratings, a.Within), names(ratings, a.Tied), names(ratings, a.Beyond); within != test.within || tied != test.tied || beyond != test.beyond {
				t.Errorf("within %q, tied %q, beyond %q; want %q, %q, %q", within, tied, beyond, test.within, test.tied, test.beyond)
			}
			if a.String() != test.says {
				t.Errorf("says %s\nwant %s", a, test.says)
			}
			if a.Exceeded() != (test.tied+test.beyond != "") {
				t.Errorf("exceeded %v", a.Exceeded())
			}
		})
	}
}

// Who has a place does not depend on where one stands on the roll.
func TestAllotInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		var list []string
		for range 1 + random.IntN(30) {
			list = append(list, fmt.Sprintf("%d:%d", 4+random.IntN(2), 90+random.IntN(8)))
		}
		p := Policy{Quotas: []Quota{{Star: 5, Share: big.NewRat(1, int64(1+random.IntN(9))), Of: OfGraded}}}
		ratings := branch(list...)
		sorted := func(ratings []Rating) string {
			a := Allot(p, ratings)[0]
			var all []string
			for _, of := range [][]int{a.Within, a.Tied, a.Beyond} {
				group := strings.Fields(names(ratings, of))
				slices.Sort(group)
				all = append(all, strings.Join(group, " "))
			}
			if len(a.Within) > a.Limit || len(a.Tied) > 0 && len(a.Within)+len(a.Tied) <= a.Limit {
				t.Fatalf("%v has %v", list, a)
			}
			return strings.Join(all, " | ")
		}
		want := sorted(ratings)
		random.Shuffle(len(ratings), func(i, j int) { ratings[i], ratings[j] = ratings[j], ratings[i] })
		if got := sorted(ratings); got != want {
			t.Fatalf("%v: %s, in another order %s", list, want, got)
		}
	}
}
