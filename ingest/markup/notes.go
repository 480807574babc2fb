package markup

import (
	"fmt"
	"html"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"xingce/ingest/sheet"
)

// author signs the comments, and lead begins what they say, so that both are
// known again in an earlier copy.
const (
	author = "星册"
	lead   = "【星册】"
)

// A spot is a cell, 1-based.
type spot struct{ row, col int }

// notes writes the comments of a sheet's marks, all of a cell in one. A
// comment that is there already keeps its text, and ours follows.
func (b *book) notes(part string, c *cells, marks []Mark) error {
	links, err := b.follow(part)
	if err != nil {
		return err
	}
	of := func(fits func(link) bool) string {
		if i := slices.IndexFunc(links, fits); i >= 0 {
			return links[i].target
		}
		return ""
	}
	notes := of(func(l link) bool { return l.kind == "comments" })
	boxes := of(func(l link) bool { return l.kind == "vmlDrawing" && l.id == c.boxes })

	says := map[spot]string{}
	var places []spot
	for _, m := range marks {
		at := spot{m.Row, m.Col}
		if says[at] == "" {
			if len(places) == notesShown {
				break
			}
			places = append(places, at)
		}
		says[at] += "\n" + lead + Kind(m.Must) + "：" + m.Text
	}
	if notes == "" {
		if len(places) == 0 {
			return nil
		}
		notes = b.add(path.Join(path.Dir(b.part), "comments%d.xml"), fmt.Sprintf(head+`<comments xmlns="%s"><authors/><commentList/></comments>`, c.root.space()))
		b.link(part, notes, b.rel, "comments")
	}
	gone, boxless, err := b.comment(notes, places, says)
	if err != nil {
		return fmt.Errorf("%s: %w", notes, err)
	}
	if boxes == "" && len(boxless) > 0 {
		if c.boxes != "" {
			return fmt.Errorf("%s: no part for %s", part, c.boxes)
		}
		boxes = b.add(path.Join(path.Dir(b.part), "drawings/vmlDrawing%d.vml"), bareShapes)
		id := b.link(part, boxes, b.rel, "vmlDrawing")
		b.edit(part, edit{c.before, c.before, c.root.own(fmt.Sprintf(`<legacyDrawing xmlns:r="%s" r:id="%s"/>`, strings.TrimSuffix(b.rel, "/"), id))})
	}
	if boxes == "" || len(gone)+len(boxless) == 0 {
		return nil
	}
	return b.boxes(boxes, c, gone, boxless, says)
}

// comment edits a part of comments: those that were ours are gone, those in
// boxless are new.
func (b *book) comment(part string, places []spot, says map[spot]string) (gone, boxless []spot, err error) {
	root, err := b.tree(part)
	if err != nil {
		return nil, nil, err
	}
	data, err := b.read(part)
	if err != nil {
		return nil, nil, err
	}
	authors, list := root.kid("authors"), root.kid("commentList")
	if authors == nil || list == nil {
		return nil, nil, errXML
	}
	unsigned := false
	own := slices.IndexFunc(authors.all("author"), func(n *node) bool { return content(data, n) == author })
	if own < 0 {
		own, unsigned = len(authors.all("author")), true
	}
	held := map[spot]bool{}
	for _, n := range list.all("comment") {
		col, row, ok := Place(n.attr("ref"))
		if !ok {
			return nil, nil, errXML
		}
		at := spot{row, col}
		if n.attr("authorId") == strconv.Itoa(own) && ours(data, n.kid("text").kid("r")) {
			b.edit(part, n.remove())
			gone = append(gone, at)
			continue
		}
		held[at] = true
		if err := b.append(part, data, n.kid("text"), says[at]); err != nil {
			return nil, nil, err
		}
	}
	xml := ""
	for _, at := range places {
		if !held[at] {
			boxless = append(boxless, at)
			xml += fmt.Sprintf(`<comment ref="%s%d" authorId="%d"><text>%s</text></comment>`, sheet.Column(at.col), at.row, own, run(says[at][1:]))
		}
	}
	if xml != "" && unsigned {
		b.edit(part, authors.grow(authors.tag, authors.own(`<author>`+author+`</author>`))...)
	}
	if xml != "" {
		b.edit(part, list.grow(list.tag, list.own(xml))...)
	}
	return gone, boxless, nil
}

// append adds a run to another's comment, less the one of an earlier copy.
func (b *book) append(part string, data []byte, text *node, says string) error {
	if text == nil {
		return errXML
	}
	at := text.to // behind what is said, before what is sounded
	for _, n := range text.entries() {
		switch n.local() {
		case "t": // a plain text is no run, and runs do not follow one
			if says != "" {
				b.edit(part, edit{n.from, n.from, n.own("<r>")}, edit{n.end.to, n.end.to, n.own("</r>")})
			}
			at = n.end.to
		case "r":
			if ours(data, n) {
				b.edit(part, n.remove())
			}
			at = n.end.to
		}
	}
	switch {
	case says == "":
	case text.empty:
		b.edit(part, text.grow(text.tag, text.own(run(says)))...)
	default:
		b.edit(part, edit{at, at, text.own(run(says))})
	}
	return nil
}

// ours reports whether a run was written here.
func ours(data []byte, run *node) bool {
	t := run.kid("t")
	return t != nil && strings.HasPrefix(strings.TrimSpace(content(data, t)), lead)
}

// run is a run of a comment's text.
func run(says string) string {
	return `<r><rPr><sz val="10"/><color rgb="FFB3261E"/><rFont val="宋体"/></rPr><t xml:space="preserve">` + escape(says) + `</t></r>`
}

// content is the text of an element that holds nothing else.
func content(data []byte, n *node) string {
	if n.empty {
		return ""
	}
	return html.UnescapeString(string(data[n.to:n.end.from]))
}

// escape writes a text as XML; what XML cannot hold, and what only looks like
// it, in Excel's way.
func escape(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\r', r == 0xfffe, r == 0xffff, r < ' ' && r != '\t' && r != '\n':
			fmt.Fprintf(&b, "_x%04X_", r)
		case r == utf8.RuneError:
			b.WriteRune(r)
		case r == '_' && coded(s[i:]):
			b.WriteString("_x005F_")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// coded reports whether a text begins like _x000D_.
func coded(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}
