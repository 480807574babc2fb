package stars

import (
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// lines is where each key of a TOML file stands: base, item[2], item[2].cap.
type lines map[string]int

// of is the line of a key, else of the table that should hold it, else 1.
func (l lines) of(key string) int {
	for {
		if line, ok := l[key]; ok {
			return line
		}
		cut := strings.LastIndex(key, ".")
		if cut < 0 {
			return 1
		}
		key = key[:cut]
	}
}

// linesOf stops at what is no TOML; the decoder then says so.
func linesOf(text []byte) lines {
	l, counts, table := lines{}, map[string]int{}, ""
	var p unstable.Parser
	p.Reset(text)
	for p.NextExpression() {
		e := p.Expression()
		var parts []string
		line := 0
		for key := e.Key(); key.Next(); {
			parts = append(parts, string(key.Node().Data))
			if line == 0 {
				line = p.Shape(key.Node().Raw).Start.Line
			}
		}
		key := strings.Join(parts, ".")
		switch e.Kind {
		case unstable.ArrayTable:
			table = fmt.Sprintf("%s[%d].", key, counts[key])
			counts[key]++
			l[strings.TrimSuffix(table, ".")] = line
		case unstable.Table:
			table = key + "."
			l[key] = line
		case unstable.KeyValue:
			l[table+key] = line
		}
	}
	return l
}
