package tasks_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/jobs"
	"xingce/jobs/tasks"
)

func TestAFileGoesIn(t *testing.T) {
	d := newDesk(t, t.TempDir())
	text := gifts("象山社区", "2025年第四季度", "2025-10-13,匿名,200", "2025-10-14,林森,50.50")
	d.put("捐款.csv", text)
	d.takes("文件 1 个（未变 0，退回 0，还在写入 0）；读 2 行，收 2，拒 0，略 0")
	d.holds("inbox")
	d.holds("returned")
	if got := d.texts("SELECT CAST(SUM(amount) AS VARCHAR) FROM core.donation WHERE community = '象山社区'"); got[0] != "250.50" {
		t.Errorf("donations %v", got)
	}
	sum := sha256.Sum256([]byte(text))
	hash := hex.EncodeToString(sum[:])
	kept := d.originals()
	if len(kept) != 1 || kept[hash[:2]+"/"+hash+".age"] != text {
		t.Errorf("kept: %q", kept)
	}
	if !slices.Equal(d.pages, []string{"2025Q4"}) {
		t.Errorf("published %v", d.pages)
	}
}

func TestAFaultyFileComesBack(t *testing.T) {
	d := newDesk(t, t.TempDir())
	text := gifts("象山社区", "2025年第四季度", "2025-10-13,匿名,200", "2025-13-40,林森,约100元", ",陈静,-3", "2026-02-01,周明,7", "合计,,999")
	d.put("十月/捐款.csv", text)
	d.takes("文件 1 个（未变 0，退回 1，还在写入 0）；读 5 行，收 2，拒 2，略 1")
	d.holds("inbox")
	back := "20260105-090000/十月/捐款.csv"
	d.holds("returned", back, back+".问题.txt")
	if d.read("returned/"+back) != text {
		t.Error("the file came back changed")
	}
	want := strings.ReplaceAll(`十月/捐款.csv
读 5 行，收下 2 行，退回 2 行，略过 1 行（合计、说明等）。
没有问题的行已经收下。改好下面的单元格后，把整个文件再放进收件夹，会整张替换。

必须改的：
1. 十月/捐款.csv!A4：捐款日期写的是“2025-13-40”，应为日期，如 2025-10-08。请改成真实存在的日期
2. 十月/捐款.csv!C4：捐款金额（元）写的是“约100元”，应为金额，如 200 或 200.50。请写阿拉伯数字
3. 十月/捐款.csv!A5：捐款日期是空的，应为捐款日期。请补填
4. 十月/捐款.csv!C5：捐款金额（元）写的是“-3”，应为不小于 0 的金额。退款请在备注里说明，不写负数

请核对的（不改也能收）：
5. 十月/捐款.csv!A6：2026-02-01，应为2025年第四季度内的日期。请核对日期或期间
6. 十月/捐款.csv!C7：合计写的是 999，各行相加是 207。请核对合计，或看看有没有被退回的行
`, "\n", "\r\n")
	if got := d.read("returned/" + back + ".问题.txt"); got != want {
		t.Errorf("the list says:\n%s\nwant:\n%s", got, want)
	}
	if got := d.texts("SELECT donor FROM raw.donation ORDER BY 1"); !slices.Equal(got, []string{"匿名", "周明"}) {
		t.Errorf("stored: %v", got)
	}

	// Put back as it is, it comes back again, and nothing changes.
	before := d.rows()
	d.put("捐款.csv", text)
	d.takes("文件 1 个（未变 1，退回 1，还在写入 0）；读 0 行，收 0")
	d.unchanged(before)
	if got := d.read("returned/20260105-090100/捐款.csv.问题.txt"); !strings.Contains(got, "没有变动；下面的问题还在") || !strings.Contains(got, "C5") {
		t.Errorf("the second list says:\n%s", got)
	}
}

func TestABrokenFileComesBack(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	for cell, value := range map[string]any{"A1": "象山社区2025年第四季度捐款台账", "A2": "捐款日期", "B2": "捐款金额", "A3": "2025-10-13", "B3": 200} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	whole, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, t.TempDir())
	d.put("完好.xlsx", whole.String())
	d.takes("文件 1 个（未变 0，退回 0，还在写入 0）；读 1 行，收 1")
	before := d.rows()
	for _, broken := range []struct{ name, body, says string }{
		{"半个.xlsx", whole.String()[:whole.Len()/2], "不完整"},
		{"坏了一位.xlsx", strings.Replace(whole.String(), "PK\x01\x02", "PK\x01\x03", 1), "损坏"},
		{"照片.xlsx", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01", "图片"},
		{"空的.xlsx", "", "空"},
		{"说明.csv", "这里写的是,怎样填表\n请按,规定\n", "找不到认识的表头"},
		{"缺列.csv", "象山社区2025年第四季度捐款台账,\n捐款人,捐款金额\n匿名,1\n", "缺少必需的列：捐款日期"},
		{"无主.csv", "捐款台账,\n捐款日期,捐款金额\n2025-10-13,1\n", "看不出是哪个社区"},
		{"全错.csv", gifts("象山社区", "2025年第四季度", "某日,匿名,若干"), "A3"},
	} {
		t.Run(broken.name, func(t *testing.T) {
			pages := len(d.pages)
			stamp := d.now.Format("20060102-150405")
			d.put(broken.name, broken.body)
			d.takes("文件 1 个（未变 0，退回 1，还在写入 0）；")
			d.holds("inbox")
			back := "returned/" + stamp + "/" + broken.name
			if d.read(back) != broken.body {
				t.Error("the file came back changed")
			}
			list := d.read(back + ".问题.txt")
			if !strings.Contains(list, broken.says) || !strings.Contains(list, "这个文件没有收下") || strings.Contains(list, "读 0 行") {
				t.Errorf("the list says:\n%s", list)
			}
			d.unchanged(before)
			if kept := d.originals(); !slices.Contains(slices.Collect(maps.Values(kept)), broken.body) {
				t.Error("the original was not kept")
			}
			if len(d.pages) != pages {
				t.Error("pages were made again though nothing changed")
			}
		})
	}
}

// What is not read of a file that went in is said, once.
func TestColumnsThatAreNotRead(t *testing.T) {
	d := newDesk(t, t.TempDir())
	text := "象山社区2025年第四季度捐款台账,,,\n捐款日期,捐款人,金额,血型\n2025-10-13,林森,200,A\n"
	d.put("捐款.csv", text)
	d.takes("文件 1 个（未变 0，退回 0")
	note := "returned/20260105-090000/捐款.csv.提示.txt"
	if list := d.read(note); !strings.Contains(list, "没有读入的列（捐款台账）：血型") {
		t.Errorf("the note says:\n%s", list)
	}
	if err := os.Remove(d.at(note)); err != nil {
		t.Fatal(err)
	}
	d.put("捐款.csv", text)
	d.takes("文件 1 个（未变 1")
	d.holds("returned")
}

func TestAFileThatIsTooLarge(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.inbox.Reader.Limits.FileBytes = 1 << 10
	before := d.rows()
	d.put("大.csv", strings.Repeat("一,二\n", 1<<10))
	d.takes("文件 1 个（未变 0，退回 1")
	d.unchanged(before)
	if list := d.read("returned/20260105-090000/大.csv.问题.txt"); !strings.Contains(list, "拆成几个文件") {
		t.Errorf("the list says:\n%s", list)
	}
}

func TestTheSameBytesAgain(t *testing.T) {
	d := newDesk(t, t.TempDir())
	text := gifts("", "", "2025-10-13,匿名,200")
	d.put("象山社区/2025年第三季度/捐款.csv", text)
	d.takes("文件 1 个（未变 0")
	before, pages := d.rows(), len(d.pages)
	for _, again := range []string{"象山社区/2025年第三季度/捐款.csv", "象山社区/2025Q3/捐款(1).csv"} {
		d.put(again, text)
		d.takes("文件 1 个（未变 1，退回 0，还在写入 0）；读 0 行，收 0，拒 0，略 0")
		d.unchanged(before)
		d.holds("inbox")
	}
	if len(d.pages) != pages {
		t.Errorf("published again: %v", d.pages)
	}
	// The clerk sees that it was the wrong folder.
	d.put("象山社区/2025年第四季度/捐款.csv", text)
	d.takes("文件 1 个（未变 0，退回 0，还在写入 0）；读 1 行，收 1")
	if got := d.texts("SELECT strftime(period_end, '%Y-%m-%d') FROM ops.live ORDER BY 1"); !slices.Equal(got, []string{"2025-10-01", "2026-01-01"}) {
		t.Errorf("in force: %v", got)
	}
	if kept := d.originals(); len(kept) != 1 {
		t.Errorf("%d originals are kept of the same bytes", len(kept))
	}
}

// The bytes of a log under another name are no other event: nothing is to be
// done, and nobody is told that each row is there already.
func TestTheSameBytesUnderAnotherName(t *testing.T) {
	d := newDesk(t, t.TempDir())
	text := gifts("象山社区", "2025Q4", "2025-10-13,林森,200")
	d.put("爱心助学.csv", text)
	d.takes("文件 1 个（未变 0")
	before := d.rows()
	d.put("重阳慰问.csv", text)
	d.takes("文件 1 个（未变 1")
	d.unchanged(before)
	d.holds("returned")
	if got := d.texts("SELECT part FROM ops.live"); !slices.Equal(got, []string{"爱心助学"}) {
		t.Errorf("parts in force: %v", got)
	}
}

// A clerk calls a file by somebody's phone. What goes wrong with it is told
// without.
func TestTroubleDoesNotTellWhoTheFileIsAbout(t *testing.T) {
	d := newDesk(t, t.TempDir())
	const name = "林森10013572468.csv"
	d.put(name, gifts("象山社区", "2025Q4", "2025-10-13,林森,200"))
	d.write("working/"+name+"/x", "a folder where the file has to be")
	if _, err := d.run(); err == nil {
		t.Fatal("the file was taken")
	}
	said := d.texts("SELECT error FROM ops.run")[0]
	if !strings.Contains(said, "林森100****2468.csv") {
		t.Errorf("the ledger says %q", said)
	}
	for where, text := range map[string]string{"the ledger": said, "the log": d.log.String()} {
		if strings.Contains(text, "10013572468") {
			t.Errorf("%s says %s", where, text)
		}
	}
}

func TestTheMendedFileReplaces(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.put("捐款.csv", gifts("象山社区", "2025年第四季度", "2025-10-13,匿名,200", "2025-10-14,林森,壹佰"))
	d.takes("文件 1 个（未变 0，退回 1")
	d.put("捐款.csv", gifts("象山社区", "2025年第四季度", "2025-10-13,匿名,200", "2025-10-14,林森,100"))
	d.takes("文件 1 个（未变 0，退回 0")
	if got := d.texts("SELECT CAST(amount AS VARCHAR) FROM core.donation ORDER BY 1"); !slices.Equal(got, []string{"100.00", "200.00"}) {
		t.Errorf("in force: %v", got)
	}
	if got := d.texts("SELECT code FROM core.issue"); len(got) != 0 {
		t.Errorf("issues in force: %v", got)
	}
}

func TestFoldersNameCommunityAndPeriod(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.put("象山社区/2025年第四季度/捐款.csv", gifts("", "", "2025-10-13,匿名,1"))
	d.put("2024Q2/翠湖社区/捐款.csv", gifts("", "", "2024-04-13,匿名,2"))
	d.takes("文件 2 个（未变 0，退回 0")
	got := d.texts("SELECT community || ' ' || strftime(period_start, '%Y-%m-%d') FROM ops.live ORDER BY 1")
	if !slices.Equal(got, []string{"翠湖社区 2024-04-01", "象山社区 2025-10-01"}) {
		t.Errorf("in force: %v", got)
	}
}

func TestWhatIsLeftAlone(t *testing.T) {
	d := newDesk(t, t.TempDir())
	for _, name := range []string{"~$捐款.xlsx", ".捐款.csv", ".同步/捐款.csv", "~$草稿/捐款.csv", "捐款.tmp", "Thumbs.db", "象山社区/desktop.ini", "象山社区/.DS_Store"} {
		d.put(name, gifts("象山社区", "2025Q4", "2025-10-13,匿名,1"))
	}
	elsewhere := filepath.Join(t.TempDir(), "捐款.csv")
	if err := os.WriteFile(elsewhere, []byte(gifts("象山社区", "2025Q4", "2025-10-13,匿名,1")), 0o600); err != nil {
		t.Fatal(err)
	}
	linked := os.Symlink(elsewhere, d.at("inbox/链接.csv")) == nil
	left := len(d.files("inbox"))
	if ready := d.jobs.Job("inbox").Ready(); ready {
		t.Error("there is something to do")
	}
	d.takes("文件 0 个")
	if got := d.files("inbox"); len(got) != left || !linked && left != 8 {
		t.Errorf("left of %d files: %v", left, got)
	}
}

// A file counts as still being written until it has lain for two seconds.
func TestAFileThatIsStillBeingWritten(t *testing.T) {
	d := newDesk(t, t.TempDir())
	ready := d.jobs.Job("inbox").Ready
	d.put("捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,1"))
	for _, at := range []struct {
		ago  time.Duration
		calm bool
	}{{0, false}, {1999 * time.Millisecond, false}, {2 * time.Second, true}, {-time.Hour, true}} {
		d.touch("inbox/捐款.csv", at.ago)
		if ready() != at.calm {
			t.Errorf("written %v ago: ready is %v", at.ago, !at.calm)
		}
	}
	d.touch("inbox/捐款.csv", time.Second)
	d.takes("文件 0 个（未变 0，退回 0，还在写入 1）")
	d.holds("inbox", "捐款.csv")
	d.takes("文件 1 个") // a minute later
	if ready() {
		t.Error("there is still something to do")
	}

	// One that is whole by the time the others are done goes in with them.
	d.put("甲.csv", gifts("象山社区", "2025Q3", "2025-07-13,匿名,1"))
	d.put("乙.csv", gifts("象山社区", "2025Q2", "2025-04-13,匿名,1"))
	d.touch("inbox/乙.csv", 0)
	d.inbox.Each = func(_, _ int, _ tasks.Outcome) { d.now = d.now.Add(3 * time.Second) }
	d.takes("文件 2 个（未变 0，退回 0，还在写入 0）")
}

// A file that cannot be kept stays, and does not hold the others up.
func TestOneFilesTroubleIsNotTheOthers(t *testing.T) {
	d := newDesk(t, t.TempDir())
	bad := gifts("象山社区", "2025Q4", "2025-10-13,匿名,1")
	sum := sha256.Sum256([]byte(bad))
	d.write("uploads/"+hex.EncodeToString(sum[:1]), "a file where a folder has to be")
	d.put("一.csv", bad)
	d.put("二.csv", gifts("翠湖社区", "2025Q4", "2025-10-13,匿名,2"))
	_, err := d.run()
	if err == nil || !strings.Contains(err.Error(), "1 个文件没有收，留在收件夹里：keep 一.csv: ") || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %v", err)
	}
	d.holds("inbox", "一.csv")
	if got := d.texts("SELECT community FROM ops.live"); !slices.Equal(got, []string{"翠湖社区"}) {
		t.Errorf("in force: %v", got)
	}
	if !slices.Equal(d.pages, []string{"2025Q4"}) {
		t.Errorf("what the other file changed was not published: %v", d.pages)
	}
	if err := os.Remove(d.at("uploads/" + hex.EncodeToString(sum[:1]))); err != nil {
		t.Fatal(err)
	}
	d.takes("文件 1 个（未变 0，退回 0")
	d.holds("inbox")
}

// A fault of ours in the middle of a sheet fails the run and no more: the
// other files go in, and the database can still be written.
func TestAPanicInASheet(t *testing.T) {
	d := newDesk(t, t.TempDir())
	before := d.rows()
	wild := *kinds.Find("donation")
	wild.Findings = []ingest.Finding{{Column: "donor", When: func(ingest.Record) bool { panic("unforeseen") }}}
	d.inbox.Reader.Kinds = []*ingest.Kind{&wild}
	d.put("捐款.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,1"))
	if _, err := d.run(); err == nil || !strings.Contains(err.Error(), "panic: unforeseen\n") || !strings.Contains(err.Error(), "inbox_test.go") {
		t.Errorf("error %v", err)
	}
	if got := d.texts("SELECT status FROM ops.run"); !slices.Equal(got, []string{"failed"}) {
		t.Errorf("ledger: %v", got)
	}
	d.unchanged(before)
	d.inbox.Reader.Kinds = kinds.All()
	d.takes("文件 1 个（未变 0，退回 0")
}

func TestNamesThatWouldEscape(t *testing.T) {
	d := newDesk(t, t.TempDir())
	file := filepath.Join(t.TempDir(), "捐款.csv")
	if err := os.WriteFile(file, []byte(gifts("", "2025Q4", "2025-10-13,匿名,1")), 0o600); err != nil {
		t.Fatal(err)
	}
	before := d.rows()
	for _, community := range []string{"../外面", "..", ".", "甲/乙", "/甲", ".藏", "town", "Town", "甲\x00"} {
		_, err := d.inbox.File(t.Context(), file, "../../捐款.csv", "command", ingest.Hint{Community: community})
		if err == nil || !strings.Contains(err.Error(), "不能用作文件夹名") {
			t.Errorf("community %q: error %v", community, err)
		}
	}
	d.unchanged(before)
	if out, err := d.inbox.File(t.Context(), file, "../../捐款.csv", "command", ingest.Hint{Community: "象山社区"}); err != nil || out.Faulty() {
		t.Fatal(out, err)
	}
	d.press.Communities = []string{"../../../外面"}
	if _, err := d.jobs.Once(t.Context(), d.press.Publish(""), d.now, "2025Q4"); err == nil {
		t.Error("published under a name that leads out")
	}
	for _, out := range []string{d.at("外面"), filepath.Join(d.dir, "..", "外面"), d.at("published/外面")} {
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s was made", out)
		}
	}
}

func TestWhichQuartersArePublishedAgain(t *testing.T) {
	for _, c := range []struct {
		name string
		out  []string // published before
		put  []string // quarters of the sheets
		want []string
	}{
		{"the first sheets: the newest quarter only", nil, []string{"2025Q2", "2025Q4", "2025Q3"}, []string{"2025Q4"}},
		{"the newest again", []string{"2025Q4"}, []string{"2025Q4"}, []string{"2025Q4"}},
		{"an older quarter: it, and those that look back on it", []string{"2024Q4", "2025Q1", "2025Q3", "2025Q4"}, []string{"2025Q1"}, []string{"2025Q1", "2025Q3", "2025Q4"}},
		{"pages look back over eight quarters and a year, also from the same quarter of last year", []string{"2025Q3", "2025Q4"}, []string{"2021Q4"}, []string{"2025Q3"}},
		{"a newer quarter than all", []string{"2025Q3"}, []string{"2025Q4"}, []string{"2025Q4"}},
		{"a rated year is rated again", []string{"2025", "2025Q4"}, []string{"2025Q4"}, []string{"2025", "2025Q4"}},
		{"another year than the sheet's is not", []string{"2024", "2025Q4"}, []string{"2025Q4"}, []string{"2025Q4"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, t.TempDir())
			newest := slices.Max(append(slices.Clone(c.out), "2000Q1"))
			if len(newest) == 6 && newest != "2000Q1" {
				d.put("先.csv", gifts("翠湖社区", newest, "2025-10-13,匿名,9"))
				d.takes("文件 1 个")
			}
			for _, quarter := range c.out {
				d.write("published/"+quarter+"/象山社区/dashboard.html", "")
				// Each was made when its sheets had come.
				if _, err := d.jobs.Once(t.Context(), d.jobs.Job("publish"), d.now, quarter); err != nil {
					t.Fatal(err)
				}
			}
			d.now, d.pages = d.now.Add(time.Minute), nil
			for _, quarter := range c.put {
				d.put(quarter+".csv", gifts("象山社区", quarter, "2025-10-13,匿名,1"))
			}
			d.takes("文件 ")
			if !slices.Equal(d.pages, c.want) {
				t.Errorf("published again: %v, want %v", d.pages, c.want)
			}
			d.takes("文件 0 个")
			if !slices.Equal(d.pages, c.want) {
				t.Errorf("and again with nothing new: %v", d.pages)
			}
		})
	}
}

// A decision on a name holds from its period on, and that two are one person
// holds in each: so many pages are behind. Taking it back is news as well.
func TestWhatPeopleDecideIsPublished(t *testing.T) {
	for _, c := range []struct {
		name, action string
		chosen       int
		want         []string
	}{
		{"who is meant, from a quarter on", "decide", 1, []string{"2025Q2", "2025Q3"}},
		{"nobody", "decide", 0, []string{"2025Q2", "2025Q3"}},
		{"two are one, always", "decide", 2, []string{"2024Q4", "2025Q2", "2025Q3"}},
		{"two are one, taken back", "undo", 2, []string{"2024Q4", "2025Q2", "2025Q3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, t.TempDir())
			d.put("先.csv", gifts("翠湖社区", "2025Q3", "2025-07-13,匿名,9"))
			d.takes("文件 1 个")
			for _, quarter := range []string{"2024Q4", "2025Q2", "2025Q3"} {
				d.write("published/"+quarter+"/翠湖社区/dashboard.html", "")
				if _, err := d.jobs.Once(t.Context(), d.jobs.Job("publish"), d.now, quarter); err != nil {
					t.Fatal(err)
				}
			}
			d.now, d.pages = d.now.Add(time.Minute), nil
			exec := func(query string, args ...any) {
				t.Helper()
				if _, err := d.db.ExecContext(t.Context(), query, args...); err != nil {
					t.Fatal(err)
				}
			}
			const decision = `INSERT INTO ops.person_decision SELECT ?, ?, '王书记', ?, ?, '翠湖社区', 'member', '', '林森', NULL, DATE '2025-04-01', DATE '2025-07-01', NULL`
			made := d.now.UTC()
			if c.action == "undo" {
				exec(decision, 2, made, "undo", 1)
				made = made.Add(-time.Hour) // published since
			}
			exec(decision, 1, made, "decide", nil)
			for n := range c.chosen {
				exec("INSERT INTO ops.person_choice VALUES (1, ?, ?, '', true)", n+1, "row:1:"+string(rune('0'+n)))
			}
			d.now = d.now.Add(time.Second)
			d.takes("文件 0 个")
			if !slices.Equal(d.pages, c.want) {
				t.Errorf("published again: %v, want %v", d.pages, c.want)
			}
		})
	}
}

// Whatever cut a run short, the pages catch up with the data.
func TestPagesCatchUp(t *testing.T) {
	sheet := gifts("象山社区", "2025Q4", "2025-10-13,匿名,1")
	for _, c := range []struct {
		name string
		how  func(d *desk)
	}{
		{"a sheet that came by command", func(d *desk) {
			d.write("捐款.csv", sheet)
			if _, err := d.inbox.File(d.Context(), d.at("捐款.csv"), "捐款.csv", "command", ingest.Hint{}); err != nil {
				d.Fatal(err)
			}
		}},
		{"stopped after the first of two files", func(d *desk) {
			d.put("一.csv", sheet)
			d.put("二.csv", gifts("翠湖社区", "2025Q4", "2025-10-13,匿名,1"))
			ctx, cancel := context.WithCancel(d.Context())
			d.inbox.Each = func(_, _ int, _ tasks.Outcome) { cancel() }
			if run, err := d.jobs.Once(ctx, d.jobs.Job("inbox"), d.now, ""); !errors.Is(err, context.Canceled) || run.Status != "interrupted" {
				d.Fatalf("%s: %v", run.Status, err)
			}
			d.inbox.Each = nil
			d.holds("inbox", "二.csv")
		}},
		{"stopped in the publication", func(d *desk) {
			ctx, cancel := context.WithCancel(d.Context())
			note := d.jobs.Job("publish").Do
			d.jobs.Job("publish").Do = func(ctx context.Context, run jobs.Run) (jobs.Result, error) {
				cancel()
				return jobs.Result{}, ctx.Err()
			}
			d.put("一.csv", sheet)
			if _, err := d.jobs.Once(ctx, d.jobs.Job("inbox"), d.now, ""); !errors.Is(err, context.Canceled) {
				d.Fatal(err)
			}
			d.jobs.Job("publish").Do = note
		}},
		{"loaded while the clock was an hour ahead", func(d *desk) {
			d.now = d.now.Add(time.Hour)
			d.put("一.csv", sheet)
			d.takes("文件 1 个")
			d.now, d.pages = d.now.Add(-time.Hour), nil
			d.put("一.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,2"))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, t.TempDir())
			ready := d.jobs.Job("inbox").Ready
			if ready() {
				t.Error("there is something to do in an empty folder")
			}
			c.how(d)
			d.now = d.now.Add(time.Minute)
			if !ready() {
				t.Error("there is nothing to do")
			}
			d.takes("文件 ")
			if !slices.Equal(d.pages, []string{"2025Q4"}) {
				t.Errorf("published: %v", d.pages)
			}
			if ready() {
				t.Error("there is still something to do")
			}
		})
	}
}

// A publication that fails is not tried again each minute: the next sheet or
// the next slot does.
func TestAPublicationThatFails(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.jobs.Job("publish").Do = func(context.Context, jobs.Run) (jobs.Result, error) {
		return jobs.Result{}, errors.New("no such column")
	}
	d.put("一.csv", gifts("象山社区", "2025Q4", "2025-10-13,匿名,1"))
	if _, err := d.run(); err == nil {
		t.Error("no error")
	}
	if d.jobs.Job("inbox").Ready() {
		t.Error("it would be tried again at once")
	}
	if quarters, err := d.press.Published(); err != nil || !slices.Equal(quarters, []period.Period(nil)) {
		t.Errorf("published %v, %v", quarters, err)
	}
}
