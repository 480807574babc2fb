package ingest

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"xingce/ingest/period"
	"xingce/ingest/person"
)

// A Hint is what a person said about a file; an empty field is to be found
// in the file.
type Hint struct {
	Kind      string
	Community string
	Period    period.Period
	Part      string
}

// place finds which slice a sheet is about. Texts are the places to look,
// the surest first: the lines above the header, the sheet's name, the
// file's name.
func (r *Reader) place(kind *Kind, hint Hint, sheetName string, texts []string) (Slice, []Issue) {
	s := Slice{Kind: kind.Name, Community: r.whose(hint, texts), Period: hint.Period}
	var issues []Issue
	for _, text := range texts {
		if s.Period.IsZero() {
			if p, ok := period.Find(madeOn.ReplaceAllString(norm.NFKC.String(text), "")); ok && p.Grain() == kind.Grain {
				s.Period = p
			}
		}
	}
	if s.Community == "" {
		wanted := "标题、“单位：”一行或文件名里写明社区名称"
		if len(r.Communities) > 0 {
			wanted += "（" + strings.Join(r.Communities, "、") + "）"
		}
		issues = append(issues, Issue{Severity: Error, Code: "no-community", Found: "看不出是哪个社区的表", Wanted: wanted, Mend: "补上后重新上传，或用 --community 指定"})
	}
	if s.Period.IsZero() {
		wanted := "标题或文件名里写明期间，如 2025年第四季度"
		if kind.Grain == period.Yearly {
			wanted = "标题或文件名里写明年度，如 2025年度"
		}
		issues = append(issues, Issue{Severity: Error, Code: "no-period", Found: "看不出是哪一期的表", Wanted: wanted, Mend: "补上后重新上传，或用 --period 指定"})
	} else if s.Period.Grain() != kind.Grain {
		wanted := kind.Title + "按季度报，如 2025Q4"
		if kind.Grain == period.Yearly {
			wanted = kind.Title + "按年报，如 2025"
		}
		issues = append(issues, Issue{Severity: Error, Code: "grain", Found: fmt.Sprintf("期间是 %s", s.Period.Title()), Wanted: wanted, Mend: "改正期间后重新上传"})
	}
	if kind.Parted {
		s.Part = part(kind, s, hint, sheetName, texts)
	}
	return s, issues
}

// whose is the community that a sheet is about, "" if nothing tells.
func (r *Reader) whose(hint Hint, texts []string) string {
	name := hint.Community
	for _, text := range texts {
		name = cmp.Or(name, r.community(text))
	}
	return name
}

// madeOn is when a sheet was filled in or printed: the register of a fourth
// quarter is filled in in January.
var madeOn = regexp.MustCompile(`(?:填表|填报|填写|制表|编制|上报|报送|打印|导出|更新)(?:日期|时间)[:\s]*\d{4}(?:\s*[年月./-]?\s*\d{1,2}){2}`)

var (
	lineAfter  = regexp.MustCompile(`[_＿]+([社村年第季度月日])`)
	lineBefore = regexp.MustCompile(`([区村年第度月：:])[_＿]+([\p{Han}\d])`)
)

// filledIn takes away what is left of a form's underscores around what was
// filled in: ＿象山＿社区2025＿年第_四_季度.
func filledIn(text string) string {
	return lineBefore.ReplaceAllString(lineAfter.ReplaceAllString(text, "$1"), "$1$2")
}

var (
	partLine    = regexp.MustCompile(`(?:活动名称|活动主题|捐款项目|项目名称)[:：]\s*([^\s:：]+)`)
	defaultName = regexp.MustCompile(`(?i)^(?:sheet|工作表|表)\s*\d*$`)
)

// part tells the sheets of a log apart: by what was said, by a line such as
// 活动名称：…, else by a sheet's name that says more than the slice does.
func part(kind *Kind, s Slice, hint Hint, sheetName string, texts []string) string {
	if hint.Part != "" {
		return hint.Part
	}
	for _, text := range texts {
		if m := partLine.FindStringSubmatch(text); m != nil {
			if name := strings.Trim(m[1], "_"); name != "" {
				return person.Scrub(tidy(name))
			}
		}
	}
	if name := person.Scrub(tidy(sheetName)); name != "" && !defaultName.MatchString(name) {
		if rest := unsaid(kind, s, name); rest == "" || defaultName.MatchString(rest) {
			return ""
		}
		return name
	}
	// A text file, or a Sheet1: one file for each event. Only what is left of
	// its name counts, so that 捐款台账 and 捐款台账（改） are one.
	if file := slices.IndexFunc(texts, spreadsheet.MatchString); file >= 0 {
		name := unsaid(kind, s, spreadsheet.ReplaceAllString(tidy(texts[file]), ""))
		return person.Scrub(strings.Trim(everyFile.ReplaceAllString(name, ""), " _-（）()表册"))
	}
	return ""
}

var (
	spreadsheet = regexp.MustCompile(`(?i)\.(?:csv|txt|xlsx?|et|tsv)$`)
	// everyFile are words that tell copies of one file apart, and those that
	// any file may be called by.
	everyFile = regexp.MustCompile(`(?i)[(（\[【]?(?:第?\d+[稿版次]|[vV]\d+|\d+|改|修改|更正|订正|最终|定稿|副本|最新|新)+[版稿后]?[)）\]】]?$|附件\d*|上传|上报|报送|导出|数据|汇总|统计|明细|新建|工作簿\d*|工作表|表格|台账|登记|名单|名册|book\d*|sheet\d*`)
)

// unsaid is what a name says beyond the slice: no community, no period, not
// what every such sheet is called.
func unsaid(kind *Kind, s Slice, name string) string {
	said := append([]string{s.Community, s.Period.Title(), s.Period.String(), kind.Title}, kind.Titles...)
	slices.SortFunc(said, func(a, b string) int { return len(b) - len(a) })
	for _, word := range said {
		name = strings.ReplaceAll(name, word, "")
	}
	name = quarterWords.ReplaceAllString(name, "")
	return strings.Trim(name, " _-（）()")
}

// quarterWords name a quarter so that nothing else can be meant.
var quarterWords = regexp.MustCompile(`(?:19|20)\d{2}\s*年?度?\s*第?\s*(?:[一二三四1-4]\s*季度?|[Qq][1-4])`)

// contradiction compares what a sheet says of its place with what the names
// of its file and folders say: a copy of last quarter's sheet whose title was
// forgotten. What a person said beside the file settles it.
func (r *Reader) contradiction(s Slice, hint Hint, names []string) *Issue {
	for _, name := range names {
		if c := r.community(name); hint.Community == "" && c != "" && c != s.Community {
			return &Issue{Severity: Error, Code: "contradiction", Found: fmt.Sprintf("表里写的是%s，文件名或文件夹写的是%s", s.Community, c), Wanted: "两处一致", Mend: "改正写错的一处再交"}
		}
		if m := quarterWords.FindString(norm.NFKC.String(name)); hint.Period.IsZero() && m != "" {
			if p, ok := period.Find(m); ok && p != s.Period && p.Grain() == s.Period.Grain() {
				return &Issue{Severity: Error, Code: "contradiction", Found: fmt.Sprintf("表里写的是%s，文件名或文件夹写的是%s", s.Period.Title(), p.Title()), Wanted: "两处一致", Mend: "改正写错的一处再交"}
			}
		}
	}
	return nil
}

// notYet refuses a period that had not begun when the file came: with a year
// mistyped it would pass for the newest of all.
func notYet(s Slice, received time.Time) *Issue {
	if received.IsZero() || s.Period.Start.Before(received.AddDate(0, 0, 1)) {
		return nil
	}
	return &Issue{Severity: Error, Code: "future-period", Found: "表里写的是" + s.Period.Title() + "，还没有到", Wanted: "已经开始的一期", Mend: "请核对标题和文件名里的年份和季度"}
}

var unitLine = regexp.MustCompile(`单位[:：]\s*(万元|千元|百元|元|分钟|小时)(?:$|[\s)）])`)

// measured gives the columns whose headings name no unit the one that a line
// above the header names for the whole sheet: 单位：万元.
func (l *layout) measured(lines []string) {
	for _, line := range lines {
		m := unitLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		_, money := yuan[m[1]]
		for i := range l.columns {
			if c := &l.columns[i]; c.unit == "" && (c.Type == Money && money || c.Type == Hours && !money) {
				c.unit = m[1]
			}
		}
	}
}

var (
	communityName = regexp.MustCompile(`[\p{Han}]{1,12}?(?:社区|村民委员会|村)`)
	above         = regexp.MustCompile(`^.*?(?:街道办事处|街道|镇|乡|单位)`)
	// timeWords stand before a name in titles: 第四季度象山社区居民登记表.
	timeWords = regexp.MustCompile(`第?[一二三四1-4]季度|[上下]半年|\d+\s*(?:年度?|月份?|日)`)
	// anyCommunity are words for communities at large.
	anyCommunity = map[string]bool{
		"农村": true, "乡村": true, "全村": true, "本村": true, "我村": true, "各村": true, "农村社区": true, "城乡社区": true, "城市社区": true, "智慧社区": true,
		"本社区": true, "我社区": true, "各社区": true, "全社区": true, "所在社区": true, "所属社区": true, "党员社区": true,
	}
)

// community finds a community's name in a text: one of those configured, or,
// where none is, anything that is called like one.
func (r *Reader) community(text string) string {
	longest := ""
	for _, name := range r.Communities {
		if len(name) > len(longest) && strings.Contains(text, name) {
			longest = name
		}
	}
	if len(r.Communities) > 0 {
		return longest
	}
	for _, name := range communityName.FindAllString(timeWords.ReplaceAllString(text, " "), -1) {
		if shorter := above.ReplaceAllString(name, ""); len([]rune(shorter)) > 2 {
			name = shorter
		}
		if !anyCommunity[name] {
			return name
		}
	}
	return ""
}
