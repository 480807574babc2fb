package person

import (
	"regexp"
	"strings"
)

const (
	apart    = `[ \-—–－‐_.·]{1,3}` // between the groups of a number
	numerals = `[零〇一二三四五六七八九十百]+`
)

var (
	digitRun = regexp.MustCompile(`\d{11,}[Xx]?`)
	// Numbers as people set them out: 138 0000 0000, 999101-19900101-0013.
	setOut = regexp.MustCompile(strings.ReplaceAll(`\b(?:`+
		`1\d{6}~\d{4}|1\d\d~\d{8}|1\d\d~\d{4}~\d{4}|1\d{3}~\d{3}~\d{4}|1\d{3}~\d{4}~\d{3}|1\d{4}~\d{6}|`+
		`\d{6}~\d{8}(?:~)?\d{3}[\dXx]|\d{6}~\d{4}~\d{4}(?:~)?\d{3}[\dXx]|\d{14}~\d{3}[\dXx]|\d{6}~\d{11}[\dXx]|\d{6}~\d{6}~\d{3}|\d{12}~\d{3}`+
		`)\b`, "~", apart))
	separators = strings.NewReplacer(" ", "", "-", "", "—", "", "–", "", "－", "", "‐", "", "_", "", ".", "", "·", "")
	// A landline is known by its area code, or by what stands before it.
	landlines = regexp.MustCompile(`\b(0\d{2,3}(?:[ \-—–－)）]{1,2})\d{3})\d{1,2}(\d{3})\b|((?:电话|座机|联系方式|[Tt][Ee][Ll])[:： ]{0,2}\d{3})\d{1,2}(\d{3})\b`)
	// A passport's number could be any code: what stands before it tells.
	passports = regexp.MustCompile(`((?:护照|通行证|回乡证|台胞证|居留证)[^A-Za-z\d，。；,;]{0,6})(?:[A-Za-z]{1,3}\d{5,12}|\d{8})\b`)
	// What leads to somebody's door: the street's number, the building's.
	street = regexp.MustCompile(`([路街巷弄道坊里])\s*(?:\d+|` + numerals + `)\s*(号)`)
	door   = regexp.MustCompile(`(?:\d+|` + numerals + `)(?:栋|幢|座|号楼|单元|组)[^，。；,;\s]{0,8}?(?:\d+|` + numerals + `)\s*(?:室|号|户)`)
)

var fullWidth = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9", "Ｘ", "X", "ｘ", "x")

// Scrub masks the ID numbers, phones and addresses that stand inside free
// text, so that a remark, a name of a file or an error stores none; passports
// and passes where the text calls them so. Other long numbers, such as those of
// accounts or documents, stay.
func Scrub(text string) string {
	for {
		scrubbed := scrub(text)
		if scrubbed == text {
			return text
		}
		text = scrubbed // what was apart may stand together now; each time there are fewer digits
	}
}

func scrub(text string) string {
	if strings.IndexByte(text, "０"[0]) >= 0 {
		text = fullWidth.Replace(text)
	}
	digits := 0
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			digits++
		}
	}
	if digits >= 11 {
		text = setOut.ReplaceAllStringFunc(text, func(written string) string { return scrubNumber(separators.Replace(written)) })
		text = digitRun.ReplaceAllStringFunc(text, scrubNumber)
	}
	if digits >= 5 && strings.ContainsAny(text, "证照") {
		text = passports.ReplaceAllString(text, "$1****")
	}
	if digits >= 7 {
		text = landlines.ReplaceAllString(text, "$1$3****$2$4")
	}
	if strings.ContainsAny(text, "号室户") {
		text = door.ReplaceAllString(street.ReplaceAllString(text, "$1**$2"), "****")
	}
	return text
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
