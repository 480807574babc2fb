package queries

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A metric's file begins with lines of `-- key: value`, then an empty comment
// line, then the paragraph; the first line that is no comment starts the SQL.
// The error begins with the line's number.
func parseMetric(text string) (*Metric, error) {
	m := &Metric{SQL: text}
	fields := map[string]*string{"metric": &m.Name, "title": &m.Title, "grain": &m.Grain, "unit": &m.Unit, "basis": &m.Basis}
	var paragraph []string
	inHeader := true
	n, statement := 0, text
	for line := range strings.Lines(text) {
		n++
		said, isComment := strings.CutPrefix(strings.TrimSpace(line), "--")
		if !isComment {
			break
		}
		statement = statement[len(line):]
		said = strings.TrimSpace(said)
		if inHeader && said == "" {
			inHeader = false
			continue
		}
		if !inHeader {
			paragraph = append(paragraph, said)
			continue
		}
		key, value, _ := strings.Cut(said, ":")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if key == "trace" {
			trace, err := parseTrace(value)
			if err != nil {
				return nil, fmt.Errorf("%d: %w", n, err)
			}
			if m.Trace(trace.Column) != nil {
				return nil, fmt.Errorf("%d: the trace of %s is said twice", n, trace.Column)
			}
			m.Traces = append(m.Traces, trace)
			continue
		}
		if key == "persons" && m.Persons == nil {
			value, m.Apart = strings.CutSuffix(value, " apart")
			m.Persons = strings.Split(value, ", ")
			continue
		}
		field := fields[key]
		if field == nil {
			return nil, fmt.Errorf("%d: the header has no key %q", n, key)
		}
		if *field != "" {
			return nil, fmt.Errorf("%d: %s is said twice", n, key)
		}
		if known := words[key]; known != nil && !slices.Contains(known, value) {
			return nil, fmt.Errorf("%d: %s is one of %s, not %q", n, key, strings.Join(known, ", "), value)
		}
		*field = value
	}
	for _, key := range []string{"metric", "title", "grain", "unit", "basis"} {
		if *fields[key] == "" {
			return nil, fmt.Errorf("1: the header lacks %s", key)
		}
	}
	for _, column := range m.Persons {
		if m.Trace(column) == nil || m.Grain != "part" && m.Grain != "day" {
			return nil, fmt.Errorf("1: persons are traced columns of a metric that splits communities (grain part or day): %q", column)
		}
	}
	m.Text = strings.Join(paragraph, "")
	if m.Text == "" {
		return nil, fmt.Errorf("%d: no paragraph says what is counted", n)
	}
	statement = comment.ReplaceAllString(statement, "")
	if strings.TrimSpace(statement) == "" {
		return nil, fmt.Errorf("%d: no statement follows the header", n)
	}
	// The driver would bind a name that it does not know by position.
	for line := range strings.Lines(statement) {
		for _, name := range parameter.FindAllString(line, -1) {
			if name != "$period_start" && name != "$period_end" {
				return nil, fmt.Errorf("%d: a statement is told $period_start and $period_end, not %s", n, name)
			}
		}
		n++
	}
	return m, nil
}

var (
	comment   = regexp.MustCompile(`(?m)^[ \t]*--.*$`)
	parameter = regexp.MustCompile(`\$\w+`)
)

// words are the keys with a fixed choice of values.
var words = map[string][]string{
	"grain": {"community", "part", "day", "member", "volunteer", "town"},
	"basis": {"台账", "普查"},
}
