package demo

// family fills a home with people who could be kin.
func (c *community) family(h *home, q, n int, end day) {
	age := 24 + c.IntN(36) + c.IntN(28)
	if h.floating {
		age = 18 + c.IntN(20) + c.IntN(22)
	}
	headMale := c.chance(0.72)
	name := c.surname()
	c.add(h, q, "户主", c.person(name, headMale, c.born(age, end)))
	childAge := -1
	for len(h.people) < n {
		switch k := len(h.people); {
		case k == 1 && c.chance(0.86) && age >= 22:
			c.add(h, q, "配偶", c.person(c.surname(), !headMale, c.born(max(20, age+c.between(-5, 3)), end)))
		case age < 24, k == 3 && age < 62 && c.chance(0.45):
			older := c.born(min(94, age+c.between(21, 31)), end)
			if c.chance(0.4) {
				c.add(h, q, "父", c.person(name, true, older))
			} else {
				c.add(h, q, "母", c.person(c.surname(), false, older))
			}
		case childAge >= 24 && c.chance(0.6):
			c.add(h, q, "孙", c.person(name, c.chance(0.52), c.born(max(0, childAge-c.between(22, 30)), end)))
		default:
			childAge = max(0, age-c.between(22, 33))
			word, isMale := "女", c.chance(0.52)
			if isMale {
				word = "子"
			}
			c.add(h, q, word, c.person(name, isMale, c.born(childAge, end)))
		}
	}
}

// join adds a newborn to a registered home, or kin who follow to a floating
// one.
func (c *community) join(h *home, q int) {
	head := h.head(q)
	if head == nil {
		head = h.people[0]
	}
	surname := string([]rune(head.name)[:1])
	if !h.floating {
		word, isMale := "女", c.chance(0.52)
		if isMale {
			word = "子"
		}
		if head.birth.years(quarterEnd(q)) > 46 {
			word = "孙"
		}
		c.add(h, q, word, c.person(surname, isMale, c.within(q)))
		return
	}
	c.add(h, q, "亲属", c.person(surname, c.chance(0.5), c.born(c.between(4, 60), quarterEnd(q))))
	h.people[len(h.people)-1].arrived = c.within(q)
}

func (c *community) add(h *home, q int, relation string, p person) {
	r := &resident{person: p, home: h, relation: relation, from: q, gone: never, ethnicity: "汉族"}
	if c.chance(0.035) {
		r.ethnicity = c.pick(ethnicities)
	}
	if h.floating {
		r.arrived = h.since
		r.reason = c.why(r, quarterEnd(q))
		r.permit = c.chance(0.72)
		r.origin, r.dwelling = "省内", c.pick(dwellings)
		if c.chance(0.41) {
			r.origin = "省外"
		}
		if len(h.people) > 0 {
			r.origin, r.dwelling = h.people[0].origin, h.people[0].dwelling
		}
	}
	h.people = append(h.people, r)
}

// why a floating person came.
func (c *community) why(r *resident, at day) string {
	age := r.birth.years(at)
	switch {
	case age < 6:
		return "投靠亲友"
	case age < 18:
		return c.pick([]string{"借读", "借读", "在校学生", "投靠亲友"})
	case age > 64:
		return c.pick([]string{"投靠亲友", "投靠亲友", "治病疗养", "探亲访友"})
	case r.relation == "配偶" && c.chance(0.25):
		return "投靠亲友"
	}
	return c.pick(reasons)
}

var (
	destinations = []string{"返回原籍", "返回原籍", "返回原籍", "迁往外地", "迁往外地", "本镇其他社区", "县城", "去向不明"}
	dwellings    = []string{"租赁房屋", "租赁房屋", "租赁房屋", "租赁房屋", "单位宿舍", "自购房", "亲友家", "工地工棚"}
	ethnicities  = []string{"回族", "满族", "壮族", "苗族", "土家族"}
	reasons      = []string{
		"务工", "务工", "务工", "务工", "务工", "务工", "务工", "务工", "务工", "务工", "务工", "经商", "经商", "经商",
		"服务", "服务", "服务", "务农", "因公出差", "保姆", "投靠亲友", "治病疗养", "探亲访友", "旅游观光", "自报来访", "其他",
	}
)
