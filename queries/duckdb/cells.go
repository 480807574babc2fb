package duckdb

import (
	"context"
	"strconv"

	"xingce/ingest"
)

// A Cell is what a row of a sheet held for a column, as it may be shown.
type Cell struct {
	Column *ingest.Column
	At     string // like F7; empty for a batch that was stored before places were
	Shown  string // private values masked
}

// Cells gives the cells of a batch's rows by row number, in the kind's order;
// blank ones are left out. No rows mean all.
func (db *DB) Cells(ctx context.Context, kind *ingest.Kind, batch int32, rows map[int]bool) (map[int][]Cell, error) {
	letters := map[string]string{}
	found, err := db.QueryContext(ctx, "SELECT field, letter FROM ops.place WHERE batch = ?", batch)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		var field, letter string
		if err := found.Scan(&field, &letter); err != nil {
			return nil, err
		}
		letters[field] = letter
	}
	if err := found.Err(); err != nil {
		return nil, err
	}
	lines, err := db.Lines(ctx, kind, batch)
	if err != nil {
		return nil, err
	}
	cells := map[int][]Cell{}
	for _, line := range lines {
		if len(rows) > 0 && !rows[line.Number] {
			continue
		}
		for i, text := range line.Shown {
			if text == "" {
				continue
			}
			c := Cell{Column: &kind.Columns[i], Shown: text}
			if letter := letters[kind.Columns[i].Name]; letter != "" {
				c.At = letter + strconv.Itoa(line.Number)
			}
			cells[line.Number] = append(cells[line.Number], c)
		}
	}
	return cells, nil
}
