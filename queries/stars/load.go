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
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/shopspring/decimal"

	"xingce/ingest/kinds"
)

// A Fault is one thing wrong in a policy's file.
type Fault struct {
	File string
	Line int
	Says string
}

func (f Fault) Error() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Says) }

// Load reads the policy name.toml and works out its examples. A faulty file's
// error joins all of its Faults, by line. measures says whether a metric may
// be judged by.
func Load(fsys fs.FS, name string, measures func(name string) bool) (Policy, error) {
	file := name + ".toml"
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return Policy{}, fmt.Errorf("星级评定办法 %s：%w", name, err)
	}
	r := &reader{file: file, measures: measures}
	p := r.read(text)
	if len(r.faults) == 0 {
		if p.Name != name {
			r.fault("name", "name 是 %q，与文件名不一致", p.Name)
		}
		r.try(p)
	}
	slices.SortStableFunc(r.faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), strings.Compare(a.Says, b.Says))
	})
	var faults []error
	for _, f := range r.faults {
		faults = append(faults, f)
	}
	return p, errors.Join(faults...)
}

// The file as written. Numbers stay text until check reads them, so that no
// binary fraction comes between and a wrong one is refused with its line.
type written struct {
	Name        string         `toml:"name"`
	Title       string         `toml:"title"`
	From        toml.LocalDate `toml:"from"`
	Judged      []string       `toml:"judged"`
	Elsewhere   []string       `toml:"elsewhere"`
	Provisional []string       `toml:"provisional"`
	Base        number         `toml:"base"`
	Floor       number         `toml:"floor"`
	Items       []struct {
		Name    string `toml:"name"`
		Title   string `toml:"title"`
		Measure string `toml:"measure"`
		Unit    string `toml:"unit"`
		Points  number `toml:"points"`
		Cap     number `toml:"cap"`
	} `toml:"item"`
	Bands []struct {
		Star int    `toml:"star"`
		From number `toml:"from"`
	} `toml:"band"`
	Examples []example `toml:"example"`
}

// An example is a person whose score and star the file's author worked out.
// One without a star gets none to be had, as a provisional member.
type example struct {
	Title    string            `toml:"title"`
	Kind     string            `toml:"kind"`     // the first judged kind if left out
	Standing string            `toml:"standing"` // 正式 if left out
	Counts   map[string]number `toml:"counts"`
	Score    number            `toml:"score"`
	Star     *int              `toml:"star"`
}

type number string

func (n *number) UnmarshalText(text []byte) error { *n = number(text); return nil }

type reader struct {
	file     string
	measures func(string) bool
	lines    lines
	faults   []Fault
	written  written
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

// check turns what is written into a policy, with a fault for all that is
// wrong.
func (r *reader) check(text string) Policy {
	w := r.written
	p := Policy{
		Name: w.Name, Title: w.Title, From: w.From.AsTime(time.UTC),
		Judged: w.Judged, Elsewhere: w.Elsewhere, Provisional: w.Provisional, text: text,
	}
	for key, value := range map[string]string{"name": w.Name, "title": w.Title} {
		if value == "" {
			r.fault(key, "缺少 %s", key)
		}
	}
	if w.From == (toml.LocalDate{}) {
		r.fault("from", "缺少 from（自哪一天起施行，如 2025-01-01）")
	}
	if len(w.Judged) == 0 {
		r.fault("judged", "缺少 judged（参加评定的党员类别，如 [\"直管\"]）")
	}
	r.words("judged", "党员类别", "kind", w.Judged)
	r.words("elsewhere", "党员类别", "kind", w.Elsewhere)
	r.words("provisional", "党籍状态", "standing", w.Provisional)
	for _, kind := range w.Elsewhere {
		if slices.Contains(w.Judged, kind) {
			r.fault("elsewhere", "%s党员已在 judged 里，不能又在 elsewhere 里", kind)
		}
	}
	p.Base = r.number("base", w.Base, true).Decimal
	p.Floor = r.number("floor", w.Floor, false).Decimal
	if p.Floor.IsNegative() {
		r.fault("floor", "最低分 %s 小于 0", p.Floor)
	}
	r.items(&p)
	r.bands(&p)
	return p
}

func (r *reader) items(p *Policy) {
	if len(r.written.Items) == 0 {
		r.fault("item", "没有计分项目 [[item]]")
	}
	names, titles := map[string]bool{}, map[string]bool{}
	for i, w := range r.written.Items {
		key := fmt.Sprintf("item[%d]", i)
		item := Item{Name: w.Name, Title: w.Title, Measure: w.Measure, Unit: w.Unit}
		for field, value := range map[string]string{"name": w.Name, "title": w.Title, "measure": w.Measure, "unit": w.Unit} {
			if value == "" {
				r.fault(key+"."+field, "计分项目缺少 %s", field)
			}
		}
		if names[w.Name] && w.Name != "" {
			r.fault(key+".name", "项目名 %q 重复", w.Name)
		}
		if titles[w.Title] && w.Title != "" {
			r.fault(key+".title", "项目“%s”重复", w.Title)
		}
		names[w.Name], titles[w.Title] = true, true
		if w.Measure != "" && !r.measures(w.Measure) {
			r.fault(key+".measure", "没有党员口径的指标 %q", w.Measure)
		}
		points := r.number(key+".points", w.Points, true)
		item.Points, item.Cap = points.Decimal, r.number(key+".cap", w.Cap, false)
		switch crossed := item.Cap.Valid && item.Cap.Decimal.Sign() != item.Points.Sign(); {
		case !points.Valid:
		case item.Points.IsZero():
			r.fault(key+".points", "“%s”每%s 0 分，等于不计分", w.Title, w.Unit)
		case crossed && item.Deducts():
			r.fault(key+".cap", "“%s”是扣分，封顶 %s 应是负数，如 -10 表示最多扣 10 分", w.Title, item.Cap.Decimal)
		case crossed:
			r.fault(key+".cap", "“%s”是加分，封顶 %s 应大于 0", w.Title, item.Cap.Decimal)
		}
		p.Items = append(p.Items, item)
	}
}

func (r *reader) bands(p *Policy) {
	if len(r.written.Bands) == 0 {
		r.fault("band", "没有星级档位 [[band]]")
	}
	most, capped := p.Most()
	for i, w := range r.written.Bands {
		key := fmt.Sprintf("band[%d]", i)
		from := r.number(key+".from", w.From, true)
		band := Band{Star: w.Star, From: from.Decimal}
		if w.Star < 1 || w.Star > 9 {
			r.fault(key+".star", "star 是 %d，星级应在 1 至 9 之间", w.Star)
		} else if from.Valid && i > 0 {
			r.after(key, p.Bands[i-1], band)
		}
		if len(r.faults) == 0 && capped && band.From.GreaterThan(most) {
			r.fault(key+".from", "%s要 %s 分，而基础分加各项封顶只有 %s 分，谁也评不上", StarTitle(band.Star), band.From, most)
		}
		p.Bands = append(p.Bands, band)
	}
}

func (r *reader) after(key string, before, band Band) {
	if band.Star <= before.Star {
		r.fault(key+".star", "档位的次序不对：%s写在%s之后，星级应由低到高", StarTitle(band.Star), StarTitle(before.Star))
	}
	switch band.From.Cmp(before.From) {
	case 0:
		r.fault(key+".from", "档位有重叠：%s和%s都从 %s 分起", StarTitle(before.Star), StarTitle(band.Star), band.From)
	case -1:
		r.fault(key+".from", "档位有重叠：%s从 %s 分起，比%s的 %s 分还低", StarTitle(band.Star), band.From, StarTitle(before.Star), before.From)
	}
}

// words refuses what the roll's column never holds.
func (r *reader) words(key, what, column string, list []string) {
	var known []string
	for _, c := range kinds.Member.Columns {
		if c.Name == column {
			for _, word := range c.Words {
				known = append(known, word[0])
			}
		}
	}
	slices.Sort(known)
	known = slices.Compact(known)
	for _, word := range list {
		if !slices.Contains(known, word) {
			r.fault(key, "%q 不是%s，可写 %s", word, what, strings.Join(known, "、"))
		}
	}
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
		c := Case{Kind: cmp.Or(e.Kind, p.Judged[0]), Standing: cmp.Or(e.Standing, "正式"), Counts: map[string]decimal.Decimal{}}
		for name, n := range e.Counts {
			if !slices.ContainsFunc(p.Items, func(item Item) bool { return item.Name == name }) {
				r.fault(key+".counts", "算例“%s”：没有项目 %q", e.Title, name)
			}
			c.Counts[name] = r.number(key+".counts", n, true).Decimal
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
