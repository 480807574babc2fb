package queries

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// Beside each model lies an example: rows of raw and ops, a question to core,
// and the answer.
func TestModelExamples(t *testing.T) {
	c := shelvesOf(t)
	files, err := filepath.Glob("models/*.sql")
	if err != nil || len(files) != len(c.Models) {
		t.Fatalf("the folder has %d models, the catalog %d: %v", len(files), len(c.Models), err)
	}
	for i, m := range c.Models {
		t.Run(m.Name, func(t *testing.T) {
			e := readExample(t, files[i])
			question, answer := -1, -1
			for i, f := range e.archive.Files {
				switch f.Name {
				case "ask.sql":
					question = i
				case "want.csv":
					answer = i
				}
			}
			if question < 0 || answer < 0 {
				t.Fatalf("%s lacks ask.sql or want.csv", e.path)
			}
			forwards, backwards := openModels(t, c), openModels(t, c)
			e.load(forwards, false)
			e.load(backwards, true)
			ask := string(e.archive.Files[question].Data)
			got := forwards.ask(ask)
			e.compare(answer, got)
			if one, other := csvOf(t, got), csvOf(t, backwards.ask(ask)); one != other {
				t.Errorf("%s: the rows' order in storage shows\nloaded forwards:\n%s\nbackwards:\n%s", m.Name, one, other)
			}
		})
	}
	for _, file := range strays(t, "models") {
		t.Errorf("%s belongs to no model", file)
	}
}

// The core schema is what metrics, stars and an office's own SQL rely on.
func TestModelColumns(t *testing.T) {
	const origin = "community VARCHAR, period_start DATE, period_end DATE, batch INTEGER, "
	const member = "row INTEGER, person VARCHAR, name VARCHAR, phone_key UUID, sex VARCHAR, birth DATE, age BIGINT, ethnicity VARCHAR, education VARCHAR, " +
		"kind VARCHAR, standing VARCHAR, party_group VARCHAR, branch VARCHAR, joined_on DATE, party_years BIGINT, work_unit VARCHAR, post1 VARCHAR, post2 VARCHAR, dues BIGINT"
	const named = origin + "row INTEGER, name VARCHAR, member VARCHAR, member_decision BIGINT, "
	want := map[string]string{
		"household": origin + "row INTEGER, household_no VARCHAR, building VARCHAR, unit VARCHAR, room VARCHAR, kind VARCHAR, persons BIGINT, registered_on DATE",
		"community": origin + "row INTEGER, area DECIMAL(18,4), buildings BIGINT, households BIGINT, residents BIGINT, " +
			"floating_households BIGINT, floating_residents BIGINT, units BIGINT, staff BIGINT, security_helpers BIGINT, " +
			"members BIGINT, party_groups BIGINT, serving_members BIGINT, floating_members BIGINT, volunteers BIGINT, teams BIGINT",
		"field_check": origin + "row INTEGER, day DATE, building VARCHAR, checked BIGINT, registered BIGINT, accurate BIGINT, moved_out BIGINT, cancelled BIGINT",
		"resident": origin + "row INTEGER, person VARCHAR, household_no VARCHAR, building VARCHAR, name VARCHAR, sex VARCHAR, birth DATE, age BIGINT, kind VARCHAR, " +
			"origin VARCHAR, reason VARCHAR, dwelling VARCHAR, arrived_on DATE, stay_months BIGINT, left_on DATE, permit VARCHAR, permit_until DATE, " +
			"permit_expired BOOLEAN, present BOOLEAN",
		"member_line":    origin + member,
		"member":         origin + member,
		"post":           origin + "row INTEGER, post VARCHAR, category VARCHAR, places BIGINT",
		"member_decided": "community VARCHAR, period_end DATE, name VARCHAR, phone_key UUID, place VARCHAR, decision BIGINT, person VARCHAR",
		"member_named":   origin + "row INTEGER, kind VARCHAR, name VARCHAR, phone_key UUID, place VARCHAR, member VARCHAR, member_decision BIGINT",
		"claim":          named + "party_group VARCHAR, work_unit VARCHAR, post1 VARCHAR, post2 VARCHAR, post3 VARCHAR, claimed_on DATE",
		"performance": named + "party_group VARCHAR, work_unit VARCHAR, due BIGINT, attended BIGINT, hours DECIMAL(18,2), post VARCHAR, " +
			"duty_opinion VARCHAR, public_opinion VARCHAR, group_opinion VARCHAR, score DECIMAL(18,2)",
		"feedback": named + "work_unit VARCHAR, span VARCHAR, attended BIGINT, hours DECIMAL(18,2), post VARCHAR, overall VARCHAR, " +
			"community_opinion VARCHAR, receipt VARCHAR, sent_on DATE, returned_on DATE, days BIGINT, returned BOOLEAN",
		"appraisal": named + "party_group VARCHAR, work_unit VARCHAR, standing VARCHAR, own VARCHAR, peers VARCHAR, votes_good BIGINT, votes_passed BIGINT, " +
			"votes_weak BIGINT, votes_failed BIGINT, score DECIMAL(18,2), grade VARCHAR",
		"conduct": origin + "row INTEGER, decided_on DATE, name VARCHAR, member VARCHAR, member_decision BIGINT, party_group VARCHAR, kind VARCHAR, " +
			"reason VARCHAR, points DECIMAL(18,2), evidence VARCHAR, decided_by VARCHAR",
		"member_post": origin + "row INTEGER, kind VARCHAR, member VARCHAR, post VARCHAR",
		"signature": origin + "row INTEGER, day DATE, activity VARCHAR, activity_kind VARCHAR, place VARCHAR, team VARCHAR, name VARCHAR, phone_key UUID, " +
			"member VARCHAR, member_decision BIGINT, status VARCHAR, hours DECIMAL(18,2)",
		"member_attendance": origin + "row INTEGER, day DATE, activity VARCHAR, activity_kind VARCHAR, name VARCHAR, member VARCHAR, status VARCHAR, hours DECIMAL(18,2)",
		"volunteer":         origin + "row INTEGER, person VARCHAR, team VARCHAR, name VARCHAR, phone_key UUID, sex VARCHAR, birth DATE, politics VARCHAR, joined_on DATE",
		"attendance": origin + "row INTEGER, day DATE, activity VARCHAR, activity_kind VARCHAR, place VARCHAR, team VARCHAR, name VARCHAR, " +
			"member VARCHAR, volunteer VARCHAR, member_decision BIGINT, volunteer_decision BIGINT, status VARCHAR, hours DECIMAL(18,2)",
		"turnout":     strings.TrimSuffix(origin, "batch INTEGER, ") + "team VARCHAR, day DATE, activity VARCHAR, attendances BIGINT, volunteers BIGINT, hours DECIMAL(18,2)",
		"service":     strings.TrimSuffix(origin, "batch INTEGER, ") + "team VARCHAR, activity_kind VARCHAR, person VARCHAR, hours DECIMAL(18,2)",
		"member_card": origin + "row INTEGER, person VARCHAR, card VARCHAR",
		"activity":    origin + "row INTEGER, day DATE, activity VARCHAR, activity_kind VARCHAR, place VARCHAR, host VARCHAR, due BIGINT, attended BIGINT, hours DECIMAL(18,2)",
		"visit": origin + "row INTEGER, day DATE, family_key UUID, persons BIGINT, visitors BIGINT, help VARCHAR, " +
			"amount DECIMAL(18,2), goods_value DECIMAL(18,2), sponsored VARCHAR",
		"card_delivery": origin + "row INTEGER, building VARCHAR, unit VARCHAR, room VARCHAR, copies BIGINT, day DATE",
		"site_visit":    origin + "row INTEGER, day DATE, site VARCHAR, visits BIGINT, articles BIGINT",
		"honour":        origin + "row INTEGER, title VARCHAR, level VARCHAR, holder VARCHAR, awarded_by VARCHAR, awarded_on DATE",
		"unit":          origin + "row INTEGER, name VARCHAR, unit_kind VARCHAR, staff BIGINT, party_body VARCHAR, members BIGINT, agreement VARCHAR",
		"staff": origin + "row INTEGER, name VARCHAR, sex VARCHAR, birth DATE, duty VARCHAR, staff_kind VARCHAR, " +
			"politics VARCHAR, education VARCHAR, task VARCHAR, started_on DATE",
		"body":          origin + "row INTEGER, body VARCHAR, name VARCHAR, phone_key UUID, duty VARCHAR, represents VARCHAR, since DATE",
		"event":         origin + "row INTEGER, day DATE, activity VARCHAR, activity_kind VARCHAR",
		"receipt":       origin + "kind VARCHAR, part VARCHAR, file VARCHAR, sheet VARCHAR, uploader VARCHAR, received_on DATE, accepted BIGINT, state VARCHAR",
		"control_total": origin + "row INTEGER, kind VARCHAR, file VARCHAR, sheet VARCHAR, part VARCHAR, field VARCHAR, stated DECIMAL(18,2), summed DECIMAL(18,2), differs BOOLEAN",
		"donation":      origin + "row INTEGER, day DATE, donor VARCHAR, amount DECIMAL(18,2), campaign VARCHAR, method VARCHAR, work_unit VARCHAR",
		"batch": origin + "kind VARCHAR, file VARCHAR, sheet VARCHAR, sha256 VARCHAR, part VARCHAR, " +
			"rows_read BIGINT, accepted BIGINT, rejected BIGINT, skipped BIGINT",
		"issue": origin + "row INTEGER, kind VARCHAR, file VARCHAR, sheet VARCHAR, cell VARCHAR, severity VARCHAR, code VARCHAR, found VARCHAR, wanted VARCHAR, mend VARCHAR",
	}
	c := shelvesOf(t)
	db := openModels(t, c)
	if len(c.Models) != len(want) {
		t.Errorf("%d models, %d known here", len(c.Models), len(want))
	}
	for _, m := range c.Models {
		var columns []string
		for _, row := range db.ask(fmt.Sprintf("SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'core' AND table_name = '%s' ORDER BY ordinal_position", m.Name)).Rows {
			columns = append(columns, row[0].(string)+" "+row[1].(string))
		}
		if got := strings.Join(columns, ", "); got != want[m.Name] {
			t.Errorf("core.%s has\n%s\nwant\n%s", m.Name, got, want[m.Name])
		}
	}
}
