package demo

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
