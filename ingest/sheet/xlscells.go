package sheet

import (
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"slices"
	"strconv"
)

// An xlsCell says where a cell's record is. Programs write cells in the order
// in which they were filled, so they are listed and sorted before they are read.
type xlsCell struct {
	place uint32 // row<<16 | column, 0-based
	at    uint32 // of the record
}

// eachRow calls yield with every row that has cells, until it says no.
func (w *xlsBook) eachRow(ctx context.Context, name string, at int, yield func(Row) bool) error {
	cells, hidden, err := w.list(ctx, at)
	if err != nil {
		return located(err, name, 0, 0)
	}
	build := rowBuilder{lim: w.lim}
	for i := 0; i < len(cells); {
		if err := ctx.Err(); err != nil {
			return err
		}
		row := cells[i].place >> 16
		for ; i < len(cells) && cells[i].place>>16 == row; i++ {
			c := cells[i]
			col := int(c.place&0xffff) + 1
			if i > 0 && cells[i-1].place == c.place {
				return refuse("bad-place").in(name).at(int(row)+1, col)
			}
			if err := w.cell(&build, c, col); err != nil {
				return located(err, name, int(row)+1, col)
			}
		}
		if !yield(build.finish(int(row)+1, hidden[row])) {
			return nil
		}
		build.clear()
	}
	return nil
}

// list finds the cells of a sheet that are not blank, and its hidden rows.
func (w *xlsBook) list(ctx context.Context, at int) ([]xlsCell, map[uint32]bool, error) {
	le := binary.LittleEndian
	var cells []xlsCell
	hidden := map[uint32]bool{}
	sorted := true
	add := func(row, col uint16, at int) error {
		if int(row) >= w.lim.Rows {
			return refuse("rows", w.lim.Rows).at(int(row)+1, 0)
		}
		if int(col) >= w.lim.Cols {
			return refuse("cols", w.lim.Cols).at(int(row)+1, int(col)+1)
		}
		if int64(len(cells)) == w.lim.Cells {
			return refuse("cells", w.lim.Cells).at(int(row)+1, int(col)+1)
		}
		c := xlsCell{uint32(row)<<16 | uint32(col), uint32(at)}
		sorted = sorted && (len(cells) == 0 || cells[len(cells)-1].place <= c.place)
		cells = append(cells, c)
		return nil
	}
	err := w.walk(at, func(rec record) error {
		d := rec.data
		if need := xlsSize[rec.kind]; need == 0 {
			return nil
		} else if len(d) < need {
			return refuse("biff")
		}
		switch rec.kind {
		case recRow:
			if le.Uint16(d[12:])&0x20 != 0 {
				hidden[uint32(le.Uint16(d))] = true
			}
			return nil
		case recMulRK:
			first, last := le.Uint16(d[2:]), le.Uint16(d[len(d)-2:])
			if last < first || len(d) != 6+6*(int(last-first)+1) {
				return refuse("biff")
			}
			for col := int(first); col <= int(last); col++ {
				if err := add(le.Uint16(d), uint16(col), rec.at); err != nil {
					return err
				}
			}
			return ctx.Err()
		}
		return add(le.Uint16(d), le.Uint16(d[2:]), rec.at)
	})
	if !sorted {
		slices.SortStableFunc(cells, func(a, b xlsCell) int { return cmp.Compare(a.place, b.place) })
	}
	return cells, hidden, err
}

// xlsSize is the least size of the records that list reads.
var xlsSize = map[uint16]int{
	recRow: 14, recMulRK: 12, recLabelSST: 10, recNumber: 14, recRK: 10,
	recBoolErr: 8, recFormula: 14, recLabel: 9, recRString: 9,
}

// cell reads the cell that stands in column col.
func (w *xlsBook) cell(build *rowBuilder, c xlsCell, col int) error {
	le := binary.LittleEndian
	rs := &records{w.data, int(c.at)}
	rec, err := rs.next()
	if err != nil {
		return err
	}
	d := rec.data
	style := le.Uint16(d[4:])
	value := d[6:]
	if rec.kind == recMulRK {
		i := 4 + 6*(col-1-int(le.Uint16(d[2:])))
		style, value = le.Uint16(d[i:]), d[i+2:]
	}
	if int(style) >= len(w.styles) {
		return refuse("bad-index")
	}
	switch rec.kind {
	case recRK, recMulRK:
		return w.number(build, col, style, rkNumber(le.Uint32(value)))
	case recNumber:
		return w.number(build, col, style, math.Float64frombits(le.Uint64(value)))
	case recBoolErr:
		return boolErr(build, col, value[0], value[1] != 0)
	case recLabelSST:
		n := le.Uint32(value)
		if int64(n) >= int64(len(w.texts)) {
			return refuse("bad-index")
		}
		return build.string(col, Text, w.texts[n])
	case recLabel, recRString:
		return w.text(build, col, rs.pieces(value))
	}
	return w.formula(build, col, style, value, rs)
}

// formula reads the stored result of a formula. Two bytes of ones at its end
// say that it is no number; a text is in a record of its own.
func (w *xlsBook) formula(build *rowBuilder, col int, style uint16, value []byte, rs *records) error {
	if value[6] != 0xff || value[7] != 0xff {
		return w.number(build, col, style, math.Float64frombits(binary.LittleEndian.Uint64(value)))
	}
	switch value[0] {
	case 1:
		return boolErr(build, col, value[2], false)
	case 2:
		return boolErr(build, col, value[2], true)
	case 3:
		return build.string(col, Text, "")
	}
	for {
		rec, err := rs.next()
		if err != nil {
			return err
		}
		switch rec.kind {
		case recString:
			return w.text(build, col, rs.pieces(rec.data))
		case recShared, recArray, recTable, recContinue:
			continue
		}
		return build.string(col, Error, NoResult)
	}
}

func (w *xlsBook) text(build *rowBuilder, col int, p *pieces) error {
	text, ok := p.text(nil, int(p.uint16()))
	if !ok {
		return refuse("biff")
	}
	if err := checkText(text, w.lim); err != nil {
		return err
	}
	return build.bytes(col, Text, text)
}

func (w *xlsBook) number(build *rowBuilder, col int, style uint16, v float64) error {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return refuse("bad-number")
	}
	build.begin()
	f := w.styles[style]
	if text, ok := f.asText(build.text, v); ok {
		build.text = text
		return build.end(col, Text)
	}
	if f.shown != asNumber {
		if text, ok := serialText(build.text, v, f.shown, w.date1904); ok {
			build.text = text
			return build.end(col, Date)
		}
	}
	// As Excel writes numbers in .xlsx: with an exponent where digits are lost.
	form := byte('f')
	if abs := math.Abs(v); abs >= 1e15 || abs < 1e-9 && abs > 0 {
		form = 'E'
	}
	build.text = strconv.AppendFloat(build.text, v, form, -1, 64)
	return build.end(col, Number)
}

// rkNumber decodes the four bytes in which Excel packs short numbers.
func rkNumber(rk uint32) float64 {
	v := math.Float64frombits(uint64(rk&^3) << 32)
	if rk&2 != 0 {
		v = float64(int32(rk) >> 2)
	}
	if rk&1 != 0 {
		v /= 100
	}
	return v
}

func boolErr(build *rowBuilder, col int, code byte, isErr bool) error {
	switch {
	case isErr:
		text, ok := xlsErrors[code]
		if !ok {
			return refuse("bad-value")
		}
		return build.string(col, Error, text)
	case code == 0:
		return build.string(col, Bool, "FALSE")
	}
	return build.string(col, Bool, "TRUE")
}

var xlsErrors = map[byte]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0f: "#VALUE!", 0x17: "#REF!",
	0x1d: "#NAME?", 0x24: "#NUM!", 0x2a: "#N/A", 0x2b: "#GETTING_DATA",
}
