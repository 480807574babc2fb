package ingest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xingce/ingest"
)

// A number in a tab's name is told nowhere, and the marks still find the tab.
func TestTabsThatNameAPhone(t *testing.T) {
	const mine, theirs, hidden = "张三13800001234", "李四13900005678", "王五13700004321"
	bad := "3|3-1|3栋|王五|999101199001010018|户籍|"
	data := workbook(t, tab{name: mine, rows: []string{title, header, first, bad}}, tab{name: theirs, rows: []string{title, header, second}}, tab{name: hidden, hidden: true})
	_, report := read(t, reader(t), "上传.xlsx", data, ingest.Hint{})
	if len(report.Batches) != 1 || report.Batches[0].Sheet != "张三138****1234" {
		t.Fatalf("batches %+v", report.Batches)
	}
	var codes []string
	for _, i := range report.AllIssues() {
		codes = append(codes, i.Code)
		for _, phone := range []string{mine, theirs, hidden} {
			if strings.Contains(fmt.Sprintf("%+v", i), phone[6:]) {
				t.Errorf("%+v tells the phone", i)
			}
		}
	}
	if want := []string{"same-slice", "hidden-sheet", "id-check"}; !slices.Equal(codes, want) {
		t.Errorf("issues %q, want %q", codes, want)
	}
	_, body := annotate(t, data, report)
	f := open(t, body)
	if linked, to, _ := f.GetCellHyperLink("问题清单", "D4"); !linked || to != "'"+mine+"'!E4" {
		t.Errorf("the list leads to %q", to)
	}
	comments, err := f.GetComments(mine)
	if err != nil || len(comments) != 1 || comments[0].Cell != "E4" {
		t.Errorf("%d comments, %v", len(comments), err)
	}
	if slice, faults := placed(t, reader(t), "上传.xlsx", mine, ingest.Hint{}, "象山社区2025年第四季度捐款台账"); slice.Part != "张三138****1234" {
		t.Errorf("part %q %s", slice.Part, faults)
	}
}
