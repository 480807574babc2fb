package stars

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// facts are written as an item's or a measure's name and a count: "meetings",
// "15"; of one quarter, "activities@2", "3".
func facts(p Policy, pairs ...string) map[Fact]decimal.Decimal {
	m := map[Fact]decimal.Decimal{}
	for i := 0; i < len(pairs); i += 2 {
		name, quarter, _ := strings.Cut(pairs[i], "@")
		f := Fact{Measure: name}
		f.Quarter, _ = strconv.Atoi(quarter)
		for _, item := range p.Items {
			if item.Name == name {
				f.Measure = item.Measure
			}
		}
		m[f] = decimal.RequireFromString(pairs[i+1])
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
			Case{Kind: "直管", Standing: "正式", Facts: facts(p, "meetings", "15", "activities", "6", "hours", "18.50", "posts", "1", "cards", "3", "dues", "12", "absences", "2")},
			[]string{
				"基础分 60 分",
				"组织生活：15 次 × 2 分 = 30 分，封顶 12 分，计 12 分",
				"社区活动：6 次 × 1 分 = 6 分",
				"志愿服务：18.5 小时 × 0.5 分 = 9.25 分，封顶 6 分，计 6 分",
				"公益岗位：1 个 × 2 分 = 2 分",
				"四卡登记：3 张 × 1 分 = 3 分",
				"按时交纳党费：12 个月 × 0.5 分 = 6 分",
				"无故缺席：2 次 × 扣 2 分 = 扣 4 分",
				"表彰加分：没有记录，计 0 分",
				"认定扣分：没有记录，计 0 分",
				"合计 60 + 12 + 6 + 6 + 2 + 3 + 6 − 4 + 0 + 0 = 91 分",
				"91 分在 90 分（含）至 96 分（不含），建议四星",
				"距五星差 5 分",
			}, []int{1, 3, 7, 12}},
		{"no record, below the first band",
			Case{Kind: "直管", Standing: "正式", Facts: facts(p, "meetings", "1", "absences", "2")},
			[]string{
				"基础分 60 分",
				"组织生活：1 次 × 2 分 = 2 分",
				"社区活动：没有记录，计 0 分",
				"志愿服务：没有记录，计 0 分",
				"公益岗位：没有记录，计 0 分",
				"四卡登记：没有记录，计 0 分",
				"按时交纳党费：没有记录，计 0 分",
				"无故缺席：2 次 × 扣 2 分 = 扣 4 分",
				"表彰加分：没有记录，计 0 分",
				"认定扣分：没有记录，计 0 分",
				"合计 60 + 2 + 0 + 0 + 0 + 0 + 0 − 4 + 0 + 0 = 58 分",
				"58 分在 60 分（不含）以下，未达星级",
				"距一星差 2 分",
			}, []int{7, 12}},
		{"the floor, and a roll that does not say the standing",
			Case{Kind: "直管", Facts: facts(p, "absences", "31")},
			[]string{
				"基础分 60 分",
				"组织生活：没有记录，计 0 分",
				"社区活动：没有记录，计 0 分",
				"志愿服务：没有记录，计 0 分",
				"公益岗位：没有记录，计 0 分",
				"四卡登记：没有记录，计 0 分",
				"按时交纳党费：没有记录，计 0 分",
				"无故缺席：31 次 × 扣 2 分 = 扣 62 分",
				"表彰加分：没有记录，计 0 分",
				"认定扣分：没有记录，计 0 分",
				"合计 60 + 0 + 0 + 0 + 0 + 0 + 0 − 62 + 0 + 0 = −2 分，低于最低分，计 0 分",
				"名册没有写明党籍状态，按正式党员评定",
				"0 分在 60 分（不含）以下，未达星级",
				"距一星差 60 分",
			}, []int{7, 10, 11, 13}},
		{"not judged",
			Case{Kind: "流动", Standing: "正式", Facts: facts(p, "meetings", "6")},
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
	p := founding(t)
	r := Judge(p, Case{Kind: "直管", Standing: "预备", Facts: facts(p, "meetings", "6")})
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
		Judged: []string{"直管"}, Digits: 2,
		Items: []Item{{Name: "x", Measure: "x", Title: "甲", Unit: "次", Points: decimal.RequireFromString("0.0001")}},
		Bands: []Band{{Star: 1, From: decimal.RequireFromString("96")}},
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
			r := Judge(p, Case{Kind: "直管", Standing: "正式", Facts: facts(p, "x", test.count)})
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
	for i := range p.Items {
		if !p.Items[i].Cap.Valid {
			p.Items[i].Cap = decimal.NewNullDecimal(decimal.NewFromInt(-10))
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		c := Case{Kind: "直管", Standing: "正式", Facts: map[Fact]decimal.Decimal{}}
		for _, item := range p.Items {
			if random.IntN(5) > 0 {
				c.Facts[Fact{Measure: item.Measure}] = decimal.New(random.Int64N(4000), -2)
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
		more := Case{Kind: c.Kind, Standing: c.Standing, Facts: map[Fact]decimal.Decimal{}}
		for _, item := range p.Items {
			f := Fact{Measure: item.Measure}
			if n, ok := c.Facts[f]; ok {
				more.Facts[f] = n
			}
			if !item.Deducts() {
				more.Facts[f] = c.Facts[f].Add(decimal.NewFromInt(1))
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

// of loads a policy of the shelf.
func of(t *testing.T, name string) Policy {
	t.Helper()
	p, err := Load(Shelf(), name, anyMetric)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every rule that a policy can have, told in words.
func TestReasons(t *testing.T) {
	p := of(t, "huaning")
	good := []string{"study", "8", "member_activities", "11", "activities@1", "3", "activities@2", "4", "activities@3", "3", "activities@4", "1",
		"hours", "24", "posts", "2", "dues", "12", "appraisal", "77.5"}
	for _, test := range []struct {
		name  string
		c     Case
		want  []string // some of the reasons, in order
		score string
		star  int
	}{
		{"parts by weight, quarters with their caps, steps", Case{Facts: facts(p, good...)}, []string{
			"日常表现：基础分 60 分",
			"民主评议：基础分 0 分",
			"社区活动：一季度 3 次 × 1 分 = 3 分；二季度 4 次 × 1 分 = 4 分，封顶 3 分，计 3 分；三季度 3 次 × 1 分 = 3 分；四季度 1 次 × 1 分 = 1 分；全年 10 分",
			"志愿服务：24 小时，达到 24 小时，计 8 分",
			"日常表现 60 + 12 + 10 + 8 + 4 + 6 + 0 = 100 分，占 80%，折合 80 分",
			"民主评议 0 + 77.5 = 77.5 分，占 20%，折合 15.5 分",
			"合计 80 + 15.5 + 0 + 0 = 95.5 分",
			"95.5 分在 90 分（含）至 96 分（不含），建议四星",
			"距五星差 0.5 分",
		}, "95.5", 4},
		{"a gate holds back", Case{Facts: facts(p, append(slices.Clone(good), "member_activities", "3")...)}, []string{
			"95.5 分在 90 分（含）至 96 分（不含），建议四星",
			"四星须社区活动满 4 次，只有 3 次，改为三星",
			"距四星还差：社区活动只有 3 次",
		}, "95.5", 3},
		{"points and a gate to the next star", Case{Facts: facts(p, "study", "8", "appraisal", "90", "hours", "12", "posts", "2")}, []string{
			"社区活动：没有记录，计 0 分",
			"82.8 分在 80 分（含）至 90 分（不含），建议三星",
			"距四星差 7.2 分，还差：社区活动没有记录",
		}, "82.8", 3},
		{"half a year", Case{Facts: facts(p, append(slices.Clone(good), "study", "2", "dues", "5", "member_activities", "2", "member_months", "6")...)}, []string{
			"集中学习：2 次（在册 6 个月，折算全年 4 次） × 2 分 = 8 分",
			"按时交纳党费：5 个月（在册 6 个月，折算全年 10 个月） × 0.5 分 = 5 分",
			"91.5 分在 90 分（含）至 96 分（不含），建议四星",
		}, "91.5", 4},
		{"half a year and too little", Case{Facts: facts(p, append(slices.Clone(good), "member_activities", "1", "member_months", "6")...)}, []string{
			"四星须社区活动满 4 次，只有 1 次（在册 6 个月，折算为 2 次），改为三星",
		}, "95.5", 3},
		{"a veto makes the score nothing and keeps what it was", Case{Facts: facts(p, append(slices.Clone(good), "member_vetoed", "1")...)}, []string{
			"合计 80 + 15.5 + 0 + 0 = 95.5 分",
			"一票否决：得分由 95.5 分改计 0 分，不评星级（依据见加扣分台账）",
		}, "0", 0},
		{"an exemption is no nought", Case{Facts: facts(p, append(slices.Clone(good), "member_exempt", "1")...)}, []string{
			"经党员大会决定免评，不计分，不评星级（理由和日期见加扣分台账）",
		}, "0", 0},
		{"a part is not over its full score", Case{Facts: facts(p, append(slices.Clone(good), "appraisal", "104")...)}, []string{
			"民主评议 0 + 104 = 104 分，满分 100 分，计 100 分，占 20%，折合 20 分",
		}, "100", 5},
		{"a part is not below nothing", Case{Facts: facts(p, "absences", "40", "appraisal", "80")}, []string{
			"日常表现 60 + 0 + 0 + 0 + 0 + 0 − 80 = −20 分，低于 0 分，计 0 分，占 80%，折合 0 分",
		}, "16", 0},
		{"rounded to one digit, half up", Case{Facts: facts(p, "study", "6", "appraisal", "74.75")}, []string{
			"合计 57.6 + 14.95 + 0 + 0 = 72.55 分，四舍五入为 72.6 分",
		}, "72.6", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.c.Kind, test.c.Standing = "直管", "正式"
			r := Judge(p, test.c)
			if r.Score.String() != test.score || r.Star != test.star {
				t.Errorf("%s points and %d stars, want %s and %d", r.Score, r.Star, test.score, test.star)
			}
			at := 0
			for _, reason := range r.Reasons {
				if at < len(test.want) && reason == test.want[at] {
					at++
				}
			}
			if at < len(test.want) {
				t.Errorf("nobody says, in its place,\n%s\nbut\n%s", test.want[at], strings.Join(r.Reasons, "\n"))
			}
			if r.Vetoed && r.Raw.String() != "95.5" {
				t.Errorf("the veto leaves a raw score of %s", r.Raw)
			}
			if r.Exempt && (r.Scored || r.Graded || r.Next != nil) {
				t.Errorf("exempt, and scored %v, graded %v, next %v", r.Scored, r.Graded, r.Next)
			}
		})
	}
}

// A veto that takes the star leaves the score.
func TestVetoTakesTheStar(t *testing.T) {
	p := founding(t)
	r := Judge(p, Case{Kind: "直管", Standing: "正式", Facts: facts(p, "meetings", "6", "member_vetoed", "1")})
	if r.Score.String() != "72" || r.Star != 0 || !r.Graded || !r.Vetoed || r.Next != nil {
		t.Errorf("got %s points, %d stars, graded %v, vetoed %v, next %v", r.Score, r.Star, r.Graded, r.Vetoed, r.Next)
	}
	if last := r.Remarks[len(r.Remarks)-1]; last != "一票否决：不评星级，得分照记 72 分（依据见加扣分台账）" {
		t.Errorf("last remark %q", last)
	}
}

// A policy may cut the rest of a score off instead of rounding it.
func TestRoundingDown(t *testing.T) {
	p := Policy{
		Judged: []string{"直管"}, Digits: 1, Down: true,
		Items: []Item{{Name: "x", Measure: "x", Title: "甲", Unit: "次", Points: decimal.RequireFromString("0.01")}},
		Bands: []Band{{Star: 1, From: decimal.RequireFromString("96")}},
	}
	r := Judge(p, Case{Kind: "直管", Standing: "正式", Facts: facts(p, "x", "9599")})
	if r.Score.String() != "95.9" || r.Star != 0 || !slices.Contains(r.Reasons, "合计 0 + 95.99 = 95.99 分，舍去尾数为 95.9 分") {
		t.Errorf("%s points, %d stars: %s", r.Score, r.Star, strings.Join(r.Reasons, "\n"))
	}
}

func TestLeastOfAnItem(t *testing.T) {
	p, err := load(strings.Replace(small, "cap = 12", "cap = 12\nfloor = 3", 1))
	if err != nil {
		t.Fatal(err)
	}
	for count, want := range map[string]string{"0": "3", "1": "3", "2": "4", "9": "12"} {
		if r := Judge(p, Case{Kind: "直管", Standing: "正式", Facts: facts(p, "study", count)}); r.Marks[0].Points.String() != want {
			t.Errorf("%s: %s", r.Marks[0].Reason, r.Marks[0].Points)
		}
	}
}

// Whatever the bands are, a veto leaves no star.
func TestVetoLeavesNoStar(t *testing.T) {
	p := of(t, "huaning")
	p.Bands = []Band{{Star: 1, From: decimal.Zero}, {Star: 2, From: decimal.NewFromInt(80)}}
	if r := Judge(p, Case{Kind: "直管", Standing: "正式", Facts: facts(p, "member_vetoed", "1")}); r.Star != 0 || !r.Score.IsZero() || r.Next != nil {
		t.Errorf("%d stars, %s points", r.Star, r.Score)
	}
}

// In-service members are judged by the same rules, and are no part of the
// branch's own.
func TestSeparate(t *testing.T) {
	p := founding(t)
	r := Judge(p, Case{Kind: "在职", Standing: "正式", Facts: facts(p, "meetings", "6")})
	if !r.Separate || !r.Graded || r.Star != 2 {
		t.Errorf("separate %v, graded %v, %d stars", r.Separate, r.Graded, r.Star)
	}
	if a := Allot(p, []Rating{r}); a[0].Whole != 0 {
		t.Errorf("the quota is of %d", a[0].Whole)
	}
}
