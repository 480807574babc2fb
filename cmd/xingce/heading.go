package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/queries"
	"xingce/queries/duckdb"
)

func newHeading(data *string) *cobra.Command {
	c := &cobra.Command{
		Use: "heading", Short: "认列名：社区自己的叫法，由人确认是哪一列",
		Long: `表头里不认识、又很像某一列的列名，收表时会提出来。确认以后，本社区的表以后都照此读；
说了不是的，以后不再提。改了主意，再确认或再否一次，以最后一次为准。
已经收下的表不会自己变；要照新的读，把原来的文件再收一次。`,
		Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newHeadingList(data),
		newHeadingAnswer(data, true, "confirm 编号", "确认一个列名就是那一列，本社区以后照此读"),
		newHeadingAnswer(data, false, "refuse 编号", "说一个列名不是那一列，以后不再提"))
	for _, sub := range c.Commands() {
		sub.Args = asUsage(sub.Args)
	}
	return c
}

func newHeadingList(data *string) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "列出提出来的列名：等人确认的在前", Example: "  xingce heading list", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			a, err := open(c.Context(), *data, io.Discard)
			if err != nil {
				return err
			}
			defer a.close()
			list, err := a.db.Aliases(c.Context())
			if err != nil {
				return err
			}
			if len(list) == 0 {
				c.Println("没有等人确认的列名。")
				return nil
			}
			t := queries.Table{Columns: []queries.Column{{Name: "编号"}, {Name: "社区"}, {Name: "表"}, {Name: "表里的列名"}, {Name: "像是"}, {Name: "状态"}, {Name: "见于"}, {Name: "谁"}, {Name: "时间"}}}
			for _, h := range list {
				state := map[ingest.Answer]string{ingest.Waiting: "待确认", ingest.Yes: "是", ingest.No: "不是"}[h.Answer]
				kind, column := called(h)
				t.Rows = append(t.Rows, []any{h.Number(), h.Community, kind, h.Heading, column, state, h.File, h.Who, h.At.In(a.scheduler.Zone).Format(time.DateTime)})
			}
			return writeTable(c.OutOrStdout(), t)
		},
	}
}

func newHeadingAnswer(data *string, yes bool, use, short string) *cobra.Command {
	var by string
	c := &cobra.Command{
		Use: use, Short: short, Example: "  xingce heading " + strings.TrimSuffix(use, " 编号") + " 3f9a01c2 --by 王书记", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return change(c, *data, by, "heading", func(a *app, tx *duckdb.Tx, who string) (string, error) {
				list, err := a.db.Aliases(c.Context())
				if err != nil {
					return "", err
				}
				at := slices.IndexFunc(list, func(h duckdb.Alias) bool { return h.Number() == args[0] })
				if at < 0 {
					return "", duckdb.Refused(fmt.Sprintf("没有编号为 %s 的列名；用 xingce heading list 看全部", args[0]))
				}
				h := list[at]
				kind, column := called(h)
				said := fmt.Sprintf("%s的%s里，“%s”不是“%s”，以后不再提", h.Community, kind, h.Heading, column)
				if yes {
					said = fmt.Sprintf("以后%s的%s里，“%s”就读作“%s”；请把那个文件再收一次", h.Community, kind, h.Heading, column)
				}
				return said, tx.Answer(c.Context(), who, h, yes)
			})
		},
	}
	byFlag(c, &by)
	return c
}

// called gives an alias's kind and column as people call them.
func called(a duckdb.Alias) (kind, column string) {
	k := kinds.Find(a.Kind)
	if k == nil { // of a kind that the program no longer has
		return a.Kind, a.Column
	}
	at := slices.IndexFunc(k.Columns, func(c ingest.Column) bool { return c.Name == a.Column })
	if at < 0 {
		return k.Title, a.Column
	}
	return k.Title, k.Columns[at].Title()
}
