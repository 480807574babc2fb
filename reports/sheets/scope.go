package sheets

import (
	"fmt"
	"strings"
	"time"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/reports"
)

// A Scope is whom and when a workbook is about, and what it was made by.
type Scope struct {
	Community string // or the town
	Period    period.Period
	SQL       string // the hash of the catalog
	Version   string // of the program
}

// book starts a workbook of a name (党员积分公示).
func (s Scope) book(name string) *reports.Book {
	return reports.NewBook(s.title(name), s.Community+"　"+s.Period.Title()+name, s.Period.LastDay())
}

func (s Scope) title(name string) string { return s.Community + s.Period.Title() + name }

// path is below published/; the town has a folder of its own.
func (s Scope) path(folder, file string) string {
	return fmt.Sprintf("%s/%s/%s", s.Period, folder, file)
}

func (s Scope) made() string { return "统计语句 " + s.SQL + "　程序 " + s.Version }

// TownFolder is where files about the whole town lie.
const TownFolder = "town"

// Title says what a file of the shelf is, "" for what is none of it.
func Title(file string) string {
	if version, ok := strings.CutPrefix(strings.TrimSuffix(file, ".xlsx"), "notice-"); ok {
		return "公示名单（第 " + version + " 版）"
	}
	return map[string]string{
		"evaluation.xlsx": "星级评定", "ledger.xlsx": "积分台账", "notice.xlsx": "公示名单（草案）",
		"points.xlsx": "积分公示", "feedback.xlsx": "反馈卡", "findings.xlsx": "问题清单", "submissions.xlsx": "报送情况",
	}[file]
}

// A reader reads a row of a table by its columns' names.
type reader struct {
	queries.Table
	row int
}

func (r reader) text(column string) string { s, _ := r.Value(r.row, column).(string); return s }

func (r reader) count(column string) int { n, _ := r.Value(r.row, column).(int64); return int(n) }

func (r reader) day(column string) string {
	if t, ok := r.Value(r.row, column).(time.Time); ok {
		return t.Format("2006年1月2日")
	}
	return ""
}

// number is an int or decimal, nil where there is none.
func (r reader) number(column string) any {
	switch v := r.Value(r.row, column).(type) {
	case int64:
		return int(v)
	default:
		return v
	}
}

// each reads the rows of one community.
func each(t queries.Table, community string, do func(reader)) {
	t = t.Where("community", community)
	for i := range t.Rows {
		do(reader{t, i})
	}
}

// part is the span of time that a row of a table is about.
func (r reader) period() period.Period {
	var p period.Period
	p.Start, _ = r.Value(r.row, "period_start").(time.Time)
	p.End, _ = r.Value(r.row, "period_end").(time.Time)
	return p
}
