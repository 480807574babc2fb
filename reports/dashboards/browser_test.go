package dashboards_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"xingce/reports"
	"xingce/reports/dashboards"
)

// browser starts a real Chromium with its network off.
func browser(t *testing.T) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		t.Fatal("these tests look at the pages in a real browser: install chromium (apt-get install chromium) or Google Chrome")
	}
	if _, err := os.Stat("../static/vendor/echarts.min.js"); err != nil {
		t.Fatal("the drawing program is missing: run the line in reports/static/vendor.txt")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// A watch notes everything that a page must not do.
type watch struct {
	mu   sync.Mutex
	seen []string
}

func (w *watch) note(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = append(w.seen, text)
}

func (w *watch) event(ev any) {
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		if u := ev.Request.URL; !strings.HasPrefix(u, "file://") && !strings.HasPrefix(u, "data:") {
			w.note("asked for " + u)
		}
	case *network.EventLoadingFailed:
		w.note("a request failed: " + ev.ErrorText)
	case *runtime.EventConsoleAPICalled:
		w.note("wrote to the console: " + string(ev.Type))
	case *runtime.EventExceptionThrown:
		w.note("threw: " + ev.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		w.note("logged: " + ev.Entry.Text)
	case *page.EventJavascriptDialogOpening:
		w.note("opened a dialog: " + ev.Message)
	}
}

// open shows a page at a width. The func it gives says what the page did that
// it must not do.
func open(t *testing.T, ctx context.Context, p reports.Page, width int64) func() {
	t.Helper()
	file := filepath.Join(t.TempDir(), "dashboard.html")
	if err := os.WriteFile(file, p.Body, 0o644); err != nil {
		t.Fatal(err)
	}
	w := &watch{}
	if err := chromedp.Listen(ctx, w.event); err != nil {
		t.Fatal(err)
	}
	offline := func(ctx context.Context, _ *chromedp.Target) error {
		if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		if _, err := chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}},
		}); err != nil {
			return err
		}
		// Policy violations of styles are not in the log; the page itself counts them.
		_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `window.violations = []; document.addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective + " " + e.blockedURI))`,
		})
		return err
	}
	if err := chromedp.Do(ctx, chromedp.Func(offline), chromedp.EmulateViewport(width, 900), chromedp.Navigate("file://"+file)); err != nil {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		violations, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`violations`))
		if err != nil {
			t.Error(err)
		}
		for _, v := range violations {
			w.note("broke its policy: " + v)
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, s := range w.seen {
			t.Errorf("the page %s", s)
		}
	}
}

// look measures the drawn page: charts without marks, letters outside their
// chart or over each other, and a page wider than the screen.
const look = `(() => {
  const faults = [];
  const axis = ["none", "transparent", "var(--line)", "#000"];
  for (const chart of document.querySelectorAll(".chart")) {
    const svg = chart.querySelector("svg");
    if (!svg) { faults.push(chart.id + " is not drawn"); continue; }
    const box = svg.getBoundingClientRect();
    const marks = [...svg.querySelectorAll("path")].filter((p) => {
      const r = p.getBoundingClientRect();
      return !p.closest("defs") && (r.width > 0 || r.height > 0) &&
        [p.getAttribute("fill"), p.getAttribute("stroke")].some((c) => c && !axis.includes(c));
    });
    if (!marks.length) faults.push(chart.id + " has no marks");
    const texts = [...svg.querySelectorAll("text")].map((t) => [t.textContent, t.getBoundingClientRect()]);
    for (const [text, r] of texts)
      if (r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1)
        faults.push(chart.id + ": " + text + " is cut off");
    texts.forEach(([a, r], i) => texts.slice(i + 1).forEach(([b, s]) => {
      const wide = Math.min(r.right, s.right) - Math.max(r.left, s.left);
      const high = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
      if (wide > 1 && high > 6) faults.push(chart.id + ": " + a + " lies over " + b);
    }));
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is wider than the screen");
  return faults;
})()`

func TestInBrowser(t *testing.T) {
	ctx := browser(t)
	each(t, figures{}, func(t *testing.T, p reports.Page) {
		for name, width := range map[string]int64{"desk": 1440, "tablet": 768, "telephone": 390} {
			t.Run(name, func(t *testing.T) {
				tab, cancel := chromedp.NewContext(ctx)
				t.Cleanup(cancel)
				defer open(t, tab, p, width)()
				faults, err := chromedp.Run(tab, chromedp.Evaluate[[]string](look))
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range faults {
					t.Error(f)
				}
			})
		}
	})
}

// On paper the charts are laid out anew before the sheets are made.
func TestOnPaper(t *testing.T) {
	ctx := browser(t)
	each(t, figures{}, func(t *testing.T, p reports.Page) {
		tab, cancel := chromedp.NewContext(ctx)
		t.Cleanup(cancel)
		defer open(t, tab, p, 1440)()
		media := func(ctx context.Context, _ *chromedp.Target) error {
			_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
			return err
		}
		if err := chromedp.Do(tab, chromedp.Func(media)); err != nil {
			t.Fatal(err)
		}
		faults, err := chromedp.Run(tab, chromedp.Evaluate[[]string](`dispatchEvent(new Event("beforeprint")), `+look))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range faults {
			t.Error(f)
		}
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
	ctx := browser(t)
	each(t, figures{change: hostile}, func(t *testing.T, p reports.Page) {
		tab, cancel := chromedp.NewContext(ctx)
		t.Cleanup(cancel)
		defer open(t, tab, p, 1440)()
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

// The pages of a community that has sent nothing still open cleanly.
func TestNoDataInBrowser(t *testing.T) {
	tab := browser(t)
	p, err := dashboards.Quarter(t.Context(), figures{keep: func(string, string, string) bool { return false }}, catalog(t), scope("象山社区"))
	if err != nil {
		t.Fatal(err)
	}
	defer open(t, tab, p, 1440)()
	words, err := chromedp.Run(tab, chromedp.Evaluate[string](`document.body.innerText`))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(words, "本期无数据") {
		t.Error("an empty page does not say 本期无数据")
	}
}
