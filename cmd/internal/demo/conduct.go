package demo

import (
	"cmp"
	"slices"
)

// A ruling is a line of the ledger of points: added, taken, a veto, an
// exemption, always with evidence.
type ruling struct {
	day             day
	of              *member
	kind, reason    string
	points          int
	evidence, ruler string
}

func (r ruling) at() day { return r.day }

// grounds are what points are commonly added or taken for.
var grounds = []ruling{
	{kind: "加分", reason: "主动参加防汛值守", points: 2, evidence: "值守登记表"},
	{kind: "加分", reason: "调解邻里纠纷，受到居民书面表扬", points: 1, evidence: "表扬信一封"},
	{kind: "加分", reason: "被评为镇优秀共产党员", points: 3, evidence: "表彰文件复印件"},
	{kind: "加分", reason: "为社区捐赠图书", points: 1, evidence: "接收登记表"},
	{kind: "加分", reason: "提出小区停车建议被采纳", points: 1, evidence: "议事会会议纪要"},
	{kind: "扣分", reason: "未经请假缺席党员大会", points: 1, evidence: "会议签到表"},
	{kind: "扣分", reason: "逾期交纳党费", points: 1, evidence: "党费收缴登记簿"},
	{kind: "扣分", reason: "楼道堆放杂物，经劝导未改", points: 2, evidence: "巡查记录和照片"},
}

// special are the rulings that people remember.
var special = []struct {
	community string
	ruling
	who func(a, b *member) int // the least of the direct members
}{
	{"象山社区", ruling{day: on(2025, 3, 12), kind: "免评", reason: "年老体弱，长期不便参加活动", evidence: "本人申请和党员大会会议记录", ruler: "支部党员大会"}, elder},
	{"象山社区", ruling{day: on(2025, 11, 20), kind: "一票否决", reason: "酒后驾驶，受行政处罚", evidence: "行政处罚决定书复印件", ruler: "支部委员会"}, idler},
	{"望塔社区", ruling{day: on(2024, 2, 27), kind: "免评", reason: "随子女长期在外地居住", evidence: "本人申请和党员大会会议记录", ruler: "支部党员大会"}, elder},
	{"望塔社区", ruling{day: on(2025, 2, 26), kind: "免评", reason: "随子女长期在外地居住", evidence: "本人申请和党员大会会议记录", ruler: "支部党员大会"}, elder},
}

func elder(a, b *member) int { return cmp.Compare(a.birth, b.birth) }

func idler(a, b *member) int { return cmp.Compare(a.zeal, b.zeal) }

// rule fills the ledger: those of good zeal earn points, the others lose
// them.
func (c *community) rule() {
	for q := range quarters {
		for range c.between(2, 5) {
			r := grounds[c.IntN(len(grounds))]
			fits := slices.DeleteFunc(c.onRoll(q), func(m *member) bool {
				return m.kind != "直管" || (m.zeal > 0.6) != (r.kind == "加分")
			})
			if len(fits) == 0 {
				continue
			}
			r.of, r.day, r.ruler = fits[c.IntN(len(fits))], c.within(q), "支部委员会"
			c.rulings = append(c.rulings, r)
		}
	}
	for _, s := range special {
		if s.community == c.name {
			s.of = slices.MinFunc(c.steady(), s.who)
			c.rulings = append(c.rulings, s.ruling)
		}
	}
	inOrder(c.rulings)
}

// ruled reports whether there is a ruling of a kind on a member in the year
// that ends with quarter q.
func (c *community) ruled(m *member, kind string, q int) bool {
	return slices.ContainsFunc(c.rulings, func(r ruling) bool {
		return r.of == m && r.kind == kind && quarterStart(q-3) <= r.day && r.day <= quarterEnd(q)
	})
}

func (c *community) conduct(q int) []entry {
	var list []entry
	for _, r := range during(c.rulings, q) {
		e := entry{
			"decided_on": c.dates.cell(r.day), "name": words(c.spell(r.of.name)), "party_group": words(r.of.group),
			"kind": words(c.word(r.kind)), "reason": words(r.reason), "points": {}, "evidence": words(r.evidence), "decided_by": words(r.ruler),
		}
		if r.points > 0 {
			e["points"] = figure(r.points)
		}
		list = append(list, e)
	}
	return list
}
