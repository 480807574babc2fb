package dashboards_test

import (
	"context"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/reports"
)

// figures answers metrics from testdata: a CSV file for each metric, with the
// period in its first column. A metric without a file has no rows.
type figures struct {
	folder string
	// change, where set, rewrites each text.
	change func(string) string
	// keep, where set, says which rows stay: period, community and so on.
	keep func(metric string, row []string) bool
}

var texts = []string{"community", "building", "reason", "team", "campaign", "kind", "party_group", "severity", "code", "found", "first_cell", "file", "sheet", "sha256", "uploader", "branch", "age_band", "stay", "origin", "category", "post", "posts", "card", "activity_kind", "item"}
var scales = map[string]int32{"amount": 2, "cumulative": 2, "hours": 2, "rate": 10, "per_gift": 4, "per_card": 4, "member_amount": 2, "amount_share": 10, "stated": 2, "counted": 2, "difference": 2}

func (f figures) Table(_ context.Context, metric string, p period.Period) (queries.Table, error) {
	file, err := os.Open("testdata/" + metric + ".csv")
	if errors.Is(err, fs.ErrNotExist) {
		return queries.Table{}, nil
	}
	if err != nil {
		return queries.Table{}, err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return queries.Table{}, err
	}
	var t queries.Table
	for _, name := range lines[0][1:] {
		c := queries.Column{Name: name, Type: queries.Int}
		if scale, ok := scales[name]; ok {
			c.Type, c.Scale = queries.Decimal, scale
		}
		switch {
		case slices.Contains(texts, name):
			c.Type = queries.Text
		case name == "day" || strings.HasSuffix(name, "_on") && name != "on_roll" || strings.HasPrefix(name, "period_"):
			c.Type = queries.Date
		case name == "value" && slices.Contains(lines[0], "whole"):
			c.Type, c.Scale = queries.Decimal, 10
		}
		t.Columns = append(t.Columns, c)
	}
	for _, line := range lines[1:] {
		if line[0] != p.String() || f.keep != nil && !f.keep(metric, line) {
			continue
		}
		row := make([]any, len(t.Columns))
		for i, c := range t.Columns {
			if row[i], err = f.value(c, line[i+1]); err != nil {
				return t, err
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func (f figures) value(c queries.Column, s string) (any, error) {
	switch {
	case c.Type == queries.Text && f.change != nil:
		return f.change(s), nil
	case c.Type == queries.Text:
		return s, nil
	case s == "":
		return nil, nil
	case c.Type == queries.Date:
		return time.Parse(time.DateOnly, s)
	case c.Type == queries.Decimal:
		return decimal.NewFromString(s)
	}
	return strconv.ParseInt(s, 10, 64)
}

var communities = []string{"象山社区", "临江社区", "文昌社区", "北门社区", "东街社区", "南塔社区", "凯江社区", "桂花社区", "石桥社区", "新城社区", "白塔社区"}

func scope(community string) reports.Scope {
	return reports.Scope{Town: "凯江镇", Communities: communities, Community: community, Period: period.Quarter(2025, 4), Version: "test"}
}

func catalog(t *testing.T) *queries.Catalog {
	t.Helper()
	c, err := queries.Shelves()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
