package ingest

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"xingce/ingest/sheet"
)

const sheetUnits = `(?:人民币)?(万元|千元|百元|元|小时|分钟|平方公里|平方千米|公顷|平方米)`

var (
	// unitLine names a unit for a whole sheet: 单位：万元, 单位：人、万元.
	unitLine = regexp.MustCompile(`单位\s*[:为是]?\s*(?:\p{Han}{1,2}[、,/]\s*)*` + sheetUnits + `(?:$|[^\p{Han}])|` + sheetUnits + `为单位`)
	// unitOfTitle does so in a title: 捐款台账（万元）. With a figure behind it
	// is that figure's: 已收（万元）：8.9.
	unitOfTitle = regexp.MustCompile(`[(\[【]\s*` + sheetUnits + `\s*[)\]】]\s*(?:[^\s\d:.]|$)|(?:^|[^\s\d.]\s+)` + sheetUnits + `$`)
	// onlyUnit is a cell under a heading that says what the heading counts.
	onlyUnit = regexp.MustCompile(`^[(\[]?(?:单位:?)?(万元|千元|百元|元|万|小时|时|分钟|分|人次|[人次户份张项个岁%]|平方公里|平方千米|公顷|平方米)[)\]]?$`)
	// footNote begins a remark below the rows.
	footNote = regexp.MustCompile(`^(?:\d+[.、]|[*※])?\s*(?:附?注|备注|说明|(?:金额|计量|时长)?单位)`)
)

// unitBelow is the unit that a cell holds and nothing else, "" if it does not.
func unitBelow(text string) string {
	if len(text) > 30 { // spares most cells the reading
		return ""
	}
	if m := onlyUnit.FindStringSubmatch(plainHeading(text)); m != nil {
		return m[1]
	}
	return ""
}

// unitAbove is the unit in the brackets of a level above: 捐款（万元） over 金额.
func (h heading) unitAbove(words dictionary) string {
	for _, level := range h[:len(h)-1] {
		if unit := words.read(level).unit; unitBelow(unit) != "" {
			return unit
		}
	}
	return ""
}

// countedIn reports whether a column's figures can be in a unit.
func (c Column) countedIn(unit string) bool {
	known := false
	switch c.Type {
	case Money:
		_, known = yuan[unit]
	case Hours:
		known = hourUnits[unit] || minuteUnits[unit]
	case Area:
		_, known = squares[unit]
	}
	return known
}

// measured gives the columns whose headings name no unit the one that a line
// above the header, or a remark below the rows, names for the whole sheet. Two
// units for one column are an issue.
func (l *layout) measured(ctx context.Context, sh *sheet.Sheet, lines []string, header int) ([]Issue, error) {
	if issues := l.measure(lines, unitLine, unitOfTitle); len(issues) > 0 || !slices.ContainsFunc(l.columns, located.unmeasured) {
		return issues, nil
	}
	var foot []string
	for row, err := range sh.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		if row.Number > header {
			if text := line(row); footNote.MatchString(text) || !strings.Contains(text, " ") {
				foot = append(foot, text)
			}
		}
	}
	return l.measure(foot, unitLine), nil
}

// unmeasured columns have no unit yet; 金额（小写） names none.
func (c located) unmeasured() bool {
	return c.countedIn("") && (c.unit == "" || c.unit == "小写" || c.unit == "数字")
}

func (l *layout) measure(lines []string, writings ...*regexp.Regexp) []Issue {
	var units []string
	for _, line := range lines {
		for _, writing := range writings {
			for _, m := range writing.FindAllStringSubmatch(norm.NFKC.String(line), -1) {
				units = append(units, m[1]+m[2])
			}
		}
	}
	for i := range l.columns {
		c := &l.columns[i]
		if !c.unmeasured() {
			continue
		}
		own := slices.DeleteFunc(slices.Clone(units), func(unit string) bool { return !c.countedIn(unit) })
		for _, unit := range own {
			if unit != own[0] {
				return []Issue{{Severity: Error, Code: "two-units", Found: fmt.Sprintf("“%s”的单位写了两个：%s和%s", c.heading, own[0], unit), Wanted: "整张表一个单位", Mend: fmt.Sprintf("请写在列名里，如 %s（%s）", c.heading, own[0])}}
			}
			c.unit = unit
		}
	}
	return nil
}
