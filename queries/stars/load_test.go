package stars

import (
	"strings"
	"testing"
	"testing/fstest"
)

const small = `name = "small"
title = "小办法"
from = 2025-01-01
judged = ["直管"]
provisional = ["预备"]
base = 60

[[item]]
name = "study"
title = "学习"
measure = "member_study"
unit = "次"
points = 2
cap = 12

[[item]]
name = "absent"
title = "缺席"
measure = "member_absent"
unit = "次"
points = -2
cap = -10

[[band]]
star = 1
from = 60

[[band]]
star = 2
from = 72

[[example]]
title = "满分"
counts = { study = 9 }
score = 72
star = 2
`

func load(text string) (Policy, error) {
	return Load(fstest.MapFS{"small.toml": {Data: []byte(text)}}, "small", func(_, name string) bool {
		return name == "member_study" || name == "member_absent" || name == "member_vetoed"
	})
}

func TestLoad(t *testing.T) {
	p, err := load(small)
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "小办法" || p.From.Format("2006-01-02") != "2025-01-01" || len(p.Items) != 2 || len(p.Bands) != 2 {
		t.Errorf("got %+v", p)
	}
	if got, want := p.Items[0].Rule(), "2 分/次，封顶 12 分"; got != want {
		t.Errorf("rule %q, want %q", got, want)
	}
	if got, want := p.Items[1].Rule(), "扣 2 分/次，最多扣 10 分"; got != want {
		t.Errorf("rule %q, want %q", got, want)
	}
	if marked, err := load("\ufeff" + small); err != nil || marked.Hash() != p.Hash() {
		t.Errorf("with Notepad's mark: %v", err)
	}
	other, err := load(small + "# 一句说明\n")
	if err != nil {
		t.Fatal(err)
	}
	if p.Hash() == other.Hash() {
		t.Error("two files have one hash")
	}
}

// Each fault is one sentence with file and line; a file with several tells
// them all.
func TestRefusals(t *testing.T) {
	for _, test := range []struct {
		name     string
		old, new string
		want     string
	}{
		{"equal bands overlap", "from = 72", "from = 60", "small.toml:30: 档位有重叠：一星和二星都从 60 分起"},
		{"unsorted bands overlap", "from = 72", "from = 55", "small.toml:30: 档位有重叠：二星从 55 分起，比一星的 60 分还低"},
		{"stars out of order", "star = 2\nfrom", "star = 1\nfrom", "small.toml:29: 档位的次序不对：一星写在一星之后，星级应由低到高"},
		{"star out of range", "star = 2\nfrom", "star = 12\nfrom", "small.toml:29: star 是 12，星级应在 1 至 9 之间"},
		{"unreachable star", "from = 72", "from = 73", "small.toml:30: 二星要 73 分，而基础分加各项封顶只有 72 分，谁也评不上"},
		{"item name twice", `"absent"`, `"study"`, `small.toml:17: 项目名 "study" 重复`},
		{"item title twice", `"缺席"`, `"学习"`, `small.toml:18: 项目“学习”重复`},
		{"unknown measure", `"member_study"`, `"member_stduy"`, `small.toml:11: 没有党员口径的指标 "member_stduy"`},
		{"cap of a bonus below zero", "cap = 12", "cap = -12", "small.toml:14: “学习”是加分，封顶 -12 应大于 0"},
		{"cap of a deduction above zero", "cap = -10", "cap = 10", "small.toml:22: “缺席”是扣分，封顶 10 应是负数，如 -10 表示最多扣 10 分"},
		{"cap of nothing", "cap = 12", "cap = 0", "small.toml:14: “学习”是加分，封顶 0 应大于 0"},
		{"points of nothing", "points = 2", "points = 0", "small.toml:13: “学习”每次 0 分，等于不计分"},
		{"points that are no number", "points = 2", `points = "两分"`, "small.toml:13: points 应是至多四位小数的数，写的是 两分"},
		{"points that are infinite", "points = 2", "points = inf", "small.toml:13: points 应是至多四位小数的数，写的是 inf"},
		{"points left out", "points = 2\n", "", "small.toml:8: 缺少 points"},
		{"no base", "base = 60\n", "", "small.toml:1: 缺少 base"},
		{"floor below zero", "base = 60", "base = 60\nfloor = -5", "small.toml:7: 最低分 -5 小于 0"},
		{"nobody judged", `judged = ["直管"]`, "", "small.toml:1: 缺少 judged（参加评定的党员类别，如 [\"直管\"]）"},
		{"kind that no roll has", `["直管"]`, `["直营"]`, `small.toml:4: "直营" 不是党员类别，可写 在职、流动、直管`},
		{"standing that no roll has", `["预备"]`, `["预备党员"]`, `small.toml:5: "预备党员" 不是党籍状态，可写 正式、预备`},
		{"judged and elsewhere", "base = 60", "base = 60\nelsewhere = [\"直管\"]", "small.toml:7: 直管党员已在 judged 里，不能又在 elsewhere 里"},
		{"unknown key and what it was for", "base = 60", "bsae = 60", "small.toml:1: 缺少 base\nsmall.toml:6: 不认识 bsae 这一项"},
		{"unknown key of an item", "cap = 12", "cap = 12\nmax = 3", "small.toml:15: 不认识 item.max 这一项"},
		{"closed bands leave a hole", "from = 60\n", "from = 60\nto = 71\n", "small.toml:27: 档位有空档：一星到 71 分为止，下一档从 72 分起，中间的得分没有星级；to 不含在内，应写 72"},
		{"closed bands overlap", "from = 60\n", "from = 60\nto = 80\n", "small.toml:27: 档位有重叠：一星到 80 分为止，下一档已从 72 分起"},
		{"the highest band is open", "from = 72\n", "from = 72\nto = 100\n", "small.toml:31: 二星是最高一档，不写 to"},
		{"unknown subject", "base = 60", "base = 60\nsubject = \"resident\"", "small.toml:7: subject 是评谁：member（党员）或 volunteer（义工），写的是 \"resident\""},
		{"a volunteer has no kind", "base = 60", "base = 60\nsubject = \"volunteer\"", "small.toml:4: 义工不分类别，不写 judged\nsmall.toml:5: 义工不分类别，不写 provisional"},
		{"judged twice over", "base = 60", "base = 60\nseparate = [\"在职\"]\nelsewhere = [\"在职\"]", "small.toml:8: 在职党员已在 separate 里，不能又在 elsewhere 里"},
		{"rounding to nothing known", "[[band]]\nstar = 1", "[rounding]\ndigits = 3\nmode = \"进一\"\n\n[[band]]\nstar = 1", "small.toml:25: 得分保留 0、1 或 2 位小数，写的是 3\nsmall.toml:26: mode 是 \"四舍五入\" 或 \"舍去\"，写的是 \"进一\""},
		{"veto without an effect", "[[band]]\nstar = 1", "[veto]\nmeasure = \"member_vetoed\"\n\n[[band]]\nstar = 1", "small.toml:24: effect 是 \"零分\" 或 \"不评星级\"，写的是 \"\""},
		{"veto by no measure", "[[band]]\nstar = 1", "[veto]\neffect = \"零分\"\n\n[[band]]\nstar = 1", "small.toml:24: 缺少 measure"},
		{"exempt by an unknown measure", "[[band]]\nstar = 1", "[exempt]\nmeasure = \"member_old\"\n\n[[band]]\nstar = 1", "small.toml:25: 没有党员口径的指标 \"member_old\""},
		{"pro rata of what", "cap = 12", "cap = 12\npro_rata = true", "small.toml:15: 按在册月数折算，要有 [pro_rata] 写明月数的指标，如 measure = \"member_months\""},
		{"weights that do not add up", "[[item]]\nname = \"study\"", "[[part]]\nname = \"a\"\ntitle = \"日常\"\nweight = 0.8\nfull = 100\n\n[[part]]\nname = \"b\"\ntitle = \"评议\"\nweight = 0.3\nfull = 100\n\n[[item]]\nname = \"study\"", "small.toml:11: 各部分的权重加起来是 1.1，应是 1（如 0.8 和 0.2）"},
		{"an item of no part", "cap = 12", "cap = 12\npart = \"daily\"", "small.toml:15: 没有 name 是 \"daily\" 的 [[part]]"},
		{"points and steps", "cap = 12", "steps = [{ from = 1, points = 2 }]", "small.toml:13: “学习”写了 steps，就不写 points"},
		{"steps out of order", "points = 2\ncap = 12", "steps = [{ from = 4, points = 2 }, { from = 4, points = 5 }]", "small.toml:13: “学习”的 steps 应由低到高：4 写在 4 之后"},
		{"a floor over the cap", "cap = 12", "cap = 12\nfloor = 13", "small.toml:15: “学习”的最低分 13 应大于 0，且不高于封顶"},
		{"a floor of a deduction", "cap = -10", "cap = -10\nfloor = 1", "small.toml:23: “缺席”是扣分，最多扣多少写在 cap 里，不写 floor"},
		{"a year's cap of what is by year", "cap = 12", "cap = 12\nyear_cap = 20", "small.toml:15: “学习”按年计，封顶写 cap；year_cap 用于按季计的项目"},
		{"per month", "cap = 12", "cap = 12\nper = \"month\"", "small.toml:15: per 是 \"year\"（按年计）或 \"quarter\"（按季计），写的是 \"month\""},
		{"a gate to no star", "[[example]]", "[[gate]]\nstar = 3\ntitle = \"活动\"\nmeasure = \"member_study\"\nunit = \"次\"\nat_least = 4\n\n[[example]]", "small.toml:33: 没有三星这一档"},
		{"a gate that is none", "[[example]]", "[[gate]]\nstar = 2\ntitle = \"活动\"\nmeasure = \"member_study\"\nunit = \"次\"\nat_least = 0\n\n[[example]]", "small.toml:37: at_least 是 0，应大于 0"},
		{"a quota of both", "[[example]]", "[[quota]]\nstar = 2\nshare = 0.1\npeople = 3\n\n[[example]]", "small.toml:32: 名额写 share（比例，如 0.05）或 people（人数），两样写一样"},
		{"a quota in percent", "[[example]]", "[[quota]]\nstar = 2\nshare = 5\n\n[[example]]", "small.toml:34: share 应大于 0、不大于 1，如 0.05 表示 5%，也可以写 \"1/3\"，写的是 5"},
		{"a quota of whom", "[[example]]", "[[quota]]\nstar = 2\nshare = \"1/3\"\nof = \"全镇\"\n\n[[example]]", "small.toml:35: of 是名额的基数：\"参评\"（参加评星的人）或 \"名册\"（评定范围内的人），写的是 \"全镇\""},
		{"a veto derived from data", "[[band]]\nstar = 1", "[veto]\nmeasure = \"member_study\"\neffect = \"零分\"\n\n[[band]]\nstar = 1", "small.toml:25: member_study 已用在计分项目“学习”里，不能又用在这里"},
		{"a quota twice", "[[example]]", "[[quota]]\nstar = 2\nshare = 0.1\n\n[[quota]]\nstar = 2\nshare = 0.2\n\n[[example]]", "small.toml:37: 二星的名额写了两次"},
		{"nobody is graded", `["预备"]`, `["预备", "正式"]`, "small.toml:5: 各种党籍状态都不评星级，谁也评不上"},
		{"a floor above a band", "base = 60", "base = 60\nfloor = 72", "small.toml:27: 一星到 72 分为止，而得分最低也有 72 分，谁也不是一星"},
		{"a base above a band", "base = 60", "base = 82", "small.toml:26: 一星到 72 分为止，而得分最低也有 72 分，谁也不是一星"},
		{"no whole score in a band", "from = 60\n\n[[band]]\nstar = 2\nfrom = 72", "from = 71.2\n\n[[band]]\nstar = 2\nfrom = 71.9\n\n[rounding]\ndigits = 0", "small.toml:26: 得分保留 0 位小数，没有一个得分在 一星（71.2 到 71.9 分）里"},
		{"steps down", "points = 2\ncap = 12", "steps = [{ from = 1, points = 12 }, { from = 4, points = 5 }]", "small.toml:13: “学习”的 steps 应一档比一档加得多，或者一档比一档扣得多"},
		{"steps up and down", "points = 2\ncap = 12", "steps = [{ from = 1, points = 12 }, { from = 4, points = -15 }]", "small.toml:13: “学习”的 steps 应一档比一档加得多，或者一档比一档扣得多"},
		{"a step of nothing", "points = 2\ncap = 12", "steps = [{ from = 1, points = 0 }, { from = 4, points = 12 }]", "small.toml:13: “学习”的 steps 里有 0 分一档，等于不计分"},
		{"no example", "[[example]]\ntitle = \"满分\"\ncounts = { study = 9 }\nscore = 72\nstar = 2\n", "", "small.toml:1: 没有算例 [[example]]：请写上一两个人的情况和应得的分数、星级，用来验算"},
		{"not UTF-8", "小办法", "\xc1\xff", "small.toml:1: 不是 UTF-8 编码，请用记事本打开，另存为时编码选 UTF-8"},
		{"ties by lot", "[[example]]", "[[quota]]\nstar = 2\nshare = 0.1\nties = \"抽签\"\n\n[[example]]", "small.toml:35: 同分的由支部议定，ties 只能写 \"议定\"，写的是 \"抽签\""},
		{"no TOML", "points = 2\n", "points = 2 分\n", "small.toml:13: 这一行的写法不对：points = 2 分"},
		{"star that is no number", "star = 1\n", "star = \"一\"\n", "small.toml:25: 这一行的写法不对：star = \"一\""},
		{"key twice", "base = 60", "base = 60\nbase = 70", "small.toml:7: 这一行的写法不对：base = 70"},
		{"name of another file", `"small"`, `"large"`, `small.toml:1: name 是 "large"，与文件名不一致`},
		{"example with another score", "score = 72", "score = 78", "small.toml:35: 算例“满分”应得 78 分，按办法算得 72 分"},
		{"example with another star", "score = 72\nstar = 2", "score = 72\nstar = 1", "small.toml:36: 算例“满分”应是一星，按办法是二星"},
		{"example of no item", "study = 9", "study = 9, sport = 2", "small.toml:34: 算例“满分”：没有项目 \"sport\""},
		{"example of a provisional member with a star", "score = 72\n", "standing = \"预备\"\nscore = 72\n", "small.toml:37: 算例“满分”应是二星，按办法不评星级"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if strings.Count(small, test.old) < 1 {
				t.Fatalf("the policy has no %q", test.old)
			}
			_, err := load(strings.Replace(small, test.old, test.new, 1))
			if err == nil {
				t.Fatalf("loaded, want %s", test.want)
			}
			if err.Error() != test.want {
				t.Errorf("got\n%v\nwant\n%s", err, test.want)
			}
		})
	}
	if _, err := Load(fstest.MapFS{}, "none", anyMetric); err == nil {
		t.Error("a policy without a file loaded")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(small)
	f.Add("[[item]]\n[[item]]\n[a.b]\nc.d = 1")
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := load(text); err == nil && len(p.Bands) == 0 {
			t.Error("a policy without bands loaded")
		}
	})
}
