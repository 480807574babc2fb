package main

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// The test's binary is also the command that the scripts run.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "annotate" { // the child that marks workbooks
		os.Exit(exitCode(run(context.Background(), os.Args[1:], os.Getenv, os.Stdout, os.Stderr)))
	}
	testscript.Main(m, map[string]func(){
		"xingce": func() {
			os.Exit(exitCode(run(context.Background(), os.Args[1:], os.Getenv, os.Stdout, os.Stderr)))
		},
	})
}

// Each script in testdata/script is a session at the terminal. `exit n cmd`
// wants the command to end with that code; `hold dir` has this process keep a
// data folder to itself until the script ends; `fill book sheet!cell value…`
// writes into a workbook as its people would.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exit": exitWith,
			"hold": hold,
			"fill": fill,
		},
	})
}

func exitWith(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit code command…")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	var status interface{ ExitCode() int }
	if err != nil {
		var ok bool
		if status, ok = err.(interface{ ExitCode() int }); !ok {
			ts.Fatalf("%v", err)
		}
		code = string(rune('0' + status.ExitCode()))
	}
	if code != args[0] {
		ts.Fatalf("ended with %s, want %s", code, args[0])
	}
}

func fill(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	for i := 1; i < len(args); i += 2 {
		tab, cell, _ := strings.Cut(args[i], "!")
		ts.Check(f.SetCellStr(tab, cell, args[i+1]))
	}
	ts.Check(f.Save())
}

func hold(ts *testscript.TestScript, _ bool, args []string) {
	a, err := open(context.Background(), ts.MkAbs(args[0]), io.Discard)
	ts.Check(err)
	ts.Defer(func() { ts.Check(a.close()) })
}
