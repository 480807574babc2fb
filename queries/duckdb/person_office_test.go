package duckdb_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
)

// An office is a database whose clock goes on by a second with each change.
type office struct {
	*duckdb.DB
	*testing.T
	catalog *queries.Catalog
	clock   time.Time
}

func newOffice(t *testing.T) *office {
	t.Helper()
	catalog, err := queries.Shelves()
	if err != nil {
		t.Fatal(err)
	}
	o := &office{T: t, catalog: catalog, clock: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)}
	now := func() time.Time { o.clock = o.clock.Add(time.Second); return o.clock }
	if o.DB, err = duckdb.Open(t.Context(), duckdb.Options{Kinds: kinds.All(), Models: catalog.Models, Now: now}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

// load stores a sheet of 象山社区; a row is written field=value, a key by a
// letter.
func (o *office) load(kind *ingest.Kind, p period.Period, rows ...string) {
	o.Helper()
	o.loadPart(kind, p, "", rows...)
}

// loadPart stores one of the sheets of a log.
func (o *office) loadPart(kind *ingest.Kind, p period.Period, part string, rows ...string) *ingest.Batch {
	o.Helper()
	b := &ingest.Batch{Kind: kind, Sheet: "表", Source: ingest.Source{File: kind.Title + p.String() + part + ".xlsx", SHA256: kind.Name + p.String() + part, Received: o.clock}}
	b.Slice = ingest.Slice{Kind: kind.Name, Community: "象山社区", Period: p, Part: part}
	fields := kind.Fields()
	b.Rows = func(yield func(ingest.Row, error) bool) {
		for i, row := range rows {
			values := make([]any, len(fields))
			for _, cell := range strings.Fields(row) {
				name, value, _ := strings.Cut(cell, "=")
				at := slices.IndexFunc(fields, func(f ingest.Field) bool { return f.Name == name })
				switch fields[at].Type {
				case ingest.UUIDField:
					values[at] = [16]byte{value[0]}
				case ingest.DateField:
					day, err := time.Parse(time.DateOnly, value)
					if err != nil {
						o.Fatal(err)
					}
					values[at] = day
				case ingest.DecimalField:
					values[at] = decimal.RequireFromString(value)
				default:
					values[at] = value
				}
			}
			b.Counts.Read++
			b.Counts.Accepted++
			if !yield(ingest.Row{Number: i + 3, Values: values}, nil) {
				return
			}
		}
	}
	if err := o.Update(o.Context(), "load", func(tx *duckdb.Tx) error { return tx.Load(o.Context(), b) }); err != nil {
		o.Fatal(err)
	}
	return b
}

func (o *office) undoLoad(s ingest.Slice) {
	o.Helper()
	o.must(o.Update(o.Context(), "undo", func(tx *duckdb.Tx) error { _, err := tx.Undo(o.Context(), s); return err }))
}

func (o *office) waiting() []duckdb.Waiting {
	o.Helper()
	list, err := o.DB.Waiting(o.Context(), "", period.Period{})
	if err != nil {
		o.Fatal(err)
	}
	return list
}

// only is the one name that waits.
func (o *office) only() duckdb.Waiting {
	o.Helper()
	list := o.waiting()
	if len(list) != 1 {
		o.Fatalf("%d names wait, want one: %+v", len(list), list)
	}
	return list[0]
}

func (o *office) decide(w duckdb.Waiting, chosen ...int) (seq int64, err error) {
	err = o.Update(o.Context(), "decide", func(tx *duckdb.Tx) (err error) {
		seq, err = tx.Decide(o.Context(), "王书记", w, chosen...)
		return err
	})
	return seq, err
}

func (o *office) undo(seq int64) error {
	return o.Update(o.Context(), "undo", func(tx *duckdb.Tx) error { return tx.UndoDecision(o.Context(), "王书记", seq) })
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

// who gives the persons of all rows, as of a moment.
func (o *office) who(asOf time.Time) string {
	o.Helper()
	return strings.Join(o.askAsOf(asOf, `
		SELECT CONCAT_WS(' ', kind, batch, "row", COALESCE(one, '-'), other) FROM (
			SELECT 'signed' AS kind, batch, "row", member AS one, COALESCE(volunteer, '-') AS other FROM core.attendance
			UNION ALL SELECT 'named', batch, "row", member, place FROM core.member_named
			UNION ALL SELECT 'member', batch, "row", person, '' FROM core.member_line
			UNION ALL SELECT 'volunteer', batch, "row", person, team FROM core.volunteer)
		ORDER BY kind, batch, "row"`), "\n")
}

func (o *office) askAsOf(asOf time.Time, query string) []string {
	o.Helper()
	reader, err := o.Reader(o.Context(), asOf)
	o.must(err)
	defer reader.Close()
	list, err := texts(o.Context(), reader, query)
	o.must(err)
	return list
}
