package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
)

// whatIf judges by the rules in force and by others, over the same figures, and
// tells who would move. It is kept as a scenario, and nowhere else.
func whatIf(c *cobra.Command, data string, year period.Period, file string, settings []string, by string) error {
	return acting(c, data, by, func(a *app, who string) (string, error) {
		policy, err := a.otherRules(file, settings)
		if err != nil {
			return "", usageError{err}
		}
		base := a.policies[0]
		if policy.Subject == stars.Volunteers {
			if len(a.policies) < 2 {
				return "", usageError{errors.New("设置里没有评义工的规则可比（volunteer_policy）")}
			}
			base = a.policies[1]
		}
		if year.Start.Before(policy.From) {
			return "", usageError{fmt.Errorf("%s自 %s 起施行，不能评%s", policy.Title, policy.From.Format(time.DateOnly), year.Title())}
		}
		session := queries.NewSession(a.catalog, a.db)
		now, err := stars.Rate(c.Context(), session, base, a.config.Communities, year)
		if err != nil {
			return "", err
		}
		then, err := stars.Rate(c.Context(), session, policy, a.config.Communities, year)
		if err != nil {
			return "", err
		}
		if len(then) == 0 {
			return "", usageError{fmt.Errorf("%s没有名册，不能试算", year.Title())}
		}
		rules := strings.Join(settings, " ")
		if file != "" {
			rules = strings.TrimSpace(filepath.Base(file) + " " + rules)
		}
		s := duckdb.Scenario{Who: who, Year: year.Start.Year(), Policy: policy, Rules: rules, Now: now, Then: then}
		err = a.db.Update(c.Context(), "what-if "+year.String(), func(tx *duckdb.Tx) error { return tx.SaveScenario(c.Context(), &s) })
		if err != nil {
			return "", err
		}
		if err := a.tellScenario(c, base.Name, s); err != nil {
			return "", err
		}
		return fmt.Sprintf("第 %d 号试算；没有进入评定记录", s.ID), nil
	})
}

// otherRules are those of a file, or the ones in force, with some numbers set.
func (a *app) otherRules(file string, settings []string) (stars.Policy, error) {
	policy := a.policies[0]
	if file != "" {
		if filepath.Ext(file) != ".toml" {
			return policy, fmt.Errorf("规则文件是 .toml，不是 %s", file)
		}
		var err error
		if policy, err = stars.Load(os.DirFS(filepath.Dir(file)), strings.TrimSuffix(filepath.Base(file), ".toml"), stars.Measures(a.catalog)); err != nil {
			return policy, err
		}
	}
	if len(settings) == 0 {
		return policy, nil
	}
	return policy.Set(settings, stars.Measures(a.catalog))
}

// tellScenario prints how many have which star, who moves, and the quotas that
// want a decision; base is the name of the rules in force.
func (a *app) tellScenario(c *cobra.Command, base string, s duckdb.Scenario) error {
	last := map[string]string{}
	for _, community := range communitiesOf(s.Then) {
		titles, err := a.lastStars(c, duckdb.RoundOf{Year: s.Year - 1, Community: community, Policy: base})
		if err != nil {
			return err
		}
		for person, star := range titles {
			last[community+"\x00"+person] = star
		}
	}
	c.Printf("%s　%d 年度　试算：%s\n\n", s.Policy.Title, s.Year, s.Rules)
	counts := queries.Table{Columns: []queries.Column{{Name: "星级"}, {Name: "现行", Type: queries.Int}, {Name: "试算", Type: queries.Int}, {Name: "增减", Type: queries.Int}}}
	for _, star := range starsOf(s.Policy, s.Now, s.Then) {
		before, after := count(s.Now, star), count(s.Then, star)
		counts.Rows = append(counts.Rows, []any{stars.StarTitle(star), before, after, after - before})
	}
	if err := writeTable(c.OutOrStdout(), counts); err != nil {
		return err
	}
	moved := queries.Table{Columns: []queries.Column{{Name: "社区"}, {Name: "姓名"}, {Name: "现行得分", Type: queries.Decimal, Scale: 2}, {Name: "现行星级"}, {Name: "试算得分", Type: queries.Decimal, Scale: 2}, {Name: "试算星级"}, {Name: "升降"}, {Name: "上年"}}}
	for i, then := range s.Then {
		now := s.Now[i]
		if now.Star == then.Star && now.Graded == then.Graded {
			continue
		}
		way := "▲ 升"
		if then.Star < now.Star {
			way = "▼ 降"
		}
		was := last[then.Community+"\x00"+then.Person]
		if was == "" {
			was = "无可比数据"
		}
		moved.Rows = append(moved.Rows, []any{then.Community, then.Name, now.Score, now.StarTitle(), then.Score, then.StarTitle(), way, was})
	}
	c.Printf("\n星级会变的 %d 人：\n", s.Moved())
	if err := writeTable(c.OutOrStdout(), moved); err != nil {
		return err
	}
	for _, community := range communitiesOf(s.Then) {
		of := func(list []stars.Rating) []stars.Rating {
			return slices.DeleteFunc(slices.Clone(list), func(r stars.Rating) bool { return r.Community != community })
		}
		for _, allotment := range stars.Allot(s.Policy, of(s.Then)) {
			if allotment.Exceeded() {
				c.Printf("%s　%s\n", community, allotment)
			}
		}
	}
	return nil
}

// lastStars are the stars of a round by person: confirmed, else as they stand.
func (a *app) lastStars(c *cobra.Command, of duckdb.RoundOf) (map[string]string, error) {
	list := map[string]string{}
	confirmed, err := a.db.Confirmed(c.Context(), of, 0)
	if err != nil {
		return nil, err
	}
	for _, s := range confirmed {
		list[s.Person] = s.Title
	}
	if len(confirmed) > 0 {
		return list, nil
	}
	round, err := a.db.Round(c.Context(), of)
	for _, r := range round.Final() {
		list[r.Person] = r.StarTitle()
	}
	return list, err
}

func communitiesOf(ratings []stars.Rating) []string {
	var list []string
	for _, r := range ratings {
		if !slices.Contains(list, r.Community) {
			list = append(list, r.Community)
		}
	}
	return list
}

// starsOf are the stars that anybody has or the policy gives, the highest first.
func starsOf(p stars.Policy, lists ...[]stars.Rating) []int {
	all := []int{0}
	for _, b := range p.Bands {
		all = append(all, b.Star)
	}
	for _, list := range lists {
		for _, r := range list {
			if !slices.Contains(all, r.Star) {
				all = append(all, r.Star)
			}
		}
	}
	slices.Sort(all)
	slices.Reverse(all)
	return all
}

func count(ratings []stars.Rating, star int) int64 {
	n := int64(0)
	for _, r := range ratings {
		if r.Graded && r.Star == star {
			n++
		}
	}
	return n
}

func listScenarios(c *cobra.Command, data string) error {
	a, err := reopen(c.Context(), data)
	if err != nil {
		return err
	}
	defer a.close()
	list, err := a.db.Scenarios(c.Context())
	if err != nil {
		return err
	}
	t := queries.Table{Columns: []queries.Column{{Name: "编号", Type: queries.Int}, {Name: "时间"}, {Name: "谁试的"}, {Name: "年度"}, {Name: "试的规则"}, {Name: "星级会变", Type: queries.Int}}}
	for _, s := range list {
		t.Rows = append(t.Rows, []any{s.ID, s.At.In(a.scheduler.Zone).Format(time.DateTime), s.Who, fmt.Sprint(s.Year), s.Rules, int64(s.Changed)})
	}
	return writeTable(c.OutOrStdout(), t)
}
