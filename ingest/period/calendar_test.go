package period

import (
	"strings"
	"testing"
	"time"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWorkdays(t *testing.T) {
	c := Workdays()
	for text, want := range map[string]bool{
		"2025-12-31": true,
		"2026-01-01": false, // New Year
		"2026-01-02": false, // a Friday off
		"2026-01-04": true,  // a Sunday worked for it
		"2026-01-10": false, // a Saturday
		"2026-02-28": true,  // a Saturday worked
		"2025-10-08": false,
		"2031-05-01": true, // a Thursday of a year that nobody has told of
	} {
		if got := c.Works(at(t, text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	// Each year has as many days off, weekends and all, as the notices say: the
	// days of a year less the days worked.
	for year, want := range map[int]int{2024: 251, 2025: 248, 2026: 248} {
		worked := 0
		for d := Year(year).Start; d.Before(Year(year).End); d = d.AddDate(0, 0, 1) {
			if c.Works(d) {
				worked++
			}
		}
		if worked != want {
			t.Errorf("%d has %d workdays, want %d", year, worked, want)
		}
	}
}

func TestSpan(t *testing.T) {
	c := Workdays()
	for _, test := range []struct {
		from, first, last string
		n, guessed        int
	}{
		{"2026-01-12", "2026-01-12", "2026-01-16", 5, 0},
		{"2026-01-10", "2026-01-12", "2026-01-16", 5, 0}, // begun on a Saturday
		{"2026-02-12", "2026-02-12", "2026-02-25", 5, 0}, // 12, 13, 14 (worked), 24, 25
		{"2025-12-30", "2025-12-30", "2026-01-06", 5, 0}, // 30, 31, 4 (worked), 5, 6
		{"2026-03-02", "2026-03-02", "2026-03-02", 1, 0},
		{"2026-12-30", "2026-12-30", "2027-01-05", 5, 2027},
	} {
		first, last, guessed := c.Span(at(t, test.from), test.n)
		if first != at(t, test.first) || last != at(t, test.last) || guessed != test.guessed {
			t.Errorf("%d from %s: %s to %s, guessed %d", test.n, test.from, first.Format(time.DateOnly), last.Format(time.DateOnly), guessed)
		}
	}
}

func TestOwnTable(t *testing.T) {
	c := Workdays()
	if err := c.Add([]byte("[2026]\noff = [\"2026-03-02\"]\n[2027]\noff = [\"2027-01-01/2027-01-03\"]\n")); err != nil {
		t.Fatal(err)
	}
	if c.Works(at(t, "2026-03-02")) || !c.Works(at(t, "2026-01-02")) || c.Works(at(t, "2027-01-01")) || !c.Works(at(t, "2025-12-31")) {
		t.Error("the own table does not take the place of the year that it tells of")
	}
	for text, want := range map[string]string{
		"[\"去年\"]\noff = []":                       "[去年] 不是年份",
		"[2027]\noff = [\"2028-01-01\"]":           "写法不对，写作 2027-10-01",
		"[2027]\non = [\"2027-01-05/2027-01-03\"]": "写法不对",
		"[2027]\noff = [2027]":                     "读不懂",
	} {
		if err := Workdays().Add([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
