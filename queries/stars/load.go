package stars

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/shopspring/decimal"
)

// A Fault is one thing wrong in a policy's file.
type Fault struct {
	File string
	Line int
	Says string
}

func (f Fault) Error() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Says) }

// Load reads the policy name.toml and works out its examples. A faulty file's
// error joins all of its Faults, by line. measures says whether a metric of
// the subject may be judged by.
func Load(fsys fs.FS, name string, measures func(subject, name string) bool) (Policy, error) {
	text, err := fs.ReadFile(fsys, name+".toml")
	if err != nil {
		return Policy{}, fmt.Errorf("星级评定办法 %s：%w", name, err)
	}
	r := &reader{file: name + ".toml", measures: measures}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // Notepad's
	if !utf8.Valid(text) {
		r.at(1, "不是 UTF-8 编码，请用记事本打开，另存为时编码选 UTF-8")
		return Policy{}, r.err()
	}
	p := r.read(text)
	if len(r.faults) == 0 && p.Name != name {
		r.fault("name", "name 是 %q，与文件名不一致", p.Name)
	}
	if len(r.faults) == 0 && len(r.written.Examples) == 0 {
		r.fault("example", "没有算例 [[example]]：请写上一两个人的情况和应得的分数、星级，用来验算")
	}
	if len(r.faults) == 0 {
		r.try(p)
	}
	return p, r.err()
}

// Parse reads the text of a policy that was loaded once, without its examples.
func Parse(text string, measures func(subject, name string) bool) (Policy, error) {
	r := &reader{file: "评定办法", measures: measures}
	return r.read([]byte(text)), r.err()
}

type reader struct {
	file     string
	measures func(subject, name string) bool
	lines    lines
	faults   []Fault
	written  written
}

// err joins the faults, by line.
func (r *reader) err() error {
	slices.SortStableFunc(r.faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), strings.Compare(a.Says, b.Says))
	})
	var faults []error
	for _, f := range r.faults {
		faults = append(faults, f)
	}
	return errors.Join(faults...)
}

// fault is about the line of a key like item[2].cap.
func (r *reader) fault(key, says string, args ...any) {
	r.at(r.lines.of(key), says, args...)
}

func (r *reader) at(line int, says string, args ...any) {
	r.faults = append(r.faults, Fault{r.file, line, fmt.Sprintf(says, args...)})
}

func (r *reader) read(text []byte) Policy {
	r.lines = linesOf(text)
	err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(&r.written)
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &unknown):
		for _, e := range unknown.Errors {
			line, _ := e.Position()
			r.at(line, "不认识 %s 这一项", strings.Join(e.Key(), "."))
		}
	case errors.As(err, &wrong):
		line, _ := wrong.Position()
		r.at(line, "这一行的写法不对：%s", strings.TrimSpace(strings.Split(string(text), "\n")[line-1]))
		return Policy{}
	case err != nil:
		r.at(1, "读不懂这个文件：%v", err)
		return Policy{}
	}
	return r.check(string(text))
}

var exact = regexp.MustCompile(`^[+-]?\d{1,9}(\.\d{1,4})?$`)

func (r *reader) number(key string, n number, needed bool) decimal.NullDecimal {
	name := key[strings.LastIndex(key, ".")+1:]
	if n == "" {
		if needed {
			r.fault(key, "缺少 %s", name)
		}
		return decimal.NullDecimal{}
	}
	if !exact.MatchString(string(n)) {
		r.fault(key, "%s 应是至多四位小数的数，写的是 %s", name, n)
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(decimal.RequireFromString(string(n)))
}

// try works out the examples.
func (r *reader) try(p Policy) {
	for i, e := range r.written.Examples {
		key := fmt.Sprintf("example[%d]", i)
		c := Case{Standing: cmp.Or(e.Standing, "正式"), Kind: e.Kind, Facts: map[Fact]decimal.Decimal{}}
		if c.Kind == "" && p.Subject == Members {
			c.Kind = p.Judged[0]
		}
		for name, n := range e.Counts {
			r.given(key+".counts", e.Title, p, c, name, 0, n)
		}
		for name, list := range e.Quarters {
			for q, n := range list {
				r.given(key+".quarters", e.Title, p, c, name, q+1, n)
			}
		}
		want := r.number(key+".score", e.Score, true)
		got := Judge(p, c)
		if want.Valid && !got.Score.Equal(want.Decimal) {
			r.fault(key+".score", "算例“%s”应得 %s 分，按办法算得 %s 分", e.Title, want.Decimal, got.Score)
		}
		switch {
		case e.Star == nil && got.Graded:
			r.fault(key, "算例“%s”没有写 star，按办法是%s", e.Title, StarTitle(got.Star))
		case e.Star != nil && !got.Graded:
			r.fault(key+".star", "算例“%s”应是%s，按办法不评星级", e.Title, StarTitle(*e.Star))
		case e.Star != nil && *e.Star != got.Star:
			r.fault(key+".star", "算例“%s”应是%s，按办法是%s", e.Title, StarTitle(*e.Star), StarTitle(got.Star))
		}
	}
}

// given notes what an example says of an item, or of a measure.
func (r *reader) given(key, title string, p Policy, c Case, name string, quarter int, n number) {
	measure := name
	if at := slices.IndexFunc(p.Items, func(item Item) bool { return item.Name == name }); at >= 0 {
		measure = p.Items[at].Measure
	}
	f := Fact{measure, quarter}
	switch {
	case slices.Contains(p.Facts(), f):
		c.Facts[f] = r.number(key, n, true).Decimal
	case quarter == 0 && slices.Contains(p.Facts(), Fact{measure, 1}):
		r.fault(key, "算例“%s”：%s 按季计，请写 quarters = { %[2]s = [一季度, 二季度, …] }", title, name)
	default:
		r.fault(key, "算例“%s”：没有项目 %q", title, name)
	}
}
