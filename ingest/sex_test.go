package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"xingce/ingest"
)

// A bare code of sex is taken only where the ID number of its row confirms it,
// in one meaning for the whole sheet. Rows below the header are numbered from 3.
func TestCodesOfSex(t *testing.T) {
	const (
		man, otherMan     = "999101199001010017", "999101199001010033"
		woman, otherWoman = "999101199001010025", "999101199001010041"
	)
	for _, c := range []struct {
		name string
		rows []string // 性别|身份证号
		want string
	}{
		{"words", []string{"男|" + man, "女|" + woman, "男|"},
			"3 男\n4 女\n5 男\n"},
		{"1 is a man, 2 a woman", []string{"1|" + man, "2|" + woman, "#1|" + otherMan},
			"3 男\n4 女\n5 男\n"},
		{"0 is a man, 1 a woman", []string{"0|" + man, "1|" + woman},
			"3 男\n4 女\n"},
		{"1 is a man, 0 a woman", []string{"1|" + man, "0|" + woman, "1|" + otherMan},
			"3 男\n4 女\n5 男\n"},
		{"no ID number to confirm it", []string{"1|" + man, "1|", "男|"},
			"3 男\n5 男\nC4 性别写的是“1” 只写代码的，要有身份证号才能核对；请写汉字\n"},
		{"2 is a woman in every system", []string{"2|" + man},
			"C3 性别写的是“2” 代码 2 是女，身份证号第 17 位却是男；请核对这两处，性别请写汉字\n"},
		{"one code for both", []string{"1|" + man, "2|" + woman, "1|" + otherWoman, "2|" + otherMan},
			"3 男\n4 女\n" +
				"C5 性别写的是“1” 照第 4 行的写法，代码 1 是男，身份证号第 17 位却是女；请核对这两处，性别请写汉字\n" +
				"C6 性别写的是“2” 照第 4 行的写法，代码 2 是女，身份证号第 17 位却是男；请核对这两处，性别请写汉字\n"},
		{"two systems in one sheet", []string{"1|" + man, "2|" + woman, "0|" + otherWoman},
			"3 男\n4 女\nC5 性别写的是“0” 照第 4 行的写法，没有代码 0，身份证号第 17 位是女；请核对这两处，性别请写汉字\n"},
		{"a wrong ID number is one fault, not two", []string{"1|999101199001010018"},
			"D3 身份证号写的是“99*************018” 身份证号末位校验不对，号码有误，请对照身份证核对\n"},
		{"no code of any system", []string{"9|" + man},
			"C3 性别写的是“9” 请写汉字\n"},
		{"a word that the ID number contradicts is let in, and said", []string{"女|" + man, "男|" + woman},
			"3 女\n4 男\n" +
				"C3 性别写的是女，身份证号第 17 位却是男 请核对身份证号和性别；统计时按身份证号\n" +
				"C4 性别写的是男，身份证号第 17 位却是女 请核对身份证号和性别；统计时按身份证号\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := []string{"象山社区2025年第四季度居民登记表", "姓名|人员类型|性别|身份证号|流入日期"}
			for _, row := range c.rows {
				rows = append(rows, "张三|户籍|"+row)
			}
			data := workbook(t, tab{rows: rows})
			var got strings.Builder
			report, err := reader(t).Read(t.Context(), ingest.Source{File: "上传.xlsx", Bytes: int64(len(data))}, strings.NewReader(string(data)), ingest.Hint{}, func(b *ingest.Batch) error {
				text, err := walk(t.Context(), b, []string{"sex"})
				got.WriteString(text)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range report.AllIssues() {
				fmt.Fprintf(&got, "%s %s %s\n", i.Cell, i.Found, i.Mend)
			}
			if got.String() != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got.String(), c.want)
			}
		})
	}
}

// Where the team's roll has the sex before the ID number, the code waits for it.
func TestCodeOfSexBeforeTheIDNumber(t *testing.T) {
	rows := []string{"象山社区2025年第四季度义工名册", "队伍|姓名|性别|身份证号", "太极拳队|张三|1|999101199001010017", "太极拳队|李四|2|999101199001010025"}
	got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows}), ingest.Hint{}, "name", "sex")
	if want := "象山社区 2025Q4 volunteer: 2 = 2 + 0 + 0\n3 张三 男\n4 李四 女\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
