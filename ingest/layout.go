package ingest

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"xingce/ingest/sheet"
)

// A layout says where a sheet keeps what a kind wants.
type layout struct {
	kind    *Kind
	first   int       // of the header's rows, as an index into the rows looked at
	levels  int       // rows that the header takes
	columns []located // in the kind's order
	dropped []string  // headings that are not read
	unknown []unknown // those of them that the kind does not know
	missing []*Column // wanted, and not there
	again   []repeat  // headings of a column that has its place already
	clash   []string  // of those, the ones of which nobody can say which is meant
	score   int
}

// A repeat is a heading that stands for the same column as one before it.
type repeat struct {
	heading     string
	first, then int // indexes into a row's cells
	same        bool
}

// sideBySide reports whether two tables of the kind stand beside one another,
// of which only the first would be read: most headings are there again, the
// same, or all of them beyond the first ones.
func (l *layout) sideBySide() bool {
	same, first, then := 0, -1, -1
	for _, r := range l.again {
		if r.same {
			same++
		}
		first = max(first, r.first)
		if then < 0 || r.then < then {
			then = r.then
		}
	}
	return same > 1 && 2*same > len(l.columns) ||
		len(l.again) > 1 && 2*len(l.again) > len(l.columns) && then > first
}

// has reports whether the sheet has a column of the kind.
func (l *layout) has(name string) bool {
	return slices.ContainsFunc(l.columns, func(c located) bool { return c.Name == name })
}

// A located column of a kind stands at a column of the sheet.
type located struct {
	*Column
	at      int    // index into a row's cells
	heading string // as written, for issues
	unit    string // from the heading's brackets: 元, 万元, 小时, 分钟
	key     bool   // of the kind's Key
	name    string // the heading's lowest level, plain and without its unit
	number  bool   // it only numbers the rows
	field   int    // index of its first field in a row's values
	width   int    // number of its fields
}

// An unknown heading is one that the kind does not know.
type unknown struct {
	at                  int // index into a row's cells
	heading, name, unit string
}

// match lays a kind over headings, nil if fewer than two of its columns are
// there. A heading is known by all its levels together, else by the lowest,
// unless a level above says that it is about somebody else.
func match(kind *Kind, known map[string]place, headings []heading, words dictionary) *layout {
	l := &layout{kind: kind}
	type hit struct {
		located
		rank    int
		whole   bool // known by all levels together
		parents string
	}
	found := make([]hit, len(kind.Columns))
	for at, h := range headings {
		if len(h) == 0 {
			continue
		}
		lowest := words.read(h[len(h)-1])
		p, whole, ok := h.look(known, words)
		written := words.shown(h.written())
		if !ok {
			if !numbering[lowest.plain] {
				l.dropped = append(l.dropped, written)
				l.unknown = append(l.unknown, unknown{at, written, words.shown(lowest.name), lowest.unit})
			}
			continue
		}
		this := hit{located{Column: &kind.Columns[p.column], at: at, heading: written, unit: cmp.Or(lowest.unit, h.unitAbove(words)), name: lowest.name, number: numbering[lowest.plain]}, p.rank, whole, h.parents()}
		before := found[p.column]
		if before.Column == nil {
			found[p.column] = this
			continue
		}
		bare, below := before.parents == "", this.parents == ""
		switch {
		case bare != below || before.whole != this.whole:
			// 姓名 is the row's own before 联系人 / 姓名.
			if below && !bare || this.whole && !before.whole {
				found[p.column], this = this, before
			}
			l.dropped = append(l.dropped, this.heading)
			continue
		case before.parents != this.parents:
			l.clash = append(l.clash, fmt.Sprintf("“%s”和“%s”", before.heading, this.heading))
		}
		l.again = append(l.again, repeat{this.heading, before.at, at, before.rank == this.rank})
		if this.rank < before.rank {
			found[p.column], this = this, before
		}
		l.dropped = append(l.dropped, this.heading)
	}
	field := 0
	for i := range kind.Columns {
		width := len(kind.Columns[i].Fields())
		if c := found[i].located; c.Column != nil {
			c.field, c.width = field, width
			c.key = slices.Contains(kind.Key, kind.Columns[i].Name)
			l.columns = append(l.columns, c)
			l.score++
			if kind.Columns[i].wanted() {
				l.score++
			}
		} else if kind.Columns[i].wanted() {
			l.missing = append(l.missing, &kind.Columns[i])
			l.score -= 2
		}
		field += width
	}
	if len(l.columns) < 2 {
		return nil
	}
	return l
}

// overAnything are headings that stand over the most different things: a list of
// wages has 日期, 姓名 and 金额, too.
var overAnything = regexp.MustCompile(`^(?:日期|时间|姓名|人员姓名|户主|户主姓名|户号|(?:所在|工作)?单位|金额|份数|备注|用途|项目名称|付款方式|编号|性别|.*电话|手机.*|联系方式|.*身份.*|.*证件号.*|楼.*|栋号|所属楼.|.*单元.*|房.*|门牌号|室|.*住址|.*地址|.*[住居]地|负责人|经办人)$`)

// telling reports whether the columns say what kind the sheet is of.
func (l *layout) telling() bool {
	return slices.ContainsFunc(l.columns, func(c located) bool { return !overAnything.MatchString(c.name) })
}

// repeated lists the headings that stand there again.
func (l *layout) repeated() string {
	var list []string
	for _, r := range l.again {
		list = append(list, r.heading)
	}
	return strings.Join(list, "、")
}

// beside finds a kind whose whole table stands to the right of this one's
// columns: what is there would be lost.
func (l *layout) beside(rows []sheet.Row, kinds []*Kind) *Kind {
	last := 0
	for _, c := range l.columns {
		last = max(last, c.at)
	}
	headings := join(rows[l.first : l.first+l.levels])
	words := dictionary{}
	for _, kind := range kinds {
		other := match(kind, kind.places(nil), headings[min(last+1, len(headings)):], words)
		if other != nil && kind != l.kind && len(other.missing) == 0 && len(other.columns) >= 3 {
			return kind
		}
	}
	return nil
}

// form reports whether the sheet is a card rather than a table: headings of
// the kind stand in row after row, each beside its value.
func (l *layout) form(rows []sheet.Row) bool {
	words := dictionary{}
	known := l.kind.places(nil)
	header := rows[l.first+l.levels-1]
	lines, labels := 0, 0
	for _, row := range rows[l.first+l.levels:] {
		here, repeated, cells := 0, 0, 0
		// What stands beyond the header is a block of notes beside the table.
		for col, cell := range row.Cells[:min(len(row.Cells), len(header.Cells))] {
			if strings.TrimSpace(cell.Text) != "" {
				cells++
			}
			if _, ok := known[words.plain(cell.Text)]; !ok {
				continue
			}
			here++
			if cell.Text == header.Cells[col].Text {
				repeated++
			}
		}
		if here > repeated && 2*here >= cells { // and not the header, printed again on the next page
			lines, labels = lines+1, labels+here
		}
	}
	return lines > 1 && labels > 2
}
