package demo

import (
	"fmt"
	"slices"
)

func (c *community) layMembers(t *table, q int) {
	list := c.onRoll(q)
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
			return words(m.standing(end) + "党员")
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
		t.sum(entry{"name": words(fmt.Sprintf("%d人", t.count))})
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
		t.sum(entry{"hours": spent(minutes)})
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
	list := during(c.donations, q)
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
	t.sum(entry{"amount": yuan(fen)})
}
