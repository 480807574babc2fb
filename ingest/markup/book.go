package markup

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// A book is the workbook part.
type book struct {
	*pack
	part   string
	root   *node
	links  []link
	ns     string   // the main namespace, which the strict form spells otherwise
	rel    string   // what the types of its links begin with, likewise
	sheets []tab    // the worksheets, in order
	charts []string // parts of sheets that are one chart
}

func openBook(p *pack) (*book, error) {
	b := &book{pack: p}
	top, err := p.follow("")
	if err != nil {
		return nil, err
	}
	for _, l := range top {
		if l.kind == "officeDocument" {
			b.part, b.rel = l.target, l.base
		}
	}
	if b.root, err = p.tree(b.part); err != nil {
		return nil, err
	}
	b.ns = b.root.space()
	if b.links, err = p.follow(b.part); err != nil {
		return nil, err
	}
	for at, n := range b.root.kid("sheets").all("sheet") {
		i := slices.IndexFunc(b.links, func(l link) bool { return l.id == n.attr(":id") })
		if i < 0 {
			return nil, fmt.Errorf("%s: no sheet %d", b.part, at)
		}
		switch l := b.links[i]; l.kind {
		case "worksheet":
			b.sheets = append(b.sheets, tab{n, at, l.target})
		case "chartsheet":
			b.charts = append(b.charts, l.target)
		}
	}
	if len(b.sheets) == 0 {
		return nil, fmt.Errorf("%s: no sheets", b.part)
	}
	return b, nil
}

// A tab is a worksheet in the workbook.
type tab struct {
	*node
	at   int // among all sheets
	part string
}

// put puts the list in front, in the place of an earlier one if there is one,
// and shows it when the workbook is opened.
func (b *book) put(list List, s *styles, earlier tab) error {
	xml := fmt.Sprintf(head+`<worksheet xmlns="%s">%s</worksheet>`, b.ns, list.sheet(s))
	if earlier.part != "" {
		data, err := b.read(earlier.part)
		if err != nil {
			return err
		}
		b.edit(earlier.part, edit{0, len(data), xml})
		b.edit(b.part, earlier.replace(earlier.with("state", "visible")))
		b.show(earlier.at)
		return nil
	}
	name := ListName
	taken := func(t tab) bool { return strings.EqualFold(t.attr("name"), name) }
	for n := 2; slices.ContainsFunc(b.sheets, taken); n++ {
		name = ListName + strconv.Itoa(n)
	}
	part := b.add(path.Join(path.Dir(b.part), "worksheets/sheet%d.xml"), xml)
	id := b.link(b.part, part, b.rel, "worksheet")
	sheets := b.root.kid("sheets")
	number := 0
	for _, n := range sheets.all("sheet") {
		i, _ := strconv.Atoi(n.attr("sheetId"))
		number = max(number, i)
	}
	b.edit(b.part, edit{sheets.to, sheets.to, sheets.own(fmt.Sprintf(`<sheet xmlns:r="%s" name="%s" sheetId="%d" r:id="%s"/>`, strings.TrimSuffix(b.rel, "/"), name, number+1, id))})
	b.show(0)
	// What counts sheets counts one more.
	titles := fmt.Sprintf(`<definedName name="_xlnm.Print_Titles" localSheetId="0">'%s'!$3:$3</definedName>`, name)
	names := b.root.kid("definedNames")
	for _, n := range names.all("definedName") {
		if at, err := strconv.Atoi(n.attr("localSheetId")); err == nil {
			b.edit(b.part, n.replace(n.with("localSheetId", strconv.Itoa(at+1))))
		}
	}
	if names != nil {
		b.edit(b.part, names.grow(names.tag, names.own(titles))...)
	} else {
		at := b.root.after("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups", "externalReferences")
		b.edit(b.part, edit{at, at, b.root.own("<definedNames>" + titles + "</definedNames>")})
	}
	return nil
}

// show has the workbook open at a sheet.
func (b *book) show(at int) {
	for _, view := range b.root.kid("bookViews").all("workbookView") {
		t := view.tag
		if at > 0 || t.attr("activeTab") != "" {
			t = t.with("activeTab", strconv.Itoa(at))
		}
		if t.attr("firstSheet") != "" {
			t = t.with("firstSheet", strconv.Itoa(at))
		}
		b.edit(b.part, view.replace(t))
	}
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
