package ingest

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"xingce/ingest/person"
	"xingce/ingest/sheet"
)

// A heading is what stands above a column, the upper levels first.
type heading []string

// parents is what stands above the lowest level, "" for nothing.
func (h heading) parents() string { return strings.Join(h[:len(h)-1], "/") }

// written is the heading with all its levels, for people.
func (h heading) written() string { return tidy(strings.Join(h, "/")) }

var (
	// aboutOther is what a group of columns is called that is about somebody
	// else than the row: 紧急联系人 over 姓名 and 电话.
	aboutOther = regexp.MustCompile(`户主|联系人|监护人|配偶|父亲|母亲|父母|家长|家属|介绍人|法人|经办|代办`)
	// groupOnly are words that make a heading of a group and say nothing more.
	groupOnly = regexp.MustCompile(`(?:基本)?(?:信息|情况|资料)$`)
)

// look finds the place of a heading, and whether all its levels together are
// known: 户主 over 姓名 as 户主姓名.
func (h heading) look(known map[string]place, words dictionary) (p place, whole, ok bool) {
	if len(h) > 1 {
		var path string
		for _, level := range h[:len(h)-1] {
			path += words.group(level)
		}
		if p, ok = known[words.read(path+h[len(h)-1]).name]; ok {
			return p, true, true
		}
		if words.other(path) {
			return p, false, false
		}
	}
	lowest := words.read(h[len(h)-1])
	if p, ok = known[lowest.name]; !ok {
		p, ok = known[lowest.plain]
	}
	return p, false, ok
}

// join makes one heading of the levels above each column. A heading that is
// merged over several columns stands in the first; it is carried right as
// long as the level below has headings.
func join(levels []sheet.Row) []heading {
	width := 0
	for _, row := range levels {
		width = max(width, len(row.Cells))
	}
	headings := make([]heading, width)
	for i, row := range levels {
		carried := ""
		for col := range headings {
			text := ""
			if col < len(row.Cells) {
				text = strings.TrimSpace(row.Cells[col].Text)
			}
			if n := len(headings[col]); n > 0 && unitBelow(text) != "" {
				headings[col][n-1] += "(" + unitBelow(text) + ")"
				carried = ""
				continue
			}
			if text != "" {
				carried = text
			} else if i == len(levels)-1 || below(levels[i+1:], col) == "" {
				carried = ""
			} else {
				text = carried
			}
			if text != "" {
				headings[col] = append(headings[col], text)
			}
		}
	}
	return headings
}

func below(levels []sheet.Row, col int) string {
	for _, row := range levels {
		if col < len(row.Cells) && strings.TrimSpace(row.Cells[col].Text) != "" {
			return row.Cells[col].Text
		}
	}
	return ""
}

// numbering columns say nothing: they are not reported as dropped, and a row
// with nothing else is blank.
var numbering = map[string]bool{"序号": true, "编号": true, "序": true, "no": true, "no.": true}

var (
	marks = regexp.MustCompile(`[*※]|[(\[【<]?(?:必填|选填|必须填写)[)\]】>]?`)
	// notes say how to fill a column in, and no unit: 姓名（请填真实姓名）.
	notes    = regexp.MustCompile(`^(.+?)[(\[][^()\[\]]*(?:填|写|选|格式|样式|例如|\d位|一致)[^()\[\]]*[)\]]$`)
	noteUnit = regexp.MustCompile(`元|[万千百]|分钟|小时|公顷|平方|[%‰]`)
	brackets = regexp.MustCompile(`^(.+)[(\[](?:单位:?)?([^()\[\]]{1,6})[)\]]$`)
)

// A reading is a heading in plain form, parted into its name and the unit in
// its brackets: 金额（元） is 金额 and 元. Whose it is belongs to the name: 姓名（户主）
// is 户主姓名.
type reading struct {
	plain, name, unit string
	group, shown      *string // once asked for
	other             *bool
}

// A dictionary remembers how headings were read.
type dictionary map[string]*reading

func (d dictionary) read(written string) *reading {
	r := d[written]
	if r == nil {
		r = &reading{plain: plainHeading(written)}
		r.name = r.plain
		if m := brackets.FindStringSubmatch(r.plain); m != nil && aboutOther.MatchString(m[2]) {
			r.name = m[2] + m[1]
		} else if n := notes.FindStringSubmatch(r.plain); n != nil && !noteUnit.MatchString(r.plain[len(n[1]):]) {
			r.name = n[1]
		} else if m != nil {
			r.name, r.unit = m[1], m[2]
		}
		d[written] = r
	}
	return r
}

func (d dictionary) plain(written string) string { return d.read(written).plain }

// group is what a heading over others says of them.
func (d dictionary) group(written string) string {
	r := d.read(written)
	if r.group == nil {
		r.group = new(groupOnly.ReplaceAllString(r.plain, ""))
	}
	return *r.group
}

// other reports whether what stands over a heading is about somebody else
// than the row.
func (d dictionary) other(path string) bool {
	r := d.read(path)
	if r.other == nil {
		r.other = new(aboutOther.MatchString(path))
	}
	return *r.other
}

// shown is a heading as it may be shown: one may hold a person's number.
func (d dictionary) shown(written string) string {
	r := d.read(written)
	if r.shown == nil {
		r.shown = new(person.Scrub(written))
	}
	return *r.shown
}

// plainHeading is a heading without spaces, marks and width.
func plainHeading(s string) string {
	s = strings.Join(strings.Fields(norm.NFKC.String(s)), "")
	s = marks.ReplaceAllString(s, "")
	return strings.ToLower(strings.TrimRight(s, ":"))
}
