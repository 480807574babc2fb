package demo

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
)

// never is the quarter in which those leave who stay.
const never = quarters

// A building has its own mix: some are let to floating people by the floor.
type building struct {
	number int
	let    float64 // how readily floating households come here
}

// A room is where a household lives.
type room struct {
	*building
	unit, floor, door int
}

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
}

// settle makes a community: all from its own stream of chance, so that it
// does not depend on the others.
func settle(i int, s spec, scale float64) *community {
	c := &community{
		spec: s, office: offices[s.name], scale: scale,
		crowd: &crowd{Rand: rand.New(rand.NewPCG(20251231, uint64(i))), community: i, ids: map[string]bool{}},
	}
	c.build()
	for q := range quarters {
		c.quarter(q, true)
		c.quarter(q, false)
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
	return c
}

// build makes the rooms: a few more than are ever lived in.
func (c *community) build() {
	most := 0
	for q := range quarters {
		most = max(most, target(c.spec.homes, q, 0, c.scale)+target(c.rentals, q, 0.03, c.scale))
	}
	wanted := (most*26/25 + c.buildings) / c.buildings
	for n := range c.buildings {
		b := &building{number: n + 1, let: 0.25 + 0.35*c.Float64()}
		switch {
		case n%6 == 2 || c.chance(0.08):
			b.let = 0.95
		case n%5 == 3:
			b.let = 0.05
		}
		doors := 2 + c.IntN(3)
		floors := max(1, wanted/doors/(2+c.IntN(4)))
		for k := range wanted + 2 {
			c.vacant = append(c.vacant, room{b, 1 + k/doors/floors, 1 + k/doors%floors, 1 + k%doors})
		}
	}
}

// quarter lets households and persons of one kind leave and come, so that the
// targets are met when it ends.
func (c *community) quarter(q int, floating bool) {
	wantHomes, wantPersons := target(c.spec.homes, q, 0, c.scale), target(c.spec.persons, q, 0, c.scale)
	leaving, single := 0.0025, 0.0016
	if floating {
		s := season[q%4]
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

func quarterStart(q int) day { return dayOf(quarter(q).Start) }

// quarterEnd is the quarter's last day.
func quarterEnd(q int) day { return dayOf(quarter(q).LastDay()) }

// within gives a day of quarter q.
func (c *community) within(q int) day {
	return quarterStart(q) + day(c.IntN(int(quarterEnd(q)-quarterStart(q))+1))
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

// take finds an empty room, where the building likes the kind of household.
func (c *community) take(floating bool) room {
	for {
		i := c.IntN(len(c.vacant))
		r := c.vacant[i]
		if c.chance(r.let) == floating || c.chance(0.02) {
			c.vacant[i] = c.vacant[len(c.vacant)-1]
			c.vacant = c.vacant[:len(c.vacant)-1]
			return r
		}
	}
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

// family fills a home with people who could be kin.
func (c *community) family(h *home, q, n int, end day) {
	age := 24 + c.IntN(36) + c.IntN(28)
	if h.floating {
		age = 18 + c.IntN(20) + c.IntN(22)
	}
	headMale := c.chance(0.72)
	name := c.surname()
	c.add(h, q, "户主", c.person(name, headMale, c.born(age, end)))
	childAge := -1
	for len(h.people) < n {
		switch k := len(h.people); {
		case k == 1 && c.chance(0.86) && age >= 22:
			c.add(h, q, "配偶", c.person(c.surname(), !headMale, c.born(max(20, age+c.between(-5, 3)), end)))
		case age < 24, k == 3 && age < 62 && c.chance(0.45):
			older := c.born(min(94, age+c.between(21, 31)), end)
			if c.chance(0.4) {
				c.add(h, q, "父", c.person(name, true, older))
			} else {
				c.add(h, q, "母", c.person(c.surname(), false, older))
			}
		case childAge >= 24 && c.chance(0.6):
			c.add(h, q, "孙", c.person(name, c.chance(0.52), c.born(max(0, childAge-c.between(22, 30)), end)))
		default:
			childAge = max(0, age-c.between(22, 33))
			word, isMale := "女", c.chance(0.52)
			if isMale {
				word = "子"
			}
			c.add(h, q, word, c.person(name, isMale, c.born(childAge, end)))
		}
	}
}

// join adds a newborn to a registered home, or kin who follow to a floating
// one.
func (c *community) join(h *home, q int) {
	head := h.head(q)
	if head == nil {
		head = h.people[0]
	}
	surname := string([]rune(head.name)[:1])
	if !h.floating {
		word, isMale := "女", c.chance(0.52)
		if isMale {
			word = "子"
		}
		if head.birth.years(quarterEnd(q)) > 46 {
			word = "孙"
		}
		c.add(h, q, word, c.person(surname, isMale, c.within(q)))
		return
	}
	c.add(h, q, "亲属", c.person(surname, c.chance(0.5), c.born(c.between(4, 60), quarterEnd(q))))
	h.people[len(h.people)-1].arrived = c.within(q)
}

func (c *community) add(h *home, q int, relation string, p person) {
	r := &resident{person: p, home: h, relation: relation, from: q, gone: never, ethnicity: "汉族"}
	if c.chance(0.035) {
		r.ethnicity = c.pick(ethnicities)
	}
	if h.floating {
		r.arrived = h.since
		r.reason = c.why(r, quarterEnd(q))
		r.permit = c.chance(0.72)
		r.origin, r.dwelling = "省内", c.pick(dwellings)
		if c.chance(0.41) {
			r.origin = "省外"
		}
		if len(h.people) > 0 {
			r.origin, r.dwelling = h.people[0].origin, h.people[0].dwelling
		}
	}
	h.people = append(h.people, r)
}

// why a floating person came.
func (c *community) why(r *resident, at day) string {
	age := r.birth.years(at)
	switch {
	case age < 6:
		return "投靠亲友"
	case age < 18:
		return c.pick([]string{"借读", "借读", "在校学生", "投靠亲友"})
	case age > 64:
		return c.pick([]string{"投靠亲友", "投靠亲友", "治病疗养", "探亲访友"})
	case r.relation == "配偶" && c.chance(0.25):
		return "投靠亲友"
	}
	return c.pick(reasons)
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

var (
	destinations = []string{"返回原籍", "返回原籍", "返回原籍", "迁往外地", "迁往外地", "本镇其他社区", "县城", "去向不明"}
	dwellings    = []string{"租赁房屋", "租赁房屋", "租赁房屋", "租赁房屋", "单位宿舍", "自购房", "亲友家", "工地工棚"}
	ethnicities  = []string{"回族", "满族", "壮族", "苗族", "土家族"}
	reasons      = []string{
		"务工", "务工", "务工", "务工", "务工", "务工", "务工", "务工", "务工", "务工", "务工", "经商", "经商", "经商",
		"服务", "服务", "服务", "务农", "因公出差", "保姆", "投靠亲友", "治病疗养", "探亲访友", "旅游观光", "自报来访", "其他",
	}
)
