package ingest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/shopspring/decimal"

	"xingce/ingest/sheet"
)

// Totals as people write them, the word alone or with a figure behind it:
// 合计, 本页小计：, 总计（元）, 共计2笔, 大写：叁佰元整. At a row's beginning they
// may say of what: 一组小计.
const figures = `(?:¥?-?\d[\d,.]*\p{Han}{0,3}|[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟元圆角分整正]+)`

var (
	totalWord = regexp.MustCompile(`^(本[页日周旬月季年]度?|以上|上述)?(总合计|总计|合计|小计|共计|总共|总金额|总额|总数|总人数|累计|平均|人均|大写)(?:金额|捐款|人数|户数|次数|份数|时长|数)?(?:\([^()]{1,6}\))?(:.*|` + figures + `)?$`)
	groupWord = regexp.MustCompile(`^([^:]{1,12}?)(合计|小计|共计)(:|:?` + figures + `)?$`)
	figure    = regexp.MustCompile(`^(?:共?` + figures + `|[-—/]+)$`)
)

// A totalling says what a total is of.
type totalling struct {
	figure string // behind the word
	part   bool   // the rows since the last total, as 小计 is
	none   bool   // not of the rows: an average, a sum since some other sheet
}

// totalIn finds a total in a cell. Away from a row's beginning it must be the
// word alone: a remark may well say 共计2笔.
func totalIn(cell sheet.Cell, first bool) (totalling, bool) {
	if cell.Type != sheet.Text || len(cell.Text) > 80 || !strings.ContainsFunc(cell.Text, totalRune) {
		return totalling{}, false
	}
	text := compact(cell)
	m := totalWord.FindStringSubmatch(text)
	if m == nil && first {
		m = groupWord.FindStringSubmatch(text)
	}
	if m == nil || !first && strings.Trim(m[3], ":") != "" {
		return totalling{}, false
	}
	t := totalling{figure: strings.TrimPrefix(m[3], ":")}
	switch m[2] {
	case "累计", "平均", "人均":
		t.none = true
	case "小计":
		t.part = true
	case "合计", "共计":
		t.part = slices.Contains([]string{"本页", "本日", "本周", "本旬", "本月"}, m[1])
	}
	return t, true
}

// totalRune tells most cells apart at once: each word for a total has one.
func totalRune(r rune) bool { return r == '计' || r == '总' || r == '均' || r == '大' }

// isTotal reports whether a row with a total in a cell is nothing else.
func (w *walk) isTotal(cells []sheet.Cell, at int) bool {
	beside := map[int]bool{at: true}
	for _, col := range w.layout.columns {
		if col.summed() {
			beside[col.at] = true
		}
	}
	return !w.claims(cells, beside, func(i int, cell sheet.Cell) bool {
		col, text := w.layout.columns[i], compact(cell)
		if _, too := totalIn(cell, true); too { // 合计 | 大写：叁佰元整
			return false
		}
		return text != "" && (!figure.MatchString(text) || col.Type == Date && w.reads(col, cell))
	})
}

// total keeps what a total states for the columns that can be summed, to be
// compared when all rows are known.
func (w *walk) total(number int, cells []sheet.Cell, t totalling) {
	if t.none {
		return
	}
	for _, col := range w.layout.columns {
		if !col.summed() {
			continue
		}
		sum := w.sums[col.Name]
		s := stated{col: col, part: t.part, since: sum.Sub(w.before[col.Name]), so: sum, top: w.top}
		if !t.part {
			s.since = sum.Sub(w.beforeWhole[col.Name])
			w.beforeWhole[col.Name] = sum
		}
		w.before[col.Name] = sum
		if says, ok := w.says(number, col, cells, t); ok {
			s.at = len(w.batch.Totals)
			w.stated = append(w.stated, s)
			w.batch.Totals = append(w.batch.Totals, Total{Row: number, Column: col.Name, Says: says.String()})
		}
	}
}

// says reads what a total states for a column, in its cell or, of money,
// behind the word. A figure that cannot be read is a finding: it is not
// compared.
func (w *walk) says(number int, col located, cells []sheet.Cell, t totalling) (decimal.Decimal, bool) {
	written := col.in(cells)
	cell := written
	if in, ok := totalIn(cell, true); ok {
		cell.Text = in.figure
	}
	if cell.Text == "" && col.Type == Money && w.only(Money) {
		cell = inYuan(cells, t.figure)
	}
	var value [1]any
	if f := w.convert.convert(col, cell, value[:]); f != nil {
		if cell.Type == sheet.Error || strings.ContainsFunc(cell.Text, unicode.IsDigit) {
			w.issue(Warning, "total-unread", number, col, "这个合计没有核对："+w.shown(col, written), "只有一个数的合计", f.mend)
		}
		return decimal.Decimal{}, false
	}
	if value[0] == nil {
		return decimal.Decimal{}, false
	}
	return exact(value[0]), true
}

// inYuan is the amount of money that a total states away from its column:
// behind the word, 合计：350元, or in capitals in another cell.
func inYuan(cells []sheet.Cell, figure string) sheet.Cell {
	text := beforeBracket.FindString(figure)
	if _, ok := capitals(text); ok || strings.HasSuffix(text, "元") {
		return sheet.Cell{Type: sheet.Text, Text: text}
	}
	for _, cell := range cells {
		if t, ok := totalIn(cell, true); ok {
			cell.Text = t.figure
		}
		if _, ok := capitals(cell.Text); ok {
			return cell
		}
	}
	return sheet.Cell{}
}

var beforeBracket = regexp.MustCompile(`^[^(]*`)

// only reports whether a single column has this type.
func (w *walk) only(t Type) bool {
	n := 0
	for _, col := range w.layout.columns {
		if col.Type == t {
			n++
		}
	}
	return n == 1
}

func (c Column) summed() bool { return c.Type == Money || c.Type == Hours || c.Type == Count }

// stated is a total that a row states for a column.
type stated struct {
	col   located
	at    int             // in the batch's Totals
	part  bool            // 小计
	since decimal.Decimal // of the rows since the last of its sort
	so    decimal.Decimal // of all rows above
	top   bool            // there are none
}

// add sums an accepted row.
func (w *walk) add() {
	for _, col := range w.layout.columns {
		if col.summed() && w.values[col.field] != nil {
			w.sums[col.Name] = w.sums[col.Name].Add(exact(w.values[col.field]))
		}
	}
}

func exact(v any) decimal.Decimal {
	if n, ok := v.(int64); ok {
		return decimal.NewFromInt(n)
	}
	return v.(decimal.Decimal)
}

// compareTotals lists where the sheet's totals differ from its accepted rows:
// from those since the last total, since the last that was no 小计, and from
// all, whatever 小计 rows stand between. Where the first 小计 stands above the
// rows, each is of those below it.
func (w *walk) compareTotals() {
	for i, s := range w.stated {
		t, all := &w.batch.Totals[s.at], w.sums[s.col.Name]
		says, _ := decimal.NewFromString(t.Says)
		differs := func(sum decimal.Decimal) bool { return says.Sub(sum).Abs().GreaterThan(w.slack(s.col)) }
		until := all
		if next := slices.IndexFunc(w.stated[i+1:], func(n stated) bool { return n.col.Name == s.col.Name }); next >= 0 {
			until = w.stated[i+1+next].so
		}
		own := s.since
		if s.part && slices.ContainsFunc(w.stated, func(n stated) bool { return n.col.Name == s.col.Name && n.part && n.top }) {
			own = until.Sub(s.so)
		}
		sum, word, whose := all, "合计", "各行"
		if !differs(own) || differs(all) && s.part {
			sum, word, whose = own, "小计", "这一段各行"
		}
		t.Found = sum.String()
		if differs(sum) {
			w.issue(Warning, "total", t.Row, s.col, fmt.Sprintf("%s写的是 %s，%s相加是 %s", word, t.Says, whose, t.Found), "", "请核对"+word+"，或看看有没有被退回的行")
		}
	}
}

// slack is how far a sum of minutes, each rounded to a hundredth of an hour,
// may be off.
func (w *walk) slack(col located) decimal.Decimal {
	if col.Type != Hours {
		return decimal.Zero
	}
	return decimal.New(5, -3).Mul(decimal.NewFromInt(int64(w.batch.Counts.Accepted + 1)))
}

// A record shows a row by field names.
type record struct {
	index  map[string]int
	values []any
}

func (r record) Text(field string) string {
	text, _ := r.values[r.index[field]].(string)
	return text
}

func (r record) Null(field string) bool { return r.values[r.index[field]] == nil }

func (r record) Day(field string) (time.Time, bool) {
	day, ok := r.values[r.index[field]].(time.Time)
	return day, ok
}

func (r record) Number(field string) (decimal.Decimal, bool) {
	if r.Null(field) {
		return decimal.Decimal{}, false
	}
	return exact(r.values[r.index[field]]), true
}

func (w *walk) day(col located) (time.Time, bool) {
	day, ok := w.values[col.field].(time.Time)
	return day, ok
}
