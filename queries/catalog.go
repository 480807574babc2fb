package queries

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

//go:embed metrics/*.sql models/*.sql
var shelves embed.FS

// A Metric is one figure: one SQL statement and what its header says of it.
type Metric struct {
	Name  string // the file's name without .sql, and what commands call it
	Title string // Chinese, as a chart's or table's plain name
	Grain string // what a row is about: community, part, day, member, volunteer or town
	Unit  string // of the value: persons, households, share, yuan, hours, …
	Basis string // 口径: where the count comes from; 台账 or 普查
	Text  string // the paragraph for the person who is measured
	// Persons are the columns that count persons within a part of a community;
	// Outside hides small ones. Apart says that the parts are never added up.
	Persons []string
	Apart   bool
	Own     bool // an office's own, not one that the program carries
	// Traces say how each number comes from the rows of sheets.
	Traces []Trace
	SQL    string // the statement with its header, as the file has it
}

// Hash identifies the SQL in footers and manifests.
func (m *Metric) Hash() string {
	sum := sha256.Sum256([]byte(m.SQL))
	return hex.EncodeToString(sum[:6])
}

// A Model is a view of schema core. Kept says that its rows are worth keeping:
// those of a community and a period follow from its sheets of that period, and
// from what was decided in it, alone.
type Model struct {
	Name, SQL string
	Kept      bool
}

// A Catalog is the metrics and models of a program, in order of file name.
type Catalog struct {
	Metrics []*Metric
	Models  []Model
}

// Shelves is the catalog that the program carries.
func Shelves() (*Catalog, error) { return Load(shelves) }

// Load reads metrics/*.sql and models/*.sql. The first faulty file is the
// error, with its line.
func Load(fsys fs.FS) (*Catalog, error) {
	c := &Catalog{}
	models, err := fs.Glob(fsys, "models/*.sql")
	if err != nil {
		return nil, err
	}
	for _, file := range models {
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		name := modelName.FindStringSubmatch(path.Base(file))
		if name == nil {
			return nil, fmt.Errorf("%s: a model is named like 10_resident.sql", file)
		}
		c.Models = append(c.Models, Model{Name: name[1], SQL: string(text), Kept: strings.HasPrefix(string(text), kept)})
	}
	metrics, err := fs.Glob(fsys, "metrics/*.sql")
	if err != nil {
		return nil, err
	}
	for _, file := range metrics {
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		m, err := parseMetric(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s:%w", file, err)
		}
		if want := strings.TrimSuffix(path.Base(file), ".sql"); m.Name != want {
			return nil, fmt.Errorf("%s:1: the header says metric %q, the file's name %q", file, m.Name, want)
		}
		c.Metrics = append(c.Metrics, m)
	}
	return c, nil
}

// With adds an office's own metrics, metrics/*.sql of a folder: one of a name
// that is there already takes its place.
func (c *Catalog) With(fsys fs.FS) (*Catalog, error) {
	own, err := Load(fsys)
	if err != nil {
		return nil, err
	}
	for _, m := range own.Metrics {
		m.Own = true
	}
	all := &Catalog{Models: c.Models}
	for _, m := range c.Metrics {
		if own.Metric(m.Name) == nil {
			all.Metrics = append(all.Metrics, m)
		}
	}
	all.Metrics = append(all.Metrics, own.Metrics...)
	slices.SortFunc(all.Metrics, func(a, b *Metric) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// kept begins the file of a model that is worth keeping.
const kept = "-- kept: by community and period\n"

var modelName = regexp.MustCompile(`^\d+_([a-z_]+)\.sql$`)

// Metric finds a metric by name, nil if there is none.
func (c *Catalog) Metric(name string) *Metric {
	for _, m := range c.Metrics {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// Hash identifies all of the SQL that figures depend on.
func (c *Catalog) Hash() string {
	sum := sha256.New()
	for _, m := range c.Models {
		fmt.Fprintf(sum, "%s\n%s\n", m.Name, m.SQL)
	}
	for _, m := range c.Metrics {
		fmt.Fprintf(sum, "%s\n%s\n", m.Name, m.SQL)
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}
