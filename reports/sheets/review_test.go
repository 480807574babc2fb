package sheets

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xingce/queries/stars"
)

// sent is the workbook of a branch after somebody wrote into its cells.
func sent(t *testing.T, in EvaluationInput, cells map[string]any) []byte {
	t.Helper()
	page, err := Evaluation(in)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(page.Body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, value := range cells {
		tab, cell, _ := strings.Cut(at, "!")
		if value == "-row" {
			_, row, _ := excelize.CellNameToCoordinates(cell)
			err = f.RemoveRow(tab, row)
		} else {
			err = f.SetCellValue(tab, cell, value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func review1(t *testing.T, in EvaluationInput, book []byte) ([]Opinion, []string) {
	t.Helper()
	opinions, faults, err := ReadReview(t.Context(), bytes.NewReader(book), int64(len(book)), stars.Round{Policy: in.Policy, Ratings: in.Ratings})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, f := range faults {
		said = append(said, f.String())
	}
	return opinions, said
}

// What the branch writes comes back with its cell; what it leaves alone is no
// opinion.
func TestReadReview(t *testing.T) {
	in := branch(t)
	opinions, faults := review1(t, in, sent(t, in, map[string]any{
		"评定表!R4": "同意", "评定表!R5": "四星", "评定表!T5": "名额所限，支部大会表决", "评定表!R6": "★★★", // three stars are proposed
		"评定表!S8": -2, "评定表!T8": "群众反映", "单列评定表!R4": "未达星级", "单列评定表!T4": "支委会研究",
	}))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var got []string
	for _, o := range opinions {
		got = append(got, strings.TrimSpace(strings.Join([]string{o.Place, o.Rating.Name, stars.StarTitle(o.Star), map[bool]string{true: "同意"}[o.Agreed], o.Points.String(), o.Why}, " ")))
	}
	want := []string{
		"评定表!R4 " + in.Ratings[0].Name + " 一星 同意 0",
		"评定表!R5 " + in.Ratings[1].Name + " 四星  0 名额所限，支部大会表决",
		"评定表!R6 " + in.Ratings[2].Name + " 三星 同意 0",
		"评定表!R8 " + in.Ratings[4].Name + " 二星  -2 群众反映",
		"单列评定表!R4 " + in.Ratings[50].Name + " 未达星级  0 支委会研究",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Nothing of the file is trusted: each fault has its cell.
func TestReviewFaults(t *testing.T) {
	in := branch(t)
	name := func(n int) string { return in.Ratings[n-1].Name }
	for _, c := range []struct {
		what  string
		cells map[string]any
		want  string
	}{
		{"no reason", map[string]any{"评定表!R5": "四星"}, "评定表!T5：" + name(2) + "的建议是五星，支部议定为四星，要写明理由"},
		{"no such star", map[string]any{"评定表!R5": "六星", "评定表!T5": "x"}, `评定表!R5：支部意见写“同意”或者星级，如三星，不是 "六星"`},
		{"a score raised", map[string]any{"评定表!N4": 99.5}, "评定表!N4：" + name(1) + "的得分是 69.5 分，表上是99.5；得分不能在表上改"},
		{"a star raised", map[string]any{"评定表!O4": "★★★★★"}, "评定表!O4：" + name(1) + "的建议是★，表上是★★★★★；建议星级不能在表上改，另有决定请写在支部意见里"},
		{"another name", map[string]any{"评定表!B4": "李无名"}, "评定表!B4：第 1 号是" + name(1) + "，表上写的是李无名"},
		{"a number twice", map[string]any{"评定表!A5": 1}, "评定表!A5：第 1 号在第 4 行已经有了 “评定表”少了第 2 号" + name(2) + "；请不要删行"},
		{"a number beyond", map[string]any{"评定表!A4": 51}, "评定表!A4：序号 51 不在名单上 “评定表”少了第 1 号" + name(1) + "；请不要删行"},
		{"a row away", map[string]any{"评定表!A4": "-row"}, "“评定表”少了第 1 号" + name(1) + "；请不要删行"},
		{"provisional", map[string]any{"评定表!R50": "三星", "评定表!T50": "x"}, "评定表!R50：欧阳致远不评星级，不能写支部意见"},
		{"not judged", map[string]any{"评定表!R51": "三星"}, "评定表!R51：" + name(48) + "不参评，不能写支部意见"},
		{"points in words", map[string]any{"评定表!S4": "两分", "评定表!T4": "x"}, `评定表!S4：加减分写数字，不是 "两分"`},
		{"points without a reason", map[string]any{"评定表!S4": 2}, "评定表!T4：给" + name(1) + "加减分要写明理由"},
		{"another heading", map[string]any{"评定表!R3": "意见"}, "“评定表”第 3 行没有“支部意见”一列；请不要改动表头"},
		{"another proposal", map[string]any{"评定表!A2": "依据：办法　测算编号 0123456789ab"}, "这本工作簿是按另一次测算做的（测算编号 0123456789ab，现在的是 " + Fingerprint(in.Policy, in.Ratings) + "）；请用新出的工作簿填写"},
		{"no number", map[string]any{"评定表!A2": "依据：办法"}, "“评定表”没有写测算编号；请用程序出的评定工作簿填写"},
	} {
		t.Run(c.what, func(t *testing.T) {
			opinions, faults := review1(t, in, sent(t, in, c.cells))
			if got := strings.Join(faults, " "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if len(opinions) > 0 {
				t.Errorf("took %d opinions", len(opinions))
			}
		})
	}
	in.Ratings = slices.Clone(in.Ratings)
	in.Ratings[0].Vetoed = true
	if _, faults := review1(t, in, sent(t, in, map[string]any{"评定表!R4": "三星", "评定表!T4": "x"})); len(faults) != 1 || !strings.HasSuffix(faults[0], "被一票否决，不能议定为三星") {
		t.Errorf("a vetoed member: %q", faults)
	}
}
