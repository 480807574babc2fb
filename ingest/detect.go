package ingest

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"xingce/ingest/person"
	"xingce/ingest/sheet"
)

// headerRows is how far down a header is looked for; real ones stand as low
// as row 25.
const headerRows = 30

// A layout says where a sheet keeps what a kind wants.
type layout struct {
	kind    *Kind
	first   int       // of the header's rows, as an index into the rows looked at
	levels  int       // rows that the header takes
	columns []located // in the kind's order
	dropped []string  // headings that no column of the kind is called by
	unknown []unknown // those of them that the kind does not know
	missing []*Column // wanted, and not there
	twice   []string  // headings that stand there again
	score   int
}

// sideBySide reports whether most of the headings stand there again: two
// tables beside one another, of which only the first would be read.
func (l *layout) sideBySide() bool { return len(l.twice) > 1 && 2*len(l.twice) > len(l.columns) }

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
	number  bool   // it only numbers the rows
	field   int    // index of its first field in a row's values
	width   int    // number of its fields
}

// An unknown heading is one that the kind does not know.
type unknown struct {
	at                  int // index into a row's cells
	heading, name, unit string
}

// detect finds the kind and the header among a sheet's first rows: the
// reading that gives a kind the most of its columns, a kind named in the
// title before others. Aliases are headings known beside the kinds' own. With
// no header it gives nil; when two kinds fit equally well, both, but for those
// that miss required columns where another does not.
func detect(rows []sheet.Row, kinds []*Kind, aliases []Alias, title func(first int) string) []*layout {
	words := dictionary{}
	known, any := make([]map[string]place, len(kinds)), map[string]bool{}
	for i, kind := range kinds {
		known[i] = kind.places(words, aliases)
		for heading := range known[i] {
			any[heading] = true
		}
	}
	var best []*layout
	for first := range rows {
		for levels := 1; levels <= 3 && first+levels <= len(rows); levels++ {
			headings := join(rows[first : first+levels])
			if !promising(headings, any, words) {
				continue
			}
			for i, kind := range kinds {
				l := match(kind, known[i], headings, words)
				if l == nil {
					continue
				}
				l.first, l.levels = first, levels
				if kind.named(title(first)) {
					l.score += 3
				}
				rival := slices.IndexFunc(best, func(b *layout) bool { return b.kind == kind })
				switch {
				case len(best) == 0 || l.score > best[0].score:
					best = []*layout{l}
				case l.score < best[0].score:
				case rival < 0:
					best = append(best, l)
				case levels < best[rival].levels:
					// A title or an info line above adds no column: it is no level.
					best[rival] = l
				}
			}
		}
	}
	whole := slices.DeleteFunc(slices.Clone(best), func(l *layout) bool { return len(l.missing) > 0 })
	if len(whole) > 0 {
		return whole
	}
	return best
}

// promising rows have two headings that some kind knows; most rows are data
// and have none, and need not be laid against every kind.
func promising(headings []heading, any map[string]bool, words dictionary) bool {
	n := 0
	for _, h := range headings {
		if len(h) == 0 {
			continue
		}
		lowest := words.read(h[len(h)-1])
		if any[lowest.name] || any[lowest.plain] || len(h) > 1 && any[words.read(strings.Join(h, "")).name] {
			n++
		}
	}
	return n > 1
}

// A place is where a heading leads: the column, and the rank of the heading
// among the column's own, the usual one first.
type place struct{ column, rank int }

// places lists the headings that a kind knows, in plain form, and those that
// aliases add. The first column to claim a heading has it.
func (k *Kind) places(words dictionary, aliases []Alias) map[string]place {
	known := map[string]place{}
	for i, c := range k.Columns {
		for rank, heading := range c.Headings {
			plain := words.plain(heading)
			if _, taken := known[plain]; !taken {
				known[plain] = place{i, rank}
			}
		}
	}
	for _, a := range aliases {
		i := slices.IndexFunc(k.Columns, func(c Column) bool { return c.Name == a.Column })
		if _, taken := known[a.Heading]; a.Kind == k.Name && i >= 0 && !taken {
			known[a.Heading] = place{i, len(k.Columns[i].Headings)}
		}
	}
	return known
}

// named reports whether a text calls the kind by its title.
func (k *Kind) named(text string) bool {
	return strings.Contains(text, k.Title) || slices.ContainsFunc(k.Titles, func(t string) bool { return strings.Contains(text, t) })
}

// A heading is what stands above a column, the upper levels first.
type heading []string

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

// match lays a kind over headings, nil if fewer than two of its columns are
// there. A heading is known by its lowest level, else by all levels together.
func match(kind *Kind, known map[string]place, headings []heading, words dictionary) *layout {
	l := &layout{kind: kind}
	found := make([]located, len(kind.Columns))
	rank := make([]int, len(kind.Columns))
	for at, h := range headings {
		if len(h) == 0 {
			continue
		}
		lowest := words.read(h[len(h)-1])
		p, ok := known[lowest.name]
		if !ok {
			p, ok = known[lowest.plain]
		}
		if !ok && len(h) > 1 {
			p, ok = known[words.read(strings.Join(h, "")).name]
		}
		written := person.Scrub(tidy(h[len(h)-1]))
		switch {
		case !ok:
			if !numbering[lowest.plain] {
				l.dropped = append(l.dropped, written)
				l.unknown = append(l.unknown, unknown{at, written, person.Scrub(lowest.name), lowest.unit})
			}
			continue
		case found[p.column].Column == nil:
		case rank[p.column] <= p.rank:
			if rank[p.column] == p.rank {
				l.twice = append(l.twice, written)
			}
			l.dropped = append(l.dropped, written)
			continue
		default:
			l.dropped = append(l.dropped, found[p.column].heading)
		}
		found[p.column] = located{Column: &kind.Columns[p.column], at: at, heading: written, unit: lowest.unit, number: numbering[lowest.plain]}
		rank[p.column] = p.rank
	}
	field := 0
	for i := range kind.Columns {
		width := len(kind.Columns[i].Fields())
		if found[i].Column != nil {
			found[i].field, found[i].width = field, width
			found[i].key = slices.Contains(kind.Key, kind.Columns[i].Name)
			l.columns = append(l.columns, found[i])
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

func (c Column) wanted() bool { return c.Wanted || c.Required }

// numbering columns say nothing: they are not reported as dropped, and a row
// with nothing else is blank.
var numbering = map[string]bool{"序号": true, "编号": true, "序": true, "no": true, "no.": true}

var (
	marks    = regexp.MustCompile(`[*※]|[(\[【<]?(?:必填|选填|必须填写)[)\]】>]?`)
	brackets = regexp.MustCompile(`^(.+)[(\[](?:单位:?)?([^()\[\]]{1,6})[)\]]$`)
)

// A reading is a heading in plain form, parted into its name and the unit in
// its brackets: 金额（元） is 金额 and 元.
type reading struct{ plain, name, unit string }

// A dictionary remembers how headings were read.
type dictionary map[string]reading

func (d dictionary) read(written string) reading {
	r, ok := d[written]
	if !ok {
		r.plain = plainHeading(written)
		r.name = r.plain
		if m := brackets.FindStringSubmatch(r.plain); m != nil {
			r.name, r.unit = m[1], m[2]
		}
		d[written] = r
	}
	return r
}

func (d dictionary) plain(written string) string { return d.read(written).plain }

// plainHeading is a heading without spaces, marks and width.
func plainHeading(s string) string {
	s = strings.Join(strings.Fields(norm.NFKC.String(s)), "")
	s = marks.ReplaceAllString(s, "")
	return strings.ToLower(strings.TrimRight(s, ":"))
}
