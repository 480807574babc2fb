package person_test

import (
	"regexp"
	"testing"

	"xingce/ingest/person"
)

func TestName(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"张三", "张三"},
		{"张  三", "张三"},
		{"张　三", "张三"},
		{" 欧阳 明月\n", "欧阳明月"},
		{"阿依古丽•买买提", "阿依古丽·买买提"},
		{"阿依古丽・买买提", "阿依古丽·买买提"},
		{"阿依古丽．买买提", "阿依古丽.买买提"},
		{"Ｔｏｍ", "Tom"},
		{"张\u200b三", "张三"},
		{"", ""},
	} {
		if got := person.Name(c.text); got != c.want {
			t.Errorf("Name(%q) is %q, want %q", c.text, got, c.want)
		}
	}
}

func TestPhone(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a mobile", "13800000000", "13800000000"},
		{"in groups", "138 0000 0000", "13800000000"},
		{"with dashes", "138-0000-0000", "13800000000"},
		{"full width", "１３８０００００００0", "13800000000"},
		{"with +86", "+86 138 0000 0000", "13800000000"},
		{"with 86", "8613800000000", "13800000000"},
		{"with 0086", "008613800000000", "13800000000"},
		{"with 86-", "86-13800000000", "13800000000"},
		{"marks of direction, pasted along", "\u202d13800000000\u202c", "13800000000"},
		{"two, by a semicolon", "13800000000；13900000000", "13800000000"},
		{"two, by 、", "13800000000、13900000000", "13800000000"},
		{"two, by a slash", "13800000000/0816-8765432", "13800000000"},
		{"two, by a space", "13800000000 13900000000", "13800000000"},
		{"two, by a line break", "13800000000\n13900000000", "13800000000"},
		{"the second is right", "无、13900000000", "13900000000"},
		{"a landline", "0816-8765432", "08168765432"},
		{"a landline with brackets", "（028）87654321", "02887654321"},
		{"a landline by a space", "028 87654321", "02887654321"},
		{"no area code", "8765432", "8765432"},
		{"an extension", "0816-8765432-801", "08168765432"},
		{"an extension, 转", "8765432转801", "8765432"},
		{"whose it is, after", "13800000000（父）", "13800000000"},
		{"whose it is, before", "母亲：13800000000", "13800000000"},
		{"ten digits", "1380000000", ""},
		{"twelve digits", "138000000000", ""},
		{"an ID number", "999101199001010017", ""},
		{"words", "不详", ""},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := person.Phone(c.text)
			if got != c.want || ok != (c.want != "") {
				t.Errorf("Phone(%q) is %q, %v; want %q", c.text, got, ok, c.want)
			}
		})
	}
}

func FuzzPhone(f *testing.F) {
	for _, s := range []string{"13800000000", "+86 138-0000-0000;0816-8765432", "8765432转801", "(028)87654321", "１３８", "86"} {
		f.Add(s)
	}
	digits := regexp.MustCompile(`^(1[3-9]\d{9}|0\d{9,11}|\d{7,8})$`)
	f.Fuzz(func(t *testing.T, s string) {
		number, ok := person.Phone(s)
		if !ok {
			if number != "" {
				t.Errorf("%q: no phone, and %q", s, number)
			}
			return
		}
		if !digits.MatchString(number) {
			t.Errorf("%q: %q is no phone number", s, number)
		}
		if again, ok := person.Phone(number); !ok || again != number {
			t.Errorf("%q: reads as %q, and that as %q", s, number, again)
		}
	})
}
