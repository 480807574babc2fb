package main

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"xingce/ingest/period"
	"xingce/ingest/person"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
)

// A sitting is whose round somebody is at, and who it is.
type sitting struct {
	community, year, policy, by, why, evidence string
}

func newRound(data *string) *cobra.Command {
	c := &cobra.Command{
		Use: "round", Short: "评定的流程：初评、公示、审定、归档，谁在什么时候凭什么定的",
		Long: `xingce rate 算出的是建议，定星级的是人。一个社区一年一轮：
  初评  看测算（show），名额不够、有人同分的，由支部议定（decide），
        或者把评定工作簿里的支部意见填好，一次导入（import）
  公示  公示（post）以后得分和星级就定住了；期间的异议（object）要逐件答复（answer）
  审定  公示期满、异议都答复了，才能审定（approve）；审定了的不再改动
  归档  archive
表有更正，先看会改变谁（show），再更正（correct）：另起一版，写明理由，重新公示、审定，
原来的一版照旧留着。每一步都记下是谁、何时、凭什么，verify 查这些记录有没有被改动过。`,
		Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newRoundShow(data), newRoundDecide(data), newRoundImport(data), newRoundPost(data), newRoundObject(data), newRoundAnswer(data),
		newRoundApprove(data), newRoundArchive(data),
		newRoundCorrect(data), newRoundVerify(data))
	for _, sub := range c.Commands() {
		sub.Args = asUsage(sub.Args)
	}
	return c
}

func (s *sitting) flags(c *cobra.Command) {
	c.Flags().StringVar(&s.community, "community", "", "哪个社区")
	c.Flags().StringVar(&s.year, "year", "", "年度，如 2025")
	c.Flags().StringVar(&s.policy, "policy", "", "哪个评定办法；不写则是设置里评党员的那个")
}

func (s *sitting) actFlags(c *cobra.Command, why string) {
	s.flags(c)
	c.Flags().StringVar(&s.why, "why", "", why)
	c.Flags().StringVar(&s.evidence, "evidence", "", "证明材料存在哪里")
	byFlag(c, &s.by)
}

// of says whose round it is.
func (s *sitting) of(c *cobra.Command, a *app) (duckdb.RoundOf, period.Period, error) {
	year, err := yearOf(s.year)
	if err != nil {
		return duckdb.RoundOf{}, year, err
	}
	if s.community == "" {
		return duckdb.RoundOf{}, year, usageError{errors.New("请用 --community 写明是哪个社区")}
	}
	return duckdb.RoundOf{Year: year.Start.Year(), Community: s.community, Policy: cmp.Or(s.policy, a.config.Policy)}, year, a.hasCommunity(c, s.community)
}

// look is the round as it stands; one that nobody has rated is refused.
func (s *sitting) look(c *cobra.Command, a *app) (duckdb.RoundOf, period.Period, stars.Round, error) {
	of, year, err := s.of(c, a)
	if err != nil {
		return of, year, stars.Round{}, err
	}
	r, err := a.db.Round(c.Context(), of)
	if err == nil && len(r.Ratings) == 0 {
		err = usageError{fmt.Errorf("%s %d 年还没有评定；请先用 xingce rate --year %[2]d", of.Community, of.Year)}
	}
	return of, year, r, err
}

// act does one thing in the round and says how it stands then.
func (s *sitting) act(c *cobra.Command, data string, does stars.Doing, fill func(*app, stars.Round, *stars.Act) error) error {
	return acting(c, data, s.by, func(a *app, who string) (string, error) {
		of, _, err := s.of(c, a)
		if err != nil {
			return "", err
		}
		act := stars.Act{Does: does, Who: who, Why: person.Scrub(s.why), Evidence: person.Scrub(s.evidence), Day: a.today()}
		round, err := a.db.Round(c.Context(), of)
		if err == nil && fill != nil {
			err = fill(a, round, &act)
		}
		if err != nil {
			return "", err
		}
		err = a.db.Update(c.Context(), "round "+string(does), func(tx *duckdb.Tx) error {
			round, err = tx.Act(c.Context(), of, act)
			return err
		})
		if err != nil {
			return "", err
		}
		last := round.Acts[len(round.Acts)-1]
		said := fmt.Sprintf("第 %d 号记录：%s　%s", last.Seq, tellAct(round, last), standing(of, round))
		if does != stars.Post {
			return said, nil
		}
		list, err := a.press.Notice(c.Context(), of)
		if err != nil {
			return "", fmt.Errorf("%s；公示名单没有写出：%w", said, err)
		}
		return said + "\n公示名单：" + filepath.Join(a.press.Dir, filepath.FromSlash(list)), nil
	})
}

// today is the office's day.
func (a *app) today() time.Time {
	now := time.Now().In(a.scheduler.Zone)
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
}

func newRoundVerify(data *string) *cobra.Command {
	return &cobra.Command{
		Use: "verify", Short: "查评定记录和审定的星级有没有被改动过", Example: "  xingce round verify", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			a, err := reopen(c.Context(), *data)
			if err != nil {
				return err
			}
			defer a.close()
			n, err := a.db.VerifyRounds(c.Context())
			if err != nil {
				return err
			}
			c.Printf("查了 %d 条记录，都没有被改动过。\n", n)
			return nil
		},
	}
}
