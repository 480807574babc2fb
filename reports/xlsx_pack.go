package reports

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/shopspring/decimal"
)

// A packer is the zip that excelize writes a workbook into. It puts the rows
// of the forms in their places, which excelize would take seconds for in a
// large workbook, and packs so that the bytes depend on the parts alone: one
// time, one order of parts, and one order of the content types, which excelize
// takes from a map when there is a chart.
type packer struct {
	to    io.Writer
	parts map[string]*bytes.Buffer
	rows  map[string]*Form // by part
}

// Create begins a part.
func (p *packer) Create(name string) (io.Writer, error) {
	p.parts[name] = &bytes.Buffer{}
	return p.parts[name], nil
}

// AddFS is not what excelize does with a new workbook.
func (p *packer) AddFS(fs.FS) error { return errors.ErrUnsupported }

// epoch is the first day that a zip can name.
var epoch = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// Close packs what there is.
func (p *packer) Close() error {
	w := zip.NewWriter(p.to)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, 5) })
	for _, name := range slices.Sorted(maps.Keys(p.parts)) {
		text := p.parts[name].Bytes()
		if name == "[Content_Types].xml" {
			text = sortTypes(text)
		}
		to, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: epoch})
		if err != nil {
			return err
		}
		if s := p.rows[name]; s != nil {
			err = s.writeInto(to, text)
		} else {
			_, err = to.Write(text)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return w.Close()
}

var contentType = regexp.MustCompile(`<(Default|Override) [^>]*?(/>|></(Default|Override)>)`)

// sortTypes puts the entries of [Content_Types].xml in order.
func sortTypes(text []byte) []byte {
	entries := contentType.FindAll(text, -1)
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, bytes.Compare)
	next := 0
	return contentType.ReplaceAllFunc(text, func([]byte) []byte { next++; return sorted[next-1] })
}

// What follows the merged cells in a sheet.
var afterMerges = regexp.MustCompile(`<(conditionalFormatting|dataValidations|printOptions|pageMargins)[ />]`)

// writeInto writes a sheet's part with its rows and merged cells in it.
func (s *Form) writeInto(to io.Writer, part []byte) error {
	const none = "<sheetData></sheetData>"
	before, after, ok := bytes.Cut(part, []byte(none))
	at := afterMerges.FindIndex(after)
	if !ok || at == nil {
		return errors.New("the sheet has no place for its rows")
	}
	var merges bytes.Buffer
	if len(s.merges) > 0 {
		fmt.Fprintf(&merges, `<mergeCells count="%d">`, len(s.merges))
		for _, cells := range s.merges {
			fmt.Fprintf(&merges, `<mergeCell ref="%s"/>`, cells)
		}
		merges.WriteString("</mergeCells>")
	}
	for _, text := range [][]byte{before, s.sheetData(), after[:at[0]], merges.Bytes(), after[at[0]:]} {
		if _, err := to.Write(text); err != nil {
			return err
		}
	}
	return nil
}

// sheetData is the rows as XML. Text is inline; a number's digits go in as
// they are, through no binary fraction; a formula brings its result along for
// readers that do not reckon.
func (s *Form) sheetData() []byte {
	var b bytes.Buffer
	b.WriteString("<sheetData>")
	for i, row := range s.rows {
		if len(row.cells) == 0 && row.height == 0 {
			continue
		}
		number := strconv.Itoa(i + 1)
		b.WriteString(`<row r="` + number + `" ht="` + strconv.FormatFloat(row.height, 'f', -1, 64) + `" customHeight="1">`)
		for _, c := range row.cells {
			b.WriteString(`<c r="` + s.letters[c.column] + number + `" s="` + strconv.Itoa(c.style) + `"`)
			value := c.value
			if f, ok := value.(Formula); ok {
				if _, text := f.Value.(string); text {
					b.WriteString(` t="str"`)
				}
				b.WriteString("><f>")
				xml.EscapeText(&b, []byte(f.Text))
				b.WriteString("</f><v>" + xmlText(f.Value) + "</v></c>")
				continue
			}
			switch v := value.(type) {
			case nil:
				b.WriteString("/>")
			case string:
				b.WriteString(` t="inlineStr"><is><t xml:space="preserve">` + xmlText(v) + "</t></is></c>")
			default:
				b.WriteString("><v>" + xmlText(v) + "</v></c>")
			}
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData>")
	return b.Bytes()
}

// coded is text that a reader of workbooks would take for a coded character.
var coded = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

func xmlText(value any) string {
	switch v := value.(type) {
	case int:
		return strconv.Itoa(v)
	case decimal.Decimal:
		return v.String()
	case string:
		if strings.Contains(v, "_x") {
			v = coded.ReplaceAllString(v, "_x005F_$1")
		}
		if !strings.ContainsAny(v, "&<>\"'\r\n\t") && ordinary(v) {
			return v
		}
		var b strings.Builder
		xml.EscapeText(&b, []byte(v))
		return b.String()
	}
	return ""
}

// ordinary reports whether XML can hold every letter of a text.
func ordinary(text string) bool {
	for _, r := range text {
		if r < ' ' || r == 0xfffd || r == 0xfffe || r == 0xffff {
			return false
		}
	}
	return true
}
