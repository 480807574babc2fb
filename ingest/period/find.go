package period

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// Pieces of the writings below. A year stands at the start of its number and
// after no other number and mark, so that neither the middle of a telephone
// number nor a house such as 3-2025-4 is one.
const (
	begin   = `(?:^[./-]?|[^\d./-]|[^\d][./-])`
	year    = `((?:19|20)\d{2})`
	quarter = `第?\s*([一二三四1-4])\s*`
	to      = `\s*[-—–―─−~～至到]+\s*`
	days    = `\s*[月./-]\s*\d{1,2}\s*[日号]?`
	date    = year + `(?:\s*[年./-]\s*(\d{1,2})(?:` + days + `)?\s*月?|(\d{2})(?:[0-3]\d)?)`
	day     = year + `(?:\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?|(\d{2})([0-3]\d))`
	end     = `(?:\D|$)`
)

// A Naming is how a text names a period.
type Naming int

const (
	ByName  Naming = iota // 2025年第四季度, 2025Q4, 2025年10-12月, 2025年
	ByMonth               // 2025年12月: a month in it
	ByDay                 // 2025年12月31日: a day in it
)

// A Mention is where a text names a span of time.
type Mention struct {
	// Period is the quarter or the year, and the quarter that holds a month or
	// a day. It is zero for any other span, such as 2025年1-9月 or 2025年上半年.
	Period        Period
	By            Naming
	Day           time.Time // ByDay
	Written       string
	Before, After string // what stands round it, as far as the next mention
}

// Writings of a period in titles, info lines and file names, the surest first.
var writings = []struct {
	re   *regexp.Regexp
	by   Naming
	read func(m []string) Period
}{
	{writing(year+`\s*年?度?\s*`+quarter+`(?:季度?)?`+to+quarter+`季度?`, ""), ByName, byQuarters},
	{writing(year+`\s*[年./_-]?\s*度?\s*`+quarter+`季度?`, ""), ByName, byQuarter},
	{writing(year+`\s*[年._-]?\s*[Qq]([1-4])`, end), ByName, byQuarter},
	{writing(date+to+date, ""), ByName, byDates},
	{writing(year+`年?度?`+to+year+`(?:\s*年度?)?`, end), ByName, none},
	{writing(year+`\s*[年./-]\s*(\d{1,2})`+days+to+`(\d{1,2})`+days, ""), ByName, byMonths},
	{writing(year+`\s*[年./]\s*度?\s*(\d{1,2})\s*月?`+to+`(\d{1,2})(?:\s*月)?`, `(?:[^\d日号]|$)`), ByName, byMonths},
	{writing(day, end), ByDay, byDay},
	{writing(date, end), ByMonth, byMonth},
	{writing(year+`\s*年度?\s*[上下]半年`, ""), ByName, none},
	{writing(year+`\s*年度?`, ""), ByName, func(m []string) Period { return Year(atoi(m[1])) }},
}

func writing(text, after string) *regexp.Regexp {
	return regexp.MustCompile(begin + `(` + text + `)` + after)
}

// Mentions lists the spans of time that a text names, the surest writing
// first: the month of 2025年12月 beside 2025年第四季度 comes second. No part of
// one is another: 2025年1-9月 does not name the year.
func Mentions(text string) []Mention {
	text = formalYear.ReplaceAllStringFunc(text, formalDigits.Replace)
	left := []byte(text) // what is read is blotted out
	var list []Mention
	var places [][]int
	for _, w := range writings {
		for from := 0; ; {
			at := w.re.FindSubmatchIndex(left[from:])
			if at == nil {
				break
			}
			for i := range at {
				if at[i] >= 0 {
					at[i] += from
				}
			}
			var m []string // the groups of the text between begin and end
			for i := 2; i < len(at); i += 2 {
				group := ""
				if at[i] >= 0 {
					group = text[at[i]:at[i+1]]
				}
				m = append(m, group)
			}
			mention := Mention{Period: w.read(m), By: w.by, Written: m[0]}
			if w.by == ByDay {
				mention.Day = dayOf(m)
			}
			list, places = append(list, mention), append(places, at[2:4])
			for i := at[2]; i < at[3]; i++ {
				left[i] = '#'
			}
			from = at[3] - 1
		}
	}
	order := slices.SortedFunc(slices.Values(places), func(a, b []int) int { return a[0] - b[0] })
	for i, at := range places {
		n := slices.IndexFunc(order, func(o []int) bool { return o[0] == at[0] })
		from, to := 0, len(text)
		if n > 0 {
			from = order[n-1][1]
		}
		if n+1 < len(order) {
			to = order[n+1][0]
		}
		list[i].Before, list[i].After = text[from:at[0]], text[at[1]:to]
	}
	return list
}

var (
	bareQuarter = regexp.MustCompile(`(?:^|[^\d一二三四前至到~～—–-])第?\s*([一二三四1-4])\s*季度|(?:^|[^A-Za-z\d])[Qq]([1-4])(?:[^A-Za-z\d]|$)`)
	bareMonths  = regexp.MustCompile(`(?:^|[^\d.])(\d{1,2})\s*月?` + to + `(\d{1,2})\s*月`)
)

// Quarters lists the quarters that a text names without their year: 四季度,
// 10-12月.
func Quarters(text string) []int {
	for _, m := range Mentions(text) {
		text = strings.Replace(text, m.Written, "#", 1)
	}
	var list []int
	for _, m := range bareQuarter.FindAllStringSubmatch(text, -1) {
		list = append(list, digit(m[1]+m[2]))
	}
	for _, m := range bareMonths.FindAllStringSubmatch(text, -1) {
		if p := span("2000", atoi(m[1]), "2000", atoi(m[2])); !p.IsZero() && p.Grain() == Quarterly {
			list = append(list, p.quarter())
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Official titles write 二〇二五年.
var (
	formalYear   = regexp.MustCompile(`[一二][〇○零九][〇○零一二三四五六七八九]{2}年`)
	formalDigits = strings.NewReplacer("〇", "0", "○", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
)

func none([]string) Period { return Period{} }

func byQuarter(m []string) Period { return Quarter(atoi(m[1]), digit(m[2])) }

func byQuarters(m []string) Period { return span(m[1], 3*digit(m[2])-2, m[1], 3*digit(m[3])) }

// digit reads one of 一二三四 or 1 to 4.
func digit(s string) int {
	if i := strings.Index("一二三四", s); i >= 0 {
		return i/len("一") + 1
	}
	return atoi(s)
}

func byDay(m []string) Period {
	if dayOf(m).IsZero() {
		return Period{}
	}
	return QuarterOf(dayOf(m))
}

// dayOf is zero for a day that no calendar has.
func dayOf(m []string) time.Time {
	month, day := atoi(m[2]+m[4]), atoi(m[3]+m[5])
	t := time.Date(atoi(m[1]), time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || int(t.Month()) != month {
		return time.Time{}
	}
	return t
}

func byMonth(m []string) Period {
	n := atoi(m[2] + m[3])
	return span(m[1], n, m[1], n)
}

func byMonths(m []string) Period { return span(m[1], atoi(m[2]), m[1], atoi(m[3])) }

func byDates(m []string) Period { return span(m[1], atoi(m[2]+m[3]), m[4], atoi(m[5]+m[6])) }

// span is the quarter that holds both months, or the year from January to
// December.
func span(fromYear string, from int, toYear string, to int) Period {
	switch {
	case fromYear != toYear || from < 1 || to > 12 || from > to:
		return Period{}
	case from == 1 && to == 12:
		return Year(atoi(fromYear))
	case (from+2)/3 == (to+2)/3:
		return Quarter(atoi(fromYear), (to+2)/3)
	}
	return Period{}
}
