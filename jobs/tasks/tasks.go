// Package tasks is the shelf of jobs: one file each.
package tasks

import (
	"errors"
	"os"
	"path/filepath"
)

// replace puts a whole file in place of a former one: readers see the old or
// the new, never a part.
func replace(file string, body []byte, mode os.FileMode) (err error) {
	dir := filepath.Dir(file)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	part, err := os.CreateTemp(dir, ".part-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(part.Name()))
		}
	}()
	_, err = part.Write(body)
	err = errors.Join(err, part.Chmod(mode), part.Sync(), part.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(part.Name(), file); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes a renaming in a folder last through a loss of power.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	// Some systems cannot sync a folder; there the renaming is all there is.
	_ = d.Sync()
	return nil
}
