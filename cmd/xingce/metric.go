package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/duckdb"
)

func newMetric(data *string) *cobra.Command {
	var q inquiry
	var format string
	var town, compare bool
	c := &cobra.Command{
		Use: "metric [指标]", Short: "查指标；不写名称则列出全部指标",
		Long: `给照看数据的人查的，各社区的细数都照实列出；要拿给社区以外的人看，用 --town，
人数太少的格会隐去。`,
		Example: `  xingce metric
  xingce metric floating_share --period 2025Q4 --compare
  xingce metric team_participation --community 象山社区 --period 2025Q4 --format json
  xingce metric donations --period 2025 --town                  全镇合计
  xingce metric donations --period 2025Q4 --as-of 2026-01-05   当时是怎么算的`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			write, ok := formats[format]
			if !ok {
				return usageError{fmt.Errorf("--format 是 table、json 或 csv，不是 %q", format)}
			}
			if town && q.community != "" {
				return usageError{errors.New("--town 和 --community 写一样")}
			}
			if len(args) == 0 {
				catalog, err := shelves(*data)
				if err != nil {
					return err
				}
				return write(c.OutOrStdout(), list(catalog))
			}
			return q.ask(c, *data, args[0], func(_ *app, r *duckdb.Reader, m *queries.Metric, t queries.Table) error {
				whole := func(t queries.Table) queries.Table {
					if town {
						return m.Outside(m.Town(t), "")
					}
					return t
				}
				t = whole(t)
				if compare {
					for _, then := range []struct {
						suffix string
						period period.Period
					}{{"_before", q.period.Prev()}, {"_year_before", q.period.YearBefore()}} {
						if then.suffix == "_year_before" && q.period.Grain() == period.Yearly {
							continue // the year before is the period before
						}
						old, err := queries.Run(c.Context(), r, m, then.period)
						if err != nil {
							return err
						}
						t = t.Beside(then.suffix, whole(old))
					}
				}
				return write(c.OutOrStdout(), t)
			})
		},
	}
	q.flags(c)
	c.Flags().BoolVar(&town, "town", false, "全镇：把各社区的数加起来，比率由加起来的数再算；细分的人数只有一到四人的写作 <5，能推算出它的写作 不列")
	c.Flags().BoolVar(&compare, "compare", false, "并列上一期（_before）和上年同期（_year_before）的数")
	c.Flags().StringVar(&format, "format", "table", "输出格式：table、json 或 csv")
	return c
}

// An inquiry is what a person asks a metric about.
type inquiry struct {
	community, when, known string
	period                 period.Period // that was meant
}

func (q *inquiry) flags(c *cobra.Command) {
	c.Flags().StringVar(&q.community, "community", "", "只看一个社区")
	c.Flags().StringVar(&q.when, "period", "", "期间，如 2025Q4 或 2025；不写则是数据里最新的一期")
	c.Flags().StringVar(&q.known, "as-of", "", "按当时收到的表算，如 2026-01-05（当天结束时）或 \"2026-01-05 17:30\"")
}

// ask answers the metric and hands its table on, with what it was asked of.
func (q *inquiry) ask(c *cobra.Command, data, name string, use func(*app, *duckdb.Reader, *queries.Metric, queries.Table) error) error {
	catalog, err := shelves(data)
	if err != nil {
		return err
	}
	metric := catalog.Metric(name)
	if metric == nil {
		return usageError{fmt.Errorf("没有指标 %q；用 xingce metric 列出全部指标", name)}
	}
	if q.when != "" {
		if q.period, err = period.Parse(q.when); err != nil {
			return usageError{err}
		}
	}
	a, err := reopen(c.Context(), data)
	if err != nil {
		return err
	}
	defer a.close()
	if q.period.IsZero() {
		if q.period, err = a.db.Newest(c.Context()); err != nil {
			return err
		}
		if q.period.IsZero() {
			return usageError{fmt.Errorf("还没有数据；请先用 xingce ingest 收表，或用 --period 指定期间")}
		}
	}
	asOf, err := a.moment(q.known)
	if err != nil {
		return err
	}
	reader, err := a.db.Reader(c.Context(), asOf)
	if err != nil {
		return err
	}
	defer reader.Close()
	t, err := queries.Run(c.Context(), reader, metric, q.period)
	if err != nil {
		return err
	}
	if q.community != "" {
		if err := a.hasCommunity(c, q.community); err != nil {
			return err
		}
		t = t.Where("community", q.community)
	}
	return use(a, reader, metric, t)
}

// moment reads a time of the zone's clock; a day alone is its end. No text is
// the zero time, which is now.
func (a *app) moment(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if day, err := time.ParseInLocation(time.DateOnly, text, a.scheduler.Zone); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Microsecond), nil
	}
	for _, layout := range []string{"2006-01-02 15:04", time.DateTime} {
		if at, err := time.ParseInLocation(layout, text, a.scheduler.Zone); err == nil {
			return at, nil
		}
	}
	return time.Time{}, usageError{fmt.Errorf("时间写作 2026-01-05 或 \"2026-01-05 17:30\"，不认识 %q", text)}
}

// hasCommunity refuses a community that neither the settings nor the data
// have.
func (a *app) hasCommunity(c *cobra.Command, community string) error {
	names := a.config.Communities
	if len(names) == 0 {
		var err error
		if names, err = a.db.Communities(c.Context()); err != nil {
			return err
		}
	}
	if !slices.Contains(names, community) {
		return usageError{fmt.Errorf("没有社区 %q；有的是 %s", community, strings.Join(names, "、"))}
	}
	return nil
}

func list(catalog *queries.Catalog) queries.Table {
	t := queries.Table{Columns: []queries.Column{{Name: "metric"}, {Name: "title"}, {Name: "grain"}, {Name: "unit"}, {Name: "basis"}}}
	for _, m := range catalog.Metrics {
		t.Rows = append(t.Rows, []any{m.Name, m.Title, m.Grain, m.Unit, m.Basis})
	}
	return t
}

var formats = map[string]func(io.Writer, queries.Table) error{"table": writeTable, "json": writeJSON, "csv": writeCSV}

// writeTable lines columns up as a terminal shows them: a Chinese character
// is two columns wide. Numbers stand right, null is a dash.
func writeTable(w io.Writer, t queries.Table) error {
	cells := make([][]string, 1+len(t.Rows))
	widths := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		cells[0] = append(cells[0], c.Name)
		for j, row := range t.Rows {
			text := c.String(row[i])
			if row[i] == nil && strings.HasSuffix(c.Name, "_before") {
				text = "无可比数据"
			} else if row[i] == nil {
				text = "—"
			}
			cells[j+1] = append(cells[j+1], text)
		}
		for _, line := range cells {
			widths[i] = max(widths[i], uniseg.StringWidth(line[i]))
		}
	}
	for n, line := range cells {
		var b strings.Builder
		for i, text := range line {
			space := strings.Repeat(" ", widths[i]-uniseg.StringWidth(text))
			if t.Columns[i].Type == queries.Text {
				b.WriteString(text + space + "  ")
			} else {
				b.WriteString(space + text + "  ")
			}
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
		if n == 0 {
			rule := 0
			for _, width := range widths {
				rule += width + 2
			}
			fmt.Fprintln(w, strings.Repeat("─", max(rule-2, 1)))
		}
	}
	if len(t.Rows) == 0 {
		fmt.Fprintln(w, "（本期无数据）")
	}
	return nil
}

// writeJSON prints an array of objects, keyed by the SQL's columns in their
// order; exact numbers stay exact.
func writeJSON(w io.Writer, t queries.Table) error {
	var b strings.Builder
	b.WriteString("[")
	for i, row := range t.Rows {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n  {")
		for j, c := range t.Columns {
			if j > 0 {
				b.WriteString(", ")
			}
			var v any = row[j]
			_, hidden := v.(queries.Hidden)
			switch {
			case v == nil, hidden:
			case c.Type == queries.Decimal:
				v = json.Number(c.String(v))
			case c.Type == queries.Date:
				v = c.String(v)
			}
			name, err := json.Marshal(c.Name)
			if err != nil {
				return err
			}
			value, err := json.Marshal(v)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "%s: %s", name, value)
		}
		b.WriteString("}")
	}
	if len(t.Rows) > 0 {
		b.WriteString("\n")
	}
	b.WriteString("]\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// writeCSV prints RFC 4180; text that a spreadsheet would take for a formula
// is led by an apostrophe.
func writeCSV(w io.Writer, t queries.Table) error {
	out := csv.NewWriter(w)
	var head []string
	for _, c := range t.Columns {
		head = append(head, c.Name)
	}
	out.Write(head)
	for _, row := range t.Rows {
		var line []string
		for i, c := range t.Columns {
			text := c.String(row[i])
			if c.Type == queries.Text && text != "" && strings.ContainsAny(text[:1], "=+-@\t\r\n") || strings.HasPrefix(text, "＝") || strings.HasPrefix(text, "＋") || strings.HasPrefix(text, "－") || strings.HasPrefix(text, "＠") {
				text = "'" + text
			}
			line = append(line, text)
		}
		out.Write(line)
	}
	out.Flush()
	return out.Error()
}
