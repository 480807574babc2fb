package stars

import (
	"strings"
	"testing"
)

func TestSet(t *testing.T) {
	p := of(t, "huaning")
	set := func(settings ...string) Policy {
		t.Helper()
		changed, err := p.Set(settings, anyMetric)
		if err != nil {
			t.Fatal(err)
		}
		return changed
	}
	changed := set("band.4=85", "quota.5=1/3", "gate.4=6", "item.study.cap=20", "part.daily.weight=0.7", "part.appraisal.weight=0.3")
	for got, want := range map[string]string{
		changed.Range(3):                 "85 分（含）至 96 分（不含）",
		changed.Range(2):                 "80 分（含）至 85 分（不含）",
		changed.Quotas[0].Rule():         "五星不超过名册人数的 1/3",
		changed.Gates[0].Rule():          "四星须社区活动满 6 次",
		changed.Items[0].Rule():          "2 分/次，封顶 20 分，按在册月数折算",
		changed.Parts[0].Weight.String(): "0.7",
		changed.Items[1].Rule():          p.Items[1].Rule(),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if changed.Hash() == p.Hash() {
		t.Error("the changed policy has the hash of the former")
	}
	if again := set("band.4=90"); again.Text() != p.Text() {
		t.Error("what is set to what it was is another policy")
	}
	for setting, want := range map[string]string{
		"band.4":               "--set 写作 band.4=85",
		"band.7=99":            "没有这一项",
		"item.sport.cap=3":     "没有这一项",
		"item.appraisal.cap=3": "没有写 cap",
		"base=3":               "没有写 base",
		"band.4=97":            "档位有重叠",
		"band.5=120":           "谁也评不上",
		"band.4=$1":            "应是至多四位小数的数，写的是 $1",
		"part.daily.weight=1":  "加起来是 1.2",
		"item.study.points=\"": "应是至多四位小数的数",
	} {
		if _, err := p.Set([]string{setting}, anyMetric); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", setting, err, want)
		}
	}
}

func TestChanges(t *testing.T) {
	p := of(t, "founding")
	rate := func(person, name, kind string, pairs ...string) Rating {
		return Judge(p, Case{Person: person, Name: name, Kind: kind, Standing: "正式", Facts: facts(p, pairs...)})
	}
	then := []Rating{
		rate("1", "甲", "直管", "meetings", "6", "absences", "1"), rate("2", "乙", "直管", "meetings", "6"),
		rate("3", "丙", "直管"), rate("4", "丁", "直管"), rate("5", "戊", "直管"), rate("6", "己", "直管"),
	}
	now := []Rating{
		rate("7", "庚", "直管"), rate("1", "甲", "直管", "meetings", "6", "activities", "8"), rate("2", "乙", "直管", "meetings", "5"),
		rate("3", "丙", "直管"), rate("4", "丁", "直管", "member_exempt", "1"), rate("6", "己", "直管", "member_vetoed", "1"),
	}
	var got []string
	for _, c := range Changes(now, then) {
		got = append(got, c.Name+"："+strings.Join(c.Says, "；"))
	}
	want := []string{
		"庚：以前没有评定，无可比数据",
		"甲：得分由 70 分到 80 分，多 10 分；星级由二星到三星；社区活动由 0 分到 8 分；无故缺席由 −2 分到 0 分",
		"乙：得分由 72 分到 70 分，少 2 分；组织生活由 12 分到 10 分",
		"丁：由计分改为免评；星级由一星到免评",
		"己：星级由一星到未达星级；新增一票否决",
		"戊：不在现在的名册上",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
