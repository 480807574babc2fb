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

var phone = regexp.MustCompile(`^(?:\+?86)?(1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8})(?:(?:-|转)\d{1,5})?$`)

// Phone is the first telephone number of a cell as digits; a cell may hold
// several, set apart by ; 、 / or a comma. False where there is none.
func Phone(s string) (string, bool) {
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(";；、/，,\n", r) }) {
		compact := strings.NewReplacer("(", "", ")", "-", "—", "-").Replace(Compact(part))
		if m := phone.FindStringSubmatch(compact); m != nil {
			return strings.ReplaceAll(m[1], "-", ""), true
		}
		// 138 0000 0000 written 138-0000-0000
		if m := phone.FindStringSubmatch(strings.ReplaceAll(compact, "-", "")); m != nil {
			return m[1], true
		}
	}
	return "", false
}
