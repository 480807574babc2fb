package person

import (
	"regexp"
	"strings"
)

var (
	digitRun = regexp.MustCompile(`\d{11,}[Xx]?`)
	// Numbers as people set them out: 138 0000 0000, 999101-19900101-0013.
	setOut = regexp.MustCompile(`\b1[3-9]\d[ -]\d{4}[ -]\d{4}\b|\b\d{6}[ -]\d{8}[ -]?\d{3}[\dXx]\b|\b\d{14}[ -]\d{3}[\dXx]\b`)
)

var fullWidth = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9", "Ｘ", "X", "ｘ", "x")

// Scrub masks the ID numbers and mobile phones that stand inside free text,
// so that a remark or an error stores none. Other long numbers, such as those
// of accounts or documents, stay.
func Scrub(text string) string {
	if len(text) < 11 { // as most texts are
		return text
	}
	if strings.IndexByte(text, "０"[0]) >= 0 {
		text = fullWidth.Replace(text)
	}
	digits := 0
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			digits++
		}
	}
	if digits < 11 {
		return text
	}
	text = setOut.ReplaceAllStringFunc(text, func(written string) string {
		return scrubNumber(strings.NewReplacer(" ", "", "-", "").Replace(written))
	})
	return digitRun.ReplaceAllStringFunc(text, scrubNumber)
}

// scrubNumber masks a run of digits, with an X at its end or without.
func scrubNumber(number string) string {
	digits := strings.TrimRight(number, "Xx")
	after := number[len(digits):]
	mobile := digits
	for _, prefix := range []string{"0086", "86", "0"} {
		if rest, ok := strings.CutPrefix(digits, prefix); ok && len(rest) == 11 {
			mobile = rest
		}
	}
	switch {
	case len(digits) == 17 && after != "":
		return Mask(IDSort, number)
	case len(digits) == 15, len(digits) == 18:
		return Mask(IDSort, digits) + after
	case len(mobile) == 11 && mobile[0] == '1':
		return Mask(PhoneSort, mobile) + after
	}
	return number
}
