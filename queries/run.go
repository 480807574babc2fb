package queries

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest/period"
)

// A Querier runs one statement; *sql.DB, *sql.Conn and *sql.Tx all do.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// A Session answers metrics over one state of the data: each metric and
// period is asked once. It may be used by several goroutines.
type Session struct {
	Catalog *Catalog
	DB      Querier

	mu    sync.Mutex
	known map[string]*answer
}

// NewSession starts with no answers known.
func NewSession(c *Catalog, db Querier) *Session {
	return &Session{Catalog: c, DB: db, known: map[string]*answer{}}
}

// Table answers a metric for a period, all communities. The table is shared:
// do not write to it.
func (s *Session) Table(ctx context.Context, metric string, p period.Period) (Table, error) {
	m := s.Catalog.Metric(metric)
	if m == nil {
		return Table{}, fmt.Errorf("没有指标 %q", metric)
	}
	key := metric + " " + p.String()
	s.mu.Lock()
	once := s.known[key]
	if once == nil {
		once = &answer{}
		s.known[key] = once
	}
	s.mu.Unlock()
	// Others may ask for other tables meanwhile, and wait for this one.
	once.mu.Lock()
	defer once.mu.Unlock()
	if once.known {
		return once.table, nil
	}
	t, err := Run(ctx, s.DB, m, p)
	if err == nil {
		once.table, once.known = t, true
	}
	return t, err
}

// An answer is one table, asked for once. An error is not kept.
type answer struct {
	mu    sync.Mutex
	known bool
	table Table
}

// Run asks one metric for one period.
func Run(ctx context.Context, db Querier, m *Metric, p period.Period) (Table, error) {
	t, err := query(ctx, db, m.SQL, p)
	if err != nil {
		return Table{}, fmt.Errorf("metric %s: %w", m.Name, err)
	}
	return t, nil
}

func query(ctx context.Context, db Querier, statement string, p period.Period, more ...any) (Table, error) {
	rows, err := db.QueryContext(ctx, statement, append(more, sql.Named("period_start", p.Start), sql.Named("period_end", p.End))...)
	if err != nil {
		return Table{}, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return Table{}, err
	}
	var t Table
	for _, ct := range types {
		c, err := column(ct.Name(), ct.DatabaseTypeName())
		if err != nil {
			return Table{}, err
		}
		t.Columns = append(t.Columns, c)
	}
	scanned, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range scanned {
		into[i] = &scanned[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return Table{}, err
		}
		row := make([]any, len(t.Columns))
		for i, v := range scanned {
			if row[i], err = t.Columns[i].value(v); err != nil {
				return Table{}, err
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t, rows.Err()
}

var decimalType = regexp.MustCompile(`^DECIMAL\((\d+),\s*(\d+)\)$`)

// column reads an engine's name of a type. Whole numbers of any width are
// Int, a sum of them (HUGEINT, DECIMAL(38,0)) too.
func column(name, dbType string) (Column, error) {
	switch dbType {
	case "VARCHAR", "UUID":
		return Column{Name: name, Type: Text}, nil
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER":
		return Column{Name: name, Type: Int}, nil
	case "DOUBLE", "FLOAT":
		return Column{Name: name, Type: Float}, nil
	case "DATE":
		return Column{Name: name, Type: Date}, nil
	case "BOOLEAN":
		return Column{Name: name, Type: Bool}, nil
	}
	if m := decimalType.FindStringSubmatch(dbType); m != nil {
		scale, _ := strconv.Atoi(m[2])
		return Column{Name: name, Type: Decimal, Scale: int32(scale)}, nil
	}
	return Column{}, fmt.Errorf("column %s has type %s, which no table shows", name, dbType)
}

// value turns what a driver scans into what a Table holds.
func (c Column) value(v any) (any, error) {
	switch v := v.(type) {
	case nil, string, bool, float64, time.Time:
		return v, nil
	case int8:
		return int64(v), nil
	case int16:
		return int64(v), nil
	case int32:
		return int64(v), nil
	case int64:
		return v, nil
	case uint8:
		return int64(v), nil
	case uint16:
		return int64(v), nil
	case uint32:
		return int64(v), nil
	case float32:
		return float64(v), nil
	case *big.Int:
		if !v.IsInt64() {
			return nil, fmt.Errorf("column %s: %s is too large to show", c.Name, v)
		}
		return v.Int64(), nil
	case []byte: // a UUID
		return fmt.Sprintf("%x-%x-%x-%x-%x", v[0:4], v[4:6], v[6:8], v[8:10], v[10:]), nil
	case interface{ Float64() float64 }: // the driver's decimal prints itself exactly
		d, err := decimal.NewFromString(fmt.Sprint(v))
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		return d, nil
	}
	return nil, fmt.Errorf("column %s: no table holds a %T", c.Name, v)
}
