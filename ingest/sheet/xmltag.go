package sheet

// An attr is an attribute of a start tag; its value has its references decoded.
// It holds places in the window, not slices, because every cell has some.
type attr struct {
	prefix, name, nameEnd int32 // prefix:name, or name alone if prefix is -1
	value, valueEnd       int32
	decoded               bool // the value is in spare
}

func (x *scanner) attrPrefix(a attr) []byte {
	if a.prefix < 0 {
		return nil
	}
	return x.tag[a.prefix : a.name-1]
}

func (x *scanner) attrName(a attr) []byte { return x.tag[a.name:a.nameEnd] }

func (x *scanner) attrValue(a attr) []byte {
	if a.decoded {
		return x.spare[a.value:a.valueEnd]
	}
	return x.tag[a.value:a.valueEnd]
}

// maxAttrs bounds the attributes of one element: each is compared with all.
const maxAttrs = 64

// startTag scans <name attr="value" …> or <name …/>.
func (x *scanner) startTag(b []byte) (token, error) {
	colon, i := qualified(b, 1)
	if i == len(b) || i < 0 {
		return 0, x.unfinished(i)
	}
	nameEnd := i
	x.tag = b
	x.attrs = x.attrs[:0]
	x.spare = x.spare[:0]
	x.prefixed = false
	empty := false
	for {
		gap := i
		for i < len(b) && space(b[i]) {
			i++
		}
		if i+1 >= len(b) && (i == len(b) || b[i] != '>') {
			return 0, errMore
		}
		if b[i] == '>' {
			i++
			break
		}
		if b[i] == '/' && b[i+1] == '>' {
			empty = true
			i += 2
			break
		}
		if gap == i || len(x.attrs) == maxAttrs {
			return 0, x.fail("xml-syntax")
		}
		var err error
		if i, err = x.attribute(b, i); err != nil {
			return 0, err
		}
	}
	if x.seen && x.depth() == 0 { // a second root
		return 0, x.fail("xml-syntax")
	}
	if x.depth() == x.maxDepth {
		return 0, x.fail("xml-depth")
	}
	x.seen = true
	x.pos += i
	x.open.push(b[1:nameEnd])
	if x.prefixed {
		if err := x.declare(); err != nil {
			return 0, err
		}
	}
	x.empty = empty
	if colon < 0 {
		x.name, x.ns = b[1:nameEnd], x.scopes.plain
		return tokenStart, nil
	}
	var ok bool
	if x.ns, ok = x.scopes.lookup(b[1:colon]); !ok {
		return 0, x.fail("xml-syntax")
	}
	x.name = b[colon+1 : nameEnd]
	return tokenStart, nil
}

// declare takes in the namespaces that a tag declares, and checks that the
// prefixes of its attributes are declared.
func (x *scanner) declare() error {
	for _, a := range x.attrs {
		prefix, name := x.attrPrefix(a), x.attrName(a)
		if string(prefix) == "xmlns" {
			x.scopes.enter(x.depth(), string(name), namespaceOf(x.attrValue(a)))
		} else if prefix == nil && string(name) == "xmlns" {
			x.scopes.enter(x.depth(), "", namespaceOf(x.attrValue(a)))
		}
	}
	for _, a := range x.attrs {
		if a.prefix < 0 {
			continue
		}
		if _, ok := x.scopes.lookup(x.attrPrefix(a)); !ok {
			return x.fail("xml-syntax")
		}
	}
	return nil
}

// unfinished asks for more, where the place that was reached is the end of the
// window; a place below 0 is a mistake.
func (x *scanner) unfinished(i int) error {
	if i >= 0 {
		return errMore
	}
	return x.fail("xml-syntax")
}

// attribute scans the name="value" at b[i], appends it to attrs and gives the
// place behind it.
func (x *scanner) attribute(b []byte, i int) (int, error) {
	from := i
	colon, i := qualified(b, i)
	if i == len(b) || i < 0 {
		return 0, x.unfinished(i)
	}
	nameEnd := i
	for i < len(b) && space(b[i]) {
		i++
	}
	if i < len(b) && b[i] != '=' {
		return 0, x.fail("xml-syntax")
	}
	i++
	for i < len(b) && space(b[i]) {
		i++
	}
	if i >= len(b) {
		return 0, errMore
	}
	quote := b[i]
	if quote != '"' && quote != '\'' {
		return 0, x.fail("xml-syntax")
	}
	i++
	value, plain := i, true
	for {
		for i < len(b) && class[b[i]]&inValue == 0 {
			i++
		}
		if i == len(b) {
			return 0, errMore
		}
		if b[i] == quote {
			break
		}
		if b[i] == '<' {
			return 0, x.fail("xml-syntax")
		}
		plain = plain && (b[i] == '"' || b[i] == '\'')
		i++
	}
	a := attr{-1, int32(from), int32(nameEnd), int32(value), int32(i), false}
	if colon >= 0 {
		a.prefix, a.name = a.name, int32(colon+1)
		x.prefixed = true
	}
	name := b[a.name:a.nameEnd]
	if string(name) == "xmlns" {
		x.prefixed = true
	}
	for _, other := range x.attrs {
		if string(x.attrName(other)) == string(name) && string(x.attrPrefix(other)) == string(x.attrPrefix(a)) {
			return 0, x.fail("xml-syntax")
		}
	}
	if !plain {
		var ok bool
		a.value, a.decoded = int32(len(x.spare)), true
		if x.spare, ok = appendAttr(x.spare, b[value:i]); !ok {
			return 0, x.fail("xml-syntax")
		}
		a.valueEnd = int32(len(x.spare))
	}
	x.attrs = append(x.attrs, a)
	return i + 1, nil
}

// qualified scans the name at b[i], prefix:local or local. It gives the place
// of the colon, -1 if there is none, and the place behind the name: -1 if the
// name is wrong, len(b) if there may be more of it.
func qualified(b []byte, i int) (colon, end int) {
	from := i
	colon = -1
	for ; i < len(b); i++ {
		if class[b[i]]&inName != 0 {
			if i == from && class[b[i]]&startsName == 0 {
				return colon, -1
			}
			continue
		}
		if i == from {
			return colon, -1
		}
		if b[i] != ':' || colon >= 0 {
			break
		}
		colon, from = i, i+1
	}
	return colon, i
}

// attr gives the value of an attribute that has no prefix, nil if absent.
func (x *scanner) attr(name string) []byte {
	for _, a := range x.attrs {
		if a.prefix < 0 && string(x.attrName(a)) == name {
			return x.attrValue(a)
		}
	}
	return nil
}

// attrIn gives the value of an attribute of a namespace, nil if absent.
func (x *scanner) attrIn(ns namespace, name string) []byte {
	for _, a := range x.attrs {
		if a.prefix < 0 || string(x.attrName(a)) != name {
			continue
		}
		if got, _ := x.scopes.lookup(x.attrPrefix(a)); got == ns {
			return x.attrValue(a)
		}
	}
	return nil
}

// is tells whether the start tag just scanned has this name.
func (x *scanner) is(ns namespace, name string) bool {
	return x.ns == ns && string(x.name) == name
}

// openElements is the stack of tags still to be closed, names end to end.
type openElements struct {
	names []byte
	marks []int // where each name begins
}

func (o *openElements) push(name []byte) {
	o.marks = append(o.marks, len(o.names))
	o.names = append(o.names, name...)
}

func (o *openElements) last() []byte { return o.names[o.marks[len(o.marks)-1]:] }

func (o *openElements) pop() {
	n := len(o.marks) - 1
	o.names = o.names[:o.marks[n]]
	o.marks = o.marks[:n]
}

// A namespace is one that matters here; all others are nsOther.
type namespace uint8

const (
	nsNone namespace = iota
	nsOther
	nsMain  // SpreadsheetML
	nsRel   // r:id
	nsRels  // relationships parts
	nsTypes // [Content_Types].xml
	nsCompat
)

// namespaceOf knows the transitional and the strict names of each.
func namespaceOf(uri []byte) namespace {
	switch string(uri) {
	case "":
		return nsNone
	case "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
		"http://purl.oclc.org/ooxml/spreadsheetml/main":
		return nsMain
	case "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
		"http://purl.oclc.org/ooxml/officeDocument/relationships":
		return nsRel
	case "http://schemas.openxmlformats.org/package/2006/relationships":
		return nsRels
	case "http://schemas.openxmlformats.org/package/2006/content-types":
		return nsTypes
	case "http://schemas.openxmlformats.org/markup-compatibility/2006":
		return nsCompat
	}
	return nsOther
}

// scopes holds the namespace declarations in force, innermost last.
type scopes struct {
	plain namespace // of names without a prefix
	bound []binding
}

type binding struct {
	depth  int
	prefix string // "" for the default
	ns     namespace
	before namespace // plain, outside
}

func (s *scopes) enter(depth int, prefix string, ns namespace) {
	s.bound = append(s.bound, binding{depth, prefix, ns, s.plain})
	if prefix == "" {
		s.plain = ns
	}
}

func (s *scopes) leave(depth int) {
	for n := len(s.bound); n > 0 && s.bound[n-1].depth == depth; n-- {
		if b := s.bound[n-1]; b.prefix == "" {
			s.plain = b.before
		}
		s.bound = s.bound[:n-1]
	}
}

func (s *scopes) lookup(prefix []byte) (namespace, bool) {
	if len(prefix) == 0 {
		return s.plain, true
	}
	for i := len(s.bound) - 1; i >= 0; i-- {
		if s.bound[i].prefix == string(prefix) {
			return s.bound[i].ns, true
		}
	}
	switch string(prefix) {
	case "xml", "xmlns":
		return nsOther, true
	}
	return nsNone, false
}
