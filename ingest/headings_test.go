package ingest_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/sheet"
)

// Headings of real sheets, by the column that they lead to: in the kinds named
// before its dot, else in every kind that has a column of the name. ⏎ is a line
// break. Those after the dash are of no use to any figure: every kind leaves
// them out.
const realHeadings = `
appraisal,attendance,body,claim,conduct,feedback,member,performance,resident,staff,volunteer.name: 姓名 人员姓名
appraisal,attendance,claim,conduct,feedback,member,performance.name: 党员姓名
resident.name: 村民姓名
household.head: 户主姓名
visit.family: 户主姓名
attendance.name: 签到人 义工姓名 志愿者姓名
volunteer.name: 义工姓名 志愿者姓名
id_number: 公民身份号码 公民身份证号 公民身份证号码 身份证号码 身份证号 身份证 证件号码
sex: 性别 用户性别
birth: 出生日期 出生年月
ethnicity: 民族
education: 学历 文化程度 教育程度
phone: 手机号 手机号码 手机 联系电话 电话 联系方式 移动电话
address: 家庭住址 现居住地 住址 现住址 现住地 现住门（楼）详址 居住地址
registered_address: 户籍地 户籍地址 户籍所在地 户籍门（楼）详址
branch: 所在党支部 所属党支部 党组织名称
party_group: 所属党小组 党小组
member.kind: 人员类别 党员类别 党员类型 人员类型
standing: 党籍状态
member.joined_on: 加入党组织日期 入党时间 入党日期 入党年月 入党⏎时间
full_on: 转为正式党员日期 转正时间 转正日期
work_unit: 工作单位及职务 工作单位 工作学习单位 单位 单位党组织 所在单位
household_no: 户号 户编号 户号编码 户口本编号 家庭编号
visit.family: 户号 户编号 户号编码 户口本编号 家庭编号
building: 楼栋 楼号 栋号 所属楼幢
unit: 单元 所属单元
room: 房号 门牌号 室
relation: 与户主关系 和户主关系
resident.kind: 人员类型 居住类型 人口类型 户籍类型
household.kind: 居住类型 人口类型 户籍类型
arrived_on: 登记日期 流入日期 来本地日期 入住时间
resident.reason: 流入原因
left_on: 流出日期 迁出日期 搬离时间
destination: 流出去向 迁往地
permit: 办证类型
permit_until: 证件到期日期
dwelling: 住所类型
volunteer.number: 编号
volunteer.team: 队伍 所属队伍
attendance.team: 队伍 所属队伍
hours: 活动时长 服务时长 服务总时长 服务时长（分钟）
performance.score: 积分 得分
politics: 政治面貌
skill: 特长 个人特长
activity,attendance.activity: 活动主题 活动名称
activity,attendance.day: 活动时间 活动日期
attendance.day: 签到时间
activity,attendance.place: 活动地点
activity_kind: 活动类型
leader: 活动负责人
activity.attended: 活动人数 实到人数
activity.due: 应到人数
rate: 出勤率
donor: 姓名 捐款人
donation.amount: 金额（元） 捐款金额（元） 捐赠金额
donation.day: 捐赠时间 捐款日期
method: 捐赠方式 付款方式
campaign: 项目名称 捐款项目
note: 备注
wish: 服务意向
claim,member.post1: 认领岗位1
claim,member.post2: 认领岗位2
claimed_on: 报到时间
performance.due: 应参加次数
performance.attended: 实际参加次数
duty_opinion: 岗位履职评价
public_opinion: 群众评价
group_opinion: 党小组意见
span: 反馈期间
feedback.attended: 参加活动次数 活动次数
feedback.post: 岗位
overall: 综合评价
community_opinion: 社区党组织意见
receipt: 单位党组织回执
copies: 发放份数
card_delivery.day: 发放日期
deliverer: 发放人
-: 宗教信仰 健康状况 犯罪史 吸毒史 是否重点关注人员 重点类别 QQ 微信 血型 婚姻 是否人户分离 人户一致标识 服务站 志愿等级 签退时间 签收
`

func TestHeadingsOfTheDomain(t *testing.T) {
	for line := range strings.Lines(strings.TrimSpace(realHeadings)) {
		column, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
		only, column, some := strings.Cut(column, ".")
		if !some {
			only, column = "", only
		}
		read := 0
		for _, k := range kinds.All() {
			at := slices.IndexFunc(k.Columns, func(c ingest.Column) bool { return c.Name == column })
			if column != "-" && (at < 0 || some && !slices.Contains(strings.Split(only, ","), k.Name)) {
				continue
			}
			read++
			for heading := range strings.FieldsSeq(list) {
				if got, want := leadsTo(t, k, at, strings.ReplaceAll(heading, "⏎", "\n")), strings.Trim(column, "-"); got != want {
					t.Errorf("%s: %q leads to %q, not %q", k.Name, heading, got, want)
				}
			}
		}
		if read < max(1, strings.Count(only, ",")+1) {
			t.Errorf("%s: %d kinds have such a column", column, read)
		}
	}
}

// leadsTo gives the column that a heading leads to where it stands in a whole
// table of the kind, in place of the heading of a column.
func leadsTo(t *testing.T, k *ingest.Kind, in int, heading string) string {
	t.Helper()
	var head []string
	for i, c := range k.Columns {
		if i != in {
			head = append(head, c.Title())
		}
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.WriteAll([][]string{append(head, heading), {""}}); err != nil {
		t.Fatal(err)
	}
	_, report := read(t, reader(t), "上传.csv", out.Bytes(), ingest.Hint{Kind: k.Name, Community: "象山社区", Period: ofGrain(k)})
	if len(report.Batches) != 1 {
		t.Errorf("%s with %s is not read: %v", k.Name, heading, report.Issues)
		return ""
	}
	for _, p := range report.Batches[0].Places {
		if p.Letter == sheet.Column(len(head)+1) {
			return p.Column
		}
	}
	return ""
}
