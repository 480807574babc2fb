package duckdb

import (
	"context"
	"database/sql/driver"
	"time"

	"xingce/queries/stars"
)

// A Scenario is a year rated by the rules in force and by others that somebody
// tried. It is never part of the record.
type Scenario struct {
	ID     int64
	At     time.Time
	Who    string
	Year   int
	Policy stars.Policy // that was tried
	Rules  string       // in the words of whoever tried them
	// Now and Then are everyone by the rules in force and by those tried, in the
	// same order. A listed scenario has neither, but how many Changed their star.
	Now, Then []stars.Rating
	Changed   int
}

// Moved is how many would have another star.
func (s Scenario) Moved() int {
	n := 0
	for i, then := range s.Then {
		if now := s.Now[i]; now.Star != then.Star || now.Graded != then.Graded {
			n++
		}
	}
	return n
}

// SaveScenario keeps one, and gives it its number and time.
func (tx *Tx) SaveScenario(ctx context.Context, s *Scenario) error {
	s.At, s.Changed = tx.At, s.Moved()
	if err := tx.keepPolicy(ctx, s.Policy); err != nil {
		return err
	}
	row := tx.QueryRowContext(ctx, "INSERT INTO stars.scenario SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ?, ?, ?, ? FROM stars.scenario RETURNING id",
		s.At, s.Who, s.Year, s.Policy.Hash(), s.Rules, s.Changed)
	if err := row.Scan(&s.ID); err != nil {
		return err
	}
	return tx.appendTo("stars", "scenario_star", func(add func(...driver.Value) error) error {
		for i, r := range s.Then {
			was := s.Now[i]
			if err := add(s.ID, r.Community, r.Person, r.Name, points(r.Score), int32(r.Star), points(was.Score), int32(was.Star)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Scenarios lists those that were tried, the newest first.
func (db *DB) Scenarios(ctx context.Context) ([]Scenario, error) {
	rows, err := db.QueryContext(ctx, "SELECT id, made_at, who, year, rules, moved FROM stars.scenario ORDER BY id DESC")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Scenario
	for rows.Next() {
		var s Scenario
		if err := rows.Scan(&s.ID, &s.At, &s.Who, &s.Year, &s.Rules, &s.Changed); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}
