package reports

import (
	"strings"
	"unicode"
)

const thin = '\u2009'

// spaced sets Chinese apart from Latin letters and digits by a thin space,
// and closes up the plain spaces that stand between them.
func spaced(s string) string {
	var b strings.Builder
	var before rune
	gap := false
	for _, r := range s {
		if r == ' ' || r == thin {
			gap = true
			continue
		}
		switch {
		case apart(before, r):
			b.WriteRune(thin)
		case gap:
			b.WriteRune(' ')
		}
		gap = false
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

func apart(a, b rune) bool {
	return a != 0 && (unicode.Is(unicode.Han, a) && narrow(b) || narrow(a) && unicode.Is(unicode.Han, b))
}

func narrow(r rune) bool {
	return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '%')
}

// Together joins names as a clerk does: 7号楼、12号楼和3号楼.
func Together(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], "、") + "和" + names[last]
}
