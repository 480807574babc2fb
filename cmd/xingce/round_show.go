package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
)

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
