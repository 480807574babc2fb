package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Appraisal is the yearly democratic appraisal of members (民主评议): one row
// for each, with the steps 自评, 互评, 测评 and the grade that the organisation
// set.
var Appraisal = ingest.Kind{
	Name: "appraisal", Title: "民主评议", Titles: []string{"民主测评", "评议结果", "评议汇总", "评议登记"},
	Grain: period.Yearly,
	Rows:  "每人一行",
	Key:   []string{"name", "party_group", "work_unit"},
	Columns: []ingest.Column{
		{Name: "name", Headings: []string{"姓名", "党员姓名", "人员姓名"}, Type: ingest.PersonName, Required: true},
		{Name: "party_group", Headings: []string{"党小组", "所属党小组"}, Type: ingest.Text, Example: "一组"},
		{Name: "work_unit", Headings: []string{"所在单位", "工作单位", "单位", "工作单位及职务", "工作学习单位", "单位党组织"}, Type: ingest.Text, Example: "县第一小学"},
		{Name: "standing", Headings: []string{"党籍状态", "正式/预备", "党员状态"}, Type: ingest.Text, Words: standing},
		{Name: "own", Headings: []string{"个人自评", "自评", "自评等次"}, Type: ingest.Text, Words: grades, Example: "合格"},
		{Name: "peers", Headings: []string{"党员互评", "互评", "互评等次"}, Type: ingest.Text, Words: grades, Example: "合格"},
		{Name: "votes_good", Headings: []string{"优秀票数", "优秀票", "优秀"}, Type: ingest.Count, Example: "30"},
		{Name: "votes_passed", Headings: []string{"合格票数", "合格票", "合格"}, Type: ingest.Count, Example: "10"},
		{Name: "votes_weak", Headings: []string{"基本合格票数", "基本合格票", "基本合格"}, Type: ingest.Count, Example: "1"},
		{Name: "votes_failed", Headings: []string{"不合格票数", "不合格票", "不合格"}, Type: ingest.Count, Example: "0"},
		{Name: "score", Headings: []string{"民主测评得分", "测评得分", "得分", "评议得分", "测评分"}, Type: ingest.Score},
		{Name: "grade", Headings: []string{"评定等次", "组织评定", "评议等次", "评议结果", "等次", "综合评定", "评定结果"}, Type: ingest.Text, Wanted: true, Words: grades, Example: "合格"},
	},
	Findings: []ingest.Finding{
		{Column: "grade", Says: "没有评定等次", Mend: "请补填；经党员大会同意免评的，请登记在加扣分台账里", When: func(r ingest.Record) bool {
			return r.Null("grade") && r.Text("standing") != "预备"
		}},
		{Column: "grade", Code: "graded-probationer", Says: "预备党员评定了等次", Mend: "预备党员参加评议，不评定等次，请核对", When: func(r ingest.Record) bool {
			return !r.Null("grade") && r.Text("standing") == "预备"
		}},
		{Column: "score", Code: "negative-score", Says: "得分是负数", Mend: "请核对得分", When: negative("score")},
	},
}

var grades = [][]string{{"优秀", "优"}, {"合格", "称职"}, {"基本合格"}, {"不合格"}}

// standing tells full members from those on probation.
var standing = [][]string{{"正式", "正式党员"}, {"预备", "预备党员"}}
