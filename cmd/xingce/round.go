package main

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"xingce/ingest/period"
	"xingce/ingest/person"
	"xingce/queries"
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

func standing(of duckdb.RoundOf, r stars.Round) string {
	text := fmt.Sprintf("%s %d 年度　第 %d 版　%s", of.Community, of.Year, r.Version, r.Stage)
	if r.Stage == stars.Posted {
		text += fmt.Sprintf("（%s 至 %s）", r.From.Format("1月2日"), r.Until.Format("1月2日"))
	}
	return text
}

func newRoundShow(data *string) *cobra.Command {
	var s sitting
	var version int
	c := &cobra.Command{
		Use: "show", Short: "看一轮评定：到了哪一步，得分和星级，名额，等人定的，以及公示以后有没有变化",
		Example: "  xingce round show --community 象山社区 --year 2025", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			a, err := reopen(c.Context(), *data)
			if err != nil {
				return err
			}
			defer a.close()
			of, year, r, err := s.look(c, a)
			if err != nil {
				return err
			}
			if version != 0 {
				return a.tellConfirmed(c, of, version)
			}
			c.Println(standing(of, r))
			c.Println(r.Policy.Title, r.Policy.Hash())
			if err := writeTable(c.OutOrStdout(), standings(r)); err != nil {
				return err
			}
			for _, allotment := range r.Allotments() {
				c.Println(allotment)
			}
			for _, act := range r.Acts {
				c.Printf("%4d  %s  %s  %s\n", act.Seq, act.Day.Format(time.DateOnly), act.Who, tellAct(r, act))
			}
			for _, o := range r.Objections() {
				c.Printf("等人答复：第 %d 号异议\n", o.Seq)
			}
			if r.Stage == stars.Draft {
				return nil
			}
			return a.tellLate(c, of, year, r)
		},
	}
	s.flags(c)
	c.Flags().IntVar(&version, "version", 0, "看审定过的第几版；不写则看现在这一版")
	return c
}

// tellConfirmed lists a version as it was confirmed.
func (a *app) tellConfirmed(c *cobra.Command, of duckdb.RoundOf, version int) error {
	list, err := a.db.Confirmed(c.Context(), of, version)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return usageError{fmt.Errorf("%s %d 年度没有审定过第 %d 版", of.Community, of.Year, version)}
	}
	c.Printf("%s %d 年度　第 %d 版　%s 审定\n", of.Community, of.Year, version, list[0].Day.Format(time.DateOnly))
	t := queries.Table{Columns: []queries.Column{{Name: "姓名"}, {Name: "得分", Type: queries.Decimal, Scale: 2}, {Name: "星级"}}}
	for _, s := range list {
		t.Rows = append(t.Rows, []any{s.Name, s.Score, s.Title})
	}
	return writeTable(c.OutOrStdout(), t)
}

// standings lists everyone rated, with what was proposed and what is decided.
func standings(r stars.Round) queries.Table {
	t := queries.Table{Columns: []queries.Column{{Name: "姓名"}, {Name: "党小组"}, {Name: "得分", Type: queries.Decimal, Scale: 2}, {Name: "建议"}, {Name: "议定"}, {Name: "说明"}}}
	for i := range r.Ratings {
		rating := &r.Ratings[i]
		score, decided := any(nil), ""
		if rating.Scored {
			score = rating.Score
		}
		if a := r.Decision(rating.Person); a != nil {
			decided = stars.StarTitle(a.Star)
		}
		t.Rows = append(t.Rows, []any{rating.Name, rating.Group, score, rating.StarTitle(), decided, note(rating)})
	}
	return t
}

// note is what the score and the star do not tell; explain tells all.
func note(r *stars.Rating) string {
	var said []string
	if r.Separate {
		said = append(said, r.Kind+"，单列")
	}
	if r.Vetoed {
		said = append(said, "一票否决")
	}
	if r.Next != nil {
		said = append(said, r.Next.String())
	}
	return strings.Join(said, "，")
}

// late is what sheets and rules that came after the posting would change.
func (a *app) late(c *cobra.Command, of duckdb.RoundOf, year period.Period, r stars.Round) ([]stars.Change, error) {
	policy, err := a.policy(of.Policy)
	if err != nil {
		return nil, usageError{err}
	}
	now, err := stars.Rate(c.Context(), queries.NewSession(a.catalog, a.db), policy, []string{of.Community}, year)
	return stars.Changes(now, r.Ratings), err
}

func (a *app) tellLate(c *cobra.Command, of duckdb.RoundOf, year period.Period, r stars.Round) error {
	changes, err := a.late(c, of, year, r)
	if err != nil {
		return err
	}
	if len(changes) == 0 {
		c.Println("按现在的表和规则重算，与公示的一致。")
		return nil
	}
	c.Printf("按现在的表和规则重算，与公示的不同的 %d 人：\n", len(changes))
	for _, change := range changes {
		c.Printf("  %s：%s\n", change.Name, strings.Join(change.Says, "；"))
	}
	c.Println("公示的不会自己改；要改，用 xingce round correct 另起一版。")
	return nil
}

// tellAct is one line of a round's record.
func tellAct(r stars.Round, a stars.Act) string {
	said := string(a.Does)
	if rating := r.Rating(a.Person); rating != nil {
		said += " " + rating.Name
	}
	switch a.Does {
	case stars.Decide:
		said += fmt.Sprintf("（%s 分，建议%s）为%s", a.Score, stars.StarTitle(a.Proposed), stars.StarTitle(a.Star))
	case stars.Post:
		said += fmt.Sprintf(" %s 至 %s", a.From.Format(time.DateOnly), a.Until.Format(time.DateOnly))
	case stars.Answer:
		said += fmt.Sprintf("第 %d 号异议：%s", a.Refers, map[bool]string{true: "成立", false: "不成立"}[a.Upheld])
	}
	said += "：" + a.Why
	if a.Evidence != "" {
		said += "（" + a.Evidence + "）"
	}
	return said
}

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
