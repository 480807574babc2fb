package stars

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
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
	// Judged are the kinds of members who are judged (直管), Elsewhere those
	// whom another branch judges and who are only counted (在职). Whoever is
	// in neither is listed without a score.
	Judged, Elsewhere []string
	// Provisional are the standings that get a score and no star (预备).
	Provisional []string
	Base        decimal.Decimal
	Floor       decimal.Decimal // no score is below it; not negative
	Items       []Item
	Bands       []Band // ascending

	text string // the file, for the hash
}

// An Item gives points for what a member has done, or takes them.
type Item struct {
	Name    string
	Title   string
	Measure string          // the metric of grain member that counts it
	Unit    string          // of the measure: 次, 小时, 个月
	Points  decimal.Decimal // for one unit; negative deducts
	// Cap is the most that a year gives, or for a deduction the most that it
	// takes, as a negative number.
	Cap decimal.NullDecimal
}

// Deducts reports whether the item takes points.
func (i Item) Deducts() bool { return i.Points.IsNegative() }

// Rule is the item in words: 2 分/次，封顶 12 分.
func (i Item) Rule() string {
	text, most := "%s 分/%s", "，封顶 %s 分"
	if i.Deducts() {
		text, most = "扣 %s 分/%s", "，最多扣 %s 分"
	}
	text = fmt.Sprintf(text, i.Points.Abs(), i.Unit)
	if i.Cap.Valid {
		text += fmt.Sprintf(most, i.Cap.Decimal.Abs())
	}
	return text
}

// A Band gives a star to a score of From and more, up to the next band's From
// and without it.
type Band struct {
	Star int
	From decimal.Decimal
}

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

// Most is the highest possible score; false if an item has no cap.
func (p Policy) Most() (decimal.Decimal, bool) {
	most := p.Base
	for _, i := range p.Items {
		if i.Deducts() {
			continue
		}
		if !i.Cap.Valid {
			return decimal.Decimal{}, false
		}
		most = most.Add(i.Cap.Decimal)
	}
	return most, true
}

// Hash identifies the policy's file in footers and manifests.
func (p Policy) Hash() string {
	sum := sha256.Sum256([]byte(p.text))
	return hex.EncodeToString(sum[:6])
}

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
