package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"xingce/queries/stars"
)

// Propose stores a community's ratings of a year as judged. The same ratings
// as last time add nothing; others make a new proposal beside the former.
func (tx *Tx) Propose(ctx context.Context, year int, community string, policy stars.Policy, ratings []stars.Rating) error {
	var all strings.Builder
	for _, r := range ratings {
		fmt.Fprintf(&all, "%s %s %s %d %s\n", r.Person, r.Name, r.Score, r.Star, strings.Join(r.Reasons, "；"))
	}
	same := digest(policy.Hash() + all.String())
	var last string
	err := tx.QueryRowContext(ctx, "SELECT digest FROM stars.proposal WHERE year = ? AND community = ? ORDER BY revision DESC LIMIT 1", year, community).Scan(&last)
	if err != nil && err != sql.ErrNoRows {
		return err
	}
	if last == same {
		return nil
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO stars.proposal VALUES (?, ?, ?, ?, ?, ?, ?)",
		tx.Revision, year, community, policy.Name, policy.Hash(), len(ratings), same); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO stars.rating VALUES (?, ?, ?, ?, ?, CAST(? AS DECIMAL(18,2)), ?, ?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	for i, r := range ratings {
		if _, err := insert.ExecContext(ctx, tx.Revision, community, i+1, r.Person, r.Name, r.Score.StringFixed(2), r.Star, strings.Join(r.Reasons, "\n")); err != nil {
			return err
		}
	}
	return nil
}
