package kinds_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/person"
)

// Words that SQL keeps for itself, here and on the next engine.
var sqlWords = strings.Fields("all and any as asc between by case cast check column constraint create cross current date default desc distinct drop else end exists false for foreign from full group having in inner insert into is join key left like limit natural not null offset on or order outer over partition primary references right rows select set table then time to true union unique update user using values view when where with")

var sqlName = regexp.MustCompile(`^[a-z][a-z0-9_]{1,40}$`)

func goodName(t *testing.T, what, name string) {
	t.Helper()
	if !sqlName.MatchString(name) || slices.Contains(sqlWords, name) {
		t.Errorf("%s %q is no good name in SQL", what, name)
	}
}

// Every kind on the shelf, so that a new one is tested by being there.
func TestKinds(t *testing.T) {
	names, titles := map[string]bool{}, map[string]string{}
	for _, k := range kinds.All() {
		t.Run(k.Name, func(t *testing.T) {
			goodName(t, "kind", k.Name)
			if names[k.Name] {
				t.Errorf("two kinds are named %s", k.Name)
			}
			names[k.Name] = true
			if kinds.Find(k.Name) != k {
				t.Errorf("Find(%q) gives another kind", k.Name)
			}
			for _, title := range append([]string{k.Title}, k.Titles...) {
				if title == "" {
					t.Error("an empty title is in every text")
				}
				for other, kind := range titles {
					if kind != k.Name && (strings.Contains(other, title) || strings.Contains(title, other)) {
						t.Errorf("the title %s is also in %s of %s: one sheet would be called both", title, other, kind)
					}
				}
				titles[title] = k.Name
			}
			if !strings.HasPrefix(k.Rows, "每") || !strings.HasSuffix(k.Rows, "一行") {
				t.Errorf("it does not say what has a row: %q", k.Rows)
			}
			columns(t, k)
			findings(t, k)
		})
	}
}

func columns(t *testing.T, k *ingest.Kind) {
	fields, headings, required := map[string]bool{"batch": true, "row": true}, map[string]string{}, 0
	for _, c := range k.Columns {
		for _, f := range c.Fields() {
			goodName(t, "field", f.Name)
			if fields[f.Name] {
				t.Errorf("two fields are named %s, or one is named as the origin's columns", f.Name)
			}
			fields[f.Name] = true
		}
		if len(c.Headings) == 0 {
			t.Errorf("%s has no heading", c.Name)
		}
		for _, h := range c.Headings {
			if other, twice := headings[h]; twice {
				t.Errorf("the heading %s belongs to %s and %s", h, other, c.Name)
			}
			if h == "" || strings.Join(strings.Fields(h), "") != h {
				t.Errorf("%s: the heading %q has spaces, which headings are compared without", c.Name, h)
			}
			headings[h] = c.Name
		}
		if c.Required {
			required++
		}
		if c.Type == ingest.Text && c.Words == nil && c.Example == "" || c.Type == ingest.Area && c.Example == "" || c.Type == ingest.Pseudonym && c.Example == "" {
			t.Errorf("%s has no example for its template", c.Name)
		}
		if c.Words != nil && c.Type != ingest.Text {
			t.Errorf("%s has words and is no text", c.Name)
		}
		written := map[string]bool{}
		for _, word := range c.Words {
			if len(word) == 0 {
				t.Errorf("%s has a word without a writing", c.Name)
			}
			for _, w := range word {
				if written[w] || person.Compact(w) != w || w == "" {
					t.Errorf("%s: %q is written twice, or as no cell is compared", c.Name, w)
				}
				written[w] = true
			}
		}
		if c.Endless && c.Type != ingest.Date {
			t.Errorf("%s may have no end and is no date", c.Name)
		}
		if c.InPeriod && c.Type != ingest.Date {
			t.Errorf("%s is to lie in the period and is no date", c.Name)
		}
	}
	if required == 0 {
		t.Error("no column is required: any sheet would do")
	}
	for _, name := range k.Key {
		if !slices.ContainsFunc(k.Columns, func(c ingest.Column) bool { return c.Name == name }) {
			t.Errorf("the key names %s, which is no column", name)
		}
	}
}

// A probe notes which fields a finding asks for; all its texts, numbers and
// days are one.
type probe struct {
	t      *testing.T
	fields []ingest.Field
	asked  map[string]bool
	text   string
	number decimal.Decimal
	null   bool
}

func (p probe) ask(name string, wanted ...ingest.FieldType) {
	p.t.Helper()
	p.asked[name] = true
	i := slices.IndexFunc(p.fields, func(f ingest.Field) bool { return f.Name == name })
	if i < 0 {
		p.t.Errorf("a finding asks for %s, which is no field", name)
	} else if len(wanted) > 0 && !slices.Contains(wanted, p.fields[i].Type) {
		p.t.Errorf("a finding asks for %s as what it is not", name)
	}
}

func (p probe) Null(field string) bool { p.ask(field); return p.null }

func (p probe) Text(field string) string {
	p.ask(field, ingest.TextField)
	return p.text
}

func (p probe) Day(field string) (time.Time, bool) {
	p.ask(field, ingest.DateField)
	return time.Date(2025, 10, 8, 0, 0, 0, 0, time.UTC), !p.null
}

func (p probe) Number(field string) (decimal.Decimal, bool) {
	p.ask(field, ingest.IntField, ingest.DecimalField)
	return p.number, !p.null
}

func findings(t *testing.T, k *ingest.Kind) {
	words := []string{""}
	for _, c := range k.Columns {
		for _, word := range c.Words {
			words = append(words, word[0])
		}
	}
	for _, f := range k.Findings {
		if !slices.ContainsFunc(k.Columns, func(c ingest.Column) bool { return c.Name == f.Column }) {
			t.Errorf("the finding %s points at %s, which is no column", f.Says, f.Column)
		}
		if f.Says == "" || f.Mend == "" {
			t.Errorf("a finding on %s without its sentences", f.Column)
		}
		asked := map[string]bool{}
		for _, word := range words {
			for _, n := range []int64{-1, 0, 1} {
				f.When(probe{t, k.Fields(), asked, word, decimal.NewFromInt(n), true})
				f.When(probe{t, k.Fields(), asked, word, decimal.NewFromInt(n), false})
			}
		}
		if len(asked) == 0 {
			t.Errorf("the finding %s looks at nothing", f.Says)
		}
	}
}

func TestFindUnknown(t *testing.T) {
	if k := kinds.Find("unknown"); k != nil {
		t.Errorf("Find gives %s for a kind that is not there", k.Name)
	}
}
