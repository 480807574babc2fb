package sheet

import (
	"context"
	"encoding/binary"
	"iter"
)

// An xlsBook is an open .xls file of the kind BIFF8, Excel 97 to 2003.
type xlsBook struct {
	data     []byte // the workbook stream
	lim      Limits
	date1904 bool
	styles   []format
	texts    []string
}

// openXLS reads what the sheets of a workbook stream share.
func openXLS(data []byte, lim Limits) (*Book, error) {
	w := &xlsBook{data: data, lim: lim}
	rs := &records{data: data}
	if err := beginSubstream(rs); err != nil {
		return nil, err
	}
	book := &Book{Format: "xls"}
	formats := map[int]format{}
	var styles []int
	for depth := 1; depth > 0; {
		rec, err := rs.next()
		if err != nil {
			return nil, err
		}
		d := rec.data
		short := func(n int) bool { return len(d) < n }
		switch rec.kind {
		case recBOF:
			depth++
		case recEOF:
			depth--
		case recFilePass:
			return nil, refuse("encrypted")
		case recDateMode:
			w.date1904 = !short(2) && binary.LittleEndian.Uint16(d) == 1
		case recFormat:
			if short(5) {
				return nil, refuse("biff")
			}
			p := &pieces{now: d[4:]}
			code, ok := p.text(nil, int(binary.LittleEndian.Uint16(d[2:])))
			if !ok {
				return nil, refuse("biff")
			}
			formats[int(binary.LittleEndian.Uint16(d))] = formatOf(string(code))
		case recXF:
			if short(4) {
				return nil, refuse("biff")
			}
			styles = append(styles, int(binary.LittleEndian.Uint16(d[2:])))
		case recSST:
			if short(8) {
				return nil, refuse("biff")
			}
			if err := w.readSST(rs.pieces(d[4:])); err != nil {
				return nil, err
			}
		case recBoundSheet:
			if err := w.sheet(book, d); err != nil {
				return nil, err
			}
		}
	}
	if len(book.Sheets) == 0 {
		return nil, refuse("no-sheets")
	}
	for _, s := range book.Sheets {
		s.Date1904 = w.date1904
	}
	w.styles = showStyles(styles, formats)
	return book, nil
}

// beginSubstream reads a BOF record, which says how old the format is.
func beginSubstream(rs *records) error {
	rec, err := rs.next()
	if err != nil {
		return err
	}
	if rec.kind != recBOF || len(rec.data) < 4 {
		if rec.kind&0xff == 9 {
			return refuse("old-xls")
		}
		return refuse("biff")
	}
	if binary.LittleEndian.Uint16(rec.data) != 0x0600 {
		return refuse("old-xls")
	}
	return nil
}

// readSST reads the shared strings. Their count may be wrong; a cell that
// points behind the last is found when it is read.
func (w *xlsBook) readSST(p *pieces) error {
	count := int64(p.uint32())
	var store arena
	var buf []byte
	for ; count > 0 && !p.done(); count-- {
		var ok bool
		if buf, ok = p.text(buf[:0], int(p.uint16())); !ok {
			return refuse("biff")
		}
		if err := checkText(buf, w.lim); err != nil {
			return err
		}
		if len(w.texts) == w.lim.Strings || store.size+int64(len(buf)) > w.lim.StringBytes {
			return refuse("strings")
		}
		w.texts = append(w.texts, store.add(buf))
	}
	return nil
}

// sheet takes in a BOUNDSHEET record; only worksheets have rows.
func (w *xlsBook) sheet(book *Book, d []byte) error {
	if len(d) < 8 {
		return refuse("biff")
	}
	if d[5] != 0 {
		return nil
	}
	p := &pieces{now: d[7:]}
	name, ok := p.text(nil, int(d[6]))
	if !ok {
		return refuse("biff")
	}
	s := &Sheet{Name: string(name)}
	switch d[4] & 3 {
	case 1:
		s.Visibility = Hidden
	case 2:
		s.Visibility = VeryHidden
	}
	at := int(binary.LittleEndian.Uint32(d))
	s.rows = func(ctx context.Context) iter.Seq2[Row, error] {
		return func(yield func(Row, error) bool) {
			if err := w.eachRow(ctx, s.Name, at, func(r Row) bool { return yield(r, nil) }); err != nil {
				yield(Row{}, err)
			}
		}
	}
	s.merges = func(context.Context) ([]Range, error) { return w.merges(s.Name, at) }
	s.hidden = func(context.Context) ([]Span, error) { return w.hidden(s.Name, at) }
	book.Sheets = append(book.Sheets, s)
	return nil
}

// walk calls each with the records of the sheet that begins at a place; those
// of charts in it are left out.
func (w *xlsBook) walk(at int, each func(record) error) error {
	if at > len(w.data) {
		return refuse("biff")
	}
	rs := &records{w.data, at}
	if err := beginSubstream(rs); err != nil {
		return err
	}
	for depth := 1; depth > 0; {
		rec, err := rs.next()
		if err != nil {
			return err
		}
		switch {
		case rec.kind == recBOF:
			depth++
		case rec.kind == recEOF:
			depth--
		case depth == 1:
			if err := each(rec); err != nil {
				return err
			}
		}
	}
	return nil
}

// merges reads a sheet for its merged ranges.
func (w *xlsBook) merges(name string, at int) ([]Range, error) {
	var found []Range
	err := w.walk(at, func(rec record) error {
		if rec.kind != recMerged {
			return nil
		}
		d := rec.data
		if len(d) < 2 || len(d) < 2+8*int(binary.LittleEndian.Uint16(d)) {
			return refuse("bad-merge")
		}
		for n, b := binary.LittleEndian.Uint16(d), d[2:]; n > 0; n, b = n-1, b[8:] {
			word := func(i int) int { return int(binary.LittleEndian.Uint16(b[i:])) + 1 }
			r := Range{word(0), word(4), word(2), word(6)}
			if r.FirstRow > r.LastRow || r.FirstCol > r.LastCol {
				return refuse("bad-merge")
			}
			if len(found) == maxMerges {
				return refuse("merges")
			}
			found = append(found, r)
		}
		return nil
	})
	return found, located(err, name, 0, 0)
}
