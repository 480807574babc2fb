package sheet

import (
	"context"
	"net/url"
	"path"
	"strings"
)

// A relation is one line of a part's relationships.
type relation struct {
	kind   string // the last word of its type: worksheet, styles, …
	target string // a part's name; empty if it points outside the package
}

// scan runs read over the tokens of a part and then on to its end.
func (p *pack) scan(ctx context.Context, name string, read func(x *scanner) error) error {
	r, err := p.open(ctx, name)
	if err != nil {
		return err
	}
	defer r.Close()
	x := newScanner(r, name, p.lim)
	if err := read(x); err != nil {
		return located(err, name, 0, 0)
	}
	return x.drain()
}

// root scans to the root element, which must have this name.
func root(x *scanner, ns namespace, name string) error {
	t, err := x.next()
	if err != nil {
		return err
	}
	if t != tokenStart || !x.is(ns, name) {
		return x.fail("xml-structure")
	}
	return nil
}

// children calls each with every child element of the open one. If each leaves
// a child open, the rest of it is skipped. Of markup that a program offers in
// several forms, the fallback is taken, which is there for readers like this.
func children(x *scanner, each func() error) error {
	for depth := x.depth(); ; {
		t, err := x.next()
		switch {
		case err != nil:
			return err
		case t == tokenEnd:
			return nil
		case t != tokenStart:
			continue
		}
		if x.is(nsCompat, "AlternateContent") {
			err = children(x, func() error {
				if !x.is(nsCompat, "Fallback") {
					return nil
				}
				return children(x, each)
			})
		} else {
			err = each()
		}
		if err != nil {
			return err
		}
		if x.depth() > depth {
			if err := x.skip(); err != nil {
				return err
			}
		}
	}
}

// contentTypes says what the parts are.
type contentTypes struct {
	parts map[string]string // by key
	exts  map[string]string // of the others, by extension
}

func (c contentTypes) of(part string) string {
	if t, ok := c.parts[partKey(part)]; ok {
		return t
	}
	return c.exts[strings.ToLower(strings.TrimPrefix(path.Ext(part), "."))]
}

func (p *pack) contentTypes(ctx context.Context) (contentTypes, error) {
	types := contentTypes{map[string]string{}, map[string]string{}}
	err := p.scan(ctx, "[Content_Types].xml", func(x *scanner) error {
		if err := root(x, nsTypes, "Types"); err != nil {
			return err
		}
		return children(x, func() error {
			kind := strings.ToLower(string(x.attr("ContentType")))
			switch string(x.name) {
			case "Default":
				types.exts[strings.ToLower(string(x.attr("Extension")))] = kind
			case "Override":
				types.parts[partKey(string(x.attr("PartName")))] = kind
			}
			return nil
		})
	})
	return types, err
}

// relations reads what a part points to, by relationship id. The package
// itself is the part "".
func (p *pack) relations(ctx context.Context, part string) (map[string]relation, error) {
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	found := map[string]relation{}
	err := p.scan(ctx, name, func(x *scanner) error {
		if err := root(x, nsRels, "Relationships"); err != nil {
			return err
		}
		return children(x, func() error {
			if string(x.name) != "Relationship" {
				return nil
			}
			r := relation{kind: path.Base(string(x.attr("Type")))}
			if string(x.attr("TargetMode")) != "External" {
				r.target = p.find(part, string(x.attr("Target")))
			}
			found[string(x.attr("Id"))] = r
			return nil
		})
	})
	return found, err
}

// find resolves a relationship's target, which may be percent-encoded.
func (p *pack) find(part, target string) string {
	name := resolve(part, target)
	if !p.has(name) {
		if plain, err := url.PathUnescape(name); err == nil && p.has(plain) {
			return plain
		}
	}
	return name
}
