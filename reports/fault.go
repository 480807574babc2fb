package reports

import (
	"strings"

	"xingce/ingest/kinds"
)

// Fault says what is wrong in a row. What stands in a cell may be a person's number or
// name, so what was found is quoted only where the program wrote it itself;
// else the code has its words. Where it differs from row to row, like is the
// first row's.
func Fault(kind, code, found string) (said, like string) {
	switch {
	case code == "total", code == "overlap", code == "no-column", code == "hidden-rows", code == "hidden-columns", strings.HasPrefix(code, "blank-"):
		return found, ""
	case code == "out-of-period", code == "duplicate", code == "same-row":
		return faults[code], "，如" + found
	}
	if k := kinds.Find(kind); k != nil {
		for _, f := range k.Findings {
			if f.Code == code && f.Says == found {
				return found, ""
			}
		}
	}
	return faults[code], ""
}

// faults says an issue's code in words.
var faults = map[string]string{
	"required": "必填的格是空的", "duplicate": "有重复的行", "second-row": "只填一行的表填了几行", "unclear-row": "有分不清是不是数据的行",
	"word": "有不认识的用词", "cell-error": "有公式出错的格", "no-result": "有公式没有存下结果的格", "became-date": "有文字被表格软件改成了日期",
	"same-row": "有完全相同的行", "several-persons": "一格里写了几个人", "stacked": "一张工作表里放了几张表",
	"merged-fault": "合并的格填写有误", "merged-number": "几行合并填了一个数",
	"id-check": "身份证号不正确", "id-damaged": "身份证号被表格软件损坏", "phone": "电话号码有误", "phone-damaged": "电话号码被表格软件损坏",
	"private-key": "编号里用了身份证号或手机号", "sex": "性别填写有误", "yes-no": "是或否填写有误",
	"date": "日期有误", "date-ambiguous": "日期分不清月和日", "date-no-year": "日期没有写年份", "date-year": "日期只写了年份",
	"date-serial": "日期变成了序号", "out-of-period": "有不在本期内的日期",
	"money": "金额有误", "money-unit": "金额的单位不认识", "money-negative": "金额为负", "money-digits": "金额多于两位小数", "money-size": "金额过大",
	"hours": "时长有误", "hours-unit": "时长的单位不认识", "hours-clock": "时长超过 24 小时，显示不全", "hours-digits": "时长多于两位小数", "hours-size": "时长过大",
	"count": "数目有误", "score": "分数有误", "score-digits": "分数多于两位小数", "score-size": "分数过大",
	"share": "比率有误", "share-ambiguous": "比率分不清是百分数还是小数", "share-size": "比率不在 0 到 100% 之间",
	"area": "面积有误", "area-unit": "面积的单位不认识", "area-size": "面积过大",
	"near-heading": "有一列没有读入，列名与认识的相近", "total-unread": "有合计没有核对", "other-file": "替换了另一个文件交来的表", "shrunk": "收下的行比原来少了一半以上",
	"hidden-sheet": "有隐藏的工作表没有读入", "no-header": "有工作表找不到表头",
}
