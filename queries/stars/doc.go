// Package stars judges members by a policy: counts in, points, score and a
// proposed star out.
//
//   - A Policy is a file of the shelf policies, or of a place's own folder: who
//     is judged, items with points and caps, gates, vetoes, and the bands and
//     quotas of the stars. Load refuses what is wrong in it, in words, with file
//     and line (written.go, check.go), and works out the file's own examples.
//   - Collect asks the metrics of grain member, or volunteer, for what each has
//     done and makes a Case of each row of the roll, in the roll's order.
//   - Judge turns one Case into a Rating. It is pure and exact: no clock, no
//     database, no binary fractions, and every step says its reason.
//   - Allot sets a branch's ratings beside the policy's quotas, and lists whom a
//     quota cuts through; it demotes nobody.
//   - A Round is what people make of the proposal, act by act: decisions, a
//     posting, objections, the approval, corrections. Changes tells how ratings
//     differ from those of another year, or from those that were posted.
//   - Set is a policy with some numbers changed, for trying.
//
// A rating is a proposal. People decide.
package stars
