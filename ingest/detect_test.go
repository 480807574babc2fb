package ingest_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
)

// taken is the kind that a sheet is taken for, else the codes of its issues.
func taken(t *testing.T, title string, headings []string, p period.Period) string {
	t.Helper()
	rows := []string{title, strings.Join(headings, ","), strings.Repeat(",", len(headings)) + "x"}
	_, report := read(t, reader(t), "上传.csv", []byte(strings.Join(rows, "\n")), ingest.Hint{Community: "象山社区", Period: p})
	if len(report.Batches) > 0 {
		return report.Batches[0].Slice.Kind
	}
	var codes []string
	for _, i := range report.Issues {
		codes = append(codes, i.Code)
	}
	return strings.Join(codes, " ")
}

// Every kind is known by its own headings alone, in any order and by any of
// their names. Where half of its columns are missing and nothing else names
// it, it may be asked which kind it is; it is never taken for another.
func TestKindsAreToldApart(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	const times = 100
	for _, k := range kinds.All() {
		t.Run(k.Name, func(t *testing.T) {
			p := ofGrain(k)
			var all []string
			for _, c := range k.Columns {
				all = append(all, c.Title())
			}
			if got := taken(t, "象山社区统计表", all, p); got != k.Name {
				t.Errorf("by its template's headings it is %s", got)
			}
			asked := 0
			for range times {
				var some []string
				for _, i := range random.Perm(len(k.Columns)) {
					if c := k.Columns[i]; c.Required || c.Wanted || random.IntN(2) == 0 {
						some = append(some, c.Headings[random.IntN(len(c.Headings))])
					}
				}
				if len(some) < 2 {
					continue
				}
				switch got := taken(t, "象山社区统计表", some, p); {
				case got == "ambiguous-kind":
					asked++
				case got != k.Name && (len(some) > 3 || got != "no-header"):
					t.Errorf("with no title, %s is taken for %s", strings.Join(some, "|"), got)
				}
				if got := taken(t, "象山社区"+k.Title, some, p); got != k.Name {
					t.Errorf("%s called %s is taken for %s", strings.Join(some, "|"), k.Title, got)
				}
			}
			if asked > times/4 {
				t.Errorf("asked which kind it is %d times of %d", asked, times)
			}
		})
	}
}

// Sheets as offices draw them up.
func TestRealHeadings(t *testing.T) {
	for _, c := range []struct{ title, headings, want string }{
		{"", "姓名|所在单位|家庭住址|联系电话|个人特长|服务意向|认领岗位1|认领岗位2|报到时间", "claim"},
		{"公益岗位认领登记表", "序号|姓名|工作单位|岗位名称|认领时间", "claim"},
		{"公益岗位一览表", "序号|岗位名称|岗位类别|岗位职责|名额", "post"},
		{"", "姓名|所在单位|应参加次数|实际参加次数|服务时长|岗位履职评价|群众评价|党小组意见|得分", "performance"},
		{"", "姓名|所在单位|反馈期间|参加活动次数|服务时长|岗位|综合评价|社区党组织意见|单位党组织回执", "feedback"},
		{"", "楼栋|单元|门牌号|户主姓名|发放份数|发放日期|发放人|签收", "card_delivery"},
		{"活动记录卡", "活动日期|活动主题|活动地点|活动类型|姓名|签到时间|签退时间", "attendance"},
		{"活动记录", "活动时间|活动名称|活动地点|负责人|应到人数|实到人数|出勤率", "activity"},
		{"", "日期|楼栋|抽查人数|已登记|信息一致|抽查人", "field_check"},
		{"流动人口登记表", "姓名|性别|身份证号|人员类型|流入日期|流入原因|现住址", "resident"},
		{"", "姓名|性别|职务|学历|政治面貌|联系电话", "staff"},
		{"", "机构名称|姓名|职务|代表单位", "body"},
		{"", "单位名称|单位性质|党员人数|联系人|联系电话", "unit"},
		{"", "荣誉名称|级别|授予单位|授予时间", "honour"},
		{"", "月份|网站名称|访问量|发文篇数", "site_visit"},
		{"", "走访日期|户主姓名|家庭住址|家庭人口|困难类型|慰问金（元）|走访人", "visit"},
		{"党员加扣分情况", "姓名|日期|类别|事由|分值|证明材料", "conduct"},
		{"", "姓名|党小组|个人自评|党员互评|民主测评得分|评议等次", "appraisal"},
		{"", "面积（平方公里）|居民楼栋数|户数|人口|流动人口|驻区单位|工作人员", "community"},
		{"", "捐款人|单位|金额（元）|捐款时间|项目名称", "donation"},
		{"", "编号|姓名|性别|所属队伍|特长|联系电话", "volunteer"},
		// Too little to tell.
		{"", "姓名|联系电话", "no-header"},
		{"", "姓名|性别|身份证号|人员类别|联系电话", "ambiguous-kind"},
		{"党员花名册", "姓名|性别|身份证号|人员类别|联系电话", "member"},
		{"人口信息", "姓名|性别|身份证号|人员类别|联系电话", "resident"},
		{"人 口 信 息", "姓名|性别|身份证号|人员类别|联系电话", "resident"},
		// Other trades have these columns, too.
		{"低保金发放表", "序号|姓名|日期|金额|备注", "ambiguous-kind"},
		{"报销明细", "日期|姓名|单位|金额|用途|付款方式", "ambiguous-kind"},
		{"场地租金收入", "日期|单位|金额", "ambiguous-kind"},
		{"物业费收缴情况", "楼栋|单元|房号|户主姓名|联系电话|金额|日期", "ambiguous-kind"},
		{"捐款名单", "日期|姓名|金额", "donation"},
		{"", "日期|捐款人|金额", "donation"},
	} {
		k := kinds.Find(c.want)
		p := period.Quarter(2025, 4)
		if k != nil {
			p = ofGrain(k)
		}
		got := taken(t, "象山社区"+c.title, strings.Split(c.headings, "|"), p)
		if codes := strings.Fields(got); !slices.Contains(codes, c.want) {
			t.Errorf("%s %s: taken for %s, want %s", c.title, c.headings, got, c.want)
		}
	}
}
