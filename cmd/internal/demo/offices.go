package demo

// The headings that most offices use; the others differ on purpose.
var (
	plainHousehold  = []string{"序号", "户号", "楼栋", "单元", "房号", "户主姓名", "居住类型", "人数", "联系电话", "住址"}
	plainResident   = []string{"序号", "户号", "楼栋", "单元", "房号", "姓名", "与户主关系", "身份证号", "性别", "联系电话", "人员类型", "来源地", "流入日期", "流入原因", "流出日期", "流出去向"}
	plainMember     = []string{"序号", "姓名", "身份证号", "性别", "学历", "党员类别", "党籍状态", "党小组", "入党时间", "转正时间", "工作单位", "认领岗位1", "认领岗位2", "党费交纳月数", "联系电话"}
	plainAttendance = []string{"序号", "活动日期", "活动名称", "活动类型", "活动地点", "姓名", "出勤情况", "服务时长（小时）"}
	plainService    = []string{"序号", "活动日期", "活动名称", "活动地点", "队伍", "姓名", "签到情况", "服务时长（小时）"}
	plainRoll       = []string{"序号", "队伍", "姓名", "性别", "出生日期", "联系电话", "政治面貌", "特长", "加入日期"}
	plainDonation   = []string{"序号", "捐款日期", "捐款人", "单位", "捐款金额（元）", "捐款项目", "捐款方式", "备注"}
)

const (
	plainFile  = "{社区}{期}{册}.xlsx"
	plainTitle = "{社区}{期}{表}"
	plainInfo  = "单位：{社区}居民委员会    填表日期：{日}"
)

var offices = map[string]office{
	// The tidy one: two levels of headings, dates as dates.
	"象山社区": {
		file: plainFile, title: plainTitle, info: plainInfo,
		clerks:     [2]string{"许秋云", "高文海"},
		household:  []string{"户号", "房屋信息>楼栋", "房屋信息>单元", "房屋信息>房号", "住户信息>户主姓名", "住户信息>居住类型", "住户信息>人数", "住户信息>联系电话", "住户信息>住址", "登记日期"},
		resident:   []string{"户号", "楼栋", "单元", "房号", "基本信息>姓名", "基本信息>与户主关系", "基本信息>身份证号", "基本信息>性别", "基本信息>联系电话", "人员类型", "流动信息>来源地", "流动信息>流入日期", "流动信息>流入原因", "流动信息>住所类型", "流动信息>流出日期", "流动信息>流出去向"},
		member:     []string{"序号", "基本信息>姓名", "基本信息>身份证号", "基本信息>性别", "基本信息>出生日期", "基本信息>民族", "基本信息>学历", "党籍信息>党员类别", "党籍信息>党籍状态", "党籍信息>所在党支部", "党籍信息>所属党小组", "党籍信息>入党时间", "党籍信息>转正时间", "工作单位", "一岗>认领岗位1", "一岗>认领岗位2", "党费交纳月数", "联系电话", "家庭住址"},
		attendance: []string{"活动日期", "活动名称", "活动类型", "活动地点", "姓名", "出勤情况", "服务时长（小时）", "联系电话"},
		service:    []string{"活动日期", "活动名称", "活动类型", "活动地点", "队伍", "义工姓名", "签到情况", "服务时长（小时）"},
		roll:       []string{"编号", "所属队伍", "义工姓名", "性别", "身份证号", "联系电话", "政治面貌", "特长", "加入日期"},
		donation:   plainDonation,
		dates:      realDates, spaced: true, building: "%d栋",
	},
	// Dots in dates, and the input method left on full width.
	"翠湖社区": {
		file: plainFile, title: plainTitle, info: plainInfo + "    单位：人", period: inShort,
		clerks:     [2]string{"沈玉梅", "罗国明"},
		household:  []string{"序号", "户编号", "楼号", "单元号", "门牌号", "户主", "户别", "家庭人口", "手机号码", "家庭住址", "入住时间"},
		resident:   []string{"序号", "户编号", "楼号", "门牌号", "姓名", "家庭关系", "公民身份号码", "性别", "手机号码", "人口类型", "流入来源", "来本地日期", "来本地原因", "住房类型", "迁出日期", "迁往地"},
		member:     []string{"序号", "党员姓名", "公民身份号码", "性别", "出生年月", "文化程度", "党员类型", "正式/预备", "党小组", "入党日期", "转正日期", "工作单位及职务", "认领岗位1", "认领岗位2", "党费缴纳月数", "手机号码"},
		attendance: []string{"序号", "活动时间", "活动主题", "活动类别", "地点", "党员姓名", "到会情况", "时长（小时）"},
		service:    []string{"序号", "活动时间", "活动主题", "地点", "服务队伍", "志愿者姓名", "签到情况", "服务时长（小时）", "手机号码"},
		roll:       []string{"志愿者编号", "服务队伍", "志愿者姓名", "性别", "出生年月", "手机号码", "政治面貌", "服务意向", "注册时间"},
		donation:   []string{"序号", "捐赠时间", "捐赠人", "所在单位", "捐赠金额（元）", "项目名称", "捐赠方式"},
		words:      map[string]string{"户籍": "常住人口", "流动": "流动人口", "户籍户": "常住户", "出席": "实到", "缺席": "未到", "直管党员": "在册党员"},
		dates:      dotted, wide: true, building: "%d号楼",
	},
	// The headings say what must be filled in.
	"临江社区": {
		file: "{期}{册}（{社区}）.xlsx", title: Town + plainTitle, info: plainInfo, period: inMonths,
		clerks:     [2]string{"董雪", "叶建军"},
		household:  []string{"*户号", "*楼栋", "单元", "房号", "*户主姓名", "*户籍类型", "人口数", "联系方式", "登记日期"},
		resident:   []string{"户号（必填）", "楼栋", "单元", "房号", "*姓名", "与户主关系", "*身份证号码", "性别", "联系方式", "*人员类型", "来源", "*流入日期", "暂住事由", "办证类型", "证件到期日期", "流出日期", "流出去向"},
		member:     []string{"*姓名", "*身份证号码", "性别", "学历", "*人员类别", "党员状态", "所属党小组", "入党时间", "转正时间", "单位", "认领岗位1", "认领岗位2", "党费交纳月数", "联系方式"},
		attendance: []string{"*活动日期", "*活动名称", "活动类型", "活动地点", "*姓名", "出勤情况", "服务时长"},
		service:    []string{"*活动日期", "*活动名称", "活动地点", "志愿服务队", "*姓名", "签到情况", "服务时长"},
		roll:       []string{"*队伍", "*姓名", "性别", "身份证号码", "联系方式", "政治面貌", "加入时间"},
		donation:   []string{"*捐款日期", "捐款人", "*金额（元）", "*捐款项目", "付款方式", "备注"},
		words:      map[string]string{"户籍": "户籍人口", "流动": "流动人口", "出席": "到", "请假": "事假", "缺席": "无故缺席", "在职党员": "在职", "流动党员": "流动", "直管党员": "直管"},
		dates:      dashed, building: "%d幢",
	},
	// No workbooks: text files out of an old program, in GB 18030.
	"清泉社区": {
		file: "{社区}_{期}_{册}.csv", title: plainTitle, info: plainInfo, csv: true, period: inShort,
		clerks:     [2]string{"郑春兰", "金光明"},
		household:  plainHousehold,
		resident:   plainResident,
		member:     append(plainMember[:len(plainMember):len(plainMember)], "家庭住址"),
		attendance: plainAttendance, service: plainService, roll: plainRoll, donation: plainDonation,
		dates: packed, building: "%d号楼",
	},
	// Cells of one building, one home and one activity are merged.
	"松岭社区": {
		file: "{册}（{社区} {期}）.xlsx", title: plainTitle, info: plainInfo,
		clerks:     [2]string{"邹丽华", "尹长生"},
		household:  []string{"楼栋↓", "单元", "房间号", "户号", "户主姓名", "居住类型", "居住人数", "联系电话"},
		resident:   []string{"楼栋↓", "单元↓", "房间号↓", "户号↓", "姓名", "与户主关系", "身份证号", "性别", "出生日期", "联系电话", "居住类型", "流动人口填写>来源地", "流动人口填写>登记日期", "流动人口填写>流入原因", "流动人口填写>搬离时间", "流动人口填写>流出去向"},
		member:     plainMember,
		attendance: []string{"活动日期↓", "活动名称↓", "活动类型↓", "活动地点↓", "姓名", "签到情况", "服务时长（小时）"},
		service:    []string{"活动日期↓", "队伍↓", "活动名称↓", "活动地点↓", "姓名", "签到情况", "服务时长（小时）"},
		roll:       []string{"队伍↓", "编号", "姓名", "性别", "出生日期", "联系电话", "政治面貌", "登记日期"},
		donation:   plainDonation,
		words:      map[string]string{"出席": "√", "请假": "△", "缺席": "×", "户籍": "本地户籍", "流动": "外来人口"},
		dates:      realDates, building: "%d栋",
	},
	// A row of instructions under the header; the period is in the second line.
	"望塔社区": {
		file: plainFile, title: "{社区}{表}", info: "填报单位：{社区}居民委员会    统计期：{期}    填表日期：{日}", period: inDigits,
		clerks:     [2]string{"钟慧", "韦永福"},
		household:  []string{"序号", "家庭编号", "所属楼栋", "所属单元", "房号", "户主姓名", "住户类型", "家庭人数", "电话", "居住地址"},
		resident:   []string{"序号", "家庭编号", "所属楼栋", "所属单元", "房号", "居民姓名", "和户主关系", "身份证", "性别", "电话", "人口类型", "来源地", "来本地日期", "流入原因", "注销日期"},
		member:     append([]string{"序号", "姓名", "身份证", "性别", "民族", "教育程度", "党员类别", "党籍状态", "党组织名称"}, plainMember[7:]...),
		attendance: plainAttendance, service: plainService, roll: plainRoll, donation: plainDonation,
		dates: chinese, spaced: true, building: "%d栋", note: "填写说明：日期按“年月日”填写；没有的内容填“无”或留空；请勿改动表头。",
	},
	// Asks more of people than anyone needs to know.
	"桂苑社区": {
		file: "{社区}{册}{期}.xlsx", title: plainTitle, info: plainInfo, period: inDigits,
		clerks:     [2]string{"石素珍", "江宏伟"},
		household:  plainHousehold,
		resident:   []string{"序号", "户号", "楼栋", "单元", "房号", "姓名", "与户主关系", "身份证号", "性别", "民族", "宗教信仰", "健康状况", "联系电话", "人员类型", "来源地", "流入日期", "流入原因", "流出日期", "流出去向"},
		member:     append(plainMember[:len(plainMember):len(plainMember)], "健康状况"),
		attendance: plainAttendance, service: plainService, roll: plainRoll, donation: plainDonation,
		dates: dashed, building: "%d号楼",
	},
	// Every clerk wrote dates in his own way; a hidden sheet holds the codes.
	"东桥社区": {
		file: plainFile, title: plainTitle, info: plainInfo,
		clerks:    [2]string{"侯婷", "孟庆元"},
		household: []string{"序号", "户口本编号", "楼栋编号", "单元编号", "房屋编号", "业主姓名", "人口类型", "人口数", "移动电话"},
		resident:  []string{"序号", "户口本编号", "楼栋编号", "单元编号", "房屋编号", "人员姓名", "与户主关系", "公民身份证号码", "性别", "移动电话", "人员类别", "省内省外", "入住时间", "流入原因", "住所类型", "搬离时间", "流出去向"},
		member:    plainMember, attendance: plainAttendance, service: plainService, roll: plainRoll, donation: plainDonation,
		words: map[string]string{"户籍": "常住", "流动": "暂住"},
		dates: mixedDates, building: "%d号楼", codes: true,
	},
	// The one whose last workbook holds the Faults.
	"朝晖社区": {
		file: plainFile, title: plainTitle, info: plainInfo,
		clerks:     [2]string{"魏巧", "贺正元"},
		household:  plainHousehold,
		resident:   plainResident,
		member:     []string{"序号", "姓名", "身份证号", "性别", "学历", "人员类型", "党籍状态", "党小组", "入党时间", "转正时间", "工作单位", "认领岗位1", "认领岗位2", "党费交纳月数", "联系电话"},
		attendance: plainAttendance, service: plainService, roll: plainRoll, donation: plainDonation,
		dates: chinese, building: "%d栋",
	},
	// Headings spread over lines, service counted in minutes.
	"石榴社区": {
		file: plainFile, title: plainTitle, info: plainInfo, period: inShort,
		clerks:     [2]string{"白雅琴", "汤家祥"},
		household:  []string{"序号", "户  号", "楼  栋", "单 元", "房 号", "户  主", "居住\n类型", "家庭\n人口", "联系电话", "住  址"},
		resident:   []string{"序号", "户  号", "楼  栋", "单 元", "房 号", "姓  名", "与户主\n关系", "身 份 证 号", "性 别", "联系电话", "人员\n类型", "来源地", "流入\n日期", "流入\n原因", "流出\n日期", "流出\n去向"},
		member:     []string{"序号", "姓  名", "身 份 证 号", "性 别", "学 历", "党员\n类别", "党籍\n状态", "党小组", "入党\n时间", "工作单位", "认领\n岗位1", "认领\n岗位2", "党费交纳\n月数", "联系电话"},
		attendance: []string{"序号", "活动日期", "活 动 名 称", "活动类型", "活动地点", "姓  名", "出勤\n情况", "服务时长（分钟）"},
		service:    []string{"序号", "活动日期", "活 动 名 称", "活动地点", "队  伍", "姓  名", "签到\n情况", "服务时长（分钟）"},
		roll:       []string{"序号", "队  伍", "姓  名", "性 别", "身 份 证 号", "联系电话", "政治\n面貌", "加入\n日期"},
		donation:   []string{"序号", "捐款日期", "捐 款 人", "捐款金额（元）", "捐款项目", "捐款\n方式", "备 注"},
		dates:      dotted, months: true, spaced: true, building: "%d幢",
	},
	// No totals; otherwise as everyone.
	"南亭社区": {
		file: "{社区}{册}（{期}）.xlsx", title: plainTitle, info: plainInfo, period: inMonths,
		clerks:    [2]string{"严美玲", "陆子良"},
		household: plainHousehold,
		resident:  append(plainResident[:len(plainResident):len(plainResident)], "办证类型", "证件有效期"),
		member:    plainMember, attendance: plainAttendance, service: plainService,
		roll:     []string{"队伍↓", "姓名", "性别", "身份证号", "联系电话", "政治面貌", "特长", "加入日期"},
		donation: plainDonation,
		words:    map[string]string{"出席": "实到", "户籍": "户籍人口", "流动": "流动人口"},
		dates:    realDates, building: "%d栋", uncounted: true,
	},
}
