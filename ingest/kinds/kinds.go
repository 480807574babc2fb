// Package kinds is the shelf of sheet kinds: one file each, a declaration.
//
// To add a kind, copy a file, name its columns with the headings seen in real
// sheets, and add it to All.
package kinds

import "xingce/ingest"

// All lists the kinds in the order in which they are shown.
func All() []*ingest.Kind {
	return []*ingest.Kind{
		&Household, &Resident, &Member, &Attendance, &Volunteer, &Donation,
		&Community, &Unit, &Staff, &Body, &Honour, &SiteVisit,
		&FieldCheck, &CardDelivery, &Visit, &Activity,
		&Post, &Claim, &Performance, &Feedback, &Appraisal, &Conduct,
	}
}

// Find gives a kind by name, nil if there is none.
func Find(name string) *ingest.Kind {
	for _, k := range All() {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// over finds a part that is more than its whole.
func over(part, whole string) func(ingest.Record) bool {
	return func(r ingest.Record) bool {
		p, some := r.Number(part)
		w, all := r.Number(whole)
		return some && all && p.GreaterThan(w)
	}
}

// sexDiffers finds a sex that the ID number contradicts.
func sexDiffers(written, byID string) ingest.Finding {
	return ingest.Finding{
		Column: "sex", Code: "sex-differs", Says: "性别写的是" + written + "，身份证号第 17 位却是" + byID, Mend: "请核对身份证号和性别；统计时按身份证号",
		When: func(r ingest.Record) bool { return r.Text("sex") == written && r.Text("id_number_sex") == byID },
	}
}

// birthDiffers finds a day of birth that the ID number contradicts; where a
// year and month are written, only another month does.
var birthDiffers = ingest.Finding{
	Column: "birth", Code: "birth-differs", Says: "出生日期与身份证号里的不一致", Mend: "请核对身份证号和出生日期；统计时按身份证号",
	When: func(r ingest.Record) bool {
		written, ok := r.Day("birth")
		byID, known := r.Day("id_number_birth")
		if r.Text("birth_precision") == "month" {
			byID = byID.AddDate(0, 0, 1-byID.Day())
		}
		return ok && known && !written.Equal(byID)
	},
}

func negative(field string) func(ingest.Record) bool {
	return func(r ingest.Record) bool {
		n, ok := r.Number(field)
		return ok && n.IsNegative()
	}
}
