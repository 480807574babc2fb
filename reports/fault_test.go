package reports

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"xingce/ingest/kinds"
)

// Whatever reading a row may find, the page says it in words.
func TestEveryFaultHasItsWords(t *testing.T) {
	written := regexp.MustCompile(`(?:fault\{|issue\((?:Error|Warning), |finding\()"([a-z-]+)"`)
	files, err := filepath.Glob("../ingest/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	codes := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range written.FindAllStringSubmatch(string(text), -1) {
			codes[m[1]] = true
		}
	}
	if len(codes) < 40 {
		t.Errorf("only %d codes", len(codes))
	}
	for code := range codes {
		if said, _ := Fault("resident", code, "说明"); said == "" {
			t.Errorf("%s has no words", code)
		}
	}
	for _, k := range kinds.All() {
		for _, f := range k.Findings {
			code := f.Code
			if code == "" {
				code = "blank-" + f.Column
			}
			if said, _ := Fault(k.Name, code, f.Says); !strings.HasPrefix(said, f.Says) {
				t.Errorf("%s: %s is said as %q", k.Name, f.Says, said)
			}
		}
	}
}
