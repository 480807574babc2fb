package duckdb

import (
	"context"
	"slices"
	"strings"

	"xingce/ingest"
)

// A Change is one row that differs between two batches of a slice. Before or
// After is the zero Line for one who came or left.
type Change struct {
	Before, After Line
	// Columns are those that differ, as indexes into the kind's columns; none
	// for one who came or left.
	Columns []int
}

// Diff says who came, left and changed between two batches of one kind. Rows
// are the same by the kind's key; where the kind has none, or a row has a
// blank in it, only by all that they hold. Where the key knows people, what is
// left over is the same by name, if one row of the name left and one came and
// they do not give two ID numbers: a phone was put right, a number filled in.
func (db *DB) Diff(ctx context.Context, kind *ingest.Kind, before, after int32) ([]Change, error) {
	old, err := db.Lines(ctx, kind, before)
	if err != nil {
		return nil, err
	}
	new, err := db.Lines(ctx, kind, after)
	if err != nil {
		return nil, err
	}
	pairs, gone, came := match(old, new, func(l Line) string { return l.key(kind) })
	left, arrived := byName(kind, gone), byName(kind, came)
	renewed := func(l Line) bool {
		name := l.name(kind)
		return len(left[name]) == 1 && len(arrived[name]) == 1 && !twoIDs(kind, left[name][0], arrived[name][0])
	}
	for _, l := range came {
		if renewed(l) {
			pairs = append(pairs, Change{Before: left[l.name(kind)][0], After: l})
		}
	}
	var list []Change
	for _, l := range slices.DeleteFunc(came, renewed) {
		list = append(list, Change{After: l})
	}
	for _, l := range slices.DeleteFunc(gone, renewed) {
		list = append(list, Change{Before: l})
	}
	slices.SortStableFunc(pairs, func(a, b Change) int { return a.After.Number - b.After.Number })
	for _, c := range pairs {
		for i := range c.After.same {
			if c.Before.same[i] != c.After.same[i] {
				c.Columns = append(c.Columns, i)
			}
		}
		if c.Columns != nil {
			list = append(list, c)
		}
	}
	return list, nil
}

// match pairs rows of one key, in their order, and gives those left over.
func match(before, after []Line, key func(Line) string) (pairs []Change, gone, came []Line) {
	left := map[string][]Line{}
	for _, l := range before {
		left[key(l)] = append(left[key(l)], l)
	}
	for _, l := range after {
		was := left[key(l)]
		if len(was) == 0 {
			came = append(came, l)
			continue
		}
		left[key(l)] = was[1:]
		pairs = append(pairs, Change{Before: was[0], After: l})
	}
	for _, l := range before {
		if slices.ContainsFunc(left[key(l)], func(o Line) bool { return o.Number == l.Number }) {
			gone = append(gone, l)
		}
	}
	return pairs, gone, came
}

func byName(kind *ingest.Kind, lines []Line) map[string][]Line {
	list := map[string][]Line{}
	for _, l := range lines {
		if name := l.name(kind); name != "" {
			list[name] = append(list[name], l)
		}
	}
	return list
}

// name is whom a row is about, "" where the kind's key knows no people.
func (l Line) name(kind *ingest.Kind) string {
	people := func(c ingest.Column) bool { return c.Type == ingest.PersonName || c.Type == ingest.IDNumber }
	for _, c := range kind.Columns {
		if slices.Contains(kind.Key, c.Name) && people(c) {
			at := slices.IndexFunc(kind.Columns, func(c ingest.Column) bool { return c.Type == ingest.PersonName })
			return l.same[at]
		}
	}
	return ""
}

func twoIDs(kind *ingest.Kind, a, b Line) bool {
	at := slices.IndexFunc(kind.Columns, func(c ingest.Column) bool { return c.Type == ingest.IDNumber })
	return at >= 0 && a.same[at] != "" && b.same[at] != "" && a.same[at] != b.same[at]
}

// key is what makes two rows the same one.
func (l Line) key(kind *ingest.Kind) string {
	if kind.Single {
		return "the only one"
	}
	var parts []string
	for _, name := range kind.Key {
		at := slices.IndexFunc(kind.Columns, func(c ingest.Column) bool { return c.Name == name })
		if l.same[at] == "" {
			parts = nil
			break
		}
		parts = append(parts, l.same[at])
	}
	if parts == nil {
		return "whole\x00" + strings.Join(l.same, "\x00")
	}
	return "key\x00" + strings.Join(parts, "\x00")
}
