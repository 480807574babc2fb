package queries

import (
	"context"
	"database/sql"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"
	"github.com/rogpeppe/go-internal/txtar"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
)

var update = flag.Bool("update", false, "rewrite what the examples want")

// A database is one connection to an engine in memory.
type database struct {
	*sql.Conn
	t *testing.T
}

func open(t *testing.T) database {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(); db.Close() })
	return database{conn, t}
}

func (db database) exec(statement string) {
	db.t.Helper()
	if _, err := db.ExecContext(context.Background(), statement); err != nil {
		db.t.Fatalf("%v\n%s", err, statement)
	}
}

func (db database) ask(statement string) Table {
	db.t.Helper()
	table, err := query(context.Background(), db, statement, period.Period{})
	if err != nil {
		db.t.Fatalf("%v\n%s", err, statement)
	}
	return table
}

// shelvesOf is the catalog that the program carries.
func shelvesOf(t *testing.T) *Catalog {
	t.Helper()
	c, err := Shelves()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var sqlTypes = map[ingest.FieldType]string{
	ingest.TextField: "VARCHAR", ingest.UUIDField: "UUID", ingest.BytesField: "BLOB", ingest.DateField: "DATE",
	ingest.IntField: "BIGINT",
}

func sqlType(f ingest.Field) string {
	if f.Type == ingest.DecimalField {
		return fmt.Sprintf("DECIMAL(18, %d)", f.Scale)
	}
	return sqlTypes[f.Type]
}

// openModels has empty raw and ops tables, and the models over them.
func openModels(t *testing.T, c *Catalog) database {
	t.Helper()
	db := open(t)
	db.exec("CREATE SCHEMA raw")
	db.exec("CREATE SCHEMA ops")
	db.exec("CREATE SCHEMA core")
	for _, kind := range kinds.All() {
		columns := []string{"batch INTEGER", "row INTEGER"}
		for _, f := range kind.Fields() {
			columns = append(columns, f.Name+" "+sqlType(f))
		}
		db.exec(fmt.Sprintf("CREATE TABLE raw.%s (%s)", kind.Name, strings.Join(columns, ", ")))
	}
	db.exec(`CREATE TABLE ops.live (batch INTEGER, kind VARCHAR, community VARCHAR, period_start DATE, period_end DATE,
		part VARCHAR, file VARCHAR, sheet VARCHAR, sha256 VARCHAR,
		rows_read BIGINT, accepted BIGINT, rejected BIGINT, skipped BIGINT)`)
	db.exec(`CREATE TABLE ops.issue (batch INTEGER, seq INTEGER, severity VARCHAR, code VARCHAR, sheet VARCHAR, cell VARCHAR,
		row INTEGER, found VARCHAR, wanted VARCHAR, mend VARCHAR, other INTEGER)`)
	db.exec(`CREATE TABLE ops.receipt (batch INTEGER, kind VARCHAR, community VARCHAR, period_start DATE, period_end DATE,
		part VARCHAR, file VARCHAR, sheet VARCHAR, uploader VARCHAR, received_on DATE, accepted BIGINT, state VARCHAR)`)
	db.exec("CREATE TABLE ops.control_total (batch INTEGER, row INTEGER, field VARCHAR, stated VARCHAR, summed VARCHAR)")
	db.exec("CREATE TABLE ops.person_alias (community VARCHAR, person VARCHAR, same_as VARCHAR)")
	db.exec("CREATE TABLE ops.person_seen (community VARCHAR, decision BIGINT, person VARCHAR)")
	db.exec(`CREATE TABLE ops.person_decided (community VARCHAR, decision BIGINT, role VARCHAR, team VARCHAR, name VARCHAR,
		phone_key UUID, person VARCHAR, first_end DATE, next_end DATE)`)
	for _, m := range c.Models {
		db.exec(fmt.Sprintf("CREATE OR REPLACE VIEW core.%s AS %s", m.Name, m.SQL))
	}
	return db
}

// openCore has empty tables in the place of the models, with their columns.
func openCore(t *testing.T, c *Catalog) database {
	t.Helper()
	db := openModels(t, c)
	db.exec("ATTACH ':memory:' AS example")
	db.exec("CREATE SCHEMA example.core")
	for _, m := range c.Models {
		db.exec(fmt.Sprintf("CREATE TABLE example.core.%s AS SELECT * FROM core.%s", m.Name, m.Name))
	}
	db.exec("USE example")
	return db
}

// insert fills a table from the rows of a CSV file whose first row names
// columns. An empty cell is null; `period` stands for the two columns of it; a
// key may be written with its last digits only.
func (db database) insert(table string, rows [][]string) {
	db.t.Helper()
	isKey := map[string]bool{}
	schema, name, _ := strings.Cut(table, ".")
	for _, row := range db.ask(fmt.Sprintf(`SELECT column_name FROM information_schema.columns
		WHERE table_catalog = current_database() AND table_schema = '%s' AND table_name = '%s' AND data_type = 'UUID'`, schema, name)).Rows {
		isKey[row[0].(string)] = true
	}
	header := rows[0]
	columns := strings.Replace(strings.Join(header, ", "), "period", "period_start, period_end", 1)
	for _, row := range rows[1:] {
		var values []string
		for i, cell := range row {
			switch {
			case cell == "":
				values = append(values, "NULL")
				continue
			case header[i] == "period":
				p, err := period.Parse(cell)
				if err != nil {
					db.t.Fatal(err)
				}
				values = append(values, p.Start.Format("DATE '2006-01-02'"))
				cell = p.End.Format("2006-01-02")
			case isKey[header[i]]:
				cell = strings.Repeat("0", 32-len(cell)) + cell
			}
			values = append(values, "'"+strings.ReplaceAll(cell, "'", "''")+"'")
		}
		db.exec(fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, columns, strings.Join(values, ", ")))
	}
}

// An example is a txtar file beside the SQL that it shows: small tables, and
// what the SQL makes of them.
type example struct {
	t       *testing.T
	path    string
	archive *txtar.Archive
}

// readExample reads the example of an SQL file, which must have one.
func readExample(t *testing.T, sqlFile string) *example {
	t.Helper()
	file := strings.TrimSuffix(sqlFile, ".sql") + ".txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatalf("%s has no example: %v", sqlFile, err)
	}
	if len(strings.TrimSpace(string(archive.Comment))) == 0 {
		t.Fatalf("%s does not say what it shows", file)
	}
	return &example{t, file, archive}
}

// load fills the tables that the example holds. The order of the rows in
// storage must not matter to any figure, so they can be loaded backwards.
func (e *example) load(db database, backwards bool) {
	e.t.Helper()
	for _, f := range e.archive.Files {
		table, isCSV := strings.CutSuffix(f.Name, ".csv")
		if !isCSV || strings.HasPrefix(table, "want") {
			continue
		}
		rows, err := csv.NewReader(strings.NewReader(string(f.Data))).ReadAll()
		if err != nil {
			e.t.Fatalf("%s: %s: %v", e.path, f.Name, err)
		}
		if backwards {
			slices.Reverse(rows[1:])
		}
		db.insert(table, rows)
	}
}

// compare holds a table against one of the example's files, or, with -update,
// writes it there.
func (e *example) compare(file int, got Table) {
	e.t.Helper()
	f := &e.archive.Files[file]
	text := csvOf(e.t, got)
	if text == string(f.Data) {
		return
	}
	if !*update {
		e.t.Errorf("%s: %s\ngot:\n%s\nwant:\n%s", e.path, f.Name, text, f.Data)
		return
	}
	f.Data = []byte(text)
	if err := os.WriteFile(e.path, txtar.Format(e.archive), 0o644); err != nil {
		e.t.Fatal(err)
	}
}

func csvOf(t *testing.T, table Table) string {
	t.Helper()
	var text strings.Builder
	w := csv.NewWriter(&text)
	var header []string
	for _, c := range table.Columns {
		header = append(header, c.Name)
	}
	w.Write(header)
	for _, row := range table.Rows {
		var cells []string
		for i, v := range row {
			cells = append(cells, table.Columns[i].String(v))
		}
		w.Write(cells)
	}
	w.Flush()
	if err := w.Error(); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// strays lists the examples of a shelf that belong to no SQL file.
func strays(t *testing.T, folder string) []string {
	t.Helper()
	examples, err := filepath.Glob(folder + "/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(examples, func(file string) bool {
		_, err := os.Stat(strings.TrimSuffix(file, ".txtar") + ".sql")
		return err == nil
	})
}
