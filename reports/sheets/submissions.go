package sheets

import (
	"slices"

	"xingce/ingest/kinds"
	"xingce/queries"
	"xingce/reports"
)

// A SubmissionsInput is which sheets came: metrics of the quarter.
type SubmissionsInput struct {
	Communities []string
	Slices      queries.Table // slices
	Missing     queries.Table // slices_missing
}

// Submissions is which sheets each community has sent, which came late and
// which are missing (报送情况), for the town.
func Submissions(s Scope, in SubmissionsInput) (reports.Page, error) {
	b := s.book("各社区报送情况")
	in.matrix(s, b)
	in.received(s, b)
	in.missing(s, b)
	return b.Page(s.path(TownFolder, "submissions.xlsx"))
}

// What a cell of the matrix says.
const (
	onTime  = "✓"
	late    = "迟"
	missing = "缺"
)

// asked are the kinds that any community has sent or lacks, in the order in
// which kinds are shown.
func (in SubmissionsInput) asked() []string {
	var names []string
	for _, k := range kinds.All() {
		if len(in.Slices.Where("kind", k.Name).Rows)+len(in.Missing.Where("kind", k.Name).Rows) > 0 {
			names = append(names, k.Name)
		}
	}
	return names
}

// matrix is a row a community and a column a kind.
func (in SubmissionsInput) matrix(s Scope, b *reports.Book) {
	asked := in.asked()
	columns := []reports.FormColumn{number, {Least: 14}}
	head := []string{"序号", "社区"}
	for _, name := range asked {
		columns, head = append(columns, reports.FormColumn{Least: 5, Most: 6, Centre: true, Alarm: missing}), append(head, kindTitle(name))
	}
	count := reports.FormColumn{Format: "0", Least: 8}
	f := b.Form("报送情况", append(columns, count, count, count, reports.FormColumn{Format: "#,##0", Least: 10})...)
	f.OnePage = true
	f.Title(s.title("各社区报送情况"), "✓ 按时　迟 期末后第 15 日以后才交　缺 上期交过或别的社区交了而没有交　空白 没有这种表", "单位：种、行")
	f.Head(append(head, "已交", "其中迟交", "缺交", "收入行数")...)
	f.Repeat(2)
	totals := [4]int{}
	for i, community := range in.Communities {
		row := []any{i + 1, community}
		sums := [4]int{}
		state := map[string]string{}
		each(in.Slices, community, func(r reader) {
			if r.count("sheets") == 0 {
				return
			}
			state[r.text("kind")] = onTime
			sums[0]++
			if r.count("late") > 0 {
				state[r.text("kind")] = late
				sums[1]++
			}
			sums[3] += r.count("rows")
		})
		each(in.Missing, community, func(r reader) {
			if state[r.text("kind")] == "" {
				state[r.text("kind")] = missing
				sums[2]++
			}
		})
		for _, name := range asked {
			row = append(row, state[name])
		}
		for k, n := range sums {
			row, totals[k] = append(row, n), totals[k]+n
		}
		f.Row(row...)
	}
	row := append([]any{"", "合计"}, make([]any, len(asked))...)
	f.Total(append(row, totals[0], totals[1], totals[2], totals[3])...)
	f.Sign(reports.Blank{Label: "填表人：", From: 2, To: 3}, reports.Blank{Label: "日期：", From: f.Columns() - 2, To: f.Columns() - 1})
	f.Note(s.made())
}

// received is what there is of each kind, and since when.
func (in SubmissionsInput) received(s Scope, b *reports.Book) {
	count := reports.FormColumn{Format: "#,##0", Least: 9}
	f := b.Form("收到的表", number, reports.FormColumn{Least: 14}, reports.FormColumn{Least: 18}, reports.FormColumn{Least: 16}, reports.FormColumn{Least: 16}, count, count, count, count)
	f.Title(s.title("收到的表"), "在用的张数和行数；被后来的替换的另计", "单位：张、行")
	f.Head("序号", "社区", "表", "第一张收到", "最后一张收到", "在用", "收入行数", "被替换", "迟交")
	f.Repeat(3)
	n := 0
	for _, community := range in.Communities {
		each(in.Slices, community, func(r reader) {
			n++
			f.Row(n, community, kindTitle(r.text("kind")), r.day("first_on"), r.day("last_on"), r.count("sheets"), r.count("rows"), r.count("superseded"), r.count("late"))
		})
	}
}

// missing is what is still due.
func (in SubmissionsInput) missing(s Scope, b *reports.Book) {
	count := reports.FormColumn{Format: "0", Least: 12}
	f := b.Form("缺交的表", number, reports.FormColumn{Least: 14}, reports.FormColumn{Least: 18}, reports.FormColumn{Least: 18}, count, count,
		reports.FormColumn{Least: 24, Open: true, Choices: []string{"已催报", "本期没有，不用交", "已补交"}})
	f.Title(s.title("缺交的表"), "本来就没有的（如没有人捐款），核对后不必理会", "")
	f.Head("序号", "社区", "表", "期间", "上期交了\n（张）", "同期交了的\n社区（个）", "催报情况")
	f.Repeat(3)
	n := 0
	for row := range in.Missing.Rows {
		r := reader{in.Missing, row}
		if !slices.Contains(in.Communities, r.text("community")) {
			continue
		}
		n++
		f.Row(n, r.text("community"), kindTitle(r.text("kind")), r.period().Title(), r.count("before"), r.count("others"), nil)
	}
	if n == 0 {
		f.Row(nil, "没有缺交的表", "", "", nil, nil, shut)
	}
}
