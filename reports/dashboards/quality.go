package dashboards

import (
	"fmt"
	"strings"
	"time"

	"xingce/ingest/kinds"
	"xingce/queries"
	"xingce/reports"
)

// quality is what the figures stand on: which sheets came, when, and what was
// found in them.
var quality = reports.Section{ID: "quality", Title: "数据质量", Says: saysQuality,
	Needs: []string{"slices", "slices_missing", "issues_by_kind", "freshness", "community_stated"},
	Tables: func(d *reports.Data) []reports.Numbers {
		list := []reports.Numbers{sheetsIn(d)}
		if stated := statedNumbers(d); stated.Rows != nil {
			list = append(list, stated)
		}
		return list
	},
	Panels: []reports.Panel{
		{
			ID: "issues", Title: "各种表的差错与提示", Wide: true,
			Shape: reports.Bars{By: "kind", Title: "表", Of: []reports.Measure{errorsFound, findingsFound}, Names: kindTitle, None: "没有差错，也没有提示"},
			Says:  saysIssues,
		},
	},
}

var (
	errorsFound   = reports.Measure{Name: "差错", Metric: "issues_by_kind", Column: "errors", Unit: reports.Places, Colour: reports.Attention}
	findingsFound = reports.Measure{Name: "提示", Metric: "issues_by_kind", Column: "findings", Unit: reports.Places, Colour: reports.Quiet}
	rowsIn        = reports.Measure{Name: "收进", Metric: "issues_by_kind", Column: "accepted", Unit: reports.Rows, Colour: reports.Base}
	rowsOut       = reports.Measure{Name: "退回", Metric: "issues_by_kind", Column: "rejected", Unit: reports.Rows, Colour: reports.Attention}
	sheetsNow     = reports.Measure{Name: "表格", Metric: "slices", Column: "sheets", Unit: reports.Sheets, Colour: reports.Base}
	sheetsLate    = reports.Measure{Name: "迟交", Metric: "slices", Column: "late", Unit: reports.Sheets, Colour: reports.Attention}
)

func kindTitle(name string) string {
	if k := kinds.Find(name); k != nil {
		return k.Title
	}
	return name
}

func saysQuality(d *reports.Data) string {
	now := d.Now(sheetsNow)
	if !now.Known {
		return ""
	}
	text := fmt.Sprintf("本季收到 %s，收进 %s", now, d.Now(rowsIn))
	if first, last := freshness(d); last != "" {
		text += "，" + first + " 至 " + last + " 收到"
		if first == last {
			text = strings.Replace(text, first+" 至 ", "", 1)
		}
	}
	if late := d.Now(sheetsLate); late.Number.IsPositive() {
		text += fmt.Sprintf("，其中迟交 %s", late)
	}
	var lacking []string
	t := d.Rows("slices_missing", d.Period)
	for i := range t.Rows {
		kind, _ := t.Value(i, "kind").(string)
		title := kindTitle(kind)
		if d.Community == "" {
			community, _ := t.Value(i, "community").(string)
			title = community + title
		}
		lacking = append(lacking, title)
	}
	switch most := 8; {
	case len(lacking) == 0:
		text += "；没有缺交的表"
	case len(lacking) > most:
		text += fmt.Sprintf("；缺%s等 %d 张", strings.Join(lacking[:most], "、"), len(lacking))
	default:
		text += "；缺" + strings.Join(lacking, "、")
	}
	return text + "。"
}

// freshness is the first and the last day on which a sheet in force came.
func freshness(d *reports.Data) (first, last string) {
	t := d.Rows("freshness", d.Period)
	for i := range t.Rows {
		from, _ := t.Value(i, "first_on").(time.Time)
		to, _ := t.Value(i, "last_on").(time.Time)
		if s := from.Format(time.DateOnly); first == "" || s < first {
			first = s
		}
		last = max(last, to.Format(time.DateOnly))
	}
	return first, last
}

// sheetsIn lists each kind of sheet: in, late or missing, with what was found.
func sheetsIn(d *reports.Data) reports.Numbers {
	measures := []reports.Measure{sheetsNow, sheetsLate, rowsIn, rowsOut, errorsFound, findingsFound}
	n := reports.Numbers{Caption: "收表情况", Head: []reports.Heading{{Text: "表"}, {Text: "情况"}}}
	for _, m := range measures {
		n.Head = append(n.Head, reports.Heading{Text: m.Name + "（" + m.Unit.Word + "）", Number: true})
	}
	slices, issues, missing := d.Rows("slices", d.Period), d.Rows("issues_by_kind", d.Period), d.Rows("slices_missing", d.Period)
	for _, k := range kinds.All() {
		in := slices.Where("kind", k.Name)
		lacking := len(missing.Where("kind", k.Name).Rows)
		if len(in.Rows) == 0 && lacking == 0 {
			continue
		}
		state := "已交"
		switch {
		case len(in.Rows) == 0:
			state = "缺交"
		case sheetsLate.Of(in).Number.IsPositive():
			state = "迟交"
		}
		if d.Community == "" && lacking > 0 {
			state = fmt.Sprintf("缺 %d 个社区", lacking)
		}
		row := []string{k.Title, state}
		for _, m := range measures {
			t := in
			if m.Metric == "issues_by_kind" {
				t = issues.Where("kind", k.Name)
			}
			row = append(row, m.Of(t).Figure())
		}
		n.Rows = append(n.Rows, row)
	}
	if n.Rows == nil {
		n.Head, n.Rows = []reports.Heading{{Text: "表"}}, [][]string{{"本期无数据"}}
	}
	return n
}

// statedNumbers sets what the community says of itself beside what its sheets
// count, where the two differ.
func statedNumbers(d *reports.Data) reports.Numbers {
	n := reports.Numbers{Caption: "自报数与台账数不一样的项", Head: []reports.Heading{
		{Text: "项目"}, {Text: "自报", Number: true}, {Text: "台账", Number: true}, {Text: "差额", Number: true}}}
	if d.Community == "" {
		n.Head = append([]reports.Heading{{Text: "社区"}}, n.Head...)
	}
	t := d.Rows("community_stated", d.Period)
	for i := range t.Rows {
		by, ok := queries.Number(t.Value(i, "difference"))
		if !ok || by.IsZero() {
			continue
		}
		item, _ := t.Value(i, "item").(string)
		row := []string{item}
		for _, column := range []string{"stated", "counted", "difference"} {
			v, _ := queries.Number(t.Value(i, column))
			row = append(row, reports.Value{Number: v, Known: true}.Figure())
		}
		if d.Community == "" {
			community, _ := t.Value(i, "community").(string)
			row = append([]string{community}, row...)
		}
		n.Rows = append(n.Rows, row)
	}
	return n
}

func saysIssues(d *reports.Data) string {
	wrong, look := d.Now(errorsFound), d.Now(findingsFound)
	if !wrong.Known {
		return ""
	}
	if wrong.Number.IsZero() && look.Number.IsZero() {
		return "交来的表没有差错，也没有提示"
	}
	return fmt.Sprintf("差错 %s，%s；提示 %s，%s", wrong, d.Change(errorsFound).Than("上季"), look, d.Change(findingsFound).Than("上季"))
}

// townTables also show who sent what, where that is not thousands of cells.
func townTables(d *reports.Data) []reports.Numbers {
	const most = 40
	list := quality.Tables(d)
	if len(d.Communities) <= most {
		list = append(list, sheetsByCommunity(d))
	}
	return list
}

// sheetsByCommunity shows who sent what: a row for each kind that anybody sent,
// a column for each community, or the other way where they are many.
func sheetsByCommunity(d *reports.Data) reports.Numbers {
	n := reports.Numbers{Caption: "各社区各种表的张数"}
	state := func(community, kind string) string {
		in := d.Of(community, "slices", d.Period).Where("kind", kind)
		switch count := sheetsNow.Of(in); {
		case !count.Known:
			return "缺"
		case sheetsLate.Of(in).Number.IsPositive():
			return count.Figure() + " 迟"
		default:
			return count.Figure()
		}
	}
	var sent []string
	for _, k := range kinds.All() {
		if len(d.Town("slices", d.Period).Where("kind", k.Name).Rows) > 0 {
			sent = append(sent, k.Name)
		}
	}
	const abreast = 12
	first, across, down := "表", d.Communities, sent
	cell := func(kind, community string) string { return state(community, kind) }
	if len(d.Communities) > abreast {
		first, across, down, cell = "社区", sent, d.Communities, state
	}
	n.Head = []reports.Heading{{Text: first}}
	for _, name := range across {
		n.Head = append(n.Head, reports.Heading{Text: kindTitle(name), Number: true})
	}
	for _, name := range down {
		row := []string{kindTitle(name)}
		for _, other := range across {
			row = append(row, cell(name, other))
		}
		n.Rows = append(n.Rows, row)
	}
	return n
}
