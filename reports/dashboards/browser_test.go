package dashboards_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

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

// The page is drawn whole at each width, in each quarter that it holds, with
// nothing cut off.
func TestInBrowser(t *testing.T) {
	ctx := pagetest.Browser(t)
	each(t, withStars(t), func(t *testing.T, p reports.Page) {
		for name, width := range map[string]int64{"desk": 1440, "tablet": 768, "telephone": 390} {
			t.Run(name, func(t *testing.T) {
				tab, cancel := chromedp.NewContext(ctx)
				t.Cleanup(cancel)
				defer show(t, tab, p, width)()
				pagetest.Look(t, tab, "")
				keep(t, tab, p, name+".png")
				if width == 768 {
					return
				}
				for i := 1; i < evaluate[int](t, tab, `document.querySelectorAll(".picker input").length`); i++ {
					pagetest.Look(t, tab, fmt.Sprintf(`document.querySelectorAll(".picker input")[%d].click()`, i))
				}
			})
		}
	})
}

// evaluate asks the page.
func evaluate[T any](t *testing.T, tab context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(tab, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// keep leaves a picture of the whole page.
func keep(t *testing.T, tab context.Context, p reports.Page, name string) {
	t.Helper()
	picture, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	pagetest.Keep(t, filepath.Join(filepath.FromSlash(strings.TrimSuffix(p.Path, ".html")), name), picture)
}

// In the dark, and where the reader asks for contrast or for the system's own
// colours, all is drawn as well.
func TestInOtherColours(t *testing.T) {
	ctx := pagetest.Browser(t)
	each(t, withStars(t), func(t *testing.T, p reports.Page) {
		for name, feature := range map[string]*emulation.MediaFeature{
			"dark":     {Name: "prefers-color-scheme", Value: "dark"},
			"contrast": {Name: "prefers-contrast", Value: "more"},
			"forced":   {Name: "forced-colors", Value: "active"},
		} {
			t.Run(name, func(t *testing.T) {
				tab, cancel := chromedp.NewContext(ctx)
				t.Cleanup(cancel)
				emulate(t, tab, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{feature}})
				defer show(t, tab, p, 1440)()
				pagetest.Look(t, tab, "")
				keep(t, tab, p, name+".png")
			})
		}
	})
}

func emulate(t *testing.T, tab context.Context, media emulation.SetEmulatedMediaParams) {
	t.Helper()
	set := func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media)
		return err
	}
	if err := chromedp.Do(tab, chromedp.Func(set)); err != nil {
		t.Fatal(err)
	}
}

// With the keyboard alone a reader turns to another quarter, and a link to a
// metric's SQL opens it.
func TestByKeyboard(t *testing.T) {
	tab := pagetest.Browser(t)
	p, err := dashboards.Quarter(t.Context(), figures{}, catalog(t), scope("象山社区"))
	if err != nil {
		t.Fatal(err)
	}
	defer show(t, tab, p, 1440)()
	evaluate[bool](t, tab, `document.querySelector(".picker input").focus(), true`)
	if err := chromedp.Do(tab, chromedp.KeyEvent(kb.ArrowRight)); err != nil {
		t.Fatal(err)
	}
	seen := evaluate[string](t, tab, `document.querySelector("h1").innerText + " / " + document.querySelector("article:not([hidden]) .headline").innerText`)
	if !strings.Contains(strings.ReplaceAll(seen, "\u2009", ""), "2025年第三季度") || strings.Contains(seen, "第四季度") {
		t.Errorf("the right arrow turns to %s", seen)
	}
	if n := evaluate[int](t, tab, `[...document.querySelectorAll("article:not([hidden]) .chart")].filter((c) => !c.querySelector("svg path")).length`); n != 0 {
		t.Errorf("%d charts of the other quarter are not drawn", n)
	}
	if media := evaluate[string](t, tab, `[...document.querySelectorAll("style[data-quarter]")].map((s) => s.dataset.quarter + " " + s.media).join(", ")`); !strings.HasPrefix(media, "2025Q4 not all, 2025Q3 all") {
		t.Errorf("on paper the head line is of another quarter: %s", media)
	}
	evaluate[bool](t, tab, `document.querySelector("article:not([hidden]) .panel details").open = true, document.querySelector("article:not([hidden]) .definition a").focus(), true`)
	if err := chromedp.Do(tab, chromedp.KeyEvent("\r")); err != nil {
		t.Fatal(err)
	}
	if !evaluate[bool](t, tab, `document.querySelector(location.hash).closest("details").open && document.querySelector(location.hash).innerText.includes("SELECT")`) {
		t.Error("the link does not open the SQL")
	}
}

// On paper the charts are laid out anew before the sheets are made.
func TestOnPaper(t *testing.T) {
	ctx := pagetest.Browser(t)
	each(t, withStars(t), func(t *testing.T, p reports.Page) {
		tab, cancel := chromedp.NewContext(ctx)
		t.Cleanup(cancel)
		defer show(t, tab, p, 1440)()
		emulate(t, tab, emulation.SetEmulatedMediaParams{Media: "print"})
		pagetest.Look(t, tab, `dispatchEvent(new Event("beforeprint"))`)
		paper, err := chromedp.Run(tab, chromedp.Evaluate[float64](`Math.max(...[...document.querySelectorAll("article:not([hidden]) .chart svg")].map((s) => s.getBoundingClientRect().right - document.body.getBoundingClientRect().left))`))
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
		pagetest.Keep(t, filepath.FromSlash(strings.TrimSuffix(p.Path, ".html")+"/paper.pdf"), pdf)
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
		  for (const chart of document.querySelectorAll("article:not([hidden]) .chart")) {
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
