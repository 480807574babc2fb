package ingest

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"xingce/ingest/period"
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
// file's name, its folder's.
func (r *Reader) place(kind *Kind, hint Hint, sheetName string, texts []string) (Slice, []Issue) {
	s := Slice{Kind: kind.Name, Community: hint.Community, Period: hint.Period}
	var issues []Issue
	for _, text := range texts {
		if s.Community == "" {
			s.Community = r.community(text)
		}
		if s.Period.IsZero() {
			if p, ok := period.Find(norm.NFKC.String(text)); ok && p.Grain() == kind.Grain {
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
		issues = append(issues, Issue{Severity: Error, Code: "grain", Found: fmt.Sprintf("期间是 %s", s.Period.Title()), Wanted: kind.Title + "按季度报，如 2025Q4", Mend: "改正期间后重新上传"})
	}
	if kind.Parted {
		s.Part = part(kind, hint, sheetName, texts)
	}
	return s, issues
}

var (
	partLine    = regexp.MustCompile(`(?:活动名称|活动主题|捐款项目|项目名称)[:：]\s*([^\s:：]+)`)
	defaultName = regexp.MustCompile(`(?i)^(?:sheet|工作表|表)\s*\d*$`)
)

// part tells the sheets of a log apart: by what was said, by a line such as
// 活动名称：…, else by a sheet's name that says more than the kind does.
func part(kind *Kind, hint Hint, sheetName string, texts []string) string {
	if hint.Part != "" {
		return hint.Part
	}
	for _, text := range texts {
		if m := partLine.FindStringSubmatch(text); m != nil {
			return tidy(m[1])
		}
	}
	if name := tidy(sheetName); !defaultName.MatchString(name) && name != kind.Title {
		return name
	}
	return ""
}

var communityName = regexp.MustCompile(`[\p{Han}]{1,12}?(?:社区|村民委员会|村)`)
var above = regexp.MustCompile(`^.*?(?:街道办事处|街道|镇|乡|单位)`)

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
	name := communityName.FindString(text)
	if shorter := above.ReplaceAllString(name, ""); len([]rune(shorter)) > 2 {
		name = shorter
	}
	return name
}
