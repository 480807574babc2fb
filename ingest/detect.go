package ingest

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

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
	missing []*Column // required, and not there
	score   int
}

// A located column of a kind stands at a column of the sheet.
type located struct {
	*Column
	at      int    // index into a row's cells
	heading string // as written, for issues
	unit    string // from the heading's brackets: 元, 万元, 小时, 分钟
	field   int    // index of its first field in a row's values
	width   int    // number of its fields
}

// detect finds the kind and the header among a sheet's first rows: the
// reading that gives a kind the most of its columns, a kind named in the
// title before others. With no header it gives nil; when two kinds fit
// equally well, both.
func detect(rows []sheet.Row, kinds []*Kind, title func(first int) string) []*layout {
	var best []*layout
	for first := range rows {
		for levels := 1; levels <= 3 && first+levels <= len(rows); levels++ {
			headings := join(rows[first : first+levels])
			for _, kind := range kinds {
				l := match(kind, headings)
				if l == nil {
					continue
				}
				l.first, l.levels = first, levels
				if kind.named(title(first)) {
					l.score += 3
				}
				switch {
				case len(best) == 0 || l.score > best[0].score:
					best = []*layout{l}
				case l.score == best[0].score && !slices.ContainsFunc(best, func(b *layout) bool { return b.kind == kind }):
					best = append(best, l)
				}
			}
		}
	}
	return best
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
// there.
func match(kind *Kind, headings []heading) *layout {
	l := &layout{kind: kind}
	found := make([]located, len(kind.Columns))
	rank := make([]int, len(kind.Columns))
	for at, h := range headings {
		if len(h) == 0 {
			continue
		}
		column, order, unit := kind.column(h)
		written := tidy(h[len(h)-1])
		if column < 0 {
			if !numbering[plainHeading(written)] {
				l.dropped = append(l.dropped, written)
			}
			continue
		}
		if found[column].Column != nil && rank[column] <= order {
			l.dropped = append(l.dropped, written)
			continue
		}
		if found[column].Column != nil {
			l.dropped = append(l.dropped, found[column].heading)
		}
		found[column] = located{Column: &kind.Columns[column], at: at, heading: written, unit: unit}
		rank[column] = order
	}
	field := 0
	for i := range kind.Columns {
		width := len(kind.Columns[i].Fields())
		if found[i].Column != nil {
			found[i].field, found[i].width = field, width
			l.columns = append(l.columns, found[i])
			l.score++
			if kind.Columns[i].Required {
				l.score++
			}
		} else if kind.Columns[i].Required {
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

// numbering columns say nothing and are not reported as dropped.
var numbering = map[string]bool{"序号": true, "编号": true, "序": true, "no": true, "no.": true}

// column finds which of a kind's columns a heading names: by its lowest
// level, else by all levels together. order is the place among the column's
// headings, the usual one first.
func (k *Kind) column(h heading) (column, order int, unit string) {
	lowest, unit := split(h[len(h)-1])
	whole, _ := split(strings.Join(h, ""))
	for _, plain := range []string{lowest, whole} {
		for i, c := range k.Columns {
			for order, known := range c.Headings {
				if plainHeading(known) == plain {
					return i, order, unit
				}
			}
		}
	}
	return -1, 0, ""
}

var (
	marks    = regexp.MustCompile(`[*※]|[(\[【<]?(?:必填|选填|必须填写)[)\]】>]?`)
	brackets = regexp.MustCompile(`^(.+)[(\[]([^()\[\]]{1,6})[)\]]$`)
)

// split parts a heading into its plain form and the unit in its brackets:
// 金额（元） is 金额 and 元.
func split(heading string) (plain, unit string) {
	plain = plainHeading(heading)
	if m := brackets.FindStringSubmatch(plain); m != nil {
		return m[1], m[2]
	}
	return plain, ""
}

// plainHeading is a heading without spaces, marks and width.
func plainHeading(s string) string {
	s = strings.Join(strings.Fields(norm.NFKC.String(s)), "")
	s = marks.ReplaceAllString(s, "")
	return strings.ToLower(strings.TrimRight(s, ":"))
}
