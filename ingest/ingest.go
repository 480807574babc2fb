package ingest

import (
	"fmt"
	"iter"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest/period"
)

// A Kind is one sort of sheet, declared once in the shelf kinds.
type Kind struct {
	Name   string   // resident: the name of its table
	Title  string   // 居民登记: what people call it
	Titles []string // other names seen in titles and file names
	Grain  period.Grain
	// Parted kinds are logs that come in several sheets a period, one for an
	// event or campaign; a register comes whole.
	Parted bool
	// Rows says what has a row of its own: 每人一行.
	Rows string
	// Single kinds have one row; a second is an error.
	Single  bool
	Columns []Column
	// Key names the columns that tell two rows of one sheet apart. A second
	// row with the same key is an error; rows with a blank in it are let in.
	Key []string
	// Again names the columns by which a row of one part is known again in
	// another part of the same period: the same event written down twice.
	Again []string
	// Findings are looked for in each accepted row.
	Findings []Finding
}

// A Column is one column of a kind.
type Column struct {
	Name     string
	Headings []string // as seen in real sheets, the usual one first
	Type     Type
	Required bool // a row without it is an error
	// Wanted columns make the kind: a sheet without one is of another, though
	// their cells may be blank. Required columns are wanted too.
	Wanted bool
	// Words are those that are stored, in the order in which people list them,
	// each before its other writings; any other word is an error.
	Words [][]string
	// Endless dates are those on which something ends: 长期 says that it does
	// not, and is stored as no date; a month alone means its last day.
	Endless bool
	// InPeriod makes a date outside the batch's period a finding.
	InPeriod bool
	// Example is a made-up value for the template; most types have their own.
	Example string
}

// Title is the usual heading.
func (c Column) Title() string { return c.Headings[0] }

// A Finding is something a person should look at though the row is right.
type Finding struct {
	Column string // where to point
	// Code is that of its issues. Without one the finding is about a blank
	// cell, and a sheet without the column is told so once.
	Code string
	Says string // what is odd, in words
	Mend string
	When func(Record) bool
}

// A Record is an accepted row seen by field name.
type Record interface {
	// Text is a text field, "" if null.
	Text(field string) string
	// Null reports whether a field holds nothing.
	Null(field string) bool
	// Day is a date; false if null.
	Day(field string) (time.Time, bool)
	// Number is a count or an exact decimal; false if null.
	Number(field string) (decimal.Decimal, bool)
}

// A Type says what a column's cells mean and which fields are stored.
type Type uint8

const (
	Text       Type = iota // one text field
	PersonName             // a name, spaces removed
	IDNumber               // _key, _mask, _sealed, _birth, _sex, _region
	Phone                  // _key, _mask, _sealed
	Address                // _key, _mask, _sealed
	Date                   // a day, and _precision: month where a year and month gave its first day (its last, if Endless), else null
	Money                  // yuan, DECIMAL(18,2)
	Hours                  // DECIMAL(18,2)
	Count                  // a whole number, not negative
	Sex                    // 男 or 女
	YesNo                  // 是 or 否
	Score                  // points, DECIMAL(18,2), a deduction negative
	Share                  // a part of one, DECIMAL(18,4): 95% is 0.95
	Area                   // square kilometres, DECIMAL(18,4)
	Pseudonym              // _key alone: tells rows apart and can never be read
	types                  // how many there are
)

// A FieldType is what a stored field holds, in Go: string, [16]byte, []byte,
// time.Time, decimal.Decimal, int64.
type FieldType uint8

const (
	TextField FieldType = iota
	UUIDField
	BytesField
	DateField
	DecimalField // DECIMAL(18, Scale)
	IntField
)

// A Field is one stored column of a kind's table.
type Field struct {
	Name  string
	Type  FieldType
	Scale int32
}

// Fields lists what a column stores.
func (c Column) Fields() []Field {
	private := []Field{{Name: c.Name + "_key", Type: UUIDField}, {Name: c.Name + "_mask"}, {Name: c.Name + "_sealed", Type: BytesField}}
	switch c.Type {
	case IDNumber:
		return append(private, Field{Name: c.Name + "_birth", Type: DateField}, Field{Name: c.Name + "_sex"}, Field{Name: c.Name + "_region"})
	case Phone, Address:
		return private
	case Date:
		return []Field{{Name: c.Name, Type: DateField}, {Name: c.Name + "_precision"}}
	case Pseudonym:
		return private[:1]
	case Money, Hours, Score:
		return []Field{{Name: c.Name, Type: DecimalField, Scale: 2}}
	case Share, Area:
		return []Field{{Name: c.Name, Type: DecimalField, Scale: 4}}
	case Count:
		return []Field{{Name: c.Name, Type: IntField}}
	}
	return []Field{{Name: c.Name}}
}

// Fields lists what a kind's table stores, in order, after batch and row.
func (k *Kind) Fields() []Field {
	var list []Field
	for _, c := range k.Columns {
		list = append(list, c.Fields()...)
	}
	return list
}

// A Source says where a file came from.
type Source struct {
	File     string // the name as uploaded, with the folders of the inbox that it lay in
	SHA256   string // of the bytes, in hex
	Bytes    int64
	Uploader string
	Received time.Time
}

// A Slice is what a batch owns: loading it again replaces it whole.
type Slice struct {
	Kind      string
	Community string
	Period    period.Period
	Part      string // empty for registers
}

func (s Slice) String() string {
	text := fmt.Sprintf("%s %s %s", s.Community, s.Period, s.Kind)
	if s.Part != "" {
		text += " " + s.Part
	}
	return text
}

// A Batch is what one sheet gave.
type Batch struct {
	Source Source
	Sheet  string
	Kind   *Kind
	Slice  Slice
	// Places say where the kind's columns stand in the sheet.
	Places []Place
	// Dropped are the headings of columns that were left out.
	Dropped []string
	// Rows gives the accepted rows; it can be walked once. The counts and
	// issues below are whole when it has ended without an error.
	Rows iter.Seq2[Row, error]

	Counts Counts
	// Replaced is how many rows the batch had that this one took the slice
	// over from; the store tells. 0 for the first of a slice.
	Replaced int
	Totals   []Total
	Issues   []Issue
}

// A Place is where a column of the kind stands in a sheet.
type Place struct {
	Column  string // its name
	Letter  string // of the sheet's column: A, B, …
	Heading string // as written there
}

// A Row is one accepted row: a value for each of the kind's Fields, or nil.
// Values is reused by the next row.
type Row struct {
	Number int // in the sheet, 1-based
	Values []any
}

// Counts of the rows below a header: Read = Accepted + Rejected + Skipped.
type Counts struct{ Read, Accepted, Rejected, Skipped int }

// Add sums two counts.
func (c Counts) Add(d Counts) Counts {
	return Counts{c.Read + d.Read, c.Accepted + d.Accepted, c.Rejected + d.Rejected, c.Skipped + d.Skipped}
}

// A Total is a figure that the sheet itself states in a 合计 row, kept to be
// compared with the rows.
type Total struct {
	Row    int
	Column string
	Says   string // as written
	Found  string // the sum of the accepted rows
}

// A Severity ranks issues.
type Severity string

const (
	// Error keeps a row, a sheet or a file out.
	Error Severity = "error"
	// Warning lets a row in, and a person should look at it.
	Warning Severity = "finding"
)

// An Issue is a fault in a workbook, in words for the clerk.
type Issue struct {
	Severity Severity
	Code     string // stable: "id-check", "required", "no-header", …
	File     string
	Sheet    string // empty for text files and for faults of the whole file
	Cell     string // like C7; empty where there is none
	Row      int    // 0 where there is none
	Found    string // what stands there, masked if it is personal
	Wanted   string // what should stand there
	Mend     string // how to get there
}

// Place says where: 文件 > 工作表!单元格.
func (i Issue) Place() string {
	text := i.File
	if i.Sheet != "" {
		text += " > " + i.Sheet
	}
	if i.Cell != "" {
		return text + "!" + i.Cell
	}
	if i.Row > 0 {
		text += fmt.Sprintf(" 第 %d 行", i.Row)
	}
	return text
}

// String is the whole sentence.
func (i Issue) String() string {
	text := i.Place() + "："
	if i.Found != "" {
		text += i.Found
	}
	if i.Wanted != "" {
		text += "，应为" + i.Wanted
	}
	if i.Mend != "" {
		text += "。" + i.Mend
	}
	return text
}
