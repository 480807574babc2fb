// Package duckdb keeps the data in one DuckDB file: the raw rows of every
// batch, the ledgers of schema ops, the proposals of schema stars, and the
// views of schema core that the metrics read.
//
// Nothing is updated in place. A batch's rows are appended once; which batch
// is in force for a slice is the last load event that no undo event takes
// back (view ops.live), so the state at any former moment can be asked for.
// All writing passes Update, one transaction at a time.
//
// What follows from those rows and takes long to work out, such as who is meant
// by a name, is kept beside them in tables of schema kept (keep.go), and made
// anew when a change is followed by a question about the present.
//
// Oddities of the engine that the code here goes round, seen with DuckDB
// 1.5.6 and duckdb-go v2.10506.0:
//
//   - COMMIT after a failed statement returns nil and rolls back. Update
//     therefore rolls back after any error, and reads its revision back after
//     a commit.
//   - An Appender outside a transaction leaves what it flushed, and one inside
//     obeys it. Load appends inside Update only.
//   - The Appender stores float64 7.5 into DECIMAL(18,4) as 0.0007 and 3.9 into
//     INTEGER as 3, with no error. Load alone appends, and converts each value
//     to its field's type and scale first.
//   - A Conn with an open transaction goes back to the pool as it is: the
//     writer is one Conn that never goes back.
//   - The file's lock is POSIX: opening and closing the database's file
//     anywhere in this process drops it. The lock here is on a file of its
//     own, and nothing else opens the database's.
//   - A second process cannot open the file, not even to read.
//   - Updates of rows under UNIQUE and FOREIGN KEY fail: there are no foreign
//     keys, and a test keeps it so.
//   - sum(DOUBLE) differs between runs, and DECIMAL / INTEGER is DOUBLE: sums
//     are of DECIMAL, and shares are cast.
package duckdb
