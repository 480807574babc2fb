package person_test

import (
	"encoding/hex"
	"regexp"
	"strings"
	"testing"

	"xingce/ingest/person"
)

func hexHead(b []byte) string { return hex.EncodeToString(b[:4]) }

func TestScrub(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"an ID number", "身份证999101199001010017，已核", "身份证99*************017，已核"},
		{"one that ends in x", "99910119900101013x", "99*************13x"},
		{"an old one", "旧证999101900101001", "旧证99**********001"},
		{"a phone", "电话13800001234", "电话138****1234"},
		{"a phone with 86", "+8613800001234", "+138****1234"},
		{"a phone with 0", "013800001234", "138****1234"},
		{"a phone before an x", "13800001234x2", "138****1234x2"},
		{"two", "13800001234/13900001234", "138****1234/139****1234"},
		{"a phone in groups", "138 0000 1234", "138****1234"},
		{"a phone with dashes", "电话138-0000-1234转", "电话138****1234转"},
		{"an ID number in groups", "999101 19900101 0017", "99*************017"},
		{"an ID number with dashes", "999101-19900101-0017", "99*************017"},
		{"an old ID number in groups", "旧证999101 900101 001", "旧证99**********001"},
		{"a phone with long dashes", "139—0000—1234", "139****1234"},
		{"a phone in two groups", "1390000 1234", "139****1234"},
		{"a phone with points", "139.0000.1234", "139****1234"},
		{"a landline", "联系0816-2345678", "联系0816-234****678"},
		{"a landline by its name", "电话：2345678", "电话：234****678"},
		{"a door", "慰问滨河路88号3栋2单元501室老人", "慰问滨河路**号****老人"},
		{"a door in words", "桂花街道星河路八十八号七单元六零二室", "桂花街道星河路**号****"},
		{"a building stays", "3栋2单元", "3栋2单元"},
		{"an hour and a room stay", "2025-10-08 9:00 会议室2号", "2025-10-08 9:00 会议室2号"},
		{"days and money stay", "2025.10.08-2025.10.12 共1380.50元", "2025.10.08-2025.10.12 共1380.50元"},
		{"full width", "１３８０００0１２３４", "138****1234"},
		{"a passport", "护照E12345678办理讲座", "护照****办理讲座"},
		{"passes, with a colon", "港澳通行证号码：C12345678，台胞证 12345678", "港澳通行证号码：****，台胞证 ****"},
		{"a code that no passport is said of stays", "合同E12345678", "合同E12345678"},
		{"a document's number stays", "票据号202510080001", "票据号202510080001"},
		{"an account stays", "6222000000000000000", "6222000000000000000"},
		{"a day stays", "2025-10-08", "2025-10-08"},
		{"words stay", "腿脚不便，请上门", "腿脚不便，请上门"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := person.Scrub(c.text); got != c.want {
				t.Errorf("Scrub(%q) is %q, want %q", c.text, got, c.want)
			}
		})
	}
}

// Whole runs of digits in a text, with an X at the end or without.
var runs = regexp.MustCompile(`\d+[Xx]?`)

func FuzzScrub(f *testing.F) {
	for _, s := range []string{
		"身份证999101199001010017", "13800001234x", "99910119900101013x9", "999101900101001X", "１３８０００0１２３４", "+8613800001234", "138 0000 1234",
		"999101199001010017 999101199001010025", "1380000123413900001234", "x13800001234",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := person.Scrub(s)
		for _, run := range runs.FindAllString(strings.Map(narrow, got), -1) {
			digits := strings.TrimRight(run, "Xx")
			for _, number := range []string{run, digits} {
				if _, err := person.ParseID(number); err == nil {
					t.Errorf("%q: the ID number %s is still there: %q", s, number, got)
				}
			}
			if len(digits) == 11 && digits[0] == '1' {
				t.Errorf("%q: the mobile %s is still there: %q", s, digits, got)
			}
		}
		if again := person.Scrub(got); again != got {
			t.Errorf("%q: scrubbed is %q, and that scrubbed %q", s, got, again)
		}
	})
}

func narrow(r rune) rune {
	if r >= '０' && r <= '９' {
		return r - '０' + '0'
	}
	return r
}
