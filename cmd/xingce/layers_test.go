package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Data goes down this list, imports go up it.
var stages = []string{"ingest", "queries", "reports", "jobs", "cmd"}

func TestImportsGoUp(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}{{range .TestImports}} {{.}}{{end}}{{range .XTestImports}} {{.}}{{end}}`, "xingce/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	stage := func(path string) int {
		rest, ours := strings.CutPrefix(path, "xingce/")
		first, _, _ := strings.Cut(rest, "/")
		if at := slices.Index(stages, first); ours && at < 0 {
			t.Errorf("%s is in none of the five folders", path)
		} else if ours {
			return at
		}
		return -1
	}
	packages := 0
	for line := range strings.Lines(string(out)) {
		paths := strings.Fields(line)
		packages++
		for _, imported := range paths[1:] {
			if stage(imported) > stage(paths[0]) {
				t.Errorf("%s imports %s, a later stage", paths[0], imported)
			}
		}
	}
	if packages < 10 {
		t.Errorf("only %d packages were looked at", packages)
	}
}

func TestIngestKnowsNoDatabase(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "xingce/ingest/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.Lines(string(out)) {
		if strings.Contains(path, "duckdb") || strings.TrimSpace(path) == "database/sql" {
			t.Errorf("ingest depends on %s", strings.TrimSpace(path))
		}
	}
}
