package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
)

// A hundred figures, drawn by chance from all metrics that the demo and the
// ledgers of testdata fill, are followed to the cells of the clerks' own files,
// which other readers than ours open here, and worked out again from what
// stands there. Of each row behind a figure its cells must say what the row is
// stored with, and what the figure's row is about.
func hundredFigures(t *testing.T, dir string) {
	ledgers, err := filepath.Glob("testdata/ledgers/*.csv")
	if err != nil || len(ledgers) < 10 {
		t.Fatalf("%d ledgers, %v", len(ledgers), err)
	}
	data := filepath.Join(dir, "data")
	call(t, append([]string{"--data", data, "ingest"}, ledgers...)...)
	a, err := open(t.Context(), data, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	d := &desk{T: t, app: a, session: queries.NewSession(a.catalog, a.db), folders: []string{filepath.Join(dir, "sheets"), "testdata/ledgers"},
		sheets: map[int32]*original{}, books: map[string]*excelize.File{}}
	defer func() {
		for _, book := range d.books {
			book.Close()
		}
	}()
	random := rand.New(rand.NewPCG(100, 2025))
	var metrics []*queries.Metric
	for _, m := range a.catalog.Metrics {
		if len(m.Traces) > 0 {
			metrics = append(metrics, m)
		}
	}
	random.Shuffle(len(metrics), func(i, j int) { metrics[i], metrics[j] = metrics[j], metrics[i] })
	// One of many sheets, one whose sheets are GBK text, and one with faults.
	communities := []string{"象山社区", "清泉社区", "朝晖社区"}
	figures, seen, ways := 0, map[string]bool{}, map[string]int{}
	for turn := 0; figures < 100 && turn < 3*len(metrics); turn++ {
		m := metrics[turn%len(metrics)]
		p := []period.Period{demoQuarter, demoQuarter, demoQuarter, demoYear}[random.IntN(4)]
		if strings.HasPrefix(m.Name, "appraisal") {
			p = demoYear
		}
		table, err := d.session.Table(t.Context(), m.Name, p)
		if err != nil {
			t.Fatal(err)
		}
		var rows []int
		community := communities[random.IntN(len(communities))]
		for _, wanted := range []string{community, "清泉社区", ""} { // most ledgers are one community's
			for row := range table.Rows {
				if at := table.Value(row, "community"); wanted == "" || at == nil || at == wanted {
					rows = append(rows, row)
				}
			}
			if len(rows) > 0 {
				break
			}
		}
		if len(rows) == 0 {
			continue
		}
		row, column := rows[random.IntN(len(rows))], m.Traces[random.IntN(len(m.Traces))].Column
		f := figure{m, p, table, row, column}
		if seen[f.String()] {
			continue
		}
		seen[f.String()] = true
		figures++
		got, way := d.again(f)
		ways[way]++
		want, known := exactly(table.Value(row, column))
		switch digits := table.Columns[table.Index(column)].Scale; {
		case !known:
			if got != nil && got.Sign() != 0 {
				t.Errorf("%s: null, and the cells give %s", f, got.RatString())
			}
		case got == nil:
			if want.Sign() != 0 {
				t.Errorf("%s: %s, and the cells give nothing", f, want.RatString())
			}
		default:
			ulp := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Mul(big.NewInt(2), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)))
			off := new(big.Rat).Sub(want, got)
			if off.Abs(off); way != "quotient" && off.Sign() != 0 || off.Cmp(ulp) > 0 {
				t.Errorf("%s: %s, and the cells give %s (%s)", f, want.RatString(), got.RatString(), way)
			}
		}
	}
	t.Logf("%d figures of %d metrics: %v; %d cells read", figures, len(metrics), ways, d.cells)
	if figures != 100 || d.cells < 10_000 || ways["as stored"] > 15 {
		t.Errorf("%d figures, of which %v, %d cells: want 100, few of them only as stored", figures, ways, d.cells)
	}
}

// A figure is one number of a metric's table.
type figure struct {
	metric *queries.Metric
	period period.Period
	table  queries.Table
	row    int
	column string
}

func (f figure) String() string {
	var keys []string
	for i, c := range f.table.Columns {
		if f.metric.Trace(c.Name) == nil {
			keys = append(keys, c.String(f.table.Rows[f.row][i]))
		}
	}
	return fmt.Sprintf("%s %s %s %s", f.metric.Name, f.period, strings.Join(keys, " "), f.column)
}

// A desk has the clerks' files beside the data.
type desk struct {
	*testing.T
	app     *app
	session *queries.Session
	folders []string
	sheets  map[int32]*original
	books   map[string]*excelize.File
	cells   int
}

// An original is a sheet as another reader opens it.
type original struct {
	kind    *ingest.Kind
	letters map[string]string // of the kind's columns
	heading map[string]string
	rows    map[int][]string
	stored  map[int][]duckdb.Cell
}

// again works a figure out from cells, and says how. Nil is a figure of
// nothing.
func (d *desk) again(f figure) (*big.Rat, string) {
	d.Helper()
	trace := f.metric.Trace(f.column)
	at := func(row int, column string) *big.Rat {
		n, _ := d.again(figure{f.metric, f.period, f.table, row, column})
		return n
	}
	if trace.Rows != "" {
		return d.fromRows(f, trace)
	}
	switch trace.Op {
	case "rank":
		own, rank := at(f.row, trace.Fields[0]), int64(1)
		for row := range f.table.Rows {
			if n := at(row, trace.Fields[0]); n != nil && own != nil && n.Cmp(own) > 0 {
				rank++
			}
		}
		return big.NewRat(rank, 1), "rank"
	case "running":
		sum := new(big.Rat)
		for row := range f.row + 1 {
			if n := at(row, trace.Fields[0]); n != nil && f.table.Value(row, "community") == f.table.Value(f.row, "community") {
				sum.Add(sum, n)
			}
		}
		return sum, "running sum"
	}
	one := at(f.row, trace.Fields[0])
	if trace.Op == "floor" {
		by, _ := strconv.ParseInt(trace.Fields[1], 10, 64)
		one.Quo(one, big.NewRat(by, 1))
		return new(big.Rat).SetInt(new(big.Int).Quo(one.Num(), one.Denom())), "quotient"
	}
	two := at(f.row, trace.Fields[1])
	switch {
	case one == nil || two == nil || trace.Op == "/" && two.Sign() == 0:
		return nil, "quotient"
	case trace.Op == "+":
		return new(big.Rat).Add(one, two), "sum"
	case trace.Op == "-":
		return new(big.Rat).Sub(one, two), "difference"
	}
	return new(big.Rat).Quo(one, two), "quotient"
}

// fromRows counts, sums or tells apart the rows behind a figure by their
// cells. Where the figure is of something that no cell holds as it is, such as
// whom a name means, the cells of its rows must still agree with it.
func (d *desk) fromRows(f figure, trace *queries.Trace) (*big.Rat, string) {
	d.Helper()
	e, err := queries.Follow(d.Context(), d.app.db, f.metric, f.period, f.table, f.row, f.column)
	if err != nil {
		d.Fatal(err)
	}
	type place struct {
		batch int32
		row   int
	}
	rows, apart := map[place]bool{}, map[string]bool{}
	names := map[string]map[string]bool{} // of each person
	var sum *big.Rat
	way := map[string]string{"count": "rows counted", "distinct": "cells told apart", "sum": "cells summed", "min": "cells summed", "max": "cells summed"}[trace.Op]
	for _, o := range e.Rows {
		sheet := d.sheet(o.Batch)
		rows[place{o.Batch, o.Row}] = true
		if o.Row > 0 {
			d.agrees(f, sheet, o)
		}
		switch trace.Op {
		case "distinct":
			var key []string
			blank := true
			for i, field := range trace.Fields {
				column := strings.TrimSuffix(field, "_key")
				text := ""
				switch {
				case sheet.letters[column] != "" && o.Row > 0:
					text = sheet.read(column, o.Row)
				case o.Values[i] != nil: // not as it stands in a cell
					way = "as stored"
					text = fmt.Sprint(o.Values[i])
					if name := sheet.name(o.Row); name != "" && personKey.MatchString(text) {
						way = "persons told apart"
						if names[text] == nil {
							names[text] = map[string]bool{}
						}
						names[text][name] = true
					}
				}
				blank = blank && text == ""
				key = append(key, text)
			}
			if !blank {
				apart[strings.Join(key, "\x00")] = true
			}
		case "sum", "min", "max":
			n, ok := (*big.Rat)(nil), false
			if field := trace.Fields[0]; sheet.letters[field] != "" && o.Row > 0 {
				n, ok = sheet.number(field, o.Row)
			} else if n, ok = exactly(o.Values[0]); ok {
				way = "as stored"
			}
			switch {
			case !ok:
			case sum == nil:
				sum = new(big.Rat).Set(n)
			case trace.Op == "sum":
				sum.Add(sum, n)
			case trace.Op == "min" && n.Cmp(sum) < 0, trace.Op == "max" && n.Cmp(sum) > 0:
				sum.Set(n)
			}
		}
	}
	for who, called := range names {
		if len(called) != 1 {
			d.Errorf("%s: %s is called %v in the cells", f, who, called)
		}
	}
	switch trace.Op {
	case "count":
		return big.NewRat(int64(len(rows)), 1), way
	case "distinct":
		return big.NewRat(int64(len(apart)), 1), way
	}
	return sum, way
}

var personKey = regexp.MustCompile(`^(id|phone|birth|place|row):`)

// agrees holds a row's cells against what is stored of it and against the keys
// of the figure.
func (d *desk) agrees(f figure, sheet *original, o queries.Origin) {
	d.Helper()
	stored := sheet.stored[o.Row]
	// What was found in a sheet, and its totals, are about rows not stored.
	kept := !slices.Contains([]string{"control_totals", "findings", "issues_by_kind"}, f.metric.Name)
	if kept && len(stored) == 0 || !kept && strings.Join(sheet.rows[o.Row], "") == "" {
		d.Errorf("%s: nothing is stored of row %d of batch %d", f, o.Row, o.Batch)
	}
	for _, cell := range stored {
		d.cells++
		c := cell.Column
		if at := sheet.letters[c.Name] + strconv.Itoa(o.Row); cell.At != at {
			d.Errorf("%s: %s is shown at %s, stands at %s", f, c.Name, cell.At, at)
		}
		text := sheet.read(c.Name, o.Row)
		same := true
		switch c.Type {
		case ingest.Text, ingest.PersonName, ingest.Date:
			same = text == compact(cell.Shown)
		case ingest.IDNumber, ingest.Phone, ingest.Address, ingest.Pseudonym:
			same = text != ""
		case ingest.Count, ingest.Money, ingest.Score:
			n, ok := sheet.number(c.Name, o.Row)
			was, known := new(big.Rat).SetString(cell.Shown)
			same = ok && known && n.Cmp(was) == 0
		}
		if !same {
			d.Errorf("%s: row %d of batch %d, %s: the cell says %q, stored is %q", f, o.Row, o.Batch, c.Name, text, cell.Shown)
		}
	}
	for i, c := range f.table.Columns {
		key, isText := f.table.Rows[f.row][i].(string)
		if !isText || f.metric.Trace(c.Name) != nil || sheet.letters[c.Name] == "" || strings.Contains(f.metric.SQL, " AS "+c.Name+"\n") || strings.Contains(f.metric.SQL, " AS "+c.Name+",") {
			continue
		}
		if text := sheet.read(c.Name, o.Row); text != "" && text != compact(key) {
			d.Errorf("%s: row %d of batch %d is about %s %q", f, o.Row, o.Batch, c.Name, text)
		}
	}
}

// sheet opens the sheet of a batch, by other means than the program's.
func (d *desk) sheet(batch int32) *original {
	d.Helper()
	if d.sheets[batch] != nil {
		return d.sheets[batch]
	}
	b, err := d.app.db.Batch(d.Context(), batch)
	if err != nil {
		d.Fatal(err)
	}
	o := &original{kind: kinds.Find(b.Slice.Kind), letters: map[string]string{}, heading: map[string]string{}}
	d.sheets[batch] = o
	file := ""
	for _, folder := range d.folders {
		if at := filepath.Join(folder, filepath.FromSlash(b.File)); file == "" {
			if _, err := os.Stat(at); err == nil {
				file = at
			}
		}
	}
	if filepath.Ext(file) == ".csv" {
		o.rows = d.text(file)
	} else {
		o.rows = d.workbook(file, b.Sheet)
	}
	places, err := d.app.db.QueryContext(d.Context(), "SELECT field, letter, heading FROM ops.place WHERE batch = ?", batch)
	if err != nil {
		d.Fatal(err)
	}
	defer places.Close()
	for places.Next() {
		var field, letter, heading string
		if err := places.Scan(&field, &letter, &heading); err != nil {
			d.Fatal(err)
		}
		o.letters[field], o.heading[field] = letter, heading
	}
	if o.stored, err = d.app.db.Cells(d.Context(), o.kind, batch, nil); err != nil {
		d.Fatal(err)
	}
	return o
}

func (d *desk) text(file string) map[int][]string {
	d.Helper()
	body := read(d.T, file)
	if !utf8.Valid(body) {
		var err error
		if body, err = simplifiedchinese.GB18030.NewDecoder().Bytes(body); err != nil {
			d.Fatal(err)
		}
	}
	rows := map[int][]string{}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			d.Fatal(err)
		}
		line, _ := r.FieldPos(0)
		rows[line] = record
	}
}

func (d *desk) workbook(file, sheet string) map[int][]string {
	d.Helper()
	var err error
	if d.books[file] == nil {
		if d.books[file], err = excelize.OpenFile(file, excelize.Options{RawCellValue: true}); err != nil {
			d.Fatal(err)
		}
	}
	list, err := d.books[file].GetRows(sheet)
	if err != nil {
		d.Fatal(err)
	}
	rows := map[int][]string{}
	for i, row := range list {
		rows[i+1] = row
	}
	return rows
}

// read is a cell in the form in which texts are compared: a word for its first
// writing, a date in ISO.
func (o *original) read(column string, row int) string {
	at, err := excelize.ColumnNameToNumber(o.letters[column])
	if err != nil || at > len(o.rows[row]) {
		return ""
	}
	text := compact(o.rows[row][at-1])
	if text == "无" || text == "—" || text == "-" || text == "/" {
		return ""
	}
	for _, c := range o.kind.Columns {
		if c.Name != column {
			continue
		}
		for _, word := range c.Words {
			if slices.Contains(word, text) {
				return word[0]
			}
		}
		if c.Type == ingest.Date {
			return day(text)
		}
	}
	return text
}

// name is what a row calls its person.
func (o *original) name(row int) string {
	for _, c := range o.kind.Columns {
		if c.Type == ingest.PersonName && o.letters[c.Name] != "" {
			return o.read(c.Name, row)
		}
	}
	return ""
}

var digits = regexp.MustCompile(`-?\d+(?:\.\d+)?`)

// number reads a cell's number in the unit in which it is stored.
func (o *original) number(column string, row int) (*big.Rat, bool) {
	text := digits.FindString(strings.ReplaceAll(o.read(column, row), ",", ""))
	if text == "" {
		return nil, false
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, false
	}
	n, ok := new(big.Rat).SetString(strconv.FormatFloat(f, 'g', 15, 64))
	if ok && strings.Contains(o.heading[column], "分钟") { // hours, to two places
		n.SetString(n.Quo(n, big.NewRat(60, 1)).FloatString(2))
	}
	return n, ok
}

// compact is a text without spaces and in plain letters.
func compact(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(text))
}

// day is a date in ISO, as far as it is written.
func day(text string) string {
	if serial, err := strconv.ParseFloat(text, 64); err == nil && serial > 10_000 && serial < 80_000 {
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(serial)).Format(time.DateOnly)
	}
	text = strings.TrimRight(strings.NewReplacer("年", "-", "月", "-", "日", "", ".", "-", "/", "-").Replace(text), "-")
	for _, layout := range []string{"2006-1-2", "20060102"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.Format(time.DateOnly)
		}
	}
	for _, layout := range []string{"2006-1", "200601"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.Format("2006-01")
		}
	}
	return text
}

// exactly is a figure as the metric answers it.
func exactly(v any) (*big.Rat, bool) {
	n, ok := queries.Number(v)
	if !ok {
		return nil, false
	}
	return new(big.Rat).SetString(n.String())
}
