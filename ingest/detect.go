package ingest

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"xingce/ingest/sheet"
)

// headerRows is how far down a header is looked for; real ones stand as low
// as row 25.
const headerRows = 30

// detect finds the kind and the header among a sheet's first rows: the
// reading that gives a kind the most of its columns, a kind named in the
// title before others. Aliases are headings known beside the kinds' own. With
// no header it gives nil; when two kinds fit equally well, both, but for those
// that miss required columns where another does not.
func detect(rows []sheet.Row, kinds []*Kind, aliases []Alias, title func(first int) string) []*layout {
	words := dictionary{}
	known, any := make([]map[string]place, len(kinds)), map[string]place{}
	for i, kind := range kinds {
		known[i] = kind.places(aliases)
		maps.Copy(any, known[i])
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
				case first == best[rival].first && headingsOnly(rows[first+best[rival].levels:first+levels], any, words),
					first+levels == best[rival].first+best[rival].levels && len(l.clash) > len(best[rival].clash),
					levels < best[rival].levels && len(best[rival].clash) == 0:
					// A level below of headings alone is one, though it adds no column;
					// a level above, if it tells apart what stands there twice. Else
					// what adds no column is a title, an info line or data.
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

// headingsOnly reports whether rows hold headings and nothing else, bare units
// of those above among them.
func headingsOnly(rows []sheet.Row, any map[string]place, words dictionary) bool {
	n := 0
	for _, row := range rows {
		for _, cell := range row.Cells {
			if strings.TrimSpace(cell.Text) == "" {
				continue
			}
			if _, ok := any[words.read(cell.Text).name]; !ok && unitBelow(cell.Text) != strings.TrimSpace(cell.Text) {
				return false
			}
			n++
		}
	}
	return n > 0
}

// promising rows have two headings that some kind knows; most rows are data
// and have none, and need not be laid against every kind.
func promising(headings []heading, any map[string]place, words dictionary) bool {
	n := 0
	for _, h := range headings {
		if len(h) == 0 {
			continue
		}
		if _, _, ok := h.look(any, words); ok {
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
func (k *Kind) places(aliases []Alias) map[string]place {
	known := map[string]place{}
	for i, c := range k.Columns {
		for rank, heading := range c.Headings {
			plain := plainOf(heading)
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

// headingsOf lists the headings that any kind knows, in plain form.
func headingsOf(kinds []*Kind) map[string]place {
	any := map[string]place{}
	for _, kind := range kinds {
		maps.Copy(any, kind.places(nil))
	}
	return any
}

// plains are the plain forms of the kinds' headings, which every sheet asks for.
var plains sync.Map

func plainOf(heading string) string {
	if plain, ok := plains.Load(heading); ok {
		return plain.(string)
	}
	plain := plainHeading(heading)
	plains.Store(heading, plain)
	return plain
}

// named reports whether a text in compact form, as of 居 民 登 记 表, calls the
// kind by its title.
func (k *Kind) named(text string) bool {
	return strings.Contains(text, k.Title) || slices.ContainsFunc(k.Titles, func(t string) bool { return strings.Contains(text, t) })
}

func (c Column) wanted() bool { return c.Wanted || c.Required }
