package duckdb_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries"
)

// overlaps lists the findings that stand in the figures.
func (o *office) overlaps() string {
	o.Helper()
	return strings.Join(o.askAsOf(time.Time{}, `SELECT batch || ': ' || "row" || ' ' || found FROM core.issue WHERE code = 'overlap' ORDER BY batch, found`), "\n")
}

func TestTheSameEventInTwoSheets(t *testing.T) {
	const day = " day=2025-10-12 activity=清洁日"
	team := []string{"name=王建国 team=甲队" + day, "name=陈静 team=甲队" + day}
	none := []string{"name=王建国" + day, "name=陈静" + day}
	gift := func(donor, amount string) string {
		row := "day=2025-10-13 amount=" + amount + " campaign=助学"
		if donor != "" {
			row += " donor=" + donor
		}
		return row
	}
	for _, c := range []struct {
		name       string
		kind       *ingest.Kind
		one, other []string
		rows       int // of the second that the first has
	}{
		{"the same rows", &kinds.Attendance, team, team, 2},
		{"one names no team", &kinds.Attendance, team, none, 2},
		{"the other names no team", &kinds.Attendance, none, team, 2},
		{"neither does", &kinds.Attendance, none, none[1:], 1},
		{"another team's", &kinds.Attendance, team, []string{"name=王建国 team=乙队" + day}, 0},
		{"another day", &kinds.Attendance, team, []string{"name=王建国 team=甲队 day=2025-10-13 activity=清洁日"}, 0},
		{"gifts", kinds.Find("donation"), []string{gift("王建国", "100"), gift("", "50")}, []string{gift("王建国", "100"), gift("", "50")}, 1},
		{"gifts without names, and with", kinds.Find("donation"), []string{gift("王建国", "100")}, []string{gift("", "100")}, 0},
		{"gifts without names in both", kinds.Find("donation"), []string{gift("", "100")}, []string{gift("", "100")}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t)
			o.loadPart(c.kind, q4, "甲", c.one...)
			b := o.loadPart(c.kind, q4, "乙", c.other...)
			want := ""
			if c.rows > 0 {
				want = fmt.Sprintf("2: 3 从这一行起有 %d 行，“甲”（%s2025Q4甲.xlsx）里已经记过", c.rows, c.kind.Title)
			}
			if got := o.overlaps(); got != want {
				t.Errorf("found %q, want %q", got, want)
			}
			if told := len(b.Issues) > 0; told != (c.rows > 0) {
				t.Errorf("the clerk is told %v", b.Issues)
			}
		})
	}
}

// A sheet that was mended or taken back is no longer one of two, and when it
// comes back it is.
func TestAnOverlapStandsWhileBothSheetsDo(t *testing.T) {
	const row, other = "name=王建国 day=2025-10-12 activity=清洁日", "name=王建国 day=2025-11-02 activity=清洁日"
	o := newOffice(t)
	step := func(did, want string) {
		t.Helper()
		var got []string
		for _, line := range strings.Fields(o.overlaps()) {
			if batch, ok := strings.CutSuffix(line, ":"); ok {
				got = append(got, batch)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: it stands with batch %v, want %q", did, got, want)
		}
	}
	a := o.loadPart(&kinds.Attendance, q4, "甲", row).Slice
	o.loadPart(&kinds.Attendance, q4, "甲", other)
	step("one part", "")
	b := o.loadPart(&kinds.Attendance, q4, "乙", row)
	if step("the other part has what the first no longer has", ""); len(b.Issues) > 0 {
		t.Errorf("the clerk is told %v", b.Issues)
	}
	o.undoLoad(a)
	step("the first has it again", "3")
	shown, err := o.Batch(t.Context(), 3)
	o.must(err)
	if issues, err := o.Issues(t.Context(), shown); err != nil || len(issues) != 1 {
		t.Errorf("issues of the batch: %v, %v", issues, err)
	}
	o.loadPart(&kinds.Attendance, q4, "甲", other)
	step("mended", "")
	o.loadPart(&kinds.Attendance, q4, "甲", row)
	step("and not", "5")
	o.undoLoad(b.Slice)
	step("the other taken back", "")
}

// Whatever came and was taken back, every figure is what the surviving sheets
// alone give, and was what it was.
func TestAnyUploadsAndUndosLeaveTheFiguresOfTheSurvivors(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2025))
	type sheet struct {
		kind *ingest.Kind
		p    period.Period
		part string
		rows []string
	}
	name := func() string { return []string{"王建国", "陈静", "李秀英", "周明"}[random.IntN(4)] }
	key := func(field string) string {
		return []string{"", " " + field + "=" + string(rune('A'+random.IntN(4)))}[random.IntN(2)]
	}
	make := func() sheet {
		p := []period.Period{q3, q4, q4, q4}[random.IntN(4)]
		s := sheet{p: p}
		team := []string{"", " team=文艺队 hours=1.5"}[random.IntN(2)]
		for range 1 + random.IntN(4) {
			day := p.Start.AddDate(0, 0, random.IntN(2)).Format(time.DateOnly)
			s.rows = append(s.rows, "name="+name()+" day="+day+" activity=清洁日"+team+key("phone_key"))
		}
		s.kind, s.part = &kinds.Attendance, []string{"甲", "乙"}[random.IntN(2)]
		switch random.IntN(6) {
		case 0:
			s.kind, s.part = &kinds.Member, ""
			for i := range s.rows {
				s.rows[i] = "kind=直管 name=" + name() + " id_number_key=" + string(rune('A'+i)) + key("phone_key")
			}
		case 1:
			s.kind, s.part = &kinds.Volunteer, ""
			for i := range s.rows {
				s.rows[i] = "team=文艺队 name=" + name() + " id_number_key=" + string(rune('A'+i)) + key("phone_key")
			}
		}
		return s
	}
	// How often a sheet came is about what was taken back, too.
	history := []string{"freshness", "slices"}
	figures := func(o *office) string {
		o.Helper()
		var all strings.Builder
		for _, m := range o.catalog.Metrics {
			table, err := queries.Run(t.Context(), o, m, q4)
			o.must(err)
			if !slices.Contains(history, m.Name) {
				fmt.Fprintln(&all, m.Name, table.Rows)
			}
		}
		return all.String()
	}
	for round := range 3 {
		o := newOffice(t)
		var standing []sheet
		for range 20 {
			if n := len(standing); n > 0 && random.IntN(3) == 0 {
				// Only what is in force can be taken back: the last of a slice.
				s := standing[random.IntN(n)]
				for at, other := range slices.Backward(standing) {
					if other.kind == s.kind && other.p == s.p && other.part == s.part {
						standing = slices.Delete(standing, at, at+1)
						break
					}
				}
				o.undoLoad(ingest.Slice{Kind: s.kind.Name, Community: "象山社区", Period: s.p, Part: s.part})
				continue
			}
			s := make()
			o.loadPart(s.kind, s.p, s.part, s.rows...)
			standing = append(standing, s)
		}
		alone := newOffice(t)
		for _, s := range standing {
			alone.loadPart(s.kind, s.p, s.part, s.rows...)
		}
		got, want := strings.Split(figures(o), "\n"), strings.Split(figures(alone), "\n")
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("round %d: %s\nthe survivors alone: %s", round, got[i], want[i])
			}
		}
	}
}
