package stars

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

func counts(pairs ...any) map[string]decimal.Decimal {
	m := map[string]decimal.Decimal{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(string)] = decimal.RequireFromString(pairs[i+1].(string))
	}
	return m
}

func TestJudge(t *testing.T) {
	p := founding(t)
	for _, test := range []struct {
		name    string
		c       Case
		want    []string // the reasons
		remarks []int    // which of them are remarks
	}{
		{"caps, a deduction and the way to the next star",
			Case{Kind: "直管", Standing: "正式", Counts: counts("meetings", "15", "activities", "6", "hours", "18.50", "posts", "1", "dues", "12", "absences", "2")},
			[]string{
				"基础分 60 分",
				"组织生活：15 次 × 2 分 = 30 分，封顶 12 分，计 12 分",
				"社区活动：6 次 × 1 分 = 6 分",
				"志愿服务：18.5 小时 × 0.5 分 = 9.25 分",
				"公益岗位：1 个 × 2 分 = 2 分",
				"按时交纳党费：12 个月 × 0.5 分 = 6 分",
				"无故缺席：2 次 × 扣 2 分 = 扣 4 分",
				"合计 60 + 12 + 6 + 9.25 + 2 + 6 − 4 = 91.25 分",
				"91.25 分在 90 分（含）至 96 分（不含），建议四星",
				"距五星差 4.75 分",
			}, []int{1, 6, 9}},
		{"no record, below the first band",
			Case{Kind: "直管", Standing: "正式", Counts: counts("meetings", "1", "absences", "2")},
			[]string{
				"基础分 60 分",
				"组织生活：1 次 × 2 分 = 2 分",
				"社区活动：没有记录，计 0 分",
				"志愿服务：没有记录，计 0 分",
				"公益岗位：没有记录，计 0 分",
				"按时交纳党费：没有记录，计 0 分",
				"无故缺席：2 次 × 扣 2 分 = 扣 4 分",
				"合计 60 + 2 + 0 + 0 + 0 + 0 − 4 = 58 分",
				"58 分在 60 分（不含）以下，未达星级",
				"距一星差 2 分",
			}, []int{6, 9}},
		{"the floor, and a roll that does not say the standing",
			Case{Kind: "直管", Counts: counts("absences", "31")},
			[]string{
				"基础分 60 分",
				"组织生活：没有记录，计 0 分",
				"社区活动：没有记录，计 0 分",
				"志愿服务：没有记录，计 0 分",
				"公益岗位：没有记录，计 0 分",
				"按时交纳党费：没有记录，计 0 分",
				"无故缺席：31 次 × 扣 2 分 = 扣 62 分",
				"合计 60 + 0 + 0 + 0 + 0 + 0 − 62 = −2 分，低于最低分，计 0 分",
				"名册没有写明党籍状态，按正式党员评定",
				"0 分在 60 分（不含）以下，未达星级",
				"距一星差 60 分",
			}, []int{6, 7, 8, 10}},
		{"not judged",
			Case{Kind: "流动", Standing: "正式", Counts: counts("meetings", "6")},
			[]string{"流动党员，不参加本办法的评定（评定直管党员）"}, []int{0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := Judge(p, test.c)
			if !slices.Equal(r.Reasons, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(r.Reasons, "\n"), strings.Join(test.want, "\n"))
			}
			var remarks []string
			for _, i := range test.remarks {
				remarks = append(remarks, test.want[i])
			}
			if !slices.Equal(r.Remarks, remarks) {
				t.Errorf("remarks\n%s\nwant\n%s", strings.Join(r.Remarks, "\n"), strings.Join(remarks, "\n"))
			}
		})
	}
}

func TestProvisional(t *testing.T) {
	r := Judge(founding(t), Case{Kind: "直管", Standing: "预备", Counts: counts("meetings", "6")})
	if !r.Scored || r.Graded || r.Star != 0 || r.Next != nil || r.Score.String() != "72" {
		t.Errorf("got scored %v, graded %v, star %d, next %v, score %s", r.Scored, r.Graded, r.Star, r.Next, r.Score)
	}
	if got, want := r.Reasons[len(r.Reasons)-1], "预备党员计分，不评星级"; got != want {
		t.Errorf("last reason %q, want %q", got, want)
	}
}

// Only the score is rounded, half up, and the star is that of the score one
// sees.
func TestRounding(t *testing.T) {
	p := Policy{
		Judged: []string{"直管"},
		Items:  []Item{{Name: "x", Title: "甲", Unit: "次", Points: decimal.RequireFromString("0.0001")}},
		Bands:  []Band{{Star: 1, From: decimal.RequireFromString("96")}},
	}
	for _, test := range []struct {
		count, score string
		star         int
	}{
		{"959949", "95.99", 0},
		{"959950", "96", 1},
		{"10050", "1.01", 0}, // 1.005 in binary is less
		{"10049", "1", 0},
	} {
		t.Run(test.count, func(t *testing.T) {
			r := Judge(p, Case{Kind: "直管", Standing: "正式", Counts: counts("x", test.count)})
			if r.Score.String() != test.score || r.Star != test.star {
				t.Errorf("got %s and %d stars, want %s and %d", r.Score, r.Star, test.score, test.star)
			}
			if exact := r.Marks[0].Points; !exact.Equal(r.Marks[0].Raw) || !exact.Equal(decimal.RequireFromString(test.count).Shift(-4)) {
				t.Errorf("a mark was rounded to %s", exact)
			}
		})
	}
}

// Bands hold their lower edge and not their upper one, and leave no gap.
func TestBands(t *testing.T) {
	p := founding(t)
	for _, test := range []struct {
		score string
		star  int
	}{
		{"0", 0}, {"59.99", 0}, {"60", 1}, {"69.99", 1}, {"70", 2}, {"79.99", 2}, {"80", 3}, {"89.99", 3},
		{"90", 4}, {"95", 4}, {"95.5", 4}, {"95.99", 4}, {"96", 5}, {"100", 5}, {"1000", 5},
	} {
		if got := p.Star(decimal.RequireFromString(test.score)); got != test.star {
			t.Errorf("%s gives %d stars, want %d", test.score, got, test.star)
		}
	}
}

// Whatever is counted: caps and floor hold, marks add up to the score, the
// star is the one band that holds it, more of a good thing is never worse,
// and neither the order of items nor that of cases matters.
func TestProperties(t *testing.T) {
	p := founding(t)
	p.Items[5].Cap = decimal.NewNullDecimal(decimal.NewFromInt(-10))
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		c := Case{Kind: "直管", Standing: "正式", Counts: map[string]decimal.Decimal{}}
		for _, item := range p.Items {
			if random.IntN(5) > 0 {
				c.Counts[item.Name] = decimal.New(random.Int64N(4000), -2)
			}
		}
		r := Judge(p, c)
		sum := p.Base
		for _, m := range r.Marks {
			if m.Points.Abs().GreaterThan(m.Item.Cap.Decimal.Abs()) || m.Points.Sign()*m.Item.Points.Sign() < 0 {
				t.Fatalf("%s: %s points", m.Reason, m.Points)
			}
			if m.Capped == m.Points.Equal(m.Raw) {
				t.Fatalf("%s: capped %v", m.Reason, m.Capped)
			}
			sum = sum.Add(m.Points)
		}
		if !r.Score.Equal(sum.Round(2)) {
			t.Fatalf("score %s, marks add up to %s", r.Score, sum)
		}
		for i, b := range p.Bands {
			in := r.Score.GreaterThanOrEqual(b.From) && (i == len(p.Bands)-1 || r.Score.LessThan(p.Bands[i+1].From))
			if in != (b.Star == r.Star) {
				t.Fatalf("score %s has %d stars", r.Score, r.Star)
			}
		}
		shuffled := p
		shuffled.Items = slices.Clone(p.Items)
		random.Shuffle(len(p.Items), func(i, j int) {
			shuffled.Items[i], shuffled.Items[j] = shuffled.Items[j], shuffled.Items[i]
		})
		if s := Judge(shuffled, c); !s.Score.Equal(r.Score) || s.Star != r.Star || !reflect.DeepEqual(s.Next, r.Next) {
			t.Fatalf("in another order: %s and %d, was %s and %d", s.Score, s.Star, r.Score, r.Star)
		}
		more := Case{Kind: c.Kind, Standing: c.Standing, Counts: map[string]decimal.Decimal{}}
		for _, item := range p.Items {
			if n, ok := c.Counts[item.Name]; ok {
				more.Counts[item.Name] = n
			}
			if !item.Deducts() {
				more.Counts[item.Name] = c.Counts[item.Name].Add(decimal.NewFromInt(1))
			}
		}
		if m := Judge(p, more); m.Score.LessThan(r.Score) || m.Star < r.Star {
			t.Fatalf("one more of each is worse: %s after %s", m.Score, r.Score)
		}
		if again := Judge(p, c); !reflect.DeepEqual(again, r) {
			t.Fatal("judged twice, rated differently")
		}
	}
}
