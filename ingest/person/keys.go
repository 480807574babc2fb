package person

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"strings"
	"sync"
	"unicode"
)

// A Sort says what a private text is; equal texts of two sorts have
// different keys.
type Sort string

const (
	IDSort      Sort = "id"
	PhoneSort   Sort = "phone"
	AddressSort Sort = "address"
	// HouseholdSort is what a ledger calls a home by: keyed only, never sealed.
	HouseholdSort Sort = "household"
)

// Keys hide private text under a site's key.
//
// A private text's key is the first 128 bits of HMAC-SHA256, so that equal
// numbers join and none can be told from its key without the site's. The
// sealed copy is AES-256-GCM with the next 96 bits of the same HMAC as its
// nonce: the same text gives the same bytes, so a database can be rebuilt
// from its uploads and compared.
type Keys struct {
	macKey []byte
	macs   sync.Pool
	aead   cipher.AEAD
}

// NewKeys derives both keys from the site's 32 secret bytes.
func NewKeys(site []byte) (*Keys, error) {
	if len(site) != 32 {
		return nil, fmt.Errorf("the site's key has %d bytes, not 32", len(site))
	}
	block, err := aes.NewCipher(derive(site, "seal"))
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	k := &Keys{macKey: derive(site, "key"), aead: aead}
	k.macs.New = func() any { return hmac.New(sha256.New, k.macKey) }
	return k, nil
}

func derive(site []byte, purpose string) []byte {
	mac := hmac.New(sha256.New, site)
	mac.Write([]byte("xingce/" + purpose))
	return mac.Sum(nil)
}

// A Hidden is what is stored of a private text.
type Hidden struct {
	Key    [16]byte
	Mask   string
	Sealed []byte
}

// Hide gives the three forms of a private text.
func (k *Keys) Hide(sort Sort, text string) Hidden {
	mac := k.macs.Get().(hash.Hash)
	mac.Reset()
	mac.Write([]byte(sort))
	mac.Write([]byte{0})
	mac.Write([]byte(text))
	var room [sha256.Size]byte
	sum := mac.Sum(room[:0])
	k.macs.Put(mac)
	h := Hidden{Key: [16]byte(sum[:16]), Mask: Mask(sort, text)}
	nonce := sum[16 : 16+k.aead.NonceSize()]
	h.Sealed = make([]byte, 0, len(nonce)+len(text)+k.aead.Overhead())
	h.Sealed = append(h.Sealed, nonce...)
	h.Sealed = k.aead.Seal(h.Sealed, nonce, []byte(text), []byte(sort))
	return h
}

// Open unseals what Hide sealed. Whoever calls it logs who asked and why.
func (k *Keys) Open(sort Sort, sealed []byte) (string, error) {
	n := k.aead.NonceSize()
	if len(sealed) < n {
		return "", errors.New("sealed text is too short")
	}
	text, err := k.aead.Open(nil, sealed[:n], sealed[n:], []byte(sort))
	return string(text), err
}

// Mask is what may be shown: of an ID number the first 2 and last 3, of a
// phone the first 3 and last 4, of an address what names the town or street
// office; anything else is hidden whole. The measure is a government notice's
// (2 and 3, 3 and 4, to 乡镇/街道).
func Mask(sort Sort, text string) string {
	runes := []rune(text)
	switch {
	case sort == IDSort && len(runes) >= 8:
		return stars(runes, 2, 3)
	case sort == PhoneSort && len(runes) >= 10:
		return stars(runes, 3, 4)
	case sort == PhoneSort && len(runes) >= 7:
		return stars(runes, 0, 4)
	case sort == AddressSort:
		for _, end := range []string{"街道", "镇", "乡"} {
			// After a house's number it is part of a name: 12号乡韵苑.
			if i := strings.Index(text, end); i > 0 && !strings.ContainsFunc(text[:i], unicode.IsDigit) {
				return text[:i+len(end)] + "****"
			}
		}
	}
	return "****"
}

func stars(runes []rune, head, tail int) string {
	return string(runes[:head]) + strings.Repeat("*", len(runes)-head-tail) + string(runes[len(runes)-tail:])
}
