package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"xingce/ingest/period"
	"xingce/jobs/tasks"
	"xingce/queries"
)

// once does a job by hand and prints what the ledger says of it; pass is
// somebody's word that a publication is made anyway, or nil.
func once(c *cobra.Command, data, job, part string, pass *tasks.Anyway) error {
	a, err := open(c.Context(), data, io.Discard)
	if err != nil {
		return err
	}
	defer a.close()
	j := a.scheduler.Job(job)
	if j == nil {
		return usageError{fmt.Errorf("没有任务 %q；有的是 %s", job, strings.Join(a.scheduler.Names(), "、"))}
	}
	a.press.Anyway = pass
	faulty := false
	a.inbox.Each = func(_, _ int, out tasks.Outcome) {
		tell(c.OutOrStdout(), out)
		faulty = faulty || out.Faulty()
	}
	run, err := a.scheduler.Once(c.Context(), j, time.Now(), part)
	if err != nil {
		return err
	}
	c.Printf("%s：%s\n", j.Title, run.Result)
	if faulty {
		return errFaults
	}
	return nil
}

func newRun(data *string) *cobra.Command {
	var when string
	c := &cobra.Command{
		Use: "run 任务", Short: "马上做一次任务：inbox 收件、publish 发布、rate 评星",
		Example: "  xingce run inbox\n  xingce run publish --period 2025Q4",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			grain, timed := map[string]period.Grain{"publish": period.Quarterly, "rate": period.Yearly}[args[0]]
			switch {
			case when == "":
				return once(c, *data, args[0], "", nil)
			case !timed:
				return usageError{fmt.Errorf("任务 %s 不分期，不用 --period", args[0])}
			}
			return forPeriod(c, *data, args[0], when, grain, nil)
		},
	}
	c.Flags().StringVar(&when, "period", "", "做哪一期；不写则是刚结束的一期")
	return c
}

func newReport(data *string) *cobra.Command {
	var when string
	pass := &anyway{}
	quarter := &cobra.Command{
		Use: "quarter", Short: "发布一个季度的看板和表：各社区的和全镇的",
		Long: `出各社区的和全镇的季度看板，和随季度的表：党员积分公示（points.xlsx）、在职党员社区表现反馈卡
（feedback.xlsx，每个单位一页）、台账问题清单（findings.xlsx），全镇的报送情况（submissions.xlsx）。
没有在职党员的社区没有反馈卡，没有问题的没有问题清单。`,
		Example: `  xingce report quarter --period 2025Q4
  xingce report quarter --period 2025Q4 --anyway --why 翠湖社区撤并`,
		Args: asUsage(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			word, err := pass.word()
			if err != nil {
				return err
			}
			return forPeriod(c, *data, "publish", when, period.Quarterly, word)
		},
	}
	quarter.Flags().StringVar(&when, "period", "", "季度，如 2025Q4")
	pass.flags(quarter, "缺的、对不上的也照样发布，没交表的社区也出页面；要写 --why")
	c := &cobra.Command{Use: "report", Short: "出报告", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(quarter)
	return c
}

// forPeriod does a job for a period that must be given.
func forPeriod(c *cobra.Command, data, job, when string, grain period.Grain, pass *tasks.Anyway) error {
	p, err := grained(when, grain)
	if err != nil {
		return err
	}
	return once(c, data, job, p.String(), pass)
}

// grained reads a quarter, or a year, that must be given.
func grained(text string, grain period.Grain) (period.Period, error) {
	p, err := grain.Parse(text)
	if err != nil {
		err = usageError{err}
	}
	return p, err
}

// anyway are the flags by which somebody lets a publication pass the gate.
type anyway struct {
	on      bool
	why, by string
}

func (f *anyway) flags(c *cobra.Command, what string) {
	c.Flags().BoolVar(&f.on, "anyway", false, what)
	c.Flags().StringVar(&f.why, "why", "", "照样发布的理由，记在发布清单里")
	if c.Flags().Lookup("by") == nil {
		c.Flags().StringVar(&f.by, "by", "", "谁定的；不写则是登录这台电脑的用户名")
	}
}

// word is what the flags say; nil where nothing is to pass.
func (f *anyway) word() (*tasks.Anyway, error) {
	switch {
	case !f.on && f.why == "":
		return nil, nil
	case !f.on:
		return nil, usageError{errors.New("--why 是和 --anyway 一起写的")}
	case strings.TrimSpace(f.why) == "":
		return nil, usageError{errors.New("照样发布要写明理由：--anyway --why 理由")}
	}
	by, err := whoever(f.by)
	return &tasks.Anyway{By: by, Why: f.why}, err
}

func newRuns(data *string) *cobra.Command {
	var count int
	c := &cobra.Command{
		Use: "runs", Short: "列出任务的运行记录", Example: "  xingce runs -n 50", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if count < 1 {
				return usageError{fmt.Errorf("-n 是要列出的次数，至少 1")}
			}
			a, err := reopen(c.Context(), *data)
			if err != nil {
				return err
			}
			defer a.close()
			runs, err := a.ledger.Latest(c.Context(), count)
			if err != nil {
				return err
			}
			t := queries.Table{Columns: []queries.Column{{Name: "编号", Type: queries.Int}, {Name: "任务"}, {Name: "预定时间"}, {Name: "范围"}, {Name: "版次", Type: queries.Int}, {Name: "状态"}, {Name: "用时", Type: queries.Int}, {Name: "结果"}}}
			for _, r := range runs {
				took := any(nil)
				if !r.StartedAt.IsZero() && !r.FinishedAt.IsZero() {
					took = r.FinishedAt.Sub(r.StartedAt).Round(time.Millisecond).String()
				}
				said, _, _ := strings.Cut(strings.Trim(r.Result+"；"+r.Error, "；"), "\n")
				t.Rows = append(t.Rows, []any{r.ID, r.Job, r.ScheduledFor.In(a.scheduler.Zone).Format(time.DateTime), r.Part, int64(r.Edition), r.Status, took, said})
			}
			return writeTable(c.OutOrStdout(), t)
		},
	}
	c.Flags().IntVarP(&count, "count", "n", 20, "列出最近几次")
	return c
}
