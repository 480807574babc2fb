package ingest_test

import (
	"slices"
	"strings"
	"testing"

	"xingce/ingest"
)

// outcome reads rows, the first of them the title, and gives the counts, read =
// accepted + rejected + skipped, the accepted rows and the issues.
func outcome(t *testing.T, rows []string, fields ...string) string {
	t.Helper()
	got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows}), ingest.Hint{}, fields...)
	return afterSlice(got)
}

// afterSlice leaves the slice of the first batch out of a reading.
func afterSlice(text string) string {
	if _, rest, ok := strings.Cut(text, ": "); ok {
		return rest
	}
	return text
}

const (
	activities = "象山社区2025年第四季度活动台账"
	giftList   = "象山社区2025年第四季度捐款台账"
	posts      = "象山社区2025年第四季度公益岗位"
	workers    = "象山社区2025年第四季度工作人员花名册"
	volunteers = "象山社区2025年第四季度义工名册"
	deliveries = "象山社区2025年第四季度便民卡发放"
	units      = "象山社区2025年第四季度驻区单位"
)

// Rows of data that begin as totals, remarks, footers and examples do.
func TestDataIsNotPassedOver(t *testing.T) {
	for _, c := range []struct {
		name  string
		rows  []string
		field string
		want  string
	}{
		{"activities",
			[]string{activities, "活动名称|活动日期|实到人数", "小计算机兴趣班|2025-10-08|#20", "合计划生育宣传|2025-10-09|#30", "示例家庭评选|2025-10-10|#40", "负责人培训|2025-10-11|#5", "填报人员业务培训|2025-10-12|#6", "审核人员会议|2025-10-13|#7", "说明会|2025-10-14|#8", "总计划汇报会|2025-10-15|#9"},
			"activity",
			"8 = 8 + 0 + 0\n3 小计算机兴趣班\n4 合计划生育宣传\n5 示例家庭评选\n6 负责人培训\n7 填报人员业务培训\n8 审核人员会议\n9 说明会\n10 总计划汇报会\n"},
		{"posts",
			[]string{posts, "岗位名称|岗位类别|设岗人数", "填报员岗|服务|#2", "负责人岗|管理|#1", "示例岗|示范|#1", "负责人|管理|#1"},
			"post", "4 = 4 + 0 + 0\n3 填报员岗\n4 负责人岗\n5 示例岗\n6 负责人\n"},
		{"duties, in the first column",
			[]string{workers, "职务|姓名|性别|联系电话", "书记|王一|男|13800000001", "负责人|李二|女|13800000002", "审核员|赵三|男|13800000003", "经办人员|钱四|女|13800000004", "负责人|孙五||"},
			"name", "5 = 5 + 0 + 0\n3 王一\n4 李二\n5 赵三\n6 钱四\n7 孙五\n"},
		{"a duty whose holder is missing",
			[]string{workers, "职务|姓名|性别", "书记|王一|男", "负责人||女", "审核员||"},
			"name", "3 = 1 + 2 + 0\n3 王一\nerror required B4\nerror required B5\n"},
		{"remarks that name a total",
			[]string{giftList, "捐款日期|捐款人|金额|备注", "2025-10-08|张三|#100|共计2笔", "2025-10-08|李四|#100|累计3次", "2025-10-08|王五|#50|夫妻合计"},
			"donor", "3 = 3 + 0 + 0\n3 张三\n4 李四\n5 王五\n"},
		{"a bad cell does not make it a total",
			[]string{giftList, "捐款日期|捐款人|金额|备注", "2025-13-01|张三|#100|共计2笔"},
			"donor", "1 = 0 + 1 + 0\nerror date A3\n"},
		{"a bad cell does not make it a remark",
			[]string{giftList, "备注|捐款日期|捐款人|金额", "备注：现金|2025-13-01|张三|#100"},
			"donor", "1 = 0 + 1 + 0\nerror date B3\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := outcome(t, c.rows, c.field); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

// A duty in a column beside a merged one: 组织 is said in the row above.
func TestDutyBesideMergedCells(t *testing.T) {
	rows := []string{"象山社区2025年第四季度组织架构", "组织名称|职务|姓名", "居民议事会|成员|王一", "|负责人|李二", "|成员|赵三"}
	got, _ := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows, merged: []string{"A3:A5"}}), ingest.Hint{}, "body", "duty", "name")
	if want := "3 = 3 + 0 + 0\n3 居民议事会 成员 王一\n4 居民议事会 负责人 李二\n5 居民议事会 成员 赵三\n"; afterSlice(got) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// What looks like data and like something else is neither taken in nor passed
// over: the clerk is asked.
func TestUnclearRows(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []string
		want string
	}{
		{"a total with a day", []string{activities, "活动名称|活动日期|实到人数", "年终合计|2025-12-31|#20"}, "分不清这一行是合计还是数据，活动名称写的是“年终合计”"},
		{"a subtotal, its day with dots", []string{activities, "活动名称|活动日期|实到人数", "小计|2025.12.31|#20"}, "分不清这一行是合计还是数据，活动名称写的是“小计”"},
		{"a total in the row's number, with a day", []string{giftList, "序号|捐款日期|捐款人|金额", "合计|2025-12-31||#20"}, "分不清这一行是合计还是数据，序号写的是“合计”"},
		{"a total for a donor, with a day", []string{giftList, "序号|捐款日期|捐款人|金额", "3|2025-12-31|合计|#300"}, "分不清这一行是合计还是数据，捐款人写的是“合计”"},
		{"who made the sheet, and the day", []string{activities, "活动名称|活动日期|实到人数", "制表人：王五|2026-01-05|"}, "分不清这一行是落款或备注还是数据，活动名称写的是“制表人：王五”"},
		{"who made the sheet, where team and name stand", []string{volunteers, "队伍|姓名|性别|电话", "制表人|王五||"}, "分不清这一行是落款或备注还是数据，队伍写的是“制表人”"},
		{"who answers for it, nearly all else blank", []string{volunteers, "队伍|姓名|性别|电话|特长", "负责人|王五|||"}, "分不清这一行是落款或备注还是数据，队伍写的是“负责人”"},
		{"an example", []string{giftList, "捐款日期|捐款人|金额", "2025-10-08|例：张三|#100"}, "分不清这一行是示例还是数据，捐款人写的是“例：张三”"},
		{"numbers that may be a building, a unit, a room", []string{deliveries, "楼栋|单元|门牌号|发放份数", "#1|#2|#3|#4"}, "分不清这一行是栏号还是数据，楼栋写的是“1”"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: c.rows}), ingest.Hint{})
			if counts := report.Counts(); counts != (ingest.Counts{Read: 1, Rejected: 1}) {
				t.Errorf("%+v", counts)
			}
			all := report.AllIssues()
			if len(all) == 0 || all[0].Severity != ingest.Error || all[0].Code != "unclear-row" || all[0].Found != c.want {
				t.Errorf("got %v, want %s", all, c.want)
			}
		})
	}
}

// What stands below the rows of a sheet, as offices write it.
func TestFootOfASheet(t *testing.T) {
	for _, foot := range []string{
		"制表人：王五||审核人：赵六", "制表人：|王五|审核人：|赵六", "制表人|王五|审核人|赵六", "负责人|王五", "制表人：王五    审核人：赵六    日期：2026年1月5日",
		"填表日期：2026年1月5日", "制表日期|2026-01-05", "单位负责人（签字）：", "社区负责人签字", "填报单位（盖章）：象山社区", "（盖章）", "审核：", "联系人：王五||联系电话：13800000001",
		"注：含现金", "注1：含现金", "备注：", "备注", "说明：金额以元为单位", "填表说明：一式两份",
	} {
		got := outcome(t, []string{giftList, "捐款日期|捐款人|金额|捐款项目", "2025-10-08|张三|#100|助学", foot}, "donor")
		if want := "2 = 1 + 0 + 1\n3 张三\n"; got != want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", foot, got, want)
		}
	}
}

// A remark of several lines is one remark; the same lines alone may be data.
func TestRemarkInLines(t *testing.T) {
	rows := []string{giftList, "捐款人|捐款日期|金额", "张三|2025-10-08|#100", "说明：", "1、本表一式两份。", "（2）金额以元为单位。"}
	if got, want := outcome(t, rows, "donor"), "4 = 1 + 0 + 3\n3 张三\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	rows = slices.Delete(rows, 3, 4)
	if got := outcome(t, rows, "donor"); !strings.HasPrefix(got, "3 = 1 + 2 + 0\n") {
		t.Errorf("with no remark above, got:\n%s", got)
	}
}

// What stands between the headings and the data, as forms have it.
func TestInstructionsUnderTheHeader(t *testing.T) {
	const first = "2025-10-08|张三|#5|助学"
	for _, c := range []struct {
		name  string
		under []string
	}{
		{"formats", []string{"填写格式：2025-10-08|填真实姓名|阿拉伯数字|选填"}},
		{"must and may, then types", []string{"必填|选填|必填|选填", "yyyy-mm-dd|文本|数字|文本"}},
		{"in brackets", []string{"（按实际日期填写）|（填写姓名）|（单位：元）|（可不填）"}},
		{"in words", []string{"请按2025-10-08填写|如实填写|数字格式|从下拉框选"}},
		{"units and choices", []string{"年-月-日|填全名|元|助学或抗震"}},
		{"an example cell by cell", []string{"例：2025-10-08|例：张三|例：100|例：助学"}},
		{"columns by numbers", []string{"#1|#2|#3|#4"}},
		{"columns by numbers as text, in brackets", []string{"（1）|（2）|（3）|（4）"}},
		{"columns by signs, then by letters", []string{"甲|乙|丙|丁", "A|B|C|D"}},
		{"signs, then numbers", []string{"甲|乙|1|2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := append([]string{giftList, "捐款日期*|捐款人|金额（元）*|用途"}, c.under...)
			got := outcome(t, append(rows, first, first), "donor")
			if strings.Contains(got, "error") || !strings.Contains(got, " = 2 + 0 + ") || strings.Count(got, "张三") != 2 {
				t.Errorf("got:\n%s", got)
			}
		})
	}
	t.Run("called so in the column of numbers", func(t *testing.T) {
		rows := []string{giftList, "序号|捐款日期|捐款人|金额（元）", "填写要求|如 2025-10-08|真实姓名|数字", "1|2025-10-08|张三|#5"}
		if got, want := outcome(t, rows, "donor"), "2 = 1 + 0 + 1\n4 张三\n"; got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})
	t.Run("again under a header that is repeated", func(t *testing.T) {
		head, guide := "捐款日期*|捐款人|金额（元）*|用途", "必填|文本|必填|选填"
		if got, want := outcome(t, []string{giftList, head, guide, first, head, guide, "2025-10-09|李四|#5|助学"}, "donor"), "5 = 2 + 0 + 3\n4 张三\n7 李四\n"; got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})
	t.Run("below data it is no instruction", func(t *testing.T) {
		if got, want := outcome(t, []string{giftList, "捐款日期|捐款人|金额", "2025-10-08|张三|#5", "（待定）|（待定）|（待定）"}), "2 = 1 + 1 + 0\n3\nerror date A4\nerror money C4\n"; got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})
	t.Run("a small first row is no numbering", func(t *testing.T) {
		if got, want := outcome(t, []string{units, "单位名称|职工人数|党员人数", "县第一小学|#2|#1"}), "1 = 1 + 0 + 0\n3\n"; got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})
}

// A unit under a heading counts as one in it.
func TestUnitsUnderTheHeader(t *testing.T) {
	for _, c := range []struct{ name, heading, under, want string }{
		{"万元", "金额", "（万元）", "2 = 1 + 0 + 1\n4 15000\n"},
		{"万元, in words", "金额", "以万元为单位", "2 = 1 + 0 + 1\n4 15000\n"},
		{"元", "金额", "（单位：元）", "2 = 1 + 0 + 1\n4 1.5\n"},
		{"the heading's again", "金额（万元）", "（万元）", "2 = 1 + 0 + 1\n4 15000\n"},
		{"another than the heading's", "金额（元）", "（万元）", "2 = 1 + 1 + 0\n4 1.5\nerror unclear-row C3\n"},
		{"by an example", "金额", "例：1.5万元", "2 = 1 + 1 + 0\n4 1.5\nerror unclear-row C3\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := outcome(t, []string{giftList, "捐款日期|捐款人|" + c.heading, "（年-月-日）|填全名|" + c.under, "2025-10-08|张三|#1.5"}, "amount"); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
	minutes := []string{"象山社区2025年第四季度活动签到", "活动日期|活动名称|姓名|服务时长", "|||（分钟）", "2025-10-08|清洁|张三|#90"}
	if got, want := outcome(t, minutes, "hours"), "2 = 1 + 0 + 1\n4 1.5\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// What a merged cell means for the rows below its first, by what it holds.
func TestMergedCellsByType(t *testing.T) {
	for _, c := range []struct {
		name   string
		rows   []string
		merged []string
		fields []string
		want   string
	}{
		{"one donor, two gifts",
			[]string{giftList, "捐款日期|捐款人|单位|金额", "2025-10-08|张三|一小|#100", "|||#50", "2025-10-09||二中|#20"}, []string{"A3:A4", "B3:B4", "C3:C4"},
			[]string{"day", "donor", "work_unit", "amount"},
			"3 = 3 + 0 + 0\n3 2025-10-08 张三 一小 100\n4 2025-10-08 张三 一小 50\n5 2025-10-09 - 二中 20\n"},
		{"one head, two homes",
			[]string{"象山社区2025年第四季度住户登记表", "户主|户号|楼栋|居住类型|联系电话", "张三|1-1|1栋|户籍|13800000001", "|1-2||流动|"}, []string{"A3:A4", "C3:C4", "E3:E4"},
			[]string{"head", "household_no", "building", "kind", "phone_mask"},
			"2 = 2 + 0 + 0\n3 张三 1-1 1栋 户籍 138****0001\n4 张三 1-2 1栋 流动 138****0001\n"},
		{"a person in two teams",
			[]string{volunteers, "姓名|队伍|身份证号|性别|电话", "张三|太极拳队|999101199001010017|男|13800000001", "|文艺队|||"}, []string{"A3:A4", "C3:C4", "D3:D4", "E3:E4"},
			[]string{"name", "team", "sex", "id_number_mask"},
			"2 = 2 + 0 + 0\n3 张三 太极拳队 男 99*************017\n4 张三 文艺队 男 99*************017\n"},
		{"a person over two rows of a register is one",
			[]string{title, "姓名|人员类型|身份证号|电话", "张三|户籍|999101199001010017|13800000001", "|||13800000002", "李四|户籍||13800000003", "|户籍||13800000004"}, []string{"A3:A4", "B3:B4", "C3:C4", "A5:A6"},
			[]string{"name"},
			"4 = 2 + 2 + 0\n3 张三\n5 李四\nerror duplicate A4\nerror duplicate A6\n"},
		{"one gift of two people is not counted twice",
			[]string{giftList, "捐款日期|捐款人|金额", "2025-10-08|张三|#200", "2025-10-08|李四|", "合计||#200"}, []string{"C3:C4"},
			[]string{"donor", "amount"},
			"3 = 1 + 1 + 1\n3 张三 200\nerror merged-number C4\n"},
		{"hours of each, or of all together: nobody can tell",
			[]string{"象山社区2025年第四季度活动签到", "活动日期|活动名称|姓名|服务时长", "2025-10-08|清洁|张三|#2", "|清洁|李四|"}, []string{"A3:A4", "D3:D4"},
			[]string{"name", "hours"},
			"2 = 1 + 1 + 0\n3 张三 2\nerror merged-number D4\n"},
		{"a merged cell that cannot be read is said for each row",
			[]string{giftList, "捐款日期|捐款人|金额", "2025-13-01|张三|#200", "|李四|#100"}, []string{"A3:A4"},
			[]string{"donor"},
			"2 = 0 + 2 + 0\nerror date A3\nerror merged-fault A4\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: c.rows, merged: c.merged}), ingest.Hint{}, c.fields...)
			if afterSlice(got) != c.want {
				t.Errorf("got:\n%s\nwant:\n%s\n%v", got, c.want, report.AllIssues())
			}
		})
	}
}

func TestMergedNumberIsSaidInWords(t *testing.T) {
	rows := []string{giftList, "捐款日期|捐款人|金额", "2025-10-08|张三|#200", "2025-10-08|李四|"}
	_, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{name: "名单", rows: rows, merged: []string{"C3:C4"}}), ingest.Hint{})
	want := "上传.xlsx > 名单!C4：金额与第 3 行合并在一格里，应为每行各填各的数。几行合起来只有一个数的，请写成一行；每行都是这个数的，请取消合并，逐行填写"
	if all := report.AllIssues(); len(all) != 1 || all[0].String() != want {
		t.Errorf("got %v\nwant %s", all, want)
	}
}

// Hidden rows and columns are data: they are read, and the clerk is told.
func TestHiddenIsReadAndSaid(t *testing.T) {
	rows := []string{giftList, "捐款日期|捐款人|谁记的|金额|用途", "2025-10-08|张三|甲|#100|助学", "2025-10-08|李四|甲|#200|助学", "2025-10-08|王五|甲|#300|助学", "合计|||#600|"}
	for _, c := range []struct {
		name    string
		rows    []int
		columns []string
		want    string
	}{
		{"nothing", nil, nil, ""},
		{"two rows", []int{4, 5}, nil, "上传.xlsx > Sheet1 第 4 行：有 2 行是隐藏的，第一处在第 4 行，都照常读了。不该算进去的，请删去这些行后重新上传"},
		{"the title and the total are no data", []int{1, 6}, nil, ""},
		{"a column", nil, []string{"E"}, "上传.xlsx > Sheet1 第 2 行：E 列（用途）是隐藏的，照常读了。请取消隐藏，核对里面的内容"},
		{"two columns", nil, []string{"B", "D"}, "上传.xlsx > Sheet1 第 2 行：B 列（捐款人）、D 列（金额）是隐藏的，照常读了。请取消隐藏，核对里面的内容"},
		{"a column that is not read anyway", nil, []string{"C"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows, hiddenRows: c.rows, hiddenColumns: c.columns}), ingest.Hint{})
			if counts := report.Counts(); counts.Accepted != 3 {
				t.Errorf("%+v", counts)
			}
			var got []string
			for _, i := range report.AllIssues() {
				if i.Severity != ingest.Warning {
					t.Errorf("%s: %s", i.Severity, i)
				}
				got = append(got, i.String())
			}
			if text := strings.Join(got, "\n"); text != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", text, c.want)
			}
		})
	}
}
