package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime/debug"
	"strings"
	"time"
)

// An Annotator runs Annotate in a child process, so that a workbook which
// eats time or memory costs the child its life and nothing else. What is in
// the workbook goes through pipes, never through a file.
type Annotator struct {
	Program []string      // and its arguments: what calls AnnotateChild
	Memory  int64         // bytes that the child may take
	Time    time.Duration // that it may take
}

// A child is asked in JSON, and behind it comes the original.
type annotation struct {
	File   string
	Issues []Issue
}

// childOutput bounds what is taken from a child.
const childOutput = 256 << 20

// Annotate is the function of that name; whatever becomes of the child is an
// error in words.
func (a Annotator) Annotate(ctx context.Context, original []byte, report Report) (name string, body []byte, err error) {
	ask, err := json.Marshal(annotation{report.Source.File, report.AllIssues()})
	if err != nil {
		return "", nil, err
	}
	limited, cancel := context.WithTimeout(ctx, a.Time)
	defer cancel()
	child := exec.CommandContext(limited, a.Program[0], a.Program[1:]...)
	child.Env = append(childEnv(), fmt.Sprintf("GOMEMLIMIT=%d", a.Memory))
	child.Stdin = io.MultiReader(bytes.NewReader(append(ask, '\n')), bytes.NewReader(original))
	var stderr capped
	child.Stderr = &stderr
	child.WaitDelay = time.Second
	out := capped{most: childOutput}
	stderr.most = 64 << 10
	child.Stdout = &out
	err = child.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", nil, ctx.Err()
	case limited.Err() != nil:
		return "", nil, fmt.Errorf("标注用了超过 %d 秒，已停止", int(a.Time.Seconds()))
	case errors.As(err, &exit) && exit.ExitCode() == 1: // it says why
		_, why, _ := strings.Cut(strings.TrimSpace(stderr.String()), ": ")
		return "", nil, fmt.Errorf("标注没有做成：%s", why)
	case err != nil: // its last words may hold anything
		return "", nil, fmt.Errorf("标注的子进程中断了（%w）", err)
	case out.Len() == 0:
		return "", nil, errors.New("标注的子进程没有交出文件")
	}
	return annotatedName(report.Source.File), out.Bytes(), nil
}

// capped takes so many bytes and then fails its writer.
type capped struct {
	bytes.Buffer
	most int
}

func (c *capped) Write(p []byte) (int, error) {
	if c.Len()+len(p) > c.most {
		return 0, errors.New("more than was asked for")
	}
	return c.Buffer.Write(p)
}

// AnnotateChild is the child's side: it reads what an Annotator asks and
// writes the workbook. Its memory is limited by what GOMEMLIMIT names, on
// Linux by the system too.
func AnnotateChild(ctx context.Context, in io.Reader, out io.Writer) error {
	if err := limitMemory(debug.SetMemoryLimit(-1)); err != nil {
		return err
	}
	var ask annotation
	reader := json.NewDecoder(in)
	if err := reader.Decode(&ask); err != nil {
		return err
	}
	original, err := io.ReadAll(io.MultiReader(reader.Buffered(), in))
	if err != nil {
		return err
	}
	original = bytes.TrimPrefix(original, []byte("\n"))
	_, body, err := Annotate(ctx, original, Report{Source: Source{File: ask.File}, Issues: ask.Issues})
	if err != nil {
		return err
	}
	_, err = out.Write(body)
	return err
}
