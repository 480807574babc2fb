package demo

import (
	"slices"

	"xingce/ingest"
	"xingce/ingest/kinds"
)

// A form is a sheet that an office hands in: how most offices head its
// columns, and what is laid out in it.
type form struct {
	kind         *ingest.Kind
	sheet, title string
	headings     []string
	lay          func(c *community, t *table, q int)
}

// A book is a workbook with its forms, in their order. An office that writes
// CSV hands in a file for each form.
type book struct {
	name  string
	forms []form
}

// The headings that offices have of their own are in offices.go; those that
// add to the usual ones need them by name.
var (
	plainResident = []string{"序号", "户号", "楼栋", "单元", "房号", "姓名", "与户主关系", "身份证号", "性别", "联系电话", "人员类型", "来源地", "流入日期", "流入原因", "流出日期", "流出去向"}
	plainMember   = []string{"序号", "姓名", "身份证号", "性别", "学历", "党员类别", "党籍状态", "党小组", "入党时间", "转正时间", "工作单位", "认领岗位1", "认领岗位2", "党费交纳月数", "联系电话"}
	plainClaim    = []string{"序号", "姓名", "所在单位", "联系电话", "个人特长", "服务意向", "认领岗位1", "认领岗位2", "报到时间"}
)

var books = []book{
	{"人口台账", []form{
		{&kinds.Household, "住户登记", "住户登记表",
			[]string{"序号", "户号", "楼栋", "单元", "房号", "户主姓名", "居住类型", "人数", "联系电话", "住址"},
			(*community).layHouseholds},
		{&kinds.Resident, "居民登记", "居民登记表", plainResident, (*community).layResidents},
	}},
	{"党建台账", []form{
		{&kinds.Member, "党员名册", "党员名册", plainMember, (*community).layMembers},
		{&kinds.Attendance, "党员活动签到", "党员活动签到表",
			[]string{"序号", "活动日期", "活动名称", "活动类型", "活动地点", "姓名", "出勤情况", "服务时长（小时）"},
			func(c *community, t *table, q int) { c.layEvents(t, during(c.meetings, q)) }},
		{&kinds.Attendance, "义工活动签到", "义工活动签到表",
			[]string{"序号", "活动日期", "活动名称", "活动地点", "队伍", "姓名", "签到情况", "服务时长（小时）"},
			func(c *community, t *table, q int) { c.layEvents(t, during(c.services, q)) }},
		{&kinds.Volunteer, "义工名册", "义工名册",
			[]string{"序号", "队伍", "姓名", "性别", "出生日期", "联系电话", "政治面貌", "特长", "加入日期"},
			(*community).layVolunteers},
		{&kinds.Donation, "捐款台账", "捐款台账",
			[]string{"序号", "捐款日期", "捐款人", "单位", "捐款金额（元）", "捐款项目", "捐款方式", "备注"},
			(*community).layGifts},
	}},
	{"四卡一岗台账", []form{
		{&kinds.Post, "公益岗位", "公益岗位设置一览表",
			[]string{"序号", "岗位名称", "岗位类别", "岗位职责", "设岗人数", "认领人数"},
			listed((*community).postList, "places", "claimed")},
		{&kinds.Claim, "岗位认领", "在职党员岗位认领登记表", plainClaim, listed((*community).claims)},
		{&kinds.Performance, "社区表现卡", "党员社区表现卡汇总表",
			[]string{"序号", "姓名", "党小组", "所在单位", "应参加次数", "实际参加次数", "服务时长（小时）", "岗位", "岗位履职评价", "群众评价", "党小组意见", "得分"},
			listed((*community).performances, "due", "attended", "hours")},
		{&kinds.Feedback, "社区表现反馈卡", "在职党员社区表现反馈卡",
			[]string{"序号", "姓名", "所在单位", "反馈期间", "参加活动次数", "服务时长（小时）", "岗位", "综合评价", "社区党组织意见", "发出日期", "单位党组织回执", "回执日期"},
			listed((*community).feedback, "attended", "hours")},
		{&kinds.Conduct, "加扣分台账", "党员加扣分台账",
			[]string{"序号", "认定日期", "姓名", "党小组", "类别", "事由", "分值", "证明材料", "认定机构"},
			listed((*community).conduct)},
	}},
	{"社区工作台账", []form{
		{&kinds.Community, "社区基本情况", "社区基本情况表",
			[]string{"辖区面积（平方公里）", "居民楼栋数", "总户数", "总人口", "流动人口户数", "流动人口数", "驻区单位数", "工作人员数", "治安协管员数", "直管党员数", "党小组数", "在职党员数", "流动党员数", "志愿者人数", "志愿队伍数"},
			listed((*community).stated)},
		{&kinds.Unit, "驻区单位", "驻区单位登记表",
			[]string{"序号", "单位名称", "单位性质", "职工人数", "是否建立党组织", "党员人数", "是否签订共建协议", "联系人", "联系电话"},
			listed((*community).unitList, "staff", "members")},
		{&kinds.Staff, "工作人员", "社区工作人员花名册",
			[]string{"序号", "姓名", "性别", "出生年月", "职务", "人员类别", "政治面貌", "学历", "分管工作", "到岗时间", "联系电话"},
			listed((*community).staffList)},
		{&kinds.Body, "组织架构", "社区组织架构表",
			[]string{"序号", "组织名称", "姓名", "职务", "代表单位", "任职时间"},
			listed((*community).seatList)},
		{&kinds.Honour, "荣誉台账", "社区荣誉台账",
			[]string{"序号", "荣誉名称", "荣誉级别", "获奖对象", "授予单位", "授予时间"},
			listed((*community).honourList)},
		{&kinds.SiteVisit, "社区博客访问", "社区博客访问统计表",
			[]string{"月份", "博客名称", "访问量", "发文篇数"},
			listed((*community).siteList, "visits", "articles")},
		{&kinds.Activity, "活动台账", "社区活动台账",
			[]string{"序号", "活动日期", "活动名称", "活动类型", "活动地点", "主办单位", "应到人数", "实到人数", "出勤率"},
			listed((*community).activityList, "attended")},
		{&kinds.Visit, "帮扶走访", "困难家庭帮扶走访台账",
			[]string{"序号", "走访日期", "户号", "家庭人口", "走访人数", "帮扶方式", "慰问金（元）", "慰问品折价（元）", "是否结对"},
			listed((*community).visitList, "amount", "goods_value")},
		{&kinds.FieldCheck, "流动人口核查", "流动人口入户核查表",
			[]string{"序号", "核查日期", "楼栋", "抽查人数", "已登记人数", "信息一致人数", "应注销人数", "已注销人数", "核查人"},
			listed((*community).checkList, "checked", "registered", "accurate", "moved_out", "cancelled")},
		{&kinds.CardDelivery, "便民卡发放", "便民卡发放登记表",
			[]string{"序号", "楼栋", "单元", "门牌号", "发放份数", "发放日期", "发放人"},
			listed((*community).deliveries, "copies")},
	}},
	{"民主评议", []form{
		{&kinds.Appraisal, "民主评议", "民主评议党员汇总表",
			[]string{"序号", "姓名", "党小组", "党籍状态", "个人自评", "党员互评", "优秀票数", "合格票数", "基本合格票数", "不合格票数", "民主测评得分", "评定等次"},
			listed((*community).appraisals)},
	}},
}

// An entry is a row of a form, by field.
type entry map[string]cell

// listed lays entries out, with a 合计 row if some fields are to be summed.
func listed(entries func(c *community, q int) []entry, sums ...string) func(*community, *table, int) {
	return func(c *community, t *table, q int) {
		list := entries(c, q)
		t.count = len(list)
		t.rows = rowsOf(t.columns, slices.Values(list), t.together, func(field string, e entry) cell {
			value, ok := e[field]
			if !ok {
				panic("demo: " + t.sheet + " has no " + field)
			}
			return value
		})
		if c.uncounted || len(sums) == 0 {
			return
		}
		total := entry{}
		for _, field := range sums {
			sum := cell{kind: numberCell}
			for _, e := range list {
				if e[field].kind == moneyCell {
					sum.kind = moneyCell
				}
				sum.number += e[field].number
			}
			total[field] = sum
		}
		t.sum(total)
	}
}

// together reports whether two entries say the same in all merged columns.
func (t *table) together(a, b entry) bool {
	return !slices.ContainsFunc(t.columns, func(c column) bool { return c.merged && a[c.field] != b[c.field] })
}
