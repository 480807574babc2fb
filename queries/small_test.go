package queries

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// splitting is a metric whose table counts persons by reason and sex.
func splitting(t *testing.T, persons string) *Metric {
	t.Helper()
	m, err := parseMetric(strings.Replace(header, "grain:  community", "grain:  part\n-- persons: "+persons+
		"\n-- trace: men = count of present where sex = '男'\n-- trace: women = count of present where sex = '女'\n-- trace: persons = count of present"+
		"\n-- trace: share = men / persons\n-- trace: gifts = sum gifts of present", 1) + "SELECT 1")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestOutsideACommunitySmallCountsAreNotTold(t *testing.T) {
	for _, c := range []struct{ name, persons, own, rows, want string }{
		{"none is small", "persons", "", "东 务工 9 9 18, 东 借读 5 5 10", "东 务工 9 9 18, 东 借读 5 5 10"},
		{"nought is told", "persons", "", "东 务工 9 9 18, 东 借读 0 0 0", "东 务工 9 9 18, 东 借读 0 0 0"},
		{"a small one, and the next smallest, or it could be worked out", "persons", "", "东 务工 9 9 18, 东 借读 1 2 3, 东 经商 5 5 10, 东 探亲 0 0 0",
			"东 务工 9 9 18, 东 借读 1 2 <5, 东 经商 5 5 不列, 东 探亲 0 0 0"},
		{"two that are five together", "persons", "", "东 务工 9 9 18, 东 借读 1 2 3, 东 经商 1 1 2", "东 务工 9 9 18, 东 借读 1 2 <5, 东 经商 1 1 <5"},
		{"parts that nobody adds up", "persons apart", "", "东 直管 9 9 18, 东 流动 1 2 3", "东 直管 9 9 18, 东 流动 1 2 <5"},
		{"over the communities too", "persons apart", "", "东 借读 1 2 3, 西 借读 4 4 8, 南 借读 9 9 18", "东 借读 1 2 <5, 西 借读 4 4 不列, 南 借读 9 9 18"},
		{"over one of two keys", "persons", "", "东 务工 1 8 9, 东 务工 2 8 9, 东 借读 1 1 2, 东 借读 2 9 9", "东 务工 1 8 不列, 东 务工 2 8 9, 东 借读 1 1 <5, 东 借读 2 9 不列"},
		{"the columns of a row", "men, women, persons", "", "东 务工 2 9 11", "东 务工 <5 不列 11"},
		{"the own community's are, and hide nothing", "persons", "东", "东 务工 1 1 2, 西 务工 2 1 3, 西 借读 9 9 18", "东 务工 1 1 2, 西 务工 2 1 <5, 西 借读 9 9 不列"},
		{"the whole is small", "men, women, persons", "", "东 务工 0 3 3", "东 务工 0 <5 <5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := splitting(t, c.persons)
			if strings.Contains(c.name, "two keys") { // the numbers of men are another key
				m.Traces = slices.DeleteFunc(m.Traces, func(t Trace) bool { return t.Column == "men" })
			}
			table := Table{Columns: []Column{{Name: "community"}, {Name: "reason"}, {Name: "men", Type: Int}, {Name: "women", Type: Int}, {Name: "persons", Type: Int}}}
			for _, line := range strings.Split(c.rows, ", ") {
				row := make([]any, 5)
				for i, text := range strings.Fields(line) {
					row[i] = text
					if i > 1 {
						row[i] = decimal.RequireFromString(text).IntPart()
					}
				}
				table.Rows = append(table.Rows, row)
			}
			var got []string
			for _, row := range m.Outside(table, c.own).Rows {
				var cells []string
				for i, v := range row {
					cells = append(cells, table.Columns[i].String(v))
				}
				got = append(got, strings.Join(cells, " "))
			}
			if got := strings.Join(got, ", "); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// A rate would give its small part away; what counts no persons stays.
func TestARateOfASmallPartIsNotTold(t *testing.T) {
	m := splitting(t, "men, persons")
	table := Table{
		Columns: []Column{{Name: "reason"}, {Name: "men", Type: Int}, {Name: "persons", Type: Int}, {Name: "share", Type: Decimal, Scale: 2}, {Name: "gifts", Type: Int}},
		Rows:    [][]any{{"务工", int64(3), int64(40), decimal.RequireFromString("0.08"), int64(1)}, {"借读", int64(20), int64(40), decimal.RequireFromString("0.5"), int64(2)}},
	}
	told := m.Outside(table, "")
	if got, want := csvOf(t, told), "reason,men,persons,share,gifts\n务工,<5,40,不列,1\n借读,不列,40,不列,2\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if table.Rows[0][1] != int64(3) {
		t.Error("the table that was given has changed")
	}
}

// Each figure of persons that is split further says which columns count them.
func TestMetricsOfPersonsSayWhichColumnsCountThem(t *testing.T) {
	for _, m := range shelvesOf(t).Metrics {
		if (m.Grain == "part" || m.Grain == "day") && m.Unit == "persons" && len(m.Persons) == 0 {
			t.Errorf("%s counts persons of parts of a community, and does not say in which columns (-- persons: …)", m.Name)
		}
	}
	for _, said := range []string{"nobody", "men, nobody"} {
		text := strings.Replace(header, "grain:  community", "grain:  part\n-- trace: men = count of present\n-- persons: "+said, 1) + "SELECT 1"
		if _, err := parseMetric(text); err == nil || !strings.Contains(err.Error(), "nobody") {
			t.Errorf("persons: %s: %v", said, err)
		}
	}
}
