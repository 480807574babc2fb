package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// newRoot gives the command with all its subcommands. Every runner gets the
// data folder that --data or XINGCE_DATA names.
func newRoot(env func(string) string) *cobra.Command {
	root := &cobra.Command{
		Use:   "xingce",
		Short: "星册：把社区的表格变成核对过的数据、季度看板和年度评星",
		Long: `星册把社区的 Excel、WPS 表格收进来逐格核对，按口径算出指标，
每季度出一份给党委看的看板，每年出一本说得清理由的星级评定工作簿。

退出码：0 办成；1 表里有问题（逐条列出），或机器出了故障；2 用法或设置不对；3 数据正被另一个进程使用。`,
		Example: `  xingce demo                                   先看一遍示例
  xingce serve                                  开始工作：收件、发布、评星
  xingce ingest 象山社区2025年第四季度人口台账.xlsx   收一个文件
  xingce metric floating_share --period 2025Q4  查一个指标`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{
		Use: "help [命令]", Short: "显示一个命令的用法", Hidden: true,
		RunE: func(c *cobra.Command, args []string) error {
			about, _, err := c.Root().Find(args)
			if err != nil {
				return usageError{fmt.Errorf("没有命令 %q；用 xingce --help 列出全部命令", strings.Join(args, " "))}
			}
			return about.Help()
		},
	})
	root.SetUsageTemplate(usage)
	data := root.PersistentFlags().String("data", cmp.Or(env("XINGCE_DATA"), "data"), "数据文件夹（也可用环境变量 XINGCE_DATA 指定）")
	root.PersistentFlags().BoolP("help", "h", false, "显示用法")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{fmt.Errorf("选项不对（%w）；用 %s --help 看说明和例子", err, c.CommandPath())}
	})
	root.AddCommand(
		newDemo(), newServe(data), newIngest(data), newBatch(data), newMetric(data), newTrace(data), newReport(data), newReproduce(data),
		newRate(data), newRound(data), newExplain(data), newPoints(data), newRun(data), newRuns(data), newPerson(data), newHeading(data), newTemplate(), newVersion(), newAnnotate(),
	)
	for _, c := range root.Commands() {
		c.Args = asUsage(c.Args)
	}
	root.Args = asUsage(root.Args)
	return root
}

// asUsage says in one sentence what a command wants.
func asUsage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case check(c, args) == nil:
			return nil
		case c.HasSubCommands():
			return usageError{fmt.Errorf("没有命令 %q；用 %s --help 列出全部命令", args[0], c.CommandPath())}
		}
		return usageError{fmt.Errorf("用法：%s；用 %s --help 看说明和例子", c.UseLine(), c.CommandPath())}
	}
}

const usage = `用法：
  {{.UseLine}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} <命令>

命令：{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasExample}}

例：
{{.Example}}{{end}}{{if .HasAvailableLocalFlags}}

选项：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

通用选项：
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "显示版本", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			c.Println("xingce", version)
			return nil
		},
	}
}
