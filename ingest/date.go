package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"xingce/ingest/sheet"
)

// Writings of a day. A weekday and a time of day may follow; between day and
// time something must stand, or 2025-10-112:30 would be two days.
const monthAndDay = `(\d{1,2})\s*[月./-]\s*(\d{1,2})(?:\b|T)\s*[日号]?\s*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?\s*(?:[上下]午)?\s*(?:\d{1,2}[:时点].*)?$`

var (
	dayWritten   = regexp.MustCompile(`^(\d{4})\s*[年./-]\s*` + monthAndDay)
	monthWritten = regexp.MustCompile(`^(\d{4})\s*[年./-]\s*(\d{1,2})\s*月?份?$`)
	dayPacked    = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	monthPacked  = regexp.MustCompile(`^((?:19|20)\d{2})(\d{2})$`)
	yearWritten  = regexp.MustCompile(`^(?:19|20)\d{2}年?$`)
	dayLast      = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})$`)
	serial       = regexp.MustCompile(`^\d{5}(?:\.\d+)?$`)

	dayOfNoYear   = regexp.MustCompile(`^` + monthAndDay)
	monthOfNoYear = regexp.MustCompile(`^(\d{1,2})\s*月份?$`)
	yearCutShort  = regexp.MustCompile(`^(?:\d{1,2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*[日号]?|(?:1[3-9]|[2-9]\d)\s*[年./-]\s*\d{1,2}\s*月?)$`)

	endless = regexp.MustCompile(`^(?:长期|永久)(?:有效)?$|^无(?:固定)?期限$`)
)

// date reads every writing of a day that real sheets have; a year and month
// give the month's first day, of what ends then its last, and say so. What can be read as two days is
// refused.
func (c converter) date(col located, cell sheet.Cell, text string, values []any) *fault {
	s := strings.TrimLeft(dateMarks.Replace(norm.NFKC.String(number(cell, text))), "'‘’`")
	m := monthWritten.FindStringSubmatch(s)
	if m == nil {
		m = monthPacked.FindStringSubmatch(s)
	}
	var t time.Time
	var f *fault
	switch {
	case m == nil:
		t, f = c.day(col, cell, s)
	case cell.Type == sheet.Number && strings.HasSuffix(s, ".1"):
		// 2024.1 may have been typed as 2024.10.
		f = &fault{"date-ambiguous", "日期，如 2024-01 或 2024-10", "数字分不清是 1 月还是 10 月，请写成文本"}
	default:
		t, f = day(m[1], m[2], "1", badDate())
	}
	if f != nil {
		return f
	}
	if m != nil {
		values[1] = "month"
		if col.Endless { // it ends with the month, not before
			t = t.AddDate(0, 1, -1)
		}
	}
	values[0] = t
	return nil
}

// dateMarks are typed between year, month and day for want of the usual ones.
var dateMarks = strings.NewReplacer("—", "-", "–", "-", "。", ".", "、", ".")

func badDate() *fault {
	return &fault{"date", "日期，如 2025-10-08", "请改成真实存在的日期"}
}

// day reads what is no year and month.
func (c converter) day(col located, cell sheet.Cell, s string) (time.Time, *fault) {
	bad := badDate()
	if m := dayWritten.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3], bad)
	}
	if m := dayPacked.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3], bad)
	}
	if yearWritten.MatchString(s) {
		return time.Time{}, &fault{"date-year", "日期，如 2025-10-08 或 2025-10", "只写了年份，请补上月份"}
	}
	if m := dayLast.FindStringSubmatch(s); m != nil {
		first, _ := strconv.Atoi(m[1])
		second, _ := strconv.Atoi(m[2])
		switch {
		case first > 12, first == second:
			return day(m[3], m[2], m[1], bad)
		case second > 12:
			return day(m[3], m[1], m[2], bad)
		}
		return time.Time{}, &fault{"date-ambiguous", "日期，如 2024-03-08", "分不清哪个是月、哪个是日，请按年-月-日写"}
	}
	// A cell that is shown as a date comes as one; this is a serial day that
	// lost its format. Of fewer digits it could be a year.
	if serial.MatchString(s) {
		days, _ := strconv.ParseFloat(s, 64)
		epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		if c.date1904 {
			epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		switch t := epoch.AddDate(0, 0, int(days)); {
		case t.Year() > lastYear:
		case cell.Type == sheet.Number:
			return t, nil
		default:
			like := t.Format(time.DateOnly)
			return time.Time{}, &fault{"date-serial", "日期，如 " + like, "像是 Excel 的日期序号，即 " + like + "；请在原表里把这一列设成日期格式再另存，或直接写成日期"}
		}
	}
	if yearCutShort.MatchString(s) {
		bad.mend = "年份请写四位，按年-月-日写"
		return time.Time{}, bad
	}
	if m := dayOfNoYear.FindStringSubmatch(s); m != nil {
		return time.Time{}, c.noYear(col, cell, m[1], m[2], bad)
	}
	if m := monthOfNoYear.FindStringSubmatch(s); m != nil {
		return time.Time{}, c.noYear(col, cell, m[1], "", bad)
	}
	bad.mend = "看不懂这样写的日期，请按年-月-日写"
	return time.Time{}, bad
}

// noYear says that the year is missing, with an example from the sheet's
// period: the day itself, if it lies there. The year is never guessed.
func (c converter) noYear(col located, cell sheet.Cell, m, d string, bad *fault) *fault {
	form := time.DateOnly
	if d == "" {
		form, d = "2006-01", "1"
	}
	if _, f := day("2024", m, d, bad); f != nil {
		return f
	}
	example := col.example()
	if !c.period.IsZero() && (col.InPeriod || col.Example == "") {
		in, f := day(strconv.Itoa(c.period.Start.Year()), m, d, bad)
		// The number 10.1 may have been typed as 10.10.
		if f != nil || !c.period.Contains(in) || cell.Type == sheet.Number {
			in = c.period.Start.AddDate(0, 0, 7)
		}
		example = in.Format(form)
	}
	return &fault{"date-no-year", "带年份的日期，如 " + example, "没有写年份，请补上"}
}

const firstYear, lastYear = 1850, 2100

// day refuses days that the calendar does not have, and years that nobody's
// papers do.
func day(y, m, d string, bad *fault) (time.Time, *fault) {
	year, _ := strconv.Atoi(y)
	month, _ := strconv.Atoi(m)
	dom, _ := strconv.Atoi(d)
	t := time.Date(year, time.Month(month), dom, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != dom || year < firstYear || year > lastYear {
		return time.Time{}, bad
	}
	return t, nil
}
