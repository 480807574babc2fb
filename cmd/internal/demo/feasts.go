package demo

import (
	"fmt"
	"strings"
)

// A feast is what a community holds for all who come, in both years; a day of
// 0 is a year without. The dates of the moon's calendar differ.
var feasts = []struct {
	name, kind, place, host string
	days                    [2]day
	guests                  int
}{
	{"“迎新春”文艺演出", "文艺演出", "文化广场", "", [2]day{on(2024, 2, 4), on(2025, 1, 22)}, 260},
	{"元宵节猜灯谜", "文体活动", "社区活动中心", "", [2]day{on(2024, 2, 23), on(2025, 2, 11)}, 120},
	{"学雷锋便民服务集市", "便民服务", "文化广场", "", [2]day{on(2024, 3, 5), on(2025, 3, 5)}, 90},
	{"“三八”妇女节健康讲座", "讲座培训", "社区会议室", "", [2]day{on(2024, 3, 7), on(2025, 3, 7)}, 55},
	{"清明节祭扫革命烈士墓", "主题教育", "烈士陵园", "", [2]day{on(2024, 4, 2), on(2025, 4, 2)}, 48},
	{"端午节包粽子送老人", "走访慰问", "社区活动中心", "", [2]day{on(2024, 6, 7), on(2025, 5, 29)}, 70},
	{"六一儿童节亲子游园", "文体活动", "社区公园", "", [2]day{on(2024, 5, 31), on(2025, 5, 31)}, 135},
	{"庆“七一”文艺演出", "文艺演出", "文化广场", "", [2]day{on(2024, 6, 28), on(2025, 6, 27)}, 230},
	{"中秋节邻里联欢演出", "文艺演出", "文化广场", "", [2]day{on(2024, 9, 14), on(2025, 10, 4)}, 240},
	{"重阳节敬老演出", "文艺演出", "社区活动中心", "", [2]day{0, on(2025, 10, 28)}, 180},
	{"第{届}届老年门球赛", "体育比赛", "社区门球场", gateball.name, [2]day{on(2024, 10, 10), on(2025, 10, 30)}, 215},
	{"国家宪法日法治宣传", "政策宣传", "社区服务站", "", [2]day{on(2024, 12, 4), on(2025, 12, 4)}, 80},
	{"冬至包饺子慰问独居老人", "走访慰问", "社区活动中心", "", [2]day{on(2024, 12, 20), on(2025, 12, 19)}, 45},
}

// celebrate holds the feasts: all of them in the community of the founding
// text, and most elsewhere. A match needs its team.
func (c *community) celebrate() {
	for _, f := range feasts {
		for year, at := range f.days {
			e := event{day: at, name: strings.ReplaceAll(f.name, "{届}", []string{"二", "三"}[year]), kind: f.kind, place: f.place, team: f.host}
			e.guests = c.of(f.guests * c.between(94, 106) / 100)
			if c.name != Communities[0] {
				e.guests = c.of(f.guests * c.between(40, 100) / 100)
				if c.chance(0.3) {
					continue
				}
			}
			if at == 0 || f.host != "" && !c.has(f.host) {
				continue
			}
			c.feasts = append(c.feasts, e)
		}
	}
}

func (c *community) has(name string) bool {
	for _, t := range c.teams {
		if t.name == name {
			return true
		}
	}
	return false
}

// activityList is what was held: meetings, the teams' work, the feasts.
func (c *community) activityList(q int) []entry {
	all := append(during(c.meetings, q), during(c.services, q)...)
	all = append(all, during(c.feasts, q)...)
	inOrder(all)
	var list []entry
	for _, e := range all {
		came := e.guests
		for _, a := range e.people {
			if a.status == "出席" {
				came++
			}
		}
		line := entry{
			"day": c.dates.cell(e.day), "activity": words(e.name), "activity_kind": words(e.kind), "place": words(e.place), "host": words(e.team),
			"due": {}, "attended": figure(came), "rate": {},
		}
		if e.team == "" {
			line["host"] = words(c.name + "居民委员会")
		}
		if e.called() {
			line["due"], line["rate"] = figure(len(e.people)), words(fmt.Sprintf("%d%%", (200*came/len(e.people)+1)/2))
			line["host"] = words(c.name + "党支部")
		}
		list = append(list, line)
	}
	return list
}

// called reports whether those who stayed away are listed too.
func (e *event) called() bool { return !e.open && e.team == "" && len(e.people) > 0 }
