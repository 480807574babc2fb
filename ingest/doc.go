// Package ingest turns workbooks into batches of typed rows.
//
// It knows nothing of databases. A Kind says how one sort of sheet is laid
// out, a Reader applies the kinds to a file, and the result is a Batch for
// each sheet: rows ready to store, and the Issues found on the way. In steps:
//
//  1. sheet opens the file, whatever its name says, and gives raw rows; read.go
//     takes its sheets one after another.
//  2. detect.go finds the header among the first rows, and with it the kind.
//     A heading that it does not know but nearly does is proposed to a person,
//     and what they said is remembered: alias.go.
//  3. title.go finds community and period in the lines above the header, the
//     sheet's name and the file's name, part.go what tells the sheets of a log
//     apart, unit.go the units of its figures.
//  4. walk.go walks the rows below. stacked.go keeps other tables out that stand
//     in the same sheet; aside.go tells the rows that are no data, as totals and
//     remarks; merged.go carries what merged cells hold down to every row that
//     they cover; same.go finds rows that are there twice; total.go compares
//     what a sheet says it adds up to with its rows; hidden.go says what was
//     read though it is hidden.
//  5. convert.go turns each cell into the fields that its column's type
//     stores; date.go and number.go know how people write, and sex.go reads
//     codes of sex by the ID numbers. ID numbers, phones and addresses are
//     keyed, masked and sealed here; nothing after this line sees them in clear.
//  6. annotate.go gives the file back with its faults marked in it; markup
//     edits the package, in a child process with limits.
//
// template.go writes the empty form of a kind, which reads back without an
// issue.
//
// What is wrong with a sheet is an Issue, never a Go error; a Go error means
// that reading could not go on.
package ingest
