package stars

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/shopspring/decimal"

	"xingce/ingest/kinds"
)

// check turns what is written into a policy, with a fault for all that is
// wrong.
func (r *reader) check(text string) Policy {
	w := r.written
	p := Policy{
		Name: w.Name, Title: w.Title, From: w.From.AsTime(time.UTC), Subject: w.Subject,
		Judged: w.Judged, Separate: w.Separate, Elsewhere: w.Elsewhere, Provisional: w.Provisional, text: text,
	}
	for key, value := range map[string]string{"name": w.Name, "title": w.Title} {
		if value == "" {
			r.fault(key, "缺少 %s", key)
		}
	}
	if w.From == (toml.LocalDate{}) {
		r.fault("from", "缺少 from（自哪一天起施行，如 2025-01-01）")
	}
	r.people(&p)
	r.score(&p)
	r.records(&p)
	r.parts(&p)
	r.items(&p)
	r.bands(&p)
	r.gates(&p)
	r.quotas(&p)
	r.apart(&p)
	return p
}

// people are who is judged.
func (r *reader) people(p *Policy) {
	switch p.Subject {
	case "":
		p.Subject = Members
	case Members, Volunteers:
	default:
		r.fault("subject", "subject 是评谁：member（党员）或 volunteer（义工），写的是 %q", p.Subject)
	}
	if p.Subject == Volunteers {
		for key, list := range map[string][]string{"judged": p.Judged, "separate": p.Separate, "elsewhere": p.Elsewhere, "provisional": p.Provisional} {
			if len(list) > 0 {
				r.fault(key, "义工不分类别，不写 %s", key)
			}
		}
		return
	}
	if len(p.Judged) == 0 {
		r.fault("judged", "缺少 judged（参加评定的党员类别，如 [\"直管\"]）")
	}
	r.words("judged", "党员类别", "kind", p.Judged)
	r.words("separate", "党员类别", "kind", p.Separate)
	r.words("elsewhere", "党员类别", "kind", p.Elsewhere)
	r.words("provisional", "党籍状态", "standing", p.Provisional)
	if n := len(p.Provisional); n > 0 && n == len(known("standing")) {
		r.fault("provisional", "各种党籍状态都不评星级，谁也评不上")
	}
	where := map[string]string{}
	for _, list := range []struct {
		key   string
		kinds []string
	}{{"judged", p.Judged}, {"separate", p.Separate}, {"elsewhere", p.Elsewhere}} {
		for _, kind := range list.kinds {
			if former := where[kind]; former != "" && former != list.key {
				r.fault(list.key, "%s党员已在 %s 里，不能又在 %s 里", kind, former, list.key)
			}
			where[kind] = list.key
		}
	}
}

// words refuses what the roll's column never holds.
func (r *reader) words(key, what, column string, list []string) {
	known := known(column)
	for _, word := range list {
		if !slices.Contains(known, word) {
			r.fault(key, "%q 不是%s，可写 %s", word, what, strings.Join(known, "、"))
		}
	}
}

// known are the words of a column of the roll.
func known(column string) []string {
	var words []string
	for _, c := range kinds.Member.Columns {
		if c.Name == column {
			for _, word := range c.Words {
				words = append(words, word[0])
			}
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// score is where it begins and how it ends.
func (r *reader) score(p *Policy) {
	w := r.written
	p.Base = r.number("base", w.Base, len(w.Parts) == 0).Decimal
	p.Floor = r.number("floor", w.Floor, false).Decimal
	if p.Floor.IsNegative() {
		r.fault("floor", "最低分 %s 小于 0", p.Floor)
	}
	p.Digits = 2
	if digits := r.number("rounding.digits", w.Rounding.Digits, false); digits.Valid {
		if n := digits.Decimal; !n.IsInteger() || n.IsNegative() || n.GreaterThan(decimal.NewFromInt(2)) {
			r.fault("rounding.digits", "得分保留 0、1 或 2 位小数，写的是 %s", n)
		}
		p.Digits = int32(digits.Decimal.IntPart())
	}
	switch w.Rounding.Mode {
	case "", "四舍五入":
	case "舍去":
		p.Down = true
	default:
		r.fault("rounding.mode", "mode 是 \"四舍五入\" 或 \"舍去\"，写的是 %q", w.Rounding.Mode)
	}
}

// records are what people enter: vetoes, exemptions, and how long someone was
// on the roll.
func (r *reader) records(p *Policy) {
	w := r.written
	p.Veto, p.Exempt, p.ExemptCount, p.Months = w.Veto.Measure, w.Exempt.Measure, w.Exempt.Counted, w.ProRata.Measure
	for key, measure := range map[string]string{"veto": p.Veto, "exempt": p.Exempt, "pro_rata": p.Months} {
		if _, there := r.lines[key]; there && measure == "" {
			r.fault(key, "缺少 measure")
		}
		r.measure(p, key+".measure", measure)
	}
	switch w.Veto.Effect {
	case "零分":
		p.Zero = true
	case "不评星级":
	default:
		if p.Veto != "" {
			r.fault("veto.effect", "effect 是 \"零分\" 或 \"不评星级\"，写的是 %q", w.Veto.Effect)
		}
	}
	p.FullMonths = decimal.NewFromInt(12)
	if full := r.number("pro_rata.full", w.ProRata.Full, false); full.Valid {
		p.FullMonths = full.Decimal
		if !p.FullMonths.IsPositive() {
			r.fault("pro_rata.full", "全年的月数 %s 应大于 0", p.FullMonths)
		}
	}
}

// apart refuses a veto, an exemption or the months by a measure that counts for
// something else too: a veto is never derived from what somebody did.
func (r *reader) apart(p *Policy) {
	used := map[string]string{}
	for _, i := range p.Items {
		used[i.Measure] = "计分项目“" + i.Title + "”"
	}
	for _, g := range p.Gates {
		used[g.Measure] = "门槛“" + g.Title + "”"
	}
	for _, special := range []struct{ key, measure string }{{"veto", p.Veto}, {"exempt", p.Exempt}, {"pro_rata", p.Months}} {
		if by := used[special.measure]; special.measure != "" && by != "" {
			r.fault(special.key+".measure", "%s 已用在%s里，不能又用在这里", special.measure, by)
		}
		used[special.measure] = "[" + special.key + "]"
	}
}

// measure refuses what no metric of the subject counts.
func (r *reader) measure(p *Policy, key, name string) {
	who := "党员"
	if p.Subject == Volunteers {
		who = "义工"
	}
	if name != "" && !r.measures(p.Subject, name) {
		r.fault(key, "没有%s口径的指标 %q", who, name)
	}
}

func (r *reader) parts(p *Policy) {
	weights := decimal.Zero
	for i, w := range r.written.Parts {
		key := fmt.Sprintf("part[%d]", i)
		part := Part{Name: w.Name, Title: w.Title, Base: r.number(key+".base", w.Base, false).Decimal}
		for field, value := range map[string]string{"name": w.Name, "title": w.Title} {
			if value == "" {
				r.fault(key+"."+field, "[[part]] 缺少 %s", field)
			}
		}
		if slices.ContainsFunc(p.Parts, func(other Part) bool { return other.Name == part.Name }) {
			r.fault(key+".name", "部分 %q 重复", part.Name)
		}
		weight, full := r.number(key+".weight", w.Weight, true), r.number(key+".full", w.Full, true)
		part.Weight, part.Full = weight.Decimal, full.Decimal
		if weight.Valid && !part.Weight.IsPositive() {
			r.fault(key+".weight", "“%s”的权重 %s 应大于 0", w.Title, part.Weight)
		}
		if full.Valid && !part.Full.IsPositive() {
			r.fault(key+".full", "“%s”的满分 %s 应大于 0", w.Title, part.Full)
		}
		if full.Valid && part.Base.GreaterThan(part.Full) {
			r.fault(key+".base", "“%s”的基础分 %s 高于满分 %s", w.Title, part.Base, part.Full)
		}
		weights = weights.Add(part.Weight)
		p.Parts = append(p.Parts, part)
	}
	if one := decimal.NewFromInt(1); len(p.Parts) > 0 && !weights.Equal(one) {
		r.fault("part[0].weight", "各部分的权重加起来是 %s，应是 1（如 0.8 和 0.2）", weights)
	}
}

func (r *reader) items(p *Policy) {
	if len(r.written.Items) == 0 {
		r.fault("item", "没有计分项目 [[item]]")
	}
	names, titles := map[string]bool{}, map[string]bool{}
	for i, w := range r.written.Items {
		key := fmt.Sprintf("item[%d]", i)
		item := Item{Name: w.Name, Title: w.Title, Part: w.Part, Measure: w.Measure, Unit: w.Unit, ProRata: w.ProRata}
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
		r.measure(p, key+".measure", w.Measure)
		if w.Part != "" && !slices.ContainsFunc(p.Parts, func(part Part) bool { return part.Name == w.Part }) {
			r.fault(key+".part", "没有 name 是 %q 的 [[part]]", w.Part)
			item.Part = ""
		}
		r.proRata(p, key, w.ProRata)
		r.points(key, i, &item)
		switch w.Per {
		case "", "year":
			if w.YearCap != "" {
				r.fault(key+".year_cap", "“%s”按年计，封顶写 cap；year_cap 用于按季计的项目", w.Title)
			}
		case "quarter":
			item.Quarterly = true
			item.YearCap = r.number(key+".year_cap", w.YearCap, false)
			r.bound(key+".year_cap", item, item.YearCap)
		default:
			r.fault(key+".per", "per 是 \"year\"（按年计）或 \"quarter\"（按季计），写的是 %q", w.Per)
		}
		p.Items = append(p.Items, item)
	}
}

func (r *reader) proRata(p *Policy, key string, wanted bool) {
	if wanted && p.Months == "" {
		r.fault(key+".pro_rata", "按在册月数折算，要有 [pro_rata] 写明月数的指标，如 measure = \"member_months\"")
	}
}

// points reads how an item gives points: for each unit, or by steps.
func (r *reader) points(key string, i int, item *Item) {
	w := r.written.Items[i]
	item.Cap, item.Floor = r.number(key+".cap", w.Cap, false), r.number(key+".floor", w.Floor, false)
	if len(w.Steps) > 0 {
		for name, n := range map[string]number{"points": w.Points, "cap": w.Cap, "floor": w.Floor} {
			if n != "" {
				r.fault(key+"."+name, "“%s”写了 steps，就不写 %s", w.Title, name)
			}
		}
		for n, s := range w.Steps {
			from, points := r.number(key+".steps.from", s.From, true), r.number(key+".steps.points", s.Points, true)
			if n > 0 && from.Valid && from.Decimal.LessThanOrEqual(item.Steps[n-1].From) {
				r.fault(key+".steps", "“%s”的 steps 应由低到高：%s 写在 %s 之后", w.Title, from.Decimal, item.Steps[n-1].From)
			}
			switch step := (Step{from.Decimal, points.Decimal}); {
			case !from.Valid || !points.Valid:
			case step.From.IsNegative():
				r.fault(key+".steps", "“%s”的 steps 从 %s %s起，应不小于 0", w.Title, step.From, w.Unit)
			case step.Points.IsZero():
				r.fault(key+".steps", "“%s”的 steps 里有 0 分一档，等于不计分", w.Title)
			case n == 0 || item.Steps[n-1].Points.IsZero():
			case step.Points.Sign() != item.Steps[n-1].Points.Sign(), step.Points.Abs().LessThanOrEqual(item.Steps[n-1].Points.Abs()):
				r.fault(key+".steps", "“%s”的 steps 应一档比一档加得多，或者一档比一档扣得多", w.Title)
			}
			item.Steps = append(item.Steps, Step{from.Decimal, points.Decimal})
		}
		return
	}
	points := r.number(key+".points", w.Points, true)
	item.Points = points.Decimal
	switch {
	case !points.Valid:
	case item.Points.IsZero():
		r.fault(key+".points", "“%s”每%s 0 分，等于不计分", w.Title, w.Unit)
	default:
		r.bound(key+".cap", *item, item.Cap)
	}
	switch {
	case !item.Floor.Valid:
	case item.Deducts():
		r.fault(key+".floor", "“%s”是扣分，最多扣多少写在 cap 里，不写 floor", w.Title)
	case !item.Floor.Decimal.IsPositive(), item.Cap.Valid && item.Floor.Decimal.GreaterThan(item.Cap.Decimal):
		r.fault(key+".floor", "“%s”的最低分 %s 应大于 0，且不高于封顶", w.Title, item.Floor.Decimal)
	}
}

// bound refuses a cap on the wrong side of nothing.
func (r *reader) bound(key string, item Item, limit decimal.NullDecimal) {
	switch {
	case !limit.Valid:
	case item.Deducts() && !limit.Decimal.IsNegative():
		r.fault(key, "“%s”是扣分，封顶 %s 应是负数，如 -10 表示最多扣 10 分", item.Title, limit.Decimal)
	case !item.Deducts() && !limit.Decimal.IsPositive():
		r.fault(key, "“%s”是加分，封顶 %s 应大于 0", item.Title, limit.Decimal)
	}
}

func (r *reader) bands(p *Policy) {
	if len(r.written.Bands) == 0 {
		r.fault("band", "没有星级档位 [[band]]")
	}
	sound := len(r.faults) == 0
	most, capped := decimal.Zero, false
	if sound {
		most, capped = p.Most()
	}
	for i, w := range r.written.Bands {
		key := fmt.Sprintf("band[%d]", i)
		from := r.number(key+".from", w.From, true)
		band := Band{Star: w.Star, From: from.Decimal}
		if w.Star < 1 || w.Star > 9 {
			r.fault(key+".star", "star 是 %d，星级应在 1 至 9 之间", w.Star)
		} else if from.Valid && i > 0 {
			r.after(key, p.Bands[i-1], band)
		}
		if sound && i > 0 {
			r.reachable(p, i-1, band)
		}
		if sound && capped && band.From.GreaterThan(most) {
			r.fault(key+".from", "%s要 %s 分，而基础分加各项封顶只有 %s 分，谁也评不上", StarTitle(band.Star), band.From, most)
		}
		r.to(i, band)
		p.Bands = append(p.Bands, band)
	}
}

// reachable refuses band i if no score falls below the next one, or none of so
// few digits is in it.
func (r *reader) reachable(p *Policy, i int, next Band) {
	key, star := fmt.Sprintf("band[%d].from", i), StarTitle(p.Bands[i].Star)
	if least := p.Least(); next.From.LessThanOrEqual(least) {
		r.fault(key, "%s到 %s 分为止，而得分最低也有 %s 分，谁也不是%[1]s", star, next.From, least)
	}
	if first := p.Bands[i].From.RoundCeil(p.Digits); first.GreaterThanOrEqual(next.From) && next.From.GreaterThan(p.Bands[i].From) {
		r.fault(key, "得分保留 %d 位小数，没有一个得分在 %s（%s 到 %s 分）里", p.Digits, star, p.Bands[i].From, next.From)
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

// to holds a band's upper end, where someone wrote it, against the next band:
// it is not in the band, so that 95.5 is somewhere.
func (r *reader) to(i int, band Band) {
	key := fmt.Sprintf("band[%d].to", i)
	to := r.number(key, r.written.Bands[i].To, false)
	if !to.Valid {
		return
	}
	if i+1 == len(r.written.Bands) {
		r.fault(key, "%s是最高一档，不写 to", StarTitle(band.Star))
		return
	}
	next := r.number(fmt.Sprintf("band[%d].from", i+1), r.written.Bands[i+1].From, false)
	switch {
	case !next.Valid:
	case to.Decimal.LessThan(next.Decimal):
		r.fault(key, "档位有空档：%s到 %s 分为止，下一档从 %s 分起，中间的得分没有星级；to 不含在内，应写 %[3]s", StarTitle(band.Star), to.Decimal, next.Decimal)
	case to.Decimal.GreaterThan(next.Decimal):
		r.fault(key, "档位有重叠：%s到 %s 分为止，下一档已从 %s 分起", StarTitle(band.Star), to.Decimal, next.Decimal)
	}
}

func (p *Policy) hasStar(star int) bool {
	return slices.ContainsFunc(p.Bands, func(b Band) bool { return b.Star == star })
}

func (r *reader) gates(p *Policy) {
	for i, w := range r.written.Gates {
		key := fmt.Sprintf("gate[%d]", i)
		g := Gate{Star: w.Star, Title: w.Title, Measure: w.Measure, Unit: w.Unit, ProRata: w.ProRata}
		for field, value := range map[string]string{"title": w.Title, "measure": w.Measure, "unit": w.Unit} {
			if value == "" {
				r.fault(key+"."+field, "[[gate]] 缺少 %s", field)
			}
		}
		if !p.hasStar(w.Star) {
			r.fault(key+".star", "没有%s这一档", StarTitle(w.Star))
		}
		r.measure(p, key+".measure", w.Measure)
		r.proRata(p, key, w.ProRata)
		least := r.number(key+".at_least", w.AtLeast, true)
		if g.AtLeast = least.Decimal; least.Valid && !g.AtLeast.IsPositive() {
			r.fault(key+".at_least", "at_least 是 %s，应大于 0", g.AtLeast)
		}
		p.Gates = append(p.Gates, g)
	}
}

func (r *reader) quotas(p *Policy) {
	for i, w := range r.written.Quotas {
		key := fmt.Sprintf("quota[%d]", i)
		q := Quota{Star: w.Star, Above: w.Above, Of: w.Of, Share: r.share(key, w.Share)}
		people := r.number(key+".people", w.People, false)
		q.People = people.Decimal.IntPart()
		if !p.hasStar(w.Star) {
			r.fault(key+".star", "没有%s这一档", StarTitle(w.Star))
		}
		if (w.Share == "") == (w.People == "") {
			r.fault(key, "名额写 share（比例，如 0.05）或 people（人数），两样写一样")
		}
		if people.Valid && (!people.Decimal.IsInteger() || !people.Decimal.IsPositive()) {
			r.fault(key+".people", "people 是 %s，应是大于 0 的整数", people.Decimal)
		}
		switch w.Of {
		case "":
			q.Of = OfGraded
		case OfGraded, OfRoll:
		default:
			r.fault(key+".of", "of 是名额的基数：\"参评\"（参加评星的人）或 \"名册\"（评定范围内的人），写的是 %q", w.Of)
		}
		if slices.ContainsFunc(p.Quotas, func(other Quota) bool { return other.Star == q.Star && other.Above == q.Above }) {
			r.fault(key+".star", "%s的名额写了两次", StarTitle(q.Star))
		}
		// No source breaks ties, so that the file can only say what is done anyway.
		if w.Ties != "" && w.Ties != "议定" {
			r.fault(key+".ties", "同分的由支部议定，ties 只能写 \"议定\"，写的是 %q", w.Ties)
		}
		p.Quotas = append(p.Quotas, q)
	}
}

// share reads 0.05, or "1/3", which no decimal is.
func (r *reader) share(key string, n number) *big.Rat {
	if n == "" {
		return nil
	}
	share, ok := new(big.Rat).SetString(string(n))
	if !ok || !fraction.MatchString(string(n)) || share.Sign() <= 0 || share.Cmp(big.NewRat(1, 1)) > 0 {
		r.fault(key+".share", "share 应大于 0、不大于 1，如 0.05 表示 5%%，也可以写 \"1/3\"，写的是 %s", n)
		return nil
	}
	return share
}

var fraction = regexp.MustCompile(`^(\d{1,3}/[1-9]\d{0,3}|\d{1,3}(\.\d{1,4})?)$`)
