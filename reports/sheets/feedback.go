package sheets

import (
	"fmt"
	"slices"

	"xingce/queries"
	"xingce/reports"
)

// A FeedbackInput is what the cards are made of: metrics of the quarter, all
// communities.
type FeedbackInput struct {
	Cards      queries.Table // in_service_cards
	Activities queries.Table // member_activities
	Hours      queries.Table // member_hours
}

// Feedback is what a community tells the work units of their members (社区表现
// 反馈卡): a list of the units, and a page to be sent to each. Those whose unit
// no sheet names are listed alone. It has no page without in-service members.
func Feedback(s Scope, in FeedbackInput) (page reports.Page, ok bool, err error) {
	f := feedback{Scope: s}
	did := map[string][2]any{}
	for i, t := range []queries.Table{in.Activities, in.Hours} {
		each(t, s.Community, func(r reader) {
			d := did[r.text("person")]
			d[i] = r.number("value")
			did[r.text("person")] = d
		})
	}
	each(in.Cards, s.Community, func(r reader) {
		f.add(card{name: r.text("name"), posts: r.text("posts"), overall: r.text("overall"), opinion: r.text("community_opinion"), did: did[r.text("person")]}, r.text("work_unit"))
	})
	if len(f.units) == 0 {
		return page, false, nil
	}
	b := s.book("社区表现反馈卡")
	list := b.Form("单位清单", number, reports.FormColumn{Least: 30}, reports.FormColumn{Least: 10, Format: "0"}, reports.FormColumn{Least: 40, Most: 40},
		reports.FormColumn{Least: 14, Open: true}, reports.FormColumn{Least: 14, Open: true, Choices: []string{"已回执", "未回执"}})
	cards := b.Form("反馈卡", reports.FormColumn{Least: 9, Most: 9, Centre: true}, fixed(12), fixed(10), fixed(10), fixed(20),
		reports.FormColumn{Least: 10, Most: 10, Open: true, Choices: []string{"好", "较好", "一般", "差"}}, reports.FormColumn{Least: 18, Most: 18, Open: true})
	cards.Portrait = true
	f.list(list)
	for _, u := range f.units {
		if u.name != "" {
			f.page(cards, u)
		}
	}
	page, err = b.Page(s.path(s.Community, "feedback.xlsx"))
	return page, true, err
}

// orBlank leaves what nobody has said to be filled in.
func orBlank(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func fixed(width float64) reports.FormColumn { return reports.FormColumn{Least: width, Most: width} }

type feedback struct {
	Scope
	units []unit // in order of first mention
}

type unit struct {
	name  string // "" for none
	cards []card
}

type card struct {
	name, posts, overall, opinion string
	did                           [2]any // activities, hours
}

func (f *feedback) add(c card, to string) {
	at := slices.IndexFunc(f.units, func(u unit) bool { return u.name == to })
	if at < 0 {
		at = len(f.units)
		f.units = append(f.units, unit{name: to})
	}
	f.units[at].cards = append(f.units[at].cards, c)
}

func (f *feedback) list(s *reports.Form) {
	s.Title(f.title("社区表现反馈卡发放清单"), "每个单位一张，见“反馈卡”", "单位：人")
	s.Head("序号", "工作单位", "在职党员", "姓名", "发出日期", "回执")
	s.Repeat(2)
	n, all := 0, 0
	for _, u := range f.units {
		names := ""
		for i, c := range u.cards {
			if i > 0 {
				names += "、"
			}
			names += c.name
		}
		all += len(u.cards)
		if u.name == "" {
			s.Row(nil, "（没有写工作单位，请补填名册后再反馈）", len(u.cards), names, shut, shut)
			continue
		}
		n++
		s.Row(n, u.name, len(u.cards), names, nil, nil)
	}
	s.Total("", "合计", all, "", "", "")
	s.Skip(1)
	s.Note(f.made())
}

// page is the card to one unit.
func (f *feedback) page(s *reports.Form, u unit) {
	s.Break()
	s.Title("在职党员社区表现反馈卡", u.name+"党组织：", f.Community+f.Period.Title())
	s.Line(fmt.Sprintf("贵单位在本社区报到的在职党员 %d 名，本期参加社区活动和服务的情况反馈如下。", len(u.cards)))
	s.Head("序号", "姓名", "社区活动\n（次）", "服务时长\n（小时）", "认领岗位", "综合评价", "社区党组织意见")
	for i, c := range u.cards {
		s.Row(i+1, c.name, c.did[0], c.did[1], c.posts, orBlank(c.overall), orBlank(c.opinion))
	}
	s.Box("社区\n党组织", "（盖章）　　　　　年　　月　　日", 80)
	s.Box("单位\n党组织\n回执", "（盖章）　　　　　年　　月　　日", 110)
	s.Line("请单位党组织收到后填写回执，退回社区党组织。活动次数按社区活动签到统计，空白是没有记录。")
}
