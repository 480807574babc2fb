package reports

import (
	"testing"

	"github.com/shopspring/decimal"

	"xingce/queries"
)

func table(columns []string, rows ...[]any) queries.Table {
	t := queries.Table{Rows: rows}
	for _, name := range columns {
		t.Columns = append(t.Columns, queries.Column{Name: name})
	}
	return t
}

func TestMeasure(t *testing.T) {
	share := Measure{Part: "part", Whole: "whole", Unit: Share}
	count := Measure{Column: "members", Unit: Persons}
	loose := Measure{Column: "members", Only: [2]string{"kind", "流动"}, Unit: Persons}
	shares := []string{"community", "part", "whole"}
	kinds := []string{"community", "kind", "members"}
	for _, c := range []struct {
		name string
		m    Measure
		t    queries.Table
		want string
	}{
		{"a share of two places is Σ/Σ", share, table(shares, []any{"甲", int64(1), int64(2)}, []any{"乙", int64(0), int64(8)}), "10.0%"},
		{"a share of nothing is unknown", share, table(shares, []any{"甲", int64(0), int64(0)}), "无数据"},
		{"no rows are unknown", count, table(kinds), "无数据"},
		{"a null is unknown", count, table(kinds, []any{"甲", "直管", nil}), "无数据"},
		{"none of a kind beside others is nothing", loose, table(kinds, []any{"甲", "直管", int64(47)}), "0人"},
		{"counts add up", count, table(kinds, []any{"甲", "直管", int64(47)}, []any{"甲", "在职", int64(81)}), "128人"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.m.Of(c.t).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestChange(t *testing.T) {
	persons := func(n string) Value { return Value{Number: decimal.RequireFromString(n), Known: true, Unit: Persons} }
	yuan := func(n string) Value { return Value{Number: decimal.RequireFromString(n), Known: true, Unit: Yuan} }
	share := func(n string) Value { return Value{Number: decimal.RequireFromString(n), Known: true, Unit: Share} }
	elsewhere := persons("9000")
	elsewhere.from = "甲\n"
	for _, c := range []struct {
		name        string
		now, before Value
		mark, want  string
	}{
		{"more", persons("2025"), persons("1987"), "▲", "多38人（1.9%）"},
		{"fewer", persons("46"), persons("47"), "▼", "少1人（2.1%）"},
		{"the same", persons("47"), persons("47"), "", "持平"},
		{"against nothing known", persons("47"), Value{}, "", "无可比数据"},
		{"nothing known now", Value{}, persons("47"), "", "无可比数据"},
		{"over other communities", persons("9325"), elsewhere, "", "无可比数据"},
		{"from none there is no rate", persons("3"), persons("0"), "▲", "多3人"},
		{"a share moves in points", share("0.2172"), share("0.2140"), "▲", "升0.3个百分点"},
		{"a share that hardly moves", share("0.2172"), share("0.2173"), "▼", "降不足0.1个百分点"},
		{"a rate that is hardly one", persons("7300"), persons("7297"), "▲", "多3人（不足0.1%）"},
		{"cents are kept", yuan("89300.50"), yuan("80000.25"), "▲", "多9300.25元（11.6%）"},
	} {
		t.Run(c.name, func(t *testing.T) {
			change := c.now.Since(c.before)
			if got := change.Mark() + change.String(); got != c.mark+c.want {
				t.Errorf("got %s, want %s", got, c.mark+c.want)
			}
		})
	}
}

func TestFigure(t *testing.T) {
	for _, c := range []struct {
		number       string
		unit         Unit
		figure, said string
	}{
		{"9325", Persons, "9,325", "9325人"},
		{"89000", Yuan, "89,000", "89,000元"},
		{"1234567.50", Yuan, "1,234,567.50", "1,234,567.50元"},
		{"1535.50", Hours, "1,535.5", "1535.5小时"},
		{"-18", Persons, "−18", "−18人"},
		{"0.217158", Share, "21.7", "21.7%"},
		{"999", Persons, "999", "999人"},
	} {
		v := Value{Number: decimal.RequireFromString(c.number), Known: true, Unit: c.unit}
		if v.Figure() != c.figure || v.String() != c.said {
			t.Errorf("%s: got %s and %s, want %s and %s", c.number, v.Figure(), v.String(), c.figure, c.said)
		}
	}
}

func TestSpaced(t *testing.T) {
	for in, want := range map[string]string{
		"流动人口 2025人，占 21.7%，比上季多38人": "流动人口\u20092025\u2009人，占\u200921.7%，比上季多\u200938\u2009人",
		"象山社区":             "象山社区",
		"21.7% 的人":         "21.7%\u2009的人",
		"a b":              "a b",
		"差 4人。 请核对":        "差\u20094\u2009人。 请核对",
		"第\u200912\u2009号": "第\u200912\u2009号",
	} {
		if got := spaced(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestNiceScale(t *testing.T) {
	for _, c := range []struct {
		name   string
		lo, hi float64
		zero   bool
		want   scale
	}{
		{"shares", 18.8, 21.7, false, scale{18, 22, 1}},
		{"from zero", 0, 89300, true, scale{0, 100000, 50000}},
		{"all the same", 47, 47, false, scale{44, 50, 2}},
		{"nothing at all", 0, 0, false, scale{0, 1, 0.5}},
		{"both sides", -18, 76, false, scale{-50, 100, 50}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := nice(c.lo, c.hi, c.zero); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
