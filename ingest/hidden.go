package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"xingce/ingest/sheet"
)

// tellHidden lists what is hidden in the sheet and was read all the same: a
// filter hides rows that are data.
func (w *walk) tellHidden(ctx context.Context) error {
	finding := func(code string, row int, found, mend string) {
		w.batch.Issues = append(w.batch.Issues, Issue{Severity: Warning, Code: code, File: w.batch.Source.File, Sheet: w.batch.Sheet, Row: row, Found: found, Mend: mend})
	}
	if n := len(w.hidden); n > 0 {
		finding("hidden-rows", w.hidden[0], fmt.Sprintf("有 %d 行是隐藏的，第一处在第 %d 行，都照常读了", n, w.hidden[0]), "不该算进去的，请删去这些行后重新上传")
	}
	spans, err := w.sheet.HiddenColumns(ctx)
	if err != nil {
		return err
	}
	var names []string
	for i := range w.numbers {
		col := w.named(i)
		if col.width > 0 && slices.ContainsFunc(spans, func(s sheet.Span) bool { return s.First <= i+1 && i+1 <= s.Last }) {
			names = append(names, fmt.Sprintf("%s 列（%s）", sheet.Column(i+1), col.heading))
		}
	}
	if len(names) > 0 {
		header := w.header[len(w.header)-1].Number
		finding("hidden-columns", header, strings.Join(names, "、")+"是隐藏的，照常读了", "请取消隐藏，核对里面的内容")
	}
	return nil
}
