package ingest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"xingce/ingest/period"
	"xingce/ingest/person"
	"xingce/ingest/sheet"
)

func testKeys(t testing.TB) *person.Keys {
	t.Helper()
	keys, err := person.NewKeys(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// converted shows what a cell gives: the first field, of a date no more than
// was written, "null", or the fault's code.
func converted(t testing.TB, date1904 bool, col Column, unit string, cell sheet.Cell) string {
	t.Helper()
	if col.Headings == nil {
		col.Headings = []string{"列"}
	}
	values := make([]any, len(col.Fields()))
	f := converter{keys: testKeys(t), date1904: date1904}.convert(located{Column: &col, heading: col.Headings[0], unit: unit}, cell, values)
	if f != nil {
		for _, v := range values {
			if v != nil {
				t.Errorf("%q: the fault %s, and the value %v", cell.Text, f.code, v)
			}
		}
		if f.wanted == "" || f.mend == "" {
			t.Errorf("%q: the fault %s does not say what is wanted and how to mend it: %+v", cell.Text, f.code, f)
		}
		return f.code
	}
	switch v := values[0].(type) {
	case nil:
		return "null"
	case time.Time:
		if values[1] == nil {
			return v.Format(time.DateOnly)
		}
		if first := v.Day() == 1; first == col.Endless || col.Endless && v.AddDate(0, 0, 1).Day() != 1 || values[1] != "month" {
			t.Errorf("%q gives %s to the %v", cell.Text, v, values[1])
		}
		return v.Format("2006-01")
	case decimal.Decimal:
		return v.String()
	case [16]byte:
		return values[1].(string)
	default:
		return fmt.Sprint(v)
	}
}

func text(s string) sheet.Cell { return sheet.Cell{Type: sheet.Text, Text: s} }
func num(s string) sheet.Cell  { return sheet.Cell{Type: sheet.Number, Text: s} }
func date(s string) sheet.Cell { return sheet.Cell{Type: sheet.Date, Text: s} }

func TestDates(t *testing.T) {
	for _, c := range []struct {
		name string
		cell sheet.Cell
		want string
	}{
		{"a cell shown as a date", date("2025-10-08"), "2025-10-08"},
		{"with its time", date("2025-10-08 15:04:05"), "2025-10-08"},
		{"a time of day alone", date("15:04:05"), "date"},
		{"dots", text("2024.3.8"), "2024-03-08"},
		{"Chinese", text("2024年3月8日"), "2024-03-08"},
		{"Chinese, spoken", text("2024年3月8号"), "2024-03-08"},
		{"Chinese, spaced", text("2024 年 3 月 8 日"), "2024-03-08"},
		{"dashes", text("2024-03-08"), "2024-03-08"},
		{"long dashes", text("2024—3—8"), "2024-03-08"},
		{"marks of Chinese", text("2024。3、8"), "2024-03-08"},
		{"kept as text by a mark", text("'2024-03-08"), "2024-03-08"},
		{"slashes", text("2024/3/8"), "2024-03-08"},
		{"packed", text("20240308"), "2024-03-08"},
		{"packed, a number", num("20240308"), "2024-03-08"},
		{"full width", text("２０２４．３．８"), "2024-03-08"},
		{"with a time", text("2024-3-1 12:30"), "2024-03-01"},
		{"with a time in Chinese", text("2024年3月8日 上午9时"), "2024-03-08"},
		{"with a span of time", text("2024年3月8日9:00-11:00"), "2024-03-08"},
		{"as programs write it", text("2024-03-08T10:00:00"), "2024-03-08"},
		{"with a weekday", text("2024年3月8日（星期五）"), "2024-03-08"},
		{"with a weekday and a time", text("2024.3.8 周五 9:00"), "2024-03-08"},
		{"no space before the time", text("2024-3-112:30"), "date"},
		{"year and month", text("2024-3"), "2024-03"},
		{"year and month, Chinese", text("2024年10月"), "2024-10"},
		{"year and month, packed", num("202403"), "2024-03"},
		{"year and month, a text with a dot", text("2024.1"), "2024-01"},
		{"year and month, a number", num("2024.11"), "2024-11"},
		{"a cell shown as a month", date("2024-11"), "2024-11"},
		{"the first of a month", text("2024-11-1"), "2024-11-01"},
		{"a number that was 2024.10 or 2024.1", num("2024.1"), "date-ambiguous"},
		{"serial", num("45359"), "2024-03-08"},
		{"serial with a time", num("45359.75"), "2024-03-08"},
		{"serial with noise", num("45358.999999999996"), "2024-03-08"},
		{"a year alone is no serial", num("2005"), "date-year"},
		{"a year alone", text("2005年"), "date-year"},
		{"a small number", num("366"), "date"},
		{"a number of four digits", num("9999"), "date"},
		{"a serial too far", num("99999"), "date"},
		{"day first, over 12", text("13/3/2024"), "2024-03-13"},
		{"month first, day over 12", text("3/13/2024"), "2024-03-13"},
		{"day and month are equal", text("8/8/2024"), "2024-08-08"},
		{"day or month first", text("8/3/2024"), "date-ambiguous"},
		{"no such day", text("2025-02-29"), "date"},
		{"no such month", text("2025.13.1"), "date"},
		{"no such day, packed", text("20250230"), "date"},
		{"long ago", text("1492-10-12"), "date"},
		{"far off", text("2204-03-08"), "date"},
		{"a year of two digits", text("24.3.8"), "date"},
		{"several days", text("2024.3.8-2024.3.10"), "date"},
		{"no year", text("10月15日"), "date-no-year"},
		{"no year, spoken", text("10月15号"), "date-no-year"},
		{"no year, dashes", text("10-15"), "date-no-year"},
		{"no year, dots", text("3.8"), "date-no-year"},
		{"no year, a number", num("3.8"), "date-no-year"},
		{"no year, slashes", text("10/15"), "date-no-year"},
		{"no year, with a time", text("10月15日 9:00"), "date-no-year"},
		{"no year, with a weekday", text("10.15（周三）"), "date-no-year"},
		{"no year, the leap day", text("2月29日"), "date-no-year"},
		{"no year, a month", text("10月份"), "date-no-year"},
		{"no year, no such month", text("13.45"), "date"},
		{"no year, no such day", text("2月30日"), "date"},
		{"a serial that became text", text("45359"), "date-serial"},
		{"a serial that became text, with a time", text("45359.75"), "date-serial"},
		{"digits that are no serial of our times", text("99999"), "date"},
		{"words", text("去年"), "date"},
		{"a phone", text("13800000000"), "date"},
		{"nothing", text(""), "null"},
		{"无", text("无"), "null"},
		{"a dash", text("—"), "null"},
		{"a broken formula", sheet.Cell{Type: sheet.Error, Text: "#N/A"}, "cell-error"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := converted(t, false, Column{Type: Date}, "", c.cell); got != c.want {
				t.Errorf("%s cell %q gives %s, want %s", c.cell.Type, c.cell.Text, got, c.want)
			}
		})
	}
	if got := converted(t, true, Column{Type: Date}, "", num("43897")); got != "2024-03-08" {
		t.Errorf("serial 43897 of the 1904 epoch gives %s, want 2024-03-08", got)
	}
}

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		name, unit string
		cell       sheet.Cell
		want       string
	}{
		{"a number", "", num("200"), "200"},
		{"a text", "", text("200.50"), "200.5"},
		{"￥", "", text("￥200"), "200"},
		{"¥", "", text("¥ 1,234.50"), "1234.5"},
		{"元", "", text("200元"), "200"},
		{"元整", "", text("人民币200元整"), "200"},
		{"万元 in the cell", "", text("1.5万元"), "15000"},
		{"万 in the cell", "", text("0.00012万"), "1.2"},
		{"万元 in the heading", "万元", num("3.5"), "35000"},
		{"千元 in the heading", "千元", num("3.5"), "3500"},
		{"the cell's unit goes before the heading's", "万元", text("200元"), "200"},
		{"元 in the heading", "元", num("200"), "200"},
		{"小写 is no unit", "小写", num("200"), "200"},
		{"another currency", "美元", num("200"), "money-unit"},
		{"another currency in the cell", "", text("200美元"), "money-unit"},
		{"about", "", text("200余元"), "money-unit"},
		{"thousands marks", "", text("1,234,567"), "1234567"},
		{"thousands marks, full width", "", text("１，２３４．５０"), "1234.5"},
		{"marks in the wrong place", "", text("12,34"), "money-unit"},
		{"a decimal comma", "", text("3,5"), "money-unit"},
		{"noise of fractions", "", num("2087.0300000000002"), "2087.03"},
		{"more noise", "", num("0.30000000000000004"), "0.3"},
		{"shortened", "", num("2.5E+3"), "2500"},
		{"zero", "", num("0"), "0"},
		{"too many decimals", "", num("200.005"), "money-digits"},
		{"too many decimals after 万", "", text("0.0000015万元"), "money-digits"},
		{"negative", "", num("-200"), "money-negative"},
		{"negative, bookkeepers' way", "", text("(200)"), "money"},
		{"out of all reason", "", num("1e300"), "money-size"},
		{"a telephone number", "", num("10013572468"), "money-size"},
		{"a great sum", "", num("123456789.01"), "123456789.01"},
		{"about, before", "", text("约200"), "money"},
		{"Chinese numerals", "", text("贰佰元整"), "200"},
		{"all of them", "", text("人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖圆零壹分"), "123456789.01"},
		{"plain ones", "", text("三百零五元五角"), "305.5"},
		{"whatever the heading's unit", "万元", text("拾贰元整"), "12"},
		{"numerals without 元", "", text("二百五"), "money"},
		{"numerals in no order", "", text("五二元"), "money"},
		{"no numerals", "", text("元整"), "money"},
		{"numerals, and 余", "", text("三百余元"), "money"},
		{"a date", "", date("2025-10-08"), "money-unit"},
		{"nothing", "", text("/"), "null"},
		{"blank", "", text("　"), "null"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := converted(t, false, Column{Type: Money}, c.unit, c.cell); got != c.want {
				t.Errorf("%s cell %q under 金额（%s） gives %s, want %s", c.cell.Type, c.cell.Text, c.unit, got, c.want)
			}
		})
	}
}

func TestHours(t *testing.T) {
	for _, c := range []struct {
		name, unit string
		cell       sheet.Cell
		want       string
	}{
		{"a number", "", num("2"), "2"},
		{"half", "小时", num("1.5"), "1.5"},
		{"小时 in the cell", "", text("2小时"), "2"},
		{"个小时 in the cell", "", text("2个小时"), "2"},
		{"h", "", text("2.5H"), "2.5"},
		{"minutes in the heading", "分钟", num("90"), "1.5"},
		{"minutes in the cell", "小时", text("90分钟"), "1.5"},
		{"hours in the cell, minutes in the heading", "分钟", text("2小时"), "2"},
		{"minutes are rounded", "分钟", num("20"), "0.33"},
		{"a year's minutes", "分钟", num("12000"), "200"},
		{"hours and minutes", "", text("1小时30分钟"), "1.5"},
		{"hours and minutes, short", "", text("1h30m"), "1.5"},
		{"hours, minutes and seconds", "", text("1小时29分60秒"), "1.5"},
		{"half an hour", "", text("半小时"), "0.5"},
		{"half an hour, spoken", "", text("半个小时"), "0.5"},
		{"an hour and a half", "", text("1个半小时"), "1.5"},
		{"an hour and a half, otherwise", "", text("1小时半"), "1.5"},
		{"a clock", "", text("1:30"), "1.5"},
		{"a clock, full width", "", text("１：３０"), "1.5"},
		{"a clock, Excel's", "", date("01:30:00"), "1.5"},
		{"a clock with seconds", "", date("01:30:36"), "1.51"},
		{"a clock of over a day", "", text("36:15"), "36.25"},
		{"a clock of over a day, as a text file has it", "", text("125:30:00"), "125.5"},
		{"over a day, in a cell that shows 1:30", "", date("1900-01-01 01:30:00"), "hours-clock"},
		{"over a day, in a cell of the other epoch", "", date("1904-01-02 01:30:00"), "hours-clock"},
		{"a clock out of all reason", "", text("10001:00"), "hours-size"},
		{"no clock", "", text("1:75"), "hours-unit"},
		{"zero", "", num("0"), "0"},
		{"days are not hours", "天", num("2"), "hours-unit"},
		{"times are not hours", "", text("3次"), "hours-unit"},
		{"a fraction of a day, as [h]:mm is stored", "", num("0.0625"), "hours-digits"},
		{"negative", "", num("-1"), "hours"},
		{"out of all reason", "", num("10001"), "hours-size"},
		{"words", "", text("半天"), "hours"},
		{"a day", "", date("2025-10-08"), "hours-unit"},
		{"nothing", "", text("-"), "null"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := converted(t, false, Column{Type: Hours}, c.unit, c.cell); got != c.want {
				t.Errorf("%s cell %q under 时长（%s） gives %s, want %s", c.cell.Type, c.cell.Text, c.unit, got, c.want)
			}
		})
	}
}

func TestOtherTypes(t *testing.T) {
	kind := Column{Type: Text, Words: [][]string{{"流动", "外来"}, {"户籍"}}}
	for _, c := range []struct {
		name string
		col  Column
		cell sheet.Cell
		want string
	}{
		{"a count", Column{Type: Count}, num("3"), "3"},
		{"a count of people", Column{Type: Count}, text("3人"), "3"},
		{"a count of months", Column{Type: Count}, text("12个月"), "12"},
		{"a count, full width", Column{Type: Count}, text("１２"), "12"},
		{"a count with noise", Column{Type: Count}, num("3.0000000000000004"), "3"},
		{"half a person", Column{Type: Count}, num("3.5"), "count"},
		{"fewer than none", Column{Type: Count}, num("-1"), "count"},
		{"a telephone number for a count", Column{Type: Count}, num("10013572468"), "count"},
		{"a count in 万", Column{Type: Count}, text("3万"), "count"},
		{"a share for a count", Column{Type: Count}, text("5%"), "count"},
		{"about so many", Column{Type: Count}, text("3+"), "count"},

		{"a man", Column{Type: Sex}, text(" 男 "), "男"},
		{"a woman", Column{Type: Sex}, text("女性"), "女"},
		{"a bare code, which systems disagree on", Column{Type: Sex}, num("1"), "sex"},
		{"another word", Column{Type: Sex}, text("不详"), "sex"},

		{"a word", kind, text("流动"), "流动"},
		{"a word for it", kind, text("外 来"), "流动"},
		{"not one of the words", kind, text("常驻"), "word"},
		{"no word", kind, text("无"), "null"},

		{"a text", Column{Type: Text}, text("  3栋  2单元 "), "3栋 2单元"},
		{"a text with a line break", Column{Type: Text}, text("重阳节\n慰问"), "重阳节 慰问"},
		{"a number for a text", Column{Type: Text}, num("501"), "501"},
		{"a number for a text, shortened", Column{Type: Text}, num("1.001E+5"), "100100"},
		{"3-2 that Excel took for a date", Column{Type: Text}, date("2025-03-02"), "became-date"},
		{"a text with an ID number", Column{Type: Text}, text("户主999101199001010017"), "户主99*************017"},
		{"a long code that is no ID number", Column{Type: Text}, text("510101000000000123"), "510101000000000123"},
		{"n/a", Column{Type: Text}, text("n/a"), "null"},
		{"dashes", Column{Type: Text}, text("——"), "null"},

		{"a name", Column{Type: PersonName}, text("张　三"), "张三"},
		{"a name with a phone", Column{Type: PersonName}, text("张三13800001234"), "张三138****1234"},

		{"an ID number", Column{Type: IDNumber}, text("999101199001010017"), "99*************017"},
		{"an ID number, damaged", Column{Type: IDNumber}, num("9.99101199001010E+17"), "id-damaged"},
		{"an ID number that looks right, stored as a number", Column{Type: IDNumber}, num("999101199001010017"), "id-damaged"},
		{"a number whose tail is gone and that looks right by chance", Column{Type: IDNumber}, num("999101199001018000"), "id-damaged"},
		{"the same as a text is right", Column{Type: IDNumber}, text("999101199001018000"), "99*************000"},
		{"an ID number, damaged, in a text file", Column{Type: IDNumber}, text("9.99101E+17"), "id-damaged"},
		{"an old ID number as a number", Column{Type: IDNumber}, num("999101900101001"), "99*************017"},
		{"a short number is not a damaged one", Column{Type: IDNumber}, num("12345"), "id-check"},
		{"a wrong ID number", Column{Type: IDNumber}, text("999101199001010018"), "id-check"},

		{"a phone", Column{Type: Phone}, text("13800001234"), "138****1234"},
		{"a phone as a number", Column{Type: Phone}, num("1.3800001234E+10"), "138****1234"},
		{"two phones, line by line", Column{Type: Phone}, text("13800001234\n13900001234"), "138****1234 等 2 个"},
		{"two phones, full width", Column{Type: Phone}, text("１３８００００１２３４；13900001234"), "138****1234 等 2 个"},
		{"one phone twice", Column{Type: Phone}, text("13800001234、138-0000-1234"), "138****1234"},
		{"two phones, one cut short", Column{Type: Phone}, text("13800001234、1390000123"), "phone"},
		{"a local number", Column{Type: Phone}, text("8765432"), "***5432"},
		{"too short for a phone", Column{Type: Phone}, text("110"), "phone"},

		{"an address", Column{Type: Address}, text("象山镇幸福路12号"), "象山镇****"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := converted(t, false, c.col, "", c.cell); got != c.want {
				t.Errorf("%s cell %q gives %s, want %s", c.cell.Type, c.cell.Text, got, c.want)
			}
		})
	}
}

// The same person written in two ways joins: one key.
func TestOneKeyForAllWritings(t *testing.T) {
	c := converter{keys: testKeys(t)}
	for _, same := range []struct {
		typ      Type
		writings []sheet.Cell
	}{
		{IDNumber, []sheet.Cell{text("999101199001010017"), text("９９９１０１１９９００１０１００１７"), text("999101 19900101 0017"), text("999101900101001"), num("999101900101001")}},
		{Phone, []sheet.Cell{text("13800001234"), text("+86 138-0000-1234"), num("13800001234"), text("13800001234（本人）")}},
		{Address, []sheet.Cell{text("幸福路12号"), text("幸福路１２号"), text("幸福路 12 号")}},
	} {
		var first any
		for _, cell := range same.writings {
			values := make([]any, 6)
			if f := c.convert(located{Column: &Column{Type: same.typ, Headings: []string{"列"}}}, cell, values); f != nil {
				t.Errorf("%q: %s", cell.Text, f.code)
			} else if first == nil {
				first = values[0]
			} else if values[0] != first {
				t.Errorf("%q has another key than %q", cell.Text, same.writings[0].Text)
			}
		}
	}
}

// A person is known by the first mobile of a cell, whatever stands beside it;
// no number of the cell is lost.
func TestPhonesOfACell(t *testing.T) {
	keys := testKeys(t)
	col := located{Column: &Column{Type: Phone, Headings: []string{"联系电话"}}}
	for _, c := range []struct{ cell, sealed, mask string }{
		{"13800001234", "13800001234", "138****1234"},
		{"13800001234、13900001234", "13800001234、13900001234", "138****1234 等 2 个"},
		{"0816-8765432 / 138 0000 1234（本人）", "13800001234、08168765432", "138****1234 等 2 个"},
		{"父 13800001234\n母 13900001234\n家 8765432", "13800001234、13900001234、8765432", "138****1234 等 3 个"},
	} {
		values := make([]any, 3)
		if f := (converter{keys: keys}).convert(col, text(c.cell), values); f != nil {
			t.Errorf("%q: %+v", c.cell, f)
			continue
		}
		opened, err := keys.Open(person.PhoneSort, values[2].([]byte))
		if err != nil || opened != c.sealed || values[1] != c.mask {
			t.Errorf("%q is sealed as %q, %v, and shown as %v; want %q and %q", c.cell, opened, err, values[1], c.sealed, c.mask)
		}
		if want := keys.Hide(person.PhoneSort, "13800001234").Key; values[0] != want {
			t.Errorf("%q has another key than its first mobile alone", c.cell)
		}
	}
}

func TestKeyColumnsHoldNoIDNumber(t *testing.T) {
	col := located{Column: &Column{Type: Text, Headings: []string{"户号"}}, key: true}
	for cell, want := range map[string]string{"999101199001010017": "private-key", "13800001234": "private-key", "3-2-501": "", "510101000000000123": ""} {
		got := ""
		if f := (converter{keys: testKeys(t)}).convert(col, text(cell), make([]any, 1)); f != nil {
			got = f.code
		}
		if got != want {
			t.Errorf("户号 %q: fault %q, want %q", cell, got, want)
		}
	}
}

func FuzzConvert(f *testing.F) {
	for _, s := range []string{
		"", "无", "999101199001010017", "9.99101E+17", "13800001234；0816-8765432", "象山镇幸福路12号", "2024.3.8", "45359", "8/3/2024",
		"￥1,234.50", "3.5万元", "1小时30分", "90分钟", "1:30", "2087.0300000000002", "1e300", "-", "５栋", "男", "√", "未登记", "+3", "−2.5分", "95%", "百分之九十五", "0.95", "1.5平方公里", "150公顷", "34m²",
		"贰佰零壹万元伍角整", "1", "长期", "10月15日", "10.1", "半小时", "1900-01-01 01:30:00", "125:30:00", "13800001234 139 0000 1234", "13800001234、1390000123", "外来", "24.3.8",
	} {
		for typ := range uint8(types) {
			f.Add(s, typ, uint8(sheet.Text), uint8(0), false)
			f.Add(s, typ, uint8(sheet.Number), uint8(1), true)
			f.Add(s, typ, uint8(sheet.Date), uint8(2), true)
		}
	}
	keys, units := testKeys(f), []string{"", "万元", "分钟", "分", "%", "公顷", "天"}
	allowed := map[Type][]string{Sex: {"男", "女"}, YesNo: {"是", "否"}}
	f.Fuzz(func(t *testing.T, s string, typ, cellType, unit uint8, declared bool) {
		col := Column{Name: "x", Headings: []string{"列"}, Type: Type(typ % uint8(types))}
		allowed := allowed[col.Type]
		if declared {
			col.Endless, col.InPeriod = col.Type == Date, col.Type == Date
			if col.Type == Text {
				col.Words, allowed = [][]string{{"流动", "外来"}, {"户籍"}}, []string{"流动", "户籍"}
			}
		}
		fields := col.Fields()
		values := make([]any, len(fields))
		cell := sheet.Cell{Type: sheet.CellType(cellType % 6), Text: s}
		fault := converter{keys: keys, period: period.Quarter(2025, 4), date1904: declared}.convert(located{Column: &col, unit: units[unit%7], key: declared}, cell, values)
		if fault != nil && (fault.code == "" || fault.wanted == "" || fault.mend == "") {
			t.Errorf("type %d, %q: a fault without its sentence: %+v", col.Type, s, fault)
		}
		if word, ok := values[0].(string); ok && allowed != nil && !slices.Contains(allowed, word) {
			t.Errorf("type %d, %q gives %q, which is none of %v", col.Type, s, word, allowed)
		}
		for i, v := range values {
			if v == nil {
				continue
			}
			if fault != nil {
				t.Fatalf("type %d, %q: the fault %s, and the value %v", col.Type, s, fault.code, v)
			}
			var right bool
			switch fields[i].Type {
			case TextField:
				_, right = v.(string)
			case UUIDField:
				_, right = v.([16]byte)
			case BytesField:
				_, right = v.([]byte)
			case DateField:
				_, right = v.(time.Time)
			case DecimalField:
				var d decimal.Decimal
				if d, right = v.(decimal.Decimal); right && (d.IsNegative() && col.Type != Score || col.Type == Share && d.GreaterThan(decimal.New(1, 0)) || !d.Equal(d.Round(fields[i].Scale)) || d.GreaterThan(decimal.New(1, 15))) {
					t.Errorf("type %d, %q: %s does not fit DECIMAL(18,%d)", col.Type, s, d, fields[i].Scale)
				}
			case IntField:
				_, right = v.(int64)
			}
			if !right {
				t.Errorf("type %d, %q: %s is %T", col.Type, s, fields[i].Name, v)
			}
		}
		switch col.Type {
		case IDNumber, Phone, Address:
			if values[0] == nil {
				return
			}
			opened, err := keys.Open(map[Type]person.Sort{IDNumber: person.IDSort, Phone: person.PhoneSort, Address: person.AddressSort}[col.Type], values[2].([]byte))
			if err != nil {
				t.Fatalf("type %d, %q: what was sealed does not open: %v", col.Type, s, err)
			}
			mask, key := values[1].(string), values[0].([16]byte)
			if utf8.RuneCountInString(opened) < 2 {
				return
			}
			if col.Type == Address { // of which the town may be shown
				town := strings.TrimSuffix(mask, "****")
				if town == mask || town != "" && (strings.ContainsFunc(town, unicode.IsDigit) || !strings.HasSuffix(town, "镇") && !strings.HasSuffix(town, "乡") && !strings.HasSuffix(town, "街道")) {
					t.Errorf("%q is shown as %q", opened, mask)
				}
				mask = ""
			}
			if col.Type == Phone {
				for number := range strings.SplitSeq(opened, "、") {
					if strings.Contains(mask, number) {
						t.Errorf("%q is shown as %q", opened, mask)
					}
				}
			}
			if strings.Contains(mask, opened) || strings.Contains(string(key[:]), opened) || len(opened) > 3 && bytes.Contains(values[2].([]byte), []byte(opened)) {
				t.Errorf("type %d, %q: %q is stored in clear: mask %q", col.Type, s, opened, mask)
			}
		}
	})
}
