package ingest_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xingce/ingest"
	"xingce/ingest/period"
	"xingce/ingest/sheet"
)

const corpus = "../../shared/corpus"

func needCorpus(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(corpus); err != nil {
		t.Skipf("NOT TESTED: the corpus of real workbooks is not at %s", corpus)
	}
}

// Over a thousand workbooks that nobody here wrote, most of them of other
// trades, many broken on purpose: whatever they hold, reading ends with
// batches that add up or with sentences, never with a panic.
func TestCorpus(t *testing.T) {
	needCorpus(t)
	r := reader(t)
	files := 0
	err := filepath.WalkDir(corpus, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(path, filepath.Join(corpus, "expected")) {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		src := ingest.Source{File: entry.Name(), Bytes: int64(len(data))}
		hint := ingest.Hint{Community: "象山社区", Period: period.Quarter(2025, 4)}
		report, err := r.Read(t.Context(), src, bytes.NewReader(data), hint, func(b *ingest.Batch) error {
			_, err := walk(t.Context(), b, nil)
			return err
		})
		var refusal *sheet.Refusal
		if err != nil && !errors.As(err, &refusal) {
			t.Errorf("%s: a Go error: %v", path, err)
		}
		if err != nil && len(report.Batches) > 0 {
			t.Errorf("%s: refused, and %d batches", path, len(report.Batches))
		}
		if len(report.Batches) == 0 && !report.Faulty() {
			t.Errorf("%s: nothing was read and nothing is said", path)
		}
		for _, b := range report.Batches {
			if c := b.Counts; c.Read != c.Accepted+c.Rejected+c.Skipped {
				t.Errorf("%s, %s: %+v do not add up", path, b.Sheet, c)
			}
		}
		for _, i := range report.AllIssues() {
			if i.Code == "" || i.File == "" || i.Found == "" || strings.Contains(i.String(), "%!") {
				t.Errorf("%s: no sentence: %+v", path, i)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 1000 {
		t.Errorf("only %d files in the corpus", files)
	}
}

// Real Chinese sheets, and what a clerk who uploads them is to be told.
func TestCorpusOutcomes(t *testing.T) {
	needCorpus(t)
	for _, c := range []struct {
		name string
		file string
		kind string // the hint
		want string
	}{
		{name: "a property manager's book is none of our kinds",
			file: "cn-microcommunity/hc20200610.xlsx",
			want: "楼栋单元 no-header; 业主信息 no-header; 房屋信息 no-header; 车位信息 no-header"},
		// Owners, rooms and buildings stand in three sheets without the
		// household's number or its kind: each is told what it lacks.
		{name: "the same, called households",
			file: "cn-microcommunity/hc20200610.xlsx", kind: "household",
			want: "楼栋单元 missing-column 户号、居住类型; 业主信息 missing-column 户号、楼栋、居住类型; 房屋信息 missing-column 户号、居住类型; 车位信息 no-header"},
		{name: "rooms and owners in one sheet",
			file: "cn-microcommunity/importRoom.xlsx", kind: "household",
			want: "资产信息 missing-column 户号、居住类型"},
		{name: "bills of a bank", file: "cn-bank-exports/wechat/example-wechat-records.xlsx",
			want: "* no-header; * no-header"},
		{name: "bills of a bank, called donations", file: "cn-bank-exports/wechat/example-wechat-records.xlsx", kind: "donation",
			want: "* missing-column 捐款日期; * missing-column 捐款日期"},
		{name: "bills in GB 18030, the header at row 25", file: "cn-bank-exports/alipay/example-alipay-records.csv", kind: "donation",
			want: " missing-column 捐款日期"},
		{name: "a list of fields", file: "cn-fesod/compatibility/t04.xlsx",
			want: "* no-header"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(corpus, c.file))
			if err != nil {
				t.Fatal(err)
			}
			_, report := read(t, reader(t), filepath.Base(c.file), data, ingest.Hint{Kind: c.kind, Community: "象山社区", Period: period.Quarter(2025, 4)})
			var got []string
			for _, i := range report.AllIssues() {
				place := i.Sheet
				if strings.HasPrefix(c.want, "*") {
					place = "*"
				}
				_, columns, _ := strings.Cut(i.Found, "缺少必需的列：")
				got = append(got, strings.TrimRight(place+" "+i.Code+" "+columns, " "))
			}
			if text := strings.Join(got, "; "); text != c.want {
				t.Errorf("got  %s\nwant %s", text, c.want)
			}
		})
	}
}
