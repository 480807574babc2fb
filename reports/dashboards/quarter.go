package dashboards

import (
	"context"
	"fmt"
	"strings"

	"xingce/ingest/kinds"
	"xingce/queries"
	"xingce/reports"
)

// Quarter is a community's page for its committee: how the quarter was,
// against the one before and a year ago, and what has to be decided.
func Quarter(ctx context.Context, fig reports.Figures, catalog *queries.Catalog, scope reports.Scope) (reports.Page, error) {
	return quarter.Page(ctx, fig, catalog, scope)
}

// quarter's sections lie in a file each.
var quarter = reports.Dashboard{
	Name: "dashboard", Title: "看板",
	Headline: quarterHeadline,
	Figures:  keyFigures,
	Checks:   []reports.Check{missingCheck, flowCheck, groupCheck, sheetCheck},
	Sections: []reports.Section{people, floatingPeople, party, cards, service, activity, giving, starSection, quality},
	Given:    starMetrics,
}

// quarterHeadline answers how the quarter was: what rose and what fell, then
// each figure from what to what, in terms that add up.
func quarterHeadline(d *reports.Data) []string {
	var list []string
	if now := d.Now(residents); now.Known {
		list = append(list, fmt.Sprintf("期末居民 %s，%s。", now, from(d, residents, registered, floating)))
	} else if now := d.Now(households); now.Known {
		list = append(list, fmt.Sprintf("期末住户 %s，%s。", now, from(d, households, settledHomes, floatingHomes)))
	}
	if now := d.Now(floatingShare); now.Known {
		list = append(list, fmt.Sprintf("流动人口 %s，占 %s，%s%s。", d.Now(floating), now, compared(d, floatingShare), balance(d)))
	}
	if now := d.Now(direct); now.Known {
		list = append(list, fmt.Sprintf("直管党员 %s，%s。", now, from(d, direct)))
	}
	if now := d.Now(participation); now.Known {
		list = append(list, fmt.Sprintf("在册志愿者 %s，本季参加过活动的 %s人，参与率 %s。", d.Now(volunteers), now.Part, now))
	} else if now := d.Now(attendances); now.Known {
		list = append(list, fmt.Sprintf("志愿服务 %s、%s。", now, d.Now(hours)))
	}
	if now := d.Now(donations); now.Known {
		text := fmt.Sprintf("收到捐款 %s", now)
		if rank, of := d.Rank(donations); rank > 0 && of > 1 {
			text += fmt.Sprintf("，在全镇 %d 个有捐款的社区中居第 %d", of, rank)
		}
		list = append(list, text+"。")
	}
	if list != nil {
		if moved := moves(d); moved != "" {
			list = append([]string{moved}, list...)
		}
		return list
	}
	if came := received(d); came != nil {
		return []string{"本期收到" + reports.Together(came) + "，还没有可以列出的数字。"}
	}
	return []string{"本期无数据。"}
}

// received names the kinds of sheets that whom the page is about has sent.
func received(d *reports.Data) []string {
	var list []string
	for _, k := range kinds.All() {
		if len(d.Rows("sources", d.Period).Where("kind", k.Name).Rows) > 0 {
			list = append(list, k.Title)
		}
	}
	return list
}

// moves says which key figures rose against the quarter before and which fell.
func moves(d *reports.Data) string {
	var rose, fell, same []string
	for _, f := range keyFigures {
		switch c := d.Change(f.Measure); {
		case !c.Known:
		case c.By.IsPositive():
			rose = append(rose, f.Name)
		case c.By.IsNegative():
			fell = append(fell, f.Name)
		default:
			same = append(same, f.Name)
		}
	}
	var said []string
	for _, part := range []struct {
		names []string
		verb  string
	}{{rose, "上升"}, {fell, "下降"}, {same, "持平"}} {
		if part.names != nil {
			said = append(said, reports.Together(part.names)+part.verb)
		}
	}
	if said == nil {
		return ""
	}
	return "与上季相比，" + strings.Join(said, "，") + "。"
}

// balance is how the floating population came from what it was to what it is,
// where the account closes; where it does not, flowCheck says so.
func balance(d *reports.Data) string {
	t := d.Rows(inflow.Metric, d.Period)
	column := func(name string) reports.Value {
		return reports.Measure{Column: name, Unit: reports.Persons}.Of(t)
	}
	opening, closing, in, out := column("opening"), column("closing"), d.Now(inflow), d.Now(outflow)
	closes := opening.Number.Add(in.Number).Sub(out.Number).Equal(closing.Number) && closing.Number.Equal(d.Now(floating).Number)
	if !opening.Known || !closing.Known || !in.Known || !out.Known || !closes {
		return ""
	}
	return fmt.Sprintf("；期初 %s，流入 %s，流出 %s", opening, in, out)
}
