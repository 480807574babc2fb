package main

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"xingce/ingest/period"
	"xingce/jobs/tasks"
)

func newReproduce(data *string) *cobra.Command {
	return &cobra.Command{
		Use: "reproduce 期间", Short: "把发布过的一期按当时的数据重做一遍，逐字节比对",
		Long: `按发布清单记下的时刻、设置和规则，把一个季度的看板或一个年度的工作簿重做一遍，
和发布的逐字节比对。不同的，说出是哪个文件，以及是什么变了：程序版本、指标的 SQL、
规则、清除了的表。在另一台电脑上，把数据文件夹复制过去再做也一样。什么都不改。`,
		Example: "  xingce reproduce 2025Q4\n  xingce reproduce 2025",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			about, err := period.Parse(args[0])
			if err != nil {
				return usageError{err}
			}
			a, err := reopen(c.Context(), *data)
			if err != nil {
				return err
			}
			defer a.close()
			r, err := a.press.Reproduce(c.Context(), about)
			switch {
			case errors.Is(err, tasks.ErrNotPublished):
				return usageError{err}
			case err != nil:
				return err
			}
			return a.tellReproduction(c, about, r)
		},
	}
}

func (a *app) tellReproduction(c *cobra.Command, about period.Period, r tasks.Reproduction) error {
	c.Printf("%s，按 %s 的数据重做：%d 个文件一字不差，%d 处不同\n", about.Title(),
		r.Manifest.AsOf.In(a.scheduler.Zone).Format(time.DateTime), r.Same, len(r.Differ))
	list := func(title string, lines []string) {
		if len(lines) > 0 {
			c.Println(title)
		}
		for _, line := range lines {
			c.Println("  " + line)
		}
	}
	list("不同的文件：", r.Differ)
	switch {
	case len(r.Differ) == 0:
		list("和发布时不一样了，但不影响这些文件的：", r.Inputs)
	case len(r.Inputs) == 0:
		c.Println("数据、规则、SQL 和程序版本都和发布时相同，做出来却不同：这是程序的毛病，请保留两份文件并报告。")
	default:
		list("和发布时不一样了的：", r.Inputs)
	}
	list("发布文件夹里的：", r.Changed)
	if len(r.Differ)+len(r.Changed) > 0 {
		return errFaults
	}
	return nil
}
