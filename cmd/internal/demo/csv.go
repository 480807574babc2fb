package demo

import (
	"bufio"
	"encoding/csv"
	"io"
	"strconv"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// writeCSV writes a table as an old program exports it: GB 18030, lines ended
// as on DOS, the title and the info line above the header.
func writeCSV(w io.Writer, t table) error {
	buffered := bufio.NewWriter(w)
	encoded := simplifiedchinese.GB18030.NewEncoder().Writer(buffered)
	out := csv.NewWriter(encoded)
	out.UseCRLF = true
	header := make([]string, len(t.columns))
	for i, c := range t.columns {
		header[i] = c.heading
	}
	for _, line := range [][]string{{t.title}, {t.info}, header} {
		if err := out.Write(line); err != nil {
			return err
		}
	}
	line := make([]string, len(t.columns))
	write := func(row []cell) error {
		for i, c := range row {
			line[i] = c.plain()
		}
		return out.Write(line)
	}
	var err error
	for row := range t.rows {
		if err = write(row); err != nil {
			return err
		}
	}
	if t.total != nil {
		if err := write(t.total); err != nil {
			return err
		}
	}
	if err := out.Write([]string{t.foot}); err != nil {
		return err
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return buffered.Flush()
}

// plain is a cell as text. A day does not come this way: an office that
// writes CSV writes days as text.
func (c cell) plain() string {
	switch c.kind {
	case textCell:
		return c.text
	case numberCell:
		return strconv.FormatFloat(c.number, 'f', -1, 64)
	case moneyCell:
		return strconv.FormatFloat(c.number, 'f', 2, 64)
	}
	return ""
}
