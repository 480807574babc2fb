package person

import (
	"regexp"
	"strings"
)

// Name is a person's name as it is compared: spaces out, full-width letters
// plain, one middle dot for all its writings.
func Name(s string) string {
	return middleDots.Replace(Compact(s))
}

var middleDots = strings.NewReplacer("•", "·", "・", "·", "‧", "·", "●", "·", "．", "·")

var (
	phone  = regexp.MustCompile(`^(?:\+?(?:00)?86)?(1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8})(?:(?:-|转)\d{1,5})?$`)
	remark = regexp.MustCompile(`\(\P{Nd}*\)|[\p{Han}:]+$|^[\p{Han}:]+`)
	dashes = strings.NewReplacer("(", "", ")", "-", "—", "-", "–", "-")
)

// Phone is the first telephone number of a cell as digits; a cell may hold
// several, set apart by ; 、 / a comma, a space or a line break, and words
// beside them. False where there is none.
func Phone(s string) (string, bool) {
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(";；、/／|，,\n\r", r) }) {
		if number, ok := onePhone(part); ok {
			return number, true
		}
		// Only now: a space may also stand inside a number, 138 0000 0000.
		for word := range strings.FieldsSeq(part) {
			if number, ok := onePhone(word); ok {
				return number, true
			}
		}
	}
	return "", false
}

func onePhone(s string) (string, bool) {
	compact := dashes.Replace(remark.ReplaceAllString(Compact(s), ""))
	m := phone.FindStringSubmatch(compact)
	if m == nil {
		m = phone.FindStringSubmatch(strings.ReplaceAll(compact, "-", "")) // 138-0000-0000
	}
	if m == nil {
		return "", false
	}
	return strings.ReplaceAll(m[1], "-", ""), true
}
