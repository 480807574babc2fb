package demo

import "slices"

// A visit is one to a family in need.
type visit struct {
	day       day
	home      *home
	visitors  int
	help      string
	given     int64 // fen
	goods     int64 // fen
	sponsored bool
}

func (v visit) at() day { return v.day }

var helps = []string{"送慰问品", "送慰问品", "送慰问金", "走访谈心", "代办事务", "送医送药"}

// call visits the families, each of them in the first quarter of a year. A child
// in one of four has a sponsor.
func (c *community) call() {
	var families []*home
	for _, r := range c.settled(false) {
		if len(families) < c.of(c.families) && !slices.Contains(families, r.home) {
			families = append(families, r.home)
		}
	}
	for q := range quarters {
		for i, h := range families {
			for range 1 + c.IntN(2) {
				if q%4 > 0 && c.chance(0.45) {
					continue
				}
				v := visit{day: c.within(q), home: h, visitors: c.between(2, 4), help: c.pick(helps), sponsored: i%4 == 1}
				switch v.help {
				case "送慰问品":
					v.goods = int64(c.between(5, 20)) * 1000
				case "送慰问金":
					v.given = int64(c.between(2, 10)) * 10_000
				}
				if v.sponsored && c.chance(0.4) {
					v.help, v.given = "结对助学", 30_000
				}
				c.visits = append(c.visits, v)
			}
		}
	}
	inOrder(c.visits)
}

func (c *community) visitList(q int) []entry {
	var list []entry
	for _, v := range during(c.visits, q) {
		e := entry{
			"day": c.dates.cell(v.day), "family": words(v.home.no), "persons": figure(v.home.size(q)), "visitors": figure(v.visitors),
			"help": words(v.help), "amount": {}, "goods_value": {}, "sponsored": c.yes(v.sponsored),
		}
		if v.given > 0 {
			e["amount"] = yuan(v.given)
		}
		if v.goods > 0 {
			e["goods_value"] = yuan(v.goods)
		}
		list = append(list, e)
	}
	return list
}

// deliveries are the homes that a convenience card was handed to, as many as
// the plan says: every so often nobody was at home.
func (c *community) deliveries(q int) []entry {
	d := c.cards
	if d.homes == 0 || d.first < quarterStart(q) || d.first > quarterEnd(q) {
		return nil
	}
	homes := slices.Collect(c.inhabited(q))
	wanted := min(c.of(d.homes), len(homes))
	var list []entry
	for i, h := range homes {
		if i*wanted/len(homes) == (i+1)*wanted/len(homes) {
			continue
		}
		list = append(list, entry{
			"building": c.block(h.room), "unit": c.doorway(h.room), "room": c.door(h.room), "copies": figure(1),
			"day":       c.dates.cell(d.first + day(len(list)*d.days/wanted)),
			"deliverer": words(c.spell(c.staff[1+h.number%4].name)),
		})
	}
	return list
}

// An inspection is of the floating people of one building, at their doors.
type inspection struct {
	day                                              day
	building                                         *building
	checked, registered, accurate, gone, struck, who int
}

func (k inspection) at() day { return k.day }

// inspect checks a few buildings each quarter.
func (c *community) inspect() {
	if c.checked == 0 {
		return
	}
	wrong := func(n int) int { // of n
		some := 0
		for range n {
			if !c.chance(c.checked) {
				some++
			}
		}
		return some
	}
	for q := range quarters {
		lodgers := map[*building]int{}
		var order []*building
		for h := range c.inhabited(q) {
			if h.floating {
				if lodgers[h.building] == 0 {
					order = append(order, h.building)
				}
				lodgers[h.building] += h.size(q)
			}
		}
		c.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		at := c.within(q)
		for i, b := range order[:min(5, len(order))] {
			k := inspection{day: min(at+day(i), quarterEnd(q)), building: b, checked: min(lodgers[b], c.between(14, 32)), gone: c.between(0, 4), who: i}
			k.registered = k.checked - wrong(k.checked)
			k.accurate = k.registered - wrong(k.registered)
			k.struck = k.gone - wrong(k.gone)
			c.checks = append(c.checks, k)
		}
	}
	inOrder(c.checks)
}

func (c *community) checkList(q int) []entry {
	var list []entry
	for _, k := range during(c.checks, q) {
		list = append(list, entry{
			"day": c.dates.cell(k.day), "building": c.block(room{building: k.building}), "checked": figure(k.checked), "registered": figure(k.registered),
			"accurate": figure(k.accurate), "moved_out": figure(k.gone), "cancelled": figure(k.struck), "checker": words(c.spell(c.staff[k.who%len(c.staff)].name)),
		})
	}
	return list
}
