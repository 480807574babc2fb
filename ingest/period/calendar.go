package period

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

//go:embed holidays.toml
var holidays []byte

// A Calendar tells workdays: Monday to Friday, but for the holidays of its
// table, and with the days that are worked in their stead.
type Calendar struct {
	worked map[string]bool // by day, where the table says other than the week does
	years  map[int]bool    // that the table has
}

// Workdays is the calendar with the program's table of holidays.
func Workdays() *Calendar {
	c := &Calendar{worked: map[string]bool{}, years: map[int]bool{}}
	if err := c.Add(holidays); err != nil {
		panic(err)
	}
	return c
}

// Add reads an office's own table: its years take the place of those known.
func (c *Calendar) Add(table []byte) error {
	var years map[string]struct {
		Off []string `toml:"off"`
		On  []string `toml:"on"`
	}
	if err := toml.Unmarshal(table, &years); err != nil {
		return fmt.Errorf("放假安排读不懂：%w", err)
	}
	for name, y := range years {
		year, err := strconv.Atoi(name)
		if err != nil || year < 1949 || year > 9999 {
			return fmt.Errorf("放假安排里的 [%s] 不是年份", name)
		}
		for day := range c.worked {
			if strings.HasPrefix(day, name) {
				delete(c.worked, day)
			}
		}
		c.years[year] = true
		for worked, list := range map[bool][]string{false: y.Off, true: y.On} {
			for _, span := range list {
				if err := c.span(span, year, worked); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// span notes a day, or "first/last".
func (c *Calendar) span(text string, year int, worked bool) error {
	first, last, ranged := strings.Cut(text, "/")
	if !ranged {
		last = first
	}
	from, err := time.Parse(time.DateOnly, first)
	until, bad := time.Parse(time.DateOnly, last)
	if err != nil || bad != nil || until.Before(from) || from.Year() != year || until.Year() != year {
		return fmt.Errorf("放假安排 [%d] 里的 %q 写法不对，写作 %[1]d-10-01 或 %[1]d-10-01/%[1]d-10-07", year, text)
	}
	for day := from; !day.After(until); day = day.AddDate(0, 0, 1) {
		c.worked[day.Format(time.DateOnly)] = worked
	}
	return nil
}

// Works reports whether a day is worked.
func (c *Calendar) Works(day time.Time) bool {
	if worked, told := c.worked[day.Format(time.DateOnly)]; told {
		return worked
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// Span is n workdays, the first of them on day or next after it: first and
// last day. Guessed names a year that the table does not have, 0 for none: its
// holidays were not known.
func (c *Calendar) Span(day time.Time, n int) (first, last time.Time, guessed int) {
	for found := 0; ; day = day.AddDate(0, 0, 1) {
		if !c.years[day.Year()] && guessed == 0 {
			guessed = day.Year()
		}
		if !c.Works(day) {
			continue
		}
		if found++; found == 1 {
			first = day
		}
		if found >= n {
			return first, day, guessed
		}
	}
}
