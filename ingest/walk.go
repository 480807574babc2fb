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
	stack   stack

	values []any
	merged map[int][]sheet.Range // by 0-based column; nil until asked for
	held   []held                // by located column
	seen   map[string]int        // rows by key
	alike  map[uint64]int        // rows without one, by all that they hold
	lacks  map[string]bool       // columns that a finding has asked for
	index  map[string]int        // of fields by name
	sexes  sexCodes
	hidden []int // rows that were read

	numbers []bool // by column, as far as the table goes: it only numbers the rows
	top     bool   // no data since the header
	noted   bool   // the row above was a remark

	sums, before, beforeWhole map[string]decimal.Decimal // by column: so far, up to the last total, up to the last that was no 小计
	stated                    []stated
}

func (w *walk) rows(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		w.index = map[string]int{}
		for i, f := range w.batch.Kind.Fields() {
			w.index[f.Name] = i
		}
		w.values = make([]any, len(w.index))
		w.convert.period = w.batch.Slice.Period
		w.held, w.seen, w.alike, w.lacks = make([]held, len(w.layout.columns)), map[string]int{}, map[uint64]int{}, map[string]bool{}
		w.sums, w.before, w.beforeWhole = map[string]decimal.Decimal{}, map[string]decimal.Decimal{}, map[string]decimal.Decimal{}
		w.top = true
		for _, col := range w.layout.columns {
			for at := len(w.numbers); at <= col.at; at++ {
				w.numbers = append(w.numbers, slices.ContainsFunc(w.header, func(h sheet.Row) bool { return at < len(h.Cells) && numbering[plainHeading(h.Cells[at].Text)] }))
			}
		}
		for row, err := range w.own(ctx) {
			if err != nil {
				yield(Row{}, err)
				return
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
		w.tellStacked()
		w.compareTotals()
		if err := w.tellHidden(ctx); err != nil {
			yield(Row{}, err)
		}
	}
}

// named gives the column that stands at a place, or what its heading says of
// one that is not the kind's.
func (w *walk) named(at int) located {
	if i := slices.IndexFunc(w.layout.columns, func(c located) bool { return c.at == at }); i >= 0 {
		return w.layout.columns[i]
	}
	col := located{Column: &Column{}, at: at, heading: "这一格"}
	for _, h := range w.header {
		if text := tidy(col.in(h.Cells).Text); text != "" {
			col.heading = person.Scrub(text)
		}
	}
	return col
}

// row reads one row into values; false if it is skipped or rejected.
func (w *walk) row(ctx context.Context, row sheet.Row) (bool, error) {
	counts := &w.batch.Counts
	counts.Read++
	if w.merged == nil && slices.ContainsFunc(w.layout.columns, func(c located) bool { return c.in(row.Cells).Text == "" }) {
		if err := w.findMerges(ctx); err != nil {
			return false, err
		}
	}
	switch v := w.aside(row); {
	case v.skip:
		counts.Skipped++
		return false, nil
	case v.like != "":
		col := w.named(v.at)
		w.issue(Error, "unclear-row", row.Number, col, fmt.Sprintf("分不清这一行是%s还是数据，%s", v.like, w.shown(col, col.in(row.Cells))), "", "是"+v.like+"的，请删去这一行；是数据的，请换个写法")
		counts.Rejected++
		return false, nil
	}
	w.top = false
	if row.Hidden {
		w.hidden = append(w.hidden, row.Number)
	}
	clear(w.values)
	faults := 0
	bare, badID := -1, false
	// A merged name is the same person again, unless the row has something of
	// its own to tell it by.
	own, same, name := false, 0, located{}
	for i, col := range w.layout.columns {
		cell := col.in(row.Cells)
		fields := w.values[col.field : col.field+col.width]
		f := w.convert.convert(col, cell, fields)
		if f == bareSex {
			bare = i // until the row's ID number is known
			w.hold(i, row.Number, nil)
			continue
		}
		if f != nil {
			badID = badID || col.Type == IDNumber
			w.issue(Error, f.code, row.Number, col, w.shown(col, cell), f.wanted, f.mend)
			faults++
			w.hold(i, row.Number, nil)
			continue
		}
		if strings.TrimSpace(cell.Text) != "" {
			w.hold(i, row.Number, fields)
			own = own || fields[0] != nil && w.tells(col)
		} else if h := w.over(i, row.Number); h != nil {
			if f := h.fill(col, fields); f != nil {
				w.issue(Error, f.code, row.Number, col, fmt.Sprintf("%s与第 %d 行合并在一格里", col.heading, h.row), f.wanted, f.mend)
				faults++
				continue
			}
			if col.Type == PersonName && col.Required {
				same, name = h.row, col
			}
		}
		if fields[0] == nil && col.Required {
			w.issue(Error, "required", row.Number, col, col.heading+"是空的", col.Title(), "请补填")
			faults++
		}
	}
	if bare >= 0 && !badID && !w.confirmSex(w.layout.columns[bare], row) {
		faults++
	}
	if faults == 0 {
		if w.batch.Kind.Single && counts.Accepted > 0 {
			w.issue(Error, "second-row", row.Number, w.layout.columns[0], "这一行之前已经有一行了", w.batch.Kind.Title+"只填一行", "请删去多余的行")
			faults++
		} else if same > 0 && !own {
			w.issue(Error, "duplicate", row.Number, name, fmt.Sprintf("与第 %d 行是同一个人，合并在一格里", same), w.batch.Kind.Rows, "请把两行的内容并成一行；是两个人的，请取消合并，分别填写")
			faults++
		} else if first, col := w.twice(row.Number); first > 0 {
			w.issue(Error, "duplicate", row.Number, col, fmt.Sprintf("与第 %d 行重复", first), w.batch.Kind.Rows, "请删去重复的一行")
			faults++
		}
	}
	if faults > 0 {
		counts.Rejected++
		return false, nil
	}
	// Only now: the findings of a row that stays out would distract.
	w.look(row.Number)
	w.same(row.Number)
	counts.Accepted++
	w.add()
	return true, nil
}

// confirmSex reads a bare code of sex by the row's ID number.
func (w *walk) confirmSex(col located, row sheet.Row) bool {
	byID := ""
	if at := slices.IndexFunc(w.layout.columns, func(c located) bool { return c.Type == IDNumber }); at >= 0 {
		byID, _ = w.values[w.layout.columns[at].field+4].(string)
	}
	cell := row.Cells[col.at]
	if f := w.sexes.confirm(person.Compact(number(cell, tidy(cell.Text))), byID, row.Number); f != nil {
		w.issue(Error, f.code, row.Number, col, w.shown(col, cell), f.wanted, f.mend)
		return false
	}
	w.values[col.field] = byID
	return true
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
			switch {
			case at >= 0:
				w.issue(Warning, cmp.Or(f.Code, "blank-"+f.Column), number, w.layout.columns[at], f.Says, "", f.Mend)
			case f.Code == "" && !w.lacks[f.Column]:
				w.lacks[f.Column] = true
				w.tellLack(f)
			}
		}
	}
}

// tellLack says once that a sheet has no column for what a finding asks.
func (w *walk) tellLack(f Finding) {
	at := slices.IndexFunc(w.batch.Kind.Columns, func(c Column) bool { return c.Name == f.Column })
	w.batch.Issues = append(w.batch.Issues, Issue{Severity: Warning, Code: "no-column", File: w.batch.Source.File, Sheet: w.batch.Sheet, Row: w.header[len(w.header)-1].Number,
		Found: "没有“" + w.batch.Kind.Columns[at].Title() + "”一列", Mend: f.Mend})
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
	fiveDigits  = regexp.MustCompile(`(?:\d.*){5}`)
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
	case col.Type == Phone && fiveDigits.MatchString(text):
		text = person.Mask(person.PhoneSort, text)
	case col.Type == IDNumber && len(text) < 15 && fiveDigits.MatchString(text): // a passport, of few digits
		text = "****"
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
