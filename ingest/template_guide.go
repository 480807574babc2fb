package ingest

import (
	"fmt"

	"xingce/ingest/period"
	"xingce/ingest/sheet"
)

// guideTab is the second sheet; the reader passes over a sheet of this name.
const guideTab = "填表说明"

// explain writes the second sheet: how to fill in, and a line for each column.
func (t *template) explain() {
	_, err := t.file.NewSheet(guideTab)
	t.check(err)
	form := t.tab
	t.tab = guideTab
	defer func() { t.tab = form }()

	for i, width := range []float64{24, 8, 62, 26} {
		name := sheet.Column(i + 1)
		t.check(t.file.SetColWidth(t.tab, name, name, width))
	}
	t.across(1, 4, form+"填表说明", look{font: "黑体", size: 16, across: "center", locked: true}, 32)
	row := 2
	for i, text := range t.rules() {
		t.across(row, 4, fmt.Sprintf("%d. %s", i+1, text), look{across: "left", wrap: true, locked: true}, float64(4+16*lines(text, 112)))
		row++
	}
	head := look{bold: true, border: true, fill: grey, across: "center", locked: true}
	cell := look{border: true, across: "left", wrap: true, locked: true, format: "@"}
	for i, text := range []string{"列名", "要求", "填什么", "例"} {
		t.put(i+1, row, text, head)
	}
	t.check(t.file.SetRowHeight(t.tab, row, 22))
	for _, c := range t.kind.Columns {
		row++
		need := "选填"
		if c.Required {
			need = "必填"
		}
		t.put(1, row, c.Title(), cell)
		t.put(2, row, need, cell.at("center"))
		t.put(3, row, c.wish(), cell)
		t.put(4, row, c.example(), cell)
		t.check(t.file.SetRowHeight(t.tab, row, float64(4+16*lines(c.wish(), 60))))
	}
	t.paper()
}

func (t *template) rules() []string {
	when := "年份和季度，如 2025年第四季度"
	if t.kind.Grain == period.Yearly {
		when = "年份，如 2025年度"
	}
	rules := []string{
		"先在标题里写上社区名称和" + when + "，在第二行写上单位和填表日期。",
		"浅黄色的格子是要填的；表头带 * 的列必填，鼠标停在表头上能看到要求。灰色斜体的示例行不会读入，不用删。",
		"列可以换位置，用不着的选填列可以空着；" + t.kind.Rows + "，不要合并单元格。",
		"工作表的保护没有密码，要改版式时可以撤销。",
	}
	if t.kind.Single {
		rules = append(rules, "这种表只填一行。")
	} else {
		rules = append(rules, fmt.Sprintf("画好的 %d 行不够时，接着往下填或粘贴即可；粘贴时请选“只粘贴数值”，以免带走格式。", t.kind.prepared()))
	}
	if t.kind.Parted {
		rules = append(rules, "一个季度只交一张的，第二行末尾的名称不用填；分几张交的，每张写上各自的名称，免得后一张替换前一张。")
	}
	return rules
}
