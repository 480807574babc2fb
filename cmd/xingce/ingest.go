package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/jobs/tasks"
)

func newIngest(data *string) *cobra.Command {
	var kind, community, when, part string
	var whole bool
	c := &cobra.Command{
		Use: "ingest 文件…", Short: "收文件：核对每一格，收下好的行，列出有问题的格",
		Long: `逐格核对文件里的每张表，收下没有问题的行，逐条列出有问题的格。
同一社区、同一期的同一种表再收一次，会整张替换；同样的文件再收一次，什么也不变。
文件留在原处不动。`,
		Example: `  xingce ingest 象山社区2025年第四季度人口台账.xlsx
  xingce ingest --community 象山社区 --period 2025Q4 --kind donation 捐款.csv`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, files []string) error {
			hint := ingest.Hint{Kind: kind, Community: community, Part: part}
			if kind != "" && kinds.Find(kind) == nil {
				return usageError{fmt.Errorf("没有 %q 这种表；有的是 %s", kind, kindNames())}
			}
			if when != "" {
				p, err := period.Parse(when)
				if err != nil {
					return usageError{err}
				}
				hint.Period = p
			}
			a, err := open(c.Context(), *data, io.Discard)
			if err != nil {
				return err
			}
			defer a.close()
			a.inbox.Partial = !whole
			faulty := false
			for _, file := range files {
				out, err := a.inbox.File(c.Context(), file, filepath.Base(file), "command", hint)
				if errors.Is(err, fs.ErrNotExist) {
					return usageError{fmt.Errorf("没有这个文件：%s", file)}
				}
				if err != nil {
					return err
				}
				tell(c.OutOrStdout(), out)
				faulty = faulty || out.Faulty()
			}
			if faulty {
				return errFaults
			}
			return nil
		},
	}
	c.Flags().BoolVar(&whole, "whole", false, "文件有错就整个不收；不写则收下没错的行")
	c.Flags().StringVar(&kind, "kind", "", "表的种类："+kindNames()+"；不写则从表头认")
	c.Flags().StringVar(&community, "community", "", "社区；不写则从标题和文件名认")
	c.Flags().StringVar(&when, "period", "", "期间，如 2025Q4；不写则从标题和文件名认")
	c.Flags().StringVar(&part, "part", "", "活动或捐款项目，分几张表的流水用它区分")
	return c
}

func kindNames() string {
	var names []string
	for _, k := range kinds.All() {
		names = append(names, k.Name+"（"+k.Title+"）")
	}
	return strings.Join(names, "、")
}

// tell prints what became of a file: each batch, then every issue.
func tell(w io.Writer, out tasks.Outcome) {
	if out.Unchanged {
		fmt.Fprintf(w, "%s：内容与已收下的相同，没有变动\n", out.Source.File)
		tellIssues(w, out.AllIssues())
		return
	}
	if len(out.Batches)+len(out.Left) == 0 || out.HeldBack {
		fmt.Fprintf(w, "%s：没有收下\n", out.Source.File)
	}
	for _, b := range out.Batches {
		part := ""
		if b.Slice.Part != "" {
			part = "（" + b.Slice.Part + "）"
		}
		fmt.Fprintf(w, "%s：%s %s %s%s，读 %d 行，收 %d，拒 %d，略 %d\n", sheetOf(out, b.Sheet),
			b.Slice.Community, b.Slice.Period.Title(), b.Kind.Title, part, b.Counts.Read, b.Counts.Accepted, b.Counts.Rejected, b.Counts.Skipped)
		if b.Replaced > 0 && !out.HeldBack {
			fmt.Fprintf(w, "  替换了原来的 %d 行\n", b.Replaced)
		}
		if len(b.Dropped) > 0 {
			fmt.Fprintf(w, "  没有读入的列：%s\n", strings.Join(b.Dropped, "、"))
		}
	}
	for _, l := range out.Left {
		fmt.Fprintf(w, "%s：没有收下，读 %d 行，收 0，拒 %d，略 %d\n", sheetOf(out, l.Sheet), l.Counts.Read, l.Counts.Rejected, l.Counts.Skipped)
	}
	tellIssues(w, out.AllIssues())
}

func sheetOf(out tasks.Outcome, sheet string) string {
	return ingest.Issue{File: out.Source.File, Sheet: sheet}.Place()
}

// tellIssues prints every issue, errors before findings.
func tellIssues(w io.Writer, issues []ingest.Issue) {
	slices.SortStableFunc(issues, func(a, b ingest.Issue) int { return strings.Compare(string(a.Severity), string(b.Severity)) })
	for _, issue := range issues {
		mark := "错误"
		if issue.Severity == ingest.Warning {
			mark = "提示"
		}
		fmt.Fprintf(w, "  %s  %s\n", mark, issue)
	}
}
