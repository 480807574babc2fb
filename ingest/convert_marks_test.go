package ingest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"xingce/ingest/sheet"
)

func TestMarksScoresSharesAreas(t *testing.T) {
	for _, c := range []struct {
		name, unit string
		typ        Type
		cell       sheet.Cell
		want       string
	}{
		{"a tick", "", YesNo, text("√"), "是"},
		{"another tick", "", YesNo, text("✔"), "是"},
		{"是", "", YesNo, text(" 是 "), "是"},
		{"有", "", YesNo, text("有"), "是"},
		{"已签订", "", YesNo, text("已签订"), "是"},
		{"Y, full width", "", YesNo, text("Ｙ"), "是"},
		{"Excel's own", "", YesNo, sheet.Cell{Type: sheet.Bool, Text: "TRUE"}, "是"},
		{"Excel's own no", "", YesNo, sheet.Cell{Type: sheet.Bool, Text: "FALSE"}, "否"},
		{"a cross", "", YesNo, text("×"), "否"},
		{"否", "", YesNo, text("否"), "否"},
		{"无 says no here", "", YesNo, text("无"), "否"},
		{"未建立", "", YesNo, text("未建立"), "否"},
		{"不一致 is no 一致", "", YesNo, text("不一致"), "否"},
		{"a dash says nothing", "", YesNo, text("—"), "null"},
		{"a bare code", "", YesNo, num("1"), "yes-no"},
		{"both boxes", "", YesNo, text("√是□否"), "yes-no"},
		{"a name", "", YesNo, text("张三"), "yes-no"},

		{"a score", "", Score, num("85"), "85"},
		{"half a point", "分", Score, text("85.5分"), "85.5"},
		{"a bonus", "", Score, text("+3"), "3"},
		{"a deduction", "", Score, text("-2分"), "-2"},
		{"a deduction with a long dash", "", Score, text("−2"), "-2"},
		{"a deduction, full width", "", Score, text("－２"), "-2"},
		{"noise of fractions", "", Score, num("88.30000000000001"), "88.3"},
		{"three decimals", "", Score, num("88.333"), "score-digits"},
		{"too many points", "", Score, num("100000"), "score-size"},
		{"times are no points", "", Score, text("5次"), "score"},
		{"a heading in times", "次", Score, num("5"), "score"},
		{"a grade", "", Score, text("优秀"), "score"},
		{"no score", "", Score, text("无"), "null"},

		{"a percentage", "", Share, text("95%"), "0.95"},
		{"a percentage, full width", "", Share, text("９５．５％"), "0.955"},
		{"in words", "", Share, text("百分之95"), "0.95"},
		{"a share, as Excel keeps 95%", "", Share, num("0.95"), "0.95"},
		{"all of it", "", Share, num("1"), "1"},
		{"none of it", "%", Share, num("0"), "0"},
		{"over one it is a percentage", "", Share, num("95"), "0.95"},
		{"under a heading in percent", "%", Share, num("95.5"), "0.955"},
		{"0.95 under a heading in percent", "%", Share, num("0.95"), "share-ambiguous"},
		{"with its mark it is clear", "%", Share, text("0.95%"), "0.0095"},
		{"a third", "", Share, num("0.333333333333333"), "0.3333"},
		{"more than all", "", Share, text("120%"), "share-size"},
		{"less than none", "", Share, text("-5%"), "share-size"},
		{"a count", "", Share, text("38人"), "share"},

		{"square kilometres", "", Area, num("1.5"), "1.5"},
		{"with the unit", "", Area, text("1.5平方公里"), "1.5"},
		{"with the unit, short", "", Area, text("1.5km²"), "1.5"},
		{"hectares in the heading", "公顷", Area, num("150"), "1.5"},
		{"square metres", "", Area, text("1,500,000㎡"), "1.5"},
		{"mu are no round number", "", Area, text("2250亩"), "area-unit"},
		{"less than nothing", "", Area, num("-1"), "area"},
		{"more than a province", "", Area, num("1500000"), "area-size"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := converted(t, false, Column{Type: c.typ}, c.unit, c.cell); got != c.want {
				t.Errorf("%s cell %q under （%s） gives %s, want %s", c.cell.Type, c.cell.Text, c.unit, got, c.want)
			}
		})
	}
}

// Whatever the number, its writings mean the same.
func TestWritingsOfOneNumber(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		cents := random.Int64N(10001)
		d := decimal.New(cents, -2)
		for _, c := range []struct {
			typ  Type
			unit string
			cell sheet.Cell
			want decimal.Decimal
		}{
			{Score, "", num(d.String()), d},
			{Score, "", text(d.StringFixed(2) + " 分"), d},
			{Score, "", text("-" + d.String()), d.Neg()},
			{Share, "", text(d.String() + "%"), d.Shift(-2)},
			{Share, "", text(d.StringFixed(2) + "％"), d.Shift(-2)},
			{Share, "", num(d.Shift(-2).String()), d.Shift(-2)},
			{Area, "", text(d.String() + "平方公里"), d},
			{Area, "公顷", num(d.Shift(2).String()), d},
		} {
			if got := converted(t, false, Column{Type: c.typ}, c.unit, c.cell); got != c.want.String() {
				t.Fatalf("%s cell %q under （%s） gives %s, want %s", c.cell.Type, c.cell.Text, c.unit, got, c.want)
			}
		}
	}
}

// A pseudonym joins what is the same and shows nothing of it.
func TestPseudonym(t *testing.T) {
	key := func(s string) string {
		values := make([]any, 1)
		if f := (converter{keys: testKeys(t)}).convert(located{Column: &Column{Type: Pseudonym, Headings: []string{"户号"}}}, text(s), values); f != nil {
			t.Fatal(f)
		}
		return fmt.Sprint(values[0])
	}
	if key("３-１０１") != key(" 3-101 ") || key("3-101") == key("3-102") {
		t.Error("one home has one key, another another")
	}
	if fields := (Column{Name: "family", Type: Pseudonym}).Fields(); len(fields) != 1 || fields[0].Type != UUIDField {
		t.Errorf("more than a key is kept: %v", fields)
	}
}
