// Package sheet reads the raw rows of other people's workbooks: .xlsx, .xls
// (and .et, which is the same) and delimited text, behind one iterator.
//
//	open.go       what is this file?
//	gate.go       the zip directory; part.go, its parts; opc.go, what they are
//	xmlscan.go    XML tokens; xmltag.go, its tags; xmltext.go, its characters
//	xlsx.go       the workbook; rows.go and quick.go, its cells; strings.go, styles.go, merges.go, hidden.go
//	compound.go   OLE files; biff.go, the records in them; xls.go, xlscells.go
//	text.go       encodings; delimited.go, fields
//	build.go      rows, for all formats; serial.go, their dates and numbers
//	refuse.go     every sentence for the person who sent the file
//
// The content decides what a file is, never its name. Reading is strict: a
// file that is damaged, hostile or of a kind not read here is a *Refusal with
// a sentence for the person who sent it; what is read is read to its last
// byte, so that a damaged file never passes for a shorter one. Memory stays
// bounded whatever the file.
package sheet

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
)

// A CellType says what the file holds in a cell.
type CellType uint8

const (
	Empty  CellType = iota
	Text            // Text is the string, as typed; also a number with a unit in its format, 1.5万元 or 95%, or with its zeros, 012
	Number          // Text is the number as the file writes it: 46023, 5.10322E+17
	Bool            // Text is TRUE or FALSE
	Date            // a number shown as a date, or an ISO date: Text is 2025-12-31 or 2025-12-31 15:04:05, a month alone 2025-12, a time of day alone 15:04:05, elapsed time, [h]:mm, 36:15:00
	Error           // Text is #N/A, #DIV/0!, …
)

func (t CellType) String() string {
	return [...]string{"empty", "text", "number", "bool", "date", "error"}[t]
}

// A Cell is one raw value. In a formula's cell it is the stored result; a
// formula with no stored result has Type Error and Text NoResult.
type Cell struct {
	Type CellType
	Text string
}

// A Row is one row of a sheet. Cells[0] is column A; cells after the last
// that holds something are left out. Cells is reused by the next row.
type Row struct {
	Number int // 1-based, as Excel shows it
	Hidden bool
	Cells  []Cell
}

// A Range is a merged block of cells, 1-based and inclusive. Its value stands
// in the first cell only.
type Range struct{ FirstRow, FirstCol, LastRow, LastCol int }

// A Span is a run of columns, 1-based and inclusive.
type Span struct{ First, Last int }

// A Visibility says whether a sheet's tab can be seen.
type Visibility uint8

const (
	Visible Visibility = iota
	Hidden
	VeryHidden
)

// A Sheet is one table of cells. The functions are set by the format's
// reader and may be called again; each call reads the file afresh.
type Sheet struct {
	Name       string // empty for text files
	Visibility Visibility
	Date1904   bool // serial day 0 is 1904-01-01 instead of 1899-12-30

	rows   func(ctx context.Context) iter.Seq2[Row, error]
	merges func(ctx context.Context) ([]Range, error)
	hidden func(ctx context.Context) ([]Span, error)
}

// Rows gives the rows that are in the file, in order; blank rows may be
// absent. It stops after the first error, which is a *Refusal if the file is
// at fault.
func (s *Sheet) Rows(ctx context.Context) iter.Seq2[Row, error] { return s.rows(ctx) }

// Merges gives the merged ranges. It may read the whole sheet to find them.
func (s *Sheet) Merges(ctx context.Context) ([]Range, error) {
	if s.merges == nil {
		return nil, nil
	}
	return s.merges(ctx)
}

// HiddenColumns gives the columns that are not shown.
func (s *Sheet) HiddenColumns(ctx context.Context) ([]Span, error) {
	if s.hidden == nil {
		return nil, nil
	}
	return s.hidden(ctx)
}

// A Book is an open file.
type Book struct {
	Format string // "xlsx", "xls" or "csv"
	Sheets []*Sheet
}

// Limits bound what a stranger's file may cost (PROMISES.md §3).
type Limits struct {
	FileBytes   int64 // the file as received
	PartBytes   int64 // one part, inflated
	Entries     int
	Ratio       int64 // inflated : deflated, beyond the first MiB
	CellText    int   // UTF-16 units in a cell
	Strings     int   // shared strings
	StringBytes int64
	Rows, Cols  int
	Cells       int64
	Depth       int // of XML elements
}

// DefaultLimits are those of the promise.
var DefaultLimits = Limits{
	FileBytes: 64 << 20, PartBytes: 1 << 30, Entries: 2000, Ratio: 200,
	CellText: 32767, Strings: 2_000_000, StringBytes: 512 << 20,
	Rows: 1_048_576, Cols: 16_384, Cells: 30_000_000, Depth: 64,
}

// A Refusal says why a file, or the rest of it, was not read.
type Refusal struct {
	Code string // stable, for tests and logs: "not-a-workbook", "encrypted", "crc", …
	Part string // the part of the package, if one is at fault
	Row  int    // 1-based, 0 if none
	Col  int    // 1-based, 0 if none
	Says string // one Chinese sentence for the clerk: what is wrong, how to mend it
}

func (r *Refusal) Error() string {
	place := r.Part
	if r.Row > 0 {
		place += fmt.Sprintf(" 第 %d 行", r.Row)
	}
	if r.Col > 0 {
		place += fmt.Sprintf(" %s 列", Column(r.Col))
	}
	if place == "" {
		return r.Says
	}
	return r.Says + "（" + strings.TrimSpace(place) + "）"
}

// Column gives the letters of a 1-based column: 1 is A, 28 is AB.
func Column(col int) string {
	var b [4]byte
	i := len(b)
	for col > 0 {
		i--
		col--
		b[i] = byte('A' + col%26)
		col /= 26
	}
	return string(b[i:])
}

var _ io.ReaderAt // Open takes one; it must stay readable while the Book is used.
