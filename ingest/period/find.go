package period

import (
	"regexp"
	"strings"
)

// Pieces of the writings below. A year stands at the start of its number and
// after no other number and mark, so that neither the middle of a telephone
// number nor a house such as 3-2025-4 is one.
const (
	begin   = `(?:^[./-]?|[^\d./-]|[^\d][./-])`
	year    = `((?:19|20)\d{2})`
	quarter = `第?\s*([一二三四1-4])\s*`
	to      = `\s*[-—–~～至到]+\s*`
	days    = `\s*[月./-]\s*\d{1,2}\s*[日号]?`
	date    = year + `(?:\s*[年./-]\s*(\d{1,2})(?:` + days + `)?\s*月?|(\d{2})(?:[0-3]\d)?)`
	end     = `(?:\D|$)`
)

// Writings of a period in titles, info lines and file names, the surest first.
// A span that is no period, such as 2025年1-9月 or 2025年上半年, reads as none,
// and nothing less is looked for in the text.
var writings = []struct {
	re   *regexp.Regexp
	read func(m []string) Period
}{
	{regexp.MustCompile(begin + year + `\s*年?度?\s*` + quarter + `(?:季度?)?` + to + quarter + `季`), byQuarters},
	{regexp.MustCompile(begin + year + `\s*[年./_-]?\s*度?\s*` + quarter + `季`), byQuarter},
	{regexp.MustCompile(begin + year + `\s*[年._-]?\s*[Qq]([1-4])` + end), byQuarter},
	{regexp.MustCompile(begin + date + to + date), byDates},
	{regexp.MustCompile(begin + year + `年?度?` + to + year + `(?:\s*年|` + end + `)`), none},
	{regexp.MustCompile(begin + year + `\s*[年./-]\s*(\d{1,2})` + days + to + `(\d{1,2})` + days), byMonths},
	{regexp.MustCompile(begin + year + `\s*[年./]\s*(\d{1,2})\s*月?` + to + `(\d{1,2})(?:[^\d日号]|$)`), byMonths},
	{regexp.MustCompile(begin + date + end), byMonth},
	{regexp.MustCompile(begin + year + `\s*年度?\s*[上下]半年`), none},
	{regexp.MustCompile(begin + year + `\s*年`), func(m []string) Period { return Year(atoi(m[1])) }},
}

// Find reads the first period that a text names: 2025年第四季度, 2025Q4,
// 2025年10-12月, 截至2025年12月31日, or a bare 2025年. A month, a day or a span
// of days names the quarter that holds it.
func Find(text string) (Period, bool) {
	text = formalYear.ReplaceAllStringFunc(text, formalDigits.Replace)
	for _, w := range writings {
		if m := w.re.FindStringSubmatch(text); m != nil {
			p := w.read(m)
			return p, !p.IsZero()
		}
	}
	return Period{}, false
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
