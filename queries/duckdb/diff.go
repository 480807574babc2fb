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
// blank in it, only by all that they hold.
func (db *DB) Diff(ctx context.Context, kind *ingest.Kind, before, after int32) ([]Change, error) {
	old, err := db.Lines(ctx, kind, before)
	if err != nil {
		return nil, err
	}
	new, err := db.Lines(ctx, kind, after)
	if err != nil {
		return nil, err
	}
	left := map[string][]Line{}
	for _, line := range old {
		key := line.key(kind)
		left[key] = append(left[key], line)
	}
	var came, changed, gone []Change
	for _, line := range new {
		key := line.key(kind)
		was := left[key]
		if len(was) == 0 {
			came = append(came, Change{After: line})
			continue
		}
		left[key] = was[1:]
		if c := (Change{Before: was[0], After: line}); !slices.Equal(was[0].same, line.same) {
			for i := range line.same {
				if line.same[i] != was[0].same[i] {
					c.Columns = append(c.Columns, i)
				}
			}
			changed = append(changed, c)
		}
	}
	for _, line := range old {
		if slices.ContainsFunc(left[line.key(kind)], func(l Line) bool { return l.Number == line.Number }) {
			gone = append(gone, Change{Before: line})
		}
	}
	return slices.Concat(came, gone, changed), nil
}

// key is what makes two rows the same one.
func (l Line) key(kind *ingest.Kind) string {
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
