package stars

import (
	"fmt"
	"regexp"
	"strings"
)

var setting = regexp.MustCompile(`^(base|floor|(?:band|quota|gate)\.[1-9]|(?:item|part)\.[\w-]+\.\w+)=(\S+)$`)

// Set is a policy with some numbers changed, for trying: "band.4=85" is where
// four stars begin, "quota.5=0.08" their share, "gate.4=6" what they want,
// "item.hours.cap=12", "part.daily.weight=0.7", "base=55". What the file itself
// could not say is refused. Its examples are not held against it.
func (p Policy) Set(settings []string, measures func(subject, name string) bool) (Policy, error) {
	text := p.text
	for _, s := range settings {
		m := setting.FindStringSubmatch(s)
		if m == nil {
			return Policy{}, fmt.Errorf("--set 写作 band.4=85、quota.5=0.08、gate.4=6、item.hours.cap=12、part.daily.weight=0.7 或 base=55，不认识 %q", s)
		}
		keys := p.keys(m[1])
		if len(keys) == 0 {
			return Policy{}, fmt.Errorf("--set %s：%s里没有这一项", s, p.Title)
		}
		for _, key := range keys {
			var err error
			if text, err = replace(text, key, m[2]); err != nil {
				return Policy{}, fmt.Errorf("--set %s：%w", s, err)
			}
		}
	}
	return Parse(text, measures)
}

// keys are where a setting's name stands in the file: band[3].from, and the
// upper end of the band below, where someone wrote it.
func (p Policy) keys(name string) []string {
	parts := strings.Split(name, ".")
	star := func(n int) bool { return fmt.Sprint(n) == parts[1] }
	switch parts[0] {
	case "band":
		for i, b := range p.Bands {
			if !star(b.Star) {
				continue
			}
			keys := []string{fmt.Sprintf("band[%d].from", i)}
			if to := fmt.Sprintf("band[%d].to", i-1); linesOf([]byte(p.text))[to] > 0 {
				keys = append(keys, to)
			}
			return keys
		}
	case "quota":
		for i, q := range p.Quotas {
			if star(q.Star) && q.Share != nil {
				return []string{fmt.Sprintf("quota[%d].share", i)}
			} else if star(q.Star) {
				return []string{fmt.Sprintf("quota[%d].people", i)}
			}
		}
	case "gate":
		for i, g := range p.Gates {
			if star(g.Star) {
				return []string{fmt.Sprintf("gate[%d].at_least", i)}
			}
		}
	case "item":
		for i, item := range p.Items {
			if item.Name == parts[1] {
				return []string{fmt.Sprintf("item[%d].%s", i, parts[2])}
			}
		}
	case "part":
		for i, part := range p.Parts {
			if part.Name == parts[1] {
				return []string{fmt.Sprintf("part[%d].%s", i, parts[2])}
			}
		}
	default:
		return []string{name}
	}
	return nil
}

var value = regexp.MustCompile(`^(\s*[\w-]+\s*=\s*)("[^"]*"|[^\s#]+)`)

// replace puts a value in the place of a key's, on the key's own line.
func replace(text, key, to string) (string, error) {
	at, ok := linesOf([]byte(text))[key]
	all := strings.Split(text, "\n")
	if !ok || !value.MatchString(all[at-1]) {
		return "", fmt.Errorf("办法的文件里没有写 %s", key[strings.LastIndex(key, ".")+1:])
	}
	if !exact.MatchString(to) {
		to = fmt.Sprintf("%q", to)
	}
	in := value.FindStringSubmatchIndex(all[at-1])
	all[at-1] = all[at-1][:in[4]] + to + all[at-1][in[5]:]
	return strings.Join(all, "\n"), nil
}
