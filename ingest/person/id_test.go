package person_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"xingce/ingest/person"
)

// Region 999101 is given to no place: the numbers here are nobody's.
func TestParseID(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a man's", "999101199001010017", "999101199001010017 1990-01-01 男 999101"},
		{"a woman's", "999101199001010025", "999101199001010025 1990-01-01 女 999101"},
		{"ends in X", "99910119900101013X", "99910119900101013X 1990-01-01 男 999101"},
		{"ends in a small x", "99910119900101013x", "99910119900101013X 1990-01-01 男 999101"},
		{"full-width digits and X", "９９９１０１１９９００１０１０１３Ｘ", "99910119900101013X 1990-01-01 男 999101"},
		{"spaces inside", " 999101 19900101 0017 ", "999101199001010017 1990-01-01 男 999101"},
		{"a space of Chinese width", "999101　199001010017", "999101199001010017 1990-01-01 男 999101"},
		{"an apostrophe to keep it text", "'999101199001010017", "999101199001010017 1990-01-01 男 999101"},
		{"marks of direction, pasted along", "\u202d999101199001010017\u202c", "999101199001010017 1990-01-01 男 999101"},
		{"15 digits", "999101900101001", "999101199001010017 1990-01-01 男 999101"},
		{"born on a leap day", "99910120000229001" + check("99910120000229001"), "99910120000229001X 2000-02-29 男 999101"},
		{"check digit wrong", "999101199001010018", "check"},
		{"two digits swapped", "999101199010010010", "check"},
		{"X where it is not due", "99910119900101001X", "check"},
		{"no such day", "999101199002300011", "birth"},
		{"no leap day in that year", "99910119010229001" + check("99910119010229001"), "birth"},
		{"no such month", "99910119901301001" + check("99910119901301001"), "birth"},
		{"month 0", "99910119900001001" + check("99910119900001001"), "birth"},
		{"born too early", "99910118000101001" + check("99910118000101001"), "birth"},
		{"born too late", "99910121010101001" + check("99910121010101001"), "birth"},
		{"15 digits with no such day", "999101900230001", "birth"},
		{"a number shown in short", "9.99101E+17", "damaged"},
		{"the same, small e", "9.99101e17", "damaged"},
		{"a number with its tail gone", "999101199001010000", "damaged"},
		{"17 digits", "99910119900101001", "length"},
		{"19 digits", "9991011990010100170", "length"},
		{"X in the middle", "9991011990X1010017", "length"},
		{"a permit number", "M12345678", "length"},
		{"nothing", "", "length"},
		{"digits of another script", "٩٩٩١٠١١٩٩٠٠١٠١٠٠١٠", "length"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := readID(person.ParseID(c.text)); got != c.want {
				t.Errorf("ParseID(%q) is %s, want %s", c.text, got, c.want)
			}
		})
	}
}

func readID(id person.ID, err error) string {
	for name, fault := range map[string]error{"damaged": person.ErrIDDamaged, "length": person.ErrIDLength, "birth": person.ErrIDBirth, "check": person.ErrIDCheck} {
		if errors.Is(err, fault) {
			return name
		}
	}
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%s %s %s %s", id.Number, id.Birth.Format(time.DateOnly), id.Sex, id.Region)
}

// check is the check digit by the standard's other form: the digit c for
// which the sum of a(i)·2^(i-1) over all 18, counted from the right, is 1
// modulo 11.
func check(first17 string) string {
	sum := 0
	for i, r := range first17 {
		sum += int(r-'0') * (1 << (17 - i))
	}
	for c := range 11 {
		if (sum+c)%11 == 1 {
			if c == 10 {
				return "X"
			}
			return fmt.Sprint(c)
		}
	}
	panic("no check digit")
}

// A single wrong digit, and two neighbours swapped, never pass.
func TestEverySlipIsSeen(t *testing.T) {
	for order := range 1000 {
		first := fmt.Sprintf("99910119900101%03d", order)
		good := first + check(first)
		if _, err := person.ParseID(good); err != nil {
			t.Fatalf("%s: %v", good, err)
		}
		for i := range 17 {
			for d := byte('0'); d <= '9'; d++ {
				if good[i] == d {
					continue
				}
				bad := good[:i] + string(d) + good[i+1:]
				if _, err := person.ParseID(bad); err == nil {
					t.Fatalf("%s passes with digit %d of %s wrong", bad, i+1, good)
				}
			}
			if bad := good[:i] + good[i+1:i+2] + good[i:i+1] + good[i+2:]; bad != good && !strings.Contains(bad[:17], "X") {
				if _, err := person.ParseID(bad); err == nil {
					t.Fatalf("%s passes with digits %d and %d of %s swapped", bad, i+1, i+2, good)
				}
			}
		}
	}
}

func FuzzParseID(f *testing.F) {
	for _, s := range []string{"999101199001010017", "99910119900101013x", "999101900101001", "9.99101E+17", " ９９９", "'", "999101199001010000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := person.ParseID(s)
		if err != nil {
			if id != (person.ID{}) {
				t.Errorf("%q: a fault and an ID: %+v", s, id)
			}
			return
		}
		if again, err := person.ParseID(id.Number); err != nil || again != id {
			t.Errorf("%q: reads as %+v, and that as %+v, %v", s, id, again, err)
		}
		if id.Number[:6] != id.Region || id.Number[6:14] != id.Birth.Format("20060102") || id.Number[17:] != check(id.Number[:17]) {
			t.Errorf("%q: the facts do not follow from the number: %+v", s, id)
		}
	})
}
