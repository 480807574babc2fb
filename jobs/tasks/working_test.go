package tasks_test

import (
	"strings"
	"testing"
	"time"
)

// A run that was cut short leaves its file in working. It is read again; if a
// newer one of its name lies in the inbox by then, neither is lost.
func TestWhatACutRunLeft(t *testing.T) {
	t.Run("alone", func(t *testing.T) {
		d := newDesk(t, t.TempDir())
		d.write("working/捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,1"))
		d.touch("working/捐款.csv", 2*time.Minute)
		d.takes("文件 1 个")
		d.holds("working")
	})
	t.Run("beside a newer one", func(t *testing.T) {
		d := newDesk(t, t.TempDir())
		older := gifts("象山社区", "2025Q4", "2025-10-13,匿名,1")
		d.write("working/捐款.csv", older)
		d.put("捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,2"))
		d.takes("文件 1 个")
		if got := d.texts("SELECT CAST(amount AS VARCHAR) FROM raw.donation"); len(got) != 1 || got[0] != "2.00" {
			t.Errorf("stored %v, want the newer file's gift", got)
		}
		d.holds("working")
		if back := d.files("returned"); len(back) != 1 || !strings.HasSuffix(back[0], "/捐款.csv") {
			t.Errorf("went back: %v, want the older file", back)
		}
	})
}
