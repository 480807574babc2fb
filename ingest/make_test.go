package ingest_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/person"
	"xingce/ingest/sheet"
)

// A tab is a sheet to be made. Cells of a row are set apart by |; one that
// begins with # is a number, with @ a date. \n breaks a line in a cell.
type tab struct {
	name   string // Sheet1 if empty
	rows   []string
	merged []string // like A2:A4
	hidden bool

	hiddenRows    []int
	hiddenColumns []string // like D
}

// workbook makes an .xlsx file of tabs.
func workbook(t testing.TB, tabs ...tab) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	must(err)
	for i, tab := range tabs {
		if tab.name == "" {
			tab.name = fmt.Sprintf("Sheet%d", i+1)
		}
		if i == 0 {
			must(f.SetSheetName("Sheet1", tab.name))
		} else {
			_, err := f.NewSheet(tab.name)
			must(err)
		}
		for r, row := range tab.rows {
			for c, text := range strings.Split(row, "|") {
				cell := fmt.Sprintf("%s%d", sheet.Column(c+1), r+1)
				switch {
				case text == "":
				case text[0] == '#':
					n, err := decimal.NewFromString(text[1:])
					must(err)
					must(f.SetCellFloat(tab.name, cell, n.InexactFloat64(), -1, 64))
				case text[0] == '@':
					d, err := time.Parse(time.DateOnly, text[1:])
					must(err)
					must(f.SetCellValue(tab.name, cell, d))
					must(f.SetCellStyle(tab.name, cell, cell, day))
				default:
					must(f.SetCellStr(tab.name, cell, strings.ReplaceAll(text, `\n`, "\n")))
				}
			}
		}
		for _, m := range tab.merged {
			from, to, _ := strings.Cut(m, ":")
			must(f.MergeCell(tab.name, from, to))
		}
		for _, row := range tab.hiddenRows {
			must(f.SetRowVisible(tab.name, row, false))
		}
		for _, column := range tab.hiddenColumns {
			must(f.SetColVisible(tab.name, column, false))
		}
		if tab.hidden {
			must(f.SetSheetVisible(tab.name, false))
		}
	}
	var out bytes.Buffer
	must(f.Write(&out))
	return out.Bytes()
}

func reader(t testing.TB, communities ...string) *ingest.Reader {
	t.Helper()
	keys, err := person.NewKeys(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return &ingest.Reader{Kinds: kinds.All(), Communities: communities, Keys: keys, Limits: sheet.DefaultLimits}
}

// A reading is what became of a file, as text: a line for each batch, its
// rows with the fields asked for, and its issues; then the file's issues.
func read(t testing.TB, r *ingest.Reader, name string, data []byte, hint ingest.Hint, fields ...string) (string, ingest.Report) {
	t.Helper()
	var out strings.Builder
	rows := map[*ingest.Batch]string{}
	report, err := r.Read(t.Context(), ingest.Source{File: name, Bytes: int64(len(data))}, bytes.NewReader(data), hint, func(b *ingest.Batch) error {
		text, err := walk(t.Context(), b, fields)
		rows[b] = text
		return err
	})
	if err != nil {
		fmt.Fprintf(&out, "refused: %v\n", err)
	}
	for _, b := range report.Batches {
		c := b.Counts
		fmt.Fprintf(&out, "%s: %d = %d + %d + %d\n%s", b.Slice, c.Read, c.Accepted, c.Rejected, c.Skipped, rows[b])
		showIssues(&out, b.Issues)
	}
	showIssues(&out, report.Issues)
	return out.String(), report
}

func walk(ctx context.Context, b *ingest.Batch, fields []string) (string, error) {
	var out strings.Builder
	all := b.Kind.Fields()
	for row, err := range b.Rows {
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&out, "%d", row.Number)
		for _, name := range fields {
			at := slices.IndexFunc(all, func(f ingest.Field) bool { return f.Name == name })
			if at < 0 {
				return "", fmt.Errorf("no field %s", name)
			}
			out.WriteString(" " + shown(row.Values[at]))
		}
		out.WriteString("\n")
	}
	return out.String(), ctx.Err()
}

func shown(v any) string {
	switch v := v.(type) {
	case nil:
		return "-"
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return fmt.Sprint(v)
}

func showIssues(out *strings.Builder, issues []ingest.Issue) {
	for _, i := range issues {
		place := i.Cell
		if place == "" && i.Row > 0 {
			place = fmt.Sprint(i.Row)
		}
		fmt.Fprintf(out, "%s %s\n", i.Severity, strings.TrimSpace(i.Code+" "+place))
	}
}
