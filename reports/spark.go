package reports

import (
	"fmt"
	"strings"
)

// A spark is a sparkline ready to draw, in a box of 120 by 32. Values counted
// over other communities than the last one are left out.
type spark struct {
	Lines  []string    // runs of known values
	Dots   [][2]string // those that stand alone
	X, Y   string      // the last value
	Says   string
	Enough bool
}

func sparkline(values []Value) spark {
	var s spark
	last := values[len(values)-1]
	scale := span(false, values)
	var run []string
	known := 0
	end := func() {
		if len(run) == 1 {
			x, y, _ := strings.Cut(run[0], ",")
			s.Dots = append(s.Dots, [2]string{x, y})
		} else if run != nil {
			s.Lines = append(s.Lines, strings.Join(run, " "))
		}
		run = nil
	}
	var said []string
	for i, v := range values {
		said = append(said, v.String())
		if !v.Known || v.from != last.from {
			end()
			continue
		}
		known++
		x := 4 + float64(i)*112/float64(len(values)-1)
		y := 28 - (v.drawn().InexactFloat64()-scale.min)/(scale.max-scale.min)*24
		at := fmt.Sprintf("%.1f,%.1f", x, y)
		run = append(run, at)
		s.X, s.Y, _ = strings.Cut(at, ",")
	}
	end()
	if !last.Known {
		s.X = ""
	}
	s.Enough = known > 1
	s.Says = "近八个季度：" + strings.Join(said, "，")
	return s
}
