// Command xingce is the whole program: it takes in spreadsheets, counts,
// rates, publishes, and keeps the schedule. Each subcommand has a file here;
// app.go wires the stages together.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"xingce/ingest/person"
	"xingce/queries/duckdb"
)

// version stands in every published file; it changes when their bytes may.
const version = "0.1.0"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(exitCode(err))
}

// run does one command. The error has been shown already.
func run(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) error {
	root := newRoot(env)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err != nil && !errors.Is(err, errFaults) {
		fmt.Fprintln(stderr, "xingce:", sentence(ctx, err))
	}
	return err
}

// sentence says first, in words for whoever looks after the machine, what an
// error of the machine means.
func sentence(ctx context.Context, err error) string {
	text := person.Scrub(err.Error()) // it may name a file, and a file may be called by a phone
	switch {
	case ctx.Err() != nil:
		return "已停止；没有做完的部分没有保留"
	case errors.Is(err, syscall.ENOSPC) || strings.Contains(text, "No space left on device"):
		return "磁盘满了，没有保存；请腾出空间再试（" + text + "）"
	case errors.Is(err, fs.ErrPermission):
		return "没有权限读写，请检查数据文件夹属于谁（" + text + "）"
	}
	return text
}

// errFaults says that the input was faulty and its faults have been listed.
var errFaults = errors.New("表里有问题")

// A usageError is a wrong use of the command, or a broken setting.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// exitCode is 0 for done, 2 for wrong use, 3 when another process holds the
// data, and 1 for faults in the input and everything else.
func exitCode(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, duckdb.ErrHeld):
		return 3
	case errors.As(err, &usage):
		return 2
	}
	return 1
}
