package ingest

import (
	"cmp"
	"math"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
)

const (
	open   = "FFF9DB" // pale yellow: to be filled in, and the only cells unlocked
	grey   = "F2F2F2"
	second = "59636E"
)

// A look is what a style is made of; equal looks share one.
type look struct {
	font                         string
	size                         float64
	bold, italic, border, wrap   bool
	locked                       bool
	colour, fill, across, format string
}

func (l look) at(across string) look { l.across = across; return l }
func (l look) in(format string) look { l.format = format; return l }

func (t *template) style(l look) int {
	if id, ok := t.styles[l]; ok {
		return id
	}
	s := &excelize.Style{
		Font:       &excelize.Font{Family: cmp.Or(l.font, "宋体"), Size: cmp.Or(l.size, 11), Bold: l.bold, Italic: l.italic, Color: l.colour},
		Alignment:  &excelize.Alignment{Horizontal: l.across, Vertical: "center", WrapText: l.wrap},
		Protection: &excelize.Protection{Locked: l.locked},
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.across != "center" {
		s.Alignment.Indent = 1
	}
	if l.border {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Style: 1, Color: "A6A6A6"})
		}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	id, err := t.file.NewStyle(s)
	t.check(err)
	t.styles[l] = id
	return id
}

// entry is how the cells of a column look that are to be filled in.
func (c Column) entry() look {
	return look{border: true, fill: open, across: c.across(), format: c.numberFormat()}
}

// across is how a column's cells stand: numbers right, short words and days in
// the middle, text left.
func (c Column) across() string {
	switch c.Type {
	case Money, Hours, Score, Share, Area:
		return "right"
	case Count, Date, Sex, YesNo:
		return "center"
	}
	return "left"
}

// numberFormat keeps Excel from making 3-2 a day and an ID number a rounded
// figure.
func (c Column) numberFormat() string {
	switch c.Type {
	case Date:
		return "yyyy-mm-dd"
	case Money:
		return "#,##0.00"
	case Count:
		return "0"
	case Share:
		return "0.0%"
	case Hours, Score, Area:
		return "General"
	}
	return "@"
}

// formHeading is the heading with its unit, in a line of its own if it is
// long, and * if it must be filled in.
func (c Column) formHeading() string {
	heading, unit := c.Title(), map[Type]string{Money: "（元）", Hours: "（小时）", Area: "（平方公里）"}[c.Type]
	if unit != "" && uniseg.StringWidth(heading+unit) > 14 {
		unit = "\n" + unit
	}
	if c.Required {
		unit += "*"
	}
	return heading + unit
}

// formWidth fits the heading and what usually stands below.
func (c Column) formWidth() float64 {
	widest := max(uniseg.StringWidth(c.example()), map[Type]int{PersonName: 7, IDNumber: 19, Phone: 12, Address: 21, Date: 10, Money: 9}[c.Type])
	for line := range strings.SplitSeq(c.formHeading(), "\n") {
		widest = max(widest, uniseg.StringWidth(line))
	}
	return float64(max(8, widest+3))
}

const numberWidth, paperWidth = 6.0, 122.0

// formWidths are those of the columns; a form of few columns is drawn wide, so
// that it fills its paper.
func formWidths(columns []Column) []float64 {
	var widths []float64
	sum := numberWidth
	for _, c := range columns {
		widths = append(widths, c.formWidth())
		sum += c.formWidth()
	}
	for i := range widths {
		widths[i] = math.Floor(widths[i] * max(1, min(2, (paperWidth-numberWidth)/(sum-numberWidth))))
	}
	return widths
}

// lines is how many lines a text takes in a width of characters.
func lines(text string, width float64) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n += 1 + int(float64(uniseg.StringWidth(line))/(width-1))
	}
	return n
}

// examples are made-up values, as one would type them, for the columns that
// declare none.
var examples = map[Type]string{
	PersonName: "张三", IDNumber: "999101199001010017", Phone: "10000001234", Address: "甲镇幸福路1号", Date: "2025-10-08",
	Money: "200.00", Hours: "2", Count: "3", Sex: "男", YesNo: "是", Score: "85", Share: "95%",
}

func (c Column) example() string {
	if c.Example == "" && len(c.Words) > 0 {
		return c.stored()[0]
	}
	return cmp.Or(c.Example, examples[c.Type])
}

// exampleValue is the example as a cell holds it.
func (c Column) exampleValue() any {
	switch c.Type {
	case Money, Hours, Count, Score, Area:
		if d, err := decimal.NewFromString(c.example()); err == nil {
			return d.InexactFloat64()
		}
	}
	return c.example()
}

var wishes = map[Type]string{
	Text:       "文字。",
	PersonName: "姓名，写全名。",
	IDNumber:   "18 位身份证号。单元格已设为文本，请不要改成数字。",
	Phone:      "手机号或座机号；有几个的用“、”隔开，对人时用第一个手机号。",
	Address:    "详细地址，加密保存。",
	Date:       "日期，年-月-日；只知道年月的写年-月。",
	Money:      "金额，单位元，最多两位小数。",
	Hours:      "时长，单位小时，如一个半小时写 1.5。",
	Count:      "整数；没有的写 0，不知道的空着。",
	Sex:        "从下拉框里选：男、女。",
	YesNo:      "从下拉框里选：是、否。",
	Score:      "分数，最多两位小数。",
	Share:      "比率，如 95%。",
	Area:       "面积，单位平方公里。",
	Pseudonym:  "户号或家庭编号，只用来区分不同的家庭，不保存原文。",
}

// wish says what a column's cells are to hold.
func (c Column) wish() string {
	text := wishes[c.Type]
	if len(c.Words) > 0 {
		text = "从下拉框里选：" + strings.Join(c.stored(), "、") + "。"
	}
	if c.InPeriod {
		text += "要在本期之内。"
	}
	if c.Endless {
		text += "长期有效的写“长期”。"
	}
	switch {
	case c.Required:
		return "必填。" + text
	case c.Wanted:
		return text + "可以空着，但这一列不要删。"
	}
	return text
}
