package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/queries"
	"xingce/queries/duckdb"
)

func newTrace(data *string) *cobra.Command {
	var q inquiry
	var rows []string
	var column string
	var limit int
	c := &cobra.Command{
		Use: "trace 指标", Short: "追溯一个数字：它由哪些表的哪些行、哪些格来的",
		Long: `把一个数字追到来处：怎么算的，用了哪些批次的哪些行，每一行在原表的哪几格，
并由这些行重算一遍，看与指标是否一致。私人的内容只显示掩码。`,
		Example: `  xingce trace floating_share --community 象山社区 --period 2025Q4
  xingce trace floating_by_building --community 象山社区 --row building=3栋 --column part
  xingce trace member_hours --community 象山社区 --period 2025 --row person=id:… --limit 0`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return q.ask(c, *data, args[0], func(a *app, r *duckdb.Reader, m *queries.Metric, t queries.Table) error {
				for _, said := range rows {
					name, value, ok := strings.Cut(said, "=")
					if !ok || t.Index(name) < 0 {
						return usageError{fmt.Errorf("--row 写作 列=值，%s 的列有 %s", m.Name, keysOf(m, t))}
					}
					t = t.Where(name, value)
				}
				if len(t.Rows) != 1 {
					if len(t.Rows) > 1 {
						if err := writeTable(c.OutOrStdout(), t); err != nil {
							return err
						}
					}
					return usageError{fmt.Errorf("合条件的有 %d 行，要正好一行；用 --community 和 --row 列=值 指定，列有 %s", len(t.Rows), keysOf(m, t))}
				}
				if column == "" {
					column = m.Traces[0].Column
					if t.Index("value") >= 0 {
						column = "value"
					}
				}
				if m.Trace(column) == nil {
					return usageError{fmt.Errorf("%s 没有 %s 这个数；有的是 %s", m.Name, column, figuresOf(m))}
				}
				e, err := queries.Follow(c.Context(), r, m, q.period, t, 0, column)
				if err != nil {
					return err
				}
				c.Printf("%s（%s）  %s\n%s\n", m.Title, m.Basis, q.period.Title(), m.Text)
				if err := tellEvidence(c, a, t, e, limit); err != nil {
					return err
				}
				if !e.Agrees() {
					return fmt.Errorf("由这些行重算与指标不一致")
				}
				return nil
			})
		},
	}
	q.flags(c)
	c.Flags().StringArrayVar(&rows, "row", nil, "指标里的一行，写作 列=值；可以写几个")
	c.Flags().StringVar(&column, "column", "", "指标里的一个数；不写则是 value 或第一个数")
	c.Flags().IntVar(&limit, "limit", 20, "每一批最多列出几行；0 是全部")
	return c
}

func keysOf(m *queries.Metric, t queries.Table) string {
	var names []string
	for _, c := range t.Columns {
		if m.Trace(c.Name) == nil {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, "、")
}

func figuresOf(m *queries.Metric) string {
	var names []string
	for _, t := range m.Traces {
		names = append(names, t.Column)
	}
	return strings.Join(names, "、")
}

// tellEvidence prints a figure, how it is made, and the rows behind it.
func tellEvidence(c *cobra.Command, a *app, t queries.Table, e queries.Evidence, limit int) error {
	shape := t.Columns[t.Index(e.Trace.Column)]
	figure := orDash(shape.String(e.Figure))
	c.Printf("\n%s = %s    %s\n", e.Trace.Column, figure, e.Trace.Text)
	for _, term := range e.Terms {
		if err := tellEvidence(c, a, t, term, limit); err != nil {
			return err
		}
	}
	if err := tellOrigins(c, a, e.Rows, limit, nil); err != nil {
		return err
	}
	says := "一致"
	if !e.Agrees() {
		says = "不一致"
	}
	again := e.Again
	if n, ok := queries.Number(again); ok && shape.Type == queries.Decimal {
		again = n
	}
	c.Printf("重算 %s = %s，与指标%s\n", e.Trace.Column, orDash(shape.String(again)), says)
	return nil
}

func orDash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

// tellOrigins prints the rows of each batch, with those of their cells that are
// shown; nil shows all.
func tellOrigins(c *cobra.Command, a *app, origins []queries.Origin, limit int, shows func(*ingest.Column) bool) error {
	w := c.OutOrStdout()
	for rest := origins; len(rest) > 0; {
		n := slices.IndexFunc(rest, func(o queries.Origin) bool { return o.Batch != rest[0].Batch })
		if n < 0 {
			n = len(rest)
		}
		rows := rest[:n]
		rest = rest[n:]
		b, err := a.db.Batch(c.Context(), rows[0].Batch)
		if err != nil {
			return err
		}
		place := b.File
		if b.Sheet != "" {
			place += " > " + b.Sheet
		}
		fmt.Fprintf(w, "  第 %d 批  %s  %s 收，%d 行\n", b.ID, place, b.Received.In(a.scheduler.Zone).Format("2006-01-02"), n)
		kind := kinds.Find(b.Slice.Kind)
		if kind == nil || rows[0].Row == 0 {
			continue
		}
		shown := rows
		if limit > 0 && len(shown) > limit {
			shown = shown[:limit]
		}
		wanted := map[int]bool{}
		for _, o := range shown {
			wanted[o.Row] = true
		}
		cells, err := a.db.Cells(c.Context(), kind, b.ID, wanted)
		if err != nil {
			return err
		}
		for _, o := range shown {
			tellCells(w, o, cells[o.Row], shows)
		}
		if more := n - len(shown); more > 0 {
			fmt.Fprintf(w, "    … 另有 %d 行，用 --limit 0 列出\n", more)
		}
	}
	return nil
}

func tellCells(w io.Writer, o queries.Origin, cells []duckdb.Cell, shows func(*ingest.Column) bool) {
	var texts []string
	for _, cell := range cells {
		if cell.Column.Type == ingest.Address || shows != nil && !shows(cell.Column) {
			continue
		}
		texts = append(texts, strings.TrimSpace(cell.At+" "+cell.Column.Title())+"："+cell.Shown)
	}
	fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("    第 %d 行  %s", o.Row, strings.Join(texts, "  ")), " "))
}
