package ingest_test

import (
	"strings"
	"testing"

	"xingce/ingest"
)

// Sheets of which a part could pass for the whole. What is meant is read; where
// nobody can say, the sheet comes back with a question.
func TestHeadersThatSayMoreThanOneThing(t *testing.T) {
	const id, other = "999101199001010017", "999101199001010201"
	for _, c := range []struct {
		name   string
		rows   []string
		merged []string
		fields []string
		want   string
		says   string // in the last issue
	}{
		{name: "the contact's name and phone are not the person's",
			rows: []string{"居民登记表", "户号|姓名|人员类型|紧急联系人||性别", "|||姓名|电话|", "1|甲一|户籍|乙二|10000000009|男"}, merged: []string{"D2:E2"},
			fields: []string{"name", "phone_mask", "sex"},
			want:   "象山社区 2025Q4 resident: 1 = 1 + 0 + 0\n4 甲一 - 男\n"},
		{name: "nor are the householder's, though they stand first",
			rows: []string{"居民登记表", "户主信息||居民信息|||户号", "姓名|身份证号|姓名|身份证号|人员类型|", "户主甲|" + id + "|孩子乙|" + other + "|户籍|1"}, merged: []string{"A2:B2", "C2:E2"},
			fields: []string{"name", "id_number_birth"},
			want:   "象山社区 2025Q4 resident: 1 = 1 + 0 + 0\n4 孩子乙 1990-01-01\n"},
		{name: "the householder's name of a register of homes",
			rows:   []string{"住户登记", "户号|楼栋|户主|居住类型|", "||姓名|", "1|3栋|甲一|户籍|"},
			fields: []string{"head"},
			want:   "象山社区 2025Q4 household: 1 = 1 + 0 + 0\n4 甲一\n"},
		{name: "nor is what the brackets say is another's",
			rows:   []string{"居民登记表", "姓名|人员类型|联系电话（监护人）|身份证号（户主）", "甲一|户籍|10000000009|" + id},
			fields: []string{"name", "phone_mask", "id_number_mask"},
			want:   "象山社区 2025Q4 resident: 1 = 1 + 0 + 0\n3 甲一 - -\n"},
		{name: "the householder's, in a register of homes, is who is meant",
			rows:   []string{"住户登记", "户号|楼栋|姓名（户主）|居住类型", "1|3栋|甲一|户籍"},
			fields: []string{"head"},
			want:   "象山社区 2025Q4 household: 1 = 1 + 0 + 0\n3 甲一\n"},
		{name: "brackets that say how to fill in",
			rows:   []string{"居民登记表", "姓名（请填写真实姓名）|人员类型（下拉选择：常住、流动）|出生日期（格式：1990-01-01）|联系电话\\n（11位手机号）", "甲一|户籍|1990-01-01|10000000009"},
			fields: []string{"name", "birth", "phone_mask"},
			want:   "象山社区 2025Q4 resident: 1 = 1 + 0 + 0\n3 甲一 1990-01-01 100****0009\n"},
		{name: "a unit among them is no mere note",
			rows: []string{"捐款台账", "捐款日期|捐款人|金额（请以万元为单位填写）", "2025-10-08|甲|1"},
			want: "error missing-column 2\n", says: "金额"},
		{name: "promised and paid",
			rows: []string{"捐款台账", "捐款日期|捐款人|认捐||实捐|", "||金额|方式|金额|方式", "2025-10-08|甲|1000|现金|500|现金"}, merged: []string{"C2:D2", "E2:F2"},
			want: "error which-column 3\n", says: "“认捐/金额”和“实捐/金额”"},
		{name: "members and others",
			rows: []string{"活动台账", "活动日期|活动名称|党员||群众|", "||应到人数|实到人数|应到人数|实到人数", "2025-10-08|学习会|40|38|100|80"}, merged: []string{"C2:D2", "E2:F2"},
			want: "error which-column 3\n", says: "分不清该读哪一列"},
		{name: "two tables of gifts, their headings not the same words",
			rows: []string{"捐款名单", "捐款日期|捐款人|金额||捐赠时间|姓名|捐款金额", "2025-10-08|甲|1||2025-10-09|乙|2"},
			want: "error side-by-side 2\n", says: "重复的列：捐赠时间、姓名、捐款金额"},
		{name: "gifts beside a roll of volunteers",
			rows: []string{"捐款台账", "捐款日期|捐款人|金额||队伍|姓名|性别|联系电话", "2025-10-08|甲|100||文艺宣传队|乙|女|10000000001"},
			want: "error side-by-side 2\n", says: "捐款台账的右边还放着一张义工名册"},
		{name: "several names of one column are no second table",
			rows:   []string{"义工名册", "队伍|姓名|联系电话|手机号", "太极拳队|甲|10000000001|10000000002"},
			fields: []string{"phone_mask"},
			want:   "象山社区 2025Q4 volunteer: 1 = 1 + 0 + 0\n3 100****0001\n"},
		{name: "a member's card",
			rows: []string{"党员基本情况卡", "姓名|张三|性别|男|出生年月|1980-01", "民族|汉族|学历|大专|入党时间|2001-07", "身份证号|" + id + "||联系电话|10000000001", "工作单位|县第一小学||党员类别|在职"},
			want: "error form 2\n", says: "这是一张卡片，不是一行一条的表"},
		{name: "a community's card",
			rows: []string{"社区基本情况", "总户数|3275|总人口|9325", "流动人口户数|887|流动人口数|2025", "驻区单位数|12|工作人员数|9"},
			want: "error form 2\n", says: "xingce template community"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.rows[0] = "象山社区2025年第四季度" + c.rows[0]
			data := workbook(t, tab{rows: c.rows, merged: c.merged})
			got, report := read(t, reader(t), "上传.xlsx", data, ingest.Hint{}, c.fields...)
			if len(c.fields) == 0 {
				got = dropRows(got)
			}
			if got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s\n%v", got, c.want, report.AllIssues())
			}
			if all := report.AllIssues(); c.says != "" && !strings.Contains(all[len(all)-1].String(), c.says) {
				t.Errorf("%v does not say %q", all, c.says)
			}
		})
	}
}
