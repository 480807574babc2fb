package person

import "io/fs"

// shared is always false: Windows keeps rights in access lists, which the
// folder of the data hands down.
func shared(fs.FileInfo) bool { return false }
