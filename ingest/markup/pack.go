package markup

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
)

// partBytes bounds one part: it is held whole, one at a time.
const partBytes = 256 << 20

// ErrTooBig says that a sheet is too big to be marked in the memory there is.
var ErrTooBig = errors.New("表格太大，不能在原件上标注")

// A pack is a zip file and what is to become of it.
type pack struct {
	zip   *zip.Reader
	parts map[string]*zip.File // by key
	edits map[string][]edit    // by key
	fresh []part               // to be added
	lent  []byte               // what was last borrowed
	links map[string][]link    // to be added, by the part they start from
}

type part struct {
	name string
	data []byte
}

// A link is a relationship.
type link struct {
	id, kind string // kind is the last word of its type: worksheet, styles, …
	base     string // the type less that
	target   string // a part's name; empty if it points outside
}

func openPack(data []byte) (*pack, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	p := &pack{zip: z, parts: map[string]*zip.File{}, edits: map[string][]edit{}, links: map[string][]link{}}
	for _, f := range z.File {
		p.parts[key(f.Name)] = f
	}
	return p, nil
}

// key is the name that parts are compared by, as package sheet does.
func key(name string) string {
	return strings.ToLower(strings.TrimLeft(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (p *pack) has(name string) bool { return p.parts[key(name)] != nil || p.added(name) >= 0 }

func (p *pack) added(name string) int {
	return slices.IndexFunc(p.fresh, func(f part) bool { return key(f.name) == key(name) })
}

func (p *pack) read(name string) ([]byte, error) { return p.readInto(nil, name) }

// borrow reads a part that may be big, until the next one is borrowed.
func (p *pack) borrow(name string) ([]byte, error) {
	data, err := p.readInto(p.lent, name)
	if cap(data) > cap(p.lent) && p.added(name) < 0 {
		p.lent = data
	}
	return data, err
}

func (p *pack) readInto(data []byte, name string) ([]byte, error) {
	if i := p.added(name); i >= 0 {
		return p.fresh[i].data, nil
	}
	f := p.parts[key(name)]
	if f == nil {
		return nil, fmt.Errorf("no part %s", name)
	}
	if f.UncompressedSize64 > partBytes {
		return nil, ErrTooBig
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if size := int(f.UncompressedSize64); size <= cap(data) {
		data = data[:size]
	} else {
		data = make([]byte, size)
	}
	if _, err := io.ReadFull(r, data); err != nil {
		return nil, err
	}
	if _, err := r.Read(make([]byte, 1)); err != io.EOF { // the checksum is compared here
		return nil, fmt.Errorf("%s: %w", name, zip.ErrChecksum)
	}
	return data, nil
}

func (p *pack) tree(name string) (*node, error) {
	data, err := p.read(name)
	if err != nil {
		return nil, err
	}
	n, err := parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return n, nil
}

func (p *pack) edit(name string, edits ...edit) {
	p.edits[key(name)] = append(p.edits[key(name)], edits...)
}

// add adds a part, numbered so that its name is its own; the name it got.
func (p *pack) add(pattern, text string) string {
	for n := 1; ; n++ {
		if name := fmt.Sprintf(pattern, n); !p.has(name) {
			p.fresh = append(p.fresh, part{name, []byte(text)})
			return name
		}
	}
}

func linksOf(name string) string {
	if name == "" {
		return "_rels/.rels"
	}
	return path.Join(path.Dir(name), "_rels", path.Base(name)+".rels")
}

// follow lists what a part points to; the package itself is the part "".
func (p *pack) follow(name string) ([]link, error) {
	if !p.has(linksOf(name)) {
		return nil, nil
	}
	root, err := p.tree(linksOf(name))
	if err != nil {
		return nil, err
	}
	var list []link
	for _, n := range root.all("Relationship") {
		kind := n.attr("Type")
		l := link{id: n.attr("Id"), kind: path.Base(kind), base: strings.TrimSuffix(kind, path.Base(kind))}
		if n.attr("TargetMode") != "External" {
			l.target = p.resolve(name, n.attr("Target"))
		}
		list = append(list, l)
	}
	return list, nil
}

func (p *pack) resolve(from, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	name := path.Join("/", path.Dir("/"+from), target)[1:]
	if strings.HasPrefix(target, "/") {
		name = path.Clean(target)[1:]
	}
	if !p.has(name) {
		if plain, err := url.PathUnescape(name); err == nil && p.has(plain) {
			return plain
		}
	}
	return name
}

// link points from a part to one that was added; the id it got.
func (p *pack) link(from, target, base, kind string) string {
	old, _ := p.read(linksOf(from)) // an earlier copy may have some
	id := ""
	for n := len(p.links[from]) + 1; id == "" || bytes.Contains(old, []byte(`"`+id+`"`)); n++ {
		id = fmt.Sprintf("xingce%d", n)
	}
	p.links[from] = append(p.links[from], link{id: id, kind: kind, base: base, target: target})
	return id
}

// settle writes the links and the kinds of what was added.
func (p *pack) settle() error {
	for _, from := range sorted(p.links) {
		xml := ""
		for _, l := range p.links[from] {
			xml += fmt.Sprintf(`<Relationship Id="%s" Type="%s%s" Target="/%s"/>`, l.id, l.base, l.kind, escape(l.target))
		}
		if !p.has(linksOf(from)) {
			p.fresh = append(p.fresh, part{linksOf(from), fmt.Appendf(nil, head+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>`, xml)})
			continue
		}
		root, err := p.tree(linksOf(from))
		if err != nil {
			return err
		}
		p.edit(linksOf(from), root.grow(root.tag, root.own(xml))...)
	}
	const types = "[Content_Types].xml"
	root, err := p.tree(types)
	if err != nil {
		return err
	}
	xml, vml := "", slices.ContainsFunc(root.all("Default"), func(n *node) bool { return strings.EqualFold(n.attr("Extension"), "vml") })
	for _, f := range p.fresh {
		switch kind := contentType(f.name); {
		case kind == "" && slices.ContainsFunc(root.all("Default"), func(n *node) bool { return strings.EqualFold(n.attr("Extension"), "rels") }):
		case kind == "":
			xml += fmt.Sprintf(`<Override PartName="/%s" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`, escape(f.name))
		case path.Ext(f.name) == ".vml" && !vml:
			xml += fmt.Sprintf(`<Default Extension="vml" ContentType="%s"/>`, kind)
			vml = true
		default:
			xml += fmt.Sprintf(`<Override PartName="/%s" ContentType="%s"/>`, escape(f.name), kind)
		}
	}
	p.edit(types, root.grow(root.tag, root.own(xml))...)
	return nil
}

// contentType is what an added part is, by the name it was given.
func contentType(name string) string {
	const office = "application/vnd.openxmlformats-officedocument."
	switch base := path.Base(name); {
	case strings.HasSuffix(base, ".vml"):
		return office + "vmlDrawing"
	case strings.HasPrefix(base, "comments"):
		return office + "spreadsheetml.comments+xml"
	case strings.HasPrefix(base, "styles"):
		return office + "spreadsheetml.styles+xml"
	case strings.HasPrefix(base, "sheet") && strings.HasSuffix(base, ".xml"):
		return office + "spreadsheetml.worksheet+xml"
	}
	return ""
}

// write writes the file: parts without edits as they lie there, still packed.
func (p *pack) write(ctx context.Context, out io.Writer) error {
	if err := p.settle(); err != nil {
		return err
	}
	w := zip.NewWriter(out)
	level := flate.DefaultCompression
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, level) })
	edited := func(name string, data []byte) error {
		to, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if err := splice(to, data, p.edits[key(name)]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	}
	for _, f := range p.zip.File {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(p.edits[key(f.Name)]) == 0 {
			if err := w.Copy(f); err != nil {
				return err
			}
			continue
		}
		data, err := p.borrow(f.Name)
		if err != nil {
			return err
		}
		// The gate of package sheet refuses what is packed too well.
		if level = flate.DefaultCompression; f.UncompressedSize64/50 > f.CompressedSize64 {
			level = flate.HuffmanOnly
		}
		if err := edited(f.Name, data); err != nil {
			return err
		}
	}
	level = flate.DefaultCompression
	for _, f := range p.fresh {
		if err := edited(f.name, f.data); err != nil {
			return err
		}
	}
	return w.Close()
}
