package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"xingce/ingest"
	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries"
)

func newTemplate() *cobra.Command {
	var out, community, when string
	c := &cobra.Command{
		Use: "template [种类]", Short: "写出一种表的空白模板；不写种类则列出全部种类",
		Long: `写出一种表的空白模板：表头有批注说明每列填什么，固定的词有下拉框，有一行示例。
照模板填好的表收进来不会有问题；自己的表不必改成模板的样子，表头认得就能收。`,
		Example: `  xingce template
  xingce template resident
  xingce template donation --community 象山社区 --period 2025Q4 --out 捐款.xlsx`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return writeTable(c.OutOrStdout(), kindList())
			}
			kind := kinds.Find(args[0])
			if kind == nil {
				return usageError{fmt.Errorf("没有 %q 这种表；有的是 %s", args[0], kindNames())}
			}
			var p period.Period
			if when != "" {
				var err error
				if p, err = period.Parse(when); err != nil {
					return usageError{err}
				}
				if p.Grain() != kind.Grain {
					return usageError{fmt.Errorf("%s%s报，期间写作 %s", kind.Title, grainNames[kind.Grain], grainExamples[kind.Grain])}
				}
			}
			if out == "" {
				out = kind.Title + "模板.xlsx"
			}
			if err := writeNew(out, func(w io.Writer) error { return kind.Template(w, community, p) }); err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "已写出 %s\n", out)
			return nil
		},
	}
	c.Flags().StringVar(&out, "out", "", "写到哪个文件；不写则是当前文件夹里的“<表名>模板.xlsx”")
	c.Flags().StringVar(&community, "community", "", "填好标题里的社区；不写则留空")
	c.Flags().StringVar(&when, "period", "", "填好标题里的期间，如 2025Q4；不写则留空")
	return c
}

var (
	grainNames    = map[period.Grain]string{period.Quarterly: "按季度", period.Yearly: "按年"}
	grainExamples = map[period.Grain]string{period.Quarterly: "2025Q4", period.Yearly: "2025"}
)

func kindList() queries.Table {
	t := queries.Table{Columns: []queries.Column{{Name: "种类"}, {Name: "表"}, {Name: "期间"}, {Name: "必填的列"}}}
	for _, k := range kinds.All() {
		t.Rows = append(t.Rows, []any{k.Name, k.Title, grainNames[k.Grain], required(k)})
	}
	return t
}

func required(k *ingest.Kind) string {
	var list []string
	for _, c := range k.Columns {
		if c.Required {
			list = append(list, c.Title())
		}
	}
	return strings.Join(list, "、")
}

// writeNew writes a file that is not there yet: what a clerk has begun to
// fill in is never written over.
func writeNew(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usageError{fmt.Errorf("已经有 %s 了，没有覆盖；请先移走，或用 --out 写到别处", path)}
	}
	if err != nil {
		return err
	}
	if err = write(file); err == nil {
		return file.Close()
	}
	file.Close()
	os.Remove(path)
	return err
}
