package main

// peakMemory is unknown here.
func peakMemory() int64 { return 0 }
