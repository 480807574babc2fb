package demo

import (
	"fmt"

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

// block is the building's name.
func (c *community) block(r room) cell {
	return c.digits(fmt.Sprintf(c.building, r.number), r.number*7+r.floor+r.door)
}

// digits writes text that holds digits; a careless office leaves the input
// method on full width now and then.
func (c *community) digits(s string, odd int) cell {
	if c.wide && odd%23 == 0 {
		s = widen.Replace(s)
	}
	return words(s)
}
