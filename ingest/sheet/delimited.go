package sheet

import (
	"context"
	"strings"
)

// delimited is a text of rows and cells.
type delimited struct {
	text  string
	comma byte
	lim   Limits
}

// eachRow calls yield with every row that is not blank, until it says no. The
// rows are numbered as Excel numbers them: a quoted cell may go over lines.
func (d *delimited) eachRow(ctx context.Context, yield func(Row) bool) error {
	build := rowBuilder{lim: d.lim}
	p := fieldReader{text: d.text, comma: d.comma}
	for number := 1; p.at < len(p.text); number++ {
		if number%1024 == 1 && ctx.Err() != nil {
			return ctx.Err()
		}
		if number > d.lim.Rows {
			return refuse("rows", d.lim.Rows).at(number, 0)
		}
		for col := 1; ; col++ {
			field, last, ok := p.next()
			if !ok {
				return refuse("quote").at(number, col)
			}
			if field != "" {
				if err := d.add(&build, number, col, field); err != nil {
					return err
				}
			}
			if last {
				break
			}
		}
		row := build.finish(number, false)
		if len(row.Cells) > 0 && !yield(row) {
			return nil
		}
		build.clear()
	}
	return nil
}

func (d *delimited) add(build *rowBuilder, number, col int, field string) error {
	if col > d.lim.Cols {
		return refuse("cols", d.lim.Cols).at(number, col)
	}
	if len(field) > d.lim.CellText && units([]byte(field)) > d.lim.CellText {
		return refuse("cell-text", d.lim.CellText).at(number, col)
	}
	return located(build.string(col, Text, field), "", number, col)
}

// A fieldReader splits a text into fields.
type fieldReader struct {
	text  string
	comma byte
	at    int
}

// next gives the next field and whether it is the last of its row. It reports
// false if a quote is never closed.
func (p *fieldReader) next() (field string, last, ok bool) {
	rest := p.text[p.at:]
	switch {
	case strings.HasPrefix(rest, `"`):
		return p.quoted()
	case strings.HasPrefix(rest, `="`):
		// ="0123" is how programs keep Excel from reading a number.
		if end := strings.IndexByte(rest[2:], '"'); end >= 0 && p.ends(p.at+2+end+1) {
			p.at += 2 + end + 1
			return rest[2 : 2+end], p.separator(), true
		}
	}
	n := 0
	for n < len(rest) && rest[n] != p.comma && rest[n] != '\n' && rest[n] != '\r' {
		n++
	}
	p.at += n
	return rest[:n], p.separator(), true
}

// quoted reads a field that begins with a quote; "" within stands for one. As
// in Excel, what follows the closing quote belongs to the field, too.
func (p *fieldReader) quoted() (field string, last, ok bool) {
	rest := p.text[p.at+1:]
	end := strings.IndexByte(rest, '"')
	if end < 0 {
		return "", false, false
	}
	if p.ends(p.at + end + 2) { // no quote within: no copy
		p.at += end + 2
		return rest[:end], p.separator(), true
	}
	var b strings.Builder
	for strings.HasPrefix(rest[end:], `""`) {
		b.WriteString(rest[:end+1])
		rest = rest[end+2:]
		if end = strings.IndexByte(rest, '"'); end < 0 {
			return "", false, false
		}
	}
	b.WriteString(rest[:end])
	p.at = len(p.text) - len(rest) + end + 1
	rest = rest[end+1:]
	n := 0
	for n < len(rest) && rest[n] != p.comma && rest[n] != '\n' && rest[n] != '\r' {
		n++
	}
	b.WriteString(rest[:n])
	p.at += n
	field = b.String()
	if strings.HasPrefix(field, `="`) && len(field) > 2 && strings.IndexByte(field[2:], '"') == len(field)-3 {
		field = field[2 : len(field)-1]
	}
	return field, p.separator(), true
}

// ends reports whether a field can end at this place.
func (p *fieldReader) ends(at int) bool {
	return at == len(p.text) || p.text[at] == p.comma || p.text[at] == '\n' || p.text[at] == '\r'
}

// separator passes the comma or the line end. It reports whether the row ends.
func (p *fieldReader) separator() bool {
	if p.at == len(p.text) {
		return true
	}
	c := p.text[p.at]
	p.at++
	if c == p.comma {
		return false
	}
	if c == '\r' && p.at < len(p.text) && p.text[p.at] == '\n' {
		p.at++
	}
	return true
}

// delimiter finds what separates the cells. The first line may say so, as
// Excel has it: sep=; and is then cut off.
func delimiter(text string) (comma byte, rest string) {
	if len(text) > 5 && strings.EqualFold(text[:4], "sep=") && (text[5] == '\n' || text[5] == '\r') {
		return text[4], strings.TrimLeft(text[5:], "\r\n")
	}
	best := 0
	comma = ','
	for _, c := range []byte(",\t;|") {
		if score := regularity(text, c); score > best {
			comma, best = c, score
		}
	}
	return comma, text
}

// regularity weighs the separators in the rows of the commonest width, which
// is the table; titles and notes round it are few and ragged.
func regularity(text string, comma byte) int {
	const sample = 64 << 10
	p := fieldReader{text: text[:min(len(text), sample)], comma: comma}
	widths := map[int]int{}
	for p.at < len(p.text) {
		for width := 1; ; width++ {
			_, last, ok := p.next()
			if !ok { // the sample may end within a quoted cell
				p.at = len(p.text)
				break
			}
			if last {
				widths[width]++
				break
			}
		}
	}
	best := 0
	for width, rows := range widths {
		best = max(best, rows*rows*(width-1))
	}
	return best
}
