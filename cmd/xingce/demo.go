package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"xingce/cmd/internal/config"
	"xingce/cmd/internal/demo"
	"xingce/ingest"
	"xingce/ingest/period"
	"xingce/jobs/tasks"
	"xingce/queries"
	"xingce/queries/duckdb"
)

// The demo's newest quarter, its year, and the community of the founding text.
var (
	demoQuarter = period.Quarter(2025, 4)
	demoYear    = period.Year(2025)
)

func newDemo() *cobra.Command {
	var dir string
	var noServe bool
	c := &cobra.Command{
		Use: "demo", Short: "示例：一个镇十一个社区八个季度，从表格一路做到看板和评星",
		Long: `写出一个虚构的镇十一个社区八个季度的表格，放进收件夹，像平日一样收件、
计算、发布、评星，然后在本机打开看板，直到按 Ctrl-C。所有人都是虚构的。

示例文件夹里：sheets 是表格，data 是数据文件夹（别的命令用 --data 示例文件夹/data 接着看），
data/published 是发布的看板和工作簿。`,
		Example: "  xingce demo\n  xingce demo --dir 示例 --no-serve", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if c.Flags().Changed("data") {
				return usageError{errors.New("demo 用 --dir 指定示例文件夹，数据在它下面的 data 里；不用 --data")}
			}
			return runDemo(c, dir, noServe)
		},
	}
	c.Flags().StringVar(&dir, "dir", "demo", "示例文件夹；里面原有的示例会被换掉")
	c.Flags().BoolVar(&noServe, "no-serve", false, "做完就结束，不打开网页")
	return c
}

func runDemo(c *cobra.Command, dir string, noServe bool) error {
	start := time.Now()
	ctx := c.Context()
	if err := clearDemo(dir); err != nil {
		return err
	}
	bar := bars(c.ErrOrStderr())

	write := bar("写表格")
	written, err := demo.Write(ctx, filepath.Join(dir, "sheets"), write)
	if err != nil {
		return err
	}

	data := filepath.Join(dir, "data")
	settings := config.Default()
	settings.Town, settings.Communities, settings.Partial = demo.Town, demo.Communities, true
	if err := config.Write(data, settings); err != nil {
		return err
	}
	settings.Jobs.Inbox = "@every 10s" // a visitor does not wait a minute
	log, err := os.Create(filepath.Join(dir, "xingce.log"))
	if err != nil {
		return err
	}
	defer log.Close()
	a, err := wire(ctx, data, settings, log)
	if err != nil {
		return err
	}
	defer a.close()
	if err := deliver(filepath.Join(dir, "sheets"), a.inbox.Dir); err != nil {
		return err
	}

	var sum ingest.Counts
	var faults []ingest.Issue
	take, publish, rate := bar("收件"), bar("发布"), bar("评星")
	a.inbox.Each = func(done, total int, o tasks.Outcome) {
		sum = sum.Add(o.Counts())
		for _, issue := range o.AllIssues() {
			if issue.Severity == ingest.Error {
				faults = append(faults, issue)
			}
		}
		take(done, total)
	}
	a.press.Each = func(done, total int, _ string) { publish(done, total) }
	if _, err := a.scheduler.Once(ctx, a.scheduler.Job("inbox"), start, ""); err != nil {
		return err
	}
	a.press.Each = func(done, total int, _ string) { rate(done, total) }
	if _, err := a.scheduler.Once(ctx, a.scheduler.Job("rate"), start, demoYear.String()); err != nil {
		return err
	}
	a.inbox.Each, a.press.Each = nil, nil

	c.Printf("\n文件 %d 个，读 %d 行，收 %d，拒 %d，略 %d（合计、说明等）\n", written.Files, sum.Read, sum.Accepted, sum.Rejected, sum.Skipped)
	c.Printf("\n有意写错的单元格 %d 处，所在的行没有收下：\n", len(faults))
	for _, issue := range faults {
		c.Printf("  %s\n", issue)
	}
	if err := a.figures(ctx, c.OutOrStdout(), demo.Communities[0]); err != nil {
		return err
	}
	first := filepath.Join(a.press.Dir, demoQuarter.String())
	c.Printf("\n看板      %s\n全镇      %s\n评定      %s\n表格      %s\n退回      %s\n",
		filepath.Join(first, demo.Communities[0], "dashboard.html"), filepath.Join(first, "town", "dashboard.html"),
		filepath.Join(a.press.Dir, demoYear.String(), demo.Communities[0], "evaluation.xlsx"),
		filepath.Join(dir, "sheets"), a.inbox.Returned)
	c.Printf("用时      %.1f 秒", time.Since(start).Seconds())
	if peak := peakMemory(); peak > 0 {
		c.Printf("，内存最多 %d MiB", peak>>20)
	}
	c.Println()
	if noServe {
		return nil
	}
	c.Println()
	return a.serve(c, free(a.config.Listen))
}

// figures prints a community's key figures, as its metrics give them.
func (a *app) figures(ctx context.Context, w io.Writer, community string) error {
	session := queries.NewSession(a.catalog, a.db)
	value := func(metric, column string) any {
		t, err := session.Table(ctx, metric, demoQuarter)
		if err != nil {
			return err
		}
		return t.Where("community", community).Value(0, column)
	}
	share := func(metric string) string {
		rate, ok := queries.Number(value(metric, "value"))
		if !ok {
			return fmt.Sprintf("无（%v）", value(metric, "value"))
		}
		return fmt.Sprintf("%v / %v = %s %%", value(metric, "part"), value(metric, "whole"), rate.Mul(decimal.NewFromInt(100)).StringFixed(2))
	}
	fmt.Fprintf(w, "\n%s %s\n", community, demoQuarter.Title())
	fmt.Fprintf(w, "  楼栋 %v，住户 %v，居民 %v\n", value("buildings", "value"), value("households", "value"), value("residents", "value"))
	fmt.Fprintf(w, "  流动人口 %s，流动户 %s\n", share("floating_share"), share("floating_household_share"))
	for _, metric := range []string{"members_by_kind", "members_by_group", "donations"} {
		t, err := session.Table(ctx, metric, demoQuarter)
		if err != nil {
			return err
		}
		t = t.Where("community", community)
		fmt.Fprintf(w, "  %s：", a.catalog.Metric(metric).Title)
		for i, row := range t.Rows {
			if i > 0 {
				fmt.Fprint(w, "，")
			}
			last := len(row) - 1
			fmt.Fprintf(w, "%v %s", row[1], t.Columns[last].String(row[last]))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "  义工队 %v 支，义工 %v 人（一人只算一次）；捐款全镇第 %v\n",
		value("community_participation", "teams"), value("community_participation", "on_roll"), value("donation_rank", "rank"))
	return nil
}

// clearDemo empties a folder that a demo made; another one it leaves alone.
func clearDemo(dir string) error {
	mark := filepath.Join(dir, ".xingce-demo")
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return usageError{err}
	}
	if _, err := os.Stat(mark); err != nil && len(entries) > 0 {
		return usageError{fmt.Errorf("%s 里有别的东西，不是示例文件夹；请换一个空的", dir)}
	}
	if err := duckdb.Free(filepath.Join(dir, "data")); err != nil {
		return err
	}
	for _, name := range []string{"sheets", "data", "xingce.log"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return usageError{err}
	}
	return os.WriteFile(mark, nil, 0o644)
}

// deliver copies the sheets into the inbox, as a clerk would.
func deliver(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.WriteFile(target, body, 0o600); err != nil {
			return err
		}
		// As old as its sheet: the inbox leaves what has just been written.
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.Chtimes(target, info.ModTime(), info.ModTime())
	})
}

// bars gives a progress bar for each stage; where no terminal watches, a
// stage is one line.
func bars(w io.Writer) func(title string) func(done, total int) {
	f, ok := w.(*os.File)
	watched := ok && term.IsTerminal(int(f.Fd()))
	return func(title string) func(done, total int) {
		var bar *progressbar.ProgressBar
		return func(done, total int) {
			if !watched {
				if done == total {
					fmt.Fprintf(w, "%s %d/%d\n", title, done, total)
				}
				return
			}
			if bar == nil {
				bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(title),
					progressbar.OptionShowCount(), progressbar.OptionSetWidth(32), progressbar.OptionSetPredictTime(false),
					progressbar.OptionOnCompletion(func() { fmt.Fprintln(w) }))
			}
			bar.Set(done)
		}
	}
}

// free is the address if nothing listens there, else one that the system
// picks.
func free(address string) string {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return "127.0.0.1:0"
	}
	l.Close()
	return address
}
