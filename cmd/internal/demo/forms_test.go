package demo

import (
	"slices"
	"testing"

	"xingce/ingest/kinds"
)

// each calls do with every sheet of the town.
func each(do func(c *community, q int, file string, t table)) {
	for _, c := range whole() {
		for q := range quarters {
			for _, j := range c.jobs(q) {
				for _, t := range j.tables {
					do(c, q, j.file, t)
				}
			}
		}
	}
}

// TestEveryKind checks that the community of the founding text hands in every
// kind there is, and that nobody hands one in whose rows are none.
func TestEveryKind(t *testing.T) {
	seen := map[string]bool{}
	each(func(c *community, _ int, file string, sheet table) {
		if sheet.count == 0 {
			t.Errorf("%s > %s has no rows", file, sheet.sheet)
		}
		if c.name == Communities[0] {
			seen[sheet.kind.Name] = true
		}
	})
	for _, kind := range kinds.All() {
		if !seen[kind.Name] {
			t.Errorf("%s hands in no %s", Communities[0], kind.Title)
		}
	}
}

// TestCardsNameMembers checks that whoever a card, a claim, an appraisal or a
// ruling names stands on the roll of that quarter.
func TestCardsNameMembers(t *testing.T) {
	named := 0
	each(func(c *community, q int, file string, sheet table) {
		switch sheet.kind {
		case &kinds.Claim, &kinds.Performance, &kinds.Feedback, &kinds.Appraisal, &kinds.Conduct:
		default:
			return
		}
		roll := map[string]bool{}
		for _, m := range c.onRoll(q) {
			roll[c.spell(m.name)] = true
		}
		at := slices.IndexFunc(sheet.columns, func(col column) bool { return col.field == "name" })
		for row := range sheet.rows {
			if named++; !roll[row[at].text] {
				t.Errorf("%s > %s names %q, who is not on the roll", file, sheet.sheet, row[at].text)
			}
		}
	})
	if named < 20_000 {
		t.Errorf("%d rows name a member, want those of all communities", named)
	}
}

// TestRulings checks that the founding text's community has a ledger with all
// that a ledger can hold, and that exemptions come from the members' meeting.
func TestRulings(t *testing.T) {
	c := whole()[0]
	found := map[string]int{}
	for _, r := range c.rulings {
		found[r.kind]++
		if r.evidence == "" || r.ruler == "" || r.kind == "免评" && r.ruler != "支部党员大会" {
			t.Errorf("%s on %s: evidence %q, decided by %q", r.kind, r.day.time().Format("2006-01-02"), r.evidence, r.ruler)
		}
	}
	if found["一票否决"] != 1 || found["免评"] != 1 || found["加分"] == 0 || found["扣分"] == 0 {
		t.Errorf("the ledger holds %v", found)
	}
	// One who joined within the last year is on probation and not graded.
	last := quarters - 1
	for _, v := range c.verdicts[last] {
		found[v.standing(quarterEnd(last))+v.grade]++
	}
	if found["预备"] == 0 || found["正式优秀"] != (len(c.verdicts[last])-found["预备"]-1)/3 || found["正式不合格"] != 1 {
		t.Errorf("the appraisal gives %v", found)
	}
}
