package demo

import "fmt"

// posts are those for the public good, with their categories.
var posts = []struct{ name, category, duty string }{
	{"扶老助残岗", "帮扶", "每月探访结对老人和残疾人两次"},
	{"义务巡逻岗", "治安", "每周参加夜间巡逻一次"},
	{"文明劝导岗", "文明", "劝导乱停乱放、乱扔垃圾"},
	{"民情民意收集岗", "民情", "每季收集居民意见三条以上"},
	{"政策法规宣传岗", "宣教", "每季宣讲政策法规一次"},
	{"邻里纠纷调解岗", "维权", "参与调解邻里纠纷"},
	{"环境卫生整治岗", "环保服务", "每周巡查楼道卫生一次"},
}

// A deed is what a member was called to and did within some quarters.
type deed struct{ due, came, minutes int }

// deeds are told from the sign-in sheets, of quarters from to to.
func (c *community) deeds(from, to int) map[*member]deed {
	all := map[*member]deed{}
	for _, e := range c.meetings {
		if e.day < quarterStart(from) || e.day > quarterEnd(to) {
			continue
		}
		for _, a := range e.people {
			d := all[a.member]
			if !e.open {
				d.due++
			}
			if a.status == "出席" {
				d.came++
			}
			d.minutes += a.minutes
			all[a.member] = d
		}
	}
	for q := from; q <= to; q++ {
		for _, m := range c.onRoll(q) {
			d := all[m]
			d.due += calls
			all[m] = d
		}
	}
	return all
}

// share is the hundredths of what a member was called to that he came to.
func (d deed) share() int { return 100 * d.came / max(d.due, 1) }

// points are those of the card of performance, in halves: 60 to start with, 30
// by share, and one for each hour of service, 10 at most.
func (d deed) points() cell {
	return cell{kind: numberCell, number: float64(120+60*d.came/max(d.due, 1)+min(20, d.minutes/30)) / 2}
}

func (d deed) hours() cell { return cell{kind: numberCell, number: float64(d.minutes) / 60} }

// An opinion is what cards say of a share that it is for, or above.
type opinion struct {
	share                             int
	duty, public, group, overall, own string
}

var opinions = []opinion{
	{70, "好", "满意", "履职认真，带头作用好", "好", "积极参加社区活动，居民反映好"},
	{35, "较好", "满意", "能完成岗位任务", "较好", "能参加社区活动"},
	{0, "一般", "基本满意", "参加活动偏少", "一般", "参加活动偏少，请单位督促"},
}

func (d deed) opinion() opinion {
	for _, o := range opinions {
		if d.share() >= o.share {
			return o
		}
	}
	return opinion{}
}

var (
	talents = []string{"", "书法", "", "法律", "电脑维修", "", "医护", "文艺", "", "水电维修", "教学"}
	wishes  = []string{"周末服务", "节假日服务", "随叫随到", "辅导学生", "工作日晚间服务"}
)

// report lets in-service members report to the community and their units
// answer, and opens places for the posts: as many as were ever claimed, in
// fives, and some more.
func (c *community) report() {
	var greedy *member
	for _, m := range c.members {
		if m.kind != "在职" {
			continue
		}
		if m.reported = c.within(m.from); m.from == 0 {
			m.reported -= 30 + day(c.IntN(700))
		}
		if c.name == "东桥社区" && m.posts[1] != "" && greedy == nil {
			greedy = m
			for _, p := range posts {
				if p.name != m.posts[0] && p.name != m.posts[1] {
					m.third = p.name
				}
			}
		}
	}
	c.answers = map[string][quarters]int{}
	for _, unit := range workplaces {
		var days [quarters]int
		for q := range days {
			if c.chance(0.74) {
				days[q] = c.between(3, 24)
			}
		}
		c.answers[unit] = days
	}
	for i := range posts {
		most := 0
		for q := range quarters {
			most = max(most, c.claimants(q, i))
		}
		c.places = append(c.places, (most+4)/5*5+5*(i%2))
	}
}

// claimants are how many have claimed a post.
func (c *community) claimants(q, post int) int {
	n := 0
	for _, m := range c.onRoll(q) {
		if name := posts[post].name; m.posts[0] == name || m.posts[1] == name || m.third == name {
			n++
		}
	}
	return n
}

func (c *community) postList(q int) []entry {
	var list []entry
	for i, p := range posts {
		list = append(list, entry{
			"post": words(p.name), "category": words(p.category), "duty": words(p.duty),
			"places": figure(c.places[i]), "claimed": figure(c.claimants(q, i)),
		})
	}
	return list
}

func (c *community) claims(q int) []entry {
	var list []entry
	for _, m := range c.onRoll(q) {
		if m.kind != "在职" {
			continue
		}
		list = append(list, entry{
			"name": words(c.spell(m.name)), "work_unit": words(m.unit), "phone": words(m.phone), "address": words(c.address(m.home.room)),
			"skill": words(talents[int(m.birth)%len(talents)]), "wish": words(wishes[int(m.birth)%len(wishes)]),
			"post1": words(m.posts[0]), "post2": words(m.posts[1]), "post3": words(m.third), "claimed_on": c.dates.cell(m.reported),
		})
	}
	return list
}

func (c *community) performances(q int) []entry {
	var list []entry
	deeds := c.deeds(q, q)
	for _, m := range c.onRoll(q) {
		if m.kind == "流动" {
			continue
		}
		d := deeds[m]
		is := d.opinion()
		e := entry{
			"name": words(c.spell(m.name)), "party_group": words(m.group), "work_unit": words(m.unit), "post": words(m.posts[0]),
			"due": figure(d.due), "attended": figure(d.came), "hours": d.hours(), "score": d.points(),
			"duty_opinion": {}, "public_opinion": words(is.public), "group_opinion": words(is.group),
		}
		if m.posts[0] != "" {
			e["duty_opinion"] = words(is.duty)
		}
		list = append(list, e)
	}
	return list
}

func (c *community) feedback(q int) []entry {
	var list []entry
	deeds := c.deeds(q, q)
	first := quarter(q).Start
	for _, m := range c.onRoll(q) {
		if m.kind != "在职" {
			continue
		}
		d := deeds[m]
		sent := quarterEnd(q) - 25
		receipt, returned := "未回执", day(0)
		if days := c.answers[m.unit][q]; days > 0 {
			receipt, returned = "已收悉", sent+day(days)
		}
		list = append(list, entry{
			"name": words(c.spell(m.name)), "work_unit": words(m.unit), "span": words(fmt.Sprintf("%d月至%d月", first.Month(), first.Month()+2)),
			"attended": figure(d.came), "hours": d.hours(), "post": words(m.posts[0]),
			"overall": words(d.opinion().overall), "community_opinion": words(d.opinion().own),
			"sent_on": c.dates.cell(sent), "receipt": words(receipt), "returned_on": c.dates.cell(returned),
		})
	}
	return list
}
