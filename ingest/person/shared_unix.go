//go:build unix

package person

import "io/fs"

// shared reports whether others than the owner can read or write a file.
func shared(info fs.FileInfo) bool { return info.Mode().Perm()&0o077 != 0 }
