package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"xingce/ingest/period"
)

// A Refused says, in words for the person, why a decision was not taken.
type Refused string

func (r Refused) Error() string { return string(r) }

// A Decision is what somebody said about a name.
type Decision struct {
	Seq       int64
	At        time.Time
	Who       string
	Community string
	Role      Role
	Team      string
	Name      string
	HasPhone  bool          // it is about rows with one certain phone
	Period    period.Period // from here on
	Chosen    []string      // as they were shown; none for nobody
	TakenBack bool
}

// Decide says who of the candidates, counted from 1, is meant. Several are one
// person, in every figure of the community; none means nobody on the roll.
func (tx *Tx) Decide(ctx context.Context, who string, w Waiting, chosen ...int) (seq int64, err error) {
	var person any
	ids := 0
	slices.Sort(chosen)
	for i, n := range chosen {
		if n < 1 || n > len(w.Candidates) {
			return 0, Refused(fmt.Sprintf("人选只有 1 到 %d，没有 %d", len(w.Candidates), n))
		}
		if i > 0 && n == chosen[i-1] {
			return 0, Refused(fmt.Sprintf("人选 %d 写了两遍", n))
		}
		c := w.Candidates[n-1]
		if c.OtherPhone {
			return 0, Refused(fmt.Sprintf("表上的电话与人选 %d 的不同，不能认作同一人；电话写错的，请改名册或那张表后重新收", n))
		}
		if c.HasID {
			ids++
		}
		if person == nil || c.HasID {
			person = c.person
		}
	}
	if ids > 1 {
		return 0, Refused("身份证号不同，不是同一个人")
	}
	if w.Role.OnRoll() && len(chosen) == 1 {
		return 0, Refused("名册上的几行是同一个人的，请写出全部，如 --as 1,2；都不是同一个人的，用 --nobody")
	}
	var phone any
	if w.phoneKey != "" {
		phone = w.phoneKey
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO ops.person_decision
		SELECT COALESCE(MAX(seq), 0) + 1, ?, ?, 'decide', NULL, ?, ?, ?, ?, CAST(? AS UUID), ?, ?, ? FROM ops.person_decision RETURNING seq`,
		tx.At, who, w.Community, string(w.Role), w.Team, w.Name, phone, w.Period.Start, w.Period.End, person).Scan(&seq)
	if err != nil {
		return 0, fmt.Errorf("decision: %w", err)
	}
	for i, c := range w.Candidates {
		if _, err := tx.ExecContext(ctx, "INSERT INTO ops.person_choice VALUES (?, ?, ?, ?, ?)",
			seq, i+1, c.person, c.String(), slices.Contains(chosen, i+1)); err != nil {
			return 0, fmt.Errorf("decision: %w", err)
		}
	}
	return seq, tx.follow(ctx, seq)
}

// UndoDecision takes a decision back, and with it what followed from it.
func (tx *Tx) UndoDecision(ctx context.Context, who string, seq int64) error {
	done, err := tx.ExecContext(ctx, `INSERT INTO ops.person_decision
		SELECT (SELECT MAX(seq) + 1 FROM ops.person_decision), ?, ?, 'undo', seq,
		       community, role, team, name, phone_key, period_start, period_end, person
		FROM ops.person_standing WHERE seq = ?`, tx.At, who, seq)
	if err != nil {
		return fmt.Errorf("undo of a decision: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil {
		return err
	} else if n == 0 {
		return Refused(fmt.Sprintf("没有第 %d 号认定，或者已经取回；用 xingce person decisions 看全部", seq))
	}
	return tx.follow(ctx, seq)
}

// follow brings what follows from the standing decisions up to date, and keeps
// what followed until now with the time at which it ended. seq is the decision
// that was taken or taken back.
func (tx *Tx) follow(ctx context.Context, seq int64) error {
	for _, t := range []struct{ name, columns string }{
		{"alias", "community, person, same_as"},
		{"seen", "community, decision, person"},
		{"decided", "community, decision, role, team, name, phone_key, person, first_end, next_end"},
	} {
		r := strings.NewReplacer("{}", "ops.person_"+t.name, "{columns}", t.columns)
		if _, err := tx.ExecContext(ctx, r.Replace(`UPDATE {}_known SET until = ?
			WHERE until = TIMESTAMP '9999-12-31' AND ROW({columns}) NOT IN (SELECT ROW({columns}) FROM {}_now)`), tx.At); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, r.Replace(`INSERT INTO {}_known
			SELECT *, ?, TIMESTAMP '9999-12-31' FROM (
				SELECT {columns} FROM {}_now EXCEPT SELECT {columns} FROM {}_known WHERE until = TIMESTAMP '9999-12-31')`), tx.At); err != nil {
			return err
		}
	}
	return tx.stale(ctx, `SELECT DISTINCT community, period_end FROM ops.batch
		WHERE community IN (SELECT community FROM ops.person_decision WHERE seq = ?)`, seq)
}

// Decisions lists what was decided, in order.
func (db *DB) Decisions(ctx context.Context) ([]Decision, error) {
	rows, err := db.QueryContext(ctx, `
		SELECT d.seq, d.made_at, d.who, d.community, d.role, d.team, d.name, d.phone_key IS NOT NULL, d.period_start, d.period_end,
		       s.seq IS NULL, c.shown
		FROM ops.person_decision d
		LEFT JOIN ops.person_standing s ON s.seq = d.seq
		LEFT JOIN ops.person_choice c ON c.decision = d.seq AND c.chosen
		WHERE d.action = 'decide'
		ORDER BY d.seq, c.nth`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Decision
	for rows.Next() {
		var d Decision
		var chosen sql.NullString
		if err := rows.Scan(&d.Seq, &d.At, &d.Who, &d.Community, &d.Role, &d.Team, &d.Name, &d.HasPhone, &d.Period.Start, &d.Period.End,
			&d.TakenBack, &chosen); err != nil {
			return nil, err
		}
		if n := len(list); n == 0 || list[n-1].Seq != d.Seq {
			list = append(list, d)
		}
		if chosen.Valid {
			last := &list[len(list)-1]
			last.Chosen = append(last.Chosen, chosen.String)
		}
	}
	return list, rows.Err()
}
