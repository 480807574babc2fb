package sheet

import (
	"strconv"
	"testing"
	"time"
)

func TestFormatShown(t *testing.T) {
	for code, want := range map[string]shown{
		"General": asNumber, "G/通用格式": asNumber, "": asNumber, "@": asNumber, "0.00": asNumber, "#,##0.00_);[Red](#,##0.00)": asNumber,
		"0.00E+00": asNumber, "##0.0E-0": asNumber, "0%": asPercent, "0.00%;[Red]-0.00%": asPercent, `0.0"%"`: asNumber, `0\%`: asNumber, "# ?/?": asNumber, `0.0" days"`: asNumber, `0\d`: asNumber, "0_d": asNumber, "*d0": asNumber,
		"[$¥-804]#,##0.00": asNumber, `"￥"#,##0`: asNumber, `[Red]0;[Blue]-0`: asNumber, "[$USD] 0": asNumber, `#,##0"元"`: asNumber,
		"[h]:mm": asElapsed, "[mm]:ss": asElapsed, "[s]": asElapsed, "[hh]:mm:ss.00": asElapsed, "[HH]:MM": asElapsed,

		"yyyy-mm-dd": asDate, "YYYY/M/D": asDate, "m/d/yy": asDate, "mmm": asDate, "d": asDate, "yyyy": asDate, "mm": asDate, "dddd": asDate,
		`yyyy"年"m"月"d"日"`: asDate, "yyyy年m月": asMonth, "mmm-yy": asMonth, `yyyy"年"m"月";@`: asMonth, "yyyy-mm": asMonth, `[$-404]e"年"m"月"`: asMonth, "yyyy年m月 aaaa": asDate, "m月d日": asDate, `[$-404]e"年"m"月"d"日"`: asDate, "[$-411]ge.m.d": asDate, `[DBNum1][$-804]yyyy"年"m"月"d"日";@`: asDate,
		"[$-F800]dddd, mmmm dd, yyyy": asDate, `yyyy\-mm\-dd;@`: asDate, `[=0]"";yyyy-mm-dd`: asDate, "aaaa": asDate,

		"h:mm": asTime, "hh:mm:ss": asTime, "h:mm AM/PM": asTime, "mm:ss.0": asTime, "yyyy-mm-dd hh:mm": asTime, "m/d/yy h:mm": asTime,
		`h"时"mm"分"`: asTime, "上午/下午h时mm分": asTime, "[$-F400]h:mm:ss": asTime, "mmss": asTime,
	} {
		if got := formatShown(code); got != want {
			t.Errorf("%q: got %d, want %d", code, got, want)
		}
	}
}

func TestBuiltinFormats(t *testing.T) {
	for id, want := range map[int]shown{
		0: asNumber, 1: asNumber, 9: asPercent, 10: asPercent, 13: asNumber, 14: asDate, 17: asMonth, 18: asTime, 21: asTime, 22: asTime, 23: asNumber,
		26: asNumber, 27: asMonth, 28: asDate, 31: asDate, 32: asTime, 33: asTime, 36: asMonth, 37: asNumber, 44: asNumber, 45: asTime, 46: asElapsed, 47: asTime,
		48: asNumber, 49: asNumber, 50: asMonth, 51: asDate, 57: asMonth, 58: asDate, 59: asNumber, 164: asNumber,
	} {
		if got := builtin(id); got != want {
			t.Errorf("format %d: got %d, want %d", id, got, want)
		}
	}
}

// Every day that Excel has, against package time.
func TestSerialDays(t *testing.T) {
	for _, epoch := range []struct {
		date1904    bool
		first, last int
		zero        time.Time
	}{
		{false, 61, 2958465, time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)},
		{false, 1, 59, time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)},
		{true, 0, 2957003, time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)},
	} {
		for day := epoch.first; day <= epoch.last; day++ {
			got, ok := serialText(nil, float64(day), asDate, epoch.date1904)
			if want := epoch.zero.AddDate(0, 0, day).Format(time.DateOnly); !ok || string(got) != want {
				t.Fatalf("day %d: got %s, want %s", day, got, want)
			}
		}
	}
}

// Every second of a day survives the way through a fraction.
func TestSerialSeconds(t *testing.T) {
	for s := range secondsPerDay {
		written := strconv.FormatFloat(46022+float64(s)/secondsPerDay, 'g', 15, 64)
		serial, err := strconv.ParseFloat(written, 64)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := serialText(nil, serial, asTime, false)
		want := time.Date(2025, 12, 31, 0, 0, s, 0, time.UTC).Format(time.DateTime)
		if string(got) != want {
			t.Fatalf("%s: got %s, want %s", written, got, want)
		}
	}
}

func TestSerialEdges(t *testing.T) {
	for _, test := range []struct {
		serial   float64
		date1904 bool
		want     string // "" if it is no date
	}{
		{0, false, "00:00:00"}, {0.999999, false, "1900-01-01"}, {0.5, false, "12:00:00"}, {1, false, "1900-01-01"},
		{59.9999999, false, ""}, {60, false, ""}, {60.5, false, ""}, {61, false, "1900-03-01"},
		{2958465.5, false, "9999-12-31 12:00:00"}, {2958465.9999999, false, ""}, {2958466, false, ""}, {-0.1, false, ""},
		{0, true, "1904-01-01"}, {0.5, true, "12:00:00"}, {2957003, true, "9999-12-31"}, {2957004, true, ""},
	} {
		got, ok := serialText(nil, test.serial, asDate, test.date1904)
		if ok != (test.want != "") || string(got) != test.want {
			t.Errorf("%v (1904: %v): got %q %v, want %q", test.serial, test.date1904, got, ok, test.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for s, want := range map[string]bool{
		"0": true, "-0": true, "+1": true, "12.5": true, "1.": true, ".5": true, "1e5": true, "1E+05": true, "1.5e-300": true,
		"9007199254740993": true, "123456789012345678901234567890123456789012345": true,
		"": false, ".": false, "-": false, "1e": false, "1e+": false, "1,5": false, "0x10": false, "1_0": false, "Inf": false, "NaN": false,
		"1 2": false, "1e999": false, "1.5.5": false, "１": false,
	} {
		if got := finite([]byte(s)); got != want {
			t.Errorf("finite(%q) = %v", s, got)
		}
		v, ok := parseNumber([]byte(s))
		if ok != want {
			t.Errorf("parseNumber(%q) = %v, %v", s, v, ok)
		}
		if w, err := strconv.ParseFloat(s, 64); ok && (err != nil || v != w) {
			t.Errorf("parseNumber(%q) = %v, want %v", s, v, w)
		}
	}
}

// The quick way to read a number gives the same as the exact one.
func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"46022.628125", "0.1", "123456789.123456", "9007199254740993", "0.00000000000001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, ok := parseNumber([]byte(s))
		if !ok {
			return
		}
		if w, err := strconv.ParseFloat(s, 64); err != nil || v != w {
			t.Errorf("%q: got %v, want %v, %v", s, v, w, err)
		}
	})
}
