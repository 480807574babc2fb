package ingest_test

import (
	"strings"
	"testing"

	"xingce/ingest"
)

// What a clerk is told of a cell: the whole sentence, with a right example from
// the period of the sheet and nothing private in clear.
func TestSentencesOfCells(t *testing.T) {
	const (
		gifts = "象山社区2025年第四季度捐款台账"
		site  = "象山社区2025年第四季度社区博客访问"
		grown = "象山社区2025年第四季度党员名册"
	)
	for _, c := range []struct{ name, title, head, row, want string }{
		{"a day of the period without its year", gifts, "捐款日期|捐款人|金额", "10月15日|张三|#1",
			"捐款日期写的是“10月15日”，应为带年份的日期，如 2025-10-15。没有写年份，请补上"},
		{"the last day of the period", gifts, "捐款日期|捐款人|金额", "12-31|张三|#1",
			"捐款日期写的是“12-31”，应为带年份的日期，如 2025-12-31。没有写年份，请补上"},
		{"a day of another period", gifts, "捐款日期|捐款人|金额", "3.8|张三|#1",
			"捐款日期写的是“3.8”，应为带年份的日期，如 2025-10-08。没有写年份，请补上"},
		{"a number, 10.10 or 10.1", gifts, "捐款日期|捐款人|金额", "#10.1|张三|#1",
			"捐款日期写的是“10.1”，应为带年份的日期，如 2025-10-08。没有写年份，请补上"},
		{"a month", site, "月份|访问量", "11月|#1",
			"月份写的是“11月”，应为带年份的日期，如 2025-11。没有写年份，请补上"},
		{"a day long before the period", grown, "姓名|党员类别|出生日期", "张三|在职|3月8日",
			"出生日期写的是“3月8日”，应为带年份的日期，如 1990-01-01。没有写年份，请补上"},
		{"no such day in any year", gifts, "捐款日期|捐款人|金额", "10月32日|张三|#1",
			"捐款日期写的是“10月32日”，应为日期，如 2025-10-08。请改成真实存在的日期"},
		{"a year of two digits", gifts, "捐款日期|捐款人|金额", "25.10.15|张三|#1",
			"捐款日期写的是“25.10.15”，应为日期，如 2025-10-08。年份请写四位，按年-月-日写"},
		{"a year of two digits, and a month", grown, "姓名|党员类别|出生年月", "张三|在职|70.05",
			"出生年月写的是“70.05”，应为日期，如 2025-10-08。年份请写四位，按年-月-日写"},
		{"words", gifts, "捐款日期|捐款人|金额", "国庆节|张三|#1",
			"捐款日期写的是“国庆节”，应为日期，如 2025-10-08。看不懂这样写的日期，请按年-月-日写"},
		{"a serial", gifts, "捐款日期|捐款人|金额", "45359|张三|#1",
			"捐款日期写的是“45359”，应为日期，如 2024-03-08。像是 Excel 的日期序号，即 2024-03-08；请在原表里把这一列设成日期格式再另存，或直接写成日期"},
		{"a phone cut short", grown, "姓名|党员类别|联系电话", "张三|在职|1380000123",
			"联系电话写的是“138***0123”，应为电话号码，如 11 位手机号。号码的位数不对，请核对"},
		{"the second of two phones cut short", grown, "姓名|党员类别|联系电话", "张三|在职|8765432、1390000123",
			"联系电话写的是“876***********0123”，应为电话号码，如 11 位手机号。第 2 个（139***0123）不是完整的号码，请核对"},
		{"a local number beside one cut short", grown, "姓名|党员类别|联系电话", "张三|在职|8765432/654321",
			"联系电话写的是“876*******4321”，应为电话号码，如 11 位手机号。第 2 个（****）不是完整的号码，请核对"},
		{"no phone", grown, "姓名|党员类别|联系电话", "张三|在职|不详",
			"联系电话写的是“不详”，应为电话号码，如 11 位手机号。没有号码，请核对"},
		{"a phone that became a number", grown, "姓名|党员类别|联系电话", "张三|在职|1.38E+10",
			"联系电话写的是“****E+10”，应为文本格式的电话号码。号码被存成了科学计数，末几位已经丢失，请把单元格改为文本格式后重新录入"},
		{"not one of the words, which stand in their order", grown, "姓名|党员类别|党小组", "张三|编外|一组",
			"党员类别写的是“编外”，应为直管、在职、流动之一。请改成其中一个"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, file := range []string{"上传.xlsx", "上传.csv"} {
				data := workbook(t, tab{rows: []string{c.title, c.head, c.row}})
				if file == "上传.csv" {
					if strings.HasPrefix(c.row, "#") { // a text file has no numbers
						continue
					}
					data = []byte(strings.NewReplacer("|", ",", "#", "").Replace(c.title + "\n" + c.head + "\n" + c.row))
				}
				_, report := read(t, reader(t), file, data, ingest.Hint{})
				var got []string
				for _, i := range report.AllIssues() {
					if i.Severity == ingest.Error {
						_, said, _ := strings.Cut(i.String(), "：")
						got = append(got, said)
					}
				}
				if text := strings.Join(got, "\n"); text != c.want {
					t.Errorf("%s: got:\n%s\nwant:\n%s", file, text, c.want)
				}
			}
		})
	}
}

// A passport or a pass goes in where the heading asks for a document of any
// sort; elsewhere the clerk hears how to mend it. Of such a number there are no
// facts, and codes of sex prove nothing.
func TestOtherDocuments(t *testing.T) {
	for _, c := range []struct{ heading, number, want string }{
		{"证件号码", "E12345678", "3 ******678 - - -"},
		{"有效证件\n号码", "E12345678", "3 ******678 - - -"},
		{"证件号码", "999101199001010017", "3 99*************017 1990-01-01 男 999101"},
		{"证件号码", "E12345", "身份证号，或护照、通行证的号码。身份证号不是 18 位（或旧 15 位），也不像护照、通行证的号码，请核对；确是其他证件的，这一格空着，填好电话和出生日期"},
		{"身份证号", "E12345678", "正确的 18 位身份证号。身份证号不是 18 位（或旧 15 位），请对照身份证核对；填的是护照或通行证的，请把列名改成“证件号码”"},
	} {
		rows := []string{"象山社区2025年第四季度居民登记表", "姓名|人员类型|流入日期|" + c.heading, "张三|户籍||" + c.number}
		got, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows}), ingest.Hint{}, "id_number_mask", "id_number_birth", "id_number_sex", "id_number_region")
		_, got, _ = strings.Cut(strings.TrimSpace(got), "\n")
		for _, i := range report.AllIssues() {
			got = i.Wanted + "。" + i.Mend
		}
		if got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.heading, c.number, got, c.want)
		}
	}
}

// 长期 says that a permit does not end; it is no day, and nothing is said of it.
func TestEndless(t *testing.T) {
	rows := []string{"象山社区2025年第四季度居民登记表", "姓名|人员类型|证件到期日期|流入日期", "张三|户籍|长期|", "李四|户籍|2030-3-8|", "王五|户籍|永久有效|", "赵六|户籍||长期"}
	got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows}), ingest.Hint{}, "name", "permit_until")
	want := "象山社区 2025Q4 resident: 4 = 3 + 1 + 0\n3 张三 -\n4 李四 2030-03-08\n5 王五 -\nerror date D6\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
