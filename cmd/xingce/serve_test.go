package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/xuri/excelize/v2"

	"xingce/cmd/internal/config"
)

// sampleBook is a small register of gifts.
func sampleBook(t *testing.T) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range [][]any{
		{"象山社区2025年第四季度捐款台账"},
		{"捐款日期", "捐款人", "金额（元）", "捐款项目"},
		{"2025-10-13", "匿名", 1234.5, "抗震救灾"},
	} {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	var body bytes.Buffer
	if err := book.Write(&body); err != nil {
		t.Fatal(err)
	}
	return body.Bytes()
}

// TestServe drops a workbook into the inbox of a running program and finds it
// in the dashboard, with no further command.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	settings := config.Default()
	settings.Jobs.Inbox = "@every 1s"
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	a, err := wire(ctx, dir, settings, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	published := make(chan string, 100)
	a.press.Each = func(_, _ int, path string) { published <- path }

	said, says := io.Pipe()
	c := &cobra.Command{}
	c.SetContext(ctx)
	c.SetOut(says)
	ended := make(chan error, 1)
	go func() { ended <- a.serve(c, "127.0.0.1:0") }()
	line := make([]byte, 1024)
	n, err := said.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(line[:n]), "看板：")
	home, _, _ := strings.Cut(rest, "\n")

	if err := os.WriteFile(filepath.Join(dir, "inbox", "捐款.xlsx"), sampleBook(t), 0o600); err != nil {
		t.Fatal(err)
	}
	for path := range published {
		if path == "2025Q4/town/dashboard.html" {
			break
		}
	}
	if index := get(t, home); !strings.Contains(index, "/published/2025Q4/") || !strings.Contains(index, "象山社区") {
		t.Errorf("the first page does not list the dashboard:\n%s", index)
	}
	if page := get(t, home+"published/2025Q4/象山社区/dashboard.html"); !strings.Contains(page, "1,234.5") {
		t.Error("the dashboard does not show the gift of 1,234.5 yuan")
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("serve ended with %v", err)
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s (%v)\n%s", url, answer.Status, err, body)
	}
	return string(body)
}
