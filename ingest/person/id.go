package person

import (
	"errors"
	"regexp"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// An ID is a checked citizen's identity number (公民身份号码, GB 11643-1999).
type ID struct {
	Number string // 18 characters, X upper case
	Birth  time.Time
	Sex    string // 男 or 女, by the 17th digit
	Region string // the first six digits: where it was first issued
}

// What can be wrong with an ID number, in words for the clerk.
var (
	ErrIDDamaged = errors.New("身份证号被存成了数字，末几位已经丢失")
	ErrIDLength  = errors.New("身份证号不是 18 位（或旧 15 位）")
	ErrIDBirth   = errors.New("身份证号里的出生日期不存在")
	ErrIDCheck   = errors.New("身份证号末位校验不对，号码有误")
)

// apostrophes stand before a number to keep it text.
const apostrophes = "'‘’`"

var (
	damaged = regexp.MustCompile(`^\d(?:\.\d+)?E\+?\d+$`)
	// A passport; a pass of Hong Kong or Macau, with the number of its issue or
	// without; one of Taiwan; a foreigner's card.
	document = regexp.MustCompile(`^(?:[A-Z]\d{8}|[A-Z]{2}\d{7}|[HM]\d{10}|\d{8}|[A-Z]{3}\d{12})$`)
	weights  = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
)

// ParseID checks a number and reads the facts in it. An old number of 15
// digits becomes its 18-digit form. Full-width digits, spaces, a leading
// apostrophe and a lower-case x are put right; nothing is guessed.
func ParseID(s string) (ID, error) {
	s = strings.ToUpper(strings.TrimLeft(Compact(s), apostrophes))
	if !wellFormed(s) {
		if damaged.MatchString(s) {
			return ID{}, ErrIDDamaged
		}
		return ID{}, ErrIDLength
	}
	if len(s) == 15 {
		s = s[:6] + "19" + s[6:]
		s += string(checkDigit(s))
	}
	birth, err := time.Parse("20060102", s[6:14])
	if err != nil || birth.Year() < 1850 || birth.Year() > 2100 {
		return ID{}, ErrIDBirth
	}
	if s[17] != checkDigit(s) {
		if strings.HasSuffix(s, "000") { // Excel keeps 15 digits of a number
			return ID{}, ErrIDDamaged
		}
		return ID{}, ErrIDCheck
	}
	sex := "女"
	if (s[16]-'0')%2 == 1 {
		sex = "男"
	}
	return ID{Number: s, Birth: birth, Sex: sex, Region: s[:6]}, nil
}

// Document reads the number of a document that people have in place of an ID
// card: a passport, a pass of Hong Kong, Macau or Taiwan, a foreigner's card of
// permanent residence. Nothing but its form can be checked. Their residence
// permits, and the newer cards, have numbers like ID numbers: ParseID reads them.
func Document(s string) (number string, ok bool) {
	s = strings.ToUpper(strings.TrimLeft(Compact(s), apostrophes))
	return s, document.MatchString(s)
}

// wellFormed knows 15 digits, and 18 of which the last may be an X.
func wellFormed(s string) bool {
	if len(s) == 18 && s[17] == 'X' {
		s = s[:17] + "0"
	}
	return (len(s) == 15 || len(s) == 18) && strings.Trim(s, "0123456789") == ""
}

// checkDigit is that of the first 17 digits, by ISO 7064 MOD 11-2.
func checkDigit(s string) byte {
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// Compact puts text in compatibility form (full-width digits and letters
// become plain ones) and removes all that is not seen: white space, and the
// marks of direction that are copied along with numbers from telephones.
func Compact(s string) string {
	if plain(s) {
		return s
	}
	// What a space kept apart may be one character now: normal once more.
	return norm.NFKC.String(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, norm.NFKC.String(strings.ToValidUTF8(s, "\uFFFD"))))
}

// plain reports whether s is ASCII without spaces, as most numbers are.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}
