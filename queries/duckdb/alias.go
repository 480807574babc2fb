package duckdb

import (
	"context"
	"fmt"
	"time"

	"xingce/ingest"
)

// An Alias is a heading of a community's own, and the latest word on it.
type Alias struct {
	ingest.Alias
	File string // that it was first seen in
	Who  string // the uploader, or who answered
	At   time.Time
}

var answers = map[string]ingest.Answer{"waiting": ingest.Waiting, "yes": ingest.Yes, "no": ingest.No}

// Aliases lists the headings that people were asked about: those that wait
// first, then the latest answered.
func (db *DB) Aliases(ctx context.Context) ([]Alias, error) {
	rows, err := db.QueryContext(ctx, `
		WITH latest AS (
			SELECT *, ROW_NUMBER() OVER (PARTITION BY community, kind, heading, field ORDER BY seq DESC) AS age FROM ops.alias
		)
		SELECT community, kind, heading, field, answer, file, who, made_at FROM latest
		WHERE age = 1
		ORDER BY answer <> 'waiting', seq DESC`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Alias
	for rows.Next() {
		var a Alias
		var answer string
		if err := rows.Scan(&a.Community, &a.Kind, &a.Heading, &a.Column, &answer, &a.File, &a.Who, &a.At); err != nil {
			return nil, err
		}
		a.Answer = answers[answer]
		list = append(list, a)
	}
	return list, rows.Err()
}

// Ask keeps a heading that a file suggests until a person says something.
func (tx *Tx) Ask(ctx context.Context, a ingest.Alias, src ingest.Source) error {
	return tx.say(ctx, Alias{Alias: a, File: src.File}, src.Uploader, "waiting")
}

// Answer says whether a heading is what it was taken for; the last word counts.
func (tx *Tx) Answer(ctx context.Context, who string, a Alias, yes bool) error {
	if yes {
		return tx.say(ctx, a, who, "yes")
	}
	return tx.say(ctx, a, who, "no")
}

func (tx *Tx) say(ctx context.Context, a Alias, who, answer string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO ops.alias SELECT COALESCE(MAX(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? FROM ops.alias",
		tx.At, who, answer, a.Community, a.Kind, a.Heading, a.Column, a.File)
	if err != nil {
		return fmt.Errorf("alias: %w", err)
	}
	return nil
}
