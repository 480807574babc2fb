package ingest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"xingce/ingest/markup"
	"xingce/ingest/sheet"
)

// Annotate gives a file back to the clerk: the workbook as it came, bad cells
// coloured and commented, and in front a list of all that is wrong, with a
// link to each cell. A text file and an .xls come back as an .xlsx of the same
// content. When the cells are mended, the copy is read as the original would
// have been: name and sheets tell the same, and the list is passed over.
//
// A file that was refused cannot be marked; the error is its *sheet.Refusal.
// markup.ErrTooBig says that it takes more memory than there is.
func Annotate(ctx context.Context, original []byte, report Report) (name string, body []byte, err error) {
	book, err := sheet.Open(bytes.NewReader(original), int64(len(original)), sheet.DefaultLimits)
	if err != nil {
		return "", nil, err
	}
	issues := report.AllIssues()
	order := func(i Issue) int {
		return slices.IndexFunc(book.Sheets, func(s *sheet.Sheet) bool { return sheetName(s) == i.Sheet })
	}
	slices.SortStableFunc(issues, func(a, b Issue) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(order(a), order(b)), cmp.Compare(a.Row, b.Row))
	})
	list := markup.List{Title: markup.ListName, Says: listSays(report.Source.File, issues)}
	marks := make([][]markup.Mark, len(book.Sheets))
	for _, i := range issues {
		line := markup.Line{Must: i.Severity == Error, Sheet: i.Sheet, Place: i.Cell, Found: i.Found, Wanted: i.Wanted, Mend: i.Mend}
		if i.Cell == "" && i.Row > 0 {
			line.Place = fmt.Sprintf("第 %d 行", i.Row)
		} else if i.Cell == "" {
			line.Place = "—"
		}
		if at := order(i); at >= 0 {
			if col, row, ok := markup.Place(i.Cell); ok {
				marks[at] = append(marks[at], markup.Mark{Row: row, Col: col, Must: line.Must, Text: says(i)})
			}
			line.Sheet, line.Target = cmp.Or(i.Sheet, markup.SheetName), target(book.Sheets[at], i)
		}
		list.Lines = append(list.Lines, line)
	}
	for i, s := range book.Sheets {
		if err := anchor(ctx, s, marks[i]); err != nil {
			return "", nil, err
		}
	}
	if book.Format != "xlsx" {
		if original, err = markup.Plain(ctx, book); err != nil {
			return "", nil, err
		}
	}
	body, err = markup.Apply(ctx, original, marks, list)
	return annotatedName(report.Source.File), body, err
}

// annotatedName is the file's own, as an .xlsx: the name may say which
// community and period it is about.
func annotatedName(file string) string { return strings.TrimSuffix(file, path.Ext(file)) + ".xlsx" }

func listSays(file string, issues []Issue) string {
	must := 0
	for _, i := range issues {
		if i.Severity == Error {
			must++
		}
	}
	text := fmt.Sprintf("%s：必须改的 %d 处，请核对的 %d 处。点“单元格”一列可以跳到那一格。改好后把整个文件再交上来，会整张替换；这张清单和颜色、批注不用删。", path.Base(file), must, len(issues)-must)
	if strings.ToLower(path.Ext(file)) != ".xlsx" {
		text += "这是按原文件内容另存的 .xlsx，请交这一份。"
	}
	return text
}

// says is an issue as a comment on its cell.
func says(i Issue) string {
	text := i.Found
	if i.Wanted != "" {
		text += "\n应为：" + i.Wanted
	}
	if i.Mend != "" {
		text += "\n怎样改：" + i.Mend
	}
	return text
}

// target is where an issue's link leads. To a hidden sheet there is none.
func target(s *sheet.Sheet, i Issue) string {
	if s.Visibility != sheet.Visible {
		return ""
	}
	cell := cmp.Or(i.Cell, fmt.Sprintf("A%d", max(i.Row, 1)))
	return "'" + strings.ReplaceAll(cmp.Or(s.Name, markup.SheetName), "'", "''") + "'!" + cell
}

// anchor moves marks in merged cells to the first, which is the one that is seen.
func anchor(ctx context.Context, s *sheet.Sheet, marks []markup.Mark) error {
	if len(marks) == 0 {
		return nil
	}
	merges, err := s.Merges(ctx)
	if err != nil {
		return err
	}
	byRow := func(a, b markup.Mark) int { return a.Row - b.Row }
	slices.SortStableFunc(marks, byRow)
	moved := slices.Clone(marks)
	for _, m := range merges {
		at, _ := slices.BinarySearchFunc(marks, markup.Mark{Row: m.FirstRow}, byRow)
		for ; at < len(marks) && marks[at].Row <= m.LastRow; at++ {
			if m.FirstCol <= marks[at].Col && marks[at].Col <= m.LastCol {
				moved[at].Row, moved[at].Col = m.FirstRow, m.FirstCol
			}
		}
	}
	copy(marks, moved)
	return nil
}
