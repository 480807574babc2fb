package ingest

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/ingest/person"
	"xingce/ingest/sheet"
)

// A walk goes down the rows below a header once.
type walk struct {
	batch   *Batch
	layout  *layout
	sheet   *sheet.Sheet
	header  []sheet.Row
	convert converter

	values []any
	merged map[int][]sheet.Range // by 0-based column; nil until asked for
	held   map[int]held          // by located column: the last value of its own
	seen   map[string]int        // rows by key
	index  map[string]int        // of fields by name
	sums   map[string]decimal.Decimal
	stated map[string]stated
}

// held is what a merged cell carries down.
type held struct {
	row    int
	values []any
}

func (w *walk) rows(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		last := w.header[len(w.header)-1].Number
		w.index = map[string]int{}
		for i, f := range w.batch.Kind.Fields() {
			w.index[f.Name] = i
		}
		w.values = make([]any, len(w.index))
		w.held, w.seen = map[int]held{}, map[string]int{}
		w.sums, w.stated = map[string]decimal.Decimal{}, map[string]stated{}
		for row, err := range w.sheet.Rows(ctx) {
			if err != nil {
				yield(Row{}, err)
				return
			}
			if row.Number <= last || blank(row) {
				continue
			}
			ok, err := w.row(ctx, row)
			if err != nil {
				yield(Row{}, err)
				return
			}
			if ok && !yield(Row{Number: row.Number, Values: w.values}, nil) {
				return
			}
		}
		w.compareTotals()
	}
}

// row reads one row into values; false if it is skipped or rejected.
func (w *walk) row(ctx context.Context, row sheet.Row) (bool, error) {
	counts := &w.batch.Counts
	counts.Read++
	if w.aside(row) {
		counts.Skipped++
		return false, nil
	}
	clear(w.values)
	faults := 0
	for i, col := range w.layout.columns {
		var cell sheet.Cell
		if col.at < len(row.Cells) {
			cell = row.Cells[col.at]
		}
		fields := w.values[col.field : col.field+col.width]
		if f := w.convert.convert(col, cell, fields); f != nil {
			w.issue(Error, f.code, row.Number, col, w.shown(col, cell), f.wanted, f.mend)
			faults++
			continue
		}
		if fields[0] == nil && col.Fill {
			if err := w.fill(ctx, i, row.Number, fields); err != nil {
				return false, err
			}
		} else if col.Fill {
			w.held[i] = held{row.Number, append(w.held[i].values[:0], fields...)}
		}
		if fields[0] == nil && col.Required {
			w.issue(Error, "required", row.Number, col, col.heading+"是空的", col.Title(), "请补填")
			faults++
		}
	}
	if faults == 0 {
		if w.batch.Kind.Single && counts.Accepted > 0 {
			w.issue(Error, "second-row", row.Number, w.layout.columns[0], "这一行之前已经有一行了", w.batch.Kind.Title+"只填一行", "请删去多余的行")
			faults++
		} else if first, col := w.twice(row.Number); first > 0 {
			w.issue(Error, "duplicate", row.Number, col, fmt.Sprintf("与第 %d 行重复", first), "每人（户）一行", "请删去重复的一行")
			faults++
		}
	}
	if faults > 0 {
		counts.Rejected++
		return false, nil
	}
	// Only now: the findings of a row that stays out would distract.
	w.look(row.Number)
	counts.Accepted++
	w.add()
	return true, nil
}

var (
	totalRow = regexp.MustCompile(`^(总合计|总计)|^(?:本页)?(?:合计|小计|共计)|(?:合计|小计):?$`)
	asideRow = regexp.MustCompile(`^(?:(?:单位)?(?:制表|填表|审核|复核|审批|填报|经办|制单|负责)(?:[人员者:(]|单位|日期|时间|$)|填[写表报]说明|说明(?::|$)|注:|备注:|示例|例:|[【(\[]?(?:必填|选填)[】)\]]?$)`)
)

// aside reports whether a row is no data: a total, the names of those who
// made the sheet, a remark, filling instructions, a header said again, or a
// row prepared with a number and left empty.
func (w *walk) aside(row sheet.Row) bool {
	first := ""
	for _, cell := range row.Cells {
		if first = person.Compact(cell.Text); first != "" {
			break
		}
	}
	if m := totalRow.FindStringSubmatch(first); m != nil {
		w.total(row, m[1] != "")
		return true
	}
	if asideRow.MatchString(first) {
		return true
	}
	filled, again := 0, 0
	for _, col := range w.layout.columns {
		if col.at >= len(row.Cells) {
			continue
		}
		text := strings.TrimSpace(row.Cells[col.at].Text)
		if text == "" || col.number {
			continue
		}
		filled++
		if slices.ContainsFunc(w.header, func(h sheet.Row) bool {
			return col.at < len(h.Cells) && strings.TrimSpace(h.Cells[col.at].Text) == text
		}) {
			again++
		}
	}
	return filled == 0 || again > 1 && again == filled
}

// fill takes a blank cell's value from the first cell of its merged range.
func (w *walk) fill(ctx context.Context, i, row int, fields []any) error {
	held, ok := w.held[i]
	if !ok {
		return nil
	}
	if w.merged == nil {
		ranges, err := w.sheet.Merges(ctx)
		if err != nil {
			return err
		}
		w.merged = map[int][]sheet.Range{}
		for _, r := range ranges {
			if r.LastRow > r.FirstRow {
				w.merged[r.FirstCol-1] = append(w.merged[r.FirstCol-1], r)
			}
		}
		for _, list := range w.merged {
			slices.SortFunc(list, func(a, b sheet.Range) int { return a.FirstRow - b.FirstRow })
		}
	}
	list := w.merged[w.layout.columns[i].at]
	at, exact := slices.BinarySearchFunc(list, held.row, func(r sheet.Range, row int) int { return r.FirstRow - row })
	if exact && row <= list[at].LastRow {
		copy(fields, held.values)
	}
	return nil
}

// twice gives an earlier row with the same key, 0 if there is none, and the
// last column of the key.
func (w *walk) twice(number int) (first int, at located) {
	var key strings.Builder
	for _, name := range w.batch.Kind.Key {
		i := slices.IndexFunc(w.layout.columns, func(c located) bool { return c.Name == name })
		if i < 0 || w.values[w.layout.columns[i].field] == nil {
			return 0, at
		}
		at = w.layout.columns[i]
		fmt.Fprintf(&key, "%v\x00", w.values[at.field])
	}
	if key.Len() == 0 {
		return 0, at
	}
	if first, twice := w.seen[key.String()]; twice {
		return first, at
	}
	w.seen[key.String()] = number
	return 0, at
}

// look lists the findings of an accepted row.
func (w *walk) look(number int) {
	for _, col := range w.layout.columns {
		if col.InPeriod {
			if day, ok := w.day(col); ok && !w.batch.Slice.Period.Contains(day) {
				w.issue(Warning, "out-of-period", number, col, day.Format("2006-01-02"), w.batch.Slice.Period.Title()+"内的日期", "请核对日期或期间")
			}
		}
	}
	for _, f := range w.batch.Kind.Findings {
		if f.When(record{w.index, w.values}) {
			at := slices.IndexFunc(w.layout.columns, func(c located) bool { return c.Name == f.Column })
			if at >= 0 {
				w.issue(Warning, cmp.Or(f.Code, "blank-"+f.Column), number, w.layout.columns[at], f.Says, "", f.Mend)
			}
		}
	}
}

func (w *walk) issue(severity Severity, code string, row int, col located, found, wanted, mend string) {
	w.batch.Issues = append(w.batch.Issues, Issue{
		Severity: severity, Code: code, File: w.batch.Source.File, Sheet: w.batch.Sheet,
		Cell: fmt.Sprintf("%s%d", sheet.Column(col.at+1), row), Row: row, Found: found, Wanted: wanted, Mend: mend,
	})
}

var (
	addressLike = regexp.MustCompile(`[省市县区镇乡村街路巷弄道苑园庄栋幢室组].*[\d一二三四五六七八九十]|[\d一二三四五六七八九十].*(?:[路街巷弄栋幢室组]|单元)`)
	longNumber  = regexp.MustCompile(`\d{9,}[Xx]?`)
)

// shown is what an issue may say of a cell: nothing private in clear, whatever
// column it stands in and however it is misspelt.
func (w *walk) shown(col located, cell sheet.Cell) string {
	text := tidy(cell.Text)
	switch {
	case cell.Type == sheet.Number && col.Type == IDNumber:
		f, _ := strconv.ParseFloat(text, 64)
		text = strconv.FormatFloat(f, 'E', 5, 64) // as Excel shows it
	case addressLike.MatchString(text):
		text = person.Mask(person.AddressSort, text)
	case col.Type == Phone && longNumber.MatchString(text):
		text = person.Mask(person.PhoneSort, text)
	default:
		text = longNumber.ReplaceAllStringFunc(person.Scrub(text), func(number string) string { return person.Mask(person.IDSort, number) })
	}
	if short := []rune(text); len(short) > 40 {
		text = string(short[:40]) + "…"
	}
	return fmt.Sprintf("%s写的是“%s”", col.heading, text)
}

func blank(row sheet.Row) bool {
	return !slices.ContainsFunc(row.Cells, func(c sheet.Cell) bool { return strings.TrimSpace(c.Text) != "" })
}
