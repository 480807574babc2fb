package sheet

import (
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
)

// A compound is an OLE compound file [MS-CFB]: a small file system, in which
// .xls keeps its workbook. All links are checked for their range, and no chain
// is followed for longer than the file has sectors.
type compound struct {
	r        io.ReaderAt
	size     int64
	shift    uint     // a sector has 1<<shift bytes
	next     []uint32 // sector by sector, the one that follows
	miniNext []uint32
	mini     []byte // the stream that holds the small streams
	entries  []dirEntry
}

type dirEntry struct {
	name        string // in lower case
	kind        byte   // 1 storage, 2 stream, 5 root
	left, right uint32
	child       uint32
	start       uint32
	size        int64
}

const (
	endOfChain = 0xfffffffe
	noEntry    = 0xffffffff
	miniSize   = 64
	miniBelow  = 4096 // streams shorter than this are in mini
)

// openCompound reads the tables and the directory.
func openCompound(r io.ReaderAt, size int64) (*compound, error) {
	head := make([]byte, 512)
	if _, err := r.ReadAt(head, 0); err != nil {
		return nil, oleFault(err)
	}
	le := binary.LittleEndian
	c := &compound{r: r, size: size, shift: uint(le.Uint16(head[30:]))}
	version := le.Uint16(head[26:])
	if le.Uint16(head[32:]) != 6 || le.Uint32(head[56:]) != miniBelow ||
		c.shift != 9 && c.shift != 12 || version != 3 && version != 4 {
		return nil, refuse("cfb")
	}
	if err := c.readTable(head); err != nil {
		return nil, err
	}
	dir, err := c.chain(le.Uint32(head[48:]), -1)
	if err != nil {
		return nil, err
	}
	for ; len(dir) >= 128; dir = dir[128:] {
		c.entries = append(c.entries, parseEntry(dir[:128], version))
	}
	if len(c.entries) == 0 || c.entries[0].kind != 5 {
		return nil, refuse("cfb")
	}
	return c, c.readMini(le.Uint32(head[60:]))
}

// readTable reads the table of next sectors. Where its own sectors are stands
// in the head and, for large files, in a chain of further sectors.
func (c *compound) readTable(head []byte) error {
	le := binary.LittleEndian
	var at []uint32
	list := func(b []byte) {
		for ; len(b) >= 4; b = b[4:] {
			if s := le.Uint32(b); s < endOfChain-3 {
				at = append(at, s)
			}
		}
	}
	list(head[76:512])
	sector := make([]byte, 1<<c.shift)
	more, count := le.Uint32(head[68:]), le.Uint32(head[72:])
	for ; count > 0; count-- {
		if int(count) > c.sectors() || len(at) > c.sectors() {
			return refuse("cfb")
		}
		if err := c.sector(sector, more); err != nil {
			return err
		}
		list(sector[:len(sector)-4])
		more = le.Uint32(sector[len(sector)-4:])
	}
	if len(at) != int(le.Uint32(head[44:])) || len(at) > c.sectors() {
		return refuse("cfb")
	}
	for _, s := range at {
		if err := c.sector(sector, s); err != nil {
			return err
		}
		for b := sector; len(b) > 0; b = b[4:] {
			c.next = append(c.next, le.Uint32(b))
		}
	}
	return nil
}

// readMini reads the stream of small streams and its table.
func (c *compound) readMini(tableAt uint32) error {
	root := c.entries[0]
	if root.size == 0 || tableAt >= endOfChain {
		return nil
	}
	table, err := c.chain(tableAt, -1)
	if err != nil {
		return err
	}
	for ; len(table) >= 4; table = table[4:] {
		c.miniNext = append(c.miniNext, binary.LittleEndian.Uint32(table))
	}
	c.mini, err = c.chain(root.start, root.size)
	return err
}

// sectors is how many the file has; the last may be cut short.
func (c *compound) sectors() int { return int((c.size - 1) >> c.shift) }

// sector reads one sector whole.
func (c *compound) sector(b []byte, n uint32) error {
	if int64(n) >= int64(c.sectors()) {
		return refuse("cfb")
	}
	_, err := c.r.ReadAt(b, int64(n+1)<<c.shift)
	return oleFault(err)
}

// chain reads size bytes along a chain of sectors, or all if size is -1.
func (c *compound) chain(start uint32, size int64) ([]byte, error) {
	if size > c.size {
		return nil, refuse("cfb")
	}
	var out []byte
	step := int64(1) << c.shift
	for n, left := start, c.sectors(); size < 0 && n != endOfChain || int64(len(out)) < size; left-- {
		if left == 0 || int64(n) >= int64(c.sectors()) || int(n) >= len(c.next) {
			return nil, refuse("cfb")
		}
		want := step
		if size >= 0 {
			want = min(want, size-int64(len(out)))
		}
		from := len(out)
		out = append(out, make([]byte, want)...)
		if _, err := c.r.ReadAt(out[from:], int64(n+1)<<c.shift); err != nil {
			return nil, oleFault(err)
		}
		n = c.next[n]
	}
	return out, nil
}

// stream reads a stream whole.
func (c *compound) stream(e dirEntry) ([]byte, error) {
	if e.size >= miniBelow {
		return c.chain(e.start, e.size)
	}
	var out []byte
	for n := e.start; int64(len(out)) < e.size; {
		from := int64(n) * miniSize
		want := min(miniSize, e.size-int64(len(out)))
		if int(n) >= len(c.miniNext) || from+want > int64(len(c.mini)) {
			return nil, refuse("cfb")
		}
		out = append(out, c.mini[from:from+want]...)
		n = c.miniNext[n]
	}
	return out, nil
}

func parseEntry(b []byte, version uint16) dirEntry {
	le := binary.LittleEndian
	var wide []uint16
	for i := 0; i+2 < int(min(le.Uint16(b[64:]), 64)); i += 2 {
		wide = append(wide, le.Uint16(b[i:]))
	}
	e := dirEntry{
		name: strings.ToLower(string(utf16.Decode(wide))), kind: b[66],
		left: le.Uint32(b[68:]), right: le.Uint32(b[72:]), child: le.Uint32(b[76:]),
		start: le.Uint32(b[116:]), size: int64(le.Uint32(b[120:])),
	}
	if version == 4 {
		e.size |= int64(le.Uint32(b[124:])&0x7fffffff) << 32
	}
	return e
}

// top lists the entries of the root by name. What is embedded in a document
// lies deeper.
func (c *compound) top() (map[string]dirEntry, error) {
	found := map[string]dirEntry{}
	seen := make([]bool, len(c.entries))
	for todo := []uint32{c.entries[0].child}; len(todo) > 0; {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if n == noEntry {
			continue
		}
		if int64(n) >= int64(len(c.entries)) || seen[n] {
			return nil, refuse("cfb")
		}
		seen[n] = true
		e := c.entries[n]
		found[e.name] = e
		todo = append(todo, e.left, e.right)
	}
	return found, nil
}

// oleFault is readFault for a compound file: one that ends early is damaged.
func oleFault(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return refuse("cfb")
	}
	return err
}
