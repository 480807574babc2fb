package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"xingce/ingest"
)

// annotator starts this test's binary as the command.
func annotator(t *testing.T) ingest.Annotator {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "xingce")
	if err := os.Symlink(self, program); err != nil {
		t.Skipf("NOT TESTED: no links here: %v", err)
	}
	return ingest.Annotator{Program: []string{program, "annotate"}, Memory: 384 << 20, Time: 30 * time.Second}
}

// ledger is a text file of so many rows, and what is wrong with it.
func ledger(rows int) ([]byte, ingest.Report) {
	var b bytes.Buffer
	random := rand.New(rand.NewPCG(1, 2))
	b.WriteString("捐款日期,捐款人,金额\n")
	for range rows {
		fmt.Fprintf(&b, "2025-12-01,王%d,%d\n", random.Uint64(), random.Uint64())
	}
	return b.Bytes(), ingest.Report{Source: ingest.Source{File: "捐款.csv"}, Issues: []ingest.Issue{
		{Severity: ingest.Error, Cell: "C2", Row: 2, Found: "金额太大", Wanted: "金额", Mend: "请核对"},
	}}
}

func TestAnnotateInChild(t *testing.T) {
	original, report := ledger(100)
	name, body, err := annotator(t).Annotate(t.Context(), original, report)
	if err != nil {
		t.Fatal(err)
	}
	wantName, want, err := ingest.Annotate(t.Context(), original, report)
	if err != nil {
		t.Fatal(err)
	}
	if name != wantName || !bytes.Equal(body, want) {
		t.Errorf("the child gives %s of %d bytes, want %s of %d", name, len(body), wantName, len(want))
	}
}

func TestAnnotateChildDies(t *testing.T) {
	small, report := ledger(10)
	big, _ := ledger(700_000)
	slow := annotator(t)
	slow.Time = 0
	tight := annotator(t)
	tight.Memory = 16 << 20
	gone := annotator(t)
	gone.Program = []string{filepath.Join(t.TempDir(), "nothing")}
	for _, c := range []struct {
		name      string
		annotator ingest.Annotator
		original  []byte
		want      string
	}{
		{"of memory", tight, big, "标注的子进程中断了"},
		{"of time", slow, small, "标注用了超过 0 秒，已停止"},
		{"of a file that is none", annotator(t), []byte("PK\x03\x04"), "标注没有做成：文件不完整或已经损坏"},
		{"before it lives", gone, small, "标注的子进程中断了"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "of memory" && runtime.GOOS != "linux" {
				t.Skip("NOT TESTED: the system sets no limit here")
			}
			_, body, err := c.annotator.Annotate(t.Context(), c.original, report)
			if err == nil || !strings.HasPrefix(err.Error(), c.want) || body != nil {
				t.Errorf("%d bytes, %v", len(body), err)
			}
			if err != nil && strings.Contains(err.Error(), "goroutine") {
				t.Errorf("its last words are shown: %v", err)
			}
		})
	}
	if _, _, err := tight.Annotate(t.Context(), small, report); err != nil {
		t.Errorf("the next one, in as little memory: %v", err)
	}
}

func TestAnnotateStops(t *testing.T) {
	original, report := ledger(10)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := annotator(t).Annotate(ctx, original, report); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
