package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"xingce/ingest/person"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
)

// A named person of a round.
type named struct {
	person string
	nth    int
}

func (n *named) flags(c *cobra.Command) {
	c.Flags().StringVar(&n.person, "person", "", "姓名")
	c.Flags().IntVar(&n.nth, "nth", 0, "同名的有几个时，是表上的第几个")
}

func (n named) of(r stars.Round) (string, error) {
	var list []stars.Rating
	for _, rating := range r.Ratings {
		if rating.Name == n.person {
			list = append(list, rating)
		}
	}
	switch {
	case len(list) == 0:
		return "", usageError{fmt.Errorf("评定表上没有 %q", n.person)}
	case n.nth > len(list) || len(list) > 1 && n.nth < 1:
		var groups []string
		for i, rating := range list {
			groups = append(groups, fmt.Sprintf("%d）%s", i+1, cmp.Or(rating.Group, "未编组")))
		}
		return "", usageError{fmt.Errorf("叫%s的有 %d 个：%s；请用 --nth 写是第几个", n.person, len(list), strings.Join(groups, "，"))}
	}
	return list[max(n.nth, 1)-1].Person, nil
}

func newRoundDecide(data *string) *cobra.Command {
	var s sitting
	var who named
	var star int
	c := &cobra.Command{
		Use: "decide", Short: "议定一个人的星级：名额不够、有人同分，或者支部另有决定",
		Example: `  xingce round decide --community 象山社区 --year 2025 --person 王建国 --star 4 --why 支部大会投票，2026年1月3日`,
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if !c.Flags().Changed("star") {
				return usageError{errors.New("请用 --star 写明几星，0 是未达星级")}
			}
			return s.act(c, *data, stars.Decide, func(_ *app, r stars.Round, act *stars.Act) (err error) {
				act.Star = star
				act.Person, err = who.of(r)
				return err
			})
		},
	}
	s.actFlags(c, "凭什么：哪次会、怎么定的")
	who.flags(c)
	c.Flags().IntVar(&star, "star", 0, "几星，0 是未达星级")
	return c
}

func newRoundPost(data *string) *cobra.Command {
	var s sitting
	var days int
	var from string
	c := &cobra.Command{
		Use: "post", Short: "公示：得分和星级从此定住，按工作日算到哪一天满",
		Example: "  xingce round post --community 象山社区 --year 2025 --why 支委会同意公示", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return s.act(c, *data, stars.Post, func(a *app, _ stars.Round, act *stars.Act) error {
				begin := act.Day
				if from != "" {
					var err error
					if begin, err = time.Parse(time.DateOnly, from); err != nil {
						return usageError{fmt.Errorf("日期写作 2026-01-05，不是 %q", from)}
					}
				}
				if !c.Flags().Changed("days") {
					days = a.config.PostingDays
				}
				if days < a.config.PostingDays || days > 60 {
					return usageError{fmt.Errorf("公示 %d 个工作日不合，写 %d（设置里的 posting_days）到 60", days, a.config.PostingDays)}
				}
				var guessed int
				if act.From, act.Until, guessed = a.workdays.Span(begin, days); guessed > 0 {
					fmt.Fprintf(c.ErrOrStderr(), "注意：没有 %d 年的放假安排，先按周一至周五算；请补在数据文件夹的 holidays.toml 里\n", guessed)
				}
				return nil
			})
		},
	}
	s.actFlags(c, "凭什么：哪次会同意公示")
	c.Flags().IntVar(&days, "days", 0, "公示几个工作日；不写则照设置")
	c.Flags().StringVar(&from, "from", "", "从哪一天起，如 2026-01-05；不写则是今天。补记以前的公示，要用 --evidence 写明凭据")
	return c
}

func newRoundObject(data *string) *cobra.Command {
	var s sitting
	var who named
	c := &cobra.Command{
		Use: "object", Short: "登记一件异议", Args: cobra.NoArgs,
		Example: "  xingce round object --community 象山社区 --year 2025 --person 王建国 --why 少记了两次志愿服务 --by 王建国",
		RunE: func(c *cobra.Command, _ []string) error {
			return s.act(c, *data, stars.Object, func(_ *app, r stars.Round, act *stars.Act) (err error) {
				if who.person != "" {
					act.Person, err = who.of(r)
				}
				return err
			})
		},
	}
	s.actFlags(c, "异议说什么")
	who.flags(c)
	return c
}

func newRoundAnswer(data *string) *cobra.Command {
	var s sitting
	var refers int64
	var upheld, dismissed bool
	c := &cobra.Command{
		Use: "answer", Short: "答复一件异议：成立，还是不成立", Args: cobra.NoArgs,
		Example: "  xingce round answer --community 象山社区 --year 2025 --objection 12 --upheld --why 签到表漏登，已补交",
		RunE: func(c *cobra.Command, _ []string) error {
			if upheld == dismissed {
				return usageError{errors.New("请写 --upheld（成立）或者 --dismissed（不成立），两样写一样")}
			}
			return s.act(c, *data, stars.Answer, func(_ *app, _ stars.Round, act *stars.Act) error {
				act.Refers, act.Upheld = refers, upheld
				return nil
			})
		},
	}
	s.actFlags(c, "答复说什么")
	c.Flags().Int64Var(&refers, "objection", 0, "第几号异议")
	c.Flags().BoolVar(&upheld, "upheld", false, "成立；要改得分的，随后用 correct")
	c.Flags().BoolVar(&dismissed, "dismissed", false, "不成立")
	return c
}

func newRoundApprove(data *string) *cobra.Command {
	var s sitting
	var asPosted bool
	c := &cobra.Command{
		Use: "approve", Short: "审定：公示期满、异议都答复以后，把星级定下来", Args: cobra.NoArgs,
		Example: "  xingce round approve --community 象山社区 --year 2025 --why 镇党委会议纪要第 3 号",
		RunE: func(c *cobra.Command, _ []string) error {
			return s.act(c, *data, stars.Approve, func(a *app, r stars.Round, _ *stars.Act) error {
				if asPosted {
					return nil
				}
				of, year, err := s.of(c, a)
				if err != nil {
					return err
				}
				changes, err := a.late(c, of, year, r)
				if err == nil && len(changes) > 0 {
					err = usageError{fmt.Errorf("按现在的表和规则重算，有 %d 人与公示的不同（%s等），先用 xingce round show 看；要改的更正，仍照公示的审定就加 --as-posted", len(changes), changes[0].Name)}
				}
				return err
			})
		},
	}
	s.actFlags(c, "凭什么：哪次会、哪个文件")
	c.Flags().BoolVar(&asPosted, "as-posted", false, "公示以后表有变化，仍照公示的审定")
	return c
}

func newRoundArchive(data *string) *cobra.Command {
	var s sitting
	c := &cobra.Command{
		Use: "archive", Short: "归档：审定以后封存", Args: cobra.NoArgs,
		Example: "  xingce round archive --community 象山社区 --year 2025 --why 存档案盒 3",
		RunE:    func(c *cobra.Command, _ []string) error { return s.act(c, *data, stars.Archive, nil) },
	}
	s.actFlags(c, "存在哪里")
	return c
}

// A correction rates the year again first, so that the next version is about
// the sheets as they are now.
func newRoundCorrect(data *string) *cobra.Command {
	var s sitting
	c := &cobra.Command{
		Use: "correct", Short: "更正：按现在的表和规则另起一版，从初评开始；原来的一版照旧留着", Args: cobra.NoArgs,
		Example: "  xingce round correct --community 象山社区 --year 2025 --why 签到表漏登两次，1月20日补交",
		RunE: func(c *cobra.Command, _ []string) error {
			return acting(c, *data, s.by, func(a *app, who string) (string, error) {
				of, year, err := s.of(c, a)
				if err != nil {
					return "", err
				}
				policy, err := a.policy(of.Policy)
				if err != nil {
					return "", usageError{err}
				}
				now, err := stars.Rate(c.Context(), queries.NewSession(a.catalog, a.db), policy, []string{of.Community}, year)
				if err != nil {
					return "", err
				}
				before, err := a.db.Round(c.Context(), of)
				if err != nil {
					return "", err
				}
				for _, change := range stars.Changes(now, before.Ratings) {
					c.Printf("  %s：%s\n", change.Name, strings.Join(change.Says, "；"))
				}
				var round stars.Round
				err = a.db.Update(c.Context(), "round "+string(stars.Correct), func(tx *duckdb.Tx) error {
					round, err = tx.Act(c.Context(), of, stars.Act{Does: stars.Correct, Who: who, Why: person.Scrub(s.why), Evidence: person.Scrub(s.evidence), Day: a.today()})
					if err == nil {
						_, err = tx.Propose(c.Context(), of.Year, of.Community, policy, now)
					}
					return err
				})
				if err != nil {
					return "", err
				}
				return fmt.Sprintf("第 %d 号记录　%s", round.Acts[len(round.Acts)-1].Seq, standing(of, round)), nil
			})
		},
	}
	s.actFlags(c, "为什么更正")
	return c
}
