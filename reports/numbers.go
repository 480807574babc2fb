package reports

// Numbers is a table on a page: the numbers of a chart, or a comparison.
type Numbers struct {
	Caption string
	Head    []Heading
	Rows    [][]string
	Narrow  bool     // no wider than its texts
	Total   []string // the last row, set apart; nil where there is none
}

// A Heading is the head of one column, with its unit.
type Heading struct {
	Text   string
	Number bool // set right
}

// head adds a measure's columns: a share brings its part and whole.
func (n *Numbers) head(m Measure) {
	if m.Whole != "" {
		n.Head = append(n.Head,
			Heading{m.PartName + "（" + m.PartUnit.Word + "）", true},
			Heading{m.WholeName + "（" + m.PartUnit.Word + "）", true})
	}
	n.Head = append(n.Head, Heading{m.Name + "（" + m.Unit.Word + "）", true})
}

// cells writes values, one for each measure, in the columns that head made.
func cells(values []Value, digits []int32) []string {
	var row []string
	for i, v := range values {
		if v.Unit == Share {
			part, whole := "—", "—"
			if v.Known {
				part, whole = marked(v.Part.String(), 0), marked(v.Whole.String(), 0)
			}
			row = append(row, part, whole)
		}
		row = append(row, v.fixed(digits[i]))
	}
	return row
}

// digits is how many digits after the point each column of values wants.
func digits(rows [][]Value) []int32 {
	var most []int32
	for _, row := range rows {
		for i, v := range row {
			if i == len(most) {
				most = append(most, 0)
			}
			most[i] = max(most[i], v.digits())
		}
	}
	return most
}

func mostDigits(lists ...[]Value) int32 {
	most := int32(0)
	for _, list := range lists {
		for _, v := range list {
			most = max(most, v.digits())
		}
	}
	return most
}

// NumbersOf is a table of measures: a row for each name, a column for each
// measure, and the total of each column if total is given.
func NumbersOf(caption, first string, names []string, measures []Measure, rows [][]Value, total []Value) Numbers {
	n := Numbers{Caption: caption, Head: []Heading{{Text: first}}}
	for _, m := range measures {
		n.head(m)
	}
	all := rows
	if total != nil {
		all = append(all[:len(all):len(all)], total)
	}
	wide := digits(all)
	for i, name := range names {
		n.Rows = append(n.Rows, append([]string{name}, cells(rows[i], wide)...))
	}
	if total != nil {
		n.Total = append([]string{"合计"}, cells(total, wide)...)
	}
	return n
}
