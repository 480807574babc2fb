package person

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// LoadKeys reads the site's key from its file, and makes one at the first
// start.
func LoadKeys(file string) (*Keys, error) {
	text, err := Secret(file, func() (string, error) {
		site := make([]byte, 32)
		rand.Read(site)
		return hex.EncodeToString(site), nil
	})
	if err != nil {
		return nil, err
	}
	site, err := hex.DecodeString(text)
	if err != nil || len(site) != 32 {
		return nil, fmt.Errorf("密钥文件 %s 已损坏，请用备份恢复", file)
	}
	return NewKeys(site)
}

// Secret reads a one-line secret from a file that only its owner can read; at
// the first start it keeps what generate gives. A file that others can read, or
// that is empty, is refused.
func Secret(file string, generate func() (string, error)) (string, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		fresh, err := generate()
		if err != nil {
			return "", err
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return "", err
		}
		return fresh, keep(file, fresh+"\n")
	}
	if err != nil {
		return "", err
	}
	info, err := os.Stat(file)
	if err != nil {
		return "", err
	}
	if shared(info) {
		return "", fmt.Errorf("密钥文件 %s 别的用户也能读（权限 %04o），请改为 0600", file, info.Mode().Perm())
	}
	secret := strings.TrimSpace(string(text))
	if secret == "" {
		return "", fmt.Errorf("密钥文件 %s 是空的，请用备份恢复", file)
	}
	return secret, nil
}

// keep writes a secret through to the disk: what is hidden with it from now
// on cannot be opened without.
func keep(file, text string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close())
}
