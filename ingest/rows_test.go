package ingest_test

import (
	"testing"

	"xingce/ingest"
)

// What is there twice is told in the kind's own words, and of a passport where
// none belongs nothing is shown.
func TestWhatHasARow(t *testing.T) {
	for _, c := range []struct{ title, head, row, code, found, wanted string }{
		{"流动人口核查表", "核查日期|楼栋|抽查人数|已登记人数|信息一致人数", "2025-10-08|3栋|20|19|18", "duplicate", "与第 3 行重复", "每天每栋楼一行"},
		{"活动台账", "活动日期|活动名称|活动地点", "2025-10-08|党课|会议室", "duplicate", "与第 3 行重复", "每场活动一行"},
		{"党员名册", "姓名|党员类别|党小组|身份证号", "张三|在职||E12345678", "id-check", "身份证号写的是“****”", "正确的 18 位身份证号"},
	} {
		_, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: []string{"象山社区2025年第四季度" + c.title, c.head, c.row, c.row}}), ingest.Hint{})
		all := report.AllIssues()
		if len(all) == 0 || all[0].Code != c.code || all[0].Found != c.found || all[0].Wanted != c.wanted {
			t.Errorf("%s: got %v, want %s: %s，应为%s", c.title, all, c.code, c.found, c.wanted)
		}
	}
}
