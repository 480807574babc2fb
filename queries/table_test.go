package queries

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func TestColumnString(t *testing.T) {
	for _, test := range []struct {
		name   string
		column Column
		value  any
		want   string
	}{
		{"null", Column{Type: Int}, nil, ""},
		{"text", Column{Type: Text}, "王建国", "王建国"},
		{"int", Column{Type: Int}, int64(1234567), "1234567"},
		{"negative int", Column{Type: Int}, int64(-3), "-3"},
		{"money keeps its fen", Column{Type: Decimal, Scale: 2}, decimal.RequireFromString("89000"), "89000.00"},
		{"share", Column{Type: Decimal, Scale: 10}, decimal.RequireFromString("0.2171581769"), "0.2171581769"},
		{"small negative", Column{Type: Decimal, Scale: 2}, decimal.RequireFromString("-0.05"), "-0.05"},
		{"float in plain digits", Column{Type: Float}, 12345678.5, "12345678.5"},
		{"small float", Column{Type: Float}, 0.0000001, "0.0000001"},
		{"date", Column{Type: Date}, time.Date(2025, 1, 2, 0, 0, 0, 0, time.UTC), "2025-01-02"},
		{"bool", Column{Type: Bool}, true, "true"},
	} {
		if got := test.column.String(test.value); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for _, test := range []struct {
		value any
		want  string // empty: no number
	}{
		{int64(7), "7"},
		{decimal.RequireFromString("0.10"), "0.1"},
		{0.1, "0.1"},
		{nil, ""},
		{"7", ""},
		{true, ""},
	} {
		got, ok := Number(test.value)
		if ok != (test.want != "") || ok && got.String() != test.want {
			t.Errorf("%v: %v %v, want %q", test.value, got, ok, test.want)
		}
	}
}

func TestTableLookup(t *testing.T) {
	table := Table{
		Columns: []Column{{Name: "community"}, {Name: "value", Type: Int}},
		Rows:    [][]any{{"象山社区", int64(1)}, {"河西社区", int64(2)}, {nil, int64(3)}, {"象山社区", int64(4)}},
	}
	mine := table.Where("community", "象山社区")
	if len(mine.Rows) != 2 || mine.Value(0, "value") != int64(1) || mine.Value(1, "value") != int64(4) {
		t.Errorf("rows of one community: %v", mine.Rows)
	}
	if len(table.Rows) != 4 {
		t.Error("the table itself changed")
	}
	if none := table.Where("community", "山前社区"); len(none.Rows) != 0 || len(none.Columns) != 2 {
		t.Errorf("rows of no community: %v", none)
	}
	if all := table.Where("district", "城东"); len(all.Rows) != 4 {
		t.Errorf("a table without the column: %v", all.Rows)
	}
	for _, nothing := range []any{table.Value(4, "value"), table.Value(-1, "value"), table.Value(0, "amount"), table.Value(2, "community"), Table{}.Value(0, "value")} {
		if nothing != nil {
			t.Errorf("%v where there is nothing", nothing)
		}
	}
}
