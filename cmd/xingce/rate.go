package main

import (
	"github.com/spf13/cobra"

	"xingce/ingest/period"
)

func newRate(data *string) *cobra.Command {
	var year, other, by string
	var settings []string
	var scenarios bool
	pass := &anyway{}
	c := &cobra.Command{
		Use: "rate", Short: "评一个年度的星级，出评定工作簿；或试一试别的规则",
		Long: `照规则算出每个人的得分和建议星级，存为待支部初评的测算，出每个社区的评定工作簿、
积分台账和公示名单的草案（evaluation.xlsx、ledger.xlsx、notice.xlsx）。
加 --what-if 或 --set 是试别的规则：谁会升、谁会降、名额够不够，与上年比怎样；
试算另外存着，不进入评定记录。`,
		Example: `  xingce rate --year 2025
  xingce rate --year 2025 --set band.4=85 --set quota.5=0.08
  xingce rate --year 2025 --what-if 新办法.toml
  xingce rate --scenarios                            列出试算过的规则`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			switch {
			case scenarios:
				return listScenarios(c, *data)
			case other == "" && len(settings) == 0:
				pass.by = by
				word, err := pass.word()
				if err != nil {
					return err
				}
				return forPeriod(c, *data, "rate", year, period.Yearly, word)
			}
			p, err := yearOf(year)
			if err != nil {
				return err
			}
			return whatIf(c, *data, p, other, settings, by)
		},
	}
	c.Flags().StringVar(&year, "year", "", "年度，如 2025")
	c.Flags().StringVar(&other, "what-if", "", "试用另一个规则文件")
	c.Flags().StringArrayVar(&settings, "set", nil, "试改一个数：band.4=85、quota.5=0.08、gate.4=6、item.hours.cap=12、base=55；可以写几个")
	c.Flags().BoolVar(&scenarios, "scenarios", false, "列出试算过的规则")
	c.Flags().StringVar(&by, "by", "", "谁试的，谁定的；不写则是登录这台电脑的用户名")
	pass.flags(c, "表上的合计对不上等等，也照样评；要写 --why")
	return c
}

// yearOf reads a year that must be given.
func yearOf(text string) (period.Period, error) { return grained(text, period.Yearly) }
