package markup

import (
	"bytes"
	"cmp"
	"errors"
	"html"
	"io"
	"slices"
	"strings"
)

var errXML = errors.New("a part that is not well-formed XML")

// A tag is one tag of a part.
type tag struct {
	raw      []byte // from < to >
	from, to int    // where it stands
	name     []byte // with its prefix
	closing  bool   // </name>
	empty    bool   // <name/>
}

// next finds the first tag at or after a position. At the end of the part its
// name is nil.
func next(data []byte, at int) (tag, error) {
	for {
		i := bytes.IndexByte(data[at:], '<')
		if i < 0 {
			return tag{}, nil
		}
		at += i
		rest := data[at:]
		end := ""
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			end = "]]>"
		case bytes.HasPrefix(rest, []byte("<?")):
			end = "?>"
		}
		if end == "" {
			return readTag(rest, at)
		}
		i = bytes.Index(rest, []byte(end))
		if i < 0 {
			return tag{}, errXML
		}
		at += i + len(end)
	}
}

func readTag(rest []byte, at int) (tag, error) {
	quote := byte(0)
	for i, c := range rest {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			t := tag{raw: rest[:i+1], from: at, to: at + i + 1}
			inner := t.raw[1:i]
			t.closing = bytes.HasPrefix(inner, []byte("/"))
			t.empty = bytes.HasSuffix(inner, []byte("/")) && !t.closing
			inner = bytes.Trim(inner, "/")
			if end := bytes.IndexAny(inner, " \t\r\n"); end >= 0 {
				inner = inner[:end]
			}
			if t.name = inner; len(inner) == 0 || inner[0] == '!' {
				return tag{}, errXML
			}
			return t, nil
		}
	}
	return tag{}, errXML
}

// attr gives an attribute's value, "" if it has none. A name such as :id is
// that with any prefix.
func (t tag) attr(name string) string {
	from, to := t.find(name)
	if from < 0 {
		return "" // also where there is no tag
	}
	return html.UnescapeString(string(t.raw[from:to]))
}

// find gives the place of an attribute's value in the tag, -1 if it is not there.
func (t tag) find(name string) (from, to int) {
	for i := 1 + len(t.name); i < len(t.raw); {
		eq := bytes.IndexByte(t.raw[i:], '=')
		if eq < 0 {
			break
		}
		key := string(bytes.TrimSpace(t.raw[i : i+eq]))
		i += eq + 1
		open := bytes.IndexAny(t.raw[i:], `"'`)
		if open < 0 {
			break
		}
		i += open + 1
		end := bytes.IndexByte(t.raw[i:], t.raw[i-1])
		if end < 0 {
			break
		}
		if key == name || name[0] == ':' && strings.HasSuffix(key, name) && !strings.HasPrefix(key, "xmlns:") {
			return i, i + end
		}
		i += end + 1
	}
	return -1, -1
}

// with gives the tag with an attribute set.
func (t tag) with(name, value string) tag {
	from, to := t.find(name)
	if from < 0 {
		from = 1 + len(t.name)
		to = from
		value = " " + name + `="` + value + `"`
	}
	t.raw = slices.Concat(t.raw[:from], []byte(value), t.raw[to:])
	return t
}

// prefix is that of the tag's name, with its colon.
func (t tag) prefix() string {
	name, _, two := bytes.Cut(t.name, []byte(":"))
	if !two {
		return ""
	}
	return string(name) + ":"
}

// space is the namespace that a part's root declares for itself.
func (t tag) space() string {
	if p := t.prefix(); p != "" {
		return t.attr("xmlns:" + strings.TrimSuffix(p, ":"))
	}
	return t.attr("xmlns")
}

// local is the name without its prefix. Nothing that is looked for here has a
// namesake of another namespace beside it.
func (t tag) local() string { return string(t.name[len(t.prefix()):]) }

// own gives elements that were written without a prefix the tag's.
func (t tag) own(xml string) string {
	prefix := t.prefix()
	if prefix == "" {
		return xml
	}
	return strings.NewReplacer("</", "</"+prefix, "<", "<"+prefix).Replace(xml)
}

// A node is an element of a part that is small enough to be had as a tree.
type node struct {
	tag
	end  tag // as tag where that is empty
	kids []*node
}

// parse reads a part.
func parse(data []byte) (*node, error) {
	var open []*node
	for at := 0; ; {
		t, err := next(data, at)
		if err != nil {
			return nil, err
		}
		if t.name == nil {
			return nil, errXML
		}
		at = t.to
		if t.closing {
			if len(open) == 0 || !bytes.Equal(open[len(open)-1].name, t.name) {
				return nil, errXML
			}
			last := open[len(open)-1]
			last.end = t
			if open = open[:len(open)-1]; len(open) == 0 {
				return last, nil
			}
			continue
		}
		n := &node{tag: t, end: t}
		if len(open) > 0 {
			above := open[len(open)-1]
			above.kids = append(above.kids, n)
		}
		if !t.empty {
			open = append(open, n)
		} else if len(open) == 0 {
			return n, nil
		}
	}
}

// entries are the children; of what is there in several forms, the fallback,
// as package sheet takes it.
func (n *node) entries() []*node {
	if n == nil {
		return nil
	}
	var list []*node
	for _, k := range n.kids {
		if k.local() != "AlternateContent" {
			list = append(list, k)
			continue
		}
		for _, form := range k.kids {
			if form.local() == "Fallback" {
				list = append(list, form.entries()...)
			}
		}
	}
	return list
}

// all gives the children of a name.
func (n *node) all(name string) []*node {
	return slices.DeleteFunc(n.entries(), func(k *node) bool { return k.local() != name })
}

// kid gives the first child of a name, nil if there is none.
func (n *node) kid(name string) *node {
	if all := n.all(name); len(all) > 0 {
		return all[0]
	}
	return nil
}

// An edit puts text in the place of a part's bytes.
type edit struct {
	from, to int
	text     string
}

// replace puts another tag in the place of one.
func (t tag) replace(by tag) edit { return edit{t.from, t.to, string(by.raw)} }

// remove takes an element out.
func (n *node) remove() edit { return edit{n.from, n.end.to, ""} }

// grow puts elements at the end of an element; tag is how it begins from now on.
func (n *node) grow(tag tag, xml string) []edit {
	if n.empty {
		return []edit{{n.from, n.to, opened(tag) + xml + "</" + string(n.name) + ">"}}
	}
	return []edit{n.replace(tag), {n.end.from, n.end.from, xml}}
}

// opened is an empty tag as one that begins an element.
func opened(t tag) string {
	return strings.TrimRight(strings.TrimSuffix(string(t.raw), "/>"), " ") + ">"
}

// after gives the place behind the last child that is one of names, else the
// place where the element begins.
func (n *node) after(names ...string) int {
	at := n.to
	for _, k := range n.kids {
		if slices.Contains(names, k.local()) {
			at = k.end.to
		}
	}
	return at
}

// splice writes a part with its edits.
func splice(w io.Writer, data []byte, edits []edit) error {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	at := 0
	for _, e := range edits {
		if e.from < at || e.to < e.from {
			return errors.New("edits that overlap")
		}
		if _, err := w.Write(data[at:e.from]); err != nil {
			return err
		}
		if _, err := io.WriteString(w, e.text); err != nil {
			return err
		}
		at = e.to
	}
	_, err := w.Write(data[at:])
	return err
}
