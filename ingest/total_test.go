package ingest_test

import (
	"strings"
	"testing"

	"xingce/ingest"
)

// The ways in which sheets state totals, and which of them do not add up.
func TestWhatTotalsAreComparedWith(t *testing.T) {
	head := []string{giftList, "序号|捐款日期|捐款人|金额（元）"}
	one, two, three := "1|2025-10-08|张三|#100", "2|2025-10-09|李四|#200", "3|2025-10-10|王五|#50"
	for _, c := range []struct {
		name string
		rows []string // below the header, from row 3
		want string
		says string // the first finding
	}{
		{"each 小计 has its own rows, 合计 all of them", []string{one, "小计|||#100", two, three, "小计|||#250", "合计|||#350"}, "6 = 3 + 0 + 3\n", ""},
		{"a wrong 小计 though 合计 is right", []string{one, "小计|||#100", two, three, "小计|||#200", "合计|||#350"}, "6 = 3 + 0 + 3\nfinding total D7\n",
			"小计写的是 200，这一段各行相加是 250"},
		{"a wrong 合计 though each 小计 is right", []string{one, "小计|||#100", two, "小计|||#200", "3|合计||#999", "备注：现金", "制表人：张三||审核人：李四|"}, "7 = 2 + 0 + 5\nfinding total D7\n",
			"合计写的是 999，各行相加是 300"},
		{"合计 that adds 小计 to the rows", []string{one, "小计|||#100", two, "小计|||#200", "合计|||#600"}, "5 = 2 + 0 + 3\nfinding total D7\n",
			"合计写的是 600，各行相加是 300"},
		{"合计 that is only the last group's", []string{one, "小计|||#100", two, "小计|||#200", "合计|||#200"}, "5 = 2 + 0 + 3\nfinding total D7\n",
			"合计写的是 200，各行相加是 300"},
		{"合计 for each group, 总计 at the end", []string{one, "合计|||#100", two, three, "合计|||#250", "总计|||#350"}, "6 = 3 + 0 + 3\n", ""},
		{"合计 of groups that have 小计", []string{one, "一组小计|||#100", two, "二组小计|||#200", "东片合计|||#300", three, "西片合计|||#50", "总计|||#350"}, "8 = 3 + 0 + 5\n", ""},
		{"pages", []string{one, "本页合计|||#100", two, "本页合计：|||#200", "总合计|||#300"}, "5 = 2 + 0 + 3\n", ""},
		{"in any cell of the row", []string{one, two, "||合计|#500", "3||总金额|#300"}, "4 = 2 + 0 + 2\nfinding total D5\n",
			"合计写的是 500，各行相加是 300"},
		{"in other words", []string{one, two, "|共计2笔||#300", "|以上合计||#300", "合计（元）|||#300", "总计：||2人|#300", "全社区合计|||#300"}, "7 = 2 + 0 + 5\n", ""},
		{"a sum since some other sheet, an average, an amount in words", []string{one, two, "累计|||#9000", "平均|||#150", "大写：叁佰元整", "合计（大写）：叁佰元整"}, "6 = 2 + 0 + 4\n", ""},
		{"小计 above its rows", []string{"一组小计|||#300", one, two, "二组小计|||#50", three, "合计|||#350"}, "6 = 3 + 0 + 3\n", ""},
		{"a wrong 小计 above its rows", []string{"一组小计|||#400", one, two, "二组小计|||#50", three, "合计|||#350"}, "6 = 3 + 0 + 3\nfinding total D3\n",
			"小计写的是 400，这一段各行相加是 300"},
		{"in capitals behind the word", []string{one, two, "合计（大写）：叁佰伍拾元整（¥350.00）"}, "3 = 2 + 0 + 1\nfinding total D5\n",
			"合计写的是 350，各行相加是 300"},
		{"in capitals in another cell", []string{one, two, "合计（大写）||贰佰元整"}, "3 = 2 + 0 + 1\nfinding total D5\n",
			"合计写的是 200，各行相加是 300"},
		{"both ways", []string{one, two, "合计|大写：叁佰元整||#300"}, "3 = 2 + 0 + 1\n", ""},
		{"word and figure in the cell of the amount", []string{one, "合计|||合计：150元"}, "2 = 1 + 0 + 1\nfinding total D4\n",
			"合计写的是 150，各行相加是 100"},
		{"word and figure in the first cell", []string{one, "合计：150元"}, "2 = 1 + 0 + 1\nfinding total D4\n",
			"合计写的是 150，各行相加是 100"},
		{"a figure that cannot be read", []string{one, "合计|||100元左右（另有物资）"}, "2 = 1 + 0 + 1\nfinding total-unread D4\n",
			"这个合计没有核对：金额（元）写的是“100元左右（另有物资）”"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: append(head[:2:2], c.rows...)}), ingest.Hint{})
			if got = dropRows(afterSlice(got)); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
			if all := report.AllIssues(); c.says != "" && (len(all) == 0 || all[0].Found != c.says) {
				t.Errorf("got %v, want %s", all, c.says)
			}
			for _, total := range report.Batches[0].Totals {
				if total.Column != "amount" || total.Says == "" || total.Found == "" {
					t.Errorf("a total without its figures: %+v", total)
				}
			}
		})
	}
}

// A building's 小计 names the building: it is not one more building.
func TestGroupsNameTheirTotals(t *testing.T) {
	rows := []string{deliveries, "楼栋|单元|发放份数", "1栋|1单元|#30", "1栋|2单元|#20", "1栋小计||#50", "2栋|1单元|#40", "2栋|小计|#40", "合计|2栋|#90"}
	if got, want := outcome(t, rows, "building", "copies"), "6 = 3 + 0 + 3\n3 1栋 30\n4 1栋 20\n6 2栋 40\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if strings.Contains(outcome(t, rows), "finding") {
		t.Error("totals that are right are findings")
	}
}
