package sheet

import (
	"bytes"
	"iter"
	"math/rand/v2"
	"testing"
)

func flipBook(t testing.TB) []byte {
	return workbookOf(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>地址</t></is></c></row>`+
		`<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>46022</v></c><c r="C2"><v>12.5</v></c></row>`, nil).pack(t)
}

// flips gives 5000 copies with one bit flipped, by the bit's number.
func flips(good []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		random := rand.New(rand.NewPCG(20260101, 7))
		for range 5000 {
			bit := random.IntN(8 * len(good))
			flipped := bytes.Clone(good)
			flipped[bit/8] ^= 1 << (bit % 8)
			if !yield(bit, flipped) {
				return
			}
		}
	}
}

// A bit that flips in a good workbook is seen, or does not matter: the rows
// are never others than before.
func TestBitFlips(t *testing.T) {
	good := flipBook(t)
	want, err := readAll(t, good, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	harmless := 0
	for bit, flipped := range flips(good) {
		got, err := readAll(t, flipped, DefaultLimits)
		switch {
		case err == nil && got != want:
			t.Errorf("bit %d of byte %d: read as\n%s", bit%8, bit/8, got)
		case err == nil:
			harmless++
		case !isRefusal(err):
			t.Errorf("bit %d of byte %d: %v", bit%8, bit/8, err)
		}
	}
	t.Logf("%d of 5000 flips did not matter", harmless)
	if harmless > 2500 {
		t.Errorf("%d of 5000 flips did not matter: is anything checked?", harmless)
	}
}
