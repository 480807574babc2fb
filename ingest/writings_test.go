package ingest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest/person"
	"xingce/ingest/sheet"
)

// How offices write, and what is stored. A line is the heading, what stands in
// the cell and what becomes of it: null is nothing, a word after ✗ the fault
// that the clerk is told of. A cell after # is a number, after @ a cell that
// Excel shows as a date or a time; ␣ is a space of Chinese width, ⏎ a line
// break.
const writings = `
日期         | 2024.3.8               | 2024-03-08
日期         | 2024.03.08             | 2024-03-08
日期         | 2024年3月8日           | 2024-03-08
日期         | 2024年3月8号           | 2024-03-08
日期         | 2024-3-8               | 2024-03-08
日期         | 2024/3/8 9:30          | 2024-03-08
日期         | ２０２４．３．８       | 2024-03-08
日期         | 2024—3—8               | 2024-03-08
日期         | 2024、3、8             | 2024-03-08
日期         | 20240308               | 2024-03-08
日期         | #20240308              | 2024-03-08
日期         | @2024-03-08            | 2024-03-08
日期         | @2024-03-08 14:30:00   | 2024-03-08
日期         | #45359                 | 2024-03-08
日期         | #45066                 | 2023-05-20
日期         | #44087                 | 2020-09-13
日期         | 45359                  | ✗ date-serial
日期         | 2024-3                 | 2024-03
日期         | 2024年3月              | 2024-03
日期         | 2024年3月份            | 2024-03
日期         | 2024.10                | 2024-10
日期         | 202410                 | 2024-10
日期         | #2024.11               | 2024-11
日期         | @2024-03               | 2024-03
日期         | @2024-03-01            | 2024-03-01
日期         | #2024.1                | ✗ date-ambiguous
日期         | 8/3/2024               | ✗ date-ambiguous
日期         | 13/3/2024              | 2024-03-13
日期         | 3/13/2024              | 2024-03-13
日期         | 10月15日               | ✗ date-no-year
日期         | 10-15                  | ✗ date-no-year
日期         | #3.8                   | ✗ date-no-year
日期         | 10月                   | ✗ date-no-year
日期         | 2024                   | ✗ date-year
日期         | 24.3.8                 | ✗ date
日期         | 2023-02-29             | ✗ date
日期         | 长期                   | ✗ date
到期日期     | 长期                   | null
到期日期     | 长 期                  | null
到期日期     | 长期有效               | null
到期日期     | 2030.3.8               | 2030-03-08
到期日期     | 短期                   | ✗ date
到期日期     | 2030.2                 | 2030-02

金额         | 200                    | 200
金额         | #2087.0300000000002    | 2087.03
金额         | ￥1,234.50             | 1234.5
金额         | ¥200                   | 200
金额         | 200元                  | 200
金额         | １，２００元           | 1200
金额         | 人民币200元整          | 200
金额         | 3.5万元                | 35000
金额         | 200余元                | ✗ money-unit
金额         | 贰佰元整               | 200
金额（元）   | #200                   | 200
金额（万元） | #8.9                   | 89000
金额（万元） | 200元                  | 200

时长         | 2                      | 2
时长         | 1.5小时                | 1.5
时长         | 2个小时                | 2
时长         | 90分钟                 | 1.5
时长         | 1小时30分              | 1.5
时长         | 1:30                   | 1.5
时长         | @01:30:00              | 1.5
时长         | 36:00:00               | 36
时长         | 半小时                 | 0.5
时长         | 1个半小时              | 1.5
时长         | 半天                   | ✗ hours
时长（分钟） | #90                    | 1.5
时长（分钟） | #20                    | 0.33
时长（小时） | #2.5                   | 2.5
时长（天）   | #2                     | ✗ hours-unit

人数         | 3                      | 3
人数         | 3人                    | 3
人数         | ３ 人                  | 3
人数         | 1,200                  | 1200
人数         | #3.0                   | 3
人数         | 0                      | 0
人数         | 200余人                | ✗ count
人数         | 3.5                    | ✗ count

出勤率       | 95%                    | 0.95
出勤率       | 95.5％                 | 0.955
出勤率       | #0.95                  | 0.95
出勤率       | #95                    | 0.95
出勤率       | 120%                   | ✗ share-size
出勤率（%）  | #95                    | 0.95
出勤率（%）  | #0.95                  | ✗ share-ambiguous

是否         | 是                     | 是
是否         | 否                     | 否
是否         | 有                     | 是
是否         | 无                     | 否
是否         | √                      | 是
是否         | ✓                      | 是
是否         | ×                      | 否
是否         | 已登记                 | 是
是否         | 未登记                 | 否
是否         | #1                     | ✗ yes-no

性别         | 男                     | 男
性别         | 女性                   | 女
性别         | ␣男␣                   | 男
性别         | #1                     | ✗ sex
性别         | 2                      | ✗ sex
性别         | 未知                   | ✗ sex

姓名         | 张三                   | 张三
姓名         | 张␣␣三                 | 张三
姓名         | 张三、李四             | ✗ several-persons
姓名         | 张三，李四             | ✗ several-persons
姓名         | 王五等3人              | ✗ several-persons
姓名         | 张三等                 | ✗ several-persons
姓名         | 李等                   | 李等
捐款人       | 张三、李四             | 张三、李四
姓名         | 张 三                  | 张三
姓名         | 张⏎三                  | 张三
姓名         | 阿依古丽•买买提        | 阿依古丽·买买提
姓名         | 阿依古丽・买买提       | 阿依古丽·买买提

身份证号     | 999101199001010017     | 99*************017
身份证号     | 999101 19900101 0017   | 99*************017
身份证号     | ９９９１０１１９９００１０１００１７ | 99*************017
身份证号     | '999101199001010017    | 99*************017
身份证号     | 99910119900101013x     | 99*************13X
身份证号     | 999101900101001        | 99*************017
身份证号     | #999101900101001       | 99*************017
身份证号     | #999101199001010017    | ✗ id-damaged
身份证号     | 9.99101E+17            | ✗ id-damaged
身份证号     | 999101199001010000     | ✗ id-damaged
身份证号     | 999101199001010018     | ✗ id-check
身份证号     | E12345678              | ✗ id-check
证件号码     | 999101199001010017     | 99*************017
证件号码     | 999101199001010018     | ✗ id-check
证件号码     | 9.99101E+17            | ✗ id-damaged
证件号码     | E12345678              | ******678
证件号码     | ea1234567              | ******567
证件号码     | Ｅ１２３４５６７８     | ******678
证件号码     | H12345678              | ******678
证件号码     | M 1234 5678 01         | ********801
证件号码     | 01234567               | *****567
证件号码     | #12345678              | *****678
证件号码     | USA310012345678        | ************678
证件号码     | E1234567               | ✗ id-check
证件号码     | 99910119900101         | ✗ id-check
有效证件号   | E12345678              | ******678

联系电话     | 13800001234            | 138****1234
联系电话     | #13800001234           | 138****1234
联系电话     | 138 0000 1234          | 138****1234
联系电话     | 0816-8765432           | 081****5432
联系电话     | 13800001234;13900001234 | 138****1234 等 2 个
联系电话     | 13800001234、13900001234 | 138****1234 等 2 个
联系电话     | 13800001234/0816-8765432 | 138****1234 等 2 个
联系电话     | 0816-8765432/13800001234 | 138****1234 等 2 个
联系电话     | 13800001234⏎13900001234 | 138****1234 等 2 个
联系电话     | '13800001234           | 138****1234
联系电话     | '13800001234、'13900001234 | 138****1234 等 2 个
联系电话     | 1.38E+10               | ✗ phone-damaged
联系电话     | 8.613800001e+12        | ✗ phone-damaged
联系电话     | 13800001234、1390000123 | ✗ phone
联系电话     | 1390000123             | ✗ phone

备注         | 无                     | null
备注         | 暂无                   | null
备注         | –                      | null
备注         | ——                     | null
备注         | /                      | null
备注         | ␣                      | null
备注         | #501                   | 501
备注         | @2025-03-02            | ✗ became-date
`

// columns are those that the table above speaks of.
var columns = map[string]Column{
	"日期": {Type: Date}, "到期日期": {Type: Date, Endless: true}, "金额": {Type: Money}, "时长": {Type: Hours}, "人数": {Type: Count}, "出勤率": {Type: Share},
	"是否": {Type: YesNo}, "性别": {Type: Sex}, "姓名": {Type: PersonName, Required: true}, "捐款人": {Type: PersonName}, "身份证号": {Type: IDNumber}, "证件号码": {Type: IDNumber}, "有效证件号": {Type: IDNumber}, "联系电话": {Type: Phone}, "备注": {Type: Text},
}

func TestWritingsOfOffices(t *testing.T) {
	words, shown := dictionary{}, strings.NewReplacer("␣", "\u3000", "⏎", "\n")
	for line := range strings.SplitSeq(strings.TrimSpace(writings), "\n") {
		if line == "" {
			continue
		}
		parts := strings.Split(line, "|")
		if len(parts) != 3 {
			t.Fatalf("no line of the table: %s", line)
		}
		heading, written, want := words.read(parts[0]), strings.TrimSpace(parts[1]), strings.TrimPrefix(strings.TrimSpace(parts[2]), "✗ ")
		col, ok := columns[heading.name]
		if !ok {
			t.Fatalf("no column %s", parts[0])
		}
		col.Headings = []string{heading.name}
		cell := text(shown.Replace(written))
		switch written[0] {
		case '#':
			cell = num(written[1:])
		case '@':
			cell = date(written[1:])
		}
		if got := converted(t, false, col, heading.unit, cell); got != want {
			t.Errorf("%s: %q gives %s, want %s", strings.TrimSpace(parts[0]), written, got, want)
		}
	}
}

// Any day, in any writing that has it whole, is that day; without its year or
// its day it is no other.
func TestWritingsOfOneDay(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	first := time.Date(1927, 5, 18, 0, 0, 0, 0, time.UTC) // serials of five digits begin
	for range 2000 {
		d := first.AddDate(0, 0, random.IntN(63000))
		day := d.Format(time.DateOnly)
		serial := int(d.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()) / 24
		for _, form := range []string{"2006-01-02", "2006.1.2", "2006/1/2", "2006年1月2日", "2006年01月02号", "20060102", "2006-1-2 15:04", "2006-01-02T15:04:05", " 2006 年 1 月 2 日 ", "2006.1.2 9:00-11:00"} {
			if got := converted(t, false, Column{Type: Date}, "", text(d.Format(form))); got != day {
				t.Fatalf("%q gives %s, want %s", d.Format(form), got, day)
			}
		}
		for _, c := range []struct {
			cell     sheet.Cell
			date1904 bool
			want     string
		}{
			{date(day), false, day},
			{num(d.Format("20060102")), false, day},
			{num(fmt.Sprint(serial)), false, day},
			{num(fmt.Sprintf("%d.4375", serial)), false, day},
			{num(fmt.Sprint(serial - 1462)), true, map[bool]string{true: day, false: "date"}[serial-1462 > 9999]},
			{text(fmt.Sprint(serial)), false, "date-serial"},
			{text(d.Format("2006年1月")), false, d.Format("2006-01")},
			{text(d.Format("2006-01")), false, d.Format("2006-01")},
			{text(d.Format("200601")), false, d.Format("2006-01")},
			{text(d.Format("1月2日")), false, "date-no-year"},
			{text(d.Format("1.2")), false, "date-no-year"},
			{text(d.Format("06.1.2")), false, "date"},
			{text(d.Format("2006")), false, "date-year"},
		} {
			if got := converted(t, c.date1904, Column{Type: Date}, "", c.cell); got != c.want {
				t.Fatalf("%s cell %q of %s (epoch 1904: %t) gives %s, want %s", c.cell.Type, c.cell.Text, day, c.date1904, got, c.want)
			}
		}
	}
}

// Any sum of money and any count, in any writing, is that figure.
func TestWritingsOfOneSum(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９", ".", "．", ",", "，")
	for range 2000 {
		cents := random.Int64N(1e9)
		d, n := decimal.New(cents, -2), decimal.New(cents/100, 0)
		grouped := inThousands(n.String()) + d.StringFixed(2)[len(n.String()):]
		for _, c := range []struct {
			typ  Type
			unit string
			cell sheet.Cell
			want decimal.Decimal
		}{
			{Money, "", num(d.String()), d},
			{Money, "元", num(d.String()), d},
			{Money, "万元", num(d.Shift(-4).String()), d},
			{Money, "", num(fmt.Sprintf("%.17g", d.InexactFloat64())), d},
			{Money, "万元", text(d.String() + "元"), d},
			{Money, "", text("￥" + grouped), d},
			{Money, "", text(grouped + " 元整"), d},
			{Money, "", text(wide.Replace(grouped)), d},
			{Money, "", text(d.Shift(-4).String() + "万元"), d},
			{Count, "", num(n.String()), n},
			{Count, "", text(inThousands(n.String()) + "人"), n},
			{Count, "", text(wide.Replace(n.String()) + " 户"), n},
		} {
			if got := converted(t, false, Column{Type: c.typ}, c.unit, c.cell); got != c.want.String() {
				t.Fatalf("%s cell %q under （%s） gives %s, want %s", c.cell.Type, c.cell.Text, c.unit, got, c.want)
			}
		}
	}
}

func inThousands(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Any span of time, in any writing, is the same hours.
func TestWritingsOfOneSpan(t *testing.T) {
	for minutes := range 60 * 60 {
		h, m := minutes/60, minutes%60
		want := decimal.New(int64(minutes), 0).DivRound(decimal.New(60, 0), 2).String()
		cells := []sheet.Cell{
			text(fmt.Sprintf("%d小时%d分", h, m)), text(fmt.Sprintf("%d个小时%d分钟", h, m)), text(fmt.Sprintf("%d 时 %d 分", h, m)),
			text(fmt.Sprintf("%d:%02d", h, m)), text(fmt.Sprintf("%02d：%02d：00", h, m)), text(fmt.Sprintf("%d分钟", minutes)),
		}
		if h < 24 {
			cells = append(cells, date(fmt.Sprintf("%02d:%02d:00", h, m)))
		}
		if minutes%3 == 0 { // in hours it has two places
			cells = append(cells, num(want), text(want+"小时"))
		}
		if m == 30 && h > 0 {
			cells = append(cells, text(fmt.Sprintf("%d个半小时", h)), text(fmt.Sprintf("%d小时半", h)))
		}
		for _, cell := range cells {
			if got := converted(t, false, Column{Type: Hours}, "", cell); got != want {
				t.Fatalf("%s cell %q gives %s, want %s", cell.Type, cell.Text, got, want)
			}
		}
		if got := converted(t, false, Column{Type: Hours}, "分钟", num(fmt.Sprint(minutes))); got != want {
			t.Fatalf("%d under （分钟） gives %s, want %s", minutes, got, want)
		}
	}
}

// Any ID number, in any writing, is that person's; stored as a number it is
// never taken, whether or not it would pass.
func TestWritingsOfOneIDNumber(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	keys := testKeys(t)
	col := located{Column: &Column{Type: IDNumber, Headings: []string{"身份证号"}}}
	for range 500 {
		born := time.Date(1900, 1, 1+random.IntN(45000), 0, 0, 0, 0, time.UTC)
		first := fmt.Sprintf("999101%s%03d", born.Format("20060102"), 1+random.IntN(999))
		var id person.ID
		for _, check := range "0123456789X" {
			if read, err := person.ParseID(first + string(check)); err == nil {
				id = read
			}
		}
		sex := []string{"女", "男"}[(first[16]-'0')%2]
		cells := []sheet.Cell{text(id.Number), text(strings.ToLower(id.Number)), text("'" + id.Number), text(id.Number[:6] + " " + id.Number[6:14] + " " + id.Number[14:]), text("\u202a" + id.Number + "\u202c")}
		if born.Year() < 2000 {
			old := id.Number[:6] + id.Number[8:17]
			cells = append(cells, text(old), num(old))
		}
		for _, cell := range cells {
			values := make([]any, 6)
			f := converter{keys: keys}.convert(col, cell, values)
			if f != nil || values[0] != keys.Hide(person.IDSort, id.Number).Key || values[3] != born || values[4] != sex || values[5] != "999101" {
				t.Fatalf("%s cell %q gives %v, %v; want %s, %s", cell.Type, cell.Text, f, values[3:], born.Format(time.DateOnly), sex)
			}
		}
		if !strings.HasSuffix(id.Number, "X") {
			if got := converted(t, false, *col.Column, "", num(id.Number)); got != "id-damaged" {
				t.Fatalf("the number %s gives %s", id.Number, got)
			}
		}
	}
}
