package sheet

import (
	"archive/zip"
	"bufio"
	"cmp"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"
)

// A pack is the zip file round a workbook, past the gate.
type pack struct {
	lim   Limits
	parts map[string]*zip.File // by key
}

// openPack checks the zip's directory (PROMISES.md §3, gate 2) before a byte
// of any part is inflated.
func openPack(r io.ReaderAt, size int64, lim Limits) (*pack, error) {
	// archive/zip reads as many headers as it finds, so the gate counts bytes.
	// A kilobyte for each header is ample.
	src := &budget{r: r, size: size, left: int64(lim.Entries)<<10 + 256<<10}
	z, err := zip.NewReader(src, size)
	if src.left < 0 {
		return nil, refuse("zip-entries")
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, readFault(err, "")
	}
	src.off = true
	z.RegisterDecompressor(zip.Deflate, inflater)
	if len(z.File) > lim.Entries {
		return nil, refuse("zip-entries")
	}
	p := &pack{lim: lim, parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		if err := p.admit(f); err != nil {
			return nil, err
		}
	}
	return p, disjoint(z.File)
}

// inflater reads deflated parts. The reader's type matters: flate has a fast
// path for *bufio.Reader.
func inflater(r io.Reader) io.ReadCloser {
	return flate.NewReader(bufio.NewReaderSize(r, 64<<10))
}

func (p *pack) admit(f *zip.File) error {
	name := partKey(f.Name)
	size := f.UncompressedSize64
	switch {
	case strings.ContainsRune(f.Name, 0) || name == "":
		return refuse("zip-name")
	case slices.Contains(strings.Split(name, "/"), ".."):
		return refuse("zip-name").in(f.Name)
	case p.parts[name] != nil:
		return refuse("zip-name").in(f.Name)
	case f.Flags&0x2041 != 0: // encrypted, strongly encrypted, masked headers
		return refuse("zip-secret").in(f.Name)
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return refuse("zip-method").in(f.Name)
	case size > uint64(p.lim.PartBytes):
		return refuse("zip-bomb").in(f.Name)
	case size > 1<<20 && size/uint64(p.lim.Ratio) > f.CompressedSize64:
		return refuse("zip-bomb").in(f.Name)
	case size > 0 && f.CRC32 == 0: // archive/zip would take this for "no checksum"
		return refuse("crc").in(f.Name)
	}
	p.parts[name] = f
	return nil
}

// disjoint refuses a zip whose parts share bytes: the way to make a few bytes
// inflate to very many.
func disjoint(files []*zip.File) error {
	type span struct {
		from, to int64
		name     string
	}
	spans := make([]span, 0, len(files))
	for _, f := range files {
		data, err := f.DataOffset()
		if err != nil {
			return readFault(err, f.Name)
		}
		spans = append(spans, span{data - 30 - int64(len(f.Name)), data + int64(f.CompressedSize64), f.Name})
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return refuse("zip-overlap").in(spans[i].name)
		}
	}
	return nil
}

// partKey is the name parts are compared by. Some programs write backslashes,
// some another case than the relationship that points there.
func partKey(name string) string {
	return strings.ToLower(strings.TrimLeft(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (p *pack) has(name string) bool { return p.parts[partKey(name)] != nil }

// resolve gives the part that a relationship of the part source points to.
func resolve(source, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if strings.HasPrefix(target, "/") {
		return path.Clean(target)[1:]
	}
	return path.Join("/", path.Dir("/"+source), target)[1:]
}

// A budget stops serving a reader that asks for too much, or for what is not
// in the file.
type budget struct {
	r    io.ReaderAt
	size int64
	left int64
	off  bool // once set, everything is served
}

func (b *budget) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off > b.size { // archive/zip believes a wrong directory
		return 0, zip.ErrFormat
	}
	if !b.off {
		if b.left -= int64(len(p)); b.left < 0 {
			return 0, zip.ErrFormat
		}
	}
	return b.r.ReadAt(p, off)
}
