package ingest_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/ingest/sheet"
)

func ofGrain(k *ingest.Kind) period.Period {
	return period.Of(k.Grain, period.Quarter(2025, 4).Start)
}

func template(t testing.TB, k *ingest.Kind, community string, p period.Period) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := k.Template(&out, community, p); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// edit changes a workbook as a clerk would.
func edit(t testing.TB, data []byte, change func(f *excelize.File, tab string) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := change(f, f.GetSheetName(0)); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// copyExample writes the example row into another row, numbers as numbers.
func copyExample(k *ingest.Kind, row int) func(*excelize.File, string) error {
	return func(f *excelize.File, tab string) error {
		for i := range k.Columns {
			from, to := fmt.Sprintf("%s4", sheet.Column(i+2)), fmt.Sprintf("%s%d", sheet.Column(i+2), row)
			text, err := f.GetCellValue(tab, from, excelize.Options{RawCellValue: true})
			if err != nil {
				return err
			}
			cell, err := f.GetCellType(tab, from)
			if err != nil {
				return err
			}
			if cell == excelize.CellTypeSharedString {
				err = f.SetCellStr(tab, to, text)
			} else {
				err = f.SetCellDefault(tab, to, text)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
}

// A template that is filled in comes back without a word, one that is not
// with one.
func TestTemplates(t *testing.T) {
	for _, k := range kinds.All() {
		t.Run(k.Name, func(t *testing.T) {
			p := ofGrain(k)
			empty := template(t, k, "象山社区", p)
			for _, row := range []int{5, 7, 204, 500} {
				got, report := read(t, reader(t), "模板.xlsx", edit(t, empty, copyExample(k, row)), ingest.Hint{})
				if c := report.Counts(); c.Accepted != 1 || c.Rejected != 0 || c.Read != c.Skipped+1 || len(report.AllIssues()) > 0 {
					t.Fatalf("filled in at row %d gives:\n%s%v", row, got, report.AllIssues())
				}
				b := report.Batches[0]
				if want := (ingest.Slice{Kind: k.Name, Community: "象山社区", Period: p}); b.Slice != want || len(b.Dropped) > 0 {
					t.Errorf("filled in it is read as %v, want %v; dropped %v", b.Slice, want, b.Dropped)
				}
			}
			_, report := read(t, reader(t), "模板.xlsx", empty, ingest.Hint{})
			if all := report.AllIssues(); len(all) != 1 || all[0].Code != "no-rows" || report.Batches[0].Counts.Rejected != 0 {
				t.Errorf("empty it gives %v", all)
			}
		})
	}
}

// What is left open is written in by hand, and underscores may stay.
func TestTemplateTitles(t *testing.T) {
	for _, c := range []struct{ name, kind, title, info, want string }{
		{"all is open", "resident", "", "", "no-community no-period"},
		{"in place of the underscores", "resident", "象山社区2025年第四季度居民登记表", "", "象山社区 2025Q4 resident"},
		{"between the underscores", "resident", "__象山__社区__2025__年第_四_季度居民登记表", "", "象山社区 2025Q4 resident"},
		{"digits between full-width lines", "resident", "＿象山社区＿2025＿年第＿4＿季度居民登记表", "", "象山社区 2025Q4 resident"},
		{"the community in the second row alone", "resident", "____社区2025年第四季度居民登记表", "单位：__象山社区居民委员会__    填表人：__张三__    填表日期：_2026_年_1_月_5_日", "象山社区 2025Q4 resident"},
		{"a year", "appraisal", "__象山__社区_2025_年度民主评议表", "", "象山社区 2025 appraisal"},
		{"an event's name", "attendance", "象山社区2025年第四季度活动签到表", "单位：____    活动主题：_重阳节敬老_", "象山社区 2025Q4 attendance 重阳节敬老"},
		{"an event's name left open", "attendance", "象山社区2025年第四季度活动签到表", "", "象山社区 2025Q4 attendance"},
		{"a campaign's name", "donation", "象山社区2025年第四季度捐款台账", "捐款项目：抗震救灾____", "象山社区 2025Q4 donation 抗震救灾"},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := kinds.Find(c.kind)
			data := edit(t, template(t, k, "", period.Period{}), func(f *excelize.File, tab string) error {
				if c.title != "" {
					if err := f.SetCellStr(tab, "A1", c.title); err != nil {
						return err
					}
				}
				if c.info != "" {
					if err := f.SetCellStr(tab, "A2", c.info); err != nil {
						return err
					}
				}
				return copyExample(k, 5)(f, tab)
			})
			_, report := read(t, reader(t), "模板.xlsx", data, ingest.Hint{})
			var got []string
			for _, b := range report.Batches {
				got = append(got, b.Slice.String())
			}
			for _, i := range report.AllIssues() {
				got = append(got, i.Code)
			}
			if text := strings.Join(got, " "); text != c.want {
				t.Errorf("got %s, want %s", text, c.want)
			}
		})
	}
}

func TestTemplateIsTheSameEachTime(t *testing.T) {
	for _, k := range kinds.All() {
		if first := template(t, k, "", period.Period{}); !bytes.Equal(first, template(t, k, "", period.Period{})) {
			t.Errorf("%s: two templates differ", k.Name)
		}
	}
}

// The form keeps what was made for it: notes on every heading, lists for
// fixed words, text for numbers that are none, and only the cells to be
// filled in unlocked.
func TestTemplateForm(t *testing.T) {
	k := kinds.Find("resident")
	f, err := excelize.OpenReader(bytes.NewReader(template(t, k, "", period.Period{})))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tab := f.GetSheetName(0)
	notes, err := f.GetComments(tab)
	if err != nil || len(notes) != len(k.Columns) {
		t.Errorf("%d notes for %d columns, %v", len(notes), len(k.Columns), err)
	}
	lists, err := f.GetDataValidations(tab)
	if err != nil || len(lists) != 2 || lists[1].Formula1 != `"户籍,流动"` {
		t.Errorf("drop-down lists %v, %v", lists, err)
	}
	for _, c := range []struct {
		cell   string
		format string
		locked bool
	}{
		{"A1", "", false}, {"A2", "", false}, {"B3", "", true}, {"B4", "@", true},
		{"B5", "@", false}, {"H5", "@", false}, {"H5000", "@", false}, {"J5", "yyyy-mm-dd", false},
	} {
		id, err := f.GetCellStyle(tab, c.cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		format := ""
		if style.CustomNumFmt != nil {
			format = *style.CustomNumFmt
		}
		if locked := style.Protection == nil || style.Protection.Locked; locked != c.locked || format != c.format {
			t.Errorf("%s: locked %t, format %q; want %t, %q", c.cell, locked, format, c.locked, c.format)
		}
	}
}

// The second sheet says what has a row, in the kind's own words.
func TestTemplateSaysWhatHasARow(t *testing.T) {
	for _, k := range kinds.All() {
		f, err := excelize.OpenReader(bytes.NewReader(template(t, k, "", period.Period{})))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := f.GetRows(f.GetSheetName(1))
		if err != nil || !strings.Contains(fmt.Sprint(rows), k.Rows+"，不要合并单元格") {
			t.Errorf("%s: %s is not said, %v", k.Name, k.Rows, err)
		}
	}
}

// Lists and notes name the words as people do, best grade first, not by the
// codes of their characters.
func TestTemplateWordsKeepTheirOrder(t *testing.T) {
	for kind, want := range map[string]string{
		"resident": "户籍,流动", "member": "直管,在职,流动", "attendance": "出席,请假,缺席", "appraisal": "优秀,合格,基本合格,不合格",
		"honour": "国家级,省级,市级,县级,镇级", "conduct": "加分,扣分,一票否决,免评",
	} {
		f, err := excelize.OpenReader(bytes.NewReader(template(t, kinds.Find(kind), "", period.Period{})))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lists, err := f.GetDataValidations(f.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		notes, err := f.GetComments(f.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		listed := slices.ContainsFunc(lists, func(v *excelize.DataValidation) bool { return v.Formula1 == `"`+want+`"` })
		noted := slices.ContainsFunc(notes, func(c excelize.Comment) bool {
			return len(c.Paragraph) > 0 && strings.Contains(c.Paragraph[0].Text, "从下拉框里选："+strings.ReplaceAll(want, ",", "、")+"。")
		})
		if !listed || !noted {
			t.Errorf("%s: list %t, note %t; want %s", kind, listed, noted, want)
		}
	}
}
