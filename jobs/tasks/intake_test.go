package tasks_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"xingce/ingest"
	"xingce/ingest/kinds"
)

// giftBook is a workbook of so many gifts of an amount each: more than is
// read ahead of the first row.
func giftBook(t *testing.T, count, amount int) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	w, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]any{{"象山社区2025年第四季度捐款台账"}, {"捐款日期", "捐款人", "捐款金额（元）", "备注"}}
	for i := range count {
		note := sha256.Sum256([]byte{byte(i), byte(i >> 8)})
		rows = append(rows, []any{"2025-10-13", fmt.Sprintf("林%c", 0x4e00+i), amount, "备注" + strings.Map(onlyLetters, hex.EncodeToString(note[:]))})
	}
	for i, row := range rows {
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	body, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return body.String()
}

func onlyLetters(r rune) rune {
	if r >= '0' && r <= '9' {
		return r - '0' + 'k'
	}
	return r
}

// A file that is written to while it is being read is not taken: its rows
// would stand under the hash of other bytes. It stays, and goes in when it is
// left alone.
func TestAFileThatChangesWhileItIsRead(t *testing.T) {
	csv, book := gifts("象山社区", "2025Q4", "2025-10-13,匿名,100"), giftBook(t, 9000, 1)
	for _, c := range []struct {
		name, file, before, after string
		accepted                  int
	}{
		{"another amount", "捐款.csv", csv, strings.Replace(csv, "100", "900", 1), 1},
		{"a row more", "捐款.csv", csv, csv + "2025-10-14,匿名,900\n", 2},
		{"a workbook emptied and written again", "捐款.xlsx", book, giftBook(t, 8000, 9), 8000},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, t.TempDir())
			before := d.rows()
			watched, writing := *kinds.Find("donation"), true
			watched.Findings = []ingest.Finding{{Column: "donor", When: func(ingest.Record) bool {
				if writing {
					writing = false
					d.write("working/"+c.file, c.after)
				}
				return false
			}}}
			d.inbox.Reader.Kinds = []*ingest.Kind{&watched}
			d.put(c.file, c.before)
			if _, err := d.run(); err == nil || !strings.Contains(err.Error(), "正在被别的程序改动") {
				t.Errorf("error %v", err)
			}
			d.unchanged(before)
			d.holds("inbox", c.file)
			d.holds("returned")

			d.touch("inbox/"+c.file, time.Minute)
			d.takes(fmt.Sprintf("文件 1 个（未变 0，退回 0，还在写入 0）；读 %d 行，收 %[1]d", c.accepted))
			hash := d.texts("SELECT sha256 FROM ops.live")[0]
			if sum := sha256.Sum256([]byte(c.after)); hash != hex.EncodeToString(sum[:]) || d.originals()[hash[:2]+"/"+hash+".age"] != c.after {
				t.Errorf("in force is %s, and what is kept under that is something else", hash)
			}
		})
	}
}

// What is too large to keep, or is kept already, leaves nothing else behind.
func TestUploadsHoldsOriginalsOnly(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.inbox.Reader.Limits.FileBytes = 1 << 10
	d.put("大.csv", strings.Repeat("一,二\n", 1<<10))
	d.put("捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,1"))
	d.takes("文件 2 个（未变 0，退回 1")
	d.put("捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,1"))
	d.takes("文件 1 个（未变 1")
	files := d.files("uploads")
	if len(files) != 1 || !strings.HasSuffix(files[0], ".age") {
		t.Errorf("uploads holds %q", files)
	}
	if info, err := os.Stat(d.at("uploads/" + files[0])); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
