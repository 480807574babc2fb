package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"xingce/cmd/internal/portal"
)

func newServe(data *string) *cobra.Command {
	return &cobra.Command{
		Use: "serve", Short: "开始工作：收件、按时发布和评星，在本机打开看板",
		Long: `一直运行，直到按 Ctrl-C：把放进收件夹（data/inbox）的表格收进来，更新看板；
按设置里的时间发布季度看板、评定年度星级；在本机地址上打开已发布的文件。`,
		Example: "  xingce serve\n  xingce --data /srv/xingce serve", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			a, err := open(c.Context(), *data, c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer a.close()
			return a.serve(c, a.config.Listen)
		},
	}
}

// serve keeps the schedule and shows what is published until ctx ends.
func (a *app) serve(c *cobra.Command, address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("打不开本机地址 %s（可能已有别的程序在用，可在 config.toml 的 listen 换一个端口）：%w", address, err)
	}
	server := &http.Server{
		Handler:     portal.New(a.press.Dir, a.config.Town),
		ReadTimeout: 30 * time.Second, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
	ctx, cancel := context.WithCancelCause(c.Context())
	defer cancel(nil)
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			cancel(err)
		}
	}()
	c.Printf("看板：http://%s/\n收件夹：%s\n按 Ctrl-C 结束。\n", listener.Addr(), filepath.Join(a.dir, "inbox"))
	err = a.scheduler.Run(ctx)
	switch {
	case c.Context().Err() != nil:
		err = nil // asked to end, wherever it was
	case err == nil:
		err = context.Cause(ctx)
	}
	closing, done := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer done()
	return errors.Join(err, server.Shutdown(closing))
}
