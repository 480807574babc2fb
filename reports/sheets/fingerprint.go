package sheets

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"xingce/queries/stars"
)

// proposalMark goes before a proposal's fingerprint on its sheets.
const proposalMark = "测算编号 "

// Fingerprint tells a proposal from every other: who was rated by what, on
// which counts. It holds no key of a person, so that every site that has the
// same sheets gives the same.
func Fingerprint(p stars.Policy, ratings []stars.Rating) string {
	sum := sha256.New()
	fmt.Fprintln(sum, p.Hash())
	for _, r := range ratings {
		fmt.Fprintf(sum, "%q %q %q %q %s %d\n", r.Name, r.Kind, r.Standing, r.Group, r.Score, r.Star)
		var facts []string
		for f, n := range r.Facts {
			facts = append(facts, f.String()+"="+n.String())
		}
		slices.Sort(facts)
		fmt.Fprintf(sum, "%q\n", facts)
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}
