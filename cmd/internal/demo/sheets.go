package demo

import (
	"fmt"
	"strconv"
	"strings"
)

// sheet lays a form of quarter q out, for a file.
func (c *community) sheet(f form, q int, when, file string) table {
	day := quarter(q).LastDay().Format("2006年1月2日")
	t := table{
		kind: f.kind, sheet: f.sheet, note: c.note, columns: columns(f.kind, c.heads(f)),
		title: c.fill(c.title, when, f.title), info: strings.ReplaceAll(c.fill(c.info, when, f.title), "{日}", day),
		foot: fmt.Sprintf("制表人：%s    审核人：%s    日期：%s", c.clerks[0], c.clerks[1], day),
	}
	if c.csv && f.kind.Name == "attendance" {
		t.info += "    活动名称：" + f.sheet
	}
	if c.codes && f.sheet == "居民登记" {
		t.hidden = [][]string{{"人员类型", "流入原因"}, {c.word("户籍"), "务工"}, {c.word("流动"), "经商"}, {"", "服务"}, {"", "借读"}}
	}
	f.lay(c, &t, q)
	t.spoil(file)
	return t
}

// sum is a 合计 row: the word in the first cell, values by field.
func (t *table) sum(values entry) {
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

func (c *community) doorway(r room) cell { return words(strconv.Itoa(r.unit) + "单元") }

func (c *community) door(r room) cell { return c.digits(r.name(), r.door+r.floor) }

// digits writes text that holds digits; a careless office leaves the input
// method on full width now and then.
func (c *community) digits(s string, odd int) cell {
	if c.wide && odd%23 == 0 {
		s = widen.Replace(s)
	}
	return words(s)
}
