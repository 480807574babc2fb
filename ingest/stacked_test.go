package ingest_test

import (
	"strings"
	"testing"

	"xingce/ingest"
)

// Tables one above the other in one sheet: the rows of one never pass for the
// other's, and none is lost without a word.
func TestTablesOneAboveTheOther(t *testing.T) {
	const gifts, residents = "捐款日期|捐款人|金额", "姓名|性别|人员类型|联系电话"
	for _, c := range []struct {
		name string
		rows []string
		want string
		says string // in the last issue
	}{
		{name: "of another quarter",
			rows: []string{"象山社区2025年第四季度捐款台账", gifts, "2025-10-08|甲|1", "合计||1", "象山社区2025年第三季度捐款台账", gifts, "2025-07-08|乙|2", "合计||2"},
			want: "象山社区 2025Q4 donation: 6 = 1 + 4 + 1\n3\nerror stacked 5\n", says: "从第 5 行到第 8 行像是另一张表，都没有收"},
		{name: "of another community",
			rows: []string{"象山社区2025年第四季度居民登记表", residents, "甲|男|户籍|10000000001", "单位：红旗社区", residents, "乙|男|户籍|10000000002"},
			want: "象山社区 2025Q4 resident: 4 = 1 + 3 + 0\n3\nerror stacked 4\n"},
		{name: "of another event",
			rows: []string{"象山社区2025年第四季度活动签到表", "活动名称：敬老演出", "活动日期|活动名称|姓名", "2025-10-29|敬老演出|甲", "活动名称：包饺子", "活动日期|活动名称|姓名", "2025-12-21|包饺子|乙"},
			want: "象山社区 2025Q4 attendance 敬老演出: 4 = 1 + 3 + 0\n4\nerror stacked 5\n"},
		{name: "its columns in another order",
			rows: []string{"象山社区2025年第四季度居民登记表", "姓名|人员类型|现住址", "甲|户籍|", "现住址|人员类型|姓名", "|户籍|乙"},
			want: "象山社区 2025Q4 resident: 3 = 1 + 2 + 0\n3\nerror stacked 4\n"},
		{name: "a table of another kind, which scores less, above",
			rows: []string{"象山社区2025年第四季度捐款台账", gifts, "2025-10-08|甲|1", "", "象山社区2025年第四季度活动台账", "活动日期|活动名称|活动地点|应到人数|实到人数", "2025-10-12|演出|广场|40|38"},
			want: "error stacked 2\n", says: "活动台账的上面、从第 2 行起还放着一张捐款台账"},
		{name: "the next page of the same table, with its title",
			rows: []string{"象山社区2025年第四季度居民登记表", residents, "甲|男|户籍|10000000001", "象山社区2025年第四季度居民登记表（续）", residents, "乙|男|户籍|10000000002"},
			want: "象山社区 2025Q4 resident: 4 = 2 + 0 + 2\n3\n6\n"},
		{name: "a row above the next page's header that lacks something is still a row",
			rows: []string{"象山社区2025年第四季度居民登记表", residents, "甲|男||10000000001", residents, "乙|男|户籍|10000000002"},
			want: "象山社区 2025Q4 resident: 3 = 1 + 1 + 1\n5\nerror required C3\n"},
		{name: "grades are headings too, and a row of them is data",
			rows: []string{"象山社区2025年度民主评议汇总", "姓名|个人自评|党员互评|评定等次|优秀票|合格票|基本合格票", "甲|优秀|合格|基本合格|||"},
			want: "象山社区 2025 appraisal: 1 = 1 + 0 + 0\n3\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: c.rows}), ingest.Hint{})
			if got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s\n%v", got, c.want, report.AllIssues())
			}
			if all := report.AllIssues(); c.says != "" && !strings.Contains(all[len(all)-1].String(), c.says) {
				t.Errorf("%v does not say %q", all, c.says)
			}
		})
	}
}
