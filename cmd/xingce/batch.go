package main

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
)

func newBatch(data *string) *cobra.Command {
	c := &cobra.Command{
		Use: "batch", Short: "看收下的每一批：列出、详情、与上一批的差别、撤销", Args: cobra.NoArgs,
		Example: "  xingce batch list --community 象山社区 --period 2025Q4\n  xingce batch diff 12\n  xingce batch undo 12",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newBatchList(data), newBatchShow(data), newBatchDiff(data), newBatchUndo(data))
	for _, sub := range c.Commands() {
		sub.Args = asUsage(sub.Args)
	}
	return c
}

func newBatchList(data *string) *cobra.Command {
	var filter ingest.Slice
	var when string
	c := &cobra.Command{
		Use: "list", Short: "列出批次，新的在前", Args: cobra.NoArgs,
		Example: "  xingce batch list --period 2025Q4 --kind donation",
		RunE: func(c *cobra.Command, _ []string) error {
			if when != "" {
				p, err := period.Parse(when)
				if err != nil {
					return usageError{err}
				}
				filter.Period = p
			}
			if filter.Kind != "" && kinds.Find(filter.Kind) == nil {
				return usageError{fmt.Errorf("没有 %q 这种表；有的是 %s", filter.Kind, kindNames())}
			}
			a, err := reopen(c.Context(), *data)
			if err != nil {
				return err
			}
			defer a.close()
			list, err := a.db.Batches(c.Context(), filter, 0)
			if err != nil {
				return err
			}
			number := queries.Int
			t := queries.Table{Columns: []queries.Column{{Name: "编号", Type: number}, {Name: "社区"}, {Name: "期间"}, {Name: "种类"}, {Name: "部分"}, {Name: "状态"}, {Name: "收", Type: number}, {Name: "拒", Type: number}, {Name: "略", Type: number}, {Name: "文件"}, {Name: "工作表"}}}
			for _, s := range list {
				t.Rows = append(t.Rows, []any{int64(s.ID), s.Slice.Community, s.Slice.Period.String(), kindTitle(s.Slice.Kind), s.Slice.Part, s.State,
					int64(s.Counts.Accepted), int64(s.Counts.Rejected), int64(s.Counts.Skipped), s.File, s.Sheet})
			}
			return writeTable(c.OutOrStdout(), t)
		},
	}
	c.Flags().StringVar(&filter.Community, "community", "", "只看一个社区")
	c.Flags().StringVar(&filter.Kind, "kind", "", "只看一种表")
	c.Flags().StringVar(&when, "period", "", "只看一期，如 2025Q4")
	return c
}

func kindTitle(name string) string {
	if k := kinds.Find(name); k != nil {
		return k.Title
	}
	return name
}

// withBatch opens the data and finds the batch that the argument numbers.
func withBatch(c *cobra.Command, data, number string, do func(*app, duckdb.Stored) error) error {
	id, err := strconv.ParseInt(number, 10, 32)
	if err != nil {
		return usageError{fmt.Errorf("批次编号是 batch list 里的数字，不是 %q", number)}
	}
	a, err := reopen(c.Context(), data)
	if err != nil {
		return err
	}
	defer a.close()
	s, err := a.db.Batch(c.Context(), int32(id))
	if errors.Is(err, sql.ErrNoRows) {
		return usageError{fmt.Errorf("没有第 %s 批；用 xingce batch list 列出", number)}
	}
	if err != nil {
		return err
	}
	return do(a, s)
}

func newBatchShow(data *string) *cobra.Command {
	return &cobra.Command{
		Use: "show 编号", Short: "一批的来历、行数和问题", Args: cobra.ExactArgs(1), Example: "  xingce batch show 12",
		RunE: func(c *cobra.Command, args []string) error {
			return withBatch(c, *data, args[0], func(a *app, s duckdb.Stored) error {
				c.Printf("第 %d 批  %s  %s\n", s.ID, title(s.Slice), s.State)
				c.Printf("文件 %s  工作表 %s\nSHA-256 %s\n", s.File, s.Sheet, s.SHA256)
				c.Printf("收到 %s，由 %s；读 %d 行，收 %d，拒 %d，略 %d\n", s.Received.In(a.scheduler.Zone).Format(time.DateTime), s.Uploader, s.Counts.Read, s.Counts.Accepted, s.Counts.Rejected, s.Counts.Skipped)
				if s.Dropped != "" {
					c.Printf("没有读入的列：%s\n", s.Dropped)
				}
				issues, err := a.db.Issues(c.Context(), s)
				if err != nil {
					return err
				}
				tellIssues(c.OutOrStdout(), issues)
				return nil
			})
		},
	}
}

func title(s ingest.Slice) string {
	text := s.Community + " " + s.Period.Title() + " " + kindTitle(s.Kind)
	if s.Part != "" {
		text += "（" + s.Part + "）"
	}
	return text
}

func newBatchDiff(data *string) *cobra.Command {
	return &cobra.Command{
		Use: "diff 编号", Short: "与同一张表的上一批比：谁来了、谁走了、哪里变了", Args: cobra.ExactArgs(1), Example: "  xingce batch diff 12",
		RunE: func(c *cobra.Command, args []string) error {
			return withBatch(c, *data, args[0], func(a *app, s duckdb.Stored) error {
				former, err := a.db.Former(c.Context(), s)
				if errors.Is(err, sql.ErrNoRows) {
					c.Printf("第 %d 批是 %s 的第一批，没有上一批可比\n", s.ID, title(s.Slice))
					return nil
				}
				if err != nil {
					return err
				}
				kind := kinds.Find(s.Slice.Kind)
				if kind == nil {
					return fmt.Errorf("程序已经不认识 %s 这种表", s.Slice.Kind)
				}
				changes, err := a.db.Diff(c.Context(), kind, former.ID, s.ID)
				if err != nil {
					return err
				}
				tellChanges(c.OutOrStdout(), kind, former, s, changes)
				return nil
			})
		},
	}
}

// tellChanges prints a line for each row that came, left or changed.
func tellChanges(w io.Writer, kind *ingest.Kind, before, after duckdb.Stored, changes []duckdb.Change) {
	var came, left, changed int
	var lines []string
	for _, ch := range changes {
		switch {
		case ch.Before.Number == 0:
			came++
			lines = append(lines, fmt.Sprintf("  新增  第 %d 行  %s", ch.After.Number, who(kind, ch.After)))
		case ch.After.Number == 0:
			left++
			lines = append(lines, fmt.Sprintf("  减少  原第 %d 行  %s", ch.Before.Number, who(kind, ch.Before)))
		default:
			changed++
			var what []string
			for _, i := range ch.Columns {
				what = append(what, fmt.Sprintf("%s：%s → %s", kind.Columns[i].Title(), orNothing(ch.Before.Shown[i]), orNothing(ch.After.Shown[i])))
			}
			lines = append(lines, fmt.Sprintf("  改动  第 %d 行  %s  %s", ch.After.Number, who(kind, ch.After), strings.Join(what, "；")))
		}
	}
	fmt.Fprintf(w, "%s：第 %d 批比第 %d 批，新增 %d，减少 %d，改动 %d\n", title(after.Slice), after.ID, before.ID, came, left, changed)
	for _, line := range lines {
		fmt.Fprintln(w, line)
	}
}

func orNothing(text string) string {
	if text == "" {
		return "（空）"
	}
	return text
}

// who tells a row to a person: the texts of its first columns, masked.
func who(kind *ingest.Kind, l duckdb.Line) string {
	var texts []string
	for i, text := range l.Shown {
		if c := kind.Columns[i]; text != "" && (c.Required || c.Type == ingest.PersonName || c.Type == ingest.IDNumber) {
			texts = append(texts, text)
		}
		if len(texts) == 4 {
			break
		}
	}
	return strings.Join(texts, " ")
}

func newBatchUndo(data *string) *cobra.Command {
	return &cobra.Command{
		Use: "undo 编号", Short: "撤销一批：同一张表的上一批重新在用", Args: cobra.ExactArgs(1), Example: "  xingce batch undo 12",
		RunE: func(c *cobra.Command, args []string) error {
			return withBatch(c, *data, args[0], func(a *app, s duckdb.Stored) error {
				if s.State != "在用" {
					return usageError{fmt.Errorf("第 %d 批%s，只能撤销在用的批次", s.ID, s.State)}
				}
				err := a.db.Update(c.Context(), fmt.Sprintf("undo batch %d", s.ID), func(tx *duckdb.Tx) error {
					_, err := tx.Undo(c.Context(), s.Slice)
					return err
				})
				if err != nil {
					return err
				}
				list, err := a.db.Batches(c.Context(), s.Slice, 0)
				if err != nil {
					return err
				}
				for _, b := range list {
					if b.State == "在用" && b.Slice == s.Slice {
						c.Printf("已撤销第 %d 批；%s 现在用第 %d 批（%s）\n", s.ID, title(s.Slice), b.ID, b.File)
						return nil
					}
				}
				c.Printf("已撤销第 %d 批；%s 现在没有数据\n", s.ID, title(s.Slice))
				return nil
			})
		},
	}
}
