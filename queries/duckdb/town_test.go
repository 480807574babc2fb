package duckdb_test

import (
	"fmt"
	"strings"
	"testing"

	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
)

// A town is data of any size, made inside the engine by rules as simple as
// i % 5: what every figure of it must be is known beforehand (truth_test.go).
// Communities, people and events are counted from 0; no one is real, and keys
// are made of numbers.
type town struct {
	communities int
	// A community signs meetings × 200 + 4 × events × 250 lines a quarter: full
	// holds for the last quarter, less for those before it.
	quarters   int
	full, less signing
}

type signing struct{ meetings, events int }

const (
	roll       = 200  // Party members
	helpers    = 1000 // volunteers, in four teams
	signers    = 250  // lines of a team's event
	regulars   = 240  // of them by volunteers, the rest by strangers
	both       = 50   // volunteers that are members too
	leavers    = 40   // residents who left within the quarter
	serving    = 90   // members who serve in a unit
	deliveries = 500
)

// last is the quarter that is asked about.
var last = period.Quarter(2025, 4)

func (w town) quarter(q int) period.Period {
	p := last
	for range w.quarters - 1 - q {
		p = p.Prev()
	}
	return p
}

func (w town) signing(q int) signing {
	if q == w.quarters-1 {
		return w.full
	}
	return w.less
}

// A register is a sheet that communities hand in: rows that have their columns,
// name=expression, in SQL over c (the community), i (the row, of at most so
// many), residents (of the community) and {start} (the quarter's first day).
type register struct {
	kind, part string
	most       int
	only       string // of those, which there are
	columns    string
}

// who names member m and volunteer v: the first two members share a name.
const (
	memberName    = "CASE WHEN {m} < 2 THEN '王同名' ELSE '党员' || {m} END"
	memberKey     = "CAST(md5('m' || c || ':' || {m}) AS UUID)"
	memberPhone   = "CASE WHEN {m} < 100 THEN CAST(md5('p' || c || ':' || {m}) AS UUID) END"
	memberGroup   = "CASE WHEN {m} % 2 = 0 AND {m} % 10 <> 0 THEN (['一组', '二组', '三组'])[1 + {m} // 2 % 3] END"
	servingMember = "(20 * (i // 9) + 2 * (i % 9) + 3)" // the i-th of them
)

func of(m, expression string) string { return strings.ReplaceAll(expression, "{m}", m) }

func (w town) registers(q int) []register {
	s := w.signing(q)
	helper := func(v string) (name, key, phone string) {
		m := "(" + v + " + 2)"
		return fmt.Sprintf("CASE WHEN %s < %d THEN %s ELSE '义工' || %[1]s END", v, both, of(m, memberName)),
			fmt.Sprintf("CASE WHEN %s < %d THEN %s WHEN %[1]s %% 3 <> 0 THEN CAST(md5('v' || c || ':' || %[1]s) AS UUID) END", v, both, of(m, memberKey)),
			fmt.Sprintf("CASE WHEN %s < %d THEN %s WHEN %[1]s %% 3 = 0 THEN CAST(md5('q' || c || ':' || %[1]s) AS UUID) END", v, both, of(m, memberPhone))
	}
	v := fmt.Sprintf("(CASE WHEN i < %d THEN i ELSE (i - %[1]d) * 10 END)", helpers)
	name, key, phone := helper(v)
	list := []register{
		{"household", "", 2009, "i < residents // 5", "household_no='H' || i, building=(i % 40 + 1) || '栋', unit='1单元', room='' || i, kind=CASE WHEN i % 4 = 0 THEN '流动' ELSE '户籍' END, persons=5"},
		{"resident", "", 10_085, fmt.Sprintf("i < residents + %d", leavers), `household_no='H' || i // 5, building=(i // 5 % 40 + 1) || '栋', name='居民' || i,
			id_number_key=CAST(md5('r' || c || ':' || i) AS UUID), id_number_sex=CASE WHEN i % 2 = 0 THEN '男' ELSE '女' END, id_number_birth=DATE '1940-01-01' + CAST(i % 25000 AS INTEGER),
			kind=CASE WHEN i % 5 = 0 OR i >= residents THEN '流动' ELSE '户籍' END,
			origin=CASE WHEN i % 5 = 0 THEN CASE WHEN i // 5 % 3 = 0 THEN '省外' ELSE '省内' END END,
			reason=CASE WHEN i % 5 = 0 THEN (['务工', '务工', '经商', NULL])[1 + i // 5 % 4] END,
			dwelling=CASE WHEN i % 5 = 0 THEN '租赁房屋' END,
			arrived_on=CASE WHEN i >= residents THEN DATE '2021-01-01' WHEN i % 50 = 0 THEN {start} + CAST(i % 80 AS INTEGER) WHEN i % 5 = 0 THEN DATE '2020-01-01' + CAST(i // 5 % 1000 AS INTEGER) END,
			left_on=CASE WHEN i >= residents THEN {start} + 10 END,
			permit=CASE WHEN i % 10 = 0 THEN '居住证' END, permit_until=CASE WHEN i % 40 = 0 THEN DATE '2020-01-01' END`},
		{"member", "", roll, "TRUE", "name=" + of("i", memberName) + ", id_number_key=" + of("i", memberKey) + ", phone_key=" + of("i", memberPhone) + ", party_group=" + of("i", memberGroup) + `,
			id_number_sex=CASE WHEN i % 3 = 0 THEN '女' ELSE '男' END, id_number_birth=DATE '1950-01-01' + CAST(i * 60 AS INTEGER),
			kind=CASE WHEN i % 2 = 0 THEN '直管' WHEN i % 20 = 1 THEN '流动' ELSE '在职' END, standing='正式', ethnicity='汉族', education='大专', branch='支部',
			joined_on=CASE WHEN i % 40 <> 39 THEN DATE '1980-01-01' + CAST(i * 60 AS INTEGER) END, work_unit=CASE WHEN i % 2 = 1 THEN '单位' || i % 12 END,
			post1=CASE WHEN i % 4 = 0 THEN '岗位' || i % 7 END, dues=3`},
		{"volunteer", "", helpers + helpers/10, "TRUE", fmt.Sprintf(`name=%s, id_number_key=%s, phone_key=%s, team=(['甲队', '乙队', '丙队', '丁队'])[1 + (%s + i // %d) %% 4],
			politics=CASE WHEN %[4]s < 30 THEN '中共党员' WHEN %[4]s %% 2 = 0 THEN '群众' END`, name, key, phone, v, helpers)},
		{"attendance", "支部", roll * s.meetings, "TRUE", `day={start} + CAST(i // 200 * 3 AS INTEGER), activity='党日' || i // 200, activity_kind=CASE WHEN i // 200 % 5 = 4 THEN '志愿服务' ELSE '主题党日' END,
			name=` + of("(i % 200)", memberName) + `, phone_key=CASE WHEN i % 200 = 0 OR i % 200 % 7 = 3 THEN ` + of("(i % 200)", memberPhone) + ` END,
			status=CASE (i % 200 + i // 200) % 10 WHEN 0 THEN '缺席' WHEN 1 THEN '请假' END, hours=CASE WHEN i // 200 % 5 = 4 THEN 2 END`},
	}
	for t, team := range teams {
		name, _, phone := helper(fmt.Sprintf("(i %% 250 * 4 + %d)", t))
		list = append(list, register{"attendance", team, signers * s.events, "TRUE", fmt.Sprintf(`day={start} + CAST(i // 250 * 2 AS INTEGER), activity='%s活动' || i // 250, team='%[1]s', place='广场',
			activity_kind=CASE WHEN i // 250 %% 3 = 0 THEN '文体活动' ELSE '志愿服务' END, name=CASE WHEN i %% 250 < %d THEN %s ELSE '来客' || i %% 250 END,
			phone_key=CASE WHEN i %% 250 < %[2]d AND i %% 5 = 0 THEN %[4]s END, status=CASE WHEN (i %% 250 + i // 250) %% 6 = 0 THEN '缺席' ELSE '出席' END, hours=1.5 + 0.5 * (i // 250 %% 3)`,
			team, regulars, name, phone)})
	}
	list = append(list,
		register{"donation", "助学", 60, "TRUE", "day={start} + CAST(i % 30 AS INTEGER), donor=CASE WHEN i % 10 <> 0 THEN '捐款人' || i % 25 END, amount=10 + i + (c % 10) * 0.01"},
		register{"donation", "救灾", 40, "TRUE", "day={start} + CAST(i % 30 AS INTEGER), donor='捐款人' || i, amount=20.5"},
		register{"community", "", 1, "TRUE", fmt.Sprintf("area=1.5, households=residents // 5, residents=residents, floating_residents=residents // 5, members=%d, volunteers=%d, teams=4", roll/2+1, helpers)},
		register{"unit", "", 12, "TRUE", "name='单位' || i, unit_kind='学校', staff=60, party_body=CASE WHEN i % 3 = 0 THEN '是' WHEN i % 3 = 1 THEN '否' END, members=10, agreement='是'"},
		register{"staff", "", 11, "TRUE", "name='职工' || i, duty=CASE WHEN i < 2 THEN '治安协管员' ELSE '网格员' END, staff_kind='社区工作者'"},
		register{"body", "", 9, "TRUE", "body=CASE WHEN i < 5 THEN '党工委' ELSE '居民议事会' END, name='委员' || i, duty='委员'"},
		register{"honour", "", 4, "TRUE", "title='称号' || i, level=(['省级', '市级', '市级', '县级'])[1 + i], awarded_on=DATE '2010-01-01'"},
		register{"site_visit", "", 3, "TRUE", "day={start} + CAST(i * 31 AS INTEGER), site='博客', visits=CASE WHEN i > 0 THEN 100 * i END, articles=2"},
		register{"field_check", "", 10, "TRUE", "day={start} + CAST(i AS INTEGER), building=(i + 1) || '栋', checked=20, registered=20 - i % 2, accurate=18, moved_out=2, cancelled=i % 3"},
		register{"card_delivery", "", deliveries, "TRUE", "day={start}, building=(i % 40 + 1) || '栋', unit='1单元', room=CASE WHEN i % 100 <> 99 THEN '' || i % 400 END, copies=1 + i % 2"},
		register{"visit", "", 20, "TRUE", "day={start} + CAST(i AS INTEGER), family_key=CAST(md5('f' || c || ':' || i % 15) AS UUID), persons=3, amount=100.5, sponsored=CASE WHEN i % 5 = 0 THEN '是' ELSE '否' END"},
		register{"activity", "", 30, "c % 2 = 0", "day={start} + CAST(i AS INTEGER), activity='活动' || i, activity_kind=CASE WHEN i % 3 = 0 THEN '主题党日' ELSE '文体活动' END, due=50, attended=40 + i % 10, hours=2"},
		register{"post", "", 7, "TRUE", "post='岗位' || i, category=CASE WHEN i < 3 THEN '宣教' ELSE '帮扶' END, places=20"},
		register{"claim", "", serving, "TRUE", "name=" + of(servingMember, memberName) + ", post1='岗位' || i % 7 || CASE WHEN i % 5 = 0 THEN '、岗位' || (i + 1) % 7 ELSE '' END"},
		register{"performance", "", 100, "TRUE", "name=" + of("i", memberName) + ", party_group=" + of("i", memberGroup) + ", due=5, attended=4, score=60 + i % 40"},
		register{"feedback", "", serving, "TRUE", "name=" + of(servingMember, memberName) + ", work_unit='单位' || " + servingMember + " % 12, receipt=CASE WHEN i % 3 <> 0 THEN '已阅' END, sent_on={start}, returned_on=CASE WHEN i % 3 <> 0 THEN {start} + CAST(6 + 3 * (i % 3) AS INTEGER) END"},
		register{"conduct", "", 10, "TRUE", "decided_on={start}, name=" + of("(i + 2)", memberName) + ", kind=(['加分', '扣分'])[1 + i % 2], reason='好人好事', points=1.5, evidence='见记录'"},
	)
	if q == w.quarters-1 {
		list = append(list, register{"appraisal", "", roll, "TRUE", "name=" + of("i", memberName) + ", standing='正式', score=80 + i % 20, grade=CASE WHEN i % 4 = 0 THEN '优秀' ELSE '合格' END"})
	}
	return list
}

var teams = []string{"甲队", "乙队", "丙队", "丁队"}

// open makes the town's database. Two sheets of some communities are faulty:
// one that the right one then replaced, and one that was taken back.
func (w town) open(t testing.TB, dir string, memory int) *duckdb.DB {
	t.Helper()
	return w.fill(t, dir, memory, w.registers)
}

// fill makes a database of the registers of each quarter.
func (w town) fill(t testing.TB, dir string, memory int, registers func(q int) []register) *duckdb.DB {
	t.Helper()
	catalog, err := queries.Shelves()
	if err != nil {
		t.Fatal(err)
	}
	db, err := duckdb.Open(t.Context(), duckdb.Options{Dir: dir, Kinds: kinds.All(), Models: catalog.Models, Memory: memory})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	update := func(what string, statements ...string) {
		t.Helper()
		if err := db.Update(t.Context(), what, func(tx *duckdb.Tx) error {
			for _, s := range statements {
				if _, err := tx.ExecContext(t.Context(), s); err != nil {
					return fmt.Errorf("%w\n%s", err, s)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	update("numbers", fmt.Sprintf("CREATE TEMP TABLE numbers AS SELECT range AS n FROM range(%d)", w.communities*signers*max(45, w.full.events)))
	batch := 1
	for q := range w.quarters {
		for _, r := range registers(q) {
			if q == w.quarters-1 && r.kind == "resident" {
				faulty := r
				faulty.most, faulty.only = 5, "c % 10 = 3"
				update("faulty", w.hand(faulty, w.quarter(q), batch)...)
				batch += w.communities
			}
			update(r.kind, w.hand(r, w.quarter(q), batch)...)
			batch += w.communities
			if q == w.quarters-1 && r.part == "助学" {
				r.only = "c % 10 = 7"
				update("taken back", append(w.hand(r, w.quarter(q), batch),
					fmt.Sprintf("INSERT INTO ops.slice_event SELECT MAX(seq) OVER () + ROW_NUMBER() OVER (ORDER BY seq), made_at, 'undo', batch, seq FROM ops.slice_event WHERE batch >= %d", batch))...)
				batch += w.communities
			}
		}
	}
	update("kept", "INSERT INTO kept.stale SELECT DISTINCT community, period_end FROM ops.batch", "DROP TABLE numbers")
	return db
}

// hand is the statements that hand a register in: its batches are numbered on by
// community.
func (w town) hand(r register, p period.Period, batch int) []string {
	if r.kind == "appraisal" {
		p = period.Year(p.Start.Year())
	}
	start, end := p.Start.Format("DATE '2006-01-02'"), p.End.Format("DATE '2006-01-02'")
	var names, values []string
	for _, column := range columnsOf(strings.ReplaceAll(r.columns, "{start}", start)) {
		name, value, _ := strings.Cut(column, "=")
		names, values = append(names, strings.TrimSpace(name)), append(values, value)
	}
	return []string{
		fmt.Sprintf(`INSERT INTO raw.%s (batch, "row", %s)
			SELECT %d + c, i + 3, %s
			FROM (SELECT n // %d AS c, n %% %[5]d AS i, 9955 + 10 * (n // %[5]d %% 10) AS residents FROM numbers WHERE n < %[6]d)
			WHERE %s`, r.kind, strings.Join(names, ", "), batch, strings.Join(values, ", "), r.most, r.most*w.communities, r.only),
		fmt.Sprintf(`INSERT INTO ops.batch
			SELECT batch, 1, '%s', printf('社区%%04d', batch - %d), %s, %s, '%s', printf('%[5]s-%[1]s-%%d.xlsx', batch), '表', md5('' || batch), 1000, '王书记', TIMESTAMP '2026-01-05 09:00:00',
			       lines, lines, 0, 0, ''
			FROM (SELECT batch, COUNT(*) AS lines FROM raw.%[1]s WHERE batch >= %[2]d GROUP BY batch) ORDER BY batch`, r.kind, batch, start, end, r.part),
		fmt.Sprintf(`INSERT INTO ops.slice_event
			SELECT (SELECT COALESCE(MAX(seq), 0) FROM ops.slice_event) + ROW_NUMBER() OVER (ORDER BY id), TIMESTAMP '2026-01-05 09:00:00', 'load', id, NULL
			FROM ops.batch WHERE id >= %d`, batch),
	}
}

// columnsOf splits name=expression pairs at the commas outside brackets.
func columnsOf(text string) []string {
	var list []string
	depth, from := 0, 0
	for i, r := range text {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth == 0 {
				list, from = append(list, text[from:i]), i+1
			}
		}
	}
	return append(list, text[from:])
}
