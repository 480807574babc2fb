package duckdb_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries/duckdb"
)

// A date is shown as far as it was written, and a month that becomes its first
// day is a change.
func TestAMonthIsNoDay(t *testing.T) {
	o := newOffice(t)
	roll := kinds.Find("member")
	o.load(roll, period.Quarter(2025, 4), "name=张三 id_number_key=a joined_on=2011-07-01 joined_on_precision=month", "name=李四 id_number_key=b joined_on=2011-07-01", "name=王五 id_number_key=c")
	o.load(roll, period.Quarter(2025, 4), "name=张三 id_number_key=a joined_on=2011-07-01", "name=李四 id_number_key=b joined_on=2011-07-01", "name=王五 id_number_key=c")
	at := slices.IndexFunc(roll.Columns, func(c ingest.Column) bool { return c.Name == "joined_on" })
	lines, err := o.Lines(t.Context(), roll, 1)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range lines {
		got = append(got, l.Shown[at])
	}
	if want := "2011-07 2011-07-01 "; strings.Join(got, " ") != want {
		t.Errorf("shown: %q, want %q", got, want)
	}
	changes, err := o.Diff(t.Context(), roll, 1, 2)
	if err != nil || len(changes) != 1 {
		t.Fatalf("changes %v, %v", changes, err)
	}
	c := changes[0]
	if got, want := fmt.Sprint(c.Columns, c.Before.Shown[at], " ", c.After.Shown[at]), fmt.Sprint([]int{at}, "2011-07", " ", "2011-07-01"); got != want {
		t.Errorf("changed: %s, want %s", got, want)
	}
}

// What each kind stores can be listed and compared; what cannot be read is
// starred, and differs all the same.
func TestEveryKindCanBeCompared(t *testing.T) {
	o := newOffice(t)
	for _, kind := range kinds.All() {
		for _, key := range []string{"a", "b"} {
			o.load(kind, q4, values(kind, key))
		}
		list, err := o.Batches(t.Context(), ingest.Slice{Kind: kind.Name}, 0)
		o.must(err)
		changes, err := o.Diff(t.Context(), kind, list[1].ID, list[0].ID)
		if err != nil {
			t.Errorf("%s: %v", kind.Name, err)
			continue
		}
		if len(changes) == 0 && slices.ContainsFunc(kind.Fields(), func(f ingest.Field) bool { return f.Type == ingest.UUIDField }) {
			t.Errorf("%s: another key is no change", kind.Name)
		}
		for _, c := range changes {
			if shown := strings.Join(c.After.Shown, " "); strings.Contains(shown, "62000000") { // b in hex
				t.Errorf("%s shows a key: %s", kind.Name, shown)
			}
		}
	}
}

// values is a row with every field filled that a letter fills: names are the
// same in all, keys are not.
func values(kind *ingest.Kind, key string) string {
	var cells []string
	for _, f := range kind.Fields() {
		switch f.Type {
		case ingest.TextField:
			cells = append(cells, f.Name+"=甲")
		case ingest.UUIDField:
			cells = append(cells, f.Name+"="+key)
		}
	}
	return strings.Join(cells, " ")
}

// Who only got another phone, or an ID number, has not left and come.
func TestWhoCameLeftAndChanged(t *testing.T) {
	volunteers, members := kinds.Find("volunteer"), kinds.Find("member")
	for _, c := range []struct {
		name          string
		kind          *ingest.Kind
		before, after []string
		want          string
	}{
		{"nothing", volunteers, []string{"team=甲队 name=王建国 phone_key=a"}, []string{"team=甲队 name=王建国 phone_key=a"}, ""},
		{"another phone", volunteers, []string{"team=甲队 name=王建国 phone_key=a", "team=甲队 name=陈静"}, []string{"team=甲队 name=陈静", "team=甲队 name=王建国 phone_key=b"}, "王建国 3>4 phone"},
		{"another phone, of two of one name", volunteers, []string{"team=甲队 name=王建国 phone_key=a", "team=乙队 name=王建国 phone_key=b"},
			[]string{"team=甲队 name=王建国 phone_key=c", "team=乙队 name=王建国 phone_key=d"}, "+王建国 3, +王建国 4, -王建国 3, -王建国 4"},
		{"an ID number filled in", members, []string{"name=王建国 kind=直管"}, []string{"name=王建国 kind=直管 id_number_key=a"}, "王建国 3>3 id_number"},
		{"another person of the name", members, []string{"name=王建国 kind=直管 id_number_key=a"}, []string{"name=王建国 kind=直管 id_number_key=b"}, "+王建国 3, -王建国 3"},
		{"one came, one left, one changed", members, []string{"name=王建国 kind=直管 id_number_key=a", "name=陈静 kind=直管 id_number_key=b"},
			[]string{"name=周明 kind=直管 id_number_key=c", "name=王建国 kind=在职 id_number_key=a"}, "+周明 3, -陈静 4, 王建国 3>4 kind"},
		{"the one row there is", kinds.Find("community"), []string{"area=1.5"}, []string{"area=1.6"}, "3>3 area"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t)
			o.load(c.kind, q4, c.before...)
			o.load(c.kind, q4, c.after...)
			changes, err := o.Diff(t.Context(), c.kind, 1, 2)
			o.must(err)
			at := slices.IndexFunc(c.kind.Columns, func(c ingest.Column) bool { return c.Name == "name" })
			name := func(l duckdb.Line) string {
				if at < 0 {
					return ""
				}
				return l.Shown[at] + " "
			}
			var got []string
			for _, ch := range changes {
				switch {
				case ch.Before.Number == 0:
					got = append(got, fmt.Sprintf("+%s%d", name(ch.After), ch.After.Number))
				case ch.After.Number == 0:
					got = append(got, fmt.Sprintf("-%s%d", name(ch.Before), ch.Before.Number))
				default:
					said := fmt.Sprintf("%s%d>%d", name(ch.After), ch.Before.Number, ch.After.Number)
					for _, i := range ch.Columns {
						said += " " + c.kind.Columns[i].Name
					}
					got = append(got, said)
				}
			}
			if got := strings.Join(got, ", "); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}
