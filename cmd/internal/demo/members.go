package demo

import (
	"cmp"
	"slices"
	"time"
)

// A member stands on the roll from quarter from to gone-1.
type member struct {
	*resident
	kind         string // 直管, 在职, 流动
	group        string
	education    string
	unit         string
	posts        [2]string
	third        string // a post too many
	joined, full day
	from, gone   int
	zeal         float64 // share of meetings attended
	missed       int     // months of dues a year
	reported     day     // when an in-service member did
}

func (m *member) enrolled(q int) bool { return m.from <= q && q < m.gone }

// onRoll are the members of quarter q.
func (c *community) onRoll(q int) []*member {
	return slices.DeleteFunc(slices.Clone(c.members), func(m *member) bool { return !m.enrolled(q) })
}

// steady are the direct members who stay for all quarters.
func (c *community) steady() []*member {
	return slices.DeleteFunc(slices.Clone(c.members), func(m *member) bool { return m.kind != "直管" || m.from > 0 || m.gone != never })
}

// standing is a member's on a day.
func (m *member) standing(at day) string {
	if m.full > at {
		return "预备"
	}
	return "正式"
}

// dues are the months paid in the year by the end of quarter q; in-service
// and floating members pay elsewhere.
func (m *member) dues(q int) int { return 3 * (q%4 + 1) * (12 - m.missed) / 12 }

var (
	workplaces = []string{"镇中心小学", "镇初级中学", "镇卫生院", "镇供电所", "镇自来水厂", "镇财政所", "镇农技站", "县人民医院", "县邮政公司", "县公路养护站", "县粮食储备库", "县档案馆"}
	levels     = []string{"初中", "高中", "中专", "大专", "大专", "本科", "本科", "研究生"}
	oldLevels  = []string{"小学", "初中", "初中", "高中", "高中", "中专", "大专"}
	ordinals   = []string{"第一党小组", "第二党小组", "第三党小组", "第四党小组", "第五党小组"}
)

// enrol picks the members. On a roll no name comes twice, but for the one
// pair of namesakes.
func (c *community) enrol() {
	taken := map[string]bool{}
	pick := func(list []*resident, n, from, to int, willing func(age int) float64) []*resident {
		var chosen []*resident
		for _, r := range list {
			age := r.birth.years(on(2024, 1, 1))
			if len(chosen) == n {
				break
			}
			if age < from || age > to || taken[r.name] || !c.chance(willing(age)) {
				continue
			}
			taken[r.name] = true
			chosen = append(chosen, r)
		}
		return chosen
	}
	evenly := func(int) float64 { return 0.5 }
	direct, inService, away := c.of(c.direct), c.of(c.spec.inService), c.of(c.away)
	leavers := 1 + direct/30
	locals, ranks := c.settled(false), c.Perm(direct+leavers)
	for i, r := range pick(locals, direct+leavers, 24, 88, func(age int) float64 { return 0.1 + float64(age)/130 }) {
		m := c.enlist(r, "直管")
		m.group = ordinals[i%c.groups]
		if i >= direct-c.of(c.loose) && i < direct && c.loose > 0 {
			m.group = ""
		}
		switch {
		case i >= direct:
			m.gone = c.between(2, 6)
		case i%17 == 5:
			c.newcomer(m, 6-i/17%3*2) // 2025Q3, 2025Q1, 2024Q3
		}
		// From one who seldom comes to some who never miss.
		rank := (float64(ranks[i]) + 0.5) / float64(len(ranks))
		m.zeal = min(1, c.zeal*(0.42+0.58*(1-(1-rank)*(1-rank))))
		if rank < 0.3 && c.chance(0.6) {
			m.missed = c.between(1, 4)
		}
		if c.chance(0.55) {
			m.claim(c, 2)
		}
	}
	// The youngest is on probation as the last year ends.
	if own := c.steady(); len(own) > 2 {
		c.newcomer(slices.MaxFunc(own, func(a, b *member) int { return cmp.Compare(a.birth, b.birth) }), quarters-3)
	}
	for i, r := range pick(locals, inService, 24, 57, evenly) {
		m := c.enlist(r, "在职")
		m.unit = c.pick(workplaces)
		m.zeal = c.zeal * (0.25 + 0.7*c.Float64())
		if i%4 == 3 {
			m.from = c.between(1, 7)
		}
		if !c.chance(0.04) {
			m.claim(c, 2)
		}
	}
	for i, r := range pick(c.settled(true), away, 22, 60, evenly) {
		m := c.enlist(r, "流动")
		m.from = min(i, 5)
		m.zeal = 0.3
	}
	if c.namesakes {
		first := c.members[0]
		for _, m := range c.members[1:] {
			if m.kind == first.kind && m.male == first.male && m.group != first.group && m.gone == never {
				m.name = first.name
				break
			}
		}
	}
}

func (c *community) enlist(r *resident, kind string) *member {
	if r.phone == "" {
		r.phone = c.phone()
	}
	m := &member{resident: r, kind: kind, gone: never}
	m.education = c.pick(levels)
	if r.birth < on(1962, 1, 1) {
		m.education = c.pick(oldLevels)
	}
	latest := min(on(2022, 12, 1), r.birth+day(45*365))
	earliest := min(r.birth+day(20*365), latest)
	m.joined = earliest + day(c.IntN(int(latest-earliest)+1))
	m.full = aYearOn(m.joined)
	c.members = append(c.members, m)
	return m
}

// newcomer makes a member come in quarter q: newly admitted if young enough,
// else moved here.
func (c *community) newcomer(m *member, q int) {
	m.from = q
	if age := m.birth.years(quarterEnd(q)); age < 55 {
		m.joined = c.within(q)
		m.full = aYearOn(m.joined)
	}
}

func aYearOn(d day) day {
	t := d.time()
	return dayOf(time.Date(t.Year()+1, t.Month(), t.Day(), 0, 0, 0, 0, time.UTC))
}

// claim gives a member one post, or up to two.
func (m *member) claim(c *community, most int) {
	first := c.IntN(len(posts))
	m.posts[0] = posts[first].name
	if most > 1 && c.chance(0.55) {
		m.posts[1] = posts[(first+1+c.IntN(len(posts)-1))%len(posts)].name
	}
}
