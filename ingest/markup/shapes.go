package markup

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	vml       = ` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"`
	shapeType = `<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`
	// bareShapes is a part without boxes.
	bareShapes = `<xml` + vml + `><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>` + shapeType + `</xml>`
)

var (
	shape    = regexp.MustCompile(`(?s)<v:shape\s.*?</v:shape>`)
	shapeRow = regexp.MustCompile(`<x:Row>\s*(\d+)\s*</x:Row>`)
	shapeCol = regexp.MustCompile(`<x:Column>\s*(\d+)\s*</x:Column>`)
	shapeID  = regexp.MustCompile(`_x0000_s(\d{1,9})`)
)

// boxes edits a part of the boxes that comments show in. Excel itself writes
// such parts not quite as XML, so they are taken as text.
func (b *book) boxes(part string, c *cells, gone, fresh []spot, says map[spot]string) error {
	data, err := b.read(part)
	if err != nil {
		return err
	}
	end := bytes.LastIndex(data, []byte("</xml>"))
	if end < 0 {
		return fmt.Errorf("%s: %w", part, errXML)
	}
	for _, at := range shape.FindAllIndex(data, -1) {
		one := data[at[0]:at[1]]
		row, col := shapeRow.FindSubmatch(one), shapeCol.FindSubmatch(one)
		if row == nil || col == nil || !bytes.Contains(one, []byte(`"Note"`)) {
			continue
		}
		r, _ := strconv.Atoi(string(row[1]))
		k, _ := strconv.Atoi(string(col[1]))
		if slices.Contains(gone, spot{r + 1, k + 1}) {
			b.edit(part, edit{at[0], at[1], ""})
		}
	}
	id := 1024
	for _, m := range shapeID.FindAllSubmatch(data, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		id = max(id, n)
	}
	declared := vml
	if bytes.Contains(data, []byte("xmlns:v=")) && bytes.Contains(data, []byte("xmlns:o=")) && bytes.Contains(data, []byte("xmlns:x=")) {
		declared = ""
	}
	var xml strings.Builder
	if !bytes.Contains(data, []byte(`"_x0000_t202"`)) {
		xml.WriteString(strings.Replace(shapeType, " ", declared+" ", 1))
	}
	for _, at := range fresh {
		id++
		fmt.Fprintf(&xml, `<v:shape%s id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
			declared, id, c.anchor(at, says[at]), at.row-1, at.col-1)
	}
	b.edit(part, edit{end, end, xml.String()})
	return nil
}

// The box of a comment, and what is taken for a row's height, in pixels.
const (
	boxWidth  = 270
	boxLine   = 18
	rowHeight = 20
)

// anchor places a box to the right of its cell, big enough for its text: the
// columns and rows of its corners, each with pixels into it.
func (c *cells) anchor(at spot, says string) string {
	left := min(at.col, 16380) // 0-based, the one after the cell's
	right, rest := left, boxWidth+15
	for ; right < 16383; right++ {
		width := c.pixels(right + 1)
		if rest < width {
			break
		}
		rest -= width
	}
	top := min(max(at.row-2, 0), 1048000)
	height := boxLine*(lines(strings.TrimSpace(says), 36)+1) + 10
	return fmt.Sprintf("%d, 15, %d, 10, %d, %d, %d, %d", left, top, right, rest, top+height/rowHeight+1, height%rowHeight)
}

// pixels is a column's width on the screen.
func (c *cells) pixels(col int) int {
	for _, stretch := range c.columns {
		if stretch.first <= col && col <= stretch.last && stretch.width >= 0 {
			return int(stretch.width*7 + 5)
		}
	}
	return 64
}
