package tasks_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"xingce/jobs/tasks"
	"xingce/reports"
)

// The test's binary is also the process that is killed: with XINGCE_KILL_AT it
// publishes the set "new" and kills itself at that step.
func TestMain(m *testing.M) {
	if at, err := strconv.Atoi(os.Getenv("XINGCE_KILL_AT")); err == nil {
		os.Exit(publishUntil(at))
	}
	os.Exit(m.Run())
}

func publishUntil(at int) int {
	if os.Getenv("XINGCE_NO_EXCHANGE") != "" {
		tasks.NoExchange()
	}
	n := 0
	tasks.OnStep(func(string) {
		if n++; n == at {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			if err != nil {
				panic(err)
			}
			select {} // until it has come
		}
	})
	if err := putNew(os.Getenv("XINGCE_PUBLISHED")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func page(path, body string) reports.Page { return reports.Page{Path: path, Body: []byte(body)} }

func putOld(dir string) error {
	return tasks.PutSet(dir, "2025Q4", "old", page("2025Q4/甲/dashboard.html", "old 甲"), page("2025Q4/乙/dashboard.html", "old 乙"), page("2025Q4/town/dashboard.html", "old town"))
}

func putNew(dir string) error {
	return tasks.PutSet(dir, "2025Q4", "new", page("2025Q4/甲/dashboard.html", "new 甲"), page("2025Q4/丙/dashboard.html", "new 丙"), page("2025Q4/town/dashboard.html", "new town"))
}

// seen is what lies in a folder of published/, by path, but for what a clerk
// has put there.
func seen(t *testing.T, dir string) map[string]string {
	t.Helper()
	list := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.Contains(path, "手记") || strings.Contains(path, "改过的") {
			return err
		}
		body, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		list[filepath.ToSlash(rel)] = string(body)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return list
}

// A process that is killed at any step leaves the old set or the new one, and
// after the next start nothing else; what a clerk wrote into the folder, and a
// file of ours that a clerk changed, are there after all of them.
func TestKilledAtEveryStep(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, env string
		first     bool // nothing was published before
	}{
		{"exchanged in one step", "XINGCE_EXCHANGE=1", false},
		{"renamed in two steps", "XINGCE_NO_EXCHANGE=1", false},
		{"the first of its quarter", "XINGCE_EXCHANGE=1", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			whole := t.TempDir()
			if err := putOld(whole); err != nil {
				t.Fatal(err)
			}
			old := seen(t, filepath.Join(whole, "2025Q4"))
			if err := putNew(whole); err != nil {
				t.Fatal(err)
			}
			fresh := seen(t, filepath.Join(whole, "2025Q4"))
			if c.first {
				old = map[string]string{}
			}
			came := map[string]int{}
			for at := 1; ; at++ {
				dir := t.TempDir()
				live := filepath.Join(dir, "2025Q4")
				if !c.first {
					if err := putOld(dir); err != nil {
						t.Fatal(err)
					}
					clerk(t, filepath.Join(live, "甲", "手记.txt"))
					clerk(t, filepath.Join(live, "手记", "一.txt"))
					clerk(t, filepath.Join(live, "乙", "dashboard.html"))
				}
				child := exec.CommandContext(t.Context(), program)
				child.Env = append(os.Environ(), "XINGCE_PUBLISHED="+dir, "XINGCE_KILL_AT="+strconv.Itoa(at), c.env)
				out, err := child.CombinedOutput()
				if err != nil && child.ProcessState.Exited() {
					t.Fatalf("step %d: %v\n%s", at, err, out)
				}
				left := seen(t, live)
				if !c.first && left["乙/dashboard.html"] == "clerk" {
					left["乙/dashboard.html"] = "old 乙"
				}
				switch {
				case maps.Equal(left, old):
					came["old"]++
				case maps.Equal(left, fresh):
					came["new"]++
				case len(left) == 0 && c.env == "XINGCE_NO_EXCHANGE=1":
					came["neither"]++
				default:
					t.Fatalf("killed at step %d: in sight is %v", at, left)
				}
				if err := tasks.TidySets(dir); err != nil {
					t.Fatalf("start after step %d: %v", at, err)
				}
				left = seen(t, live)
				if left["乙/dashboard.html"] == "clerk" {
					left["乙/dashboard.html"] = "old 乙"
				}
				if !maps.Equal(left, old) && !maps.Equal(left, fresh) {
					t.Fatalf("killed at step %d: after the next start there is %v", at, left)
				}
				if !c.first {
					kept(t, live, at)
				}
				entries, err := os.ReadDir(dir)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range entries {
					if strings.HasPrefix(e.Name(), ".") {
						t.Errorf("killed at step %d: %s is left", at, e.Name())
					}
				}
				if child.ProcessState.Success() {
					if at < 20 || came["old"] < 10 || came["new"] < 2 {
						t.Errorf("%d steps, %v", at, came)
					}
					if want := map[bool]int{true: 1}[c.env == "XINGCE_NO_EXCHANGE=1"]; came["neither"] != want {
						t.Errorf("neither set was in sight after %d steps, want %d", came["neither"], want)
					}
					t.Logf("%d steps: %v", at, came)
					return
				}
			}
		})
	}
}

func clerk(t *testing.T, file string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("clerk"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// kept wants what the clerk wrote, once each.
func kept(t *testing.T, live string, at int) {
	t.Helper()
	found := 0
	err := filepath.WalkDir(live, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			body, _ := os.ReadFile(path)
			if string(body) == "clerk" {
				found++
			}
		}
		return err
	})
	if err != nil || found != 3 {
		t.Errorf("killed at step %d: %d of the clerk's 3 files are there (%v)", at, found, err)
	}
}
