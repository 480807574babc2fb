package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xingce/ingest/period"
	"xingce/queries"
)

// Each metric gives one answer, row for row, however the rows were inserted
// and however many threads count them. One that does not is found.
func oneAnswer(t *testing.T, dir string) {
	files, err := filepath.Glob(filepath.Join(dir, "sheets", "清泉社区", "*2025Q4*"))
	if err != nil || len(files) < 7 {
		t.Fatalf("%d sheets, %v", len(files), err)
	}
	for _, pattern := range []string{
		filepath.Join(dir, "sheets", "清泉社区", "清泉社区_2025Q3_义工*"), filepath.Join(dir, "sheets", "石榴社区", "石榴社区2025Q4党建台账.xlsx"), "testdata/ledgers/*.csv",
	} {
		more, err := filepath.Glob(pattern)
		if err != nil || len(more) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		files = append(files, more...)
	}
	data := t.TempDir()
	call(t, append([]string{"--data", data, "ingest"}, files...)...)
	catalog, err := queries.Shelves()
	if err != nil {
		t.Fatal(err)
	}
	s := shuffle(t, filepath.Join(data, "xingce.duckdb"), catalog.Models)
	const planted = "-- 参加活动最多的人\nWITH\nsigned AS (SELECT community, name, period_end FROM core.attendance)\nSELECT community, name FROM signed WHERE period_end = $period_end"
	metrics := append(slices.Clone(catalog.Metrics), &queries.Metric{Name: "unordered", SQL: planted})
	first, varied := map[string]string{}, map[string]bool{}
	rows := 0
	for run := range 20 {
		s.exec(fmt.Sprintf("SET threads = %d", []int{1, 4, 2, 8, 3}[run%5]))
		if run%2 == 0 {
			s.insertAgain(run / 2)
		}
		for _, m := range metrics {
			p := demoQuarter
			if strings.HasPrefix(m.Name, "appraisal") || m.Grain == "member" {
				p = demoYear
			}
			answer, n := s.ask(m, p)
			rows += n
			if was, known := first[m.Name]; !known {
				first[m.Name] = answer
			} else if was != answer && !varied[m.Name] {
				varied[m.Name] = true
				if m.Name != "unordered" {
					t.Errorf("%s, run %d:\n%s\nwas:\n%s", m.Name, run, answer, was)
				}
			}
		}
	}
	t.Logf("%d metrics, %d rows in 20 runs", len(metrics), rows)
	if !varied["unordered"] {
		t.Error("a metric that does not order its rows always answered the same: nothing was tried")
	}
	if rows < 20*1000 {
		t.Errorf("%d rows in 20 runs: there was little to answer", rows)
	}
}

// A shuffler is a database, open without the program, whose rows can be put
// into another order. The models are tables here, made anew from each order:
// the metrics are asked over them in a part of the time.
type shuffler struct {
	*testing.T
	conn   *sql.Conn
	tables []string
	models []queries.Model
}

func shuffle(t *testing.T, file string, models []queries.Model) *shuffler {
	t.Helper()
	db, err := sql.Open("duckdb", file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s := &shuffler{T: t, models: models}
	if s.conn, err = db.Conn(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.conn.Close() })
	s.exec("PRAGMA verify_parallelism") // also over few rows
	rows, err := s.conn.QueryContext(t.Context(), "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE schema_name IN ('raw', 'ops') ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			t.Fatal(err)
		}
		s.tables = append(s.tables, table)
	}
	for _, table := range s.tables {
		s.exec(fmt.Sprintf("CREATE TEMP TABLE %s AS FROM %s", copied(table), table))
	}
	s.exec("ATTACH ':memory:' AS answers")
	s.exec("CREATE SCHEMA answers.core")
	return s
}

func copied(table string) string { return strings.ReplaceAll(table, ".", "_") + "_copied" }

func (s *shuffler) exec(statement string) {
	s.Helper()
	if _, err := s.conn.ExecContext(s.Context(), statement); err != nil {
		s.Fatalf("%s: %v", statement, err)
	}
}

// insertAgain inserts the rows of all tables in another order: the batches one
// after another, from behind, or all mixed.
func (s *shuffler) insertAgain(n int) {
	s.Helper()
	order := []string{"rowid", "rowid DESC", fmt.Sprintf("md5(CAST(rowid AS VARCHAR) || '%d')", n)}[min(n, 2)]
	s.exec("USE xingce")
	for _, table := range s.tables {
		s.exec("DELETE FROM " + table)
		s.exec(fmt.Sprintf("INSERT INTO %s SELECT * FROM temp.%s ORDER BY %s", table, copied(table), order))
	}
	for _, m := range s.models {
		s.exec(fmt.Sprintf("CREATE OR REPLACE TABLE answers.core.%s AS FROM core.%[1]s", m.Name))
	}
	s.exec("USE answers")
}

func (s *shuffler) ask(m *queries.Metric, p period.Period) (string, int) {
	s.Helper()
	t, err := queries.Run(s.Context(), s.conn, m, p)
	if err != nil {
		s.Fatal(err)
	}
	var all strings.Builder
	for _, row := range t.Rows {
		for i, c := range t.Columns {
			fmt.Fprintf(&all, "%s|", c.String(row[i]))
		}
		all.WriteString("\n")
	}
	return all.String(), len(t.Rows)
}
