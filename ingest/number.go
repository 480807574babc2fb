package ingest

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/ingest/person"
	"xingce/ingest/sheet"
)

// number is a cell's text, where the cell is a number in plain digits:
// 1.38E+10 is 13800000000, and the noise of binary fractions is rounded off at
// the 15 digits that Excel shows.
func number(cell sheet.Cell, text string) string {
	if cell.Type != sheet.Number {
		return text
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
	quantity  = regexp.MustCompile(`^(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(.*)$`)
	currency  = strings.NewReplacer("¥", "", "人民币", "", "RMB", "")
	thousands = strings.NewReplacer(",", "")
)

// measure parts a written quantity into its number and what stands after: the
// unit, in the cell or else in the heading.
func measure(unit string, cell sheet.Cell, text string) (decimal.Decimal, string, bool) {
	m := quantity.FindStringSubmatch(currency.Replace(person.Compact(number(cell, text))))
	if m == nil {
		return decimal.Decimal{}, "", false
	}
	d, err := decimal.NewFromString(thousands.Replace(m[1]))
	if m[2] != "" {
		unit = m[2]
	}
	return d, strings.ToLower(unit), err == nil
}

// yuan is what a unit of money is worth. Words that only say how a figure is
// written are none.
var yuan = map[string]decimal.Decimal{
	"": one, "元": one, "元整": one, "圆": one, "小写": one, "数字": one, "大写": one,
	"百元": decimal.New(1, 2), "千元": decimal.New(1, 3), "万元": decimal.New(1, 4), "万": decimal.New(1, 4),
}

var one, sixty = decimal.New(1, 0), decimal.New(60, 0)

// highest is more than any figure in a community, and less than the telephone
// number that stands there when columns are crossed.
var highest = decimal.New(1, 9)

func amount(unit string, cell sheet.Cell, text string, values []any) *fault {
	d, unit, ok := measure(unit, cell, text)
	if !ok {
		d, ok = capitals(text)
		unit = "元"
	}
	worth, known := yuan[unit]
	switch {
	case !ok:
		return &fault{"money", "金额，如 200 或 200.50", "请写阿拉伯数字"}
	case !known:
		return &fault{"money-unit", "以元或万元为单位的金额", "不认识这个单位，请换算成元"}
	}
	d = d.Mul(worth)
	switch {
	case d.IsNegative():
		return &fault{"money-negative", "不小于 0 的金额", "退款请在备注里说明，不写负数"}
	case !d.Equal(d.Round(2)):
		return &fault{"money-digits", "最多两位小数的金额", "请核对金额"}
	case d.GreaterThanOrEqual(highest):
		return &fault{"money-size", "合理的金额", "请核对金额"}
	}
	values[0] = d
	return nil
}

// numeral is what a sign of Chinese numerals is worth: one up to nine, or how
// many times the one before it.
var numeral = func() map[rune]int64 {
	worth := map[rune]int64{'两': 2, '十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000, '万': 1e4, '萬': 1e4, '亿': 1e8}
	for _, signs := range []string{"零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖"} {
		for i, sign := range []rune(signs) {
			worth[sign] = int64(i)
		}
	}
	return worth
}()

// capitals reads an amount of yuan in Chinese numerals, 叁佰伍拾元整, also a
// plain 三百五十元. It reports false for what is none.
func capitals(text string) (decimal.Decimal, bool) {
	var yuan, cents, sum, section, one int64 // one: the sign that waits for what it is times
	said := false
	text = strings.TrimRight(currency.Replace(person.Compact(text)), "整正")
	for _, sign := range text {
		worth, known := numeral[sign]
		switch {
		case sign == '元' || sign == '圆':
			if said {
				return decimal.Decimal{}, false
			}
			yuan, sum, section, one, said = sum+section+one, 0, 0, 0, true
		case sign == '角' && said:
			cents, one = cents+10*one, 0
		case sign == '分' && said:
			cents, one = cents+one, 0
		case !known || worth < 10 && one > 0 || yuan+sum+section > 1e12:
			return decimal.Decimal{}, false
		case worth < 10:
			one = worth
		case worth < 1e4:
			section, one = section+max(one, 1)*worth, 0
		case worth == 1e4:
			sum, section, one = sum+(section+one)*worth, 0, 0
		default:
			sum, section, one = (sum+section+one)*worth, 0, 0
		}
	}
	return decimal.New(100*yuan+cents, -2), said && sum+section+one == 0 && yuan+cents > 0
}

var (
	clock       = regexp.MustCompile(`^(\d{1,5}):([0-5]\d)(?::([0-5]\d))?$`)
	hourMinute  = regexp.MustCompile(`^(\d{1,5})(?:个?小时|时|h)(\d{1,2})(?:分钟?|min|m)(?:(\d{1,2})秒)?$`)
	halfHour    = regexp.MustCompile(`^(?:(\d{1,5})个)?半个?小时$|^(\d{1,5})个?小时半$`)
	hourUnits   = map[string]bool{"": true, "小时": true, "个小时": true, "时": true, "h": true, "hours": true}
	minuteUnits = map[string]bool{"分钟": true, "分": true, "min": true, "minutes": true}
	mostHours   = decimal.New(1, 4)
)

// hours reads 2, 1.5小时, 90分钟, 1小时30分, 半小时 and 1:30, also as a cell shows
// it. Minutes give hours rounded to two places.
func hours(unit string, cell sheet.Cell, text string, values []any) *fault {
	d, written := spelled(strings.ToLower(person.Compact(text)))
	ok := true
	if !written {
		d, unit, ok = measure(unit, cell, text)
	}
	switch {
	case written:
	case cell.Type == sheet.Date && overADay.MatchString(text):
		return &fault{"hours-clock", "时长，如 25.5（小时）", "这一格存的时间超过 24 小时，显示的却只是零头；请写成小时数"}
	case !ok || d.IsNegative():
		return &fault{"hours", "时长，如 2 或 1.5（小时）", "请写阿拉伯数字"}
	case minuteUnits[unit]:
		d = d.DivRound(sixty, 2)
	case !hourUnits[unit]:
		return &fault{"hours-unit", "以小时或分钟为单位的时长", "不认识这个单位，请换算成小时"}
	case !d.Equal(d.Round(2)):
		// Also a time whose cell lost its format: a fraction of a day.
		return &fault{"hours-digits", "最多两位小数的时长，如 1.5（小时）", "请写成小时数；原来填的是 1:30 的，写 1.5"}
	}
	if d.GreaterThan(mostHours) {
		return &fault{"hours-size", "合理的时长", "请核对时长和单位"}
	}
	values[0] = d
	return nil
}

// overADay is a time of over 24 hours in a cell that shows the time of day.
var overADay = regexp.MustCompile(`^190[0-5]-\d\d-\d\d \d\d:`)

// spelled reads what is more than a number and its unit.
func spelled(text string) (decimal.Decimal, bool) {
	if m := halfHour.FindStringSubmatch(text); m != nil {
		whole, _ := strconv.ParseInt(m[1]+m[2], 10, 64)
		return decimal.New(10*whole+5, -1), true
	}
	m := clock.FindStringSubmatch(text)
	if m == nil {
		m = hourMinute.FindStringSubmatch(text)
	}
	if m == nil {
		return decimal.Decimal{}, false
	}
	seconds := int64(0)
	for i, worth := range []int64{3600, 60, 1} {
		n, _ := strconv.ParseInt(m[i+1], 10, 64) // 0 where there is none
		seconds += n * worth
	}
	return decimal.New(seconds, 0).DivRound(decimal.New(3600, 0), 2), true
}

var counters = regexp.MustCompile(`^(?:人|口|名|位|户|个月?|月|次|份|张|项)?$`)

func count(cell sheet.Cell, text string, values []any) *fault {
	d, unit, ok := measure("", cell, text)
	if !ok || !d.IsInteger() || d.IsNegative() || d.GreaterThanOrEqual(highest) || !counters.MatchString(unit) {
		return &fault{"count", "整数，如 3", "请写不小于 0 的整数"}
	}
	values[0] = d.IntPart()
	return nil
}

var (
	signed    = regexp.MustCompile(`^([+-]?)(\d+(?:\.\d+)?)(?:分|点)?$`)
	plainSign = strings.NewReplacer("−", "-", "–", "-")
	mostScore = decimal.New(1, 4)
)

// score reads points: 85, 85.5分, +3, -2分. Other units in the heading or the
// cell are refused: 5次 is no score.
func score(unit string, cell sheet.Cell, text string, values []any) *fault {
	bad := &fault{"score", "分数，如 85 或 85.5", "请写阿拉伯数字"}
	m := signed.FindStringSubmatch(plainSign.Replace(person.Compact(number(cell, text))))
	if m == nil || unit != "" && unit != "分" && unit != "点" {
		return bad
	}
	d, err := decimal.NewFromString(m[2])
	switch {
	case err != nil:
		return bad
	case !d.Equal(d.Round(2)):
		return &fault{"score-digits", "最多两位小数的分数", "请核对分数"}
	case d.GreaterThan(mostScore):
		return &fault{"score-size", "合理的分数", "请核对分数"}
	case m[1] == "-":
		d = d.Neg()
	}
	values[0] = d
	return nil
}

var (
	percents = map[string]decimal.Decimal{"": one, "%": decimal.New(1, -2), "百分比": decimal.New(1, -2), "‰": decimal.New(1, -3)}
)

// share reads 95%, 0.95, and 95 under a heading in %. A number over one can
// only be a percentage; one that is not, under a heading in %, may be a 95% whose
// cell lost its format, or a share of less than 1%.
func share(unit string, cell sheet.Cell, text string, values []any) *fault {
	d, written, ok := measure("", cell, strings.TrimPrefix(text, "百分之"))
	if strings.HasPrefix(text, "百分之") || written == "" && d.GreaterThan(one) {
		written = "%"
	}
	worth, known := percents[written]
	switch {
	case !ok || !known || percents[unit].IsZero():
		return &fault{"share", "比率，如 95% 或 0.95", "请写成百分数"}
	case written == "" && unit != "" && d.IsPositive():
		return &fault{"share-ambiguous", "带百分号的比率，如 95%", "分不清是百分数还是小数，请写上百分号"}
	}
	d = d.Mul(worth)
	if d.IsNegative() || d.GreaterThan(one) {
		return &fault{"share-size", "0 到 100% 之间的比率", "请核对比率"}
	}
	values[0] = d.Round(4)
	return nil
}

// squares is what a unit of area is worth in square kilometres.
var squares = map[string]decimal.Decimal{
	"": one, "平方公里": one, "平方千米": one, "km2": one, "公顷": decimal.New(1, -2), "平方米": decimal.New(1, -6), "m2": decimal.New(1, -6),
}

var mostArea = decimal.New(1, 5)

func area(unit string, cell sheet.Cell, text string, values []any) *fault {
	d, unit, ok := measure(unit, cell, text)
	worth, known := squares[unit]
	d = d.Mul(worth)
	switch {
	case !ok || d.IsNegative():
		return &fault{"area", "面积，如 1.5（平方公里）", "请写阿拉伯数字"}
	case !known:
		return &fault{"area-unit", "以平方公里为单位的面积", "不认识这个单位，请换算成平方公里"}
	case d.GreaterThanOrEqual(mostArea):
		return &fault{"area-size", "合理的面积", "请核对面积和单位"}
	}
	values[0] = d.Round(4)
	return nil
}
