package queries

import (
	"regexp"
	"slices"
)

var (
	sqlComment = regexp.MustCompile(`--[^\n]*`)
	relation   = regexp.MustCompile(`\b(core|raw)\.([a-z_0-9]+)`)
)

// Kinds names the kinds of sheets that a metric is counted from, in order of
// name: the raw tables under it, through all models. A metric about sheets of
// whatever kind has none.
func (c *Catalog) Kinds(m *Metric) []string {
	var list []string
	seen := map[string]bool{}
	var follow func(sql string)
	follow = func(sql string) {
		for _, found := range relation.FindAllStringSubmatch(sqlComment.ReplaceAllString(sql, ""), -1) {
			switch schema, name := found[1], found[2]; {
			case seen[found[0]]:
				continue
			case schema == "raw":
				list = append(list, name)
			default:
				for _, model := range c.Models {
					if model.Name == name {
						seen[found[0]] = true
						follow(model.SQL)
					}
				}
			}
			seen[found[0]] = true
		}
	}
	follow(m.SQL)
	slices.Sort(list)
	return list
}
