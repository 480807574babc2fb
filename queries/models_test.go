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
	const member = "row INTEGER, person VARCHAR, name VARCHAR, phone_key UUID, sex VARCHAR, birth DATE, kind VARCHAR, standing VARCHAR, party_group VARCHAR, " +
		"branch VARCHAR, joined_on DATE, work_unit VARCHAR, post1 VARCHAR, post2 VARCHAR, dues BIGINT"
	want := map[string]string{
		"household": origin + "row INTEGER, household_no VARCHAR, building VARCHAR, unit VARCHAR, room VARCHAR, kind VARCHAR, persons BIGINT, registered_on DATE",
		"resident": origin + "row INTEGER, person VARCHAR, household_no VARCHAR, building VARCHAR, name VARCHAR, sex VARCHAR, birth DATE, kind VARCHAR, " +
			"origin VARCHAR, reason VARCHAR, dwelling VARCHAR, arrived_on DATE, left_on DATE, permit VARCHAR, permit_until DATE, present BOOLEAN",
		"member_line": origin + member,
		"member":      origin + member,
		"volunteer":   origin + "row INTEGER, person VARCHAR, team VARCHAR, name VARCHAR, phone_key UUID, sex VARCHAR, birth DATE, politics VARCHAR, joined_on DATE",
		"attendance": origin + "row INTEGER, day DATE, activity VARCHAR, activity_kind VARCHAR, place VARCHAR, team VARCHAR, name VARCHAR, " +
			"member VARCHAR, volunteer VARCHAR, member_decision BIGINT, volunteer_decision BIGINT, status VARCHAR, hours DECIMAL(18,2)",
		"donation": origin + "row INTEGER, day DATE, donor VARCHAR, amount DECIMAL(18,2), campaign VARCHAR, method VARCHAR, work_unit VARCHAR",
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
