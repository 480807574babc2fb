package person_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

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

func TestPhones(t *testing.T) {
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
		{"a landline", "0816-8765432", "08168765432"},
		{"a landline with brackets", "（028）87654321", "02887654321"},
		{"a landline by a space", "028 87654321", "02887654321"},
		{"no area code", "8765432", "8765432"},
		{"no area code, begins as the country's code", "86876543", "86876543"},
		{"an extension", "0816-8765432-801", "08168765432"},
		{"an extension, 转", "8765432转801", "8765432"},
		{"whose it is, after", "13800000000（父）", "13800000000"},
		{"whose it is, before", "母亲：13800000000", "13800000000"},

		{"two, by a semicolon", "13800000000；13900000000", "13800000000 13900000000"},
		{"two, by 、", "13800000000、13900000000", "13800000000 13900000000"},
		{"two, by a space", "13800000000 13900000000", "13800000000 13900000000"},
		{"two, by a line break", "13800000000\n13900000000", "13800000000 13900000000"},
		{"two in groups, by a space", "138 0000 0000 139 0000 0000", "13800000000 13900000000"},
		{"two with whose they are", "父 13800000000 母 13900000000", "13800000000 13900000000"},
		{"two with whose they are, after", "13800000000 (父) 13900000000 (母)", "13800000000 13900000000"},
		{"three", "13800000000/13900000000，0816-8765432", "13800000000 13900000000 08168765432"},
		{"the same twice", "13800000000、138-0000-0000", "13800000000"},
		{"one and a word", "无、13900000000", "13900000000"},
		{"one and a mark after it", "13900000000；", "13900000000"},
		{"a landline, then a mobile: the mobile goes first", "0816-8765432/13800000000", "13800000000 08168765432"},

		{"ten digits", "1380000000", "号码的位数不对"},
		{"twelve digits", "138000000000", "号码的位数不对"},
		{"a mobile cut short is no local number", "13800000", "号码的位数不对"},
		{"nor after the country's code", "8613800000", "号码的位数不对"},
		{"ten digits in groups", "138 0000 000", "号码的位数不对"},
		{"an ID number", "999101199001010017", "号码的位数不对"},
		{"the second of two is wrong", "13800000000、1390000123", "第 2 个（139***0123）不是完整的号码"},
		{"the second of two in groups is wrong", "138 0000 0000 139 0000 123", "第 2 个（139***0123）不是完整的号码"},
		{"the first of two is wrong", "1390000123 13800000000", "第 1 个（139***0123）不是完整的号码"},
		{"both are wrong", "138000000 / 12345", "第 1 个（*****0000）、第 2 个（****）不是完整的号码"},
		{"many are wrong", "1;2;3;4;5", "第 1 个（****）、第 2 个（****）、第 3 个（****）等 5 个不是完整的号码"},
		{"two run together", "1380000000013900000000", "号码的位数不对"},
		{"words", "不详", "没有号码"},
		{"nothing", "", "没有号码"},
	} {
		t.Run(c.name, func(t *testing.T) {
			numbers, err := person.Phones(c.text)
			got := strings.Join(numbers, " ")
			if err != nil {
				got += err.Error()
			}
			if got != c.want {
				t.Errorf("Phones(%q) is %s, want %s", c.text, got, c.want)
			}
		})
	}
}

// However many numbers a cell holds and however they are set out, all come out
// and no other; with one digit lost from any of them none does.
func TestPhonesLosesNone(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	for range 3000 {
		var want, cells []string
		mobiles := random.IntN(3)
		for i := range mobiles + 1 + random.IntN(2) {
			number := fmt.Sprintf("1%d%08d", 30+random.IntN(70), random.IntN(1e8))
			shown := pick(number, number[:3]+" "+number[3:7]+" "+number[7:], number[:3]+"-"+number[3:7]+"-"+number[7:], "+86 "+number, number+"（本人）", "父："+number)
			if i >= mobiles {
				number = fmt.Sprintf("0816%07d", 2000000+random.IntN(8e6))
				shown = pick(number, number[:4]+"-"+number[4:], "（"+number[:4]+"）"+number[4:], number[:4]+"-"+number[4:]+"转801")
			}
			if !slices.Contains(want, number) {
				want, cells = append(want, number), append(cells, shown)
			}
		}
		cell := strings.Join(cells, pick("、", "；", ";", "/", " ", "，", "\n", " / ", "  "))
		got, err := person.Phones(cell)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("Phones(%q) is %v, %v; want %v", cell, got, err, want)
		}
		at := random.IntN(len(want))
		short := strings.Replace(cell, cells[at], want[at][:len(want[at])-1], 1)
		if want[at][0] == '1' { // a landline may lack a digit and be one of another town
			if got, err := person.Phones(short); err == nil {
				t.Fatalf("Phones(%q) is %v, though a digit of number %d is lost", short, got, at+1)
			}
		}
	}
}

// A cell as long as Excel lets it be costs no more than its length.
func TestPhonesOfAHugeCell(t *testing.T) {
	if _, err := person.Phones(strings.Repeat("1 ", 16000)); err == nil {
		t.Error("16000 ones are a phone")
	}
	many, err := person.Phones(strings.Repeat("13800000000 8765432 ", 1600))
	if err != nil || len(many) != 2 {
		t.Errorf("%d numbers, %v", len(many), err)
	}
}

func FuzzPhones(f *testing.F) {
	for _, s := range []string{"13800000000", "+86 138-0000-0000;0816-8765432", "8765432转801", "(028)87654321", "１３８", "86", "138 0000 000、1380000000", "父 13800000000 母 13900000000"} {
		f.Add(s)
	}
	whole := regexp.MustCompile(`^(1\d{10}|0\d{9,11}|[2-9]\d{6,7})$`)
	long := regexp.MustCompile(`\d{7,}`)
	f.Fuzz(func(t *testing.T, s string) {
		numbers, err := person.Phones(s)
		if err != nil {
			if numbers != nil || long.MatchString(err.Error()) {
				t.Errorf("%q: %v, and the fault %s", s, numbers, err)
			}
			return
		}
		for i, number := range numbers {
			if !whole.MatchString(number) || slices.Contains(numbers[:i], number) {
				t.Errorf("%q: %q is no phone number, or there twice", s, number)
			}
		}
		if again, err := person.Phones(strings.Join(numbers, "、")); err != nil || !slices.Equal(again, numbers) {
			t.Errorf("%q: reads as %v, and that as %v, %v", s, numbers, again, err)
		}
	})
}

func FuzzName(f *testing.F) {
	for _, s := range []string{"张  三", "阿依古丽•买买提", "Ｔｏｍ", "张\u200b三", "．"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name := person.Name(s)
		if strings.ContainsFunc(name, unicode.IsSpace) || strings.ContainsAny(name, "•・‧●") {
			t.Errorf("%q is %q", s, name)
		}
		if again := person.Name(name); again != name {
			t.Errorf("%q is %q, and that %q", s, name, again)
		}
	})
}
