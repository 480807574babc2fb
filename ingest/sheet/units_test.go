package sheet

import (
	"slices"
	"strings"
	"testing"
)

func TestFormatUnits(t *testing.T) {
	for code, want := range map[string]string{
		`0.00"万元"`: "万元", `#,##0.00"万元"_);[Red]\(#,##0.00"万元"\)`: "万元", `0.0\万\元`: "万元", `0!万!元`: "万元", `0.00万元`: "万元", `0.00 "万元" `: "万元",
		`[$¥-804]0.00"万元"`: "万元", `0.00[$万元-804]`: "万元", `[>=1]0"万元";0"元"`: "万元", `G/通用格式"万元"`: "万元", `General"万元"`: "万元", `"共"0"万元"`: "万元",
		`0"分钟"`: "分钟", `0.0"小时"`: "小时", `0"元"`: "元", `0.0"%"`: "%", `0"万元整"`: "万元整",
		// Divided for show: the cell holds the whole amount.
		`0.0,"千元"`: "", `0!.0,"万元"`: "", `0\.0,"万"`: "", `0,.0"千元"`: "", `#,##0,,"百万元"`: "",
		// What stands there counts nothing else.
		"": "", "General": "", "G/通用格式": "", "0.00": "", "#,##0": "", "0.00%": "", "@": "", `0"人"`: "", `0"栋"`: "", `"￥"#,##0.00`: "", `"编号万"000`: "",
		`0.00;-0"万元"`: "", `"得分："0`: "", `[h]"小时"mm"分"`: "", `yyyy"年"m"月"d"日"`: "", `h"时"mm"分"`: "", `0.00"`: "", `"`: "", `[`: "", `\`: "",
	} {
		if got := formatOf(code).unit; got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
}

// A cell that shows 1.5万元 is read so, from both formats.
func TestNumbersInUnits(t *testing.T) {
	xlsx := workbookOf(`<row r="1"><c r="A1" s="1"><v>1.5</v></c><c r="B1" s="1"><v>-2E1</v></c><c r="C1"><v>1.5</v></c><c r="D1" s="1"><v>2087.0300000000002</v></c><c r="E1" s="1" t="inlineStr"><is><t>万元</t></is></c></row>`, parts{
		"xl/styles.xml": `<styleSheet ` + xmlMain + `><numFmts><numFmt numFmtId="200" formatCode="0.00&quot;万元&quot;"/></numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>`,
	}).pack(t)
	xls := xlsBytes(slices.Concat(rec(recFormat, 201, 8, wide(`0.00"万元"`)), rec(recXF, 0, 201, make([]byte, 16))), // style 4
		slices.Concat(rec(recNumber, 0, 0, 4, 1.5), rec(recNumber, 0, 1, 4, -20.0), rec(recNumber, 0, 2, 0, 1.5), rec(recNumber, 0, 3, 4, 2087.0300000000002), rec(recLabel, 0, 4, 4, 2, wide("万元"))))
	alike(t, xlsx, xls, `1: "1.5万元" | "-20万元" | 1.5 | "2087.03万元" | "万元"`)
}

// A cell that shows 95% is read so, exactly, whatever digits it keeps.
func TestPercents(t *testing.T) {
	xlsx := workbookOf(`<row r="1"><c r="A1" s="1"><v>0.95</v></c><c r="B1" s="2"><v>0.56999999999999995</v></c><c r="C1" s="1"><v>1</v></c><c r="D1"><v>0.95</v></c><c r="E1" s="3"><v>95</v></c><c r="F1" s="1"><v>0.33333333333333331</v></c></row>`, parts{
		"xl/styles.xml": `<styleSheet ` + xmlMain + `><numFmts><numFmt numFmtId="200" formatCode="0.0%"/><numFmt numFmtId="201" formatCode="0&quot;%&quot;"/></numFmts><cellXfs><xf/><xf numFmtId="10"/><xf numFmtId="200"/><xf numFmtId="201"/></cellXfs></styleSheet>`,
	}).pack(t)
	xls := xlsBytes(slices.Concat(rec(recFormat, 201, 4, wide("0.0%")), rec(recFormat, 202, 4, wide(`0"%"`)), rec(recXF, 0, 10, make([]byte, 16)), rec(recXF, 0, 201, make([]byte, 16)), rec(recXF, 0, 202, make([]byte, 16))), // styles 4 to 6
		slices.Concat(rec(recNumber, 0, 0, 4, 0.95), rec(recNumber, 0, 1, 5, 0.57), rec(recNumber, 0, 2, 4, 1.0), rec(recNumber, 0, 3, 0, 0.95), rec(recNumber, 0, 4, 6, 95.0), rec(recNumber, 0, 5, 4, 1.0/3)))
	alike(t, xlsx, xls, `1: "95%" | "57%" | "100%" | 0.95 | "95%" | "33.3333333333333%"`)
}

// A cell that shows 012 is read so, from both formats.
func TestLeadingZeros(t *testing.T) {
	xlsx := workbookOf(`<row r="1"><c r="A1" s="1"><v>12</v></c><c r="B1" s="1"><v>1234</v></c><c r="C1" s="1"><v>1.5</v></c><c r="D1"><v>12</v></c><c r="E1" s="1"><v>-1</v></c></row>`, parts{
		"xl/styles.xml": `<styleSheet ` + xmlMain + `><numFmts><numFmt numFmtId="200" formatCode="000"/></numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>`,
	}).pack(t)
	xls := xlsBytes(slices.Concat(rec(recFormat, 201, 3, wide("000")), rec(recXF, 0, 201, make([]byte, 16))), // style 4
		slices.Concat(rec(recNumber, 0, 0, 4, 12.0), rec(recNumber, 0, 1, 4, 1234.0), rec(recNumber, 0, 2, 4, 1.5), rec(recNumber, 0, 3, 0, 12.0), rec(recNumber, 0, 4, 4, -1.0)))
	alike(t, xlsx, xls, `1: "012" | "1234" | 1.5 | 12 | -1`)
}

// Excel makes 2024年3月1日 of a month that is typed alone, and shows the month:
// it stays one. Of another day its being shown so takes nothing.
func TestMonths(t *testing.T) {
	xlsx := workbookOf(`<row r="1"><c r="A1" s="1"><v>45352</v></c><c r="B1" s="1"><v>45359</v></c><c r="C1" s="2"><v>45352</v></c><c r="D1" s="3"><v>45352</v></c><c r="E1" s="1"><v>45352.5</v></c></row>`, parts{
		"xl/styles.xml": `<styleSheet ` + xmlMain + `><numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/></numFmts><cellXfs><xf/><xf numFmtId="57"/><xf numFmtId="200"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
	}).pack(t)
	xls := xlsBytes(slices.Concat(rec(recFormat, 201, 11, wide(`yyyy"年"m"月"`)), rec(recXF, 0, 57, make([]byte, 16)), rec(recXF, 0, 201, make([]byte, 16)), rec(recXF, 0, 14, make([]byte, 16))),
		slices.Concat(rec(recNumber, 0, 0, 4, 45352.0), rec(recNumber, 0, 1, 4, 45359.0), rec(recNumber, 0, 2, 5, 45352.0), rec(recNumber, 0, 3, 6, 45352.0), rec(recNumber, 0, 4, 4, 45352.5)))
	alike(t, xlsx, xls, `1: @2024-03 | @2024-03-08 | @2024-03 | @2024-03-01 | @2024-03-01 12:00:00`)
}

// alike checks what is read of one content in two formats.
func alike(t *testing.T, xlsx, xls []byte, want string) {
	t.Helper()
	for name, data := range map[string][]byte{"xlsx": xlsx, "xls": xls} {
		got, err := readAll(t, data, DefaultLimits)
		if err != nil {
			t.Fatal(name, err)
		}
		if got = strings.TrimSuffix(got, "\n"); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
