package reports

import (
	"testing"

	"github.com/shopspring/decimal"
)

func TestFold(t *testing.T) {
	of := func(name string, n int64) bar {
		v := Value{Number: decimal.NewFromInt(n), Known: true, Unit: Persons}
		return bar{name: name, values: []Value{v}, sum: v}
	}
	list := []bar{of("务工", 40), of("其他", 30), of("经商", 20), of("服务", 10), of("探亲", 5)}
	for _, c := range []struct {
		name string
		most int
		want []string
	}{
		{"all are shown", 0, []string{"务工 40", "其他 30", "经商 20", "服务 10", "探亲 5"}},
		{"as many as there are", 5, []string{"务工 40", "其他 30", "经商 20", "服务 10", "探亲 5"}},
		{"the rest joins the data's own 其他", 3, []string{"务工 40", "经商 20", "其他 45"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Bars{Of: []Measure{{Unit: Persons}}, Most: c.most}.fold(list)
			if len(got) != len(c.want) {
				t.Fatalf("got %d bars, want %d", len(got), len(c.want))
			}
			for i, one := range got {
				if s := one.name + " " + one.sum.Figure(); s != c.want[i] {
					t.Errorf("bar %d is %s, want %s", i+1, s, c.want[i])
				}
			}
		})
	}
}
