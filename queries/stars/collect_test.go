package stars

import (
	"database/sql"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"

	"xingce/ingest/period"
	"xingce/queries"
)

func session(t *testing.T, metrics map[string]string) *queries.Session {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	c := &queries.Catalog{}
	for name, statement := range metrics {
		c.Metrics = append(c.Metrics, &queries.Metric{Name: name, Grain: "member", SQL: statement})
	}
	return queries.NewSession(c, db)
}

const (
	roll = `SELECT * FROM (VALUES
		(1, '东', 'p2', '李四', '直管', '正式', '第一党小组'),
		(2, '东', 'p1', '张三', '直管', NULL, NULL),
		(3, '西', 'p1', '张三', '在职', '正式', '第一党小组')
	) AS r (n, community, person, name, kind, standing, party_group) ORDER BY n`
	study = `SELECT * FROM (VALUES
		('西', 'p1', 9), ('东', 'p1', CAST(NULL AS BIGINT)), ('东', 'p2', 3)) AS r (community, person, value)`
	absent = `SELECT '东' AS community, 'p1' AS person, CAST(1.50 AS DECIMAL(18,2)) AS value`
)

func TestCollect(t *testing.T) {
	p, err := load(small)
	if err != nil {
		t.Fatal(err)
	}
	s := session(t, map[string]string{"member_roll": roll, "member_study": study, "member_absent": absent})
	shown := func(communities ...string) string {
		t.Helper()
		cases, err := Collect(t.Context(), s, p, communities, period.Year(2025))
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, c := range cases {
			b.WriteString(strings.Join([]string{c.Community, c.Person, c.Name, c.Kind, c.Standing, c.Group}, ","))
			for _, item := range p.Items {
				if n, ok := c.Facts[Fact{Measure: item.Measure}]; ok {
					b.WriteString(" " + item.Name + "=" + n.String())
				}
			}
			b.WriteString("\n")
		}
		return b.String()
	}
	east := "东,p2,李四,直管,正式,第一党小组 study=3\n东,p1,张三,直管,, absent=1.5\n"
	west := "西,p1,张三,在职,正式,第一党小组 study=9\n"
	if got, want := shown(), east+west; got != want {
		t.Errorf("all: got\n%swant\n%s", got, want)
	}
	if got, want := shown("西", "北"), west; got != want {
		t.Errorf("西: got\n%swant\n%s", got, want)
	}
}

func TestCollectRefuses(t *testing.T) {
	p, err := load(small)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, study, want string
		year              int
	}{
		{"a year before the policy", study, "小办法自 2025-01-01 起施行，不能评2024年度", 2024},
		{"a person twice", study + " UNION ALL SELECT '东', 'p2', 4", "指标 member_study：东有一个人出现了两次", 2025},
		{"a binary fraction", "SELECT '东' AS community, 'p1' AS person, CAST(0.1 AS DOUBLE) AS value", "指标 member_study：value 不是精确的数，不能计分", 2025},
		{"no value", "SELECT '东' AS community, 'p1' AS person", "指标 member_study：没有 value 一列", 2025},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := session(t, map[string]string{"member_roll": roll, "member_study": test.study, "member_absent": absent})
			if _, err := Collect(t.Context(), s, p, nil, period.Year(test.year)); err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestMeasures(t *testing.T) {
	measures := Measures(&queries.Catalog{Metrics: []*queries.Metric{
		{Name: "donations", Grain: "community"}, {Name: "member_hours", Grain: "member"}, {Name: "volunteer_hours", Grain: "volunteer"}}})
	for _, test := range []struct {
		subject, name string
		want          bool
	}{
		{Members, "member_hours", true}, {Members, "donations", false}, {Members, "none", false},
		{Members, "volunteer_hours", false}, {Volunteers, "volunteer_hours", true},
	} {
		if measures(test.subject, test.name) != test.want {
			t.Errorf("%s of a %s: %v", test.name, test.subject, !test.want)
		}
	}
}
