package main

import (
	"os"

	"github.com/spf13/cobra"

	"xingce/ingest"
)

// newAnnotate is the child process of ingest.Annotator; nobody types it.
func newAnnotate() *cobra.Command {
	return &cobra.Command{
		Use: "annotate", Short: "在原件上标出有问题的单元格（由本程序自己调用）", Hidden: true, Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return ingest.AnnotateChild(c.Context(), os.Stdin, c.OutOrStdout())
		},
	}
}
