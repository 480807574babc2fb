package sheet

import (
	"fmt"
	"strings"
	"testing"
)

// What the tests of other readers state of their files.
func TestCorpusPeers(t *testing.T) {
	needCorpus(t)
	for _, test := range []struct {
		file  string
		sheet int
		row   int    // 0 for the number of rows with cells
		want  string // the row as show writes it, or its beginning before …
	}{
		{"calamine/date_1904.xlsx", 0, 1, `1: @2021-01-01 | 15`},
		{"calamine/date_1904.xlsx", 0, 3, `3: @255:10:10 | 17`},
		{"calamine/inlineStr_cdata.xlsx", 0, 1, `1: "Hello CDATA" | "World"`},
		{"calamine/inlineStr_cdata.xlsx", 0, 2, `2: "12345" | "NormalText"`},
		{"calamine/inlineStr_with_value.xlsx", 0, 2, `2: 1.0 | "+" | | "1." | "RQ11610" | …`},
		{"calamine/has_x000D_.xlsx", 0, 1, `1: "ABC\r\nDEF"`},
		{"calamine/empty_shared_string.xlsx", 0, 2, `2: ""`},
		{"calamine/issue_419.xlsx", 0, 1, `1: "Hello"`},
		{"calamine/minimal_package.xlsx", 0, 3, `3: "BKG_NUM" | …`},
		{"calamine/string-ref.xlsx", 0, 2, `2: "-8086931554011838357"`},
		{"calamine/string-ref.xlsx", 1, 2, `2: "-8086931554011838357"`},
		{"calamine/xls_wrong_decimals.xls", 0, 1, `1: 0.525625`},
		{"calamine/encoded_entities.xlsx", 0, 1, `1: "&"`},
		{"tealeg/v3.xlsx", 4, 0, "9"},
		{"tealeg/v3.xlsx", 4, 1, `1: "填写前请仔细阅读规则和示例"`},
		{"tealeg/wpsBlankLineTest.xlsx", 0, 0, "3"},
		{"tealeg/wpsBlankLineTest.xlsx", 0, 1, `1: "编号"`},
		{"excelize/SharedStrings.xlsx", 0, 1, `1: "A"…`},
		{"excelize/SharedStrings.xlsx", 1, 1, `1: "Test Weight (Kgs)"…`},
		{"readxl/missing-v-node-xlsx.xlsx", 0, 2, `2: 1 | 2 | !#无缓存值`},
		{"readxl/empty-sheets.xlsx", 0, 0, "0"},
		{"xlrd/ragged.xls", 0, 2, `2: "d" | "e"`},
		{"xlrd/ragged.xls", 0, 5, `5: "k" | | | "l"`},
		{"phpspreadsheet/CSV/semicolon_separated.csv", 0, 2, `2: "Cell A2" | "Number with comma" | "25,5"`},
		{"phpspreadsheet/XLSX/without_cell_reference.xlsx", 0, 1, `1: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10`},
		{"poi/59746_NoRowNums.xlsx", 0, 2, `2: TRUE | "[M+Na]+1" | 1 | 644.24222 | …`},
		{"cn-fesod/compatibility/t02.xlsx", 0, 3, `3: "1" | "01502200" | "1，2-戊二醇" | …`},
		{"cn-fesod/compatibility/t03.xlsx", 0, 2, `2: 3 | 3 | 4 | 3 | 3 | 3 | 3 | 3 | 6 | 5 | 4 | 3`},
		{"cn-fesod/compatibility/t04.xlsx", 0, 0, "57"},
		{"cn-fesod/compatibility/t04.xlsx", 0, 2, `2: 1.0 | 11.0 | 1.0 | "A1JB037FPHA03224400489" | "1号" | "QQSJK28F152A012242S0081" | …`},
		{"cn-fesod/compatibility/t06.xlsx", 0, 1, `1: "7.500" | "278.27" | 2087.0249999999996`},
		{"cn-fesod/compatibility/t09.xlsx", 0, 1, `1: "SH_x000D_Z002"`},
		{"cn-fesod/dataformat/dataformatv2.xlsx", 0, 1, `1: @15:00:00`},
		{"cn-fesod/dataformat/dataformatv2.xlsx", 0, 3, `3: @2023-01-01 00:00:00`},
		{"cn-fesod/dataformat/dataformatv2.xlsx", 0, 4, `4: @2023-01-01 00:00:01`},
		{"cn-hutool/merge_test.xlsx", 0, 3, `3: "李四" | "女" | | 42`},
		{"cn-hutool/null_cell_test.xlsx", 0, 2, `2: "test1"`},
		{"cn-hutool/null_cell_test.xlsx", 0, 4, `4: | | "test3"`},
		{"cn-hutool/test_lines_cr.csv", 0, 2, `2: "a" | "b" | "c" | "d"`},
		{"cn-hutool/test_lines_cr.csv", 0, 0, "6"},
	} {
		t.Run(fmt.Sprintf("%s %d %d", test.file, test.sheet, test.row), func(t *testing.T) {
			book, err := openFile(t, test.file)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := collect(t, book.Sheets[test.sheet])
			if err != nil {
				t.Fatal(err)
			}
			got, filled := "", 0
			for _, row := range rows {
				if len(row.Cells) > 0 {
					filled++
				}
				if row.Number == test.row {
					got = strings.TrimSuffix(show(row), "\n")
				}
			}
			if test.row == 0 {
				got = fmt.Sprint(filled)
			}
			begin, open := strings.CutSuffix(test.want, "…")
			if got != test.want && !(open && strings.HasPrefix(got, begin)) {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// The column dttm_string holds what each date is.
func TestCorpusLeapYear(t *testing.T) {
	needCorpus(t)
	for _, file := range []string{"readxl/dates-leap-year-1900-xlsx.xlsx", "readxl/dates-leap-year-1900-xls.xls"} {
		book, err := openFile(t, file)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := collect(t, book.Sheets[0])
		if err != nil || len(rows) != 8 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		for _, row := range rows[1:] {
			isDate := row.Cells[2].Text == "TRUE"
			if (row.Cells[0].Type == Date) != isDate || isDate && row.Cells[0].Text != row.Cells[1].Text {
				t.Errorf("%s: %s", file, show(row))
			}
		}
	}
}

func TestCorpusHiddenAndMerged(t *testing.T) {
	needCorpus(t)
	book, err := openFile(t, "cn-fesod/hiddensheets/hiddensheets.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	var got []Visibility
	for _, s := range book.Sheets {
		got = append(got, s.Visibility)
	}
	if want := "[0 1 0 1 2 0]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if book, err = openFile(t, "cn-hutool/merge_test.xlsx"); err != nil {
		t.Fatal(err)
	}
	merges, err := book.Sheets[0].Merges(t.Context())
	if want := "[{2 3 3 3}]"; err != nil || fmt.Sprint(merges) != want {
		t.Errorf("got %v, %v; want %s", merges, err, want)
	}
}

// The exports of Chinese banks have their headings far down, and notes above
// them that are not as wide.
func TestCorpusBankHeadings(t *testing.T) {
	needCorpus(t)
	for _, test := range []struct {
		file    string
		row     int
		heading string
	}{
		{"cn-bank-exports/alipay/example-alipay-records.csv", 25, "交易时间"},
		{"cn-bank-exports/wechat/example-wechat-records.xlsx", 18, "交易时间"}, // under a row of column names,
		{"cn-bank-exports/jd/example-jd-records.csv", 22, "交易时间"},
		{"cn-bank-exports/mt/example-mt-records.csv", 20, "交易"},
		{"cn-bank-exports/icbc/debit-v2/example-icbc-debit-v2-records.csv", 7, "交易日期"},
		{"cn-bank-exports/boc/debit/example-boc-records.csv", 2, ""},
		{"cn-bank-exports/citic/credit/example-citic-records.xls", 2, "交易日期"},
	} {
		book, err := openFile(t, test.file)
		if err != nil {
			t.Errorf("%s: %v", test.file, err)
			continue
		}
		rows, err := collect(t, book.Sheets[0])
		if err != nil {
			t.Errorf("%s: %v", test.file, err)
		}
		found := false
		for _, row := range rows {
			if row.Number == test.row {
				found = len(row.Cells) >= 5 && strings.Contains(show(row), test.heading)
			}
		}
		if !found {
			t.Errorf("%s: row %d is not the heading:", test.file, test.row)
			for _, row := range rows[:min(len(rows), 30)] {
				t.Log(strings.TrimSpace(show(row)))
			}
		}
	}
}
