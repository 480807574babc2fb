package stars

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// A Change is how a person's rating differs from another: of the year before,
// or as it was posted.
type Change struct {
	Name      string
	Now, Then *Rating // nil for who is not in it
	Says      []string
}

// Changes are those who are rated otherwise now than then, in the order now,
// then those who are gone. Each says what: score, star, and the items whose
// points differ.
func Changes(now, then []Rating) []Change {
	former := map[string]*Rating{}
	for i := range then {
		former[then[i].Person] = &then[i]
	}
	var list []Change
	for i := range now {
		was := former[now[i].Person]
		delete(former, now[i].Person)
		if says := Since(&now[i], was); len(says) > 0 {
			list = append(list, Change{now[i].Name, &now[i], was, says})
		}
	}
	for i := range then {
		if former[then[i].Person] != nil {
			list = append(list, Change{then[i].Name, nil, &then[i], []string{"不在现在的名册上"}})
		}
	}
	return list
}

// Since says in words how a person's rating differs from a former one, which
// is nil where there is none: nothing where it does not.
func Since(now, then *Rating) []string {
	if then == nil {
		return []string{"以前没有评定，无可比数据"}
	}
	var says []string
	switch {
	case now.Scored != then.Scored:
		says = append(says, fmt.Sprintf("由%s改为%s", then.state(), now.state()))
	case !now.Score.Equal(then.Score):
		says = append(says, fmt.Sprintf("得分由 %s 分到 %s 分，%s", then.Score, now.Score, more(now.Score.Sub(then.Score))))
	}
	if now.Star != then.Star || now.Graded != then.Graded {
		says = append(says, fmt.Sprintf("星级由%s到%s", then.StarTitle(), now.StarTitle()))
	}
	if now.Vetoed != then.Vetoed {
		says = append(says, map[bool]string{true: "新增一票否决", false: "一票否决已撤销"}[now.Vetoed])
	}
	marks := map[string]Mark{}
	for _, m := range then.Marks {
		marks[m.Item.Name] = m
	}
	for _, m := range now.Marks {
		was, there := marks[m.Item.Name]
		switch {
		case !there:
			says = append(says, fmt.Sprintf("%s是新的项目，计 %s 分", m.Item.Title, signed(m.Points)))
		case !m.Points.Equal(was.Points):
			says = append(says, fmt.Sprintf("%s由 %s 分到 %s 分", m.Item.Title, signed(was.Points), signed(m.Points)))
		}
	}
	return says
}

func more(by decimal.Decimal) string {
	if by.IsNegative() {
		return fmt.Sprintf("少 %s 分", by.Abs())
	}
	return fmt.Sprintf("多 %s 分", by)
}

func (r *Rating) state() string {
	switch {
	case r.Exempt:
		return "免评"
	case r.Scored:
		return "计分"
	}
	return "不参评"
}

// StarTitle is the rating's star in words: 三星, 未达星级; 不评星级 for who is
// not graded.
func (r *Rating) StarTitle() string {
	switch {
	case r.Exempt:
		return "免评"
	case !r.Scored:
		return "不参评"
	case !r.Graded:
		return "不评星级"
	}
	return StarTitle(r.Star)
}
