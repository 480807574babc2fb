package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/ingest/person"
	"xingce/ingest/sheet"
)

// A Reader applies the kinds to files.
type Reader struct {
	Kinds []*Kind
	// Communities are the names that a sheet may be about; with none, any
	// name that ends like one is taken.
	Communities []string
	Keys        *person.Keys
	Limits      sheet.Limits
}

// A Report is what became of a file.
type Report struct {
	Source  Source
	Batches []*Batch
	// Issues of the file and of sheets that gave no batch; each batch has
	// its own.
	Issues []Issue
}

// AllIssues are those of the file and of its batches.
func (r Report) AllIssues() []Issue {
	all := slices.Clone(r.Issues)
	for _, b := range r.Batches {
		all = append(all, b.Issues...)
	}
	return all
}

// Faulty reports whether something was kept out.
func (r Report) Faulty() bool {
	return slices.ContainsFunc(r.AllIssues(), func(i Issue) bool { return i.Severity == Error })
}

// Counts sums the batches.
func (r Report) Counts() Counts {
	var sum Counts
	for _, b := range r.Batches {
		sum = sum.Add(b.Counts)
	}
	return sum
}

// Read reads a file and hands each sheet's batch to load, which walks its
// rows. A sheet that cannot be placed gives issues and no batch.
//
// The error is load's or ctx's, or a *sheet.Refusal, also in the report, when
// the file is at fault: then nothing of it may be kept, also of sheets loaded
// before.
func (r *Reader) Read(ctx context.Context, src Source, file io.ReaderAt, hint Hint, load func(*Batch) error) (Report, error) {
	report := Report{Source: src}
	err := r.read(ctx, &report, file, hint, load)
	var refusal *sheet.Refusal
	if errors.As(err, &refusal) {
		report.Batches = nil
		report.Issues = []Issue{{Severity: Error, Code: refusal.Code, File: src.File, Found: refusal.Error(), Row: refusal.Row}}
		return report, refusal
	}
	return report, err
}

func (r *Reader) read(ctx context.Context, report *Report, file io.ReaderAt, hint Hint, load func(*Batch) error) error {
	src := report.Source
	book, err := sheet.Open(file, src.Bytes, r.Limits)
	if err != nil {
		return err
	}
	bySlice := map[Slice]string{}
	for _, sh := range book.Sheets {
		issue := func(i Issue) {
			i.File, i.Sheet = src.File, sh.Name
			report.Issues = append(report.Issues, i)
		}
		if sh.Visibility != sheet.Visible {
			issue(Issue{Severity: Warning, Code: "hidden-sheet", Found: "隐藏的工作表，没有读入", Mend: "要读入请先取消隐藏"})
			continue
		}
		batch, issues, err := r.open(ctx, src, sh, hint)
		if err != nil {
			return err
		}
		for _, i := range issues {
			issue(i)
		}
		if batch == nil {
			continue
		}
		if other, twice := bySlice[batch.Slice]; twice {
			issue(Issue{Severity: Error, Code: "same-slice", Found: fmt.Sprintf("与工作表“%s”是同一社区、同一期的%s", other, batch.Kind.Title), Wanted: "每期一张表", Mend: "请合并成一张，或分成两个文件说明"})
			continue
		}
		bySlice[batch.Slice] = sh.Name
		if err := load(batch); err != nil {
			return err
		}
		if batch.Counts.Accepted == 0 && batch.Counts.Rejected == 0 {
			issue(Issue{Severity: Error, Code: "no-rows", Found: "表头下面没有数据行", Wanted: "至少一行数据"})
		}
		report.Batches = append(report.Batches, batch)
	}
	if len(report.Batches) == 0 {
		for i := range report.Issues {
			if report.Issues[i].Code == "no-header" {
				report.Issues[i].Severity = Error
			}
		}
		if len(report.Issues) == 0 {
			report.Issues = append(report.Issues, Issue{Severity: Error, Code: "empty", File: src.File, Found: "文件里没有内容", Wanted: "有表头和数据的工作表"})
		}
	}
	return nil
}

// open finds a sheet's kind and slice. It gives no batch for a sheet that is
// blank or that it cannot place.
func (r *Reader) open(ctx context.Context, src Source, sh *sheet.Sheet, hint Hint) (*Batch, []Issue, error) {
	var top []sheet.Row
	for row, err := range sh.Rows(ctx) {
		if err != nil {
			return nil, nil, err
		}
		row.Cells = slices.Clone(row.Cells)
		if top = append(top, row); len(top) == headerRows {
			break
		}
	}
	if !slices.ContainsFunc(top, func(row sheet.Row) bool { return !blank(row) }) {
		return nil, nil, nil
	}
	kinds := r.Kinds
	if hint.Kind != "" {
		kinds = slices.DeleteFunc(slices.Clone(kinds), func(k *Kind) bool { return k.Name != hint.Kind })
	}
	texts := func(first int) []string {
		var lines []string
		for _, row := range top[:first] {
			for _, cell := range row.Cells {
				if cell.Text != "" {
					lines = append(lines, tidy(cell.Text))
				}
			}
		}
		return append(lines, sh.Name, path.Base(src.File))
	}
	found := detect(top, kinds, func(first int) string { return strings.Join(texts(first), " ") })
	switch {
	case len(found) == 0 || found[0].score < 2:
		return nil, []Issue{{Severity: Warning, Code: "no-header", Found: "前 30 行里找不到认识的表头，这张表没有读入", Wanted: "含有" + titles(kinds) + "之一的表头", Mend: "请检查表头文字，或用模板填报"}}, nil
	case len(found) > 1:
		return nil, []Issue{{Severity: Error, Code: "ambiguous-kind", Found: fmt.Sprintf("分不清是%s还是%s", found[0].kind.Title, found[1].kind.Title), Wanted: "标题或工作表名写明是哪一种", Mend: "补上后重新上传，或用 --kind 指定"}}, nil
	}
	l := found[0]
	headerRow := top[l.first].Number
	if len(l.missing) > 0 {
		var list []string
		for _, c := range l.missing {
			list = append(list, c.Title())
		}
		return nil, []Issue{{Severity: Error, Code: "missing-column", Row: headerRow, Found: fmt.Sprintf("%s缺少必需的列：%s", l.kind.Title, strings.Join(list, "、")), Wanted: "表头里有这些列", Mend: "补上列后重新上传"}}, nil
	}
	slice, issues := r.place(l.kind, hint, sh.Name, texts(l.first))
	if len(issues) > 0 {
		return nil, issues, nil
	}
	b := &Batch{Source: src, Sheet: sh.Name, Kind: l.kind, Slice: slice, Dropped: l.dropped}
	b.Rows = (&walk{batch: b, layout: l, sheet: sh, header: top[l.first : l.first+l.levels], convert: converter{r.Keys, sh.Date1904}}).rows(ctx)
	return b, nil, nil
}

func titles(kinds []*Kind) string {
	var list []string
	for _, k := range kinds {
		list = append(list, k.Title)
	}
	return strings.Join(list, "、")
}

func blank(row sheet.Row) bool {
	return !slices.ContainsFunc(row.Cells, func(c sheet.Cell) bool { return strings.TrimSpace(c.Text) != "" })
}

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
		w.held, w.seen, w.sums = map[int]held{}, map[string]int{}, map[string]decimal.Decimal{}
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
			w.held[i] = held{row.Number, slices.Clone(fields)}
		}
		if fields[0] == nil && col.Required {
			w.issue(Error, "required", row.Number, col, col.heading+"是空的", col.Title(), "请补填")
			faults++
		}
	}
	if faults == 0 {
		if first, twice := w.twice(row.Number); twice {
			w.issue(Error, "duplicate", row.Number, w.layout.columns[0], fmt.Sprintf("与第 %d 行重复", first), "每人（户）一行", "请删去重复的一行")
			faults++
		}
	}
	if faults > 0 {
		counts.Rejected++
		// The findings of a row that stays out would only distract.
		w.batch.Issues = slices.DeleteFunc(w.batch.Issues, func(i Issue) bool {
			return i.Row == row.Number && i.Severity == Warning
		})
		return false, nil
	}
	w.look(row.Number)
	counts.Accepted++
	w.add()
	return true, nil
}

var (
	totalRow = regexp.MustCompile(`^(?:总?合计|总计|小计|本页合计|共计)`)
	asideRow = regexp.MustCompile(`^(?:制表|填表|审核|复核|负责人|单位负责人|填报|经办|制单|填写说明|填表说明|说明[:：]|说明$|注[:：]|备注[:：]|示例|例[:：]|【?必填】?$|选填$)`)
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
	if totalRow.MatchString(first) {
		w.total(row)
		return true
	}
	if asideRow.MatchString(first) {
		return true
	}
	filled, again := 0, 0
	for _, col := range w.layout.columns {
		if col.at < len(row.Cells) {
			if text := strings.TrimSpace(row.Cells[col.at].Text); text != "" {
				filled++
				if tidy(text) == col.heading {
					again++
				}
			}
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

// twice reports whether an earlier row has the same key, and which.
func (w *walk) twice(number int) (first int, twice bool) {
	if len(w.batch.Kind.Key) == 0 {
		return 0, false
	}
	var key strings.Builder
	for _, name := range w.batch.Kind.Key {
		at := slices.IndexFunc(w.layout.columns, func(c located) bool { return c.Name == name })
		if at < 0 || w.values[w.layout.columns[at].field] == nil {
			return 0, false
		}
		fmt.Fprintf(&key, "%v\x00", w.values[w.layout.columns[at].field])
	}
	if first, twice := w.seen[key.String()]; twice {
		return first, true
	}
	w.seen[key.String()] = number
	return 0, false
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
				w.issue(Warning, "blank-"+f.Column, number, w.layout.columns[at], f.Says, "", f.Mend)
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

// shown is what an issue may say of a cell: nothing private in clear.
func (w *walk) shown(col located, cell sheet.Cell) string {
	text := tidy(cell.Text)
	switch col.Type {
	case IDNumber:
		if len(text) >= 15 && !strings.ContainsAny(text, "Ee.") {
			text = person.Mask(person.IDSort, text)
		}
	case Phone:
		text = person.Mask(person.PhoneSort, text)
	case Address:
		text = person.Mask(person.AddressSort, text)
	default:
		text = person.Scrub(text)
	}
	if short := []rune(text); len(short) > 40 {
		text = string(short[:40]) + "…"
	}
	return fmt.Sprintf("%s写的是“%s”", col.heading, text)
}
