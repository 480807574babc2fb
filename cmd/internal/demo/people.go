package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// A day is counted as Excel counts: 1 is 1 January 1900, 0 none.
type day int32

var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

func on(y, m, d int) day { return dayOf(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)) }

func dayOf(t time.Time) day { return day(t.Sub(epoch) / (24 * time.Hour)) }

func (d day) time() time.Time { return epoch.AddDate(0, 0, int(d)) }

// years is a person's age on a day.
func (d day) years(later day) int {
	from, to := d.time(), later.time()
	n := to.Year() - from.Year()
	if to.YearDay() < from.YearDay() {
		n--
	}
	return n
}

// A person is who the registers are about.
type person struct {
	id, name, phone string
	male            bool
	birth           day
}

func (p *person) sex() string {
	if p.male {
		return "男"
	}
	return "女"
}

// A crowd makes persons; no two share an ID number or a phone, in the town.
type crowd struct {
	*rand.Rand
	community int
	ids       map[string]bool
	phones    int
}

var (
	surnames = strings.Split("王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤", "")
	male     = syllables{
		strings.Split("伟军勇磊杰刚辉波斌宁峰健亮松林鑫浩宇凯", ""),
		strings.Split("建志文明国永家海春世光玉成子俊宏立向晓少振庆景学正元长大天", ""),
		strings.Split("华军明辉林平生伟东峰新民荣祥良才贵福山根成海波义和安宝龙昌清", ""),
	}
	female = syllables{
		strings.Split("芳敏静艳娟霞燕玲丹萍琴洁莉颖倩雪梅兰红英", ""),
		strings.Split("秀桂玉淑春晓雅丽美凤月文小海雪金慧思佳巧爱惠素彩若兰雨冬云红", ""),
		strings.Split("英兰珍芳梅琴霞华芝香玲莲萍娟凤云珠荣娥洁燕琳静怡婷妮瑶菊秋花", ""),
	}
)

// syllables are those of given names: alone, first and second of two.
type syllables [3][]string

func (c *crowd) pick(list []string) string { return list[c.IntN(len(list))] }

// surname is more often one of the first.
func (c *crowd) surname() string { return surnames[min(c.IntN(len(surnames)), c.IntN(len(surnames)))] }

func (c *crowd) givenName(isMale bool) string {
	list := female
	if isMale {
		list = male
	}
	if c.Float64() < 0.14 {
		return c.pick(list[0])
	}
	return c.pick(list[1]) + c.pick(list[2])
}

func (c *crowd) person(surname string, isMale bool, birth day) person {
	p := person{name: surname + c.givenName(isMale), male: isMale, birth: birth, id: c.id(isMale, birth)}
	if birth.years(on(2025, 12, 31)) >= 14 && c.Float64() < 0.4 {
		p.phone = c.phone()
	}
	return p
}

// id makes a number whose region is 999 and three digits of the community's
// own range: right in form, and no one's.
func (c *crowd) id(isMale bool, birth day) string {
	for {
		order := c.IntN(500) * 2
		if isMale {
			order++
		}
		s := fmt.Sprintf("999%03d%s%03d", c.community*80+c.IntN(80)+1, birth.time().Format("20060102"), order)
		s += string(checkDigit(s))
		if !c.ids[s] {
			c.ids[s] = true
			return s
		}
	}
}

// checkDigit is that of 17 digits, by GB 11643-1999.
func checkDigit(s string) byte {
	sum := 0
	for i := range 17 {
		sum = (sum + int(s[i]-'0')) * 2 % 11 // ISO 7064: the weights are powers of 2
	}
	return "10X98765432"[sum]
}

// phone makes a number of the prefix 100, which no mobile carrier has. The
// step is prime to the range, so that none comes twice.
func (c *crowd) phone() string {
	c.phones++
	return fmt.Sprintf("100%08d", c.community*9_000_000+c.phones*5_749_907%9_000_000)
}

// born gives a birthday of someone who has an age on a day.
func (c *crowd) born(age int, at day) day {
	return at - day(age*1461/4) - day(c.IntN(365)) - 1
}

// chance is true in a share of cases.
func (c *crowd) chance(share float64) bool { return c.Float64() < share }

// between gives a whole number of from to to.
func (c *crowd) between(from, to int) int { return from + c.IntN(to-from+1) }
