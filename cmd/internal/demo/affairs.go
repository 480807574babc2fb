package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A unit is an office, school or firm in the community.
type unit struct {
	name, kind      string
	workers         int
	party           bool // has an organisation of its own
	members         int
	agreed          bool
	contact, number string
}

// premises are the units of the community of the founding text, where the
// in-service members of the town work; those of the others are like local.
var premises = []unit{
	{name: "镇中心小学", kind: "事业单位", workers: 86, party: true}, {name: "镇初级中学", kind: "事业单位", workers: 112, party: true},
	{name: "镇卫生院", kind: "事业单位", workers: 64, party: true}, {name: "镇供电所", kind: "企业", workers: 28, party: true},
	{name: "镇自来水厂", kind: "企业", workers: 35}, {name: "镇财政所", kind: "机关", workers: 14, party: true},
	{name: "镇农技站", kind: "事业单位", workers: 11}, {name: "县人民医院", kind: "事业单位", workers: 420, party: true},
	{name: "县邮政公司", kind: "企业", workers: 57, party: true}, {name: "县公路养护站", kind: "事业单位", workers: 48, party: true},
	{name: "县粮食储备库", kind: "企业", workers: 39, party: true}, {name: "县档案馆", kind: "机关", workers: 17, party: true},
}

var local = []unit{
	{name: "{地}幼儿园", kind: "民办非企业", workers: 24}, {name: "{地}农贸市场", kind: "企业", workers: 18}, {name: "{地}卫生服务站", kind: "事业单位", workers: 9, party: true},
	{name: "{地}物业服务公司", kind: "企业", workers: 46, party: true}, {name: "{地}超市", kind: "企业", workers: 31}, {name: "{地}派出所", kind: "机关", workers: 22, party: true},
	{name: "农商银行{地}支行", kind: "企业", workers: 12, party: true}, {name: "{地}养老服务中心", kind: "民办非企业", workers: 16}, {name: "{地}加油站", kind: "企业", workers: 8},
	{name: "{地}小学", kind: "事业单位", workers: 74, party: true}, {name: "{地}汽修厂", kind: "企业", workers: 15}, {name: "{地}宾馆", kind: "企业", workers: 27},
	{name: "{地}邮政支局", kind: "企业", workers: 9}, {name: "{地}服装厂", kind: "企业", workers: 140, party: true}, {name: "{地}律师事务所", kind: "企业", workers: 11, party: true},
	{name: "{地}文化站", kind: "事业单位", workers: 6, party: true},
}

// someone makes the name of a person whom no register has.
func (c *community) someone() string { return c.surname() + c.givenName(c.chance(0.5)) }

// lodge fills the register of units.
func (c *community) lodge() {
	list := premises
	if c.name != Communities[0] {
		list = local
	}
	for _, u := range list[:c.spec.units] {
		u.name = strings.ReplaceAll(u.name, "{地}", strings.TrimSuffix(c.name, "社区"))
		u.members = max(1, u.workers*c.between(8, 30)/100)
		u.agreed = u.party || c.chance(0.4)
		u.contact, u.number = c.someone(), c.phone()
		c.units = append(c.units, u)
	}
}

// yes is 是 or 否 as the office writes them.
func (c *community) yes(is bool) cell {
	if is {
		return words(c.word("是"))
	}
	return words(c.word("否"))
}

func (c *community) unitList(int) []entry {
	var list []entry
	for _, u := range c.units {
		list = append(list, entry{
			"name": words(u.name), "unit_kind": words(u.kind), "staff": figure(u.workers), "party_body": c.yes(u.party),
			"members": figure(u.members), "agreement": c.yes(u.agreed), "contact": words(c.spell(u.contact)), "phone": words(u.number),
		})
	}
	return list
}

// A worker is one of the community's staff.
type worker struct {
	person
	duty, kind, task string
	politics, taught string
	since            day
}

// jobsOfStaff are given out in this order, those of security helpers last.
var jobsOfStaff = []struct{ duty, task string }{
	{"党委书记、居委会主任", "全面工作"}, {"文书", "文书档案、报表"}, {"党委副书记", "党建工作"}, {"居委会副主任", "综治、消防"},
	{"民政干事", "低保、救助、老龄"}, {"劳动保障协理员", "就业、社保"}, {"流动人口专管员", "流动人口登记"}, {"卫健干事", "妇幼、健康"},
	{"网格员", "一网格"}, {"网格员", "二网格"}, {"网格员", "三网格"}, {"网格员", "四网格"},
}

// employ hires the staff: first those who sign the sheets, a man and a woman
// everywhere.
func (c *community) employ() {
	for i := range c.spec.staff[0] + c.spec.staff[1] {
		male := i == 0 || i > 1 && c.chance(0.45)
		w := worker{person: c.person(c.surname(), male, c.born(c.between(26, 56), on(2024, 1, 1))), kind: "社区工作者", politics: "群众", taught: c.pick(levels[3:7])}
		if w.phone == "" {
			w.phone = c.phone()
		}
		if c.chance(0.5) {
			w.politics = "中共党员"
		}
		w.since = on(2023, 12, 20) - day(c.IntN(4000))
		switch {
		case i >= c.spec.staff[0]:
			w.duty, w.kind, w.task = "治安协管员", "治安协管员", "治安巡逻"
		default:
			w.duty, w.task = jobsOfStaff[i].duty, jobsOfStaff[i].task
		}
		switch i {
		case 0:
			w.name, w.politics = c.clerks[1], "中共党员"
		case 1:
			w.name = c.clerks[0]
		case c.spec.staff[0] - 1: // the youngest joined in between
			w.since = c.within(c.between(1, 4))
		}
		c.staff = append(c.staff, w)
	}
}

// employed are the staff of quarter q.
func (c *community) employed(q int) []worker {
	var list []worker
	for _, w := range c.staff {
		if w.since <= quarterEnd(q) {
			list = append(list, w)
		}
	}
	return list
}

func (c *community) staffList(q int) []entry {
	var list []entry
	for _, w := range c.employed(q) {
		list = append(list, entry{
			"name": words(c.spell(w.name)), "sex": words(w.sex()), "birth": words(w.birth.time().Format("2006年1月")), "duty": words(w.duty), "staff_kind": words(w.kind),
			"politics": words(w.politics), "education": words(w.taught), "task": words(w.task), "started_on": c.dates.cell(w.since), "phone": words(w.phone),
		})
	}
	return list
}

// A seat is someone's on one of the community's bodies.
type seat struct {
	body, name, duty, represents string
	since                        day
}

// seat fills the bodies: the Party's, the residents' council, the volunteers'
// association.
func (c *community) seat() {
	elected := on(2021, 6, 10) + day(c.IntN(40))
	take := func(body, name, duty, represents string) {
		c.seats = append(c.seats, seat{body, name, duty, represents, elected})
	}
	steady := c.steady()
	slices.SortStableFunc(steady, func(a, b *member) int { return cmp.Compare(b.zeal, a.zeal) })
	committee, branch, council, association := c.name+"党工委", c.name+"党支部", c.name+"居民议事会", c.name+"义工协会"
	take(committee, c.clerks[1], "书记", "")
	take(committee, c.staff[2].name, "副书记", "")
	for _, u := range c.units {
		if u.party && u.agreed {
			take(committee, u.contact, "兼职委员", u.name+"党组织")
		}
	}
	take(committee, c.volunteers[0].name, "委员", association)
	for i, duty := range []string{"书记", "组织委员", "宣传委员"} {
		take(branch, steady[i%len(steady)].name, duty, "")
	}
	for _, group := range ordinals[:c.groups] {
		for _, m := range steady[min(3, len(steady)-1):] {
			if m.group == group {
				take(c.name+group, m.name, "组长", "")
				break
			}
		}
	}
	for i := range 7 {
		duty := "成员"
		if i == 0 {
			duty = "召集人"
		}
		v := c.volunteers[(3+i*5)%len(c.volunteers)]
		take(council, v.name, duty, fmt.Sprintf("%d栋居民", v.home.number))
	}
	for i, t := range c.teams {
		duty := "理事"
		if i == 0 {
			duty = "会长"
		}
		for _, v := range c.volunteers {
			if v.teams[0].name == t.name {
				take(association, v.name, duty, t.name)
				break
			}
		}
	}
}

func (c *community) seatList(int) []entry {
	var list []entry
	for _, s := range c.seats {
		list = append(list, entry{
			"body": words(s.body), "name": words(c.spell(s.name)), "duty": words(s.duty), "represents": words(s.represents), "since": c.dates.cell(s.since),
		})
	}
	return list
}
