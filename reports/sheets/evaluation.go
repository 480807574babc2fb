// Package sheets is the shelf of workbooks: what an office prints, signs and
// files. Each makes one; the evaluation workbook has a file for each of its
// larger sheets.
package sheets

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/ingest/kinds"
	"xingce/queries"
	"xingce/queries/stars"
	"xingce/reports"
)

// An EvaluationInput is all that the evaluation workbook depends on.
type EvaluationInput struct {
	Scope   // a community and a year
	Policy  stars.Policy
	Ratings []stars.Rating // of the community, in the roll's order
	Sources queries.Table  // the metric sources for the year; those of other communities are left out
}

// Evaluation is the year's star ratings (党员星级评定表) as a workbook for
// people to decide by: what the policy proposes for each member and why, as
// formulas that anyone can follow, the policy itself, and what it was all
// counted from. Its yellow columns are for the branch's opinion, which
// ReadReview reads back. Members whom another branch judges are only counted.
func Evaluation(in EvaluationInput) (reports.Page, error) {
	e := evaluation{EvaluationInput: in}
	e.roster = rosterOf(in.Policy, in.Ratings)
	e.book = in.Scope.book("党员星级评定")
	b := e.book
	summary := e.summaryForm(b)
	own := e.tableForm(b, tableTab, "党员星级评定表", e.listed)
	apart := (*table)(nil)
	if len(e.separate) > 0 {
		apart = e.tableForm(b, separateTab, strings.Join(in.Policy.Separate, "、")+"党员星级单列评定表", e.separate)
	}
	counts := e.countsForm(b)
	pages := e.pagesForms(b)
	quotas := e.quotasForm(b)
	rules := e.rulesForm(b)
	sources := e.sourcesForm(b)
	checks := e.checksForm(b)

	counted := e.counts(counts)
	tables := []*table{own}
	own.write(counted)
	if apart != nil {
		apart.write(counted[len(e.listed):])
		tables = append(tables, apart)
	}
	e.pages(pages, tables)
	e.summary(summary)
	e.quotas(quotas)
	e.rules(rules)
	e.sources(sources)
	e.checks(checks, summary, sources, tables)
	page, err := b.Page(in.path(in.Community, "evaluation.xlsx"))
	page.Claims = e.claims(in.Community, in.Period)
	return page, err
}

// The tabs that ReadReview looks for.
const (
	tableTab    = "评定表"
	separateTab = "单列评定表"
)

type evaluation struct {
	EvaluationInput
	roster
	book *reports.Book
}

// A roster is a community's ratings: the branch's own, those judged beside
// them, and those only counted, each in the roll's order.
type roster struct{ listed, separate, elsewhere []stars.Rating }

func rosterOf(p stars.Policy, ratings []stars.Rating) roster {
	var l roster
	for _, r := range ratings {
		switch {
		case r.Separate:
			l.separate = append(l.separate, r)
		case slices.Contains(p.Elsewhere, r.Kind):
			l.elsewhere = append(l.elsewhere, r)
		default:
			l.listed = append(l.listed, r)
		}
	}
	return l
}

func kindTitle(name string) string {
	if k := kinds.Find(name); k != nil {
		return k.Title
	}
	return name
}

func short(sha256 string) string { return sha256[:min(12, len(sha256))] }

// group is empty for those who are of no group of this branch.
func group(r stars.Rating) string {
	if r.Group == "" && r.Scored && !r.Separate {
		return "未编组"
	}
	return r.Group
}

// starText is a rating's star as a sheet shows it: ★★★, or words for none.
func starText(r stars.Rating) string {
	if r.Graded && r.Star > 0 {
		return stars.StarMarks(r.Star)
	}
	return r.StarTitle()
}

// share is null over nothing.
func share(part, whole int) any {
	if whole == 0 {
		return nil
	}
	return decimal.NewFromInt(int64(part)).DivRound(decimal.NewFromInt(int64(whole)), 10)
}

// number is the column 序号.
var number = reports.FormColumn{Format: "0", Least: 6, Centre: true}

// most is how many digits after the point the scored members of a list need.
func most(list []stars.Rating, of func(stars.Rating) decimal.Decimal) int {
	places := 0
	for _, r := range list {
		if r.Scored {
			places = max(places, digits(of(r)))
		}
	}
	return places
}

// digits is how many digits after the point it takes to write a number.
func digits(d decimal.Decimal) int {
	_, fraction, _ := strings.Cut(d.String(), ".")
	return len(fraction)
}
