package duckdb

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"xingce/ingest/period"
	"xingce/queries"
)

// A Waiting is a name that waits for a person to say who is meant: in a
// community's sheets of a period (attendance, claims, cards, appraisal, conduct)
// it fits nobody of the roll for sure, or on a roll it stands for several people
// who may be one. A name that writes the same in several sheets is one question.
type Waiting struct {
	// Number is made of all that is below: when the people that could be meant
	// change, so does the number, and nobody decides among others than they saw.
	Number     string
	Community  string
	Period     period.Period
	Role       Role
	Team       string // of a volunteer's sheet; of a member's, the party group and work unit it writes
	Name       string
	PhoneMask  string // of the sheet's rows, if they give a phone
	Sheets     []Sheet
	Candidates []Candidate

	phoneKey string
}

// A Role says which question a name asks.
type Role string

const (
	AsMember      Role = "member"         // which member signed, or is named
	AsVolunteer   Role = "volunteer"      // which volunteer signed
	MemberRoll    Role = "member_roll"    // whether the roll of members has one person twice
	VolunteerRoll Role = "volunteer_roll" // whether the roll of volunteers has
)

// OnRoll is for the questions about a roll itself.
func (r Role) OnRoll() bool { return r == MemberRoll || r == VolunteerRoll }

// A Sheet holds rows that wait.
type Sheet struct {
	File, Sheet string
	Rows        int
}

// A Candidate is a person on the roll who could be meant.
type Candidate struct {
	Places    []string // party groups with work units, or teams
	Phones    []string // masked
	BirthYear int      // 0 if not known
	HasID     bool
	// OtherPhone: the row gives a phone, and this person is known by others only.
	OtherPhone bool

	person    string
	phoneKeys []string
}

func (c Candidate) String() string {
	said := slices.Clone(c.Places)
	if len(c.Phones) > 0 {
		said = append(said, "电话 "+strings.Join(c.Phones, "、"))
	}
	if c.BirthYear > 0 {
		said = append(said, fmt.Sprintf("%d 年生", c.BirthYear))
	}
	if c.HasID {
		said = append(said, "有身份证号")
	}
	return strings.Join(said, "，")
}

//go:embed waiting.sql
var waitingSQL string

// Waiting lists the names that wait, of one community or, for "", of all, and
// within a period or, for the zero period, of all: the earlier first, since an
// answer holds for later periods too.
func (db *DB) Waiting(ctx context.Context, community string, p period.Period) ([]Waiting, error) {
	return waiting(ctx, db, community, p)
}

// Waiting finds a name by its number.
func (tx *Tx) Waiting(ctx context.Context, number string) (Waiting, error) {
	all, err := waiting(ctx, tx, "", period.Period{})
	if err != nil {
		return Waiting{}, err
	}
	for _, w := range all {
		if w.Number == number {
			return w, nil
		}
	}
	return Waiting{}, Refused("待认定的里面没有 " + number + "：可能已经认定，或者名册、签到表又变了；请用 xingce person queue 重新看")
}

func waiting(ctx context.Context, q queries.Querier, community string, p period.Period) ([]Waiting, error) {
	if p.IsZero() {
		p = period.Period{Start: time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), End: time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)}
	}
	rows, err := q.QueryContext(ctx, waitingSQL, sql.Named("from", p.Start), sql.Named("to", p.End), sql.Named("community", community))
	if err != nil {
		return nil, fmt.Errorf("names that wait: %w", err)
	}
	defer rows.Close()
	var list []Waiting
	for rows.Next() {
		var w Waiting
		var s Sheet
		var c Candidate
		var place, phoneKey, phone string
		if err := rows.Scan(&w.Role, &w.Community, &w.Period.Start, &w.Period.End, &w.Team, &w.Name, &w.phoneKey, &w.PhoneMask,
			&s.File, &s.Sheet, &s.Rows, &c.person, &place, &phoneKey, &phone, &c.BirthYear); err != nil {
			return nil, err
		}
		if n := len(list); n == 0 || list[n-1].question() != w.question() {
			list = append(list, w)
		}
		list[len(list)-1].add(s, c, place, phoneKey, phone)
	}
	for i := range list {
		list[i].seal()
	}
	return list, rows.Err()
}

func (w *Waiting) question() string {
	return fmt.Sprintf("%q", []string{w.Community, w.Period.String(), string(w.Role), w.Team, w.Name, w.phoneKey})
}

// add notes a sheet, and what one line of the roll says of a candidate.
func (w *Waiting) add(s Sheet, c Candidate, place, phoneKey, phone string) {
	if !slices.Contains(w.Sheets, s) {
		w.Sheets = append(w.Sheets, s)
	}
	at := slices.IndexFunc(w.Candidates, func(o Candidate) bool { return o.person == c.person })
	if at < 0 {
		at = len(w.Candidates)
		c.HasID = strings.HasPrefix(c.person, "id:")
		w.Candidates = append(w.Candidates, c)
	}
	into := &w.Candidates[at]
	note := func(list *[]string, text string) {
		if text != "" && !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
	note(&into.Places, place)
	note(&into.Phones, phone)
	note(&into.phoneKeys, phoneKey)
	into.BirthYear = max(into.BirthYear, c.BirthYear)
}

func (w *Waiting) seal() {
	all := w.question()
	for i := range w.Candidates {
		c := &w.Candidates[i]
		c.OtherPhone = w.phoneKey != "" && len(c.phoneKeys) > 0 && !slices.Contains(c.phoneKeys, w.phoneKey)
		all += fmt.Sprintf("\n%s %s %v", c.person, c, c.OtherPhone)
	}
	w.Number = digest(all)[:8]
}
