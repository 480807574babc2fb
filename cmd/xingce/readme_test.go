package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	fence    = regexp.MustCompile("(?s)```sh\n(.*?)```")
	mentions = regexp.MustCompile("`make ([a-z]+)`")
)

// TestReadme does what README tells people to type. The whole demo has a test
// of its own; here make is asked only whether it knows how.
func TestReadme(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	text := read(t, filepath.Join(root, "README.md"))
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("象山社区2025年第四季度捐款台账.xlsx", sampleBook(t), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("名册.csv", []byte("象山社区2025年第四季度党员名册,\n姓名,党员类别\n韩佳燕,直管\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{"demo/data", "data"} {
		call(t, "--data", data, "ingest", "名册.csv")
	}
	typed := 0
	for _, block := range fence.FindAllSubmatch(text, -1) {
		for line := range strings.Lines(string(block[1])) {
			words := strings.Fields(line)
			typed++
			switch {
			case words[0] == "make":
				makes(t, root, words[1])
			case words[0] == "bin/xingce" && words[1] == "serve":
				// TestServe does.
			case words[0] == "bin/xingce":
				call(t, words[1:]...)
			default:
				t.Errorf("README tells to type %q, which no test does", line)
			}
		}
	}
	for _, m := range mentions.FindAllSubmatch(text, -1) {
		makes(t, root, string(m[1]))
	}
	if typed < 8 {
		t.Errorf("README tells to type %d lines only", typed)
	}
}

// makes asks make whether it can do a target, without doing it.
func makes(t *testing.T, root, target string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), "make", "-n", "-C", root, target)
	if out, err := c.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("go")) {
		t.Errorf("make %s: %v\n%s", target, err, out)
	}
}
