package queries

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

const header = `-- metric: homes
-- title:  住户数
-- grain:  community
-- unit:   households
-- basis:  台账
--
-- 期末的户数，
-- 一行算一户。
`

func shelf(metric string) fstest.MapFS {
	return fstest.MapFS{"metrics/homes.sql": {Data: []byte(metric)}}
}

func TestLoad(t *testing.T) {
	statement := header + "\n-- the homes\nSELECT 1 AS value\n"
	fsys := shelf(statement)
	fsys["metrics/homes.txtar"] = &fstest.MapFile{Data: []byte("an example")}
	fsys["models/20_b.sql"] = &fstest.MapFile{Data: []byte("SELECT 2 AS two")}
	fsys["models/10_long_name.sql"] = &fstest.MapFile{Data: []byte("SELECT 1 AS one")}
	c, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Models) != 2 || c.Models[0] != (Model{Name: "long_name", SQL: "SELECT 1 AS one"}) || c.Models[1].Name != "b" {
		t.Errorf("models in order of file name: %v", c.Models)
	}
	m := c.Metric("homes")
	want := Metric{Name: "homes", Title: "住户数", Grain: "community", Unit: "households", Basis: "台账", Text: "期末的户数，一行算一户。", SQL: statement}
	if m == nil || !reflect.DeepEqual(*m, want) {
		t.Errorf("got  %+v\nwant %+v", m, want)
	}
	if c.Metric("home") != nil {
		t.Error("found a metric that is not there")
	}
}

// The first fault is named with file and line, for an office's own files too.
func TestLoadRefuses(t *testing.T) {
	const sql = "SELECT 1 AS value"
	line := func(old, new string) string { return strings.Replace(header, old, new, 1) + sql }
	for name, test := range map[string]struct {
		metric string
		want   string
	}{
		"unknown key":       {line("-- unit:", "-- units:"), `metrics/homes.sql:4: the header has no key "units"`},
		"no key":            {line("-- unit:   households", "-- households"), `metrics/homes.sql:4: the header has no key "households"`},
		"full-width colon":  {line("-- title:", "-- title："), `metrics/homes.sql:2: the header has no key "title：  住户数"`},
		"said twice":        {line("-- unit:   households", "-- title: 户数"), `metrics/homes.sql:4: title is said twice`},
		"missing key":       {line("-- unit:   households\n", ""), `metrics/homes.sql:1: the header lacks unit`},
		"empty key":         {line("households", ""), `metrics/homes.sql:1: the header lacks unit`},
		"unknown grain":     {line("community", "street"), `metrics/homes.sql:3: grain is one of community, part, day, member, volunteer, town, not "street"`},
		"unknown basis":     {line("台账", "估计"), `metrics/homes.sql:5: basis is one of 台账, 普查, not "估计"`},
		"no paragraph":      {line("--\n-- 期末的户数，\n-- 一行算一户。\n", ""), `metrics/homes.sql:6: no paragraph says what is counted`},
		"no header":         {sql, `metrics/homes.sql:1: the header lacks metric`},
		"no statement":      {header + "\n-- SELECT 1\n", `metrics/homes.sql:9: no statement follows the header`},
		"unknown parameter": {header + "\n-- to $period_last\nSELECT 1\nWHERE 1 < $period_start AND 2 < $period_ends", `metrics/homes.sql:12: a statement is told $period_start and $period_end, not $period_ends`},
		"another name":      {line("homes", "house"), `metrics/homes.sql:1: the header says metric "house", the file's name "homes"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(shelf(test.metric))
			if err == nil || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
	for _, file := range []string{"models/resident.sql", "models/10-resident.sql", "models/10_Resident.sql"} {
		_, err := Load(fstest.MapFS{file: {Data: []byte(sql)}})
		if err == nil || !strings.HasPrefix(err.Error(), file+":") {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// A footer's hash changes with any SQL that a figure depends on.
func TestHash(t *testing.T) {
	load := func(model, metric string) *Catalog {
		fsys := shelf(header + metric)
		fsys["models/10_a.sql"] = &fstest.MapFile{Data: []byte(model)}
		c, err := Load(fsys)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	one := load("SELECT 1", "SELECT 1")
	if again := load("SELECT 1", "SELECT 1"); again.Hash() != one.Hash() || again.Metrics[0].Hash() != one.Metrics[0].Hash() {
		t.Error("the same files have another hash")
	}
	if load("SELECT 2", "SELECT 1").Hash() == one.Hash() {
		t.Error("a model's change does not show")
	}
	other := load("SELECT 1", "SELECT 2")
	if other.Hash() == one.Hash() || other.Metrics[0].Hash() == one.Metrics[0].Hash() {
		t.Error("a metric's change does not show")
	}
	if !regexp.MustCompile(`^[0-9a-f]{12}$`).MatchString(one.Hash()) {
		t.Errorf("%q is no short hash", one.Hash())
	}
}
