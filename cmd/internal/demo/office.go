package demo

import (
	"fmt"
	"slices"
	"strings"

	"xingce/ingest"
	"xingce/ingest/period"
)

// An office is how a community's clerk writes. A heading stands as the clerk
// types it; which field it holds is looked up in the kind. 组>列 is a column
// under a heading of two levels, a ↓ at the end a column whose equal cells are
// merged.
type office struct {
	file   string // with {社区} {期} {册}
	title  string // with {社区} {期} {表}
	info   string // with {社区} {期} {日}
	period quarterForm
	csv    bool
	clerks [2]string // 制表人, 审核人

	headings map[string][]string // of a form, by its sheet, where they are not the usual ones
	absent   []string            // sheets not handed in: of one period, or of any
	words    map[string]string   // a stored word as this office writes it

	dates     dateForm
	months    bool // 入党时间 is a month
	spaced    bool // 王　伟
	wide      bool // some digits are full-width
	building  string
	note      string // 填写说明 under the header
	codes     bool   // a hidden sheet of codes
	uncounted bool   // no 合计
	starred   bool   // * before the headings of what must be filled in
	spread    bool   // 姓  名
}

// A quarterForm is how an office writes a quarter.
type quarterForm uint8

const (
	inWords  quarterForm = iota // 2025年第四季度
	inShort                     // 2025Q4
	inMonths                    // 2025年10-12月
	inDigits                    // 2025年4季度
)

func (p quarterForm) write(q int) string {
	is := quarter(q)
	year, n := is.Start.Year(), q%4+1
	switch p {
	case inShort:
		return is.String()
	case inMonths:
		return fmt.Sprintf("%d年%d-%d月", year, 3*n-2, 3*n)
	case inDigits:
		return fmt.Sprintf("%d年%d季度", year, n)
	}
	return is.Title()
}

// A dateForm is how an office writes a day.
type dateForm uint8

const (
	realDates  dateForm = iota // a date as Excel knows it
	dotted                     // 2025.10.8
	chinese                    // 2025年10月8日
	dashed                     // 2025-10-08
	packed                     // 20251008
	mixedDates                 // all of them in one column
)

func (f dateForm) cell(d day) cell {
	if d == 0 {
		return cell{}
	}
	if f == mixedDates {
		f = dateForm(d % 5)
	}
	if f == realDates {
		return cell{kind: dateCell, number: float64(d)}
	}
	y, m, dom := d.time().Date()
	switch f {
	case dotted:
		return words(fmt.Sprintf("%d.%d.%d", y, m, dom))
	case chinese:
		return words(fmt.Sprintf("%d年%d月%d日", y, m, dom))
	case packed:
		return words(fmt.Sprintf("%d%02d%02d", y, m, dom))
	}
	return words(fmt.Sprintf("%d-%02d-%02d", y, m, dom))
}

// word is a stored word as the office writes it.
func (o *office) word(s string) string {
	if w, ok := o.words[s]; ok {
		return w
	}
	return s
}

// spell writes a name: two characters are set as wide as three.
func (o *office) spell(name string) string {
	if r := []rune(name); o.spaced && len(r) == 2 {
		return string(r[0]) + "　" + string(r[1])
	}
	return name
}

var widen = strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")

// columns makes the columns of a sheet.
func columns(kind *ingest.Kind, headings []string) []column {
	var list []column
	for _, text := range headings {
		var c column
		text, c.merged = strings.CutSuffix(text, "↓")
		group, heading, ok := strings.Cut(text, ">")
		if ok {
			c.group = group
		} else {
			heading = text
		}
		c.heading = heading
		c.field = field(kind, heading)
		list = append(list, c)
	}
	return list
}

// idle are headings that no kind has: numbering, and what must be dropped.
var idle = map[string]string{"序号": "序号", "健康状况": "略", "宗教信仰": "略"}

// field finds the field that a heading holds, "" for an idle one. It panics
// on any other, since headings are written in this package.
func field(kind *ingest.Kind, heading string) string {
	plain := strings.Join(strings.Fields(strings.NewReplacer("*", "", "（必填）", "").Replace(heading)), "")
	name, _, _ := strings.Cut(plain, "（")
	for _, c := range kind.Columns {
		for _, known := range c.Headings {
			if known == name {
				return c.Name
			}
		}
	}
	if idle[plain] == "" {
		panic(fmt.Sprintf("demo: kind %s has no heading %q", kind.Name, heading))
	}
	return ""
}

// heads are the headings of a form as this office writes them.
func (o *office) heads(f form) []string {
	if list, ok := o.headings[f.sheet]; ok {
		return list
	}
	list := slices.Clone(f.headings)
	for i, heading := range list {
		name := field(f.kind, heading)
		switch r := []rune(heading); {
		case o.spread && len(r) == 2:
			list[i] = string(r[0]) + "  " + string(r[1])
		case o.starred && slices.ContainsFunc(f.kind.Columns, func(c ingest.Column) bool { return c.Name == name && c.Required }):
			list[i] = "*" + heading
		}
	}
	return list
}

// jobs are the files of quarter q, and with its last quarter those of a year.
func (c *community) jobs(q int) []job {
	var list []job
	for _, b := range books {
		var tables []table
		when := c.when(b, q)
		for _, f := range b.forms {
			if when == "" || slices.Contains(c.absent, f.sheet) || slices.Contains(c.absent, quarter(q).String()+f.sheet) {
				continue
			}
			if t := c.sheet(f, q, when, c.path(when, b.name)); t.count > 0 {
				tables = append(tables, t)
			}
		}
		switch {
		case c.csv:
			for _, t := range tables {
				list = append(list, job{c.path(when, t.sheet), []table{t}})
			}
		case len(tables) > 0:
			list = append(list, job{c.path(when, b.name), tables})
		}
	}
	return list
}

// when is how the period of a book that comes with quarter q is written, ""
// if it does not come then.
func (c *community) when(b book, q int) string {
	switch year := quarter(q).Start.Year(); {
	case b.forms[0].kind.Grain == period.Quarterly:
		return c.period.write(q)
	case q%4 == 3:
		return fmt.Sprintf("%d年度", year)
	}
	return ""
}

func (c *community) path(when, book string) string { return c.name + "/" + c.fill(c.file, when, book) }

func (c *community) fill(text, when, what string) string {
	return strings.NewReplacer("{社区}", c.name, "{期}", when, "{册}", what, "{表}", what).Replace(text)
}
