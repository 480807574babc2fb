package reports

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func stylesheet(t *testing.T) string {
	t.Helper()
	css, err := static.ReadFile("static/page.css")
	if err != nil {
		t.Fatal(err)
	}
	return string(css)
}

// Few sizes: six, and no others.
func TestSizesOfType(t *testing.T) {
	found := regexp.MustCompile(`font(?:-size)?:[^;}]*?(\d+)px`).FindAllStringSubmatch(stylesheet(t), -1)
	if len(found) < 10 {
		t.Fatalf("the style sheet has %d sizes of type; the pattern does not see them", len(found))
	}
	for _, m := range found {
		if !slices.Contains([]string{"12", "14", "16", "20", "28", "40"}, m[1]) {
			t.Errorf("%s: only 12, 14, 16, 20, 28 and 40 px are ours", m[0])
		}
	}
}

// Text is told from its ground by 4.5 : 1 in both variants, on paper too.
func TestContrast(t *testing.T) {
	css := stylesheet(t)
	parts := strings.SplitN(css, "prefers-color-scheme: dark", 2)
	variable := regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6})`)
	for i, variant := range []string{"light", "dark"} {
		colour := map[string]string{}
		body := parts[i]
		if i == 1 {
			body = body[:strings.Index(body, "}")]
		}
		for _, m := range variable.FindAllStringSubmatch(body, -1) {
			colour[m[1]] = m[2]
		}
		pairs := [][2]string{{"ink", "ground"}, {"second", "ground"}, {"ink", "panel"}, {"second", "panel"}, {"accent", "panel"}, {"accent", "ground"}}
		for name := range colour {
			if face, ok := strings.CutPrefix(name, "on-"); ok {
				pairs = append(pairs, [2]string{name, face})
			}
		}
		for _, p := range pairs {
			if colour[p[0]] == "" || colour[p[1]] == "" {
				t.Errorf("%s: --%s or --%s is not there", variant, p[0], p[1])
				continue
			}
			if c := contrast(t, colour[p[0]], colour[p[1]]); c < 4.5 {
				t.Errorf("%s: --%s on --%s has %.2f : 1", variant, p[0], p[1], c)
			}
		}
	}
}

// contrast is WCAG 2's ratio of two colours.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.03928 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// A page without the drawing program says so instead of showing a blank.
func TestWithoutDrawingProgram(t *testing.T) {
	b, fig, catalog, scope := small(t)
	page, err := b.page(t.Context(), fig, catalog, scope, "")
	if err != nil {
		t.Fatal(err)
	}
	body := string(page.Body)
	if !strings.Contains(body, "本页缺少绘图程序") {
		t.Error("the page does not say that the drawing program is missing")
	}
	if !strings.Contains(body, "script-src &#39;none&#39;") {
		t.Error("a page without scripts allows some")
	}
	if !strings.Contains(body, "<details open>") {
		t.Error("the tables of numbers, now all there is, are closed")
	}
}

// Scripts are bound as they are, so none may end its own element.
func TestScriptThatEndsItself(t *testing.T) {
	b, fig, catalog, scope := small(t)
	if _, err := b.page(t.Context(), fig, catalog, scope, "x = '</SCRIPT>'"); err == nil {
		t.Error("a script with </SCRIPT> in it was bound")
	}
}

func TestPrintHead(t *testing.T) {
	_, _, _, scope := small(t)
	scope.Community = `"; } </style><script>alert(1)</script>`
	head := printHead(scope, "看板")
	if strings.ContainsAny(head, "<>") || strings.Count(head, `"`) != 2 {
		t.Errorf("a name breaks out of the style sheet: %s", head)
	}
}
