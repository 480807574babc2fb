package main

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"xingce/ingest"
	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
)

func newExplain(data *string) *cobra.Command {
	var s sitting
	var who named
	var limit int
	c := &cobra.Command{
		Use: "explain 姓名", Short: "说清一个人的星级：每一步的算法和依据，离下一星多远，与上年比，谁定的",
		Long: `一个人一页：得分怎么来的，每一项数在哪张表的哪几格，离上一星还差什么，与上年比变了什么，
各步是谁、何时、凭什么定的。公示以后，说的是公示的那一版。私人的内容只显示掩码。`,
		Example: "  xingce explain 王建国 --community 象山社区 --year 2025\n  xingce explain 李秀英 --community 象山社区 --year 2025 --policy volunteers",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			who.person = args[0]
			a, err := reopen(c.Context(), *data)
			if err != nil {
				return err
			}
			defer a.close()
			of, year, r, err := s.look(c, a)
			if err != nil {
				return err
			}
			person, err := who.of(r)
			if err != nil {
				return err
			}
			return a.explain(c, of, year, r, r.Rating(person), limit)
		},
	}
	s.flags(c)
	c.Flags().IntVar(&who.nth, "nth", 0, "同名的有几个时，是表上的第几个")
	c.Flags().IntVar(&limit, "limit", 20, "每一批最多列出几行；0 是全部")
	return c
}

func (a *app) explain(c *cobra.Command, of duckdb.RoundOf, year period.Period, r stars.Round, rating *stars.Rating, limit int) error {
	c.Printf("%s　%s　%s\n%s（%s）\n", of.Community, rating.Name, standing(of, r), r.Policy.Title, r.Policy.Hash())
	title := rating.StarTitle()
	if d := r.Decision(rating.Person); d != nil {
		title = fmt.Sprintf("%s（测算建议%s）", stars.StarTitle(d.Star), title)
	}
	if rating.Scored {
		c.Printf("\n得分 %s 分，%s\n", rating.Score, title)
	} else {
		c.Printf("\n%s\n", title)
	}
	c.Println("\n一、怎么算的")
	for i, reason := range rating.Reasons {
		c.Printf("  %d. %s\n", i+1, reason)
	}
	c.Println("\n二、依据在哪里")
	if err := a.tellFacts(c, of, year, r, rating, limit); err != nil {
		return err
	}
	c.Println("\n三、离下一星")
	switch {
	case rating.Next != nil:
		c.Println("  " + rating.Next.String())
	case rating.Graded && !rating.Vetoed:
		c.Println("  已是最高一星")
	default:
		c.Println("  不评星级")
	}
	c.Println("\n四、与上年比")
	last := of
	last.Year--
	former, err := a.db.Round(c.Context(), last)
	if err != nil {
		return err
	}
	says := stars.Since(rating, former.Rating(rating.Person))
	if len(says) == 0 {
		says = []string{"与上年相同"}
	}
	c.Println("  " + strings.Join(says, "\n  "))
	c.Println("\n五、谁定的")
	n := 0
	for _, act := range r.Acts {
		if act.Person == "" || act.Person == rating.Person {
			c.Printf("  %s  %s  %s\n", act.Day.Format(time.DateOnly), act.Who, tellAct(r, act))
			n++
		}
	}
	if n == 0 {
		c.Println("  还没有人定，是测算的建议，待支部初评")
	}
	return nil
}

// tellFacts follows each measure to the cells that it counts, as they stood
// when the ratings were made.
func (a *app) tellFacts(c *cobra.Command, of duckdb.RoundOf, year period.Period, r stars.Round, rating *stars.Rating, limit int) error {
	made, err := a.db.ProposedAt(c.Context(), of, r.Proposal)
	if err != nil {
		return err
	}
	reader, err := a.db.Reader(c.Context(), made)
	if err != nil {
		return err
	}
	defer reader.Close()
	for _, f := range r.Policy.Facts() {
		m := a.catalog.Metric(f.Measure)
		if m == nil {
			return fmt.Errorf("没有指标 %q", f.Measure)
		}
		when := year
		if f.Quarter > 0 {
			when = period.Quarter(of.Year, f.Quarter)
		}
		t, err := queries.Run(c.Context(), reader, m, when)
		if err != nil {
			return err
		}
		t = t.Where("community", of.Community).Where("person", rating.Person)
		n, recorded := rating.Facts[f]
		if !recorded {
			c.Printf("  %s（%s）：没有记录\n", m.Title, when.Title())
			continue
		}
		c.Printf("  %s（%s）：%s\n", m.Title, when.Title(), n)
		if len(t.Rows) != 1 {
			continue
		}
		e, err := queries.Follow(c.Context(), reader, m, when, t, 0, "value")
		if err != nil {
			return err
		}
		if err := tellOrigins(c, a, rowsOf(e), limit, readBy(m)); err != nil {
			return err
		}
	}
	return nil
}

// rowsOf are the rows of a figure, or of the figures that it is made of, each
// once.
func rowsOf(e queries.Evidence) []queries.Origin {
	var list []queries.Origin
	for _, o := range e.Rows {
		if n := len(list); n == 0 || list[n-1].Batch != o.Batch || list[n-1].Row != o.Row {
			list = append(list, o)
		}
	}
	for _, term := range e.Terms {
		list = append(list, rowsOf(term)...)
	}
	return list
}

// readBy tells which columns of a sheet a metric names: post for post1 too.
func readBy(m *queries.Metric) func(*ingest.Column) bool {
	named := map[string]bool{}
	for _, word := range regexp.MustCompile(`[a-z_]+`).FindAllString(m.SQL, -1) {
		named[word] = true
	}
	return func(c *ingest.Column) bool { return c.Name != "name" && named[strings.TrimRight(c.Name, "0123456789")] }
}
