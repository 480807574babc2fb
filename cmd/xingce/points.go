package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/stars"
)

func newPoints(data *string) *cobra.Command {
	var when, community, format string
	c := &cobra.Command{
		Use: "points", Short: "列出到一个季度末为止每个人本年的积分，供按季公示",
		Long:    "自一月一日算到这个季度末；封顶、星级分数段仍是全年的，星级是按现在的分数看到哪一星，年底才评定。",
		Example: "  xingce points --period 2025Q3 --community 象山社区", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			write, ok := formats[format]
			if !ok {
				return usageError{fmt.Errorf("--format 是 table、json 或 csv，不是 %q", format)}
			}
			quarter, err := grained(when, period.Quarterly)
			if err != nil {
				return err
			}
			a, err := reopen(c.Context(), *data)
			if err != nil {
				return err
			}
			defer a.close()
			var about []string
			if community != "" {
				if err := a.hasCommunity(c, community); err != nil {
					return err
				}
				about = []string{community}
			}
			policy := a.policies[0]
			ratings, err := stars.Progress(c.Context(), queries.NewSession(a.catalog, a.db), policy, about, quarter)
			if err != nil {
				return err
			}
			if len(ratings) == 0 {
				return usageError{fmt.Errorf("%s没有名册，没有积分可列", quarter.Title())}
			}
			return write(c.OutOrStdout(), pointsOf(policy, ratings))
		},
	}
	c.Flags().StringVar(&when, "period", "", "到哪个季度末，如 2025Q3")
	c.Flags().StringVar(&community, "community", "", "只看一个社区")
	c.Flags().StringVar(&format, "format", "table", "输出格式：table、json 或 csv")
	return c
}

// pointsOf has a row for everyone scored: the points of each item, and the sum.
func pointsOf(p stars.Policy, ratings []stars.Rating) queries.Table {
	t := queries.Table{Columns: []queries.Column{{Name: "社区"}, {Name: "姓名"}, {Name: "党小组"}}}
	number := func(name string) {
		t.Columns = append(t.Columns, queries.Column{Name: name, Type: queries.Decimal, Scale: 2})
	}
	for _, item := range p.Items {
		number(item.Title)
	}
	number("积分")
	t.Columns = append(t.Columns, queries.Column{Name: "现在看"})
	for _, r := range ratings {
		if !r.Scored {
			continue
		}
		row := []any{r.Community, r.Name, r.Group}
		for _, m := range r.Marks {
			row = append(row, m.Points)
		}
		t.Rows = append(t.Rows, append(row, r.Score, r.StarTitle()))
	}
	return t
}
