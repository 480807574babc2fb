package queries

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// dialect is what DuckDB takes and Trino does not, by its name for the author.
var dialect = map[string]*regexp.Regexp{
	"x::type, write CAST(x AS type)":        regexp.MustCompile(`::`),
	"QUALIFY, write a CTE":                  regexp.MustCompile(`(?i)\bQUALIFY\b`),
	"GROUP BY ALL, ORDER BY ALL":            regexp.MustCompile(`(?i)\bBY\s+ALL\b`),
	"GROUP BY 1, ORDER BY 1":                regexp.MustCompile(`(?i)\bBY\s+\d`),
	"a list or struct":                      regexp.MustCompile(`[\[\]{}]`),
	"SELECT * EXCLUDE, REPLACE or RENAME":   regexp.MustCompile(`(?i)\*\s*(EXCLUDE|REPLACE|RENAME)\b`),
	"a SEMI, ANTI, ASOF or POSITIONAL JOIN": regexp.MustCompile(`(?i)\b(SEMI|ANTI|ASOF|POSITIONAL)\s+JOIN\b`),
	"ILIKE, GLOB or SIMILAR TO":             regexp.MustCompile(`(?i)\b(ILIKE|GLOB|SIMILAR)\b`),
	"== or // or ^ or **":                   regexp.MustCompile(`==|//|\^|\*\*`),
	"a quoted name":                         regexp.MustCompile("[\"`]"),
	"PIVOT or UNPIVOT":                      regexp.MustCompile(`(?i)\b(UN)?PIVOT\b`),
	"FROM without SELECT":                   regexp.MustCompile(`(?i)\(\s*FROM\b`),
	"more than one statement":               regexp.MustCompile(`;`),
	"DOUBLE or FLOAT":                       regexp.MustCompile(`(?i)\b(DOUBLE|FLOAT|REAL)\b`),
}

// both are the functions, and the words before a parenthesis, that mean the
// same in both engines; where regexp_extract finds nothing and split_part has no
// such part, one gives ” and the other null, so their answers are cast or passed
// through NULLIF. DATE_DIFF does for whole days between two dates: of other units
// one counts those that are full, the other those that begin. Look a new one up in
// Trino's documentation before it is added.
var both = strings.Fields(`
	AND AS BY CAST COALESCE COUNT DATE_DIFF DECIMAL EXTRACT FILTER IN LENGTH MAX MIN NULLIF OR OVER RANK REGEXP_EXTRACT REPLACE ROW_NUMBER SPLIT_PART STRPOS SUBSTR SUM TRANSLATE TRY_CAST`)

var (
	quoted = regexp.MustCompile(`'(?:[^']|'')*'`)
	called = regexp.MustCompile(`(\w+)\s*\(`)
	clock  = regexp.MustCompile(`(?i)\b(CURRENT_DATE|CURRENT_TIMESTAMP|CURRENT_TIME|LOCALTIMESTAMP|now|today|random|uuid)\b`)
)

// faultsOf says what in a statement is not standard.
func faultsOf(statement string) []string {
	var faults []string
	statement = comment.ReplaceAllString(statement, "")
	statement = quoted.ReplaceAllString(statement, "''")
	for name, form := range dialect {
		if form.MatchString(statement) {
			faults = append(faults, name)
		}
	}
	for _, m := range called.FindAllStringSubmatch(statement, -1) {
		if !slices.Contains(both, strings.ToUpper(m[1])) {
			faults = append(faults, "the function "+m[1])
		}
	}
	if word := clock.FindString(statement); word != "" {
		faults = append(faults, word+": the same data must give the same figure tomorrow")
	}
	slices.Sort(faults)
	return faults
}

// Metrics and models keep to what DuckDB and Trino share.
func TestStandardSQL(t *testing.T) {
	c := shelvesOf(t)
	for _, m := range c.Models {
		for _, fault := range faultsOf(m.SQL) {
			t.Errorf("model %s uses %s", m.Name, fault)
		}
		if strings.Contains(m.SQL, "$period") {
			t.Errorf("model %s asks for a period; a view cannot", m.Name)
		}
	}
	for _, m := range c.Metrics {
		for _, fault := range faultsOf(m.SQL) {
			t.Errorf("metric %s uses %s", m.Name, fault)
		}
		statement := strings.ToUpper(m.SQL)
		if strings.LastIndex(statement, "\nORDER BY") < strings.LastIndex(statement, "\nSELECT") {
			t.Errorf("metric %s does not order its rows", m.Name)
		}
		if strings.Contains(statement, "RAW.") || strings.Contains(statement, "OPS.") {
			t.Errorf("metric %s reads past the models", m.Name)
		}
		if !strings.Contains(statement, "$PERIOD_END") {
			t.Errorf("metric %s is about no period", m.Name)
		}
	}
}

func TestStandardSQLRefusesDialect(t *testing.T) {
	for _, test := range []struct{ statement, want string }{
		{"SELECT a::BIGINT FROM b ORDER BY a", "[x::type, write CAST(x AS type)]"},
		{"SELECT a FROM b\nQUALIFY RANK() OVER (ORDER BY a) = 1", "[QUALIFY, write a CTE]"},
		{"SELECT a, COUNT(*) FROM b GROUP BY ALL", "[GROUP BY ALL, ORDER BY ALL]"},
		{"SELECT a FROM b ORDER BY 1", "[GROUP BY 1, ORDER BY 1]"},
		{"SELECT [a] FROM b", "[a list or struct]"},
		{"SELECT list(a) FROM b", "[the function list]"},
		{"SELECT a FROM b WHERE c < current_date", "[current_date: the same data must give the same figure tomorrow]"},
		{"SELECT a FROM b -- not a::BIGINT", "[x::type, write CAST(x AS type)]"},
		{"-- a::BIGINT, list(a)\nSELECT '::' || regexp_extract(a, '[0-9]+') FROM b", "[]"},
		{"SELECT 'it''s; [x]' FROM b", "[]"},
	} {
		if got := fmt.Sprint(faultsOf(test.statement)); got != test.want {
			t.Errorf("%s: %s, want %s", test.statement, got, test.want)
		}
	}
}
