package demo

import (
	"fmt"
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
	joined, full day
	from, gone   int
	zeal         float64 // share of meetings attended
	missed       int     // months of dues a year
}

func (m *member) enrolled(q int) bool { return m.from <= q && q < m.gone }

// dues are the months paid in the year by the end of quarter q; in-service
// and floating members pay elsewhere.
func (m *member) dues(q int) int { return 3 * (q%4 + 1) * (12 - m.missed) / 12 }

// A team is one of volunteers, with the people it draws.
type team struct {
	name     string
	from, to int     // ages
	men      float64 // share of those willing
	women    float64
	size     int     // of a hundred volunteers
	rate     float64 // share of its members at an activity
	works    []string
	places   []string
}

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

var (
	performers = team{"文艺宣传队", 20, 75, 0.3, 1, 24, 0.72, []string{"节目排练", "送文艺进小区演出", "普法快板宣讲", "节日文艺汇演"}, []string{"社区活动中心", "文化广场"}}
	patrol     = team{"社区治安巡逻队", 25, 68, 1, 0.35, 18, 0.78, []string{"夜间治安巡逻", "防火防盗宣传", "电动车充电安全检查", "节前安全巡查"}, []string{"辖区各小区", "社区警务室"}}
	gateball   = team{"中老年门球队", 52, 82, 1, 0.8, 17, 0.66, []string{"门球训练", "门球友谊赛", "门球场地维护"}, []string{"社区门球场"}}
	green      = team{"社区环保队", 16, 72, 0.8, 1, 24, 0.6, []string{"楼道清理", "河道捡拾垃圾", "垃圾分类入户宣传", "绿地养护"}, []string{"辖区各小区", "滨河步道"}}
	taiji      = team{"太极拳队", 48, 84, 0.7, 1, 17, 0.81, []string{"太极拳晨练教学", "太极拳展演", "健康讲座服务"}, []string{"文化广场", "社区公园"}}
	choir      = team{"夕阳红合唱队", 50, 80, 0.4, 1, 22, 0.75, []string{"合唱排练", "红歌进楼院", "敬老慰问演出"}, []string{"社区活动中心"}}
	neighbours = team{"邻里互助队", 22, 76, 0.7, 1, 26, 0.58, []string{"独居老人探访", "代买代办服务", "便民理发", "邻里纠纷调解"}, []string{"辖区各小区", "社区服务站"}}
	advice     = team{"政策宣讲队", 26, 74, 1, 0.9, 16, 0.63, []string{"政策入户宣讲", "防诈骗宣传", "医保参保宣传"}, []string{"社区服务站", "文化广场"}}
	fitness    = team{"健身操队", 30, 72, 0.15, 1, 22, 0.7, []string{"健身操排练", "全民健身展示", "广场舞文明引导"}, []string{"文化广场"}}
	youth      = team{"青年志愿服务队", 16, 35, 1, 1, 18, 0.52, []string{"四点半课堂辅导", "智能手机教学", "赛事志愿服务", "图书整理"}, []string{"社区活动中心", "社区图书室"}}
)

// fits reports whether someone would join.
func (t team) fits(c *community, r *resident) bool {
	age := r.birth.years(on(2024, 1, 1))
	willing := t.women
	if r.male {
		willing = t.men
	}
	return t.from <= age && age <= t.to && c.chance(willing)
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

var (
	posts     = []string{"扶老助残岗", "义务巡逻岗", "文明劝导岗", "民情民意收集岗", "政策法规宣传岗", "邻里纠纷调解岗", "环境卫生整治岗"}
	units     = []string{"镇中心小学", "镇初级中学", "镇卫生院", "镇供电所", "镇自来水厂", "镇财政所", "镇农技站", "县人民医院", "县邮政公司", "县公路养护站", "县粮食储备库", "县档案馆"}
	levels    = []string{"初中", "高中", "中专", "大专", "大专", "本科", "本科", "研究生"}
	oldLevels = []string{"小学", "初中", "初中", "高中", "高中", "中专", "大专"}
	ordinals  = []string{"第一党小组", "第二党小组", "第三党小组", "第四党小组", "第五党小组"}
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
			c.newcomer(m, c.between(2, 6))
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
	for i, r := range pick(locals, inService, 24, 57, evenly) {
		m := c.enlist(r, "在职")
		m.unit = c.pick(units)
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
	m.posts[0] = posts[first]
	if most > 1 && c.chance(0.55) {
		m.posts[1] = posts[(first+1+c.IntN(len(posts)-1))%len(posts)]
	}
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
