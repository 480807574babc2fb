package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"xingce/ingest/sheet"
)

// An Alias is what a community calls a column of a kind in words of its own.
// It is proposed where a heading comes close to one that the kind knows, and
// used once a person has said yes.
type Alias struct {
	Community string
	Kind      string
	Heading   string // in plain form, without its unit
	Column    string // its name
	Answer    Answer
}

// An Answer is what a person said of an alias.
type Answer uint8

const (
	Unasked Answer = iota
	Waiting        // proposed before, and nobody has said anything yet
	Yes
	No
)

// Number is by what people call it; the answer has no part in it.
func (a Alias) Number() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{a.Community, a.Kind, a.Heading, a.Column}, "\n")))
	return hex.EncodeToString(sum[:4])
}

// remembered are a community's own headings that a person said yes to.
func (r *Reader) remembered(community string) []Alias {
	return slices.DeleteFunc(slices.Clone(r.Aliases), func(a Alias) bool { return a.Answer != Yes || a.Community != community })
}

// A proposal is an alias that a sheet suggests.
type proposal struct {
	Alias
	column  *Column
	at      int // the heading's column in the sheet
	heading string
	score   float64
}

// told says what to do about it.
func (p proposal) told() string {
	return fmt.Sprintf("请把列名改成“%s”再上传，或者由管理的人确认（xingce heading confirm %s）后再上传", p.column.Title(), p.Number())
}

// never are headings of what nobody needs to know: they are no other column
// under a like name.
var never = regexp.MustCompile(`宗教|信仰|健康|疾病|残疾|犯罪|吸毒|重点|关注|qq|微信|血型|婚`)

// propose lays the headings that a layout could not place beside the columns
// that it lacks: each heading and each column once, the likest pair first.
// What a person said no to is not proposed again.
func (r *Reader) propose(l *layout, community string, below []sheet.Row, convert converter) []proposal {
	var all []proposal
	for _, h := range l.unknown {
		if never.MatchString(h.name) || aboutOther.MatchString(h.heading) {
			continue
		}
		for i := range l.kind.Columns {
			c := &l.kind.Columns[i]
			if l.has(c.Name) {
				continue
			}
			p := proposal{Alias: Alias{Community: community, Kind: l.kind.Name, Heading: h.name, Column: c.Name}, column: c, at: h.at, heading: h.heading}
			for _, known := range c.Headings {
				known = plainHeading(known)
				p.score = max(p.score, min(alike(h.name, known), alike(core(h.name), core(known))))
			}
			if p.score < likeness(c) {
				continue
			}
			p.Answer = r.answer(p.Alias)
			if p.Answer != No && fits(located{Column: c, at: h.at, heading: h.heading, unit: h.unit}, below, convert) {
				all = append(all, p)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b proposal) int { return int(1000*b.score) - int(1000*a.score) })
	var chosen []proposal
	for _, p := range all {
		if !slices.ContainsFunc(chosen, func(c proposal) bool { return c.at == p.at || c.column == p.column }) {
			chosen = append(chosen, p)
		}
	}
	return chosen
}

// answer is what a person said of an alias, Unasked if nobody was asked.
func (r *Reader) answer(alias Alias) Answer {
	for _, a := range r.Aliases {
		alias.Answer = a.Answer
		if a == alias {
			return a.Answer
		}
	}
	return Unasked
}

// likeness is how like its heading must be for a column to be proposed: less
// where the cells can tell, too.
func likeness(c *Column) float64 {
	if c.Words == nil && (c.Type == Text || c.Type == PersonName || c.Type == Address || c.Type == Pseudonym) {
		return 0.65
	}
	return 0.5
}

// core is a heading without the words that so many end in.
func core(heading string) string {
	if rest := endings.ReplaceAllString(heading, ""); rest != "" {
		return rest
	}
	return heading
}

var endings = regexp.MustCompile(`(?:时间|日期|年月日?|号码?|编号|名称|情况|信息|类[型别]|[次人天]?数量?)$`)

// alike is the share of two headings that they have in common, in order: from
// 0 to 1 (twice the longest common subsequence over both lengths).
func alike(s, t string) float64 {
	a, b := []rune(s), []rune(t)
	common := make([]int, len(b)+1)
	for _, x := range a {
		before := 0 // common[j] of the row above
		for j, y := range b {
			above := common[j+1]
			if x == y {
				common[j+1] = before + 1
			} else {
				common[j+1] = max(common[j+1], common[j])
			}
			before = above
		}
	}
	return 2 * float64(common[len(b)]) / float64(len(a)+len(b))
}

// fits reports whether the cells below a heading read as the column wants, but
// for one in five: totals, remarks and slips stand there too.
func fits(col located, below []sheet.Row, convert converter) bool {
	values := make([]any, len(col.Fields()))
	read, faults := 0, 0
	for _, row := range below {
		if col.at >= len(row.Cells) || strings.TrimSpace(row.Cells[col.at].Text) == "" {
			continue
		}
		read++
		if convert.convert(col, row.Cells[col.at], values) != nil {
			faults++
		}
	}
	return 5*faults <= read
}
