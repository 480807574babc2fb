// Package period names the spans of time that sheets and figures are about.
//
// Offices report by quarter and by year. A Period is written 2025Q4 or 2025
// everywhere: in commands, folders and the database's text.
package period

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A Period is a half-open span of whole days: Start is in it, End is not.
// Both are midnights in UTC, used as dates only.
type Period struct{ Start, End time.Time }

// A Grain is how often something is reported.
type Grain int

const (
	Quarterly Grain = iota
	Yearly
)

// Quarter gives quarter q (1 to 4) of a year.
func Quarter(year, q int) Period {
	start := time.Date(year, time.Month(3*q-2), 1, 0, 0, 0, 0, time.UTC)
	return Period{start, start.AddDate(0, 3, 0)}
}

// Year gives a calendar year.
func Year(year int) Period {
	start := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
	return Period{start, start.AddDate(1, 0, 0)}
}

// QuarterOf gives the quarter that holds a day.
func QuarterOf(day time.Time) Period {
	return Quarter(day.Year(), (int(day.Month())+2)/3)
}

func atoi(s string) int { n, _ := strconv.Atoi(s); return n }

// Of gives the period of the grain that holds a day.
func Of(g Grain, day time.Time) Period {
	if g == Yearly {
		return Year(day.Year())
	}
	return QuarterOf(day)
}

var written = regexp.MustCompile(`^(\d{4})(?:Q([1-4]))?$`)

// Parse reads the written form: 2025Q4 or 2025.
func Parse(s string) (Period, error) {
	m := written.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(s)))
	if m == nil || m[1] < "1900" {
		return Period{}, fmt.Errorf("期间写作 2025Q4 或 2025，不认识 %q", s)
	}
	if m[2] == "" {
		return Year(atoi(m[1])), nil
	}
	return Quarter(atoi(m[1]), atoi(m[2])), nil
}

// Parse reads a period of the grain.
func (g Grain) Parse(s string) (Period, error) {
	p, err := Parse(s)
	if err == nil && p.Grain() != g {
		err = fmt.Errorf("期间 %s 不合：季度写作 2025Q4，年度写作 2025", s)
	}
	return p, err
}

// Grain is Yearly for a calendar year and Quarterly for anything shorter.
func (p Period) Grain() Grain {
	if p.End.Equal(p.Start.AddDate(1, 0, 0)) {
		return Yearly
	}
	return Quarterly
}

// IsZero reports whether no period is set.
func (p Period) IsZero() bool { return p.Start.IsZero() }

// String is the written form, 2025Q4 or 2025.
func (p Period) String() string {
	if p.IsZero() {
		return ""
	}
	if p.Grain() == Yearly {
		return strconv.Itoa(p.Start.Year())
	}
	return fmt.Sprintf("%dQ%d", p.Start.Year(), p.quarter())
}

// Title is the form for people: 2025年第四季度 or 2025年度.
func (p Period) Title() string {
	if p.Grain() == Yearly {
		return fmt.Sprintf("%d年度", p.Start.Year())
	}
	return fmt.Sprintf("%d年第%s季度", p.Start.Year(), string([]rune("一二三四")[p.quarter()-1]))
}

func (p Period) quarter() int { return (int(p.Start.Month()) + 2) / 3 }

// Prev is the period of the same grain just before (环比).
func (p Period) Prev() Period { return Of(p.Grain(), p.Start.AddDate(0, 0, -1)) }

// YearBefore is the same period one year earlier (同比).
func (p Period) YearBefore() Period { return Of(p.Grain(), p.Start.AddDate(-1, 0, 0)) }

// Back lists the n periods that end with p, oldest first.
func (p Period) Back(n int) []Period {
	list := make([]Period, n)
	for i := n - 1; i >= 0; i-- {
		list[i] = p
		p = p.Prev()
	}
	return list
}

// Contains reports whether a day lies in the period.
func (p Period) Contains(day time.Time) bool {
	return !day.Before(p.Start) && day.Before(p.End)
}

// Overlaps reports whether a day lies in both.
func (p Period) Overlaps(q Period) bool { return p.Start.Before(q.End) && q.Start.Before(p.End) }

// LastDay is the last day in the period.
func (p Period) LastDay() time.Time { return p.End.AddDate(0, 0, -1) }

// Compare orders periods by their end, then by their start.
func (p Period) Compare(q Period) int {
	return cmp.Or(p.End.Compare(q.End), p.Start.Compare(q.Start))
}
