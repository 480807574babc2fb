package person

import "regexp"

var longNumber = regexp.MustCompile(`\d{11,}[Xx]?`)

// Scrub masks the ID numbers and mobile phones that stand inside free text,
// so that a remark or an error stores none. Other long numbers, such as those
// of accounts or documents, stay.
func Scrub(text string) string {
	if len(text) < 11 {
		return text
	}
	return longNumber.ReplaceAllStringFunc(text, func(number string) string {
		switch {
		case len(number) == 15, len(number) == 18:
			return Mask(IDSort, number)
		case len(number) == 11 && number[0] == '1':
			return Mask(PhoneSort, number)
		}
		return number
	})
}
