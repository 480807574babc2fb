package duckdb_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
)

var q2, q3, q4 = period.Quarter(2025, 2), period.Quarter(2025, 3), period.Quarter(2025, 4)

func TestADecisionIsRememberedAndCanBeTakenBack(t *testing.T) {
	o := newOffice(t)
	o.load(&kinds.Member, q3, "name=王建国 kind=直管 id_number_key=A party_group=一组", "name=王建国 kind=直管 id_number_key=B party_group=二组")
	o.load(&kinds.Attendance, q3, "name=王建国 day=2025-08-01 activity=党课", "name=王建国 day=2025-08-02 activity=党课")
	w := o.only()
	if w.Role != duckdb.AsMember || len(w.Sheets) != 1 || w.Sheets[0].Rows != 2 || len(w.Candidates) != 2 || w.Candidates[1].String() != "二组，有身份证号" {
		t.Fatalf("waiting: %+v", w)
	}
	if again := o.only(); again.Number != w.Number {
		t.Errorf("number %s, then %s", w.Number, again.Number)
	}
	before := o.clock
	seq, err := o.decide(w, 2)
	o.must(err)
	decided := o.clock
	signed := func(asOf time.Time) string {
		return strings.Join(o.askAsOf(asOf, "SELECT COALESCE(LEFT(member, 5), '-') FROM core.attendance ORDER BY period_end, row"), " ")
	}
	// A later quarter's sheets, in which the roll is in another order.
	o.load(&kinds.Attendance, q4, "name=王建国 day=2025-11-01 activity=党课")
	o.load(&kinds.Member, q4, "name=王建国 kind=直管 id_number_key=B", "name=王建国 kind=直管 id_number_key=A")
	later := o.clock
	if len(o.waiting()) > 0 {
		t.Errorf("asked again: %+v", o.waiting())
	}
	o.must(o.undo(seq))
	for _, c := range []struct {
		when string
		at   time.Time
		want string
	}{
		{"before it", before, "- -"}, {"once decided", decided, "id:42 id:42"}, {"with the next quarter", later, "id:42 id:42 id:42"},
		{"taken back", time.Time{}, "- - -"},
	} {
		if got := signed(c.at); got != c.want {
			t.Errorf("%s: %s, want %s", c.when, got, c.want)
		}
	}
	if n := len(o.waiting()); n != 2 {
		t.Errorf("%d names wait after the undo, want one for each quarter", n)
	}
	list, err := o.Decisions(t.Context())
	o.must(err)
	if len(list) != 1 || !list[0].TakenBack || list[0].Who != "王书记" || fmt.Sprint(list[0].Chosen) != "[二组，有身份证号]" {
		t.Errorf("decisions: %+v", list)
	}
}

// A roll may give nothing but names and places. What is decided there holds when
// the roll is sent again, with others on it and in another order, and in the
// next quarter; and a year's figure is one person's.
func TestADecisionHoldsOnARollOfNamesAlone(t *testing.T) {
	o := newOffice(t)
	const one, two, third = "name=王建国 kind=直管 party_group=一组", "name=王建国 kind=直管 party_group=二组", "name=周明 kind=直管 party_group=一组"
	sign := func(p period.Period) {
		o.load(&kinds.Attendance, p, "name=王建国 activity=清洁日 day="+p.Start.Format(time.DateOnly))
	}
	o.load(&kinds.Member, q3, one, two)
	o.load(&kinds.Volunteer, q3, "team=文艺队 name=李秀英", "team=环保队 name=李秀英")
	sign(q3)
	for range 3 {
		w := o.waiting()[0]
		chosen := []int{1, 2}
		switch w.Role {
		case duckdb.MemberRoll:
			chosen = nil
		case duckdb.AsMember:
			chosen = []int{2}
		}
		_, err := o.decide(w, chosen...)
		o.must(err)
	}
	figures := func() string {
		var all []string
		for _, ask := range []struct {
			metric, column string
			p              period.Period
		}{{"community_participation", "on_roll", q3}, {"member_activities", "value", period.Year(2025)}} {
			table, err := queries.Run(t.Context(), o, o.catalog.Metric(ask.metric), ask.p)
			o.must(err)
			for row := range table.Rows {
				all = append(all, fmt.Sprint(table.Value(row, ask.column)))
			}
		}
		return strings.Join(all, " ")
	}
	o.load(&kinds.Member, q3, third, two, one)
	o.load(&kinds.Volunteer, q3, "team=环保队 name=李秀英", "team=文艺队 name=李秀英", "team=门球队 name=陈静")
	o.load(&kinds.Member, q4, two, third, one)
	sign(q4)
	if list := o.waiting(); len(list) > 0 {
		t.Errorf("asked again: %+v", list)
	}
	if got, want := figures(), "2 0 0 2"; got != want {
		t.Errorf("volunteers on the roll, and activities of the year: %s, want %s", got, want)
	}
	// Nobody can tell these two apart.
	o.load(&kinds.Member, q4, two, two, one)
	if list := o.waiting(); len(list) != 2 || len(list[0].Candidates) != 3 {
		t.Errorf("waiting: %+v", list)
	}
}

// Claims, cards, the appraisal and the ledger of conduct ask too. A line that
// writes nothing but the name asks what the sign-in sheets ask, and one answer
// holds for all of them; one that writes a place asks about that place.
func TestNamesOnCardsAndLedgersWait(t *testing.T) {
	o := newOffice(t)
	o.load(&kinds.Member, q4,
		"name=王建国 kind=直管 id_number_key=A party_group=一组", "name=王建国 kind=在职 id_number_key=B party_group=二组 work_unit=县医院 phone_key=P")
	o.load(&kinds.Attendance, q4, "name=王建国 day=2025-11-01 activity=党课")
	o.load(&kinds.Conduct, q4, "name=王建国 kind=加分", "name=王建国 kind=加分 party_group=一组", "name=王建国 kind=扣分 party_group=三组")
	o.load(&kinds.Feedback, q4, "name=王建国 work_unit=县医院", "name=王建国 work_unit=县供电公司")
	o.load(&kinds.Claim, q4, "name=王建国 phone_key=P post1=巡逻岗", "name=王建国 phone_key=Q phone_mask=100****0009 post1=巡逻岗")
	o.load(&kinds.Appraisal, period.Year(2025), "name=王建国 grade=合格")
	meant := func() string {
		return strings.Join(o.askAsOf(time.Time{}, "SELECT kind || ' ' || COALESCE(LEFT(member, 5), '-') FROM core.member_named ORDER BY kind, row"), ", ")
	}
	if got, want := meant(), "appraisal -, claim id:42, claim -, conduct -, conduct id:41, conduct -, feedback id:42, feedback -"; got != want {
		t.Errorf("before anybody was asked\n%s, want\n%s", got, want)
	}
	var asked []string
	list := o.waiting()
	for _, w := range list {
		if w.Role != duckdb.AsMember || len(w.Candidates) != 2 {
			t.Errorf("waiting: %+v", w)
		}
		asked = append(asked, fmt.Sprintf("%s %q %q in %d sheets", w.Period, w.Team, w.PhoneMask, len(w.Sheets)))
	}
	if got, want := strings.Join(asked, "\n"), `2025 "" "" in 1 sheets
2025Q4 "" "" in 2 sheets
2025Q4 "" "100****0009" in 1 sheets
2025Q4 "三组" "" in 1 sheets
2025Q4 "县供电公司" "" in 1 sheets`; got != want {
		t.Fatalf("asked\n%s\nwant\n%s", got, want)
	}
	if shown := list[0].Candidates[1].String(); shown != "二组，县医院，有身份证号" {
		t.Errorf("a candidate is shown as %s", shown)
	}
	seq, err := o.decide(list[1], 2)
	o.must(err)
	if got, want := meant(), "appraisal id:42, claim id:42, claim -, conduct id:42, conduct id:41, conduct -, feedback id:42, feedback -"; got != want {
		t.Errorf("the bare name decided\n%s, want\n%s", got, want)
	}
	_, err = o.decide(list[3], 1)
	o.must(err)
	if got, want := meant(), "appraisal id:42, claim id:42, claim -, conduct id:42, conduct id:41, conduct id:41, feedback id:42, feedback -"; got != want {
		t.Errorf("and the name with a place\n%s, want\n%s", got, want)
	}
	var refused duckdb.Refused
	if _, err := o.decide(list[2], 2); !errors.As(err, &refused) {
		t.Errorf("a claim with another's phone: %v", err)
	}
	if n := len(o.waiting()); n != 2 {
		t.Errorf("%d names wait, want two", n)
	}
	o.must(o.undo(seq))
	if n := len(o.waiting()); n != 4 {
		t.Errorf("%d names wait after the undo, want four", n)
	}
}

// A volunteer gave the ID number to one team and a birth date to the other.
func TestOnePersonUnderTwoIdentitiesCountsOnce(t *testing.T) {
	o := newOffice(t)
	o.load(&kinds.Volunteer, q4, "team=文艺队 name=李秀英 id_number_key=A", "team=环保队 name=李秀英 birth=1960-01-01", "team=环保队 name=陈静 phone_key=C")
	figure := func() string {
		table, err := queries.Run(t.Context(), o, o.catalog.Metric("community_participation"), q4)
		o.must(err)
		return fmt.Sprint(table.Value(0, "teams"), table.Value(0, "on_roll"))
	}
	w := o.only()
	if w.Role != duckdb.VolunteerRoll || w.Name != "李秀英" {
		t.Fatalf("waiting: %+v", w)
	}
	if got := figure(); got != "2 3" {
		t.Errorf("teams and persons before: %s", got)
	}
	seq, err := o.decide(w, 1, 2)
	o.must(err)
	if got := figure(); got != "2 2" {
		t.Errorf("teams and persons, two of them one: %s", got)
	}
	if len(o.waiting()) > 0 {
		t.Errorf("asked again: %+v", o.waiting())
	}
	o.must(o.undo(seq))
	if got := figure(); got != "2 3" {
		t.Errorf("teams and persons, taken back: %s", got)
	}
	// That they are two is an answer too, until a third comes.
	_, err = o.decide(o.only())
	o.must(err)
	if len(o.waiting()) > 0 {
		t.Errorf("asked again: %+v", o.waiting())
	}
	o.load(&kinds.Volunteer, q4, "team=文艺队 name=李秀英 id_number_key=A", "team=环保队 name=李秀英 birth=1960-01-01", "team=门球队 name=李秀英 phone_key=D")
	if w := o.only(); len(w.Candidates) != 3 {
		t.Errorf("waiting: %+v", w)
	}
}

// What hangs together over a third is one person, by the surest identity, and a
// former decision about one of them is about that person.
func TestMergesHangTogether(t *testing.T) {
	o := newOffice(t)
	phone, birth, id := "team=文艺队 name=李秀英 phone_key=P", "team=环保队 name=李秀英 birth=1960-01-01", "team=门球队 name=李秀英 id_number_key=A"
	o.load(&kinds.Volunteer, q4, phone, birth)
	o.load(&kinds.Attendance, q4, "name=李秀英 team=太极队 day=2025-11-01 activity=清洁日")
	state := func() string {
		persons := o.askAsOf(time.Time{}, "SELECT LEFT(person, 3) FROM core.volunteer ORDER BY row")
		signed := o.askAsOf(time.Time{}, "SELECT COALESCE(LEFT(volunteer, 3), '-') FROM core.attendance")
		return strings.Join(persons, " ") + ", signed " + strings.Join(signed, " ")
	}
	step := func(did, want string) {
		t.Helper()
		if got := state(); got != want {
			t.Errorf("%s: %s, want %s", did, got, want)
		}
	}
	about := func(role duckdb.Role) duckdb.Waiting {
		t.Helper()
		list := o.waiting()
		at := slices.IndexFunc(list, func(w duckdb.Waiting) bool { return w.Role == role })
		if at < 0 {
			t.Fatalf("no %s waits: %+v", role, list)
		}
		return list[at]
	}
	_, err := o.decide(about(duckdb.AsVolunteer), 1)
	o.must(err)
	step("who signed is the one with the phone", "pho bir, signed pho")
	o.load(&kinds.Volunteer, q4, phone, birth, id)
	step("a third of the name on the roll", "pho bir id:, signed -")
	one, err := o.decide(about(duckdb.VolunteerRoll), 1, 3)
	o.must(err)
	step("who is the one with the phone", "id: bir id:, signed id:")
	o.must(o.undo(one))
	first, err := o.decide(about(duckdb.VolunteerRoll), 1, 2)
	o.must(err)
	step("two are one, the third is seen but not in the sign-in's decision", "pho pho id:, signed -")
	both := about(duckdb.AsVolunteer)
	if len(both.Candidates) != 2 {
		t.Fatalf("waiting: %+v", both)
	}
	_, err = o.decide(both, 1, 2)
	o.must(err)
	step("they are the third too", "id: id: id:, signed id:")
	o.must(o.undo(first))
	// The one with a birth date stood behind another when this was decided.
	step("without the first merge", "id: bir id:, signed -")
}

func TestALaterPeriodMayBeDecidedOtherwise(t *testing.T) {
	o := newOffice(t)
	for _, p := range []period.Period{q2, q3, q4} {
		o.load(&kinds.Member, p, "name=王建国 kind=直管 id_number_key=A", "name=王建国 kind=直管 id_number_key=B")
		o.load(&kinds.Attendance, p, "name=王建国 activity=党课 day="+p.Start.Format(time.DateOnly))
	}
	list := o.waiting()
	_, err := o.decide(list[2], 2)
	o.must(err)
	_, err = o.decide(list[1], 1)
	o.must(err)
	got := strings.Join(o.askAsOf(time.Time{}, "SELECT COALESCE(LEFT(member, 5), '-') FROM core.attendance ORDER BY period_end"), " ")
	if got != "- id:41 id:42" {
		t.Errorf("second, third and fourth quarter: %s, want - id:41 id:42", got)
	}
}

func TestDecisionsThatAreRefused(t *testing.T) {
	o := newOffice(t)
	o.load(&kinds.Member, q4,
		"name=王建国 kind=直管 id_number_key=A phone_key=P", "name=王建国 kind=直管 id_number_key=B", "name=王建国 kind=直管 birth=1960-01-01")
	o.load(&kinds.Attendance, q4, "name=王建国 day=2025-11-01 activity=党课 phone_key=Q phone_mask=100****0009")
	list := o.waiting()
	if len(list) != 2 || list[0].Role != duckdb.AsMember || list[1].Role != duckdb.MemberRoll {
		t.Fatalf("waiting: %+v", list)
	}
	for _, c := range []struct {
		name   string
		about  duckdb.Waiting
		chosen []int
		want   string
	}{
		{"nobody of that number", list[0], []int{4}, "人选只有 1 到 3，没有 4"},
		{"counted from 1", list[0], []int{0}, "没有 0"},
		{"twice", list[0], []int{2, 2}, "写了两遍"},
		{"another phone", list[0], []int{1}, "电话与人选 1 的不同"},
		{"another phone among others", list[0], []int{2, 1}, "电话与人选 1 的不同"},
		{"two ID numbers", list[1], []int{2, 1, 3}, "身份证号不同"},
		{"one of a roll", list[1], []int{3}, "写出全部"},
	} {
		var refused duckdb.Refused
		if _, err := o.decide(c.about, c.chosen...); !errors.As(err, &refused) || !strings.Contains(string(refused), c.want) {
			t.Errorf("%s: %v, want …%s…", c.name, err, c.want)
		}
	}
	var refused duckdb.Refused
	if err := o.undo(1); !errors.As(err, &refused) {
		t.Errorf("undo of nothing: %v", err)
	}
	if list, err := o.Decisions(t.Context()); err != nil || len(list) > 0 {
		t.Errorf("kept of what was refused: %v (%v)", list, err)
	}
}

// Somebody who looked at the queue must not decide among people who have
// changed since.
func TestANumberIsGoneWhenTheRollChanges(t *testing.T) {
	o := newOffice(t)
	roll := []string{"name=王建国 kind=直管 id_number_key=A", "name=王建国 kind=直管 id_number_key=B"}
	o.load(&kinds.Member, q4, roll...)
	o.load(&kinds.Attendance, q4, "name=王建国 day=2025-11-01 activity=党课")
	number := o.only().Number
	find := func() error {
		return o.Update(t.Context(), "find", func(tx *duckdb.Tx) error { _, err := tx.Waiting(t.Context(), number); return err })
	}
	o.must(find())
	slices.Reverse(roll)
	o.load(&kinds.Member, q4, roll...)
	var refused duckdb.Refused
	if err := find(); !errors.As(err, &refused) {
		t.Errorf("%v, want that the number is gone", err)
	}
}

func TestAnyDecisionsAndUndosLeaveWhatTheSurvivorsAloneGive(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 2025))
	community := func() *office {
		o := newOffice(t)
		for _, p := range []period.Period{q2, q3, q4} {
			members := []string{
				"name=王建国 kind=直管 id_number_key=A phone_key=P", "name=王建国 kind=直管 phone_key=Q", "name=王建国 kind=直管 birth=1960-01-01",
				"name=陈静 kind=直管 id_number_key=C", "name=陈静 kind=直管 id_number_key=D",
			}
			if p == q4 { // one left, another came
				members = append(members[:4], "name=陈静 kind=直管 phone_key=R")
			}
			o.load(&kinds.Member, p, members...)
			o.load(&kinds.Volunteer, p, "team=文艺队 name=李秀英 id_number_key=E", "team=环保队 name=李秀英 phone_key=S",
				"team=门球队 name=李秀英 birth=1961-01-01", "team=门球队 name=李秀英 birth=1962-01-01")
			day := " activity=清洁日 day=" + p.Start.Format(time.DateOnly)
			o.load(&kinds.Attendance, p, "name=王建国"+day, "name=王建国 phone_key=T"+day, "name=陈静"+day, "name=李秀英 team=门球队"+day, "name=李秀英 team=太极队"+day)
			o.load(&kinds.Claim, p, "name=王建国", "name=王建国 phone_key=T", "name=陈静 party_group=一组", "name=陈静")
		}
		return o
	}
	type made struct {
		w      duckdb.Waiting
		chosen []int
		seq    int64
	}
	for round := range 3 {
		o := community()
		var standing []made
		type moment struct {
			at   time.Time
			want string
		}
		moments := []moment{{o.clock, o.who(time.Time{})}}
		for range 12 {
			list := o.waiting()
			if n := len(standing); n > 0 && (len(list) == 0 || random.IntN(3) == 0) {
				i := random.IntN(n)
				o.must(o.undo(standing[i].seq))
				standing = slices.Delete(standing, i, i+1)
			} else {
				m := made{w: list[random.IntN(len(list))]}
				for n := range m.w.Candidates {
					if random.IntN(2) == 0 {
						m.chosen = append(m.chosen, n+1)
					}
				}
				var refused duckdb.Refused
				var err error
				if m.seq, err = o.decide(m.w, m.chosen...); errors.As(err, &refused) {
					continue
				}
				o.must(err)
				standing = append(standing, m)
			}
			moments = append(moments, moment{o.clock, o.who(time.Time{})})
		}
		alone := community()
		for _, m := range standing {
			_, err := alone.decide(m.w, m.chosen...)
			o.must(err)
		}
		if got, want := o.who(time.Time{}), alone.who(time.Time{}); got != want {
			t.Errorf("round %d: after all\n%s\nthe survivors alone\n%s", round, got, want)
		}
		for i, m := range moments {
			if got := o.who(m.at); got != m.want {
				t.Errorf("round %d: as of change %d\n%s\nwas\n%s", round, i, got, m.want)
			}
		}
	}
}
