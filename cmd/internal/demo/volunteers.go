package demo

import (
	"fmt"
	"slices"
)

// A volunteer is in one team or two.
type volunteer struct {
	*resident
	teams  []team
	joined day
	number string
	party  bool
	zeal   float64
}

func (v *volunteer) politics() string {
	switch {
	case v.party:
		return "中共党员"
	case v.birth.years(on(2025, 12, 31)) < 28:
		return "共青团员"
	}
	return "群众"
}

// volunteer picks the volunteers. Among them and the members no two persons
// share a name.
func (c *community) volunteer() {
	owner := map[string]*resident{}
	var willing []*resident
	for _, m := range c.members {
		owner[m.name] = m.resident
		if m.kind == "直管" && c.chance(0.22) || m.kind == "在职" && c.chance(0.15) {
			willing = append(willing, m.resident)
		}
	}
	member := map[*resident]bool{}
	for _, r := range willing {
		member[r] = true
	}
	// Namesakes stay out, so that who took part is never in doubt here.
	if c.namesakes {
		willing = slices.DeleteFunc(willing, func(r *resident) bool { return r.name == c.members[0].name })
	}
	newcomers := c.settled(true)
	willing = append(willing, newcomers[:min(len(newcomers), c.of(40))]...)
	willing = append(willing, c.settled(false)...)
	joins := func(r *resident, t team) bool {
		return (owner[r.name] == nil || owner[r.name] == r && member[r]) && t.fits(c, r)
	}

	total, wanted := 0, c.of(c.spec.volunteers)
	for _, t := range c.teams {
		total += t.size
	}
	used := map[*resident]bool{}
	for _, i := range c.Perm(wanted) {
		at := (i*total + total/2) / wanted
		t := c.teams[0]
		for _, t = range c.teams {
			if at -= t.size; at < 0 {
				break
			}
		}
		for _, r := range willing {
			if used[r] || !joins(r, t) {
				continue
			}
			used[r] = true
			owner[r.name] = r
			if r.phone == "" {
				r.phone = c.phone()
			}
			c.volunteers = append(c.volunteers, &volunteer{resident: r, teams: []team{t}, party: member[r]})
			break
		}
	}
	for i, v := range c.volunteers {
		v.number = fmt.Sprintf("%03d", i+1)
		v.zeal = 0.15 + 1.1*c.Float64()
		if c.chance(0.07) {
			v.zeal = 0
		}
		back := c.Float64()
		v.joined = on(2025, 12, 10) - day(back*3800)
	}
	doubles := c.of(c.doubles)
	for tries := 0; doubles > 0 && tries < 100_000; tries++ {
		v := c.volunteers[c.IntN(len(c.volunteers))]
		t := c.teams[c.IntN(len(c.teams))]
		if len(v.teams) == 1 && v.teams[0].name != t.name && t.fits(c, v.resident) {
			v.teams = append(v.teams, t)
			doubles--
		}
	}
}

// A place on a team's roll.
type place struct {
	*volunteer
	team team
}

// rolls gives the teams' rolls in quarter q, team by team.
func (c *community) rolls(q int) []place {
	var list []place
	for _, t := range c.teams {
		for _, v := range c.volunteers {
			for _, of := range v.teams {
				if of.name == t.name && v.joined <= quarterEnd(q) {
					list = append(list, place{v, t})
				}
			}
		}
	}
	return list
}
