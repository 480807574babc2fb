package duckdb_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries/duckdb"
)

// Whatever is uploaded, taken back and decided, and in whatever order, the rows
// that are kept are those that the models make of the sheets in force.
func TestWhatIsKeptIsWhatTheModelsSay(t *testing.T) {
	o := newOffice(t)
	random := rand.New(rand.NewPCG(4, 2025))
	one := func(of ...string) string { return of[random.IntN(len(of))] }
	sheets := []struct {
		kind *ingest.Kind
		row  func() string
	}{
		{&kinds.Member, func() string {
			return "kind=直管 name=" + one("王建国", "李秀英") + one("", " id_number_key=A", " id_number_key=B", " phone_key=P") + one("", " party_group=一组")
		}},
		{&kinds.Volunteer, func() string {
			return "team=" + one("环保队", "门球队") + " name=" + one("王建国", "李秀英") + one("", " id_number_key=A", " phone_key=P", " phone_key=Q")
		}},
		{&kinds.Attendance, func() string {
			return "day=2025-11-01 activity=" + one("清洁日", "党课") + " name=" + one("王建国", "李秀英") + one("", " phone_key=P") + one("", " team=环保队") + one("", " status=缺席")
		}},
		{&kinds.Claim, func() string {
			return "post1=巡逻岗 name=" + one("王建国", "李秀英") + one("", " party_group=一组")
		}},
		{&kinds.Activity, func() string { return "day=2025-11-01 activity=" + one("清洁日", "党课") }},
	}
	var decided []int64
	for step := range 40 {
		what := ""
		switch p := period.Quarter(2025, 3+random.IntN(2)); random.IntN(5) {
		case 0:
			slice := ingest.Slice{Kind: sheets[random.IntN(len(sheets))].kind.Name, Community: "象山社区", Period: p}
			what = "undo of " + slice.String()
			// There may be nothing to take back.
			_ = o.Update(t.Context(), "undo", func(tx *duckdb.Tx) error { _, err := tx.Undo(t.Context(), slice); return err })
		case 1:
			if list := o.waiting(); len(list) > 0 {
				w := list[random.IntN(len(list))]
				what = "decision about " + w.Name
				if seq, err := o.decide(w, []int{1, 2}[:random.IntN(2)+random.IntN(2)]...); err == nil {
					decided = append(decided, seq)
				}
			}
		case 2:
			if len(decided) > 0 {
				what = "undo of a decision"
				_ = o.undo(decided[random.IntN(len(decided))])
			}
		default:
			s := sheets[random.IntN(len(sheets))]
			what = p.String() + " " + s.kind.Title
			var rows []string
			for range 1 + random.IntN(4) {
				rows = append(rows, s.row())
			}
			o.load(s.kind, p, rows...)
		}
		if step%2 == 0 {
			continue // what two changes leave behind is made anew together
		}
		now, then := o.models(time.Time{}), o.models(o.clock)
		for name, want := range then {
			if now[name] != want {
				t.Fatalf("after step %d, %s: kept of %s\n%s\nits model says\n%s", step, what, name, now[name], want)
			}
		}
	}
}

// models gives the rows of each model that is kept, as of a moment.
func (o *office) models(asOf time.Time) map[string]string {
	all := map[string]string{}
	for _, m := range o.catalog.Models {
		if m.Kept {
			all[m.Name] = fmt.Sprint(o.askAsOf(asOf, "SELECT CAST(line AS VARCHAR) FROM core."+m.Name+" AS line ORDER BY ALL"))
		}
	}
	all["batch"] = fmt.Sprint(o.askAsOf(asOf, "SELECT CAST(line AS VARCHAR) FROM core.batch AS line ORDER BY ALL"))
	return all
}
