package demo

import (
	"cmp"
	"slices"
)

// An event is a meeting or an activity with those who came or should have.
type event struct {
	day               day
	name, kind, place string
	team              string
	people            []attendance
	open              bool // to all who like; else who stays away is listed too
	guests            int  // who came, where nobody signs
}

type attendance struct {
	member      *member // nil on the volunteers' sheets
	name, phone string
	status      string // 出席, 请假, 缺席
	minutes     int    // of service, 0 for meetings
}

// A gift is one line of the donations' register.
type gift struct {
	day                                 day
	donor, unit, campaign, method, note string
	fen                                 int64
}

// calls are the activities of a quarter that all members are called to.
const calls = 4

var (
	themes = []string{"学习贯彻全会精神", "重温入党志愿", "优秀党员事迹分享", "党纪学习教育", "环境整治义务劳动", "结对帮扶走访", "观看红色影片", "社区发展大家谈", "缅怀革命先烈", "主题征文交流", "安全生产宣传", "年度工作回顾"}
	duties = []struct{ name, kind string }{
		{"小区环境卫生整治", "环境整治"}, {"走访慰问困难家庭", "走访慰问"}, {"文明交通劝导", "志愿服务"}, {"政策法规宣传", "政策宣传"}, {"社区夜间巡逻", "志愿服务"}, {"民情民意收集", "志愿服务"},
	}
	halls = []string{"社区党群服务中心", "社区会议室", "社区活动中心"}
)

// meet holds the branch's meetings and the activities of its members.
func (c *community) meet() {
	for q := range quarters {
		start := quarterStart(q)
		for month := range 3 {
			first := dayOf(quarter(q).Start.AddDate(0, month, 0))
			c.hold(q, first+day(c.between(3, 9)), themes[(q*3+month)%12], "主题党日", "")
			for _, group := range ordinals[:c.groups] {
				c.hold(q, first+day(c.between(14, 24)), group+"学习会", "党小组会", group)
			}
		}
		c.hold(q, start+day(c.between(30, 50)), "支部党员大会", "党员大会", "")
		c.hold(q, start+day(c.between(55, 80)), "党课："+themes[(q*5+2)%12], "党课", "")
		if q%4 == 0 {
			c.hold(q, start+day(c.between(18, 26)), "年度组织生活会", "组织生活", "")
		}
		for i := range calls {
			c.duty(start+day(c.between(4+i*20, 20+i*20)), q, (q+i)%len(duties))
		}
	}
	inOrder(c.meetings)
}

// hold calls the direct members, of one group or all, to a meeting.
func (c *community) hold(q int, at day, name, kind, group string) {
	e := event{day: at, name: name, kind: kind, place: c.pick(halls)}
	for _, m := range c.members {
		if m.kind != "直管" || !m.enrolled(q) || group != "" && m.group != group {
			continue
		}
		a := attendance{member: m, name: m.name, status: "出席"}
		if !c.chance(m.zeal) {
			a.status = "请假"
			if c.chance(0.75 - 0.6*m.zeal) {
				a.status = "缺席"
			}
		}
		e.people = append(e.people, a)
	}
	if len(e.people) > 0 {
		c.meetings = append(c.meetings, e)
	}
}

// duty is an activity that members of every sort may join; only those who
// came are listed.
func (c *community) duty(at day, q, which int) {
	e := event{day: at, name: duties[which].name, kind: duties[which].kind, place: "辖区各小区", open: true}
	minutes := 60 + 30*c.IntN(4)
	for _, m := range c.members {
		keen := 0.7 * m.zeal
		if m.kind == "直管" {
			keen = m.zeal * m.zeal * 0.42
		}
		if m.enrolled(q) && c.chance(keen) {
			a := attendance{member: m, name: m.name, status: "出席", minutes: minutes}
			if c.chance(0.06) {
				a.phone = m.phone
			}
			e.people = append(e.people, a)
		}
	}
	if len(e.people) > 0 {
		c.meetings = append(c.meetings, e)
	}
}

// serve lets the volunteers' teams work.
func (c *community) serve() {
	for q := range quarters {
		roll := c.rolls(q)
		for _, t := range c.teams {
			var days []day // of the team: one event each
			for range c.between(4, 6) + [4]int{-1, 1, 0, 1}[q%4] {
				at := c.within(q)
				for slices.Contains(days, at) {
					at = c.within(q)
				}
				days = append(days, at)
				e := event{day: at, name: c.pick(t.works), kind: "志愿服务", place: c.pick(t.places), team: t.name}
				minutes := 60 + 30*c.IntN(5)
				for _, v := range roll {
					if v.team.name != t.name || v.joined > e.day || !c.chance(min(0.97, v.zeal*t.rate*c.zeal)) {
						continue
					}
					a := attendance{name: v.name, status: "出席", minutes: minutes}
					if c.chance(0.05) {
						a.phone = v.phone
					}
					e.people = append(e.people, a)
				}
				if len(e.people) > 0 {
					c.services = append(c.services, e)
				}
			}
		}
	}
	inOrder(c.services)
}

// What is dated belongs to a quarter.
type dated interface{ at() day }

func (e event) at() day { return e.day }

func (g gift) at() day { return g.day }

func inOrder[T dated](list []T) {
	slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(a.at(), b.at()) })
}

// during gives what is of quarter q.
func during[T dated](list []T, q int) []T {
	var some []T
	for _, e := range list {
		if quarterStart(q) <= e.at() && e.at() <= quarterEnd(q) {
			some = append(some, e)
		}
	}
	return some
}

const anonymous = "匿名"

var (
	amounts = []int64{1000, 2000, 5000, 5000, 10_000, 10_000, 10_000, 10_000, 20_000, 20_000, 20_000, 30_000, 50_000, 50_000, 100_000}
	ways    = []string{"现金", "现金", "微信", "微信", "微信", "支付宝", "银行转账"}
)

// collect takes the gifts of each appeal: on every one of its days, and in
// all exactly what it says. The last of a day is the collecting box.
func (c *community) collect() {
	givers := append(c.settled(false), c.settled(true)...)
	for _, a := range c.gifts {
		left := a.fen
		if c.scale < 1 {
			left = int64(c.of(int(a.fen)))
		}
		for d := range a.days {
			share := left / int64(a.days-d)
			if d < a.days-1 {
				share = share * int64(c.between(80, 135)) / 100
			}
			left -= share
			for share > 60_000 || share > 2000 && c.chance(0.9) {
				fen := amounts[c.IntN(len(amounts))]
				if c.chance(0.03) {
					fen = 66_66 * int64(1+c.IntN(3))
				}
				if fen > share-500 {
					continue
				}
				share -= fen
				c.donations = append(c.donations, c.give(a, givers, a.first+day(d), fen))
			}
			box := gift{day: a.first + day(d), donor: anonymous, campaign: c.pick(a.campaigns), method: "现金", note: "募捐箱", fen: share}
			c.donations = append(c.donations, box)
		}
	}
	inOrder(c.donations)
}

func (c *community) give(a appeal, givers []*resident, at day, fen int64) gift {
	g := gift{day: at, campaign: c.pick(a.campaigns), method: c.pick(ways), fen: fen, donor: anonymous}
	if c.chance(0.05) {
		return g
	}
	for {
		r := givers[c.IntN(len(givers))]
		if r.birth.years(at) >= 18 {
			g.donor = r.name
			break
		}
	}
	if c.chance(0.18) {
		m := c.members[c.IntN(len(c.members))]
		g.donor, g.unit = m.name, m.unit
	}
	return g
}
