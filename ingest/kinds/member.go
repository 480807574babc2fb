package kinds

import (
	"time"

	"xingce/ingest"
	"xingce/ingest/period"
)

// Member is the roll of Party members (党员名册): the branch's own, the
// in-service members who reported to the community, and the floating ones.
var Member = ingest.Kind{
	Name: "member", Title: "党员名册", Titles: []string{"党员花名册", "党员信息", "党员名单", "党员基本情况卡", "党员登记表"},
	Grain: period.Quarterly,
	Rows:  "每人一行",
	Key:   []string{"id_number"},
	Columns: []ingest.Column{
		{Name: "name", Headings: []string{"姓名", "党员姓名", "人员姓名"}, Type: ingest.PersonName, Required: true},
		{Name: "id_number", Headings: []string{"身份证号", "公民身份号码", "公民身份证号", "公民身份证号码", "身份证号码", "身份证", "证件号码", "证件号", "有效证件号码", "有效证件号"}, Type: ingest.IDNumber},
		{Name: "sex", Headings: []string{"性别", "用户性别"}, Type: ingest.Sex},
		{Name: "birth", Headings: []string{"出生日期", "出生年月"}, Type: ingest.Date, Example: "1990-01-01"},
		{Name: "ethnicity", Headings: []string{"民族"}, Type: ingest.Text, Example: "汉族"},
		{Name: "education", Headings: []string{"学历", "文化程度", "教育程度"}, Type: ingest.Text, Example: "大专"},
		{Name: "kind", Headings: []string{"党员类别", "人员类别", "党员类型", "人员类型"}, Type: ingest.Text, Required: true, Words: [][]string{
			{"直管", "直管党员", "在册", "在册党员", "离退休", "离退休党员"}, {"在职", "在职党员"}, {"流动", "流动党员"},
		}},
		{Name: "standing", Headings: []string{"党籍状态", "正式/预备", "党员状态"}, Type: ingest.Text, Words: standing},
		{Name: "party_group", Headings: []string{"所属党小组", "党小组"}, Type: ingest.Text, Example: "一组"},
		{Name: "branch", Headings: []string{"所在党支部", "所属党支部", "党组织名称"}, Type: ingest.Text, Example: "社区党支部"},
		{Name: "joined_on", Headings: []string{"入党时间", "入党日期", "入党年月", "加入党组织日期"}, Type: ingest.Date, Example: "2011-07-01"},
		{Name: "full_on", Headings: []string{"转正时间", "转正日期", "转为正式党员日期"}, Type: ingest.Date, Example: "2012-07-01"},
		{Name: "work_unit", Headings: []string{"工作单位", "工作单位及职务", "工作学习单位", "单位", "单位党组织", "所在单位"}, Type: ingest.Text, Example: "县第一小学"},
		{Name: "post1", Headings: []string{"认领岗位1", "认领岗位"}, Type: ingest.Text, Example: "文明劝导岗"},
		{Name: "post2", Headings: []string{"认领岗位2"}, Type: ingest.Text, Example: "义务巡逻岗"},
		{Name: "dues", Headings: []string{"党费交纳月数", "党费缴纳月数", "按时交纳党费月数"}, Type: ingest.Count, Example: "3"},
		{Name: "phone", Headings: []string{"联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "移动电话"}, Type: ingest.Phone},
		{Name: "address", Headings: []string{"家庭住址", "现居住地", "住址", "现住址", "现住地", "居住地址", "现住门(楼)详址"}, Type: ingest.Address},
	},
	Findings: []ingest.Finding{
		sexDiffers("男", "女"), sexDiffers("女", "男"), birthDiffers,
		{Column: "party_group", Says: "直管党员没有编入党小组", Mend: "请补填所属党小组；确未编组的，请支部研究", When: func(r ingest.Record) bool {
			return r.Text("kind") == "直管" && r.Null("party_group")
		}},
		{Column: "full_on", Code: "full-before-joined", Says: "转正时间不晚于入党时间", Mend: "预备期一般为一年，请对照档案核对两个日期", When: fullTooEarly},
	},
}

// Members who joined in these years had no probation: the day they became
// full members is the day they joined.
var (
	noProbation      = time.Date(1969, time.April, 1, 0, 0, 0, 0, time.UTC)
	probationRenewed = time.Date(1977, time.August, 12, 0, 0, 0, 0, time.UTC)
)

func fullTooEarly(r ingest.Record) bool {
	joined, is := r.Day("joined_on")
	full, was := r.Day("full_on")
	if !is || !was || full.After(joined) {
		return false
	}
	return full.Before(joined) || joined.Before(noProbation) || !joined.Before(probationRenewed)
}
