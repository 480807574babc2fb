// Package storetest says what any store of batches must do. Each engine's
// test runs it.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest"
	"xingce/ingest/period"
)

// A Store is an engine under test, in the few words of this test.
type Store interface {
	// Load keeps a batch, Undo takes a slice's newest back; each is one
	// transaction.
	Load(ctx context.Context, b *ingest.Batch) error
	Undo(ctx context.Context, s ingest.Slice) error
	// Live gives the values of field text of the batches in force as of a
	// moment (the zero time is now), in order of slice and row.
	Live(ctx context.Context, asOf time.Time) ([]string, error)
	// Value gives one stored field of the only row in force, as text.
	Value(ctx context.Context, field string) (string, error)
}

// Log is a kind with a field of every type.
var Log = ingest.Kind{
	Name: "log", Title: "流水", Parted: true,
	Columns: []ingest.Column{
		{Name: "text", Headings: []string{"事项"}},
		{Name: "day", Headings: []string{"日期"}, Type: ingest.Date},
		{Name: "amount", Headings: []string{"金额"}, Type: ingest.Money},
		{Name: "number", Headings: []string{"次数"}, Type: ingest.Count},
		{Name: "phone", Headings: []string{"电话"}, Type: ingest.Phone},
	},
}

var errRead = errors.New("the file broke off")

// Batch makes a batch of Log whose rows hold the texts.
func batch(part string, texts ...string) *ingest.Batch {
	b := &ingest.Batch{
		Kind: &Log, Sheet: "表", Source: ingest.Source{File: part + ".xlsx", SHA256: fmt.Sprintf("%064x", part), Received: time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)},
		Slice: ingest.Slice{Kind: "log", Community: "象山社区", Period: period.Quarter(2025, 4), Part: part},
	}
	b.Rows = rows(b, texts)
	return b
}

func rows(b *ingest.Batch, texts []string) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		for i, text := range texts {
			if text == "" {
				yield(ingest.Row{}, errRead)
				return
			}
			b.Counts.Read++
			b.Counts.Accepted++
			values := make([]any, len(Log.Fields()))
			values[0] = text
			if !yield(ingest.Row{Number: i + 5, Values: values}, nil) {
				return
			}
		}
	}
}

// Run tests stores that open makes, each empty and with kind Log.
func Run(t *testing.T, open func(t *testing.T) Store) {
	live := func(t *testing.T, s Store, asOf time.Time) []string {
		t.Helper()
		got, err := s.Live(t.Context(), asOf)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	must := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}

	t.Run("a slice loaded again is replaced whole", func(t *testing.T) {
		s := open(t)
		must(t, s.Load(t.Context(), batch("甲", "a1", "a2", "a3")))
		must(t, s.Load(t.Context(), batch("乙", "b1")))
		must(t, s.Load(t.Context(), batch("甲", "a4")))
		if got, want := live(t, s, time.Time{}), []string{"b1", "a4"}; !slices.Equal(got, want) {
			t.Errorf("in force: %v, want %v", got, want)
		}
	})

	t.Run("undo brings the former batch back", func(t *testing.T) {
		s := open(t)
		must(t, s.Load(t.Context(), batch("甲", "old")))
		must(t, s.Load(t.Context(), batch("甲", "new")))
		must(t, s.Undo(t.Context(), batch("甲").Slice))
		if got := live(t, s, time.Time{}); !slices.Equal(got, []string{"old"}) {
			t.Errorf("in force after undo: %v, want [old]", got)
		}
		must(t, s.Load(t.Context(), batch("甲", "new")))
		if got := live(t, s, time.Time{}); !slices.Equal(got, []string{"new"}) {
			t.Errorf("in force after undo and upload again: %v, want [new]", got)
		}
	})

	t.Run("a load that fails half way leaves nothing", func(t *testing.T) {
		s := open(t)
		must(t, s.Load(t.Context(), batch("甲", "old")))
		long := make([]string, 300_000) // more than an engine buffers
		for i := range long {
			long[i] = "x"
		}
		long[len(long)-1] = ""
		if err := s.Load(t.Context(), batch("甲", long...)); !errors.Is(err, errRead) {
			t.Errorf("error %v, want that of the rows", err)
		}
		if got := live(t, s, time.Time{}); !slices.Equal(got, []string{"old"}) {
			t.Errorf("in force: %d rows, want [old]", len(got))
		}
		must(t, s.Load(t.Context(), batch("甲", "new")))
	})

	t.Run("what was known at a moment can be asked for again", func(t *testing.T) {
		s := open(t)
		before := time.Now()
		must(t, s.Load(t.Context(), batch("甲", "first")))
		between := time.Now()
		must(t, s.Load(t.Context(), batch("甲", "second")))
		for _, c := range []struct {
			at   time.Time
			want []string
		}{{before.Add(-time.Hour), nil}, {between, []string{"first"}}, {time.Now(), []string{"second"}}, {time.Time{}, []string{"second"}}} {
			if got := live(t, s, c.at); !slices.Equal(got, c.want) {
				t.Errorf("as of %v: %v, want %v", c.at, got, c.want)
			}
		}
	})

	t.Run("values come back exactly", func(t *testing.T) {
		for _, c := range []struct {
			field string
			value any
			want  string
		}{
			{"text", "象山 🏠", "象山 🏠"},
			{"day", time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC), "1900-03-01"},
			{"amount", decimal.RequireFromString("7.5"), "7.50"},
			{"amount", decimal.RequireFromString("89321.07"), "89321.07"},
			{"amount", decimal.RequireFromString("9999999999999.99"), "9999999999999.99"},
			{"number", int64(9_007_199_254_740_993), "9007199254740993"},
			{"phone_key", [16]byte{0x80, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xff}, "80010203-0405-0607-0809-0a0b0c0d0eff"},
			{"phone_sealed", []byte{0, 0xff, 'a'}, `\x00\xFFa`},
		} {
			s := open(t)
			b := batch("甲")
			b.Rows = func(yield func(ingest.Row, error) bool) {
				b.Counts = ingest.Counts{Read: 1, Accepted: 1}
				values := make([]any, len(Log.Fields()))
				at := slices.IndexFunc(Log.Fields(), func(f ingest.Field) bool { return f.Name == c.field })
				values[at] = c.value
				yield(ingest.Row{Number: 5, Values: values}, nil)
			}
			must(t, s.Load(t.Context(), b))
			got, err := s.Value(t.Context(), c.field)
			if err != nil || got != c.want {
				t.Errorf("%s %v came back as %q (%v), want %q", c.field, c.value, got, err, c.want)
			}
		}
	})

	t.Run("a value of the wrong type or scale is refused", func(t *testing.T) {
		for field, value := range map[string]any{"amount": 7.5, "number": 3.9, "day": "2025-01-01", "text": int64(1)} {
			s := open(t)
			b := batch("甲")
			b.Rows = func(yield func(ingest.Row, error) bool) {
				values := make([]any, len(Log.Fields()))
				values[slices.IndexFunc(Log.Fields(), func(f ingest.Field) bool { return f.Name == field })] = value
				yield(ingest.Row{Number: 5, Values: values}, nil)
			}
			if err := s.Load(t.Context(), b); err == nil {
				t.Errorf("%s took a %T", field, value)
			}
		}
	})

	t.Run("any uploads and undos leave what the surviving batches alone give", func(t *testing.T) {
		random := rand.New(rand.NewPCG(11, 2025))
		for range 8 {
			s := open(t)
			stacks := map[string][]string{}
			for step := range 25 {
				part := []string{"甲", "乙", "丙"}[random.IntN(3)]
				if n := len(stacks[part]); n > 0 && random.IntN(3) == 0 {
					must(t, s.Undo(t.Context(), batch(part).Slice))
					stacks[part] = stacks[part][:n-1]
				} else {
					text := fmt.Sprintf("%s%d", part, step)
					must(t, s.Load(t.Context(), batch(part, text)))
					stacks[part] = append(stacks[part], text)
				}
			}
			alone := open(t)
			for _, part := range []string{"甲", "乙", "丙"} {
				if n := len(stacks[part]); n > 0 {
					must(t, alone.Load(t.Context(), batch(part, stacks[part][n-1])))
				}
			}
			if got, want := live(t, s, time.Time{}), live(t, alone, time.Time{}); !slices.Equal(got, want) {
				t.Errorf("in force %v, the survivors alone give %v", got, want)
			}
		}
	})
}
