package demo

import (
	"fmt"
	"strings"

	"xingce/ingest"
	"xingce/ingest/kinds"
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

	household, resident, member, attendance, service, roll, donation []string

	words map[string]string // a stored word as this office writes it

	dates     dateForm
	months    bool // 入党时间 is a month
	spaced    bool // 王　伟
	wide      bool // some digits are full-width
	building  string
	note      string // 填写说明 under the header
	codes     bool   // a hidden sheet of codes
	uncounted bool   // no 合计
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

// jobs are the files of quarter q.
func (c *community) jobs(q int) []job {
	people := []table{
		c.sheet(q, &kinds.Household, "住户登记", "住户登记表", c.household),
		c.sheet(q, &kinds.Resident, "居民登记", "居民登记表", c.resident),
	}
	party := []table{
		c.sheet(q, &kinds.Member, "党员名册", "党员名册", c.member),
		c.sheet(q, &kinds.Attendance, "党员活动签到", "党员活动签到表", c.attendance),
		c.sheet(q, &kinds.Attendance, "义工活动签到", "义工活动签到表", c.service),
		c.sheet(q, &kinds.Volunteer, "义工名册", "义工名册", c.roll),
	}
	if len(c.given(q)) > 0 {
		party = append(party, c.sheet(q, &kinds.Donation, "捐款台账", "捐款台账", c.donation))
	}
	if !c.csv {
		return []job{{c.path(q, "人口台账"), people}, {c.path(q, "党建台账"), party}}
	}
	var list []job
	for _, t := range append(people, party...) {
		list = append(list, job{c.path(q, t.sheet), []table{t}})
	}
	return list
}

func (c *community) path(q int, book string) string {
	return c.name + "/" + c.fill(c.file, q, book)
}

func (c *community) fill(text string, q int, what string) string {
	return strings.NewReplacer("{社区}", c.name, "{期}", c.period.write(q), "{册}", what, "{表}", what, "{日}", quarter(q).LastDay().Format("2006年1月2日")).Replace(text)
}
