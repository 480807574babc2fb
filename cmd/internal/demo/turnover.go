package demo

// turnOver lets households and persons of one kind leave and come, so that the
// targets are met when it ends.
func (c *community) turnOver(q int, floating bool) {
	wantHomes, wantPersons := target(c.spec.homes, q, 0, c.scale), target(c.spec.persons, q, 0, c.scale)
	leaving, single := 0.0025, 0.0016
	if floating {
		s := season[q%4] + c.drift(q)
		wantHomes, wantPersons = target(c.rentals, q, s, c.scale), target(c.spec.floating, q, s, c.scale)
		leaving, single = [4]float64{0.082, 0.046, 0.041, 0.055}[q%4], 0.012
	}
	wantPersons = max(wantPersons, wantHomes)
	var homes []*home
	persons := 0
	for _, h := range c.homes {
		if h.floating == floating && h.gone == never {
			homes = append(homes, h)
			persons += h.size(q)
		}
	}
	c.Shuffle(len(homes), func(i, j int) { homes[i], homes[j] = homes[j], homes[i] })

	away := int(float64(len(homes))*leaving + 0.5)
	if q > 0 && floating {
		away = max(away, len(homes)-wantHomes+1)
	}
	away = min(max(away, len(homes)-wantHomes), len(homes))
	for _, h := range homes[:away] {
		persons -= c.leave(h, q)
	}
	homes = homes[away:]
	fresh := wantHomes - len(homes)

	// From homes of several one goes, by death if old and registered.
	singles := int(float64(persons)*single + 0.5)
	for _, h := range homes {
		if singles <= 0 && wantPersons-persons >= fresh {
			break
		}
		if h.size(q) < 2 {
			continue
		}
		r := h.head(q)
		if !floating && r.birth.years(quarterEnd(q)) > 70 {
			r.gone = q
		} else if r = h.people[len(h.people)-1]; r.gone == never {
			c.depart(r, q)
		} else {
			continue
		}
		persons--
		singles--
	}

	// Most come as households; some are born, or follow their kin.
	join := 0
	if coming := wantPersons - persons - fresh; len(homes) > 0 && coming > 0 {
		join = max(min(coming, wantPersons*3/1000), coming-3*fresh)
	}
	for _, n := range c.sizes(fresh, wantPersons-persons-join, floating) {
		c.move(q, n, floating)
	}
	for range join {
		c.join(homes[c.IntN(len(homes))], q)
	}

	// A few come and go within the quarter.
	if floating && q > 0 {
		for range wantHomes / 250 {
			c.leave(c.move(q, 1, true), q)
		}
	}
}

// sizes parts persons among homes: each gets one, then most two or three.
func (c *community) sizes(homes, persons int, floating bool) []int {
	list := make([]int, homes)
	for i := range list {
		list[i] = 1
	}
	takes := []float64{0, 0.95, 0.75, 0.3, 0.14, 0.05, 0.01}
	if floating {
		takes = []float64{0, 0.7, 0.5, 0.3, 0.1, 0.03, 0.01}
	}
	for left := persons - homes; left > 0; {
		i := c.IntN(homes)
		if c.chance(takes[min(list[i], len(takes)-1)]) {
			list[i]++
			left--
		}
	}
	return list
}

func (c *community) leave(h *home, q int) int {
	n := 0
	h.gone = q
	moved := c.within(q)
	to := c.pick(destinations)
	for _, r := range h.people {
		if r.present(q) {
			c.depart(r, q)
			r.left, r.destination = max(moved, r.arrived), to
			n++
		}
	}
	c.vacant = append(c.vacant, h.room)
	return n
}

func (c *community) depart(r *resident, q int) {
	r.gone = q
	r.left, r.destination = max(c.within(q), r.arrived), c.pick(destinations)
}

// move lets a household of n persons move in during quarter q, or long
// before the first.
func (c *community) move(q, n int, floating bool) *home {
	h := &home{room: c.take(floating), floating: floating, from: q, gone: never}
	c.homes = append(c.homes, h)
	end := quarterEnd(q)
	switch {
	case q > 0 || floating && c.chance(0.07):
		h.since = c.within(q)
	case floating:
		back := c.Float64()
		h.since = quarterStart(0) - 1 - day(back*back*2200)
	default:
		h.since = quarterStart(0) - 1 - day(c.IntN(8800))
	}
	c.family(h, q, n, end)
	return h
}
