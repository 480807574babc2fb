package demo

import (
	"cmp"
	"slices"
)

// A verdict is what the democratic appraisal of a year says of a member.
type verdict struct {
	*member
	good, passed, weak, failed int // votes
	tenths                     int // of the score
	own, peers, grade          string
}

// appraise holds the appraisal of each year among the direct members. No more
// than a third are graded 优秀, except where a branch broke its cap.
func (c *community) appraise() {
	for _, q := range []int{quarters - 5, quarters - 1} {
		deeds := c.deeds(q-3, q)
		var list []*verdict
		for _, m := range c.onRoll(q) {
			if m.kind == "直管" {
				list = append(list, &verdict{member: m})
			}
		}
		voters := max(1, len(list)*17/20)
		var graded []*verdict
		for _, v := range list {
			share := deeds[v.member].share()
			v.own, v.peers = "合格", "合格"
			if share >= 60 {
				v.own = "优秀"
			}
			if c.ruled(v.member, "免评", q) {
				v.own, v.peers = "", ""
				continue
			}
			v.good = min(voters, max(0, voters*(10+share*share/120)/100+c.between(-2, 2)))
			if share < 35 {
				v.weak = min(voters-v.good, c.between(1, 5))
			}
			if c.ruled(v.member, "一票否决", q) {
				v.weak, v.failed = 0, min(voters-v.good, voters/2)
			}
			v.passed = voters - v.good - v.weak - v.failed
			v.tenths = (v.good*1000 + v.passed*850 + v.weak*650 + v.failed*400) / voters
			if v.good > voters/2 {
				v.peers = "优秀"
			}
			if v.standing(quarterEnd(q)) == "正式" {
				v.grade = "合格"
				graded = append(graded, v)
			}
		}
		slices.SortStableFunc(graded, func(a, b *verdict) int { return cmp.Compare(b.tenths, a.tenths) })
		most := len(graded) / 3
		if c.name == "松岭社区" {
			most++
		}
		for i, v := range graded {
			switch {
			case v.failed > 0:
				v.grade = "不合格"
			case v.weak > 3:
				v.grade = "基本合格"
			case i < most:
				v.grade = "优秀"
			}
		}
		c.verdicts[q] = list
	}
}

func (c *community) appraisals(q int) []entry {
	var list []entry
	for _, v := range c.verdicts[q] {
		e := entry{
			"name": words(c.spell(v.name)), "party_group": words(v.group), "standing": words(v.standing(quarterEnd(q)) + "党员"),
			"own": words(v.own), "peers": words(v.peers), "grade": words(v.grade),
			"votes_good": {}, "votes_passed": {}, "votes_weak": {}, "votes_failed": {}, "score": {},
		}
		if v.own != "" {
			e["votes_good"], e["votes_passed"], e["votes_weak"], e["votes_failed"] = figure(v.good), figure(v.passed), figure(v.weak), figure(v.failed)
			e["score"] = cell{kind: numberCell, number: float64(v.tenths) / 10}
		}
		list = append(list, e)
	}
	return list
}
