package demo

// A spec says how large a community is and what it reports. Pairs are the
// values of 2024Q1 and 2025Q4; the quarters between lie near the line.
type spec struct {
	name      string
	road      string
	buildings int
	homes     [2]int // registered households
	persons   [2]int // and the people in them
	rentals   [2]int // floating households
	floating  [2]int // and the people in them

	direct    int // 直管 members in 2025Q4
	groups    int
	loose     int // of the direct ones, without a group
	inService int
	away      int // 流动 members
	namesakes bool
	zeal      float64 // of members and volunteers, about 1

	teams      []team
	volunteers int // persons in 2025Q4
	doubles    int // of them, in two teams

	gifts []appeal

	area     int    // hundredths of a square kilometre
	units    int    // 驻区单位
	staff    [2]int // 工作人员, 治安协管员
	families int    // that are helped
	cards    delivery
	checked  float64 // share found right at the door; 0 where nobody checks
	site     site
	lagging  bool // states the figures of the quarter before
}

// A delivery hands convenience cards out to so many homes, from a day on.
type delivery struct {
	first       day
	days, homes int
}

// A site is a community's blog: open since a month, and so many months went
// by before its visits were counted.
type site struct {
	name      string
	since     day
	uncounted int
}

// An appeal is a collection of money within some days.
type appeal struct {
	quarter   int
	first     day
	days      int
	fen       int64 // in all
	campaigns []string
}

var bothCampaigns = []string{"抗震救灾", "救助患病儿童"}

var specs = []spec{
	{
		name: "象山社区", road: "象山路", buildings: 34,
		homes: [2]int{2371, 2388}, persons: [2]int{7262, 7300}, rentals: [2]int{768, 887}, floating: [2]int{1742, 2025},
		direct: 47, groups: 3, loose: 1, inService: 81, away: 3, zeal: 1.04,
		teams:      []team{performers, patrol, gateball, green, taiji},
		volunteers: 296, doubles: 34,
		gifts: []appeal{
			{2, on(2024, 9, 5), 3, 1_086_450, []string{"慈善一日捐"}},
			{6, on(2025, 9, 5), 3, 1_154_220, []string{"慈善一日捐"}},
			{7, on(2025, 10, 13), 5, 8_936_580, bothCampaigns},
		},
		area: 150, units: 12, staff: [2]int{9, 2}, families: 14, cards: delivery{on(2025, 3, 3), 24, 2934}, checked: 0.97, site: site{"象山社区博客", on(2025, 8, 1), 2},
	},
	{
		name: "翠湖社区", road: "翠湖北路", buildings: 46,
		homes: [2]int{3034, 3010}, persons: [2]int{9250, 9180}, rentals: [2]int{1331, 1260}, floating: [2]int{3060, 2890},
		direct: 62, groups: 4, inService: 118, away: 4, zeal: 0.98,
		teams:      []team{choir, patrol, green, neighbours},
		volunteers: 262, doubles: 22,
		gifts: []appeal{{6, on(2025, 9, 8), 2, 864_000, []string{"慈善一日捐"}}, {7, on(2025, 10, 14), 7, 7_418_250, bothCampaigns}},
		area:  210, units: 15, staff: [2]int{11, 3}, families: 11, cards: delivery{on(2025, 4, 7), 30, 3120}, checked: 0.95, site: site{"翠湖社区博客", on(2024, 1, 1), 0},
	},
	{
		name: "临江社区", road: "临江大道", buildings: 41,
		homes: [2]int{2466, 2480}, persons: [2]int{7391, 7420}, rentals: [2]int{1402, 1700}, floating: [2]int{3187, 3890},
		direct: 51, groups: 3, loose: 2, inService: 96, away: 8, zeal: 0.94,
		teams:      []team{patrol, green, advice},
		volunteers: 173, doubles: 12,
		gifts: []appeal{{7, on(2025, 10, 13), 6, 5_260_800, bothCampaigns}},
		area:  240, units: 9, staff: [2]int{8, 3}, families: 19, cards: delivery{on(2025, 3, 10), 19, 2210}, checked: 0.86,
	},
	{
		name: "清泉社区", road: "清泉巷", buildings: 22,
		homes: [2]int{1891, 1880}, persons: [2]int{5823, 5760}, rentals: [2]int{305, 310}, floating: [2]int{676, 690},
		direct: 35, groups: 2, inService: 44, away: 1, zeal: 1.0,
		teams:      []team{choir, gateball, neighbours},
		volunteers: 138, doubles: 15,
		gifts: []appeal{{2, on(2024, 9, 5), 2, 412_360, []string{"慈善一日捐"}}, {7, on(2025, 10, 15), 4, 2_874_600, bothCampaigns}},
		area:  90, units: 6, staff: [2]int{6, 1}, families: 8, cards: delivery{on(2025, 3, 3), 26, 2005}, checked: 1,
	},
	{
		name: "松岭社区", road: "松岭路", buildings: 27,
		homes: [2]int{2171, 2150}, persons: [2]int{6742, 6660}, rentals: [2]int{231, 255}, floating: [2]int{529, 585},
		direct: 40, groups: 3, inService: 37, away: 5, zeal: 0.97,
		teams:      []team{taiji, patrol, green},
		volunteers: 151, doubles: 9,
		gifts: []appeal{{7, on(2025, 10, 14), 5, 3_120_450, bothCampaigns}},
		area:  320, units: 5, staff: [2]int{6, 2}, families: 16, checked: 1, lagging: true,
	},
	{
		name: "望塔社区", road: "望塔街", buildings: 39,
		homes: [2]int{2861, 2890}, persons: [2]int{8755, 8810}, rentals: [2]int{903, 910}, floating: [2]int{2098, 2120},
		direct: 58, groups: 4, loose: 1, inService: 102, away: 2, zeal: 1.0,
		teams:      []team{performers, fitness, patrol, green, youth},
		volunteers: 288, doubles: 27,
		gifts: []appeal{{2, on(2024, 9, 4), 3, 933_100, []string{"慈善一日捐"}}, {6, on(2025, 9, 5), 3, 971_880, []string{"慈善一日捐"}}, {7, on(2025, 10, 13), 6, 6_655_320, bothCampaigns}},
		area:  170, units: 11, staff: [2]int{9, 2}, families: 12, cards: delivery{on(2024, 3, 4), 25, 3302}, checked: 0.93, site: site{"望塔之窗", on(2024, 10, 1), 1},
	},
	{
		name: "桂苑社区", road: "桂苑路", buildings: 33,
		homes: [2]int{2598, 2630}, persons: [2]int{7929, 8010}, rentals: [2]int{655, 620}, floating: [2]int{1489, 1400},
		direct: 49, groups: 3, inService: 88, away: 0, zeal: 1.02,
		teams:      []team{choir, taiji, neighbours, youth},
		volunteers: 214, doubles: 18,
		gifts: []appeal{{6, on(2025, 9, 9), 2, 705_550, []string{"慈善一日捐"}}, {7, on(2025, 10, 16), 3, 4_987_060, bothCampaigns}},
		area:  140, units: 10, staff: [2]int{8, 2}, families: 9, cards: delivery{on(2025, 3, 12), 18, 2655}, checked: 1,
	},
	{
		name: "东桥社区", road: "东桥南路", buildings: 52,
		homes: [2]int{3148, 3190}, persons: [2]int{9577, 9690}, rentals: [2]int{1282, 1390}, floating: [2]int{2934, 3180},
		direct: 71, groups: 5, inService: 134, away: 6, zeal: 0.95,
		teams:      []team{performers, patrol, gateball, fitness, green, youth},
		volunteers: 331, doubles: 25,
		gifts: []appeal{{2, on(2024, 9, 6), 4, 1_240_000, []string{"慈善一日捐"}}, {7, on(2025, 10, 13), 8, 7_960_740, bothCampaigns}},
		area:  260, units: 16, staff: [2]int{12, 4}, families: 21, cards: delivery{on(2025, 4, 14), 40, 3985}, checked: 0.91, site: site{"东桥社区公众号", on(2024, 5, 1), 0},
	},
	{
		name: "朝晖社区", road: "朝晖路", buildings: 31,
		homes: [2]int{2421, 2410}, persons: [2]int{7431, 7390}, rentals: [2]int{698, 730}, floating: [2]int{1630, 1710},
		direct: 44, groups: 3, inService: 69, away: 3, zeal: 0.96,
		teams:      []team{patrol, green, fitness},
		volunteers: 187, doubles: 14,
		gifts: []appeal{{7, on(2025, 10, 14), 6, 4_318_900, bothCampaigns}},
		area:  160, units: 8, staff: [2]int{7, 2}, families: 13,
	},
	{
		name: "石榴社区", road: "石榴园路", buildings: 25,
		homes: [2]int{2004, 1990}, persons: [2]int{6159, 6090}, rentals: [2]int{478, 520}, floating: [2]int{1081, 1180},
		direct: 38, groups: 2, inService: 52, away: 2, namesakes: true, zeal: 0.99,
		teams:      []team{taiji, choir, neighbours},
		volunteers: 146, doubles: 11,
		gifts: []appeal{{6, on(2025, 9, 10), 1, 388_800, []string{"慈善一日捐"}}, {7, on(2025, 10, 15), 5, 2_646_190, bothCampaigns}},
		area:  110, units: 6, staff: [2]int{7, 1}, families: 10, cards: delivery{on(2025, 3, 6), 20, 2340}, checked: 1, lagging: true,
	},
	{
		name: "南亭社区", road: "南亭街", buildings: 29,
		homes: [2]int{2049, 2060}, persons: [2]int{6309, 6340}, rentals: [2]int{861, 810}, floating: [2]int{2015, 1890},
		direct: 42, groups: 3, inService: 75, away: 4, zeal: 0.93,
		teams:      []team{gateball, patrol, advice, green},
		volunteers: 169, doubles: 16,
		gifts: []appeal{{2, on(2024, 9, 5), 2, 560_500, []string{"慈善一日捐"}}, {7, on(2025, 10, 13), 9, 3_805_430, bothCampaigns}},
		area:  130, units: 7, staff: [2]int{7, 2}, families: 12, cards: delivery{on(2025, 5, 8), 16, 1480}, checked: 0.96,
	},
}

// Gap is where the floating flow does not add up on purpose: people who came
// the quarter before were registered late, under their true date.
var Gap = struct {
	Community, Period string
	Persons           int
}{"望塔社区", "2025Q2", 14}

// season is how far the number of floating people lies off its line in each
// quarter: fewer over the Spring Festival, more when schools begin.
var season = [4]float64{-0.032, -0.007, 0.004, 0}

// drift is how far a community's own quarter lies off the season, up to one
// part in a hundred: no two places move alike, and no year repeats the last.
// The last quarter is as it is specified.
func (s spec) drift(q int) float64 {
	if q == quarters-1 {
		return 0
	}
	return float64((s.buildings*31+q*q*17+q*7)%21-10) / 1000
}

// target is a size in quarter q.
func target(ends [2]int, q int, season, scale float64) int {
	line := float64(ends[0]) + float64(ends[1]-ends[0])*float64(q)/(quarters-1)
	return max(1, int(line*(1+season)*scale+0.5))
}
