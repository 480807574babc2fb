package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/ingest/person"
	"xingce/ingest/sheet"
)

// A verdict says what a row is: data, if it is zero.
type verdict struct {
	skip bool   // no data
	like string // data or this: it looks like both
	at   int    // the cell that makes it look so
}

// aside finds the rows that are no data: totals, the names of those who made
// the sheet, remarks, instructions and numbers under the headings, examples,
// rows prepared with a number and left empty.
//
// A row is judged by its whole shape. The word alone decides nothing:
// 小计算机兴趣班 is an activity and 负责人 a duty. What looks like both is an
// error for the clerk to settle, and never passed over.
func (w *walk) aside(row sheet.Row) verdict {
	// What stands right of the table is another matter.
	cells := row.Cells[:min(len(row.Cells), len(w.numbers))]
	first := 0 // of the cells that hold more than the row's number
	for first < len(cells) && (w.numbers[first] || compact(cells[first]) == "") {
		first++
	}
	for at, cell := range cells {
		if t, ok := totalIn(cell, at <= first); ok {
			if !w.isTotal(cells, at) {
				return verdict{like: "合计", at: at}
			}
			w.total(row.Number, cells, t)
			return verdict{skip: true}
		}
	}
	if w.empty(cells) {
		return verdict{skip: true}
	}
	if v := w.guides(cells); v != (verdict{}) {
		return v
	}
	if w.noted && filled(cells) == 1 && listed.MatchString(compact(cells[first])) {
		return verdict{skip: true}
	}
	v := w.signed(row.Number, cells, first)
	w.noted = v.skip && remark.MatchString(compact(cells[first]))
	return v
}

// compact is a cell's text as words are compared.
func compact(cell sheet.Cell) string { return person.Compact(cell.Text) }

// empty reports whether none of the kind's columns holds anything but a number
// for the row.
func (w *walk) empty(cells []sheet.Cell) bool {
	return !slices.ContainsFunc(w.layout.columns, func(col located) bool {
		return !col.number && strings.TrimSpace(col.in(cells).Text) != ""
	})
}

// repeats reports whether a row is a level of the header again.
func (w *walk) repeats(cells []sheet.Cell) bool {
	again := 0
	for _, col := range w.layout.columns {
		text := strings.TrimSpace(col.in(cells).Text)
		if text == "" || col.number {
			continue
		}
		if !slices.ContainsFunc(w.header, func(h sheet.Row) bool { return strings.TrimSpace(col.in(h.Cells).Text) == text }) {
			return false
		}
		again++
	}
	return again > 1
}

// claims reports whether a row has all that the kind must have, in cells other
// than those whose words say that it is no data.
func (w *walk) claims(cells []sheet.Cell, words map[int]bool, has func(i int, cell sheet.Cell) bool) bool {
	claims := false
	for i, col := range w.layout.columns {
		if !col.wanted() || words[col.at] {
			continue
		}
		if !has(i, col.in(cells)) {
			return false
		}
		claims = true
	}
	return claims
}

// Those who made a sheet, and when: 制表人：张三, 单位负责人（签字）, or the word
// in one cell and the name in the next.
const making = `(?:制表|填表|填报|上报|报送|编制|统计|录入|制单|审核|复核|审批|经办|负责)`

var (
	signedBy = regexp.MustCompile(`^(?:\p{Han}{0,6}?` + making + `(?:人员?|员|者|单位|部门|领导|日期|时间)?|日期|联系人|联系电话|电话|书记|主任|会计|出纳|监督人|单位)` +
		`(?::.*|\(?(?:签[字名章]|盖章|公章)\)?(?::.*)?)$|^(?:制表|填[表报]|上报)(?:日期|时间)\d.*$|^\((?:签[字名章]|盖章|公章)\)$`)
	// Without a colon it may be a duty, but for those that never are.
	signing     = regexp.MustCompile(`^\p{Han}{0,6}?` + making + `(?:人员?|员|者|单位|部门|领导|日期|时间)$`)
	signingOnly = regexp.MustCompile(`^(?:制表|填表|填报|制单|复核)(?:人|日期|时间)$`)
	signature   = regexp.MustCompile(`^[\p{Han}·、]{2,12}$`)
	signedOn    = regexp.MustCompile(`^\d{4}[-年./]\d{1,2}[-月./]\d{1,2}(?:\D.*)?$`)
	listed      = regexp.MustCompile(`^\(?[\d一二三四五六七八九十]{1,2}[.、)]`) // below 说明：
	remark      = regexp.MustCompile(`^(?:注|备注|附注|说明|提示|温馨提示)(?:\d{0,2}:.*|\d{0,2}|\d{1,2}[.、].*)$|^填[写表报](?:说明|须知)`)
)

// signed judges a row that begins as the foot of a sheet does.
func (w *walk) signed(number int, cells []sheet.Cell, first int) verdict {
	words, values := map[int]bool{}, 0
	firm := false  // a word that is no duty
	named := false // a word whose name is in the next cell
	for at := first; at < len(cells); at++ {
		text := compact(cells[at])
		switch {
		case text == "" || w.numbers[at]:
			continue
		case named && signature.MatchString(text) && !signing.MatchString(text), (named || firm) && signedOn.MatchString(text):
			named = false
			values++
			continue
		case signedBy.MatchString(text):
			firm, named = true, strings.HasSuffix(text, ":") || !strings.Contains(text, ":")
		case signing.MatchString(text):
			firm, named = firm || signingOnly.MatchString(text), true
		case at == first && remark.MatchString(text):
			firm, named = true, false
		default:
			return verdict{}
		}
		words[at] = true
	}
	full := w.claims(cells, words, func(i int, cell sheet.Cell) bool {
		return strings.TrimSpace(cell.Text) != "" || w.over(i, number) != nil
	})
	// A duty without its holder is no signature.
	duty := slices.ContainsFunc(w.layout.columns, func(c located) bool { return c.at == first && c.Type == Text && c.wanted() })
	switch {
	case !full && (firm || !duty):
		return verdict{skip: true}
	case full && (firm || 2*(len(words)+values) < len(w.layout.columns)):
		return verdict{like: "落款或备注", at: first}
	}
	return verdict{}
}

// What stands under headings to say how they are filled in. Some of it could
// be data: that counts only beside the other.
var (
	guideCell = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
		`\(.+\)`,                            // （按实际日期填写）
		`填.+`, `以.+为单位`, `(?:选择|输入|从?下拉).*`, // 填真实姓名
		`(?:请|按|如实|统一|只|应|须|需|可|不).{0,12}(?:填|选|写|输入).*`,
		`[\[【<]?(?:非?必填|选填|必选|可选|可空|不必填|必须填写|无需填写|自动(?:生成|计算|带出))(?:项|列|内容)?[\]】>]?`,
		`(?:格式|要求|说明|示例|样例|例如?|如):.+`,
		`.{0,8}(?:格式|类型)`, // 文本格式
		`(?:文本|文字|字符串?|数字|数值|整数|小数|阿拉伯数字|汉字|中文|日期|下拉|单选|多选)型?`,
		`y{2,4}\W?m{1,2}(?:\W?d{1,2})?.*`, `x{2,4}(?:年x{1,2}月.*|[-./]x{1,2}.*)?`, `年[-./]?月(?:[-./]?日)?`,
		`\d+位.*`, // 18 位
	}, "|") + `)$`)
	guideUnit = regexp.MustCompile(`^(?:单位:.+|元|万元|小时|分钟|人|次|分|示例|样例|例|\p{Han}{1,6}(?:[/或、]\p{Han}{1,6})+)$`)
	example   = regexp.MustCompile(`^(?:(?:示例|样例|范例|例)(?:\d{0,2}|行)(?::.*)?|填[写报](?:要求|说明|格式|示例))$`)
)

// guides judges what stands between the header and the data.
func (w *walk) guides(cells []sheet.Cell) verdict {
	lead := slices.IndexFunc(cells, func(c sheet.Cell) bool { return compact(c) != "" })
	ours := func(at int) bool {
		return slices.ContainsFunc(w.layout.columns, func(c located) bool { return c.at == at && !c.number })
	}
	if !ours(lead) && example.MatchString(compact(cells[lead])) {
		return verdict{skip: true}
	}
	if !w.top {
		return verdict{}
	}
	if guideRow(cells) {
		if at := w.units(cells); at >= 0 {
			return verdict{like: "单位说明", at: at}
		}
		return verdict{skip: true}
	}
	switch n := numbered(cells); {
	case n > 5:
		return verdict{skip: true}
	case n > 2:
		if !w.claims(cells, nil, func(i int, cell sheet.Cell) bool { return w.reads(w.layout.columns[i], cell) }) {
			return verdict{skip: true}
		}
		return verdict{like: "栏号", at: lead}
	}
	if at := slices.IndexFunc(cells, func(c sheet.Cell) bool { return example.MatchString(compact(c)) }); at >= 0 && ours(at) {
		return verdict{like: "示例", at: at}
	}
	return verdict{}
}

func guideRow(cells []sheet.Cell) bool {
	told := false
	for _, cell := range cells {
		switch text := compact(cell); {
		case text == "":
		case cell.Type != sheet.Text:
			return false
		case guideCell.MatchString(text):
			told = true
		case !guideUnit.MatchString(text):
			return false
		}
	}
	return told
}

var (
	unitSaid  = regexp.MustCompile(`^\(?(?:单位:|以|填写?)?([^()]{1,6}?)(?:为单位)?\)?$`)
	otherUnit = regexp.MustCompile(`[百千]元|万|分钟|公顷|平方米|%|‰`)
)

// units gives columns whose headings name no unit the one that stands below
// them: （万元）. It gives the place of a cell that says another than the
// heading, or not clearly which, else -1.
func (w *walk) units(cells []sheet.Cell) int {
	for i := range w.layout.columns {
		col := &w.layout.columns[i]
		if col.Type != Money && col.Type != Hours && col.Type != Area && col.Type != Share {
			continue
		}
		text := strings.ToLower(compact(col.in(cells)))
		if m := unitSaid.FindStringSubmatch(text); m != nil && m[1] != col.unit {
			one, ok := w.worth(*col, m[1])
			if was, _ := w.worth(*col, col.unit); ok && col.unit != "" && !one.Equal(was) {
				return col.at
			}
			if ok {
				col.unit = m[1]
			}
		}
		if !strings.Contains(col.unit, otherUnit.FindString(text)) {
			return col.at
		}
	}
	return -1
}

// worth is what a one in a unit is stored as; false if the column has no such.
func (w *walk) worth(col located, unit string) (decimal.Decimal, bool) {
	col.unit = unit
	var value [1]any
	if f := w.convert.convert(col, sheet.Cell{Type: sheet.Text, Text: "1"}, value[:]); f != nil {
		return decimal.Decimal{}, false
	}
	return exact(value[0]), true
}

// reads reports whether a cell holds what its column wants.
func (w *walk) reads(col located, cell sheet.Cell) bool {
	values := make([]any, col.width)
	return w.convert.convert(col, cell, values) == nil && values[0] != nil
}

// in gives a column's cell of a row.
func (c located) in(cells []sheet.Cell) sheet.Cell {
	if c.at >= len(cells) {
		return sheet.Cell{}
	}
	return cells[c.at]
}

// columnSigns number the columns of a form, the words first: 甲 乙 1 2 3.
var columnSigns = []string{"甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "一二三四五六七八九十"}

// numbered counts the cells of a row that only numbers the columns, 0 if it
// does more.
func numbered(cells []sheet.Cell) int {
	next := make([]int, len(columnSigns)+1) // of each sort of signs
	sort, count := -1, 0
	for _, cell := range cells {
		text := strings.Trim(compact(cell), "()")
		if text == "" || count == 0 && (text == "栏次" || text == "栏号" || text == "序号") {
			continue
		}
		at, n := len(columnSigns), 0
		if i, err := strconv.Atoi(text); err == nil {
			n = i - 1
		} else {
			at = slices.IndexFunc(columnSigns, func(signs string) bool { return strings.Contains(signs, text) })
			if at < 0 || len([]rune(text)) > 1 {
				return 0
			}
			n = len([]rune(columnSigns[at][:strings.Index(columnSigns[at], text)]))
		}
		if n != next[at] || at != sort && n > 0 {
			return 0
		}
		sort, next[at] = at, n+1
		count++
	}
	return count
}
