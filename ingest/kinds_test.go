package ingest_test

import (
	"strings"
	"testing"

	"xingce/ingest"
)

// What each kind finds odd, and what it does not let in. Rows below the head
// are numbered from 3.
func TestFindingsOfKinds(t *testing.T) {
	for _, c := range []struct {
		kind, title string
		rows        []string
		want        string
	}{
		{"claim", "岗位认领表", []string{"姓名|认领岗位1|认领岗位2|认领岗位3", "张三|文明劝导岗||", "李四|||", "王五|文明劝导岗|扶老助残岗|", "赵六|文明劝导岗|扶老助残岗|义务巡逻岗", "钱七|文明劝导岗、扶老助残岗、义务巡逻岗||"},
			"5 = 5 + 0 + 0\nfinding blank-post1 B4\nfinding posts-over-two B6\nfinding posts-over-two B7\n"},
		{"member", "党员名册", []string{"姓名|党员类别|党小组|入党时间|转正时间",
			"张三|直管|一组|2011-07-01|2012-07-01", "李四|直管|一组|2011-07-01|2010-07-01", "王五|直管|一组|2011-07-01|2011-07-01",
			"赵六|直管|一组|1970-05-01|1970-05-01", "钱七|直管|一组|1977-08-11|1977-08-11", "孙八|直管|一组|1977-08-12|1977-08-12", "周九|直管|一组|2011-07-01|"},
			"7 = 7 + 0 + 0\nfinding full-before-joined E4\nfinding full-before-joined E5\nfinding full-before-joined E8\n"},
		{"resident", "居民登记表", []string{"姓名|人员类型|身份证号|出生日期|流入日期",
			"张三|户籍|999101199001010017|1990-01-01|", "李四|户籍|999000198505050024|1985年5月|", "王五|户籍|999101199001010033|1990-01-02|", "赵六|户籍|999101199001010041|1990-02|", "钱七|户籍||1990-01-02|"},
			"5 = 5 + 0 + 0\nfinding birth-differs D5\nfinding birth-differs D6\n"},
		{"conduct", "加扣分台账", []string{"认定日期|姓名|类别|事由|分值|证明材料|认定机构",
			"2025-10-08|张三|加分|拾金不昧|2|感谢信|支委会", "2025-10-08|李四|扣分|无故缺席|-1||支委会", "2025-10-08|王五|扣分|无故缺席||签到册|支委会",
			"2025-10-08|赵六|加分|好人好事|-2|照片|支委会", "2025-10-08|钱七|一票否决|违纪||处分决定|", "2025-10-08|孙八|免评|长期患病||申请书|党员大会", "2026-01-08|孙八|警告|其他||申请书|党员大会"},
			"7 = 5 + 2 + 0\nerror required F4\nfinding no-points E5\nfinding negative-score E6\nfinding no-decision G7\nerror word C9\n"},
		{"appraisal", "民主评议表", []string{"姓名|党籍状态|民主测评得分|评定等次", "张三|正式|90|优秀", "李四|正式|80|", "王五|预备|85|", "赵六|预备|85|合格", "钱七|正式|-1|不合格"},
			"5 = 5 + 0 + 0\nfinding blank-grade D4\nfinding graded-probationer D6\nfinding negative-score C7\n"},
		{"performance", "社区表现卡", []string{"姓名|应参加次数|实际参加次数|得分", "张三|4|4|90", "李四|4|5|90", "王五|4||"},
			"3 = 3 + 0 + 0\nfinding part-over-whole C4\n"},
		{"activity", "活动台账", []string{"活动日期|活动名称|应到人数|实到人数|出勤率", "2025-10-08|党课|40|38|95%", "2025-10-09|党课|40|38|90%", "2025-10-10|党课|40|41|", "2025-10-11|义诊||60|", "2025-10-12|党课|47|46|98%", "2025-07-12|党课|0|0|100%"},
			"6 = 6 + 0 + 0\nfinding rate-differs E4\nfinding part-over-whole D5\nfinding out-of-period A8\n"},
		{"field_check", "流动人口核查表", []string{"核查日期|楼栋|抽查人数|已登记人数|信息一致人数", "2025-10-08|3栋|20|19|18", "2025-10-08|4栋|20|21|18", "2025-10-08|5栋|20|19|20", "2025-10-08|5栋|1|1|1"},
			"4 = 3 + 1 + 0\nfinding part-over-whole D4\nfinding part-over-whole E5\nerror duplicate B6\n"},
		{"community", "社区基本情况", []string{"总户数|总人口|流动人口户数|流动人口数", "3275|9325|887|20250", "3275|9325|887|2025"},
			"2 = 1 + 1 + 0\nfinding part-over-whole D3\nerror second-row A4\n"},
		{"site_visit", "社区博客访问", []string{"月份|访问量", "2025-10|350", "2025-11|", "2025-12|0"},
			"3 = 3 + 0 + 0\nfinding blank-visits B4\n"},
		{"honour", "荣誉台账", []string{"荣誉名称|荣誉级别", "文明社区|省", "平安社区|街道级", "示范社区|"},
			"3 = 2 + 1 + 0\nerror required B5\n"},
		{"unit", "驻区单位", []string{"单位名称|职工人数|党员人数|是否建立党组织", "县第一小学|60|21|√", "县医院|10|21|无", "县医院|10|2|不详"},
			"3 = 2 + 1 + 0\nfinding part-over-whole C4\nerror yes-no D5\n"},
	} {
		t.Run(c.kind, func(t *testing.T) {
			when := "2025年第四季度"
			if c.kind == "appraisal" {
				when = "2025年度"
			}
			data := workbook(t, tab{rows: append([]string{"象山社区" + when + c.title}, c.rows...)})
			got, report := read(t, reader(t), "上传.xlsx", data, ingest.Hint{})
			if len(report.Batches) != 1 || report.Batches[0].Kind.Name != c.kind {
				t.Fatalf("taken for something else: %s%v", got, report.Issues)
			}
			_, got, _ = strings.Cut(got, ": ")
			if got = dropRows(got); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s\n%v", got, c.want, report.AllIssues())
			}
		})
	}
}

// Of a family that is helped nothing is kept but a key: neither its name nor
// its home nor its trouble comes out of the reader in any form.
func TestVisitKeepsNoFamily(t *testing.T) {
	rows := []string{"象山社区2025年第四季度帮扶走访", "走访日期|户主姓名|家庭住址|身份证号|困难原因|慰问金（元）", "2025-10-08|张三丰|幸福路12号|999101199001010017|患病|#500"}
	k := []string{"day", "family_key", "amount", "help"}
	got, report := read(t, reader(t), "上传.xlsx", workbook(t, tab{rows: rows}), ingest.Hint{}, k...)
	for _, secret := range []string{"张三丰", "幸福路", "19900101", "患病"} {
		if strings.Contains(got, secret) {
			t.Errorf("%s is kept:\n%s", secret, got)
		}
	}
	if dropped := strings.Join(report.Batches[0].Dropped, "、"); dropped != "家庭住址、身份证号、困难原因" {
		t.Errorf("dropped %s", dropped)
	}
	for _, f := range report.Batches[0].Kind.Fields() {
		if strings.HasSuffix(f.Name, "_sealed") || strings.HasSuffix(f.Name, "_mask") {
			t.Errorf("%s is kept", f.Name)
		}
	}
}
