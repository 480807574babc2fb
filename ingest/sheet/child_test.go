//go:build unix

package sheet

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// TestMain is also the processes that the figures are measured in:
// FIGURE=what test.binary arguments…
func TestMain(m *testing.M) {
	var err error
	switch os.Getenv("FIGURE") {
	case "measure":
		err = measure(os.Args[1:])
	case "read":
		err = readFile(os.Args[1])
	case "excelize":
		err = excelizeFile(os.Args[1])
	default:
		code := m.Run()
		if flag.Lookup("test.bench").Value.String() != "" {
			printFigures(os.Stdout)
		}
		os.Exit(code)
	}
	if isRefusal(err) {
		os.Exit(refusedCode)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const refusedCode = 3

// readFile reads every cell of a workbook.
func readFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	lim := DefaultLimits
	lim.FileBytes = 1 << 30 // a million rows of twenty cells are more than is taken
	book, err := Open(f, info.Size(), lim)
	if err != nil {
		return err
	}
	for _, s := range book.Sheets {
		for _, err := range s.Rows(context.Background()) {
			if err != nil {
				return err
			}
		}
		if _, err := s.Merges(context.Background()); err != nil {
			return err
		}
	}
	return nil
}

// excelizeFile is readFile for the peer, of the first sheet only.
func excelizeFile(name string) error {
	book, err := excelize.OpenFile(name)
	if err != nil {
		return err
	}
	defer book.Close()
	rows, err := book.Rows(book.GetSheetName(0))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			return err
		}
	}
	return rows.Error()
}

// A cost is what a program took.
type cost struct {
	time time.Duration
	peak int64 // bytes of memory
	exit int
}

// measured runs a program; as is what to be, if it is the test's own binary.
// It runs below a small process: the peak that Linux counts for a program is
// no less than that of the process that started it.
func measured(b *testing.B, as string, words ...string) cost {
	b.Helper()
	c := exec.CommandContext(b.Context(), os.Args[0], append([]string{as}, words...)...)
	c.Env = append(os.Environ(), "FIGURE=measure")
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		b.Fatal(err)
	}
	var took cost
	if _, err := fmt.Sscan(string(out), &took.time, &took.peak, &took.exit); err != nil {
		b.Fatalf("%v: %q", err, out)
	}
	return took
}

func measure(words []string) error {
	c := exec.Command(words[1], words[2:]...)
	c.Env = append(os.Environ(), "FIGURE="+words[0])
	start := time.Now()
	err := c.Run()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		return err
	}
	peak := c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS != "darwin" {
		peak <<= 10
	}
	fmt.Println(int64(time.Since(start)), peak, c.ProcessState.ExitCode())
	return nil
}

// thrice does each piece of work three times, in turn, so that a busy machine
// is as busy for each. It gives the middle of the times, and the most memory.
func thrice(works ...func() cost) []cost {
	runs := make([][]cost, len(works))
	for range 3 {
		for i, work := range works {
			runs[i] = append(runs[i], work())
		}
	}
	var middle []cost
	for _, r := range runs {
		slices.SortFunc(r, func(a, b cost) int { return cmp.Compare(a.time, b.time) })
		middle = append(middle, cost{time: r[1].time, peak: max(r[0].peak, r[1].peak, r[2].peak)})
	}
	return middle
}

func (c cost) mib() string { return fmt.Sprintf("%.0f MiB", float64(c.peak)/(1<<20)) }
