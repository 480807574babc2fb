package stars

import (
	"io/fs"
	"strings"
	"testing"

	"xingce/queries"
)

// A policy is tested by being on the shelf: Load works out its examples and
// wants its measures among the metrics.
func TestShelf(t *testing.T) {
	files, err := fs.Glob(Shelf(), "*.toml")
	if err != nil || len(files) == 0 {
		t.Fatalf("the shelf has %d policies, err %v", len(files), err)
	}
	catalog, err := queries.Shelves()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			p, err := Load(Shelf(), strings.TrimSuffix(file, ".toml"), Measures(catalog))
			if err != nil {
				t.Fatal(err)
			}
			text, err := fs.ReadFile(Shelf(), file)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(text), "\n[[example]]"); n < len(p.Bands)+1 {
				t.Errorf("%d examples do not cover %d stars and none", n, len(p.Bands))
			}
			if len(p.Hash()) != 12 {
				t.Errorf("hash %q", p.Hash())
			}
		})
	}
}

func anyMetric(string, string) bool { return true }

func founding(t *testing.T) Policy {
	t.Helper()
	p, err := Load(Shelf(), "founding", anyMetric)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
