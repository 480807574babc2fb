package queries

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest/period"
)

// Whatever the engine holds arrives as one of the types of a Table, exactly.
func TestRunTypes(t *testing.T) {
	day := time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		expression string
		column     Column
		value      any
	}{
		{"'王建国'", Column{Type: Text}, "王建国"},
		{"CAST('00000000-0000-0000-0000-0000000000a1' AS UUID)", Column{Type: Text}, "00000000-0000-0000-0000-0000000000a1"},
		{"CAST(1 AS TINYINT)", Column{Type: Int}, int64(1)},
		{"CAST(2 AS SMALLINT)", Column{Type: Int}, int64(2)},
		{"3", Column{Type: Int}, int64(3)},
		{"COUNT(*)", Column{Type: Int}, int64(1)},
		{"SUM(5)", Column{Type: Int}, int64(5)},
		{"CAST(6 AS UINTEGER)", Column{Type: Int}, int64(6)},
		{"CAST(NULL AS BIGINT)", Column{Type: Int}, nil},
		{"1.5::DOUBLE", Column{Type: Float}, 1.5},
		{"1.5::FLOAT", Column{Type: Float}, 1.5},
		{"CAST('89000.10' AS DECIMAL(18, 2))", Column{Type: Decimal, Scale: 2}, "89000.10"},
		{"CAST('-0.05' AS DECIMAL(18, 2))", Column{Type: Decimal, Scale: 2}, "-0.05"},
		{"CAST('0.0000000001' AS DECIMAL(18, 10))", Column{Type: Decimal, Scale: 10}, "0.0000000001"},
		{"SUM(CAST('9999999999999999.99' AS DECIMAL(18, 2)))", Column{Type: Decimal, Scale: 2}, "9999999999999999.99"},
		{"CAST(NULL AS DECIMAL(18, 2))", Column{Type: Decimal, Scale: 2}, nil},
		{"DATE '2025-12-31'", Column{Type: Date}, day},
		{"1 = 1", Column{Type: Bool}, true},
	} {
		t.Run(test.expression, func(t *testing.T) {
			table := open(t).ask("SELECT " + test.expression + " AS x")
			want := test.column
			want.Name = "x"
			if len(table.Columns) != 1 || table.Columns[0] != want {
				t.Fatalf("columns %+v, want %+v", table.Columns, want)
			}
			got := table.Value(0, "x")
			if d, ok := got.(decimal.Decimal); ok {
				got = want.String(d)
			}
			if got != test.value {
				t.Errorf("%v (%T), want %v (%T)", got, got, test.value, test.value)
			}
		})
	}
}

func TestRunRefuses(t *testing.T) {
	db := open(t)
	for _, test := range []struct{ statement, want string }{
		{"SELECT brnch FROM (SELECT 1 AS branch)", `metric homes: Binder Error: Referenced column "brnch"`},
		{"SELECT CAST('x' AS BLOB) AS b", "metric homes: column b has type BLOB, which no table shows"},
		{"SELECT TIMESTAMP '2025-01-01 12:00:00' AS at", "metric homes: column at has type TIMESTAMP, which no table shows"},
		{"SELECT CAST('9223372036854775808' AS HUGEINT) AS n", "metric homes: column n: 9223372036854775808 is too large to show"},
		{"SELECT CAST(x AS INTEGER) FROM (VALUES ('1'), ('a')) t (x)", "metric homes: Conversion Error"},
	} {
		_, err := Run(t.Context(), db, &Metric{Name: "homes", SQL: test.statement}, period.Quarter(2025, 4))
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", test.statement, err, test.want)
		}
	}
}

// A statement is told the days that it asks for: both, one or none.
func TestRunPeriod(t *testing.T) {
	db := open(t)
	for _, test := range []struct{ statement, want string }{
		{"SELECT CAST($period_start AS DATE) AS a, CAST($period_end AS DATE) AS b", "a,b\n2025-10-01,2026-01-01\n"},
		{"SELECT 1 AS a WHERE DATE '2025-12-31' < $period_end AND DATE '2026-01-01' >= $period_end", "a\n1\n"},
		{"-- from $period_start\nSELECT 1 AS a\n  -- to $period_end", "a\n1\n"},
		{"SELECT 1 AS a", "a\n1\n"},
	} {
		table, err := Run(t.Context(), db, &Metric{Name: "homes", SQL: test.statement}, period.Quarter(2025, 4))
		if err != nil {
			t.Error(err)
		} else if got := csvOf(t, table); got != test.want {
			t.Errorf("%s: %s, want %s", test.statement, got, test.want)
		}
	}
}

// A counter counts what a session asks of its engine.
type counter struct {
	database
	mu    sync.Mutex
	asked int
}

func (c *counter) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	c.mu.Lock()
	c.asked++
	c.mu.Unlock()
	return c.database.QueryContext(ctx, query, args...)
}

// A session asks each metric and period once, by however many goroutines it is
// used, and again after an error.
func TestSession(t *testing.T) {
	c, err := Load(fstest.MapFS{"metrics/homes.sql": {Data: []byte(header + "SELECT homes FROM now WHERE $period_end IS NOT NULL")}})
	if err != nil {
		t.Fatal(err)
	}
	db := &counter{database: open(t)}
	s := NewSession(c, db)
	q3, q4 := period.Quarter(2025, 3), period.Quarter(2025, 4)
	if _, err := s.Table(t.Context(), "homes", q4); err == nil {
		t.Fatal("a table that is not there gave an answer")
	}
	db.exec("CREATE TABLE now AS SELECT 1 AS homes")
	db.asked = 0
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for _, p := range []period.Period{q3, q4} {
				if table, err := s.Table(t.Context(), "homes", p); err != nil || fmt.Sprint(table.Rows) != "[[1]]" {
					t.Errorf("%v %v", table.Rows, err)
				}
			}
		})
	}
	wait.Wait()
	if db.asked != 2 {
		t.Errorf("asked %d times for two periods", db.asked)
	}
	db.exec("UPDATE now SET homes = 2")
	if table, _ := s.Table(t.Context(), "homes", q4); table.Value(0, "homes") != int64(1) {
		t.Error("one session saw two states of the data")
	}
	if _, err := s.Table(t.Context(), "house", q4); err == nil || !strings.Contains(err.Error(), `"house"`) {
		t.Errorf("a metric that is not there: %v", err)
	}
}
