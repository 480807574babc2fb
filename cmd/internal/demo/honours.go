package demo

// An honour is a title that a community or one of its bodies was given.
type honour struct {
	title, level, holder, by string
	day                      day
}

// honours are on each community's register since their day.
var honours = map[string][]honour{
	"象山社区": {
		{"省级文明社区", "省级", "象山社区", "省文明委", on(2022, 12, 20)},
		{"市先进基层党组织", "市级", "象山社区党支部", "市委组织部", on(2023, 6, 28)},
		{"镇先进党支部", "镇级", "象山社区党支部", "镇党委", on(2024, 6, 27)},
		{"镇文艺汇演一等奖", "镇级", "文艺宣传队", "镇人民政府", on(2025, 9, 26)},
	},
	"翠湖社区": {
		{"市级绿色社区", "市级", "翠湖社区", "市生态环境局", on(2023, 10, 9)},
		{"镇平安社区", "镇级", "翠湖社区", "镇人民政府", on(2025, 1, 17)},
	},
	"临江社区": {{"镇流动人口服务管理先进社区", "镇级", "临江社区", "镇人民政府", on(2024, 12, 18)}},
	"清泉社区": {{"县级卫生社区", "县级", "清泉社区", "县爱卫会", on(2022, 11, 3)}},
	"望塔社区": {
		{"市级平安社区", "市级", "望塔社区", "市综治委", on(2021, 12, 8)},
		{"县先进基层党组织", "县级", "望塔社区党支部", "县委", on(2024, 6, 28)},
		{"镇歌咏比赛二等奖", "镇级", "文艺宣传队", "镇党委", on(2025, 7, 1)},
	},
	"桂苑社区": {{"镇先进党支部", "镇级", "桂苑社区党支部", "镇党委", on(2025, 6, 27)}},
	"东桥社区": {
		{"省级防震减灾示范社区", "省级", "东桥社区", "省地震局", on(2020, 12, 15)},
		{"县级文明社区", "县级", "东桥社区", "县文明委", on(2023, 12, 29)},
	},
	"石榴社区": {{"镇太极拳比赛一等奖", "镇级", "太极拳队", "镇文化站", on(2024, 10, 18)}},
}

func (c *community) honourList(q int) []entry {
	var list []entry
	for _, h := range honours[c.name] {
		if h.day <= quarterEnd(q) {
			list = append(list, entry{
				"title": words(h.title), "level": words(c.word(h.level)), "holder": words(h.holder), "awarded_by": words(h.by), "awarded_on": c.dates.cell(h.day),
			})
		}
	}
	return list
}
