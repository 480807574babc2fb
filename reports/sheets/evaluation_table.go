package sheets

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/queries/stars"
	"xingce/reports"
)

// A table is a sheet with a row for every member of a list (评定表): points,
// score and star as formulas, and the columns for people's opinion.
type table struct {
	evaluation
	*reports.Form
	tab      string
	name     string // 党员星级评定表
	list     []stars.Rating
	base     bool // there is a column for it
	item     int  // the first item's column
	part     int  // the first part's
	score    int  // then the star, the check, the reasons and three to be filled in
	first    int  // row
	last     int
	rowOf    map[string]int // by person
	reckoned int            // how many rows hold formulas
}

const (
	agreed = "同意" // what the branch may say of a proposal, beside a star's name
	shut   = "—"  // where there is nothing to say
)

// The headings of the columns that a review reads.
const (
	headNumber  = "序号"
	headName    = "姓名"
	headScore   = "得分"
	headStar    = "建议星级"
	headOpinion = "支部意见"
	headPoints  = "加减分\n（登台账）"
	headWhy     = "理由"
)

// whys are offered for a decision; any other may be typed.
var whys = []string{"支部大会表决", "名额所限，支部大会表决", "同分，支部大会表决", "支委会研究", "群众评议"}

func (e evaluation) tableForm(b *reports.Book, tab, title string, list []stars.Rating) *table {
	t := &table{evaluation: e, tab: tab, name: title, list: list, rowOf: map[string]int{}}
	// Each column has as many digits as its points need, so that a row adds up
	// as printed; only the score is rounded.
	columns := []reports.FormColumn{number, {Most: 14}, {Most: 12}}
	if t.base = len(e.Policy.Parts) == 0 || !e.Policy.Base.IsZero(); t.base {
		columns = append(columns, reports.FormColumn{Format: reports.Digits(digits(e.Policy.Base))})
	}
	t.item = len(columns)
	for i := range e.Policy.Items {
		columns = append(columns, reports.FormColumn{Most: 10, Format: reports.Digits(most(list, func(r stars.Rating) decimal.Decimal { return r.Marks[i].Points }))})
	}
	t.part = len(columns)
	for i := range e.Policy.Parts {
		columns = append(columns, reports.FormColumn{Most: 12, Format: reports.Digits(most(list, func(r stars.Rating) decimal.Decimal { return r.Parts[i].Weighted }))})
	}
	t.score = len(columns)
	choices := []string{agreed}
	for i := len(e.Policy.Bands) - 1; i >= 0; i-- {
		choices = append(choices, stars.StarTitle(e.Policy.Bands[i].Star))
	}
	choices = append(choices, stars.StarTitle(0))
	t.Form = b.Form(tab, append(columns,
		reports.FormColumn{Format: reports.Digits(int(e.Policy.Digits))},
		reports.FormColumn{Least: 11, Colour: "#b3261e"},
		reports.FormColumn{Least: 7, Centre: true, Alarm: differs},
		reports.FormColumn{Least: 38, Most: 38},
		reports.FormColumn{Least: 11, Open: true, Choices: choices, Strict: true},
		reports.FormColumn{Least: 9, Format: "+0;-0;0", Open: true, Choices: []string{"5", "4", "3", "2", "1", "-1", "-2", "-3", "-4", "-5"}},
		reports.FormColumn{Least: 20, Most: 20, Open: true, Choices: whys},
	)...)
	return t
}

// same and differs are what a check says.
const (
	same    = "一致"
	differs = "不符"
)

// write writes the rows; counted are the rows of 计分依据 that hold what each
// member was counted for.
func (t *table) write(counted []countedRow) {
	p := t.Policy
	t.Title(t.title(t.name), fmt.Sprintf("依据：%s　%s%s", p.Title, proposalMark, Fingerprint(p, t.Ratings)), "单位：分")
	head := []string{headNumber, headName, "党小组"}
	if t.base {
		head = append(head, "基础分")
	}
	for _, item := range p.Items {
		head = append(head, item.Title+"\n"+strings.ReplaceAll(item.Rule(), "，", "\n"))
	}
	for _, part := range p.Parts {
		head = append(head, fmt.Sprintf("%s\n基础 %s 分\n满分 %s 分\n占 %s%%", part.Title, part.Base, part.Full, part.Weight.Mul(hundred)))
	}
	t.Head(append(head, headScore, headStar, "核对", "说明", headOpinion, headPoints, headWhy)...)
	t.Repeat(2)
	for i, r := range t.list {
		row := []any{i + 1, r.Name, group(r)}
		if r.Scored {
			row = append(row, t.reckon(r, counted[i])...)
		} else {
			row = append(row, make([]any, t.score-3)...)
			row = append(row, nil, starText(r), nil)
		}
		row = append(row, strings.Join(remarks(r), "；"))
		n := t.Row(append(row, t.blanks(r)...)...)
		if t.first == 0 {
			t.first = n
		}
		t.last = n
		t.rowOf[r.Person] = n
	}
	t.Sign(reports.Blank{Label: "填表人：", From: 2, To: 2}, reports.Blank{Label: "审核人：", From: t.score, To: t.score + 1}, reports.Blank{Label: "日期：", From: t.score + 3, To: t.score + 3})
	t.Note("得分、星级和各项分数是公式，照“计分依据”里的次数按“规则”算出；“核对”是与程序的结果比。")
	t.Note("黄色的格由支部填写：支部意见从下拉框里选，不同意建议的写明理由；填好的本簿用 xingce round import 导入，成为评定记录。加减分不直接改得分：请登记到加扣分台账，附证明材料，收表后重新测算。")
}

// remarks are what the points do not tell, in few words: the member's own page
// has each step.
func remarks(r stars.Rating) []string {
	var list []string
	for _, said := range r.Remarks {
		for _, m := range r.Marks {
			if m.Reason != said {
				continue
			}
			if said = fmt.Sprintf("%s扣 %s 分", m.Item.Title, m.Points.Abs()); m.Capped {
				said = fmt.Sprintf("%s应计 %s 分，实计 %s 分", m.Item.Title, m.Raw, m.Points)
			}
			break
		}
		list = append(list, said)
	}
	return list
}

// reckon is the cells from the base to the check.
func (t *table) reckon(r stars.Rating, counted countedRow) []any {
	t.reckoned++
	k := reckoner{p: t.Policy, cell: counted.fact}
	var row []any
	if t.base {
		row = append(row, t.Policy.Base)
	}
	for _, m := range r.Marks {
		row = append(row, reports.Formula{Text: k.points(*m.Item), Value: m.Points})
	}
	sum := fmt.Sprintf("SUM(%s:%s)", t.Here(t.item-1), t.Here(t.part-1))
	if len(t.Policy.Parts) > 0 {
		var terms []string
		if t.base {
			terms = append(terms, t.Here(t.item-1))
		}
		for i, part := range t.Policy.Parts {
			row = append(row, reports.Formula{Text: k.part(part, t.points(part.Name)), Value: r.Parts[i].Weighted})
			terms = append(terms, t.Here(t.part+i))
		}
		sum = strings.Join(append(terms, t.points("")...), "+")
	}
	score, star := t.Here(t.score), t.Here(t.score+1)
	row = append(row, reports.Formula{Text: k.score(sum), Value: r.Score})
	if r.Graded {
		row = append(row, reports.Formula{Text: k.star(score), Value: starText(r)})
	} else {
		row = append(row, starText(r))
	}
	return append(row, reports.Formula{
		Text:  fmt.Sprintf(`IF(AND(ROUND(%s-%s,8)=0,%s=%s),"%s","%s")`, score, counted.score, star, counted.star, same, differs),
		Value: same,
	})
}

// points are the cells of a part's items.
func (t *table) points(part string) []string {
	var list []string
	for i, item := range t.Policy.Items {
		if item.Part == part {
			list = append(list, t.Here(t.item+i))
		}
	}
	return list
}

// blanks are the cells for people, shut where there is nothing to say.
func (t *table) blanks(r stars.Rating) []any {
	switch {
	case r.Graded:
		return []any{nil, nil, nil}
	case r.Scored:
		return []any{shut, nil, nil}
	}
	return []any{shut, shut, shut}
}

var hundred = decimal.NewFromInt(100)

// A countedRow is where 计分依据 holds what a member was counted for.
type countedRow struct {
	fact        func(stars.Fact) string
	score, star string
}

func (e evaluation) countsForm(b *reports.Book) *reports.Form {
	columns := []reports.FormColumn{number, {Most: 14}, {Most: 12}, {Most: 12}}
	for _, f := range e.Policy.Facts() {
		columns = append(columns, reports.FormColumn{Most: 14, Format: reports.Digits(most(e.Ratings, func(r stars.Rating) decimal.Decimal { return r.Facts[f] }))})
	}
	return b.Form("计分依据", append(columns, reports.FormColumn{Format: reports.Digits(int(e.Policy.Digits)), Least: 10}, reports.FormColumn{Least: 11, Colour: "#b3261e"})...)
}

// counts writes what each member was counted for, the listed first, then those
// judged apart, and what the program made of it.
func (e evaluation) counts(s *reports.Form) []countedRow {
	s.Title(e.title("党员星级评定计分依据"), "各项数量由收到的表统计得出；空白是没有记录，计 0 分", "")
	facts, heads := columnsOf(e.Policy)
	s.Head(append(append([]string{headNumber, headName, "党小组", "党员"}, heads...), "程序得分", "程序星级")...)
	s.Repeat(2)
	at := map[stars.Fact]int{}
	for i, f := range facts {
		at[f] = 4 + i
	}
	var list []countedRow
	for _, group := range [][]stars.Rating{e.listed, e.separate} {
		for i, r := range group {
			list = append(list, e.count(s, i+1, r, facts, at))
		}
	}
	return list
}

func (e evaluation) count(s *reports.Form, n int, r stars.Rating, facts []stars.Fact, at map[stars.Fact]int) countedRow {
	row := []any{n, r.Name, group(r), r.Kind}
	for _, f := range facts {
		if count, ok := r.Facts[f]; ok && (r.Scored || r.Exempt) {
			row = append(row, count)
		} else {
			row = append(row, nil)
		}
	}
	if r.Scored {
		row = append(row, r.Score)
	} else {
		row = append(row, nil)
	}
	here := s.Row(append(row, starText(r))...)
	last := 4 + len(facts)
	return countedRow{
		fact:  func(f stars.Fact) string { return s.Cell(at[f], here) },
		score: s.Cell(last, here), star: s.Cell(last+1, here),
	}
}
