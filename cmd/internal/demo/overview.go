package demo

// A month is one of a community's blog; visits are -1 where nobody counted.
type month struct {
	day              day
	visits, articles int
}

func (m month) at() day { return m.day }

// publish keeps the blog.
func (c *community) publish() {
	if c.site.since == 0 {
		return
	}
	first := c.site.since.time()
	for i := 0; ; i++ {
		m := month{day: dayOf(first.AddDate(0, i, 0)), visits: -1, articles: c.between(2, 9)}
		if m.day > quarterEnd(quarters-1) {
			return
		}
		if i >= c.site.uncounted {
			m.visits = 180 + 25*i + c.IntN(160)
		}
		c.blog = append(c.blog, m)
	}
}

func (c *community) siteList(q int) []entry {
	var list []entry
	for _, m := range during(c.blog, q) {
		e := entry{"day": words(m.day.time().Format("2006年1月")), "site": words(c.site.name), "visits": {}, "articles": figure(m.articles)}
		if m.visits >= 0 {
			e["visits"] = figure(m.visits)
		}
		list = append(list, e)
	}
	return list
}

// stated is what a community says of itself; a lagging one copies what it
// said the quarter before.
func (c *community) stated(q int) []entry {
	if c.lagging && q > 0 {
		q--
	}
	var homes, persons, rentals, floating int
	for h := range c.inhabited(q) {
		homes++
		persons += h.size(q)
		if h.floating {
			rentals++
			floating += h.size(q)
		}
	}
	kinds := map[string]int{}
	for _, m := range c.onRoll(q) {
		kinds[m.kind]++
	}
	volunteers := map[*volunteer]bool{}
	for _, p := range c.rolls(q) {
		volunteers[p.volunteer] = true
	}
	staff := 0
	for _, w := range c.employed(q) {
		if w.duty != "治安协管员" {
			staff++
		}
	}
	return []entry{{
		"area": {kind: numberCell, number: float64(c.area) / 100}, "buildings": figure(c.buildings),
		"households": figure(homes), "residents": figure(persons), "floating_households": figure(rentals), "floating_residents": figure(floating),
		"units": figure(len(c.units)), "staff": figure(staff), "security_helpers": figure(c.spec.staff[1]),
		"members": figure(kinds["直管"]), "party_groups": figure(c.groups), "serving_members": figure(kinds["在职"]), "floating_members": figure(kinds["流动"]),
		"volunteers": figure(len(volunteers)), "teams": figure(len(c.teams)),
	}}
}
