package tasks

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
	"xingce/reports"
)

// A Manifest lists what a set of published files was made from, and the files.
// The same state of the data, settings and program give the same manifest: its
// time is that of the last change, not of the making.
type Manifest struct {
	About string `json:"about"` // 2025Q4, or a year
	// AsOf is the moment of the data (UTC).
	AsOf        time.Time         `json:"as_of"`
	Town        string            `json:"town"`
	Communities []string          `json:"communities"`
	Program     Program           `json:"program"`
	Metrics     map[string]string `json:"metrics"` // hash of the SQL by name
	Models      map[string]string `json:"models"`
	Policies    []Rules           `json:"policies"`
	Decisions   Decisions         `json:"decisions"`
	// Missing says what there is no file about, or what a file lacks.
	Missing []string `json:"missing"`
	// Passed are the faults that somebody let pass.
	Passed  []Passed `json:"passed"`
	Batches []Batch  `json:"batches"`
	Files   []File   `json:"files"`
}

// Program is what the bytes depend on besides data and SQL.
type Program struct {
	Version string `json:"version"`
	Go      string `json:"go"`
	Modules string `json:"modules"` // hash of those it was built from
	Assets  string `json:"assets"`  // hash of styles, scripts and templates
}

// Rules are those of a rating.
type Rules struct {
	Name string `json:"name"`
	Hash string `json:"hash"`
}

// Decisions are what people decided of names.
type Decisions struct {
	Count int    `json:"count"`
	Hash  string `json:"hash"`
}

// Passed is a fault that somebody let pass the gate.
type Passed struct {
	Fault string `json:"fault"`
	By    string `json:"by"`
	Why   string `json:"why"`
}

// A Batch is a sheet in force.
type Batch struct {
	Number    int32  `json:"number"`
	SHA256    string `json:"sha256"` // of its file
	Kind      string `json:"kind"`
	Community string `json:"community"`
	Period    string `json:"period"`
	Part      string `json:"part"`
}

func (b Batch) String() string {
	title := b.Kind
	if k := kinds.Find(b.Kind); k != nil {
		title = k.Title
	}
	return fmt.Sprintf("第 %d 批（%s%s%s）", b.Number, b.Community, b.Period, title)
}

// text is the manifest as JSON, always the same: a line for each field and for
// each thing listed.
func (m Manifest) text() ([]byte, error) {
	var b bytes.Buffer
	value := func(v any) error {
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		err := e.Encode(v)
		b.Truncate(b.Len() - 1) // its line end
		return err
	}
	fields := reflect.ValueOf(m)
	for i := range fields.NumField() {
		fmt.Fprintf(&b, "%s\n%q: ", first(i, "{", ","), fields.Type().Field(i).Tag.Get("json"))
		var err error
		switch field := fields.Field(i).Interface().(type) {
		case map[string]string:
			b.WriteString("{")
			for j, name := range slices.Sorted(maps.Keys(field)) {
				fmt.Fprintf(&b, "%s%q: %q", first(j, "\n", ",\n"), name, field[name])
			}
			b.WriteString("}")
		default:
			list := fields.Field(i)
			if list.Kind() != reflect.Slice {
				err = value(field)
				break
			}
			b.WriteString("[")
			for j := range list.Len() {
				b.WriteString(first(j, "\n", ",\n"))
				err = errors.Join(err, value(list.Index(j).Interface()))
			}
			b.WriteString("]")
		}
		if err != nil {
			return nil, err
		}
	}
	b.WriteString("\n}\n")
	return b.Bytes(), nil
}

// first is one text for the first of a list and another for the others.
func first(i int, one, other string) string {
	if i == 0 {
		return one
	}
	return other
}

func readManifest(text string) (Manifest, error) {
	var m Manifest
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return m, fmt.Errorf("发布清单读不懂：%w", err)
	}
	return m, nil
}

// program is this one.
func program(version string) Program {
	p := Program{Version: version, Go: runtime.Version(), Assets: reports.Assets()}
	if built, ok := debug.ReadBuildInfo(); ok {
		sum := sha256.New()
		for _, m := range built.Deps {
			fmt.Fprintln(sum, m.Path, m.Version, m.Sum)
		}
		p.Modules = hex.EncodeToString(sum.Sum(nil)[:6])
	}
	return p
}

// stand fills in what the figures stand on.
func (m *Manifest) stand(s duckdb.State) {
	m.Decisions = Decisions{s.Decisions, s.Decided}
	for _, b := range s.Batches {
		m.Batches = append(m.Batches, Batch{b.ID, b.SHA256, b.Slice.Kind, b.Slice.Community, written(b.Slice.Period), b.Slice.Part})
	}
}

// written is a period that may be none of ours.
func written(p period.Period) string {
	if p.Compare(period.Of(p.Grain(), p.Start)) == 0 {
		return p.String()
	}
	return p.Start.Format(time.DateOnly) + "/" + p.LastDay().Format(time.DateOnly)
}

// count fills in the SQL.
func (m *Manifest) count(c *queries.Catalog) {
	m.Metrics, m.Models = map[string]string{}, map[string]string{}
	for _, metric := range c.Metrics {
		m.Metrics[metric.Name] = metric.Hash()
	}
	for _, model := range c.Models {
		sum := sha256.Sum256([]byte(model.SQL))
		m.Models[model.Name] = hex.EncodeToString(sum[:6])
	}
}

func rules(policies []stars.Policy) []Rules {
	var list []Rules
	for _, p := range policies {
		list = append(list, Rules{p.Name, p.Hash()})
	}
	return list
}
