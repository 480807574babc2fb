package period_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"xingce/ingest/period"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"2025Q4", "2025-10-01 to 2026-01-01"},
		{" 2025q1 ", "2025-01-01 to 2025-04-01"},
		{"2025", "2025-01-01 to 2026-01-01"},
		{"1900", "1900-01-01 to 1901-01-01"},
		{"1899", "refused"},
		{"2025Q0", "refused"},
		{"2025Q5", "refused"},
		{"2025-Q4", "refused"},
		{"25Q4", "refused"},
		{"2025Q4 x", "refused"},
		{"", "refused"},
	} {
		got := "refused"
		if p, err := period.Parse(c.text); err == nil {
			got = p.Start.Format(time.DateOnly) + " to " + p.End.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("Parse(%q) is %s, want %s", c.text, got, c.want)
		}
	}
}

// find is the period of the surest mention.
func find(text string) (period.Period, bool) {
	for _, m := range period.Mentions(text) {
		return m.Period, !m.Period.IsZero()
	}
	return period.Period{}, false
}

// What stands in titles, info lines, sheets' and files' names, and the period
// that a clerk reads in it; "" is none.
func TestMentions(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// Quarters.
		{"象山社区2025年第四季度居民登记表", "2025Q4"},
		{"2025年四季度", "2025Q4"},
		{"2025 年度第4季度", "2025Q4"},
		{"2025年 第 三 季 度", "2025Q3"},
		{"2025年1季度", "2025Q1"},
		{"2025年第二季", "2025Q2"},
		{"2025第四季度", "2025Q4"},
		{"象山社区-2025Q4-居民登记.xlsx", "2025Q4"},
		{"2025q2", "2025Q2"},
		{"2025-Q4", "2025Q4"},
		{"党员名册_2025年Q3.xlsx", "2025Q3"},
		{"二〇二五年第四季度", "2025Q4"},
		{"二○二五年第一季度", "2025Q1"},
		// Months and days.
		{"2025年10-12月", "2025Q4"},
		{"2025年度10-12月", "2025Q4"},
		{"2025年10—12月", "2025Q4"},
		{"2025年10月──12月", "2025Q4"},
		{"2025年10月-12月", "2025Q4"},
		{"2025年10月至12月", "2025Q4"},
		{"2025 年 10 月 ~ 12 月", "2025Q4"},
		{"2025年10月1日-12月31日", "2025Q4"},
		{"2025年10月1日至2025年12月31日", "2025Q4"},
		{"2025年10月1-7日", "2025Q4"},
		{"2025.10.1-2025.12.31", "2025Q4"},
		{"2025-10-01-2025-12-31", "2025Q4"},
		{"2025-10-01至12-31", "2025Q4"},
		{"20251001-20251231.xlsx", "2025Q4"},
		{"2025.10-12", "2025Q4"},
		{"截至2025年12月31日", "2025Q4"},
		{"居民登记20251231.xlsx", "2025Q4"},
		{"居民登记202512.xlsx", "2025Q4"},
		{"2025.12", "2025Q4"},
		{"2025.12台账", "2025Q4"},
		{"2025-3", "2025Q1"},
		{"2025/6/30", "2025Q2"},
		{"统计期：2025年7月", "2025Q3"},
		{"二〇二五年十月", "2025"}, // the month is not read; a year is no quarter, so nothing is put in a wrong place
		// Years.
		{"2025年度", "2025"},
		{"2025年党员星级评定", "2025"},
		{"象山社区-2025年度党员名册", "2025"},
		{"2025年1-12月", "2025"},
		{"2025年一至四季度", "2025"},
		{"2025.1.1-2025.12.31", "2025"},
		{"20250101-20251231", "2025"},
		{"2025.1-12", "2025"},
		// Spans that are no period must not pass for a shorter one.
		{"2025年1-9月", ""},
		{"2025年第一至三季度", ""},
		{"2025.1.8-9.25", ""},
		{"2025-01-01至09-30", ""},
		{"2025年上半年", ""},
		{"2025年度下半年", ""},
		{"2024-2025年", ""},
		{"2024年-2025年", ""},
		{"2024—2025年度", ""},
		{"2024-2025年第四季度", ""},
		{"20241001-20251231", ""},
		{"2025年13月", ""},
		// Numbers that are no dates.
		{"联系电话：13820251234", ""},
		{"电话：0816-20251231", ""},
		{"13820251231", ""},
		{"999101202510010013", ""},
		{"身份证号99910120251001001X", ""},
		{"幸福路2025号", ""},
		{"3-2025-4", ""},
		{"12025年", ""},
		{"1202512", ""},
		{"2025", ""},
		{"2025人", ""},
		{"共1.2025年", ""},
		{"第四季度", ""},
		{"", ""},
	} {
		p, ok := find(c.text)
		if p.String() != c.want || ok != (c.want != "") {
			t.Errorf("%q names %q, %v; want %q", c.text, p, ok, c.want)
		}
	}
}

// All that a text names, each with what stands round it.
func TestMentionsAreApart(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"关于2024年第三季度灾区的2025年第四季度捐款台账", "2024Q3 关于|2024年第三季度|灾区的; 2025Q4 灾区的|2025年第四季度|捐款台账"},
		{"2025年第四季度 填表2026年1月5日", "2025Q4 |2025年第四季度| 填表; 2026Q1 on 2026-01-05  填表|2026年1月5日|"},
		{"2025.10 2025.12", "2025Q4 in |2025.10| ; 2025Q4 in  |2025.12|"},
		{"2025年12月上报2025年度", "2025Q4 in |2025年12月|上报; 2025 上报|2025年度|"},
		{"2026.1交", "2026Q1 in |2026.1|交"},
		{"2025年1-9月和2025年第四季度", "2025Q4 和|2025年第四季度|;  |2025年1-9月|和"},
		{"2024年-2025年", " |2024年-2025年|"},
		{"20251301", " on 0001-01-01 |20251301|"},
		{"二〇二五年第四季度", "2025Q4 |2025年第四季度|"},
		{"第四季度", ""},
	} {
		var got []string
		for _, m := range period.Mentions(c.text) {
			by := [...]string{" ", " in ", " on " + m.Day.Format(time.DateOnly) + " "}[m.By]
			got = append(got, m.Period.String()+by+m.Before+"|"+m.Written+"|"+m.After)
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s\nnames %q\nwant  %q", c.text, text, c.want)
		}
	}
}

func TestQuartersWithoutAYear(t *testing.T) {
	for text, want := range map[string]string{
		"四季度": "[4]", "第3季度": "[3]", "捐款台账（10—12月）": "[4]", "7月-9月": "[3]", "Q2": "[2]", "一季度和三季度": "[1 3]",
		"2025年第四季度": "[]", "2025年10-12月": "[]", "一至三季度": "[]", "前三季度": "[]", "1-6月": "[]", "1-12月": "[]", "四季如春": "[]", "FAQ3x": "[]", "12月": "[]", "5.10-12月": "[]", "": "[]",
	} {
		if got := fmt.Sprint(period.Quarters(text)); got != want {
			t.Errorf("%q names %s, want %s", text, got, want)
		}
	}
}

// some is any period from 1900 to 2155.
func some(year uint8, q uint8) period.Period {
	if q %= 5; q > 0 {
		return period.Quarter(1900+int(year), int(q))
	}
	return period.Year(1900 + int(year))
}

func TestPeriodsHoldTogether(t *testing.T) {
	check := func(what string, f any) {
		t.Helper()
		if err := quick.Check(f, nil); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	check("the written form reads back", func(y, q uint8) bool {
		p, err := period.Parse(some(y, q).String())
		return err == nil && p == some(y, q)
	})
	check("the title is found again", func(y, q uint8) bool {
		p := some(y%200, q) // Mentions knows 1900 to 2099
		found, ok := find("象山社区" + p.Title() + "居民登记表")
		return ok && found == p
	})
	check("Prev ends where the period starts, and has its grain", func(y, q uint8) bool {
		p := some(y, q)
		return p.Prev().End.Equal(p.Start) && p.Prev().Grain() == p.Grain()
	})
	check("a year before is four quarters before, or one year", func(y, q uint8) bool {
		p := some(y, q)
		if p.Grain() == period.Yearly {
			return p.YearBefore() == p.Prev()
		}
		return p.YearBefore() == p.Prev().Prev().Prev().Prev()
	})
	check("Back lists neighbours, oldest first, and ends with the period", func(y, q, n uint8) bool {
		list := some(y, q).Back(int(n%20) + 1)
		for i := range list[1:] {
			if list[i+1].Prev() != list[i] || list[i].Compare(list[i+1]) >= 0 {
				return false
			}
		}
		return list[len(list)-1] == some(y, q)
	})
	check("it holds its first and last day and neither neighbour", func(y, q uint8) bool {
		p := some(y, q)
		return p.Contains(p.Start) && p.Contains(p.LastDay()) && !p.Contains(p.End) && !p.Contains(p.Start.AddDate(0, 0, -1))
	})
	check("Of gives the one period that holds a day", func(y, q uint8, day uint16) bool {
		d := time.Date(1900+int(y), 1, 1+int(day), 0, 0, 0, 0, time.UTC)
		return period.Of(period.Quarterly, d).Contains(d) && period.Of(period.Yearly, d).Contains(d) && period.QuarterOf(d) == period.Of(period.Quarterly, d)
	})
	check("two overlap if a day lies in both", func(y, z, q, r uint8) bool {
		a, b := some(y%3, q), some(z%3, r)
		common := false
		for day := a.Start; day.Before(a.End); day = day.AddDate(0, 0, 1) {
			common = common || b.Contains(day)
		}
		return a.Overlaps(b) == common
	})
	check("a year's quarters come before it by start, and its last ends with it", func(y uint8) bool {
		year, last := some(y, 0), some(y, 4)
		return year.LastDay().Equal(last.LastDay()) && year.Compare(last) < 0
	})
}

func TestNoPeriod(t *testing.T) {
	var none period.Period
	if !none.IsZero() || none.String() != "" {
		t.Errorf("the zero period is %q, want an empty text", none)
	}
	if list := period.Quarter(2025, 4).Back(0); len(list) != 0 {
		t.Errorf("Back(0) gave %v", list)
	}
}
