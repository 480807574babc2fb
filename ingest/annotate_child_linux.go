package ingest

import "syscall"

// childEnv is what a child sees of the environment.
func childEnv() []string { return nil }

// slack is what a process holds beside Go's heap: the program's own data,
// stacks, and what the runtime keeps for itself.
const slack = 128 << 20

// limitMemory makes the kernel refuse memory beyond a limit. RLIMIT_DATA
// counts what can be written; RLIMIT_AS would also count the address space
// that the runtime sets aside and never uses.
func limitMemory(bytes int64) error {
	limit := uint64(bytes) + slack
	if bytes > 1<<40 { // none was set
		return nil
	}
	return syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: limit, Max: limit})
}
