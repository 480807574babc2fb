// Package queries holds the SQL, one file a figure, and runs it.
//
//   - models/*.sql are the views of schema core: the raw rows of the batches in
//     force, cleaned, identified and joined. One that begins with the line
//     `-- kept: by community and period` takes long to work out: an engine may
//     keep its rows, and make those of a community and a period anew when a
//     sheet of theirs, or a decision, has changed.
//   - metrics/*.sql are the figures. Each is one statement over core, told from
//     and to which day by $period_start and $period_end (half-open), with a
//     header that says what it counts, in words for the person who is measured.
//   - stars judges what the figures of grain member have counted.
//   - duckdb is the engine underneath; nothing else here is written for it.
//
// A header's line `persons: part, whole` names the columns that count persons of
// a part of a community. Who is not of its own staff sees such a table as
// Metric.Outside gives it: no count from one to four, and none that it could be
// worked out from. Every view over several communities, or of the town, asks
// for it so.
//
// A Catalog reads the shelves and refuses what is wrong in them with file and
// line. A Session answers metrics over one state of the data, each metric and
// period once.
package queries
