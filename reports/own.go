package reports

import (
	"fmt"
	"slices"
	"strings"

	"xingce/ingest/period"
	"xingce/queries"
)

// own lists the metrics that the office has added itself and that a page can
// show: those about single persons are none.
func (d *Data) own() []*queries.Metric {
	var list []*queries.Metric
	for _, m := range d.catalog.Metrics {
		if m.Own && m.Grain != "member" && m.Grain != "volunteer" {
			list = append(list, m)
		}
	}
	return list
}

// ownSection shows the office's own metrics: the quarter, the one before, and
// a year ago.
func (d *Data) ownSection(own []*queries.Metric) Section {
	return Section{
		ID: "own", Title: "本地指标",
		Says: func(*Data) string {
			return fmt.Sprintf("本地自己写的指标 %d 个，口径见文末。", len(own))
		},
		Tables: func(d *Data) []Numbers {
			var list []Numbers
			for _, m := range own {
				list = append(list, d.ownNumbers(m))
			}
			return list
		},
	}
}

// ownNumbers is one metric's table: a row for each of its keys, and on a town's
// page for each community.
func (d *Data) ownNumbers(m *queries.Metric) Numbers {
	said := m.Title
	if word := unitWord[m.Unit]; word != "" {
		said += "，" + word
	}
	n := Numbers{Caption: said + "；口径：" + m.Basis}
	t := d.Rows(m.Name, d.Period)
	if d.Community != "" && m.Grain != "town" {
		t = without(t, "community")
	}
	numbers := shownNumbers(m, t)
	for _, c := range numbers {
		word := columnWord(c.Name)
		if c.Name == "value" {
			word = ""
		}
		n.Head = append(n.Head, Heading{word + "本季", true}, Heading{word + "上季", true}, Heading{word + "上年同期", true})
	}
	keys := 0
	for _, c := range t.Columns {
		if numeric(c) {
			continue
		}
		n.Head = slices.Insert(n.Head, keys, Heading{columnWord(c.Name), false})
		keys++
	}
	if keys == 0 {
		n.Head = slices.Insert(n.Head, 0, Heading{"项目", false})
	}
	wide := t.Beside("_before", d.ownAt(m, d.Period.Prev())).Beside("_year", d.ownAt(m, d.Period.YearBefore()))
	for i := range wide.Rows {
		var row []string
		for _, c := range t.Columns {
			if !numeric(c) {
				row = append(row, c.String(wide.Value(i, c.Name)))
			}
		}
		if keys == 0 {
			row = []string{m.Title}
		}
		for _, c := range numbers {
			for _, suffix := range []string{"", "_before", "_year"} {
				figure := ownFigure(m, c, wide.Value(i, c.Name+suffix))
				if part, whole := wide.Value(i, "part"+suffix), wide.Value(i, "whole"+suffix); len(numbers) == 1 && whole != nil && figure != "—" {
					figure += fmt.Sprintf("（%v / %v）", part, whole)
				}
				row = append(row, figure)
			}
		}
		n.Rows = append(n.Rows, row)
	}
	if len(n.Rows) == 0 {
		n.Head = []Heading{{Text: m.Title}}
		n.Rows = [][]string{{noData}}
	}
	return n
}

// shownNumbers are the columns of numbers: of a share its value alone, beside
// which its part and whole stand in brackets.
func shownNumbers(m *queries.Metric, t queries.Table) []queries.Column {
	var list []queries.Column
	for _, c := range t.Columns {
		if numeric(c) && (m.Unit != "share" || c.Name == "value") {
			list = append(list, c)
		}
	}
	return list
}

func numeric(c queries.Column) bool {
	return c.Type == queries.Int || c.Type == queries.Decimal || c.Type == queries.Float
}

// ownAt is a metric of whom the page is about in another quarter.
func (d *Data) ownAt(m *queries.Metric, p period.Period) queries.Table {
	t := d.Rows(m.Name, p)
	if d.Community != "" && m.Grain != "town" {
		t = without(t, "community")
	}
	return t
}

// without is a table with a column left out.
func without(t queries.Table, column string) queries.Table {
	at := t.Index(column)
	if at < 0 {
		return t
	}
	kept := queries.Table{Columns: slices.Delete(slices.Clone(t.Columns), at, at+1)}
	for _, row := range t.Rows {
		kept.Rows = append(kept.Rows, slices.Delete(slices.Clone(row), at, at+1))
	}
	return kept
}

// ownFigure writes a number as its column counts it; the value of a share in
// percent.
func ownFigure(m *queries.Metric, c queries.Column, v any) string {
	number, ok := queries.Number(v)
	switch {
	case !ok:
		return "—"
	case m.Unit == "share" && c.Name == "value":
		return number.Shift(2).StringFixed(Share.Scale) + "%"
	case c.Type == queries.Decimal:
		return marked(number.StringFixed(min(c.Scale, 2)), 0)
	}
	return marked(number.String(), 0)
}

// columnWord is a column's name as people call it; one that has no word of
// ours stays as the office wrote it.
func columnWord(name string) string {
	if word := columnWords[name]; word != "" {
		return word
	}
	return strings.ReplaceAll(name, "_", " ")
}

var (
	columnWords = map[string]string{"community": "社区", "part": "部分", "whole": "整体", "persons": "人数", "members": "党员",
		"households": "户数", "building": "楼栋", "kind": "类别", "day": "日期", "month": "月份", "hours": "时长", "amount": "金额",
		"party_group": "党小组", "team": "队伍", "reason": "原因", "rank": "名次"}
	unitWord = map[string]string{"persons": "人", "households": "户", "share": "比例", "yuan": "元", "hours": "小时", "attendances": "人次"}
)
