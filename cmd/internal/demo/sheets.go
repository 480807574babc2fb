package demo

import (
	"fmt"
	"slices"
	"strconv"

	"xingce/ingest"
)

// sheet lays one table of quarter q out.
func (c *community) sheet(q int, kind *ingest.Kind, name, title string, headings []string) table {
	t := table{
		kind: kind, sheet: name, note: c.note, columns: columns(kind, headings),
		title: c.fill(c.title, q, title), info: c.fill(c.info, q, title),
		foot: fmt.Sprintf("制表人：%s    审核人：%s    日期：%s", c.clerks[0], c.clerks[1], quarter(q).LastDay().Format("2006年1月2日")),
	}
	if c.csv && kind.Name == "attendance" {
		t.info += "    活动名称：" + name
	}
	if c.codes && name == "居民登记" {
		t.hidden = [][]string{{"人员类型", "流入原因"}, {c.word("户籍"), "务工"}, {c.word("流动"), "经商"}, {"", "服务"}, {"", "借读"}}
	}
	switch name {
	case "住户登记":
		c.layHouseholds(&t, q)
	case "居民登记":
		c.layResidents(&t, q)
	case "党员名册":
		c.layMembers(&t, q)
	case "党员活动签到":
		c.layEvents(&t, during(c.meetings, q))
	case "义工活动签到":
		c.layEvents(&t, during(c.services, q))
	case "义工名册":
		c.layVolunteers(&t, q)
	case "捐款台账":
		c.layGifts(&t, q)
	}
	t.spoil(c.path(q, "党建台账"))
	return t
}

// sum is a 合计 row: the word in the first cell, values by field.
func (t *table) sum(values map[string]cell) {
	t.total = make([]cell, len(t.columns))
	for i, col := range t.columns {
		t.total[i] = values[col.field]
	}
	t.total[0] = words("合计")
}

func (c *community) layHouseholds(t *table, q int) {
	persons := 0
	for h := range c.inhabited(q) {
		t.count++
		persons += h.size(q)
	}
	t.rows = rowsOf(t.columns, c.inhabited(q), func(a, b *home) bool { return a.number == b.number }, func(field string, h *home) cell {
		head := h.head(q)
		switch field {
		case "household_no":
			return words(h.no)
		case "building":
			return c.block(h.room)
		case "unit":
			return words(strconv.Itoa(h.unit) + "单元")
		case "room":
			return c.digits(h.room.name(), h.door+h.floor)
		case "head":
			return words(c.spell(head.name))
		case "kind":
			return words(c.word(homeKind(h) + "户"))
		case "persons":
			return figure(h.size(q))
		case "phone":
			return c.digits(head.phone, int(head.birth))
		case "address":
			return words(c.address(h.room))
		case "registered_on":
			return c.dates.cell(h.since)
		}
		panic(field)
	})
	if !c.uncounted {
		t.sum(map[string]cell{"persons": figure(persons)})
	}
}

func homeKind(h *home) string {
	if h.floating {
		return "流动"
	}
	return "户籍"
}

func (c *community) layResidents(t *table, q int) {
	present := 0
	for r := range c.listed(q) {
		t.count++
		if r.present(q) {
			present++
		}
	}
	end := quarterEnd(q)
	t.rows = rowsOf(t.columns, c.listed(q), func(a, b *resident) bool { return a.home == b.home }, func(field string, r *resident) cell {
		h := r.home
		switch field {
		case "household_no":
			return words(h.no)
		case "building":
			return c.block(h.room)
		case "unit":
			return words(strconv.Itoa(h.unit) + "单元")
		case "room":
			return c.digits(h.room.name(), h.door+h.floor)
		case "name":
			return words(c.spell(r.name))
		case "relation":
			if r == h.head(q) {
				return words("户主")
			}
			return words(r.relation)
		case "id_number":
			return words(r.id)
		case "sex":
			return words(r.sex())
		case "birth":
			return c.dates.cell(r.birth)
		case "ethnicity":
			return words(r.ethnicity)
		case "phone":
			return c.digits(r.phone, int(r.birth))
		case "kind":
			return words(c.word(homeKind(h)))
		case "address":
			return words(c.address(h.room))
		}
		// What follows is asked of those who move.
		switch {
		case field == "left_on" && r.gone == q:
			return c.dates.cell(r.left)
		case field == "destination" && r.gone == q:
			return words(r.destination)
		case !h.floating:
			return cell{}
		}
		switch field {
		case "origin":
			return words(r.origin)
		case "arrived_on":
			if !r.undated {
				return c.dates.cell(r.arrived)
			}
		case "reason":
			return words(r.reason)
		case "dwelling":
			return words(r.dwelling)
		case "permit":
			if r.permit && end-r.arrived >= 183 {
				return words("居住证")
			}
			return words("暂住登记")
		case "permit_until":
			if r.permit && end-r.arrived >= 183 {
				// Renewed yearly since half a year after arrival.
				return c.dates.cell(r.arrived + 183 + ((end-r.arrived-183)/365+1)*365)
			}
		}
		return cell{}
	})
	if !c.uncounted {
		t.sum(map[string]cell{"name": words(fmt.Sprintf("期末在册%d人", present))})
	}
}

func (c *community) layMembers(t *table, q int) {
	var list []*member
	for _, m := range c.members {
		if m.enrolled(q) {
			list = append(list, m)
		}
	}
	t.count = len(list)
	end := quarterEnd(q)
	t.rows = rowsOf(t.columns, slices.Values(list), nil, func(field string, m *member) cell {
		direct := m.kind == "直管"
		switch field {
		case "name":
			return words(c.spell(m.name))
		case "id_number":
			return words(m.id)
		case "sex":
			return words(m.sex())
		case "birth":
			return c.dates.cell(m.birth)
		case "ethnicity":
			return words(m.ethnicity)
		case "education":
			return words(m.education)
		case "kind":
			return words(c.word(m.kind + "党员"))
		case "standing":
			if m.full > end {
				return words("预备党员")
			}
			return words("正式党员")
		case "party_group":
			if direct && m.group == "" {
				return words("无")
			}
			return words(m.group)
		case "branch":
			if direct {
				return words(c.name + "党支部")
			}
			return cell{}
		case "joined_on":
			if c.months {
				return words(m.joined.time().Format("2006年1月"))
			}
			return c.dates.cell(m.joined)
		case "full_on":
			if m.full <= end {
				return c.dates.cell(m.full)
			}
			return cell{}
		case "work_unit":
			return words(m.unit)
		case "post1":
			return words(m.posts[0])
		case "post2":
			return words(m.posts[1])
		case "dues":
			if direct {
				return figure(m.dues(q))
			}
			return cell{}
		case "phone":
			return c.digits(m.phone, int(m.birth))
		case "address":
			return words(c.address(m.home.room))
		}
		panic(field)
	})
	if !c.uncounted {
		t.sum(map[string]cell{"name": words(fmt.Sprintf("%d人", t.count))})
	}
}

// A line of an attendance sheet.
type line struct {
	*event
	attendance
}

func (c *community) layEvents(t *table, events []event) {
	var list []line
	minutes := 0
	for i := range events {
		for _, a := range events[i].people {
			list = append(list, line{&events[i], a})
			minutes += a.minutes
		}
	}
	t.count = len(list)
	inMinutes := slices.ContainsFunc(t.columns, func(col column) bool { return col.heading == "服务时长（分钟）" })
	spent := func(minutes int) cell {
		switch {
		case minutes == 0:
			return cell{}
		case inMinutes:
			return figure(minutes)
		}
		return cell{kind: numberCell, number: float64(minutes) / 60}
	}
	t.rows = rowsOf(t.columns, slices.Values(list), func(a, b line) bool { return a.event == b.event }, func(field string, l line) cell {
		switch field {
		case "day":
			return c.dates.cell(l.day)
		case "activity":
			return words(l.event.name)
		case "activity_kind":
			return words(l.kind)
		case "place":
			return words(l.place)
		case "team":
			return words(l.team)
		case "name":
			return words(c.spell(l.attendance.name))
		case "phone":
			return words(l.phone)
		case "status":
			return words(c.word(l.status))
		case "hours":
			return spent(l.minutes)
		}
		panic(field)
	})
	if !c.uncounted {
		t.sum(map[string]cell{"hours": spent(minutes)})
	}
}

func (c *community) layVolunteers(t *table, q int) {
	list := c.rolls(q)
	t.count = len(list)
	t.rows = rowsOf(t.columns, slices.Values(list), func(a, b place) bool { return a.team.name == b.team.name }, func(field string, v place) cell {
		switch field {
		case "number":
			return words(v.number)
		case "team":
			return words(v.team.name)
		case "name":
			return words(c.spell(v.name))
		case "sex":
			return words(v.sex())
		case "birth":
			return c.dates.cell(v.birth)
		case "id_number":
			return words(v.id)
		case "phone":
			return words(v.phone)
		case "politics":
			return words(v.politics())
		case "skill":
			return words(skills[int(v.birth)%len(skills)])
		case "joined_on":
			return c.dates.cell(v.joined)
		}
		panic(field)
	})
}

var skills = []string{"", "歌舞", "", "书法", "", "医护", "维修", "", "法律咨询", "", "烹饪", "摄影"}

func (c *community) layGifts(t *table, q int) {
	list := c.given(q)
	t.count = len(list)
	fen := int64(0)
	for _, g := range list {
		fen += g.fen
	}
	t.rows = rowsOf(t.columns, slices.Values(list), nil, func(field string, g gift) cell {
		switch field {
		case "day":
			return c.dates.cell(g.day)
		case "donor":
			if g.donor == anonymous {
				return words(anonymous)
			}
			return words(c.spell(g.donor))
		case "work_unit":
			return words(g.unit)
		case "amount":
			return yuan(g.fen)
		case "campaign":
			return words(g.campaign)
		case "method":
			return words(g.method)
		case "note":
			return words(g.note)
		}
		panic(field)
	})
	t.sum(map[string]cell{"amount": yuan(fen)})
}

// name is the room's number on its door: 301.
func (r room) name() string { return fmt.Sprintf("%d%02d", r.floor, r.door) }

// block is the building's name.
func (c *community) block(r room) cell {
	return c.digits(fmt.Sprintf(c.building, r.number), r.number*7+r.floor+r.door)
}

func (c *community) address(r room) string {
	return fmt.Sprintf("%s%s%d号%d单元%s室", Town, c.road, r.number, r.unit, r.name())
}

// digits writes text that holds digits; a careless office leaves the input
// method on full width now and then.
func (c *community) digits(s string, odd int) cell {
	if c.wide && odd%23 == 0 {
		s = widen.Replace(s)
	}
	return words(s)
}
