// Package pagetest opens published pages in a real Chromium with its network
// off, and says what they did that a page must not do.
package pagetest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Browser starts a real Chromium with its network off. Where there is none
// the test fails: no page is believed unseen.
func Browser(t *testing.T) context.Context {
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

// Open shows a file at a width. The func it gives fails the test for what the
// page did that it must not do: ask the network, write to the console, throw,
// or break its own policy.
func Open(t *testing.T, ctx context.Context, file string, width int64) func() {
	t.Helper()
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

// Charts counts the places for charts on the open page.
func Charts(t *testing.T, ctx context.Context) int {
	t.Helper()
	n, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.querySelectorAll(".chart").length`))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Keep leaves a picture of the page, or a print, among the build's artefacts
// for people to look at: .artefacts beside go.mod.
func Keep(t *testing.T, name string, picture []byte) {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	file := filepath.Join(dir, ".artefacts", name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Look measures the drawn page after an expression of its own, which may be
// empty: charts without marks, letters outside their chart or over each
// other, and a page wider than the screen are faults.
func Look(t *testing.T, ctx context.Context, first string) {
	t.Helper()
	if first != "" {
		first += ", "
	}
	faults, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](first+look))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Error(f)
	}
}

const look = `(() => {
  const faults = [];
  const axis = ["none", "transparent", "var(--line)", "#000"];
  for (const chart of document.querySelectorAll(".chart")) {
    if (chart.closest("[hidden]")) continue;
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
