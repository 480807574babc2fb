package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os/user"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
)

func newPerson(data *string) *cobra.Command {
	c := &cobra.Command{
		Use: "person", Short: "认人：签到表上分不清是谁的姓名，由人来认定",
		Long: `签到表往往只写姓名。名册上正好有一个人合适的，自动认作那个人；合适的不止一个，
或者电话对不上的，排队等人认定；名册上一个人写成了几个的，也在这里并为一人。
认定会记住，以后各期同样的姓名照此办理，直到那人不在名册上，或者名册上来了新的同名人；
表上的电话与那人的不同，也不照办。认定随时可以取回。`,
		Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newPersonQueue(data), newPersonDecide(data), newPersonDecisions(data), newPersonUndo(data))
	for _, sub := range c.Commands() {
		sub.Args = asUsage(sub.Args)
	}
	return c
}

func newPersonQueue(data *string) *cobra.Command {
	var community, when string
	c := &cobra.Command{
		Use: "queue", Short: "列出等人认定的姓名，各有几行、在哪张表、可能是谁",
		Example: "  xingce person queue\n  xingce person queue --community 象山社区 --period 2025Q4", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			var p period.Period
			if when != "" {
				var err error
				if p, err = period.Parse(when); err != nil {
					return usageError{err}
				}
			}
			a, err := open(c.Context(), *data, io.Discard)
			if err != nil {
				return err
			}
			defer a.close()
			if community != "" {
				if err := a.hasCommunity(c, community); err != nil {
					return err
				}
			}
			list, err := a.db.Waiting(c.Context(), community, p)
			if err != nil {
				return err
			}
			if len(list) == 0 {
				c.Println("没有等待认定的姓名。")
				return nil
			}
			for _, w := range list {
				showWaiting(c.OutOrStdout(), w)
			}
			c.Printf("共 %d 个。认定：xingce person decide 编号 --as 人选；都不是：--nobody\n", len(list))
			return nil
		},
	}
	c.Flags().StringVar(&community, "community", "", "只看一个社区")
	c.Flags().StringVar(&when, "period", "", "只看一期，如 2025Q4 或 2025；不写则全部")
	return c
}

func showWaiting(w io.Writer, wait duckdb.Waiting) {
	fmt.Fprintf(w, "%s  %s %s  %s\n", wait.Number, wait.Community, wait.Period.Title(), question(wait.Role, wait.Team, wait.Name, wait.PhoneMask))
	for _, s := range wait.Sheets {
		place := s.File
		if s.Sheet != "" {
			place += " > " + s.Sheet
		}
		fmt.Fprintf(w, "    %s：%d 行\n", place, s.Rows)
	}
	for i, candidate := range wait.Candidates {
		note := ""
		if candidate.OtherPhone {
			note = "（电话与表上的不同，不能认）"
		}
		fmt.Fprintf(w, "    %d) %s%s\n", i+1, cmp.Or(candidate.String(), "名册上没有别的信息"), note)
	}
	fmt.Fprintln(w)
}

// question says what is asked about a name.
func question(role duckdb.Role, team, name, phone string) string {
	written := "没写电话"
	if phone != "" {
		written = "电话 " + phone
	}
	switch role {
	case duckdb.AsMember:
		return fmt.Sprintf("表上的党员“%s”（%s）是谁", name, written)
	case duckdb.AsVolunteer:
		return fmt.Sprintf("%s签到的义工“%s”（%s）是谁", team, name, written)
	case duckdb.MemberRoll:
		return fmt.Sprintf("党员名册上的“%s”是不是同一个人", name)
	}
	return fmt.Sprintf("义工名册上的“%s”是不是同一个人", name)
}

func newPersonDecide(data *string) *cobra.Command {
	var chosen []int
	var nobody bool
	var by string
	c := &cobra.Command{
		Use: "decide 编号", Short: "认定一个姓名是谁，或者都不是",
		Long: `编号和人选是 xingce person queue 列出来的。--as 写一个，就是那个人；写几个，
就是说这几个本是同一个人，以后在本社区的各项指标里都只算一人。--nobody 是说名册上的都不是。`,
		Example: `  xingce person decide 3f9a01c2 --as 2
  xingce person decide 3f9a01c2 --as 1,2
  xingce person decide 3f9a01c2 --nobody --by 王书记`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if nobody == (len(chosen) > 0) {
				return usageError{errors.New("请写 --as 人选 或者 --nobody，两样写一样")}
			}
			return change(c, *data, by, "person decision", func(_ *app, tx *duckdb.Tx, who string) (string, error) {
				w, err := tx.Waiting(c.Context(), args[0])
				if err != nil {
					return "", err
				}
				seq, err := tx.Decide(c.Context(), who, w, chosen...)
				if err != nil {
					return "", err
				}
				return fmt.Sprintf("%s %s %s：%s\n第 %d 号认定；取回用 xingce person undo %d", w.Community, w.Period.Title(),
					question(w.Role, w.Team, w.Name, w.PhoneMask), answer(w.Role, shown(w, chosen)), seq, seq), nil
			})
		},
	}
	c.Flags().IntSliceVar(&chosen, "as", nil, "是第几个人选；几个本是一人的写作 1,2")
	c.Flags().BoolVar(&nobody, "nobody", false, "名册上的都不是")
	byFlag(c, &by)
	return c
}

func shown(w duckdb.Waiting, chosen []int) []string {
	var list []string
	for _, n := range chosen {
		list = append(list, w.Candidates[n-1].String())
	}
	return list
}

// answer says what was decided.
func answer(role duckdb.Role, chosen []string) string {
	switch {
	case len(chosen) > 1:
		return "是同一个人：" + strings.Join(chosen, "；")
	case len(chosen) == 1:
		return "是 " + cmp.Or(chosen[0], "名册上没有别的信息的那一个")
	case role.OnRoll():
		return "不是同一个人"
	}
	return "名册上的都不是"
}

func newPersonDecisions(data *string) *cobra.Command {
	return &cobra.Command{
		Use: "decisions", Short: "列出做过的认定：谁、何时、认作谁、是否已取回", Example: "  xingce person decisions", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			a, err := open(c.Context(), *data, io.Discard)
			if err != nil {
				return err
			}
			defer a.close()
			list, err := a.db.Decisions(c.Context())
			if err != nil {
				return err
			}
			t := queries.Table{Columns: []queries.Column{{Name: "编号", Type: queries.Int}, {Name: "时间"}, {Name: "谁认的"}, {Name: "社区"}, {Name: "自哪一期"}, {Name: "问题"}, {Name: "认定"}, {Name: "状态"}}}
			for _, d := range list {
				phone, state := "", "有效"
				if d.HasPhone {
					phone = "****"
				}
				if d.TakenBack {
					state = "已取回"
				}
				t.Rows = append(t.Rows, []any{d.Seq, d.At.In(a.scheduler.Zone).Format(time.DateTime), d.Who, d.Community, d.Period.Title(),
					question(d.Role, d.Team, d.Name, phone), answer(d.Role, d.Chosen), state})
			}
			return writeTable(c.OutOrStdout(), t)
		},
	}
}

func newPersonUndo(data *string) *cobra.Command {
	var by string
	c := &cobra.Command{
		Use: "undo 编号", Short: "取回一个认定，各项指标回到没有它的样子", Example: "  xingce person undo 3", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			seq, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return usageError{fmt.Errorf("编号是个数，用 xingce person decisions 看，不是 %q", args[0])}
			}
			return change(c, *data, by, "person undo", func(_ *app, tx *duckdb.Tx, who string) (string, error) {
				return fmt.Sprintf("已取回第 %d 号认定", seq), tx.UndoDecision(c.Context(), who, seq)
			})
		},
	}
	byFlag(c, &by)
	return c
}

func byFlag(c *cobra.Command, by *string) {
	c.Flags().StringVar(by, "by", "", "谁认的；不写则是登录这台电脑的用户名")
}

// change does one change in somebody's name, and then says what it was.
func change(c *cobra.Command, data, by, what string, do func(a *app, tx *duckdb.Tx, who string) (said string, err error)) error {
	return acting(c, data, by, func(a *app, who string) (said string, err error) {
		err = a.db.Update(c.Context(), what, func(tx *duckdb.Tx) (err error) {
			said, err = do(a, tx, who)
			return err
		})
		return said, err
	})
}

// whoever is who does something: by --by, else whom the machine knows.
func whoever(by string) (string, error) {
	if by != "" {
		return by, nil
	}
	login, err := user.Current()
	if err != nil {
		return "", usageError{fmt.Errorf("不知道是谁在操作，请用 --by 写明（%w）", err)}
	}
	return login.Username, nil
}

// acting does something in somebody's name, and then says what it was.
func acting(c *cobra.Command, data, by string, do func(a *app, who string) (said string, err error)) error {
	by, err := whoever(by)
	if err != nil {
		return err
	}
	a, err := open(c.Context(), data, io.Discard)
	if err != nil {
		return err
	}
	defer a.close()
	said, err := do(a, by)
	var refused duckdb.Refused
	switch {
	case errors.As(err, &refused):
		return usageError{err}
	case err == nil:
		c.Println(said)
	}
	return err
}
