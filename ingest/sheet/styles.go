package sheet

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// shown is how a number format shows a number.
type shown uint8

const (
	asNumber shown = iota
	asDate
	asMonth   // yyyy-mm
	asTime    // with or without a date
	asElapsed // [h]:mm
	asPercent
)

// A format is how a style shows a number: as what, and with a unit or zeros of
// its own.
type format struct {
	shown shown
	unit  string // 万元 of 0.00"万元"
	width int    // of 000, which shows 12 as 012
}

// builtin is how the formats show that a workbook may use by number alone;
// 27 to 36 and 50 to 58 are those of Chinese and Japanese Excel (ECMA-376
// part 1, 18.8.30). Some of the latter are a date in one language and a time
// in the other: the value decides then, see serialText. A month is one in
// mainland China.
func builtin(id int) shown {
	switch {
	case id == 9, id == 10:
		return asPercent
	case id == 17, id == 27, id == 36, id == 50, id == 52, id == 57:
		return asMonth
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id >= 34 && id <= 36, id >= 50 && id <= 58:
		return asDate
	case id >= 18 && id <= 22, id == 32, id == 33, id == 45, id == 47:
		return asTime
	case id == 46:
		return asElapsed
	}
	return asNumber
}

// readStyles gives, for each cell style, how it shows a number.
func (w *workbook) readStyles(ctx context.Context) ([]format, error) {
	if w.stylesAt == "" {
		return nil, nil
	}
	formats := map[int]format{}
	var styles []int // number format ids
	err := w.pack.scan(ctx, w.stylesAt, func(x *scanner) error {
		if err := root(x, nsMain, "styleSheet"); err != nil {
			return err
		}
		return children(x, func() error {
			switch {
			case x.is(nsMain, "numFmts"):
				return children(x, func() error {
					if id, err := strconv.Atoi(string(x.attr("numFmtId"))); err == nil {
						formats[id] = formatOf(string(x.attr("formatCode")))
					}
					return nil
				})
			case x.is(nsMain, "cellXfs"):
				return children(x, func() error {
					if !x.is(nsMain, "xf") {
						return nil
					}
					id := 0
					if v := x.attr("numFmtId"); v != nil {
						var err error
						if id, err = strconv.Atoi(string(trim(v))); err != nil {
							return refuse("xml-structure")
						}
					}
					styles = append(styles, id)
					return nil
				})
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return showStyles(styles, formats), nil
}

// showStyles looks up the format of each style. A format that the file defines
// comes before a built-in one of the same number.
func showStyles(styles []int, formats map[int]format) []format {
	out := make([]format, len(styles))
	for i, id := range styles {
		f, ok := formats[id]
		if !ok {
			f.shown = builtin(id)
		}
		if f.shown == asPercent {
			f.unit = "%"
		}
		out[i] = f
	}
	return out
}

// formatShown reads a number format's code, such as yyyy"年"m"月"d"日";@.
func formatShown(code string) shown {
	var year, day, month, clock, percent bool
	last := byte(0) // the last letter of a date or a time, in lower case
	for i := 0; i < len(code); {
		c := code[i]
		switch {
		case c == '"':
			i++
			for i < len(code) && code[i] != '"' {
				i++
			}
		case c == '\\' || c == '_' || c == '*': // the next character stands for itself
			i++
		case c == '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return asNumber
			}
			if elapsed(code[i+1 : i+end]) {
				return asElapsed
			}
			i += end
		case hasFold(code[i:], "general"):
			i += len("general") - 1
		case hasFold(code[i:], "am/pm"):
			clock = true
			i += len("am/pm") - 1
		case hasFold(code[i:], "a/p"):
			clock = true
			i += len("a/p") - 1
		case (c == 'E' || c == 'e') && i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-'):
			i++ // 0.00E+00
		case c == '%':
			percent = true
		default:
			switch lower := c | 0x20; lower {
			case 'y', 'e': // g is in G/通用格式, too
				year, last = true, lower
			case 'd', 'a': // aaaa is a weekday
				day, last = true, lower
			case 'h', 's':
				clock, last = true, lower
			case 'm':
				// Minutes follow hours or come before seconds; else months.
				if last != 'h' && last != 'm' && !secondsNext(code[i:]) {
					month = true
				}
				if last != 'h' {
					last = lower
				}
			}
		}
		i++
	}
	switch {
	case clock:
		return asTime
	case year && month && !day:
		return asMonth
	case year || month || day:
		return asDate
	case percent:
		return asPercent
	}
	return asNumber
}

func formatOf(code string) format {
	f := format{shown: formatShown(code)}
	if f.shown == asNumber {
		f.unit = formatUnit(code)
	}
	if len(code) > 1 && strings.Trim(code, "0") == "" {
		f.width = len(code)
	}
	return f
}

// asText appends a number that a cell shows as more than that: in a unit, or
// with zeros before it. It reports false for what is a number only.
func (f format) asText(dst []byte, v float64) ([]byte, bool) {
	if f.width > 0 && v >= 0 && v < 1e15 && v == math.Trunc(v) {
		return fmt.Appendf(dst, "%0*d", f.width, int64(v)), true
	}
	if f.unit == "" {
		return dst, false
	}
	return f.appendInUnit(dst, v), true
}

var (
	// formatParts are texts, marks that hide or stretch the next character, what
	// stands in brackets, and single marks.
	formatParts = regexp.MustCompile(`"([^"]*)"?|[\\!](.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[([^\]]*)\]|General|G/通用格式|([^\x00-\x7f]+)|.`)
	// unitMarks stand in every unit that makes a number worth more or less.
	unitMarks = regexp.MustCompile(`[百千万亿元角分时%‰米顷亩]`)
)

// formatUnit is the unit that a format shows behind numbers: a cell that holds
// 1.5 and shows 1.5万元 means that. A comma behind the digits divides what is
// shown: with 0,"千元" a cell that shows 2千元 holds 1500, and means it.
func formatUnit(code string) string {
	unit, digits, comma := "", false, false
	for _, m := range formatParts.FindAllStringSubmatch(code, -1) {
		switch m[0] {
		case "0", "#", "?", "General", "G/通用格式":
			digits, comma = true, false
			continue
		case ",":
			comma = true
			continue
		}
		if comma || elapsed(m[4]) {
			return ""
		}
		if m[0] == ";" { // what follows is for negative numbers
			break
		}
		if digits {
			unit += strings.TrimSpace(m[1] + m[2] + m[3] + m[5])
		}
	}
	if comma || !unitMarks.MatchString(unit) {
		return ""
	}
	return unit
}

// appendInUnit writes a number as a cell shows it, to the 15 digits that Excel
// keeps.
func (f format) appendInUnit(dst []byte, v float64) []byte {
	if f.shown == asPercent {
		v *= 100
	}
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'e', 14, 64), 64)
	return append(strconv.AppendFloat(dst, v, 'f', -1, 64), f.unit...)
}

// elapsed tells [h], [mm] and [s] from colours, conditions and languages.
func elapsed(s string) bool {
	return s != "" && (strings.Trim(s, "hH") == "" || strings.Trim(s, "mM") == "" || strings.Trim(s, "sS") == "")
}

func secondsNext(code string) bool {
	rest := strings.TrimLeft(code, "mM: ")
	return rest != "" && rest[0]|0x20 == 's'
}

func hasFold(s, word string) bool {
	return len(s) >= len(word) && strings.EqualFold(s[:len(word)], word)
}
