package person_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"xingce/ingest/person"
)

func site(t testing.TB, fill byte) *person.Keys {
	t.Helper()
	keys, err := person.NewKeys(bytes.Repeat([]byte{fill}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestHideAndOpen(t *testing.T) {
	keys := site(t, 1)
	for _, text := range []string{"999101199001010017", "13800000000", "幸福路1号", "", strings.Repeat("长", 10_000)} {
		for _, sort := range []person.Sort{person.IDSort, person.PhoneSort, person.AddressSort} {
			h := keys.Hide(sort, text)
			if got, err := keys.Open(sort, h.Sealed); err != nil || got != text {
				t.Errorf("%s %.20q opens as %.20q, %v", sort, text, got, err)
			}
			if text != "" && bytes.Contains(h.Sealed, []byte(text)) {
				t.Errorf("%s %.20q is sealed in clear", sort, text)
			}
			if again := keys.Hide(sort, text); again.Key != h.Key || !bytes.Equal(again.Sealed, h.Sealed) || again.Mask != h.Mask {
				t.Errorf("%s %.20q hidden twice gives two results: a rebuilt database would differ", sort, text)
			}
		}
	}
}

// What is published and kept depends on these bytes: a change of the scheme
// must be a migration, not an accident.
func TestHiddenBytesStay(t *testing.T) {
	h := site(t, 1).Hide(person.PhoneSort, "13800000000")
	const key = "1040b28a"
	if got := hexHead(h.Key[:]); got != key {
		t.Errorf("the key of a phone begins %s, and did %s", got, key)
	}
}

func TestKeysSeparate(t *testing.T) {
	a, b := site(t, 1), site(t, 2)
	h := a.Hide(person.PhoneSort, "13800000000")
	if other := a.Hide(person.PhoneSort, "13800000001"); other.Key == h.Key || bytes.Equal(other.Sealed[:12], h.Sealed[:12]) {
		t.Error("two texts have one key or one nonce")
	}
	if other := a.Hide(person.IDSort, "13800000000"); other.Key == h.Key || bytes.Equal(other.Sealed[:12], h.Sealed[:12]) {
		t.Error("one text of two sorts has one key or one nonce")
	}
	if other := b.Hide(person.PhoneSort, "13800000000"); other.Key == h.Key {
		t.Error("two sites give one key")
	}
	for _, c := range []struct {
		name   string
		keys   *person.Keys
		sort   person.Sort
		sealed []byte
	}{
		{"another site's", b, person.PhoneSort, h.Sealed},
		{"taken for another sort", a, person.IDSort, h.Sealed},
		{"cut short", a, person.PhoneSort, h.Sealed[:len(h.Sealed)-1]},
		{"shorter than a nonce", a, person.PhoneSort, h.Sealed[:5]},
		{"nothing", a, person.PhoneSort, nil},
	} {
		if text, err := c.keys.Open(c.sort, c.sealed); err == nil {
			t.Errorf("%s opens as %q", c.name, text)
		}
	}
	for i := range h.Sealed {
		flipped := bytes.Clone(h.Sealed)
		flipped[i] ^= 1
		if _, err := a.Open(person.PhoneSort, flipped); err == nil {
			t.Errorf("opens with a bit of byte %d flipped", i)
		}
	}
}

func TestHideFromManyGoroutines(t *testing.T) {
	keys := site(t, 1)
	want := keys.Hide(person.IDSort, "999101199001010017").Key
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if keys.Hide(person.IDSort, "999101199001010017").Key != want {
					t.Error("two goroutines disturb one another")
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestMask(t *testing.T) {
	for _, c := range []struct {
		sort       person.Sort
		text, want string
	}{
		{person.IDSort, "999101199001010017", "99*************017"},
		{person.IDSort, "99910119900101013X", "99*************13X"},
		{person.IDSort, "12", "****"},
		{person.PhoneSort, "13800001234", "138****1234"},
		{person.PhoneSort, "08168765432", "081****5432"},
		{person.PhoneSort, "87654321", "****4321"},
		{person.PhoneSort, "110", "****"},
		{person.AddressSort, "某省某市象山镇幸福路12号", "某省某市象山镇****"},
		{person.AddressSort, "城北街道幸福路12号", "城北街道****"},
		{person.AddressSort, "幸福路12号3栋", "****"},
		{person.AddressSort, "幸福路12号水乡韵苑3栋", "****"},
		{person.AddressSort, "", "****"},
	} {
		if got := person.Mask(c.sort, c.text); got != c.want {
			t.Errorf("Mask(%s, %q) is %s, want %s", c.sort, c.text, got, c.want)
		}
	}
}

func TestNewKeysWantsThirtyTwoBytes(t *testing.T) {
	for _, n := range []int{0, 16, 31, 33} {
		if _, err := person.NewKeys(make([]byte, n)); err == nil {
			t.Errorf("a key of %d bytes passes", n)
		}
	}
}

func TestSiteKeyFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys", "site.key")
	first, err := person.LoadKeys(file)
	if err != nil {
		t.Fatal(err)
	}
	again, err := person.LoadKeys(file)
	if err != nil {
		t.Fatal(err)
	}
	if first.Hide(person.IDSort, "x").Key != again.Hide(person.IDSort, "x").Key {
		t.Error("the second start has another key: everything hidden before is lost")
	}
	elsewhere, err := person.LoadKeys(filepath.Join(t.TempDir(), "site.key"))
	if err != nil {
		t.Fatal(err)
	}
	if first.Hide(person.IDSort, "x").Key == elsewhere.Hide(person.IDSort, "x").Key {
		t.Error("two sites were given one key")
	}
	if err := os.WriteFile(file, []byte("0123\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := person.LoadKeys(file); err == nil || !strings.Contains(err.Error(), "已损坏") {
		t.Errorf("a damaged key file: %v", err)
	}
}

func TestSecretIsItsOwnersOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps rights in access lists")
	}
	file := filepath.Join(t.TempDir(), "keys", "code")
	made := func() (string, error) { return "秘密", nil }
	if text, err := person.Secret(file, made); err != nil || text != "秘密" {
		t.Fatalf("the first start gives %q, %v", text, err)
	}
	for path, want := range map[string]os.FileMode{file: 0o600, filepath.Dir(file): 0o700 | os.ModeDir} {
		if info, err := os.Stat(path); err != nil || info.Mode() != want {
			t.Errorf("%s has mode %v, %v; want %v", filepath.Base(path), info.Mode(), err, want)
		}
	}
	never := func() (string, error) { t.Error("a secret that is there was made again"); return "", nil }
	if text, err := person.Secret(file, never); err != nil || text != "秘密" {
		t.Errorf("the second start gives %q, %v", text, err)
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o620, 0o666} {
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		if text, err := person.Secret(file, never); err == nil || text != "" || !strings.Contains(err.Error(), "0600") {
			t.Errorf("with mode %04o it gives %q, %v", mode, text, err)
		}
	}
}

// An empty file is what a full disk leaves: the next start must say so, not
// run on with an empty secret.
func TestEmptySecretIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "code")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := person.Secret(file, func() (string, error) { return "new", nil })
	if err == nil {
		t.Errorf("an empty file gives the secret %q", text)
	}
}
