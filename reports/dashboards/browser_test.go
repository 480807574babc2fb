package dashboards_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"xingce/reports"
	"xingce/reports/dashboards"
	"xingce/reports/pagetest"
)

// show writes a page down and opens it.
func show(t *testing.T, ctx context.Context, p reports.Page, width int64) func() {
	t.Helper()
	file := filepath.Join(t.TempDir(), "dashboard.html")
	if err := os.WriteFile(file, p.Body, 0o644); err != nil {
		t.Fatal(err)
	}
	return pagetest.Open(t, ctx, file, width)
}

func TestInBrowser(t *testing.T) {
	ctx := pagetest.Browser(t)
	each(t, figures{}, func(t *testing.T, p reports.Page) {
		for name, width := range map[string]int64{"desk": 1440, "tablet": 768, "telephone": 390} {
			t.Run(name, func(t *testing.T) {
				tab, cancel := chromedp.NewContext(ctx)
				t.Cleanup(cancel)
				defer show(t, tab, p, width)()
				pagetest.Look(t, tab, "")
			})
		}
	})
}

// On paper the charts are laid out anew before the sheets are made.
func TestOnPaper(t *testing.T) {
	ctx := pagetest.Browser(t)
	each(t, figures{}, func(t *testing.T, p reports.Page) {
		tab, cancel := chromedp.NewContext(ctx)
		t.Cleanup(cancel)
		defer show(t, tab, p, 1440)()
		media := func(ctx context.Context, _ *chromedp.Target) error {
			_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
			return err
		}
		if err := chromedp.Do(tab, chromedp.Func(media)); err != nil {
			t.Fatal(err)
		}
		pagetest.Look(t, tab, `dispatchEvent(new Event("beforeprint"))`)
		paper, err := chromedp.Run(tab, chromedp.Evaluate[float64](`Math.max(...[...document.querySelectorAll(".chart svg")].map((s) => s.getBoundingClientRect().right - document.body.getBoundingClientRect().left))`))
		if err != nil {
			t.Fatal(err)
		}
		if paper > 174*96/25.4+1 {
			t.Errorf("a chart reaches %.0f px, past the paper's 174 mm", paper)
		}
		pdf, err := chromedp.Run(tab, chromedp.PrintToPDF())
		if err != nil {
			t.Fatal(err)
		}
		if len(pdf) < 10_000 {
			t.Errorf("a print of %d bytes has no pages", len(pdf))
		}
	})
}

// Hostile names run nothing in a real browser, in tooltips neither.
func TestHostileNamesInBrowser(t *testing.T) {
	ctx := pagetest.Browser(t)
	each(t, figures{change: hostile}, func(t *testing.T, p reports.Page) {
		tab, cancel := chromedp.NewContext(ctx)
		t.Cleanup(cancel)
		defer show(t, tab, p, 1440)()
		tips, err := chromedp.Run(tab, chromedp.Evaluate[int](`(() => {
		  let shown = 0;
		  for (const chart of document.querySelectorAll(".chart")) {
		    const drawn = echarts.getInstanceByDom(chart);
		    const before = chart.querySelectorAll("text").length;
		    drawn.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: 1 });
		    drawn.getZr().flush();
		    if (chart.querySelectorAll("text").length > before) shown++;
		  }
		  return shown;
		})()`))
		if err != nil {
			t.Fatal(err)
		}
		if tips < 8 {
			t.Errorf("%d charts show a tooltip", tips)
		}
	})
}

// The page of a community that has sent nothing still opens cleanly.
func TestNoDataInBrowser(t *testing.T) {
	tab := pagetest.Browser(t)
	p, err := dashboards.Quarter(t.Context(), figures{keep: elsewhere}, catalog(t), scope("象山社区"))
	if err != nil {
		t.Fatal(err)
	}
	defer show(t, tab, p, 1440)()
	words, err := chromedp.Run(tab, chromedp.Evaluate[string](`document.body.innerText`))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(words, "本期无数据") {
		t.Error("an empty page does not say 本期无数据")
	}
}
