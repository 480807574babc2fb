package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"xingce/cmd/internal/demo"
	"xingce/reports/pagetest"
)

// call does a command in this process and gives what it printed.
func call(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if err := run(t.Context(), args, func(string) string { return "" }, &out, &errs); err != nil {
		t.Fatalf("xingce %s: %v\n%s%s", strings.Join(args, " "), err, out.String(), errs.String())
	}
	return out.String()
}

// ask gives a metric's rows for 象山社区 at 2025Q4.
func ask(t *testing.T, data, metric string) []map[string]any {
	t.Helper()
	return askOf(t, data, metric, "2025Q4")
}

func askOf(t *testing.T, data, metric, period string) []map[string]any {
	t.Helper()
	var rows []map[string]any
	decoder := json.NewDecoder(strings.NewReader(call(t, "--data", data, "metric", metric, "--community", "象山社区", "--period", period, "--format", "json")))
	decoder.UseNumber()
	if err := decoder.Decode(&rows); err != nil {
		t.Fatalf("metric %s: %v", metric, err)
	}
	return rows
}

// TestDemo runs the whole line once, on the sheets of the founding text, and
// looks at all that came of it.
func TestDemo(t *testing.T) {
	dir := t.TempDir()
	said := call(t, "demo", "--dir", dir, "--no-serve")
	data := filepath.Join(dir, "data")

	t.Run("it says what it did", func(t *testing.T) {
		for _, want := range []string{"文件 488 个", "拒 8", "2025 / 9325 = 21.72 %", "887 / 3275 = 27.08 %", "dashboard.html", "evaluation.xlsx", "用时"} {
			if !strings.Contains(said, want) {
				t.Errorf("not said: %s\n%s", want, said)
			}
		}
	})
	t.Run("the founding text's figures", func(t *testing.T) { foundingFigures(t, data) })
	t.Run("faults are listed and nothing of their rows is stored", func(t *testing.T) { listedFaults(t, dir, said) })
	t.Run("the inbox is empty and the faulty workbook came back", func(t *testing.T) {
		if left := files(t, filepath.Join(data, "inbox")); len(left) > 0 {
			t.Errorf("left in the inbox: %v", left)
		}
		back := slices.DeleteFunc(files(t, filepath.Join(data, "returned")), func(name string) bool {
			return strings.HasSuffix(name, ".提示.txt") // of files that went in
		})
		if len(back) != 2 || !strings.HasSuffix(back[0], demo.Faults[0].File) || !strings.HasSuffix(back[1], ".问题.txt") {
			t.Errorf("returned: %v, want the workbook and its list", back)
		}
	})
	t.Run("the runs are in the ledger", func(t *testing.T) {
		runs := call(t, "--data", data, "runs")
		for _, want := range []string{"inbox", "publish  ", "2025Q4", "rate", "done"} {
			if !strings.Contains(runs, want) {
				t.Errorf("no %q among the runs:\n%s", want, runs)
			}
		}
	})
	t.Run("all is published", func(t *testing.T) {
		var want []string
		for _, c := range demo.Communities {
			want = append(want, "2025/"+c+"/evaluation.xlsx", "2025/"+c+"/ledger.xlsx", "2025/"+c+"/notice.xlsx",
				"2025Q4/"+c+"/dashboard.html", "2025Q4/"+c+"/feedback.xlsx", "2025Q4/"+c+"/points.xlsx")
		}
		want = append(want, "2025Q4/town/dashboard.html", "2025Q4/town/submissions.xlsx", "2025/manifest.json", "2025Q4/manifest.json")
		slices.Sort(want)
		got := files(t, filepath.Join(data, "published"))
		if !slices.Contains(got, "2025Q4/象山社区/findings.xlsx") {
			t.Error("the faults that the demo plants are in no list")
		}
		// Whoever has nothing to look at again has no list of it.
		got = slices.DeleteFunc(got, func(name string) bool { return strings.HasSuffix(name, "/findings.xlsx") })
		if !slices.Equal(got, want) {
			t.Errorf("published %v\nwant %v", got, want)
		}
	})
	t.Run("the published pages open in a browser with every chart drawn", func(t *testing.T) { inBrowser(t, data) })
	t.Run("the evaluation workbook reads back", func(t *testing.T) { evaluation(t, data) })
	t.Run("what is published is had again, on another machine too", func(t *testing.T) {
		there := filepath.Join(t.TempDir(), "copied")
		if err := os.CopyFS(there, os.DirFS(data)); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(filepath.Join(there, "keys")); err != nil { // it takes none of the secrets
			t.Fatal(err)
		}
		for _, about := range []string{"2025Q4", "2025"} {
			out := len(files(t, filepath.Join(there, "published", about))) - 1 // without the manifest
			if said := call(t, "--data", there, "reproduce", about); !strings.Contains(said, fmt.Sprintf("：%d 个文件一字不差，0 处不同", out)) {
				t.Errorf("reproduce %s, of %d files: %s", about, out, said)
			}
		}
	})
	t.Run("the same demo again gives the same bytes", func(t *testing.T) {
		again := t.TempDir()
		call(t, "demo", "--dir", again, "--no-serve")
		for _, folder := range []string{"sheets", "data/published"} {
			first, second := digests(t, filepath.Join(dir, folder)), digests(t, filepath.Join(again, folder))
			if len(first) == 0 || len(first) != len(second) {
				t.Fatalf("%s: %d files, then %d", folder, len(first), len(second))
			}
			for name, sum := range first {
				if second[name] != sum {
					t.Errorf("%s/%s differs", folder, name)
				}
			}
		}
	})
	t.Run("a folder with other things is left alone", func(t *testing.T) {
		other := t.TempDir()
		keep := filepath.Join(other, "data", "xingce.duckdb")
		if err := os.MkdirAll(filepath.Dir(keep), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(keep, []byte("an office's"), 0o600); err != nil {
			t.Fatal(err)
		}
		err := run(t.Context(), []string{"demo", "--dir", other, "--no-serve"}, func(string) string { return "" }, &bytes.Buffer{}, &bytes.Buffer{})
		if exitCode(err) != 2 {
			t.Errorf("ended with %d (%v), want 2", exitCode(err), err)
		}
		if _, err := os.Stat(keep); err != nil {
			t.Error(err)
		}
	})
	t.Run("another upload and the first again give the same page", func(t *testing.T) { andBack(t, dir) })
	t.Run("one answer whatever the order of rows and the threads", func(t *testing.T) { oneAnswer(t, dir) })
	t.Run("a hundred figures worked out again from the cells", func(t *testing.T) { hundredFigures(t, dir) })
}

func foundingFigures(t *testing.T, data string) {
	one := func(metric, column string) string {
		rows := ask(t, data, metric)
		if len(rows) != 1 {
			t.Fatalf("%s: %d rows, want 1", metric, len(rows))
		}
		return fmt.Sprint(rows[0][column])
	}
	for _, c := range []struct{ metric, column, want string }{
		{"buildings", "value", "34"},
		{"households", "value", "3275"},
		{"residents", "value", "9325"},
		{"floating_share", "part", "2025"},
		{"floating_share", "whole", "9325"},
		{"floating_share", "value", "0.2171581769"},
		{"floating_household_share", "part", "887"},
		{"floating_household_share", "whole", "3275"},
		{"floating_household_share", "value", "0.2708396947"},
		{"community_participation", "teams", "5"},
		{"community_participation", "on_roll", "296"},
		{"donation_rank", "rank", "1"},
		{"units", "units", "12"},
		{"floating_members", "value", "3"},
	} {
		if got := one(c.metric, c.column); got != c.want {
			t.Errorf("%s.%s = %s, want %s", c.metric, c.column, got, c.want)
		}
	}
	listOf := func(metric, period, key, value string) string {
		var all []string
		for _, row := range askOf(t, data, metric, period) {
			all = append(all, fmt.Sprintf("%v %v", row[key], row[value]))
		}
		slices.Sort(all)
		return strings.Join(all, ", ")
	}
	list := func(metric, key, value string) string { return listOf(metric, "2025Q4", key, value) }
	for _, c := range []struct{ metric, key, value, want string }{
		{"members_by_kind", "kind", "members", "在职 81, 流动 3, 直管 47"},
		{"members_by_group", "party_group", "members", "未编组 1, 第一党小组 16, 第三党小组 15, 第二党小组 15"},
		{"staff_by_kind", "staff_kind", "persons", "治安协管员 2, 社区工作者 9"},
		{"honours_by_level", "level", "honours", "市级 1, 省级 1, 镇级 2"},
		{"claims_by_category", "category", "posts", "宣教 1, 帮扶 1, 文明 1, 民情 1, 治安 1, 环保服务 1, 维权 1"},
		{"posts_per_member", "posts", "kind", "1至2个 在职, 1至2个 直管, 未认领 在职, 未认领 流动, 未认领 直管"},
	} {
		if got := list(c.metric, c.key, c.value); got != c.want {
			t.Errorf("%s: %s, want %s", c.metric, got, c.want)
		}
	}
	if got := len(ask(t, data, "floating_by_building")); got != 34 {
		t.Errorf("floating_by_building has %d buildings, want 34", got)
	}
	days := ask(t, data, "donations_by_day")
	total, _ := days[len(days)-1]["cumulative"].(json.Number)
	if sum, _ := total.Float64(); len(days) != 5 || sum <= 89_000 || sum >= 90_000 {
		t.Errorf("%s yuan within %d days, want over 89,000 within 5", total, len(days))
	}
	if got := len(ask(t, data, "donations")); got != 2 {
		t.Errorf("%d campaigns, want 2", got)
	}
	teams := list("team_participation", "team", "community")
	for _, team := range []string{"文艺宣传队", "社区治安巡逻队", "中老年门球队", "社区环保队", "太极拳队"} {
		if !strings.Contains(teams, team) {
			t.Errorf("no team %s among %s", team, teams)
		}
	}
	cards, _ := askOf(t, data, "card_coverage", "2025")[0]["copies"].(json.Number)
	if n, _ := cards.Int64(); n < 2900 || n > 2999 {
		t.Errorf("%s convenience cards, want somewhat over 2900", cards)
	}
	// The blog was open for five months, and nobody counted at first.
	if got := listOf("site_visits_by_month", "2025", "month", "missing"); got != "2025-08 1, 2025-09 1, 2025-10 0, 2025-11 0, 2025-12 0" {
		t.Errorf("the blog's months and how many figures they miss: %s", got)
	}
	for _, row := range askOf(t, data, "site_visits_by_month", "2025")[:2] {
		if row["visits"] != nil {
			t.Errorf("%v has %v visits, want none told", row["month"], row["visits"])
		}
	}
	held := map[string]int64{}
	for _, year := range []string{"2024", "2025"} {
		for _, row := range askOf(t, data, "activities_by_kind", year) {
			n, _ := row["activities"].(json.Number).Int64()
			held[row["activity_kind"].(string)] += n
		}
	}
	if held["文艺演出"] != 7 || held["体育比赛"] != 2 {
		t.Errorf("%d performances and %d matches in two years, want 7 and 2", held["文艺演出"], held["体育比赛"])
	}
	// What the community says of itself is what its registers give: 47 members,
	// not the 46 of its groups.
	for _, row := range ask(t, data, "community_stated") {
		if fmt.Sprint(row["difference"]) != "0" {
			t.Errorf("%v: stated %v, counted %v", row["item"], row["stated"], row["counted"])
		}
	}
	ungrouped := 0
	for _, row := range ask(t, data, "findings") {
		if row["code"] == "blank-party_group" {
			ungrouped++
			if fmt.Sprint(row["rows"]) != "1" {
				t.Errorf("the finding of members without a group counts %v, want 1", row["rows"])
			}
		}
	}
	if ungrouped != 1 {
		t.Errorf("members without a group are found %d times, want once", ungrouped)
	}
}

func listedFaults(t *testing.T, dir, said string) {
	for _, f := range demo.Faults {
		if want := fmt.Sprintf("%s > %s!%s：", f.File, f.Sheet, f.Cell); !strings.Contains(said, want) {
			t.Errorf("not listed: %s", want)
		}
	}
	// The faulty sheets' rows, less the listed ones, are what is in force.
	sources := call(t, "--data", filepath.Join(dir, "data"), "metric", "sources", "--period", "2025Q4", "--format", "csv")
	rows, err := csv.NewReader(strings.NewReader(sources)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int { return slices.Index(rows[0], name) }
	rejected := map[string]string{}
	for _, row := range rows[1:] {
		if row[at("file")] == demo.Faults[0].File && row[at("rejected")] != "0" {
			rejected[row[at("sheet")]] = row[at("rejected")]
		}
	}
	want := map[string]int{}
	for _, f := range demo.Faults {
		want[f.Sheet]++
	}
	for sheet, n := range want {
		if rejected[sheet] != fmt.Sprint(n) {
			t.Errorf("%s: %s rows kept out, want %d", sheet, rejected[sheet], n)
		}
	}
}

func inBrowser(t *testing.T, data string) {
	browser := pagetest.Browser(t)
	for _, name := range []string{demo.Communities[0], demo.Communities[4], "town"} {
		t.Run(name, func(t *testing.T) {
			tab, cancel := chromedp.NewContext(browser)
			defer cancel()
			defer pagetest.Open(t, tab, filepath.Join(data, "published", "2025Q4", name, "dashboard.html"), 1440)()
			if n := pagetest.Charts(t, tab); n < 8 {
				t.Errorf("%d charts, want 8 or more", n)
			}
			pagetest.Look(t, tab, "")
		})
	}
}

func evaluation(t *testing.T, data string) {
	book, err := excelize.OpenFile(filepath.Join(data, "published", "2025", "象山社区", "evaluation.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("评定表")
	if err != nil {
		t.Fatal(err)
	}
	starred := 0
	for _, row := range rows {
		if slices.ContainsFunc(row, func(cell string) bool { return strings.HasPrefix(cell, "★") }) {
			starred++
		}
	}
	// 47 are judged; the rules give a few of them no star.
	if starred < 40 || starred > 47 {
		t.Errorf("%d members have stars, want nearly all of 47", starred)
	}
}

// andBack takes in a changed sheet, which must change the page, and then the
// first sheet again, which must give the first page again, byte for byte.
func andBack(t *testing.T, dir string) {
	data := filepath.Join(dir, "data")
	page := filepath.Join(data, "published", "2025Q4", "象山社区", "dashboard.html")
	before := read(t, page)
	name := "象山社区2025年第四季度党建台账.xlsx"
	original := read(t, filepath.Join(dir, "sheets", "象山社区", name))

	book, err := excelize.OpenReader(bytes.NewReader(original))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("捐款台账")
	if err != nil {
		t.Fatal(err)
	}
	if err := book.RemoveRow("捐款台账", len(rows)-2); err != nil {
		t.Fatal(err)
	}
	inbox := filepath.Join(data, "inbox", name)
	if err := book.SaveAs(inbox); err != nil {
		t.Fatal(err)
	}
	settled(t, inbox)
	call(t, "--data", data, "run", "inbox")
	if bytes.Equal(read(t, page), before) {
		t.Fatal("the page does not show the changed sheet")
	}
	// By its first name: the page names its sources.
	inbox = filepath.Join(data, "inbox", "象山社区", name)
	if err := os.MkdirAll(filepath.Dir(inbox), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(inbox, original, 0o600); err != nil {
		t.Fatal(err)
	}
	settled(t, inbox)
	call(t, "--data", data, "run", "inbox")
	if !bytes.Equal(read(t, page), before) {
		t.Error("the first sheet again gives another page")
	}
}

// settled makes a file one that nobody is still writing.
func settled(t *testing.T, file string) {
	t.Helper()
	minute := time.Now().Add(-time.Minute)
	if err := os.Chtimes(file, minute, minute); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// files lists what lies below a folder, with slashes, by name.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			list = append(list, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

var came = regexp.MustCompile(`(?m)^"as_of": .*$|"number":\d+,`)

func digests(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	sums := map[string][32]byte{}
	for _, name := range files(t, dir) {
		// A manifest says when the last sheet came and how each was numbered, which
		// is as they came, and nothing else that differs.
		body := read(t, filepath.Join(dir, name))
		if filepath.Base(name) == "manifest.json" {
			body = came.ReplaceAll(body, nil)
		}
		sums[name] = sha256.Sum256(body)
	}
	return sums
}
