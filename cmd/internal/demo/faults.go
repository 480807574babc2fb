package demo

// A Fault is a cell that is wrong on purpose.
type Fault struct {
	File, Sheet, Cell string
	Says              string // what is wrong
	spoil             func(good string) cell
}

const faultsFile = "朝晖社区/朝晖社区2025年第四季度党建台账.xlsx"

// Faults are all the bad cells; every other file is right.
var Faults = []Fault{
	{faultsFile, "党员名册", "C7", "身份证号被存成了数字", func(good string) cell {
		return cell{kind: numberCell, number: 9.99641e17}
	}},
	{faultsFile, "党员名册", "C15", "身份证号末位校验不对", func(good string) cell {
		return words(good[:17] + string('0'+(good[17]-'0'+1)%10))
	}},
	{faultsFile, "党员名册", "F21", "人员类型不认识", func(string) cell { return words("编外") }},
	{faultsFile, "党员活动签到", "B12", "日期不存在", func(string) cell { return words("2025-13-40") }},
	{faultsFile, "义工活动签到", "H30", "时长不是数字", func(string) cell { return words("两小时") }},
	{faultsFile, "义工名册", "C18", "缺姓名", func(string) cell { return cell{} }},
	{faultsFile, "捐款台账", "E9", "金额是约数", func(string) cell { return words("约100元") }},
	{faultsFile, "捐款台账", "E16", "缺金额", func(string) cell { return cell{} }},
}

// spoil puts the faults of a file into its table.
func (t *table) spoil(file string) {
	wrong := map[string]Fault{}
	for _, f := range Faults {
		if f.File == file && f.Sheet == t.sheet {
			wrong[f.Cell] = f
		}
	}
	if len(wrong) == 0 {
		return
	}
	rows, number := t.rows, t.first()
	t.rows = func(yield func([]cell) bool) {
		at := number - 1
		rows(func(row []cell) bool {
			at++
			for i := range row {
				if f, ok := wrong[address(i+1, at)]; ok {
					row[i] = f.spoil(row[i].text)
				}
			}
			return yield(row)
		})
	}
}
