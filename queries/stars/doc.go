// Package stars judges members by a policy: counts in, points, score and a
// proposed star out.
//
//   - A Policy is a file of the shelf policies, or of a place's own folder:
//     items with points and caps, and the bands of the stars. Load refuses
//     what is wrong in it, in words, with file and line, and works out the
//     file's own examples.
//   - Collect asks the metrics of grain member for what each member has done
//     and makes a Case of each row of the roll, in the roll's order.
//   - Judge turns one Case into a Rating. It is pure and exact: no clock, no
//     database, no binary fractions, and every step says its reason.
//
// A rating is a proposal. People decide; see the round in which they do.
package stars
