package kinds

import (
	"xingce/ingest"
	"xingce/ingest/period"
)

// Unit is the register of the offices, schools and firms in the community
// (驻区单位): one row for each.
var Unit = ingest.Kind{
	Name: "unit", Title: "驻区单位", Titles: []string{"辖区单位", "共驻共建", "共建单位", "驻社区单位"},
	Grain: period.Quarterly,
	Rows:  "每个单位一行",
	Key:   []string{"name"},
	Columns: []ingest.Column{
		{Name: "name", Headings: []string{"单位名称", "驻区单位", "驻区单位名称", "辖区单位", "共建单位"}, Type: ingest.Text, Required: true, Example: "县第一小学"},
		{Name: "unit_kind", Headings: []string{"单位性质", "单位类型", "单位类别"}, Type: ingest.Text, Example: "事业单位"},
		{Name: "staff", Headings: []string{"职工人数", "从业人数", "员工人数", "在职人数"}, Type: ingest.Count, Example: "60"},
		{Name: "party_body", Headings: []string{"是否建立党组织", "党组织", "有无党组织", "是否有党组织"}, Type: ingest.YesNo},
		{Name: "members", Headings: []string{"党员人数", "党员数", "在职党员人数", "在职党员数"}, Type: ingest.Count, Example: "21"},
		{Name: "agreement", Headings: []string{"是否签订共建协议", "共建协议", "签订共建协议"}, Type: ingest.YesNo},
		{Name: "contact", Headings: []string{"联系人", "单位联系人", "联络员", "负责人"}, Type: ingest.PersonName},
		{Name: "phone", Headings: []string{"联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "移动电话"}, Type: ingest.Phone},
	},
	Findings: []ingest.Finding{
		{Column: "members", Code: "part-over-whole", Says: "党员人数多于职工人数", Mend: "请核对两个数", When: over("members", "staff")},
	},
}
