package ingest

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"xingce/ingest/period"
	"xingce/ingest/person"
)

var (
	partLine    = regexp.MustCompile(`(?:活动名称|活动主题|捐款项目|项目名称)[:：]\s*([^\s:：]+)(?:\s|$)`)
	defaultName = regexp.MustCompile(`(?i)^(?:sheet|table|工作表|表)\s*\d*$`)
	spreadsheet = regexp.MustCompile(`(?i)\.(?:csv|txt|xlsx?|et|tsv)$`)
	// oneOfMany is a name that tells the sheets of one file apart, not one file
	// from another: 12月, 第二次.
	oneOfMany = regexp.MustCompile(`^(?:[A-Za-z]|第?[\d一二三四五六七八九十年月日.-]+[份号次期批场组周]?)$`)
)

// part tells the sheets of a log apart: by what was said, by a line such as
// 活动名称：…, else by a sheet's name that says more than the slice does, else
// by what its file's name says more.
func part(kind *Kind, s Slice, hint Hint, sheetName string, texts []string) string {
	if hint.Part != "" {
		return person.Scrub(hint.Part)
	}
	for _, text := range texts {
		if name := partOf(text); name != "" {
			return name
		}
	}
	file := ""
	if i := slices.IndexFunc(texts, spreadsheet.MatchString); i >= 0 {
		file = person.Scrub(unsaid(kind, s, mended(again.ReplaceAllString(mended(spreadsheet.ReplaceAllString(texts[i], "")), ""))))
	}
	tab := person.Scrub(mended(sheetName))
	switch more := unsaid(kind, s, tab); {
	case strings.Contains(kind.Title, more) || defaultName.MatchString(tab) || defaultName.MatchString(more):
		return file
	case oneOfMany.MatchString(more):
		return strings.TrimSpace(file + " " + tab)
	}
	return tab
}

// partOf is the part that a line names, "" if it does not.
func partOf(line string) string {
	m := partLine.FindStringSubmatch(line)
	if m == nil {
		return ""
	}
	return person.Scrub(tidy(strings.Trim(m[1], "_")))
}

// copyWords say that a file or a sheet was mended, not that it is another.
const copyWords = `(?:问题)?已?(?:修改|更改|更正|订正|改正|整改|标红|标注|核对|核实|校对)(?:好了?|后|过|完成?|稿|版|无误)?|` +
	`(?:问题)?(?:已改(?:好了?|过|完成?|正)?|改(?:好了?|后|过|完))[稿版]?|第?[\d一二三四五六][稿版]|v\d+(?:\.\d+)?|` +
	`已(?:审核?|确认|更新|完善|补正|定稿?)|(?:审核|确认|更新|完善|补正)(?:后|过|版|稿)|最[终新后][稿版]?|[终定新正][稿版]|正式[稿版]?|的?副本|复件|拷贝|copy`

var (
	copyMarks = regexp.MustCompile(`(?i)[(\[【]\s*(?:` + copyWords + `|[改新终定]|审核|确认|更新)\s*\d*\s*[)\]】]|[\s_-]*(?:` + copyWords + `|[\s_-][改新])\s*(?:\(?\d+\)?)?$|^(?:副本|复件|最新版?|(?:修改|改)后的?)[\s_-]*`)
	again     = regexp.MustCompile(`[\s_-]*\(\d+\)$`) // what a program calls the same file
	sentBy    = regexp.MustCompile(`^\p{Han}{2,4}(?:提交|上交|报送|交)[\s_-]+`)
)

// mended is a name without what marks it as the mended copy of another.
func mended(name string) string {
	name = sentBy.ReplaceAllString(norm.NFKC.String(tidy(name)), "")
	for {
		shorter := copyMarks.ReplaceAllString(name, "")
		if shorter == name || shorter == "" {
			return name
		}
		name = shorter
	}
}

// everyFile are words that any file may be called by.
var everyFile = regexp.MustCompile(`(?i)附件\d*|上传|上报|报送|导出|数据|汇总|统计|明细|新建|工作簿\d*|工作表|表格|台账|登记|名单|名册|模板|党建|book\d*|sheet\d*`)

// unsaid is what a name says beyond the slice: no community, no period, not
// what every such sheet is called.
func unsaid(kind *Kind, s Slice, name string) string {
	name = norm.NFKC.String(name)
	for _, m := range period.Mentions(name) {
		// The period itself, or when it was handed in; an event's day or month
		// in it tells the event.
		of := m.Period.Overlaps(s.Period)
		if m.By == period.ByName && of || m.By == period.ByMonth && !of || m.By == period.ByDay && (!of || m.Day.Equal(s.Period.LastDay())) {
			name = strings.Replace(name, m.Written, " ", 1)
		}
	}
	said := append([]string{s.Community, kind.Title}, kind.Titles...)
	if short := strings.TrimSuffix(strings.TrimSuffix(s.Community, "社区"), "村"); len([]rune(short)) > 1 {
		said = append(said, short)
	}
	slices.SortFunc(said, func(a, b string) int { return len(b) - len(a) })
	for _, word := range said {
		name = strings.ReplaceAll(name, word, "")
	}
	const marks = " _-()[]【】《》“”.,、"
	return strings.Trim(strings.TrimRight(everyFile.ReplaceAllString(name, ""), marks+"表册"), marks)
}
