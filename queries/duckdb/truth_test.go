package duckdb_test

import (
	"crypto/md5"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest/period"
	"xingce/queries"
)

// What the figures of a town must be, worked out from the rules that it is made
// by, without SQL. Communities whose numbers end alike are alike.

// residents of a community at each quarter's end.
func (w town) residents(c int) int { return 9955 + 10*(c%10) }

// A signature is a line of a sign-in sheet. A person is -1 where nobody of the
// roll is meant.
type signature struct {
	day               int // of the quarter
	activity, kind    string
	team              int // -1 for none
	member, volunteer int
	status            string
	halves            int // half hours
	counted           bool
}

func (w town) signatures(q int) []signature {
	var list []signature
	for e := range w.signing(q).meetings {
		for m := range roll {
			s := signature{day: 3 * e, activity: fmt.Sprint("党日", e), kind: "主题党日", team: -1, member: m, volunteer: -1, status: "出席"}
			if e%5 == 4 {
				s.kind, s.halves, s.counted = "志愿服务", 4, true
			}
			if m == 1 {
				s.member = -1 // one of two of that name, with no phone
			}
			if m >= 2 && m < both+2 {
				s.volunteer = m - 2
			}
			switch (m + e) % 10 {
			case 0:
				s.status = "缺席"
			case 1:
				s.status = "请假"
			}
			list = append(list, s)
		}
	}
	for t := range teams {
		for e := range w.signing(q).events {
			for n := range signers {
				s := signature{day: 2 * e, activity: fmt.Sprint(teams[t], "活动", e), kind: "志愿服务", team: t, member: -1, volunteer: -1, status: "出席", halves: 3 + e%3, counted: true}
				if e%3 == 0 {
					s.kind = "文体活动"
				}
				if (n+e)%6 == 0 {
					s.status = "缺席"
				}
				if n < regulars {
					s.volunteer = 4*n + t
					if s.volunteer < both {
						s.member = s.volunteer + 2
					}
				}
				list = append(list, s)
			}
		}
	}
	return list
}

func memberKind(m int) string {
	switch {
	case m%2 == 0:
		return "直管"
	case m%20 == 1:
		return "流动"
	}
	return "在职"
}

func memberGroupOf(m int) string {
	if m%2 == 0 && m%10 != 0 {
		return []string{"一组", "二组", "三组"}[m/2%3]
	}
	return "未编组"
}

// teamsOf is on which teams' rolls a volunteer stands.
func teamsOf(v int) []int {
	if v%10 == 0 {
		return []int{v % 4, (v + 1) % 4}
	}
	return []int{v % 4}
}

func key(text string) string {
	sum := md5.Sum([]byte(text))
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:])
}

func (w town) memberPerson(c, m int) string { return "id:" + key(fmt.Sprintf("m%d:%d", c, m)) }

func (w town) volunteerPerson(c, v int) string {
	switch {
	case v < both:
		return w.memberPerson(c, v+2)
	case v%3 == 0:
		return "phone:" + key(fmt.Sprintf("q%d:%d", c, v)) + ":义工" + fmt.Sprint(v)
	}
	return "id:" + key(fmt.Sprintf("v%d:%d", c, v))
}

// share writes a part of a whole as the figures do.
func share(part, whole int) string { return ratio(decimal.NewFromInt(int64(part)), whole, 10) }

func ratio(part decimal.Decimal, whole int, digits int32) string {
	if whole == 0 {
		return ""
	}
	return part.DivRound(decimal.NewFromInt(int64(whole)), digits).StringFixed(digits)
}

func hours(halves int) decimal.Decimal { return decimal.New(int64(halves)*5, -1) }

// A tally counts what is distinct, in the order of first sight.
type tally[K comparable] struct {
	keys []K
	n    map[K]int
}

func (t *tally[K]) add(k K, n int) {
	if t.n == nil {
		t.n = map[K]int{}
	}
	if _, known := t.n[k]; !known {
		t.keys = append(t.keys, k)
	}
	t.n[k] += n
}

type occasion struct {
	day      int
	activity string
}

type attended struct {
	person int
	occasion
}

// truth gives for each metric the rows of a community, without its name, each
// as text: of the last quarter, for a community whose number ends with c.
func (w town) truth(c int) map[string][]string {
	q := w.quarters - 1
	n := w.residents(c)
	floating := n / 5
	rows := map[string][]string{}
	say := func(metric, format string, args ...any) {
		rows[metric] = append(rows[metric], fmt.Sprintf(format, args...))
	}

	say("residents", "%d", n)
	say("residents_by_kind", "户籍,%d", n-floating)
	say("residents_by_kind", "流动,%d", floating)
	say("floating_share", "%d,%d,%s", floating, n, share(floating, n))
	say("households", "%d", n/5)
	say("buildings", "40")
	say("floating_household_share", "%d,%d,%s", (n/5+3)/4, n/5, share((n/5+3)/4, n/5))
	inflow := (n + 49) / 50
	if w.quarters > 1 {
		say("floating_flow", "%d,%d,%d,%d,%d", inflow, leavers, inflow-leavers, floating, floating)
		say("floating_balance", "%d,%d,%d,0,%d", inflow-leavers, floating, floating, leavers-inflow)
	} else {
		say("floating_flow", "%d,%d,%d,,%d", inflow, leavers, inflow-leavers, floating)
		say("floating_balance", "%d,,%d,,", inflow-leavers, floating)
	}
	say("floating_by_origin", "省内,%d", floating-(floating+2)/3)
	say("floating_by_origin", "省外,%d", (floating+2)/3)
	// More first; of as many, 未填 stands before 经商.
	trade, unsaid := (floating+1)/4, floating/4
	say("floating_by_reason", "务工,%d", (floating+3)/4+(floating+2)/4)
	if trade > unsaid {
		say("floating_by_reason", "经商,%d", trade)
	}
	say("floating_by_reason", "未填,%d", unsaid)
	if trade == unsaid {
		say("floating_by_reason", "经商,%d", trade)
	}
	// Every tenth of them came this quarter; of every eight two have a permit in
	// force for six months' stay, and one a permit that has run out.
	eligible, held := 0, 0
	for j := range floating {
		if j%10 != 0 {
			eligible++
			if j%2 == 0 && j%8 != 0 {
				held++
			}
		}
	}
	say("permit_rate", "%d,%d,%s", held, eligible, share(held, eligible))

	var bySex [3][18]int // five years each
	for i := range n {
		born := time.Date(1940, 1, 1+i%25000, 0, 0, 0, 0, time.UTC)
		age := last.End.Year() - born.Year()
		if born.Month() >= last.End.Month() {
			age--
		}
		bySex[i%2][min(age/5, 17)]++
		bySex[2][min(age/5, 17)]++
	}
	for band, persons := range bySex[2] {
		if persons > 0 {
			name := fmt.Sprintf("%d–%d岁", 5*band, 5*band+4)
			if band == 17 {
				name = "85岁及以上"
			}
			say("residents_by_age", "%s,%d,%d,0,%d", name, bySex[0][band], bySex[1][band], persons)
		}
	}

	var kindsOf, groups tally[string]
	for m := range roll {
		kindsOf.add(memberKind(m), 1)
		if memberKind(m) == "直管" {
			groups.add(memberGroupOf(m), 1)
		}
	}
	for _, kind := range []string{"直管", "在职", "流动"} {
		say("members_by_kind", "%s,%d", kind, kindsOf.n[kind])
	}
	for _, group := range []string{"一组", "二组", "三组", "未编组"} {
		say("members_by_group", "%s,%d", group, groups.n[group])
	}
	say("members_ungrouped", "%d,%d,%s", groups.n["未编组"], kindsOf.n["直管"], share(groups.n["未编组"], kindsOf.n["直管"]))
	units := map[int]bool{}
	for m := range roll {
		if memberKind(m) == "在职" {
			units[m%12] = true
		}
	}
	say("feedback_cards", "%d,%d,%s,%d,%d,%d,10.5000", serving*2/3, serving, share(serving*2/3, serving), len(units), serving*2/3, serving/3*(9+12))

	w.sayActivity(c, q, say)
	w.sayGiving(c, say)
	return rows
}

// sayActivity says what sign-in sheets and cards tell.
func (w town) sayActivity(c, q int, say func(metric, format string, args ...any)) {
	lines := w.signatures(q)

	// Meetings, of those whose organisation is here.
	var part, leaves, absences int
	var met tally[occasion]
	for _, l := range lines {
		if l.kind == "主题党日" && l.member >= 0 && memberKind(l.member) != "在职" {
			met.add(occasion{l.day, l.activity}, 1)
			switch l.status {
			case "出席":
				part++
			case "请假":
				leaves++
			default:
				absences++
			}
		}
	}
	say("meeting_attendance", "%d,%d,%s,%d,%d,%d,0", part, part+absences, share(part, part+absences), leaves, absences, len(met.keys))

	// Contacts of members, and their cards.
	contacts, active := map[int]int{}, map[int]bool{}
	for _, l := range lines {
		if l.member >= 0 && l.status == "出席" {
			contacts[l.member]++
			active[l.member] = true
		}
	}
	performance := func(m int) bool { return m >= 2 && m < 100 }
	often, sum := 0, 0
	cards := map[string]map[string]int{}
	for m := range roll {
		kind := memberKind(m)
		if cards[kind] == nil {
			cards[kind] = map[string]int{}
		}
		for card, has := range map[string]bool{"基本情况卡": m%40 != 39, "活动记录卡": active[m], "社区表现卡": performance(m), "社区表现反馈卡": kind == "在职"} {
			if has {
				cards[kind][card]++
			}
		}
		cards[kind]["whole"]++
		if kind == "在职" {
			n := contacts[m] + 1
			if performance(m) {
				n++
			}
			sum += n
			if n > 1 {
				often++
			}
		}
	}
	say("in_service_contacts", "%d,%d,%s,%d", often, serving, share(often, serving), sum)
	for _, kind := range []string{"直管", "在职", "流动"} {
		all := 0
		for _, card := range []string{"基本情况卡", "活动记录卡", "社区表现卡", "社区表现反馈卡"} {
			say("cards", "%s,%s,%d,%d,%s", kind, card, cards[kind][card], cards[kind]["whole"], share(cards[kind][card], cards[kind]["whole"]))
			all += cards[kind][card]
		}
		say("card_completeness", "%s,%d,%d,%s", kind, all, 4*cards[kind]["whole"], share(all, 4*cards[kind]["whole"]))
	}

	// Teams.
	type served struct{ team, person int }
	var halves, attendances, events, rolls [4]int
	var took tally[served]
	var people tally[int]
	ofRoll := 0
	for _, l := range lines {
		if l.team >= 0 && l.status == "出席" {
			attendances[l.team]++
			halves[l.team] += l.halves
			if l.volunteer >= 0 {
				took.add(served{l.team, l.volunteer}, l.halves)
				people.add(l.volunteer, l.halves)
				ofRoll += l.halves
			}
		}
	}
	for v := range helpers {
		for _, t := range teamsOf(v) {
			rolls[t]++
		}
	}
	for t := range teams {
		events[t] = w.signing(q).events
	}
	order := []int{0, 1, 2, 3}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(teams[a], teams[b]) })
	totalHalves, totalAttendances := 0, 0
	for _, t := range order {
		mine, mineHalves := 0, 0
		for _, k := range took.keys {
			if k.team == t {
				mine++
				mineHalves += took.n[k]
			}
		}
		say("team_participation", "%s,%d,%d,%s,%d,%d,%s", teams[t], rolls[t], mine, share(mine, rolls[t]), attendances[t], events[t], hours(halves[t]).StringFixed(2))
		say("team_hours_per_head", "%s,%s,%d,%d,%s,%s", teams[t], hours(mineHalves).StringFixed(2), mine, rolls[t], ratio(hours(mineHalves), mine, 4), ratio(hours(mineHalves), rolls[t], 4))
		totalHalves += halves[t]
		totalAttendances += attendances[t]
	}
	took1 := len(people.keys)
	say("community_participation", "4,%d,%d,%s,%d,%d,%s", helpers, took1, share(took1, helpers), totalAttendances, 4*w.signing(q).events, hours(totalHalves).StringFixed(2))
	say("volunteer_hours_per_head", "%s,%d,%d,%s,%s", hours(ofRoll).StringFixed(2), took1, helpers, ratio(hours(ofRoll), took1, 4), ratio(hours(ofRoll), helpers, 4))
	if w.quarters > 1 {
		kept, before := 0, map[int]bool{}
		for _, l := range w.signatures(q - 1) {
			if l.team >= 0 && l.status == "出席" && l.volunteer >= 0 {
				before[l.volunteer] = true
			}
		}
		for v := range before {
			if people.n[v] > 0 {
				kept++
			}
		}
		say("volunteers_kept", "%d,%d,%s", kept, len(before), share(kept, len(before)))
	} else {
		say("volunteers_kept", ",,")
	}

	// What was held: as logged, else as signed.
	var held tally[string]
	if c%2 == 0 {
		held.add("主题党日", 10)
		held.add("文体活动", 20)
	} else {
		var signed tally[occasion]
		for _, l := range lines {
			o := occasion{l.day, l.activity}
			if _, known := signed.n[o]; !known && l.status == "出席" {
				signed.add(o, 1)
				held.add(l.kind, 1)
			}
		}
	}
	slices.SortFunc(held.keys, func(a, b string) int {
		if held.n[a] != held.n[b] {
			return held.n[b] - held.n[a]
		}
		return strings.Compare(a, b)
	})
	for _, kind := range held.keys {
		say("activities_by_kind", "%s,%d", kind, held.n[kind])
	}
}

// sayGiving says what gifts, visits and cards handed out come to.
func (w town) sayGiving(c int, say func(metric, format string, args ...any)) {
	cents := w.gifts(c)
	say("donations", "助学,60,%s", decimal.New(int64(cents-40*2050), -2).StringFixed(2))
	say("donations", "救灾,40,820.00")
	// Every tenth of the 60 is anonymous.
	names := map[string]bool{}
	for i := range 60 {
		if i%10 != 0 {
			names[fmt.Sprint(i%25)] = true
		}
	}
	for i := range 40 {
		names[fmt.Sprint(i)] = true
	}
	amount := decimal.New(int64(cents), -2)
	say("donors", "%d,6,100,%s,%s", len(names), amount.StringFixed(2), ratio(amount, 100, 4))
	rank := 1
	for other := range w.communities {
		if w.gifts(other) > cents {
			rank++
		}
	}
	say("donation_rank", "%s,%d", amount.StringFixed(2), rank)
	say("visits", "20,15,%d,2010.00,", 3)
	homes := w.residents(c) / 5
	// The doors are 0 to 399, but for 99, 199, 299 and 399, whose number is not
	// written.
	say("card_coverage", "%d,%d,%s,%d,%d", 396, homes, share(396, homes), deliveries+deliveries/2, deliveries/100)
}

// gifts is what a community was given, in cents: 60 gifts of 10 yuan and more,
// 40 of 20.50.
func (w town) gifts(c int) int {
	cents := 40 * 2050
	for i := range 60 {
		cents += 1000 + 100*i + c%10
	}
	return cents
}

// perMember and perVolunteer give the values of single persons.
func (w town) perMember(metric string) (value func(m int) string) {
	lines := w.signatures(w.quarters - 1)
	count := map[int]int{}
	meeting := func(l signature) bool { return l.kind == "主题党日" }
	days := map[[2]int]bool{}
	for _, l := range lines {
		if l.member < 0 {
			continue
		}
		came := l.status == "出席"
		switch metric {
		case "member_meetings":
			if came && meeting(l) {
				count[l.member]++
			}
		case "member_absences":
			if l.status == "缺席" && meeting(l) {
				count[l.member]++
			}
		case "member_activities":
			if came && !meeting(l) {
				count[l.member]++
			}
		case "member_hours":
			if came && !meeting(l) {
				count[l.member] += l.halves
			}
		case "member_contacts":
			if came {
				count[l.member]++
			}
		case "member_activity_days":
			if k := [2]int{l.member, l.day}; came && !days[k] {
				days[k] = true
				count[l.member]++
			}
		}
	}
	return func(m int) string {
		switch metric {
		case "member_hours":
			return hours(count[m]).StringFixed(2)
		case "member_contacts":
			n := count[m]
			if m >= 2 && m < 100 {
				n++
			}
			if memberKind(m) == "在职" {
				n++
			}
			return fmt.Sprint(n)
		}
		return fmt.Sprint(count[m])
	}
}

// volunteerHours are those of all quarters.
func (w town) volunteerHours() func(v int) string {
	halves := map[int]int{}
	for q := range w.quarters {
		for _, l := range w.signatures(q) {
			if l.volunteer >= 0 && l.status == "出席" && l.counted {
				halves[l.volunteer] += l.halves
			}
		}
	}
	return func(v int) string { return hours(halves[v]).StringFixed(2) }
}

// check holds all figures that the truth knows against those of a session.
func (w town) check(t testing.TB, s *queries.Session) {
	t.Helper()
	var alike []map[string][]string
	for c := range min(10, w.communities) {
		alike = append(alike, w.truth(c))
	}
	for metric := range alike[0] {
		w.compare(t, s, metric, func(c int) []string { return alike[c%10][metric] })
	}
	for _, metric := range []string{"member_meetings", "member_absences", "member_activities", "member_activity_days", "member_hours", "member_contacts"} {
		value := w.perMember(metric)
		w.compare(t, s, metric, func(c int) []string {
			var list []string
			for m := range roll {
				list = append(list, w.memberPerson(c, m)+","+value(m))
			}
			slices.Sort(list)
			return list
		})
	}
	value := w.volunteerHours()
	w.compare(t, s, "volunteer_hours", func(c int) []string {
		var list []string
		for v := range helpers {
			list = append(list, w.volunteerPerson(c, v)+","+value(v))
		}
		slices.Sort(list)
		return list
	})
}

// compare reports the first community whose rows are not as wanted.
func (w town) compare(t testing.TB, s *queries.Session, metric string, want func(c int) []string) {
	t.Helper()
	table, err := s.Table(t.Context(), metric, last)
	if err != nil {
		t.Fatal(err)
	}
	at := table.Index("community")
	got := map[string][]string{}
	for _, row := range table.Rows {
		var cells []string
		for i, v := range row {
			if i != at {
				cells = append(cells, table.Columns[i].String(v))
			}
		}
		name := row[at].(string)
		got[name] = append(got[name], strings.Join(cells, ","))
	}
	if len(got) != w.communities {
		t.Errorf("%s: %d communities, want %d", metric, len(got), w.communities)
	}
	for c := range w.communities {
		name := fmt.Sprintf("社区%04d", c)
		if want := want(c); !slices.Equal(got[name], want) {
			t.Errorf("%s, %s:\n%s\nwant\n%s", metric, name, clip(got[name]), clip(want))
			return
		}
	}
}

func clip(lines []string) string {
	if len(lines) > 30 {
		lines = append(slices.Clone(lines[:30]), "…")
	}
	return strings.Join(lines, "\n")
}

// Every figure of a town of three communities is as the rules that it was made
// by say; BenchmarkScale asks the same of a thousand.
func TestFiguresOfAMadeTown(t *testing.T) {
	for _, w := range []town{
		{communities: 13, quarters: 1, full: signing{5, 3}},
		{communities: 3, quarters: 2, full: signing{5, 3}, less: signing{2, 1}},
	} {
		t.Run(fmt.Sprintf("%d communities, %d quarters", w.communities, w.quarters), func(t *testing.T) {
			db := w.open(t, "", 0)
			catalog, err := queries.Shelves()
			if err != nil {
				t.Fatal(err)
			}
			w.check(t, queries.NewSession(catalog, db))
		})
	}
}

// What is kept for the present answers every metric as the views do that a
// former moment is asked of.
func TestEachFigureIsTheSameAsOfAMoment(t *testing.T) {
	db := town{communities: 3, quarters: 2, full: signing{5, 1}, less: signing{2, 1}}.open(t, "", 0)
	catalog, err := queries.Shelves()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := db.Reader(t.Context(), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	for _, m := range catalog.Metrics {
		for _, p := range []period.Period{last, period.Year(2025)} {
			now, err := queries.Run(t.Context(), db, m, p)
			if err != nil {
				t.Fatal(err)
			}
			then, err := queries.Run(t.Context(), reader, m, p)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(now, then) {
				t.Errorf("%s of %s: as kept\n%v\nas of a moment\n%v", m.Name, p, now.Rows, then.Rows)
			}
		}
	}
}
