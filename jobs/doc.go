// Package jobs decides when things are done, and remembers that they were.
//
// A Job is a name, a cron spec and a function. The Scheduler asks robfig/cron
// for each job's next slot, runs what is due, one at a time, and the Ledger
// keeps a row for each run in the database. cron is a clock only: it forgets
// what it missed; the ledger does not. A slot that passed while the program
// was down or the machine asleep is found at the next look, the newest is run
// and the others are written down as merged into it. A run that was cut short
// is done again at the next start.
//
// The shelf tasks holds what the jobs do.
package jobs
