//go:build linux

package tasks_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// disk makes a folder a disk of its own, of so many MiB.
func disk(t *testing.T, folder string, size int) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("NOT TESTED: a full disk; only root may mount a small one")
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, fmt.Sprintf("size=%dm", size)); errors.Is(err, syscall.EPERM) {
		t.Skip("NOT TESTED: a full disk; this root may not mount a small one")
	} else if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// fill leaves so many KiB of room on the disk of a folder.
func fill(t *testing.T, folder string, room int64) (filler string) {
	t.Helper()
	f, err := os.Create(filepath.Join(folder, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size, err := io.Copy(f, zeros{})
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	if err := f.Truncate(size - room<<10); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

// manyGifts is a sheet of some 100 KB.
func manyGifts() string {
	var list []string
	for i := range 3000 {
		list = append(list, fmt.Sprintf("2025-10-%02d,林%d,%d.50", i%31+1, i, i+1))
	}
	return gifts("象山社区", "2025Q4", list...)
}

func TestAFullDisk(t *testing.T) {
	for _, c := range []struct {
		name, folder string
		size         int
		room         int64
	}{
		{"of the originals", "uploads", 8, 0},
		{"of everything", "", 24, 0},
		{"of everything, with room for the original", "", 24, 100},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			disk(t, filepath.Join(dir, c.folder), c.size)
			d := newDesk(t, dir)
			d.put("先.csv", gifts("翠湖社区", "2025Q4", "2025-10-13,匿名,9"))
			d.takes("文件 1 个")
			d.put("捐款.csv", manyGifts())
			before := d.rows()
			filler := fill(t, filepath.Join(dir, c.folder), c.room)
			for range 2 {
				_, err := d.run()
				if err == nil {
					t.Fatal("no error")
				}
				if text := err.Error(); strings.Contains(text, "\n") || !strings.Contains(strings.ToLower(text), "no space left on device") {
					t.Errorf("the error is not one sentence about the disk: %q", text)
				}
			}
			d.unchanged(before)
			d.holds("inbox", "捐款.csv")
			if err := os.Remove(filler); err != nil {
				t.Fatal(err)
			}
			for _, file := range d.files("uploads") {
				if !strings.HasSuffix(file, ".age") {
					t.Errorf("left in uploads: %s", file)
				}
			}
			d.takes("文件 1 个（未变 0，退回 0，还在写入 0）；读 3000 行，收 3000")
			d.holds("inbox")
			if got := d.texts("SELECT status FROM ops.run WHERE status = 'running'"); len(got) != 0 {
				t.Errorf("runs left %v", got)
			}
		})
	}
}

// With room for the rows and little more, all is well: a checkpoint that
// nobody needs would end the engine.
func TestADiskThatIsNearlyFull(t *testing.T) {
	dir := t.TempDir()
	disk(t, dir, 24)
	d := newDesk(t, dir)
	d.put("捐款.csv", manyGifts())
	fill(t, dir, 500)
	d.takes("文件 1 个（未变 0，退回 0，还在写入 0）；读 3000 行，收 3000")
	d.takes("文件 0 个")
	if got := d.texts("SELECT status FROM ops.run"); len(got) != 3 {
		t.Errorf("runs %v", got)
	}
}

// A page that finds no room leaves the former one as it was, and nothing
// beside it.
func TestAFullDiskOfThePages(t *testing.T) {
	dir := t.TempDir()
	disk(t, filepath.Join(dir, "published"), 8)
	d := newDesk(t, dir)
	d.put("捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,1"))
	d.takes("文件 1 个")
	publish := d.press.Publish("")
	if _, err := d.jobs.Once(t.Context(), publish, d.now, "2025Q4"); err != nil {
		t.Fatal(err)
	}
	former := d.read("published/2025Q4/象山社区/dashboard.html")
	filler := fill(t, d.at("published"), 0)
	d.put("捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,2"))
	d.takes("文件 1 个")
	run, err := d.jobs.Once(t.Context(), publish, d.now, "2025Q4")
	if err == nil || run.Status != "failed" || strings.Contains(err.Error(), "\n") {
		t.Errorf("%s: %v", run.Status, err)
	}
	d.holds("published", "2025Q4/manifest.json", "2025Q4/town/dashboard.html", "2025Q4/town/submissions.xlsx", "2025Q4/象山社区/dashboard.html", "filler")
	if d.read("published/2025Q4/象山社区/dashboard.html") != former {
		t.Error("the former page was touched")
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if run, err := d.jobs.Once(t.Context(), publish, d.now, "2025Q4"); err != nil || run.Status != "done" {
		t.Errorf("%s: %v", run.Status, err)
	}
	if d.read("published/2025Q4/象山社区/dashboard.html") == former {
		t.Error("the page was not made again")
	}
}
