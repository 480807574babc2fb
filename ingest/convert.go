package ingest

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest/person"
	"xingce/ingest/sheet"
)

// A fault is why a cell is not what its column wants.
type fault struct{ code, wanted, mend string }

// A converter turns cells into fields.
type converter struct {
	keys     *person.Keys
	date1904 bool
}

// nothing are the ways in which people write that there is nothing.
var nothing = map[string]bool{"": true, "无": true, "—": true, "–": true, "-": true, "——": true, "－": true, "/": true, "\\": true, "暂无": true, "空": true, "N/A": true}

// convert writes a cell's fields into values, which has room for them; a cell
// that holds nothing leaves them nil.
func (c converter) convert(col located, cell sheet.Cell, values []any) *fault {
	if cell.Type == sheet.Error {
		return &fault{"cell-error", col.Title(), "公式出错，请改为正确的值"}
	}
	text := tidy(cell.Text)
	if nothing[text] {
		return nil
	}
	switch col.Type {
	case Text:
		return c.text(col, text, values)
	case PersonName:
		values[0] = person.Scrub(person.Name(text))
	case IDNumber:
		return c.id(cell, text, values)
	case Phone:
		number, ok := person.Phone(number(cell, text))
		if !ok {
			return &fault{"phone", "电话号码，如 11 位手机号", "请核对号码"}
		}
		hide(values, c.keys.Hide(person.PhoneSort, number))
	case Address:
		hide(values, c.keys.Hide(person.AddressSort, person.Compact(text)))
	case Date:
		day, f := c.date(cell, text)
		if f != nil {
			return f
		}
		values[0] = day
	case Money:
		return amount(values, col.unit, cell, text)
	case Hours:
		return hours(values, col.unit, cell, text)
	case Count:
		return count(values, cell, text)
	case Sex:
		switch person.Compact(text) {
		case "男", "男性":
			values[0] = "男"
		case "女", "女性":
			values[0] = "女"
		default:
			return &fault{"sex", "男或女", "请写汉字"}
		}
	}
	return nil
}

func (c converter) text(col located, text string, values []any) *fault {
	if col.Words == nil {
		values[0] = person.Scrub(text)
		return nil
	}
	word, ok := col.Words[person.Compact(text)]
	if !ok {
		return &fault{"word", strings.Join(col.words(), "、") + "之一", "请改成其中一个"}
	}
	values[0] = word
	return nil
}

// words lists the stored words of a column, each once.
func (c Column) words() []string {
	return slices.Compact(slices.Sorted(maps.Values(c.Words)))
}

func (c converter) id(cell sheet.Cell, text string, values []any) *fault {
	// Excel keeps 15 digits of a number: an ID number of 18 that is stored as
	// one has lost its tail.
	if cell.Type == sheet.Number && len(number(cell, text)) != 15 {
		return &fault{"id-damaged", "文本格式的 18 位身份证号", person.ErrIDDamaged.Error() + "，请把单元格改为文本格式后重新录入"}
	}
	id, err := person.ParseID(text)
	switch err {
	case nil:
	case person.ErrIDDamaged:
		return &fault{"id-damaged", "文本格式的 18 位身份证号", err.Error() + "，请把单元格改为文本格式后重新录入"}
	default:
		return &fault{"id-check", "正确的 18 位身份证号", err.Error() + "，请对照身份证核对"}
	}
	hide(values, c.keys.Hide(person.IDSort, id.Number))
	values[3], values[4], values[5] = id.Birth, id.Sex, id.Region
	return nil
}

func hide(values []any, h person.Hidden) {
	values[0], values[1], values[2] = h.Key, h.Mask, h.Sealed
}

// number is a cell's text with a number written in plain digits: 1.38E+10 is
// 13800000000, and the noise of binary fractions is rounded off at the 15
// digits that Excel shows.
func number(cell sheet.Cell, text string) string {
	if cell.Type != sheet.Number {
		return person.Compact(text)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	d, err := decimal.NewFromString(strconv.FormatFloat(f, 'e', 14, 64))
	if err != nil {
		return text
	}
	return d.String()
}

var (
	dayWritten   = regexp.MustCompile(`^(\d{4})(?:[年./-])(\d{1,2})(?:[月./-])(\d{1,2})日?(?:T?\d{1,2}[:时].*)?$`)
	monthWritten = regexp.MustCompile(`^(\d{4})(?:[年./-])(\d{1,2})月?份?$`)
	dayPacked    = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	monthPacked  = regexp.MustCompile(`^((?:19|20)\d{2})(\d{2})$`)
	dayLast      = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})$`)
	serial       = regexp.MustCompile(`^\d{4,5}(?:\.\d+)?$`)
)

// date reads every writing of a day in DOMAIN.md §6; a year and month give
// the month's first day.
func (c converter) date(cell sheet.Cell, text string) (time.Time, *fault) {
	bad := &fault{"date", "日期，如 2025-10-08", "请改成真实存在的日期"}
	s := number(cell, text)
	if m := dayWritten.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3], bad)
	}
	if m := dayPacked.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3], bad)
	}
	if cell.Type == sheet.Number && strings.HasSuffix(s, ".1") && len(s) == 6 {
		// 2024.1 may have been typed as 2024.10.
		return time.Time{}, &fault{"date-ambiguous", "日期，如 2024-01 或 2024-10", "数字分不清是 1 月还是 10 月，请写成文本"}
	}
	if m := monthWritten.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], "1", bad)
	}
	if m := monthPacked.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], "1", bad)
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
	if cell.Type == sheet.Number && serial.MatchString(s) {
		days, _ := strconv.ParseFloat(s, 64)
		epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		if c.date1904 {
			epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		return epoch.AddDate(0, 0, int(days)), nil
	}
	return time.Time{}, bad
}

// day refuses days that the calendar does not have and years before 1850.
func day(y, m, d string, bad *fault) (time.Time, *fault) {
	year, _ := strconv.Atoi(y)
	month, _ := strconv.Atoi(m)
	dom, _ := strconv.Atoi(d)
	t := time.Date(year, time.Month(month), dom, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != dom || year < 1850 {
		return time.Time{}, bad
	}
	return t, nil
}

var quantity = regexp.MustCompile(`^(-?\d+(?:\.\d+)?)(.*)$`)

// measure parts a written quantity into its number and what stands after.
func measure(cell sheet.Cell, text string) (decimal.Decimal, string, bool) {
	s := strings.NewReplacer(",", "", "¥", "", "￥", "", "人民币", "").Replace(number(cell, text))
	m := quantity.FindStringSubmatch(s)
	if m == nil {
		return decimal.Decimal{}, "", false
	}
	d, err := decimal.NewFromString(m[1])
	return d, m[2], err == nil
}

var tenThousand = decimal.NewFromInt(10_000)

func amount(values []any, unit string, cell sheet.Cell, text string) *fault {
	bad := &fault{"money", "金额，如 200 或 200.50", "请写阿拉伯数字"}
	d, after, ok := measure(cell, text)
	if after == "" {
		after = unit
	}
	switch {
	case !ok:
		return bad
	case after == "万元" || after == "万":
		d = d.Mul(tenThousand)
	case after == "元" || after == "元整" || after == unit:
	default:
		return bad
	}
	switch {
	case d.IsNegative():
		return &fault{"money-negative", "不小于 0 的金额", "退款请在备注里说明，不写负数"}
	case !d.Equal(d.Round(2)):
		return &fault{"money-digits", "最多两位小数的金额", "请核对金额"}
	case d.GreaterThanOrEqual(decimal.New(1, 15)):
		return &fault{"money-size", "合理的金额", "请核对金额"}
	}
	values[0] = d
	return nil
}

var sixty = decimal.NewFromInt(60)

func hours(values []any, unit string, cell sheet.Cell, text string) *fault {
	bad := &fault{"hours", "时长，如 2 或 1.5（小时）", "请写阿拉伯数字"}
	d, after, ok := measure(cell, text)
	if after == "" {
		after = unit
	}
	switch {
	case !ok || d.IsNegative() || d.GreaterThan(tenThousand):
		return bad
	case after == "分钟" || after == "分" || strings.EqualFold(after, "min"):
		d = d.DivRound(sixty, 2)
	case after == "小时" || after == "时" || after == "" || strings.EqualFold(after, "h") || after == unit:
	default:
		return bad
	}
	values[0] = d.Round(2)
	return nil
}

func count(values []any, cell sheet.Cell, text string) *fault {
	d, after, ok := measure(cell, text)
	if !ok || !d.IsInteger() || d.IsNegative() || !d.LessThan(decimal.New(1, 15)) || len([]rune(after)) > 1 {
		return &fault{"count", "整数，如 3", "请写不小于 0 的整数"}
	}
	values[0] = d.IntPart()
	return nil
}

// tidy trims a text, folds its white space to single spaces and makes
// full-width digits and letters plain; punctuation stays as it was typed.
func tidy(s string) string {
	clean := true
	for i := range len(s) {
		if c := s[i]; c <= ' ' && !(c == ' ' && i > 0 && i < len(s)-1 && s[i-1] != ' ') || c == 0xef || c == 0xc2 || c == 0xe2 {
			clean = false
			break
		}
	}
	if clean {
		// 0xe3 starts U+3000, the ideographic space, and most of CJK's marks.
		if !strings.Contains(s, "\u3000") {
			return s
		}
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
			return r - 'Ａ' + 'A'
		case r == '\u200b' || r == '\ufeff' || r == '\u2060':
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
