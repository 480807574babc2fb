package sheet

import (
	"math"
	"strconv"
	"time"
)

const secondsPerDay = 24 * 60 * 60

// lastDay is 9999-12-31, the last day Excel has, in serial days.
func lastDay(date1904 bool) float64 {
	if date1904 {
		return 2957003
	}
	return 2958465
}

// serialText appends the day and time of a serial number, rounded to the
// second: 2025-12-31, 2025-12-31 15:04:05, and 15:04:05 below 1, which is a
// time without a day. A date loses nothing for being shown without its time,
// nor without its day but for the first of a month: Excel makes that of a month
// typed alone, and it stays one, 2025-12.
//
// It reports false for what is no date: below 0, after 9999, and the 60th day
// of the 1900 epoch, which Excel calls 1900-02-29.
func serialText(dst []byte, serial float64, kind shown, date1904 bool) ([]byte, bool) {
	if !(serial >= 0 && serial < lastDay(date1904)+1) {
		return dst, false
	}
	whole := int64(math.Round(serial * secondsPerDay))
	if kind == asElapsed {
		return appendClock(dst, int(whole)), true
	}
	day, second := whole/secondsPerDay, int(whole%secondsPerDay)
	if float64(day) > lastDay(date1904) || !date1904 && day == 60 {
		return dst, false
	}
	if day == 0 && (!date1904 || second > 0 || kind == asTime) {
		return appendClock(dst, second), true
	}
	switch {
	case date1904:
		day += 1462
	case day < 60:
		day++ // before the day that never was
	}
	dst = appendDay(dst, int(day))
	if second > 0 || kind == asTime {
		dst = appendClock(append(dst, ' '), second)
	} else if month := len(dst) - len("-01"); kind == asMonth && string(dst[month:]) == "-01" {
		dst = dst[:month]
	}
	return dst, true
}

// appendDay writes the day that is so many days after 1899-12-30. Dates are
// too many to go through package time.
func appendDay(dst []byte, days int) []byte {
	// Count from 1600-03-01 in years that begin with March: 400 of them have
	// 146097 days, and the leap day is the last day of its year.
	days += 109511
	era, days := days/146097, days%146097
	year := (days - days/1460 + days/36524 - days/146096) / 365
	days -= 365*year + year/4 - year/100
	month := (5*days + 2) / 153 // 0 is March
	day := days - (153*month+2)/5 + 1
	year += 1600 + 400*era
	if month += 3; month > 12 {
		month -= 12
		year++
	}
	return append(dst, byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10),
		'-', byte('0'+month/10), byte('0'+month%10), '-', byte('0'+day/10), byte('0'+day%10))
}

func appendClock(dst []byte, second int) []byte {
	if second >= 100*3600 { // elapsed
		dst = strconv.AppendInt(dst, int64(second/360000), 10)
		second %= 360000
	}
	for i, n := range [3]int{second / 3600, second / 60 % 60, second % 60} {
		if i > 0 {
			dst = append(dst, ':')
		}
		dst = append(dst, byte('0'+n/10), byte('0'+n%10))
	}
	return dst
}

// parseNumber checks that b is a finite decimal number, whole.
func parseNumber(b []byte) (float64, bool) {
	if !numeric(b) {
		return 0, false
	}
	if v, ok := shortNumber(b); ok {
		return v, true
	}
	v, err := strconv.ParseFloat(string(b), 64)
	return v, err == nil
}

// shortNumber reads what has so few digits that one division gives the exact
// result; it allocates nothing.
func shortNumber(b []byte) (float64, bool) {
	if len(b) > 16 {
		return 0, false
	}
	var n, scale float64 = 0, 1
	seen := false
	for _, c := range b {
		switch {
		case c == '.':
			seen = true
		case !digit(c):
			return 0, false
		default:
			n = n*10 + float64(c-'0')
			if seen {
				scale *= 10
			}
		}
	}
	return n / scale, n < 1<<53
}

// finite is parseNumber for those who want no value: it seldom has to compute.
func finite(b []byte) bool {
	if len(b) > 40 || hasExponent(b) {
		_, ok := parseNumber(b)
		return ok
	}
	return numeric(b)
}

func hasExponent(b []byte) bool {
	for _, c := range b {
		if c|0x20 == 'e' {
			return true
		}
	}
	return false
}

// numeric knows the form: -12, 1., .5, 5.10322E+17.
func numeric(b []byte) bool {
	i := 0
	if i < len(b) && (b[i] == '-' || b[i] == '+') {
		i++
	}
	digits := 0
	for ; i < len(b) && digit(b[i]); i++ {
		digits++
	}
	if i < len(b) && b[i] == '.' {
		for i++; i < len(b) && digit(b[i]); i++ {
			digits++
		}
	}
	if digits == 0 {
		return false
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		i++
		if i < len(b) && (b[i] == '-' || b[i] == '+') {
			i++
		}
		from := i
		for i < len(b) && digit(b[i]) {
			i++
		}
		if i == from {
			return false
		}
	}
	return i == len(b)
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// isoText appends what a cell of type d holds, in the form of serialText. It
// reports false if it is no ISO 8601 date.
func isoText(dst []byte, value string) ([]byte, bool) {
	for _, form := range []struct{ layout, give string }{
		{time.DateOnly, time.DateOnly},
		{"2006-01-02T15:04:05Z07:00", time.DateTime},
		{"2006-01-02T15:04:05", time.DateTime},
		{"2006-01-02T15:04", time.DateTime},
		{"2006-01-02Z07:00", time.DateOnly},
		{"15:04:05", time.TimeOnly},
		{"T15:04:05", time.TimeOnly},
		{"15:04:05Z07:00", time.TimeOnly},
		{"T15:04:05Z07:00", time.TimeOnly},
	} {
		t, err := time.Parse(form.layout, value)
		if err != nil {
			continue
		}
		t = t.Round(time.Second)
		if t.Year() > 9999 {
			return dst, false
		}
		return t.AppendFormat(dst, form.give), true
	}
	return dst, false
}
