package markup

import (
	"fmt"
	"path"
	"strconv"
	"strings"
)

// Colours of what must be mended and of what should be looked at. They are
// odd enough to be known again as ours.
const (
	mustColour  = "FFF9C7C2"
	checkColour = "FFFDE9CE"
)

// sections of a style sheet, in the order that they must have.
var sections = []string{"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs"}

// styles is the workbook's style sheet, with what is added to it.
type styles struct {
	part  string
	root  *node
	count map[string]int
	added map[string]string // by section

	xfs         []tag // how the cell styles begin that were there
	rest        []string
	ours        map[string]bool // fills of an earlier copy
	earlier     bool            // there are some
	must, check int             // fills
	derived     map[derived]int
}

// derived is a cell's own style with another fill.
type derived struct{ xf, fill int }

// faceStyles are those that every style sheet has, less the cell styles.
const faceStyles = `<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`

const bareStyles = faceStyles + `<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>`

// styles reads the style sheet; a workbook without one gets one.
func (b *book) styles() (*styles, error) {
	s := &styles{count: map[string]int{}, added: map[string]string{}, ours: map[string]bool{}, derived: map[derived]int{}}
	for _, l := range b.links {
		if l.kind == "styles" {
			s.part = l.target
		}
	}
	if s.part == "" {
		s.part = b.add(path.Join(path.Dir(b.part), "styles%d.xml"), fmt.Sprintf(head+`<styleSheet xmlns="%s">%s</styleSheet>`, b.ns, bareStyles))
		b.link(b.part, s.part, b.rel, "styles")
	}
	data, err := b.read(s.part)
	if err != nil {
		return nil, err
	}
	if s.root, err = parse(data); err != nil {
		return nil, fmt.Errorf("%s: %w", s.part, err)
	}
	for _, name := range sections {
		s.count[name] = len(s.root.kid(name).entries())
	}
	// The first ones have a meaning of their own.
	for name, first := range map[string]string{"fonts": "<font/>", "borders": "<border/>", "cellXfs": "<xf/>"} {
		if s.count[name] == 0 {
			s.add(name, first)
		}
	}
	for i, pattern := range []string{"none", "gray125"} {
		if s.count["fills"] == i {
			s.add("fills", `<fill><patternFill patternType="`+pattern+`"/></fill>`)
		}
	}
	for _, n := range s.root.kid("cellXfs").entries() {
		s.xfs = append(s.xfs, n.tag)
		s.rest = append(s.rest, string(data[n.to:n.end.to]))
	}
	for i, n := range s.root.kid("fills").entries() {
		if colour := n.kid("patternFill").kid("fgColor"); colour != nil {
			if rgb := strings.ToUpper(colour.attr("rgb")); rgb == mustColour || rgb == checkColour {
				s.ours[strconv.Itoa(i)], s.earlier = true, true
			}
		}
	}
	s.must, s.check = s.fill(mustColour), s.fill(checkColour)
	return s, nil
}

// add adds to a section; the number it got.
func (s *styles) add(section, xml string) int { return s.addAsIs(section, s.root.own(xml)) }

func (s *styles) addAsIs(section, xml string) int {
	s.added[section] += xml
	s.count[section]++
	return s.count[section] - 1
}

func (s *styles) fill(colour string) int {
	return s.add("fills", `<fill><patternFill patternType="solid"><fgColor rgb="`+colour+`"/><bgColor indexed="64"/></patternFill></fill>`)
}

// marked is a cell's style in the colour of a mark.
func (s *styles) marked(xf int, must bool) int {
	if must {
		return s.with(xf, s.must)
	}
	return s.with(xf, s.check)
}

// left reports whether a cell's style has the fill of an earlier copy.
func (s *styles) left(xf int) bool { return xf < len(s.xfs) && s.ours[s.xfs[xf].attr("fillId")] }

// with is a cell's style with another fill, all else being as it was.
func (s *styles) with(xf, fill int) int {
	at, ok := s.derived[derived{xf, fill}]
	if !ok {
		begin, rest := tag{raw: []byte(s.root.own("<xf/>")), name: []byte(s.root.own("<xf"))[1:], empty: true}, ""
		if xf < len(s.xfs) {
			begin, rest = s.xfs[xf], s.rest[xf]
		}
		applied := "1"
		if fill == 0 {
			applied = "0"
		}
		begin = begin.with("applyFill", applied)
		at = s.addAsIs("cellXfs", string(begin.with("fillId", strconv.Itoa(fill)).raw)+rest)
		s.derived[derived{xf, fill}] = at
	}
	return at
}

// write edits the style sheet.
func (s *styles) write(p *pack) {
	whole := ""
	for i, name := range sections {
		if s.added[name] == "" {
			continue
		}
		if section := s.root.kid(name); section != nil {
			p.edit(s.part, section.grow(section.with("count", strconv.Itoa(s.count[name])), s.added[name])...)
			continue
		}
		xml := s.root.own(fmt.Sprintf(`<%s count="%d">`, name, s.count[name])) + s.added[name] + s.root.own("</"+name+">")
		if s.root.empty {
			whole += xml
		} else {
			at := s.root.after(sections[:i]...)
			p.edit(s.part, edit{at, at, xml})
		}
	}
	if s.root.empty {
		p.edit(s.part, s.root.grow(s.root.tag, whole)...)
	}
}
