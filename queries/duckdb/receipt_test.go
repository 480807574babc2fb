package duckdb_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/ingest/person"
	"xingce/ingest/sheet"
	"xingce/queries/duckdb"
)

// Each sheet that was received is listed with what became of it, as it was
// known at any moment, and with the day that it was in Beijing.
func TestReceiptsSayWhatBecameOfEachSheet(t *testing.T) {
	db := open(t, "")
	defer db.Close()
	slice := ingest.Slice{Kind: "site_visit", Community: "象山社区", Period: period.Quarter(2025, 4)}
	load := func(file string, received time.Time) {
		t.Helper()
		b := &ingest.Batch{Kind: kinds.Find("site_visit"), Slice: slice, Sheet: "表", Source: ingest.Source{File: file, Received: received}}
		b.Rows = func(yield func(ingest.Row, error) bool) {
			b.Counts = ingest.Counts{Read: 1, Accepted: 1}
			yield(ingest.Row{Number: 3, Values: make([]any, len(b.Kind.Fields()))}, nil)
		}
		if err := db.Update(t.Context(), "load", func(tx *duckdb.Tx) error { return tx.Load(t.Context(), b) }); err != nil {
			t.Fatal(err)
		}
	}
	load("一.xlsx", time.Date(2026, 1, 15, 15, 59, 0, 0, time.UTC))
	load("二.xlsx", time.Date(2026, 1, 15, 16, 0, 0, 0, time.UTC))
	two := time.Now()
	load("三.xlsx", time.Date(2026, 1, 20, 1, 0, 0, 0, time.UTC))
	err := db.Update(t.Context(), "undo", func(tx *duckdb.Tx) error { _, err := tx.Undo(t.Context(), slice); return err })
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		asOf time.Time
		want []string
	}{
		{"now", time.Time{}, []string{"一.xlsx 2026-01-15 已替换", "二.xlsx 2026-01-16 在用", "三.xlsx 2026-01-20 已撤销"}},
		{"when two were there", two, []string{"一.xlsx 2026-01-15 已替换", "二.xlsx 2026-01-16 在用"}},
		{"before the first", two.Add(-time.Hour), nil},
	} {
		if got := receipts(t, db, c.asOf); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func receipts(t *testing.T, db *duckdb.DB, asOf time.Time) []string {
	t.Helper()
	reader, err := db.Reader(t.Context(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	list, err := texts(t.Context(), reader, "SELECT file || ' ' || CAST(received_on AS VARCHAR) || ' ' || state FROM core.receipt ORDER BY batch")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A total that does not agree is told apart from one that does, and from a
// subtotal, by what the reader found.
func TestTotalsThatDifferAreFoundAgain(t *testing.T) {
	keys, err := person.NewKeys([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	text := "象山社区2025年第四季度捐款台账\n捐款日期,捐款人,金额\n2025-10-13,匿名,200\n2025-10-14,林森,50.50\n小计,,250.5\n2025-10-15,周明,50\n合计,,310.5\n"
	db := open(t, "")
	defer db.Close()
	reader := ingest.Reader{Kinds: kinds.All(), Keys: keys, Limits: sheet.DefaultLimits}
	source := ingest.Source{File: "捐款.csv", Bytes: int64(len(text)), Received: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)}
	_, err = reader.Read(t.Context(), source, strings.NewReader(text), ingest.Hint{}, func(b *ingest.Batch) error {
		return db.Update(t.Context(), "load", func(tx *duckdb.Tx) error { return tx.Load(t.Context(), b) })
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := texts(t.Context(), db, `SELECT "row" || ' ' || field || ' ' || stated || ' ' || summed || ' ' || differs FROM core.control_total ORDER BY "row"`)
	if want := []string{"5 amount 250.50 250.50 false", "7 amount 310.50 300.50 true"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("totals %v (%v), want %v", got, err, want)
	}
}
