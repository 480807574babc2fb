package stars

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

//go:embed policies/*.toml
var policies embed.FS

// Shelf holds the policies that the program carries.
func Shelf() fs.FS {
	shelf, err := fs.Sub(policies, "policies")
	if err != nil {
		panic(err)
	}
	return shelf
}

// A Policy is the rules of a place for its stars (星级评定办法).
type Policy struct {
	Name  string // the file's name without .toml
	Title string
	From  time.Time // the first day it holds
	// Subject is who is judged: "member", or "volunteer". It is the grain of
	// the policy's measures.
	Subject string
	// Judged are the kinds of members who are judged (直管); Separate those who
	// are judged by the same rules beside the branch's own, outside its count and
	// its quotas (在职); Elsewhere those whom another branch judges and who are
	// only counted. Whoever is in none is listed without a score. Volunteers have
	// no kinds: all are judged.
	Judged, Separate, Elsewhere []string
	// Provisional are the standings that get a score and no star (预备).
	Provisional []string
	Base        decimal.Decimal
	Floor       decimal.Decimal // no score is below it; not negative
	// Digits and Down say how the score is rounded, once, at the end: half up,
	// or the rest cut off.
	Digits int32
	Down   bool

	Parts  []Part // none: the items add up as they are
	Items  []Item
	Gates  []Gate
	Bands  []Band // ascending
	Quotas []Quota

	// Veto and Exempt are measures that people's records count, "" for none: one
	// record is enough.
	Veto   string
	Zero   bool // a veto makes the score nothing; else it only takes the star
	Exempt string
	// ExemptCount: those exempt are counted in what a quota is of.
	ExemptCount bool
	// Months is the measure of how many months of FullMonths someone was on the
	// roll, by which pro-rated items and gates of the new and moved are told.
	Months     string
	FullMonths decimal.Decimal

	quarters int    // of the year that are over; 0 for all
	text     string // the file, for the hash
}

// A Part is a share of the score (日常 80%, 民主评议 20%): its base and items,
// not below nothing and not over Full, count with its weight. Items of no part
// are added after it, as they are.
type Part struct {
	Name   string
	Title  string
	Weight decimal.Decimal // of all parts they are 1
	Full   decimal.Decimal
	Base   decimal.Decimal
}

// An Item gives points for what someone has done, or takes them.
type Item struct {
	Name    string
	Title   string
	Part    string // "" for none
	Measure string // the metric of the policy's subject that counts it
	Unit    string // of the measure: 次, 小时, 个月
	// Points are for one unit, negative ones deduct; or Steps give points by how
	// many there are.
	Points decimal.Decimal
	Steps  []Step
	// Cap is the most that a period gives, or for a deduction the most that it
	// takes, as a negative number. Floor is the least that it gives.
	Cap, Floor decimal.NullDecimal
	// Quarterly items are counted, capped and floored in each quarter; YearCap is
	// then the most, or for a deduction the most taken, of the year.
	Quarterly bool
	YearCap   decimal.NullDecimal
	ProRata   bool // the count is that of a full year
}

// A Step gives Points to a count of From and more, up to the next step's From
// and without it; below the first there are none.
type Step struct{ From, Points decimal.Decimal }

// Deducts reports whether the item takes points.
func (i Item) Deducts() bool {
	if len(i.Steps) > 0 {
		return i.Steps[len(i.Steps)-1].Points.IsNegative()
	}
	return i.Points.IsNegative()
}

// Rule is the item in words: 2 分/次，封顶 12 分.
func (i Item) Rule() string {
	text, most := "%s 分/%s", "，封顶 %s 分"
	if i.Deducts() {
		text, most = "扣 %s 分/%s", "，最多扣 %s 分"
	}
	text = fmt.Sprintf(text, i.Points.Abs(), i.Unit)
	if len(i.Steps) > 0 {
		var steps []string
		for _, s := range i.Steps {
			steps = append(steps, fmt.Sprintf("%s %s起 %s 分", s.From, i.Unit, signed(s.Points)))
		}
		text = strings.Join(steps, "，")
	}
	if i.Quarterly {
		text = "每季" + text
	}
	if i.Cap.Valid {
		text += fmt.Sprintf(most, i.Cap.Decimal.Abs())
	}
	if i.Floor.Valid {
		text += fmt.Sprintf("，至少 %s 分", i.Floor.Decimal)
	}
	if i.YearCap.Valid {
		text += "，全年" + strings.TrimPrefix(fmt.Sprintf(most, i.YearCap.Decimal.Abs()), "，")
	}
	if i.ProRata {
		text += "，按在册月数折算"
	}
	return text
}

// most is the most points that a year can give; false if there is no end.
func (i Item) most() (decimal.Decimal, bool) {
	if i.Deducts() {
		return decimal.Zero, true
	}
	most, ok := i.Cap.Decimal, i.Cap.Valid
	for _, s := range i.Steps {
		most, ok = decimal.Max(most, s.Points), true
	}
	if i.Quarterly {
		most = most.Mul(decimal.NewFromInt(4))
		if i.YearCap.Valid && (!ok || i.YearCap.Decimal.LessThan(most)) {
			most, ok = i.YearCap.Decimal, true
		}
	}
	return most, ok
}

// A Gate is what a star and those above it want beside the score: at least so
// many of something.
type Gate struct {
	Star    int
	Title   string
	Measure string
	Unit    string
	AtLeast decimal.Decimal
	ProRata bool // of a full year; whoever was there for less needs less
}

// Rule is the gate in words: 四星须社区活动满 4 次.
func (g Gate) Rule() string {
	return fmt.Sprintf("%s须%s满 %s %s", StarTitle(g.Star), g.Title, g.AtLeast, g.Unit)
}

// A Band gives a star to a score of From and more, up to the next band's From
// and without it.
type Band struct {
	Star int
	From decimal.Decimal
}

// A Quota is how many may have a star: a share of a whole, less any fraction
// ("不超过" is at most), or a fixed number.
type Quota struct {
	Star   int
	Above  bool     // with the stars above it
	Share  *big.Rat // exact, as 1/3 is; nil for a number
	People int64
	// Of is who makes the whole: 参评 for the graded, 名册 for all whom the branch
	// judges.
	Of string
}

// What a quota is of.
const (
	OfGraded = "参评"
	OfRoll   = "名册"
)

// Rule is the quota in words: 五星不超过参评人数的 5%.
func (q Quota) Rule() string {
	star := StarTitle(q.Star)
	if q.Above {
		star += "及以上"
	}
	if q.Share == nil {
		return fmt.Sprintf("%s不超过 %d 人", star, q.People)
	}
	share := q.Share.RatString()
	if percent := new(big.Rat).Mul(q.Share, big.NewRat(100, 1)); 10000%q.Share.Denom().Int64() == 0 {
		share = decimal.NewFromBigRat(percent, 2).String() + "%"
	}
	return fmt.Sprintf("%s不超过%s人数的 %s", star, q.Of, share)
}

var hundred = decimal.NewFromInt(100)

// Range is band i in words, half-open as it is.
func (p Policy) Range(i int) string {
	if i == len(p.Bands)-1 {
		return fmt.Sprintf("%s 分（含）以上", p.Bands[i].From)
	}
	return fmt.Sprintf("%s 分（含）至 %s 分（不含）", p.Bands[i].From, p.Bands[i+1].From)
}

// Below is the range under the first band, in words.
func (p Policy) Below() string { return fmt.Sprintf("%s 分（不含）以下", p.Bands[0].From) }

// Star is the star of a score as it is printed, 0 below the first band.
func (p Policy) Star(score decimal.Decimal) int {
	star := 0
	for _, b := range p.Bands {
		if score.GreaterThanOrEqual(b.From) {
			star = b.Star
		}
	}
	return star
}

// Most is the highest possible score; false if an item has no end.
func (p Policy) Most() (decimal.Decimal, bool) {
	sums, ok := map[string]decimal.Decimal{"": p.Base}, true
	for _, part := range p.Parts {
		sums[part.Name] = part.Base
	}
	for _, i := range p.Items {
		most, bounded := i.most()
		// A part is bounded by its own full score.
		if !bounded && i.Part == "" {
			ok = false
		} else if !bounded {
			most = p.part(i.Part).Full
		}
		sums[i.Part] = sums[i.Part].Add(most)
	}
	most := sums[""]
	for _, part := range p.Parts {
		most = most.Add(decimal.Min(sums[part.Name], part.Full).Mul(part.Weight))
	}
	return most, ok
}

// Least is the lowest score that is possible. A part may fall to nothing.
func (p Policy) Least() decimal.Decimal {
	least := p.Base
	for _, i := range p.Items {
		if i.Part != "" || !i.Deducts() {
			continue
		}
		bound := i.Cap
		if i.Quarterly {
			bound = i.YearCap
		}
		if n := len(i.Steps); n > 0 {
			bound = decimal.NewNullDecimal(i.Steps[n-1].Points)
		}
		if !bound.Valid {
			return p.Floor
		}
		least = least.Add(bound.Decimal)
	}
	return decimal.Max(least, p.Floor)
}

func (p Policy) part(name string) Part {
	at := slices.IndexFunc(p.Parts, func(part Part) bool { return part.Name == name })
	return p.Parts[at]
}

// A Fact is a measure over the year, or over one of its quarters, that a
// policy asks for.
type Fact struct {
	Measure string
	Quarter int // 1 to 4; 0 for the year
}

func (f Fact) String() string {
	if f.Quarter == 0 {
		return f.Measure
	}
	return fmt.Sprintf("%s@%d", f.Measure, f.Quarter)
}

// Facts are all that the policy asks about a person, each once, in the order
// in which it does.
func (p Policy) Facts() []Fact {
	var list []Fact
	add := func(measure string, quarter int) {
		if f := (Fact{measure, quarter}); measure != "" && !slices.Contains(list, f) {
			list = append(list, f)
		}
	}
	for _, i := range p.Items {
		if !i.Quarterly {
			add(i.Measure, 0)
			continue
		}
		for q := 1; q <= cmp.Or(p.quarters, 4); q++ {
			add(i.Measure, q)
		}
	}
	for _, g := range p.Gates {
		add(g.Measure, 0)
	}
	add(p.Veto, 0)
	add(p.Exempt, 0)
	add(p.Months, 0)
	return list
}

// Hash identifies the policy's file in footers and manifests.
func (p Policy) Hash() string {
	sum := sha256.Sum256([]byte(p.text))
	return hex.EncodeToString(sum[:6])
}

// Text is the policy's file.
func (p Policy) Text() string { return p.text }

// StarTitle is a star in words: 三星; 未达星级 for none.
func StarTitle(star int) string {
	switch {
	case star <= 0:
		return "未达星级"
	case star <= 9:
		return string([]rune("一二三四五六七八九")[star-1]) + "星"
	}
	return fmt.Sprintf("%d星", star)
}

// StarMarks is a star as printed: ★★★.
func StarMarks(star int) string { return strings.Repeat("★", star) }
