package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"xingce/ingest/markup"
	"xingce/ingest/person"
	"xingce/ingest/sheet"
)

// A Reader applies the kinds to files.
type Reader struct {
	Kinds []*Kind
	// Communities are the names that a sheet may be about; with none, any
	// name that ends like one is taken.
	Communities []string
	// Aliases are the headings that were proposed before, and what people said.
	Aliases []Alias
	Keys    *person.Keys
	Limits  sheet.Limits
}

// A Report is what became of a file.
type Report struct {
	Source  Source
	Batches []*Batch
	// Left are the sheets that gave no batch, though they hold something.
	Left []Left
	// Issues of the file and of sheets that gave no batch; each batch has
	// its own.
	Issues []Issue
	// Proposed are the headings to ask a person about, none asked before.
	Proposed []Alias
}

// A Left sheet was not taken in at all; an issue says why. Its rows count as
// rejected, or as skipped if that is only a finding.
type Left struct {
	Sheet  string
	Counts Counts
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

// Counts sums the batches, and what was left.
func (r Report) Counts() Counts {
	var sum Counts
	for _, b := range r.Batches {
		sum = sum.Add(b.Counts)
	}
	for _, l := range r.Left {
		sum = sum.Add(l.Counts)
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
		report.Batches, report.Left = nil, nil
		report.Issues = []Issue{{Severity: Error, Code: refusal.Code, File: src.File, Found: person.Scrub(refusal.Error()), Row: refusal.Row}}
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
			i.File, i.Sheet = src.File, sheetName(sh)
			report.Issues = append(report.Issues, i)
		}
		if sh.Visibility != sheet.Visible {
			issue(Issue{Severity: Warning, Code: "hidden-sheet", Found: "隐藏的工作表，没有读入", Mend: "要读入请先取消隐藏"})
			continue
		}
		o, err := r.open(ctx, src, sh, hint)
		if err != nil {
			return err
		}
		for _, i := range o.issues {
			issue(i)
		}
		for _, p := range o.proposed {
			if p.Answer == Unasked && p.Community != "" && !slices.Contains(report.Proposed, p.Alias) {
				report.Proposed = append(report.Proposed, p.Alias)
			}
		}
		batch := o.batch
		if len(o.issues) > 0 {
			if err := report.leave(ctx, sh, o); err != nil {
				return err
			}
		}
		if batch == nil {
			continue
		}
		if other, twice := bySlice[batch.Slice]; twice {
			mend := "请合并成一张后重新上传"
			if batch.Kind.Parted {
				mend = "请把工作表改成各次活动或项目的名称，或合并成一张"
			}
			issue(Issue{Severity: Error, Code: "same-slice", Found: fmt.Sprintf("与工作表“%s”是同一社区、同一期的%s", other, batch.Kind.Title), Wanted: "每期一张表", Mend: mend})
			if err := report.leave(ctx, sh, o); err != nil {
				return err
			}
			continue
		}
		bySlice[batch.Slice] = batch.Sheet
		if err := load(batch); err != nil {
			return err
		}
		if batch.Counts.Accepted == 0 && batch.Counts.Rejected == 0 {
			issue(Issue{Severity: Error, Code: "no-rows", Found: "表头下面没有数据行", Wanted: "至少一行数据", Mend: "请填好后重新上传"})
		}
		report.Batches = append(report.Batches, batch)
	}
	if len(report.Batches) == 0 {
		for i := range report.Issues {
			report.Issues[i].Severity = Error
		}
		for i := range report.Left {
			c := &report.Left[i].Counts
			c.Rejected, c.Skipped = c.Read, 0
		}
		if len(report.Issues) == 0 {
			report.Issues = append(report.Issues, Issue{Severity: Error, Code: "empty", File: src.File, Found: "文件里没有内容", Wanted: "有表头和数据的工作表", Mend: "请检查是不是传错了文件"})
		}
	}
	return nil
}

// leave counts the rows of a sheet that is not taken in.
func (r *Report) leave(ctx context.Context, sh *sheet.Sheet, o opened) error {
	left := Left{Sheet: sheetName(sh)}
	for row, err := range sh.Rows(ctx) {
		if err != nil {
			return err
		}
		if row.Number > o.header && !blank(row) {
			left.Counts.Read++
		}
	}
	if left.Counts.Rejected = left.Counts.Read; o.batch == nil && o.issues[0].Severity == Warning {
		left.Counts.Rejected, left.Counts.Skipped = 0, left.Counts.Read
	}
	r.Left = append(r.Left, left)
	return nil
}

// An opened sheet has a batch, or issues that say why not, or neither.
type opened struct {
	batch    *Batch
	proposed []proposal
	issues   []Issue
	header   int // its last row, 0 if none was found
}

// widest is how many columns a sheet may use: no table of a community needs so
// many, and finding a header among thousands takes its time.
const widest = 512

// open finds a sheet's kind and slice. It gives neither batch nor issues for a
// sheet that is blank, or about the others.
func (r *Reader) open(ctx context.Context, src Source, sh *sheet.Sheet, hint Hint) (o opened, err error) {
	refuse := func(issues ...Issue) (opened, error) {
		o.issues = issues
		return o, nil
	}
	var top []sheet.Row
	for row, err := range sh.Rows(ctx) {
		if err != nil {
			return o, err
		}
		row.Cells = slices.Clone(row.Cells)
		if top = append(top, row); len(top) == headerRows {
			break
		}
	}
	if !slices.ContainsFunc(top, func(row sheet.Row) bool { return !blank(row) }) {
		return o, nil
	}
	if at := slices.IndexFunc(top, func(row sheet.Row) bool { return filled(row.Cells) > widest }); at >= 0 {
		return refuse(Issue{Severity: Error, Code: "too-wide", Row: top[at].Number, Found: fmt.Sprintf("这一行填了 %d 列", filled(top[at].Cells)), Wanted: fmt.Sprintf("最多 %d 列", widest), Mend: "请删去不用的列，或拆成几张表"})
	}
	if markup.IsList(sh.Name, top) { // it came back with the file that it was given back with
		return o, nil
	}
	// What may tell what the sheet is about, the surest first: the lines above
	// the header, the sheet's name, the file's own name, the folders it lies in.
	texts := func(first int) []string {
		var lines []string
		for _, row := range top[:first] {
			if line := line(row); line != "" {
				lines = append(lines, filledIn(line))
			}
		}
		folders := strings.Split(src.File, "/")
		slices.Reverse(folders)
		return append(append(lines, sh.Name), folders...)
	}
	found := r.find(top, hint, texts)
	switch {
	case guide.MatchString(sh.Name) && (len(found) == 0 || found[0].score < 2 || len(found[0].missing) > 0):
		return o, nil
	case len(found) == 0 || found[0].score < 2 && hint.Kind == "":
		return refuse(Issue{Severity: Warning, Code: "no-header", Found: "前 30 行里找不到认识的表头，这张表没有读入", Wanted: "含有姓名、户号、捐款日期一类列名的表头", Mend: "请检查表头文字，或用模板填报（xingce template 列出全部种类）"})
	case len(found) > 1 && len(found[0].missing) == 0:
		return refuse(Issue{Severity: Error, Code: "ambiguous-kind", Found: fmt.Sprintf("分不清是%s还是%s", found[0].kind.Title, found[1].kind.Title), Wanted: "标题或工作表名写明是哪一种", Mend: "补上后重新上传，或用 --kind 指定"})
	}
	l := found[0]
	above := texts(l.first)
	below := top[l.first+l.levels:]
	o.header = top[l.first+l.levels-1].Number
	if issue := l.unreadable(top, r.Kinds); issue != nil {
		issue.Row = cmp.Or(issue.Row, o.header)
		return refuse(*issue)
	}
	convert := converter{keys: r.Keys, date1904: sh.Date1904}
	if len(l.missing) > 0 {
		for _, l := range found {
			near := r.propose(l, r.whose(hint, above), below, convert)
			o.proposed = append(o.proposed, near...)
			o.issues = append(o.issues, l.lacks(near, o.header))
		}
		return o, nil
	}
	if hint.Kind == "" && !l.kind.named(person.Compact(strings.Join(above, " "))) && !l.telling() {
		return refuse(Issue{Severity: Error, Code: "ambiguous-kind", Row: o.header, Found: fmt.Sprintf("看列名像是%s，标题、工作表名和文件名里却没有写", l.kind.Title), Wanted: "写明是哪一种表",
			Mend: fmt.Sprintf("是%s的，在标题里写上“%s”再上传，或用 --kind %s 指定；不是的，请不要放在文件里", l.kind.Title, l.kind.Title, l.kind.Name)})
	}
	slice, issues := r.place(l.kind, hint, sh.Name, above)
	if len(issues) > 0 {
		return refuse(issues...)
	}
	if issue := r.contradiction(slice, hint, strings.Split(src.File, "/")); issue != nil {
		return refuse(*issue)
	}
	if issue := notYet(slice, src.Received); issue != nil {
		return refuse(*issue)
	}
	if issues, err := l.measured(ctx, sh, above, o.header); err != nil || len(issues) > 0 {
		o.issues = issues
		return o, err
	}
	b := &Batch{Source: src, Sheet: sheetName(sh), Kind: l.kind, Slice: slice, Dropped: l.dropped}
	for _, c := range l.columns {
		b.Places = append(b.Places, Place{c.Name, sheet.Column(c.at + 1), c.heading})
	}
	o.proposed = r.propose(l, slice.Community, below, convert)
	for _, p := range o.proposed {
		b.Issues = append(b.Issues, Issue{Severity: Warning, Code: "near-heading", File: src.File, Sheet: b.Sheet, Row: o.header, Cell: fmt.Sprintf("%s%d", sheet.Column(p.at+1), o.header),
			Found: fmt.Sprintf("“%s”一列没有读入，它像是“%s”", p.heading, p.column.Title()), Mend: "是的话，" + p.told()})
	}
	stack := stack{headings: headingsOf(r.Kinds), title: func(line string) (own, other bool) { return r.named(slice, l.kind, line) }}
	b.Rows = (&walk{batch: b, layout: l, sheet: sh, header: top[l.first : l.first+l.levels], convert: convert, stack: stack}).rows(ctx)
	o.batch = b
	return o, nil
}

// find detects a sheet's kind and header; with a kind said, that one's. Whose
// sheet it is shows only above the header, and that community's own headings
// may find more.
func (r *Reader) find(top []sheet.Row, hint Hint, texts func(first int) []string) []*layout {
	kinds := r.Kinds
	if hint.Kind != "" {
		kinds = slices.DeleteFunc(slices.Clone(kinds), func(k *Kind) bool { return k.Name != hint.Kind })
	}
	titles := map[int]string{}
	title := func(first int) string {
		if _, ok := titles[first]; !ok {
			titles[first] = person.Compact(strings.Join(texts(first), " "))
		}
		return titles[first]
	}
	found := detect(top, kinds, nil, title)
	if len(found) == 0 {
		return nil
	}
	community := r.whose(hint, texts(found[0].first))
	own := r.remembered(community)
	if len(own) == 0 {
		return found
	}
	if again := detect(top, kinds, own, title); r.whose(hint, texts(again[0].first)) == community {
		return again
	}
	return found
}

// unreadable says why a layout is no table, or not the only one, nil if it is.
func (l *layout) unreadable(top []sheet.Row, kinds []*Kind) *Issue {
	if l.form(top) {
		return &Issue{Severity: Error, Code: "form", Found: "这是一张卡片，不是一行一条的表", Wanted: l.kind.Title + "是第一行写列名、下面一行一条的表", Mend: fmt.Sprintf("请把各张卡片抄成一张表，空表用 xingce template %s 生成", l.kind.Name)}
	}
	if issue := l.above(top, kinds); issue != nil {
		return issue
	}
	if l.sideBySide() {
		return &Issue{Severity: Error, Code: "side-by-side", Found: "并排放着两张表，重复的列：" + l.repeated(), Wanted: "一张工作表里只有一张表", Mend: "请把右边的表接到左边的下面，或放到另一张工作表"}
	}
	if len(l.clash) > 0 {
		return &Issue{Severity: Error, Code: "which-column", Found: strings.Join(l.clash, "、") + "分不清该读哪一列", Wanted: "这样的列只有一列", Mend: "请把不要的一列删去，或把要的一列的两级列名改成一级"}
	}
	if other := l.beside(top, kinds); other != nil {
		return &Issue{Severity: Error, Code: "side-by-side", Found: fmt.Sprintf("%s的右边还放着一张%s", l.kind.Title, other.Title), Wanted: "一张工作表里只有一张表", Mend: "请把右边的表放到另一张工作表"}
	}
	return nil
}

// lacks says which columns a sheet must have and has not, and which of its
// headings may be meant for one of them.
func (l *layout) lacks(near []proposal, row int) Issue {
	i := Issue{Severity: Error, Code: "missing-column", Row: row, Found: fmt.Sprintf("%s缺少必需的列：%s", l.kind.Title, headings(l.missing)), Wanted: "表头里有这些列", Mend: "补上列后重新上传"}
	for _, p := range near {
		if slices.Contains(l.missing, p.column) {
			i.Mend += fmt.Sprintf("；“%s”一列像是“%s”，是的话%s", p.heading, p.column.Title(), p.told())
		}
	}
	return i
}

// sheetName is a sheet's name as it is kept: people write phones there, too.
func sheetName(s *sheet.Sheet) string { return person.Scrub(s.Name) }

// guide is what a sheet is called that says how to fill in another.
var guide = regexp.MustCompile(`^(?:填[表写报]|使用|操作)?(?:说明|须知)$`)

// line is a row's text, its cells set apart by spaces.
func line(row sheet.Row) string {
	var texts []string
	for _, cell := range row.Cells {
		texts = append(texts, cell.Text)
	}
	return tidy(strings.Join(texts, " "))
}

func headings(columns []*Column) string {
	var list []string
	for _, c := range columns {
		list = append(list, c.Title())
	}
	return strings.Join(list, "、")
}
