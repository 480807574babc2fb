//go:build !linux

package ingest

import "os"

// childEnv is what a child sees of the environment: Windows starts nothing
// without its SystemRoot.
func childEnv() []string { return []string{"SystemRoot=" + os.Getenv("SystemRoot")} }

// limitMemory does nothing: here only GOMEMLIMIT, which is a wish, and the
// bound on a sheet's size keep the child small.
func limitMemory(int64) error { return nil }
