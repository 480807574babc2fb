package sheet

import (
	"fmt"
	"slices"
	"testing"
)

func TestHiddenColumns(t *testing.T) {
	xlsx := func(cols string) []byte {
		sheet := `<worksheet ` + xmlMain + `><sheetPr/>` + cols + `<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`
		return workbookOf("", parts{"xl/worksheets/sheet1.xml": sheet}).pack(t)
	}
	// First and last column, width, style, flags.
	column := func(first, last, flags int) []byte { return rec(recColInfo, first, last, 2048, 0, flags, 0) }
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"none said", xlsx(``), "[]"},
		{"none hidden", xlsx(`<cols><col min="1" max="2" width="9"/><col min="3" max="3" hidden="0"/></cols>`), "[]"},
		{"one, and a run", xlsx(`<cols><col min="2" max="2" hidden="1"/><col min="4" max="6" hidden="true"/></cols>`), "[{2 2} {4 6}]"},
		{"nonsense", xlsx(`<cols><col min="b" max="2" hidden="1"/><col hidden="1"/></cols>`), "[]"},
		{"xls", xlsBytes(nil, slices.Concat(column(0, 0, 0), column(1, 1, 1), column(3, 5, 1), rec(recNumber, 0, 0, 0, 1.0))), "[{2 2} {4 6}]"},
		{"text", []byte("a,b\n1,2\n"), "[]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			book, err := openBytes(test.data, DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			got, err := book.Sheets[0].HiddenColumns(t.Context())
			if err != nil || fmt.Sprint(got) != test.want {
				t.Errorf("got %v, %v; want %s", got, err, test.want)
			}
		})
	}
}
