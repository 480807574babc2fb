package ingest

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
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
	var named []period.Period
	for _, text := range texts {
		if len(named) == 0 {
			named = periods(kind.Grain, text)
		}
	}
	if s.Period.IsZero() && len(named) > 0 {
		s.Period = named[0]
	}
	if s.Community == "" {
		wanted := "标题、“单位：”一行或文件名里写明社区名称"
		if len(r.Communities) > 0 {
			wanted += "（" + strings.Join(r.Communities, "、") + "）"
		}
		issues = append(issues, Issue{Severity: Error, Code: "no-community", Found: "看不出是哪个社区的表", Wanted: wanted, Mend: "补上后重新上传，或用 --community 指定"})
	}
	switch {
	case s.Period.IsZero():
		wanted := "标题或文件名里写明期间，如 2025年第四季度"
		if kind.Grain == period.Yearly {
			wanted = "标题或文件名里写明年度，如 2025年度"
		}
		issues = append(issues, Issue{Severity: Error, Code: "no-period", Found: "看不出是哪一期的表", Wanted: wanted, Mend: "补上后重新上传，或用 --period 指定"})
	case s.Period.Grain() != kind.Grain:
		wanted := kind.Title + "按季度报，如 2025Q4"
		if kind.Grain == period.Yearly {
			wanted = kind.Title + "按年报，如 2025"
		}
		issues = append(issues, Issue{Severity: Error, Code: "grain", Found: fmt.Sprintf("期间是 %s", s.Period.Title()), Wanted: wanted, Mend: "改正期间后重新上传"})
	case hint.Period.IsZero() && len(named) > 1:
		issues = append(issues, Issue{Severity: Error, Code: "ambiguous-period", Found: fmt.Sprintf("分不清是%s还是%s的表", named[0].Title(), named[1].Title()), Wanted: "标题里只写这张表自己的期间", Mend: "改好后重新上传，或用 --period 指定"})
	}
	if kind.Parted {
		s.Part = part(kind, s, hint, sheetName, texts)
	}
	return s, issues
}

// named says whether a line names a slice or its kind, and whether it names
// another slice.
func (r *Reader) named(s Slice, kind *Kind, line string) (own, other bool) {
	community, when, part := r.community(line), periods(kind.Grain, line), ""
	if kind.Parted {
		part = partOf(line)
	}
	other = community != "" && community != s.Community || len(when) > 0 && !slices.Contains(when, s.Period) || part != "" && part != s.Part
	return !other && (community != "" || len(when) > 0 || part != "" || kind.named(person.Compact(line))), other
}

// whose is the community that a sheet is about, "" if nothing tells.
func (r *Reader) whose(hint Hint, texts []string) string {
	name := hint.Community
	for _, text := range texts {
		name = cmp.Or(name, r.community(text))
	}
	return name
}

// periods are the ones of a grain that a text may say a sheet is about: those
// of its surest writing, one if all is well. A day says it only if a quarter
// ends on it, 截至2025年12月31日: on any other a sheet is filled in or printed.
func periods(grain period.Grain, text string) []period.Period {
	text = norm.NFKC.String(text)
	var list, others []period.Period
	by, read := period.ByName, false
	for _, m := range period.Mentions(text) {
		if besides(m) {
			continue
		}
		if !read && m.Period.IsZero() {
			return nil // 2025年1-9月 is no quarter, whatever else stands there
		}
		read = true
		switch {
		case m.Period.IsZero() || slices.Contains(list, m.Period):
		case m.Period.Grain() != grain:
			others = append(others, m.Period)
		case len(list) == 0:
			list, by = append(list, m.Period), m.By
		case m.By == by:
			list = append(list, m.Period)
		}
	}
	// 2025年捐款台账（四季度）
	if quarters := period.Quarters(text); len(list) == 0 && grain == period.Quarterly && len(others) == 1 && len(quarters) == 1 {
		list = append(list, period.Quarter(others[0].Start.Year(), quarters[0]))
	}
	return list
}

var (
	// ofOthers are words for periods that a sheet only refers to.
	ofOthers     = regexp.MustCompile(`(?:上一?个?[期季年]|去年|往年|同期|前期|根据|按照|依据|遵照|通知|文件|要求)[^,。;()]*$|(?:结转|结余|余额)[:\s]*$`)
	ofOthersNext = regexp.MustCompile(`^\s*(?:[末底]|期末)?的?(?:结转|结余|余额|通知|文件|要求)`)
	// madeOn are words round the day or month in which a sheet was filled in,
	// printed or handed in: the register of a fourth quarter is in January.
	madeOn     = regexp.MustCompile(`(?:填表|填报|填写|制表|编制|编报|报送|上报|报出|呈报|提交|审核|审批|印发|发布|打印|导出|更新)(?:日期|时间|日)[^\d:]{0,4}[:\s]*$|(?:^|[\s,。;()])日期[:\s]*$|人:\s*[^\s:]{0,8}\s*$`)
	madeOnNext = regexp.MustCompile(`^\s*(?:报送|上报|呈报|填报|提交|导出|打印|(?:报|交|收|填|制)(?:$|[\s)_.-]))`)
	eventOn    = regexp.MustCompile(`(?:活动|会议|签到|走访|慰问|捐款)(?:日期|时间)[:\s]*$`)
	label      = regexp.MustCompile(`[^\s,。;()]*:\s*$`)
)

// besides reports whether a mention is of another period than the sheet's.
func besides(m period.Mention) bool {
	before := m.Before
	if own := label.FindString(before); own != "" {
		before = own // 统计期： after 根据通知
	}
	switch {
	case ofOthers.MatchString(before) || ofOthersNext.MatchString(m.After):
		return true
	case m.By == period.ByName:
		return false
	case madeOn.MatchString(m.Before) || madeOnNext.MatchString(m.After):
		return true
	}
	return m.By == period.ByDay && !m.Day.Equal(m.Period.LastDay()) && !eventOn.MatchString(m.Before)
}

var (
	lineAfter  = regexp.MustCompile(`[_＿]+([社村年第季度月日])`)
	lineBefore = regexp.MustCompile(`([区村年第度月：:])[_＿]+([\p{Han}\d])`)
	setWide    = regexp.MustCompile(`(?:^|\P{Han})(?:\p{Han} ){2,}\p{Han}(?:\P{Han}|$)`)
)

// filledIn takes away what is left of a form's underscores around what was
// filled in, ＿象山＿社区2025＿年第_四_季度, and the spaces of 居 民 登 记 表.
func filledIn(text string) string {
	text = setWide.ReplaceAllStringFunc(text, func(wide string) string { return " " + strings.ReplaceAll(wide, " ", "") + " " })
	return lineBefore.ReplaceAllString(lineAfter.ReplaceAllString(text, "$1"), "$1$2")
}

// contradiction compares what a sheet says of its place with what the names
// of its file and folders say: a copy of last quarter's sheet whose title was
// forgotten. What a person said beside the file settles it.
func (r *Reader) contradiction(s Slice, hint Hint, names []string) *Issue {
	for i, name := range names {
		said, found := "", ""
		if c := r.community(name); hint.Community == "" && c != "" && c != s.Community {
			said, found = s.Community, c
		} else if hint.Period.IsZero() {
			said, found = s.Period.Title(), otherTime(s.Period, norm.NFKC.String(name), i < len(names)-1)
		}
		if found != "" {
			return &Issue{Severity: Error, Code: "contradiction", Found: fmt.Sprintf("表里写的是%s，文件名或文件夹写的是%s", said, found), Wanted: "两处一致", Mend: "改正写错的一处再交"}
		}
	}
	return nil
}

// bareFolder is a folder that is called by a year or a month alone.
var bareFolder = regexp.MustCompile(`^(?:((?:19|20)\d{2})|(\d{1,2})月份?)$`)

// otherTime is what the name of a file or folder says that cannot be so of a
// sheet about p, "" for nothing. A year or a month may also be that in which
// the sheet was handed in; a year in a file's name, that of what it tells of.
func otherTime(p period.Period, name string, folder bool) string {
	handedIn := period.QuarterOf(p.End)
	apart := func(q period.Period) bool { return !q.Overlaps(p) && !q.Overlaps(handedIn) }
	for _, m := range period.Mentions(name) {
		switch q := m.Period; {
		case q.IsZero() || besides(m) || q.Grain() == period.Yearly && !folder:
		case m.By == period.ByName && q.Grain() == period.Quarterly && q.Grain() == p.Grain():
			if q != p {
				return q.Title()
			}
		case apart(q):
			return m.Written
		}
	}
	for _, n := range period.Quarters(name) {
		if !period.Quarter(p.Start.Year(), n).Overlaps(p) {
			return fmt.Sprintf("第%s季度", string([]rune("一二三四")[n-1]))
		}
	}
	if m := bareFolder.FindStringSubmatch(name); m != nil && folder {
		year, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		if year > 0 && apart(period.Year(year)) ||
			month > 0 && apart(period.Quarter(p.Start.Year(), (month+2)/3)) && apart(period.Quarter(handedIn.Start.Year(), (month+2)/3)) {
			return name
		}
	}
	return ""
}

// notYet refuses a period that had not begun when the file came: with a year
// mistyped it would pass for the newest of all.
func notYet(s Slice, received time.Time) *Issue {
	if received.IsZero() || s.Period.Start.Before(received.AddDate(0, 0, 1)) {
		return nil
	}
	return &Issue{Severity: Error, Code: "future-period", Found: "表里写的是" + s.Period.Title() + "，还没有到", Wanted: "已经开始的一期", Mend: "请核对标题和文件名里的年份和季度"}
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
	if remark.MatchString(person.Compact(text)) { // 填表说明：本表由社区填报
		return ""
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
