package person

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Name is a person's name as it is compared: spaces out, full-width letters
// plain, one middle dot for all its writings.
func Name(s string) string {
	return middleDots.Replace(Compact(s))
}

var middleDots = strings.NewReplacer("•", "·", "・", "·", "‧", "·", "●", "·", "．", "·")

var (
	// A number of a place without its area code begins with 2 to 9: a mobile
	// that is cut short is none.
	phone     = regexp.MustCompile(`^(?:(?:\+?(?:00)?86)?(1\d{10}|0\d{2,3}-?\d{7,8})|([2-9]\d{6,7}))(?:(?:-|转)\d{1,5})?$`)
	remark    = regexp.MustCompile(`\(\P{Nd}*\)|[\p{Han}:]+$|^[\p{Han}:]+`)
	marks     = strings.NewReplacer("(", "", ")", "-", "—", "-", "–", "-", "'", "", "‘", "", "’", "", "`", "")
	separator = regexp.MustCompile(`[;；、/／|｜，,\n\r]`)
)

// ErrPhoneDamaged is what spreadsheets make of a number in a text file.
var ErrPhoneDamaged = errors.New("号码被存成了科学计数，末几位已经丢失")

// Phones lists the telephone numbers of a cell as digits, each once; a cell may
// hold several, set apart by ; 、 / a comma, a space or a line break, and words
// beside them. The first is the one to know a person by: a mobile where there
// is one, since many share a landline. The error says in words which number is
// none, masked.
func Phones(cell string) ([]string, error) {
	if number, ok := onePhone(cell); ok { // as most cells have one
		return []string{number}, nil
	}
	var numbers, wrong []string
	written := 0
	for _, part := range separator.Split(cell, -1) {
		words, rest := strings.Fields(part), ""
		for len(words) > 0 || rest != "" {
			number, n := longestPhone(words)
			if n == 0 && len(words) > 0 {
				rest += digits(words[0])
				words = words[1:]
				continue
			}
			if rest != "" {
				written++
				wrong = append(wrong, fmt.Sprintf("第 %d 个（%s）", written, Mask(PhoneSort, rest)))
				rest = ""
			}
			if n > 0 {
				written++
				words = words[n:]
				if !slices.Contains(numbers, number) {
					numbers = append(numbers, number)
				}
			}
		}
	}
	switch {
	case damaged.MatchString(strings.ToUpper(Compact(cell))):
		return nil, ErrPhoneDamaged
	case written == 0:
		return nil, errors.New("没有号码")
	case written == 1 && len(wrong) == 1:
		return nil, errors.New("号码的位数不对")
	case len(wrong) > 3:
		return nil, fmt.Errorf("%s等 %d 个不是完整的号码", strings.Join(wrong[:3], "、"), len(wrong))
	case len(wrong) > 0:
		return nil, errors.New(strings.Join(wrong, "、") + "不是完整的号码")
	}
	slices.SortStableFunc(numbers, func(a, b string) int { return landline(a) - landline(b) })
	return numbers, nil
}

// landline is 0 for a mobile, else 1.
func landline(number string) int {
	if len(number) == 11 && number[0] == '1' {
		return 0
	}
	return 1
}

// longestPhone reads as many of the words as make one number, for a space may
// also stand inside it, 138 0000 0000; how many these are, 0 for none.
func longestPhone(words []string) (string, int) {
	for n := min(len(words), 13); n > 0; n-- {
		if number, ok := onePhone(strings.Join(words[:n], "")); ok {
			return number, n
		}
	}
	return "", 0
}

func digits(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, Compact(word))
}

func onePhone(s string) (string, bool) {
	compact := marks.Replace(remark.ReplaceAllString(Compact(s), ""))
	m := phone.FindStringSubmatch(compact)
	if m == nil {
		m = phone.FindStringSubmatch(strings.ReplaceAll(compact, "-", "")) // 138-0000-0000
	}
	if m == nil {
		return "", false
	}
	return strings.ReplaceAll(m[1]+m[2], "-", ""), true
}
