package sheet

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// The records of an .xls stream that matter here [MS-XLS].
const (
	recFormula    = 0x0006
	recEOF        = 0x000a
	recDateMode   = 0x0022
	recFilePass   = 0x002f
	recContinue   = 0x003c
	recColInfo    = 0x007d
	recBoundSheet = 0x0085
	recMulRK      = 0x00bd
	recRString    = 0x00d6
	recXF         = 0x00e0
	recMerged     = 0x00e5
	recSST        = 0x00fc
	recLabelSST   = 0x00fd
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRow        = 0x0208
	recArray      = 0x0221
	recTable      = 0x0236
	recRK         = 0x027e
	recFormat     = 0x041e
	recShared     = 0x04bc
	recBOF        = 0x0809
)

// A record is one piece of an .xls stream.
type record struct {
	kind uint16
	at   int // of its header in the stream
	data []byte
}

// records walks a stream from a place.
type records struct {
	data []byte
	at   int
}

// next gives the next record; one that is cut off is a mistake.
func (r *records) next() (record, error) {
	if len(r.data)-r.at < 4 {
		return record{}, refuse("biff")
	}
	head := r.data[r.at:]
	size := int(binary.LittleEndian.Uint16(head[2:]))
	if len(head) < 4+size {
		return record{}, refuse("biff")
	}
	rec := record{binary.LittleEndian.Uint16(head), r.at, head[4 : 4+size]}
	r.at += 4 + size
	return rec, nil
}

// pieces gives the rest of the record that was just read, which is in the
// CONTINUE records after it.
func (r *records) pieces(first []byte) *pieces {
	p := &pieces{now: first}
	for {
		rec, err := r.next()
		if err != nil || rec.kind != recContinue {
			if err == nil {
				r.at = rec.at
			}
			return p
		}
		p.rest = append(p.rest, rec.data)
	}
}

// pieces reads a record that goes over several.
type pieces struct {
	now    []byte
	rest   [][]byte
	failed bool // something was read that is not there
	wide   []uint16
}

// turn goes to the next piece.
func (p *pieces) turn() bool {
	if len(p.rest) == 0 {
		p.failed = true
		return false
	}
	p.now, p.rest = p.rest[0], p.rest[1:]
	return true
}

func (p *pieces) done() bool {
	for len(p.now) == 0 {
		if len(p.rest) == 0 {
			return true
		}
		p.turn()
	}
	return false
}

func (p *pieces) byte() byte {
	for len(p.now) == 0 {
		if !p.turn() {
			return 0
		}
	}
	b := p.now[0]
	p.now = p.now[1:]
	return b
}

func (p *pieces) uint16() uint16 { return uint16(p.byte()) | uint16(p.byte())<<8 }
func (p *pieces) uint32() uint32 { return uint32(p.uint16()) | uint32(p.uint16())<<16 }

func (p *pieces) skip(n int) {
	for n > len(p.now) {
		n -= len(p.now)
		if !p.turn() {
			return
		}
	}
	p.now = p.now[n:]
}

// text appends a string: its flags, its characters, and, passed over, the
// styles of its runs and its phonetics.
func (p *pieces) text(dst []byte, count int) ([]byte, bool) {
	flags := p.byte()
	runs, extra := 0, 0
	if flags&8 != 0 {
		runs = int(p.uint16())
	}
	if flags&4 != 0 {
		extra = int(p.uint32())
	}
	p.wide = p.wide[:0]
	for count > 0 && !p.failed {
		// A piece that begins within the characters repeats the flags: the
		// rest may be written in the other width.
		if len(p.now) == 0 {
			if !p.turn() {
				break
			}
			flags = p.byte()
			continue
		}
		if flags&1 == 0 {
			n := min(count, len(p.now))
			for _, c := range p.now[:n] {
				p.wide = append(p.wide, uint16(c))
			}
			p.now = p.now[n:]
			count -= n
			continue
		}
		n := min(count, len(p.now)/2)
		if n == 0 { // a character cut in two
			p.failed = true
			break
		}
		for i := range n {
			p.wide = append(p.wide, binary.LittleEndian.Uint16(p.now[2*i:]))
		}
		p.now = p.now[2*n:]
		count -= n
	}
	p.skip(4 * runs)
	p.skip(extra)
	if p.failed {
		return dst, false
	}
	return appendWide(dst, p.wide)
}

// appendWide appends UTF-16 as UTF-8.
func appendWide(dst []byte, wide []uint16) ([]byte, bool) {
	for i := 0; i < len(wide); i++ {
		r := rune(wide[i])
		if utf16.IsSurrogate(r) {
			i++
			if i == len(wide) {
				return dst, false
			}
			if r = utf16.DecodeRune(r, rune(wide[i])); r == utf8.RuneError {
				return dst, false
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst, true
}
