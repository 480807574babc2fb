package demo

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
)

// never is the quarter in which those leave who stay.
const never = quarters

// A home is a household, registered or floating.
type home struct {
	room
	no         string
	floating   bool
	since      day
	people     []*resident
	from, gone int // quarters: there at the end of from to gone-1
}

// A resident lives in a home of the community, at least on some days.
type resident struct {
	person
	home       *home
	relation   string
	ethnicity  string
	from, gone int

	// Of floating people, and left of registered ones who moved away too.
	arrived, left                         day
	reason, origin, dwelling, destination string
	undated, permit                       bool
}

// present reports whether someone still lives here when quarter q ends.
func (r *resident) present(q int) bool { return r.from <= q && q < r.gone }

// listed are those present and those who moved away within the quarter.
func (r *resident) listed(q int) bool { return r.present(q) || q == r.gone && r.left != 0 }

func (h *home) present(q int) bool { return h.from <= q && q < h.gone }

// head is the first of those who are present.
func (h *home) head(q int) *resident {
	for _, r := range h.people {
		if r.present(q) {
			return r
		}
	}
	return nil
}

func (h *home) size(q int) int {
	n := 0
	for _, r := range h.people {
		if r.present(q) {
			n++
		}
	}
	return n
}

// A community is all that happens in one over the eight quarters.
type community struct {
	spec
	*crowd
	office
	scale  float64
	vacant []room
	homes  []*home // in the order of their addresses

	members    []*member
	volunteers []*volunteer
	meetings   []event // of the branch
	services   []event // of the volunteers' teams
	donations  []gift

	places   []int                    // for each post
	answers  map[string][quarters]int // days until a unit sent its receipt, 0 if it did not
	rulings  []ruling
	verdicts map[int][]*verdict // by the last quarter of the year

	units  []unit
	staff  []worker
	seats  []seat
	feasts []event // for all residents
	visits []visit
	checks []inspection
	blog   []month
}

// settle makes a community: all from its own stream of chance, so that it
// does not depend on the others.
func settle(i int, s spec, scale float64) *community {
	c := &community{
		spec: s, office: offices[s.name], scale: scale, verdicts: map[int][]*verdict{},
		crowd: &crowd{Rand: rand.New(rand.NewPCG(20251231, uint64(i))), community: i, ids: map[string]bool{}},
	}
	c.build()
	for q := range quarters {
		c.turnOver(q, true)
		c.turnOver(q, false)
	}
	slices.SortStableFunc(c.homes, func(a, b *home) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.unit, b.unit), cmp.Compare(a.floor, b.floor), cmp.Compare(a.door, b.door), cmp.Compare(a.from, b.from))
	})
	for k, h := range c.homes {
		h.no = fmt.Sprintf("%02d%05d", i+1, k+1)
	}
	c.misdate()
	c.enrol()
	c.volunteer()
	c.meet()
	c.serve()
	c.collect()
	c.report()
	c.rule()
	c.appraise()
	c.lodge()
	c.employ()
	c.seat()
	c.celebrate()
	c.call()
	c.inspect()
	c.publish()
	return c
}

func quarterStart(q int) day { return dayOf(quarter(q).Start) }

// quarterEnd is the quarter's last day.
func quarterEnd(q int) day { return dayOf(quarter(q).LastDay()) }

// within gives a day of quarter q.
func (c *community) within(q int) day {
	return quarterStart(q) + day(c.IntN(int(quarterEnd(q)-quarterStart(q))+1))
}

// of scales a number of people.
func (c *community) of(n int) int {
	if n == 0 {
		return 0
	}
	return max(1, int(float64(n)*c.scale+0.5))
}

// settled lists those who are there all the time, in chance order.
func (c *community) settled(floating bool) []*resident {
	var list []*resident
	for _, h := range c.homes {
		for _, r := range h.people {
			if h.floating == floating && r.from == 0 && r.gone == never {
				list = append(list, r)
			}
		}
	}
	c.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// misdate leaves out a few old dates of arrival in one community, and makes
// the Gap in another.
func (c *community) misdate() {
	blank, late := 0, 0
	for _, h := range c.homes {
		for _, r := range h.people {
			if !h.floating {
				continue
			}
			switch {
			case c.name == Gap.Community && quarter(r.from).String() == Gap.Period && r.gone > r.from && late < Gap.Persons:
				r.arrived = quarterStart(r.from) - 3 - day(c.IntN(20))
				late++
			case c.name == "东桥社区" && r.from == 0 && r.arrived < quarterStart(0) && blank < 6 && c.chance(0.01):
				r.undated = true
				blank++
			}
		}
	}
}

// listed gives the people of the register of quarter q, home by home.
func (c *community) listed(q int) func(yield func(*resident) bool) {
	return func(yield func(*resident) bool) {
		for _, h := range c.homes {
			for _, r := range h.people {
				if r.listed(q) && !yield(r) {
					return
				}
			}
		}
	}
}

// inhabited gives the homes of quarter q.
func (c *community) inhabited(q int) func(yield func(*home) bool) {
	return func(yield func(*home) bool) {
		for _, h := range c.homes {
			if h.present(q) && !yield(h) {
				return
			}
		}
	}
}
