package portal

import (
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// published is a folder with all that may lie in one; its name is one that a
// pattern of file names would trip over.
func published(t *testing.T, files ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data [旧]*", "published")
	for _, file := range files {
		name := filepath.Join(dir, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("内容："+file), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// ask gives the answer to a request as a browser on this machine makes it.
func ask(t *testing.T, site http.Handler, method, target string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, "http://127.0.0.1:8025/", nil)
	if i := strings.Index(target, "?"); i >= 0 {
		target, r.URL.RawQuery = target[:i], target[i+1:]
	}
	u, err := r.URL.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	r.URL.Path, r.URL.RawPath = u.Path, u.RawPath
	if !strings.Contains(target, "%") {
		r.URL.Path = target // dots and all
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, r *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestIndex(t *testing.T) {
	dir := published(t,
		"2025Q3/town/dashboard.html", "2025Q3/乙社区/dashboard.html",
		"2025Q4/乙社区/dashboard.html", "2025Q4/town/dashboard.html", "2025Q4/甲 & <b>社区/dashboard.html",
		"2025/甲社区/evaluation.xlsx", "2025/甲社区/~$evaluation.xlsx", "2024Q4/乙社区/dashboard.html",
		// None of these is a page.
		"2025Q4/乙社区/.part-123", "2025Q4/.dashboard.html", "2025Q4/readme.html", "2025Q4/乙社区/旧/dashboard.html", "2025Q4/.git/dashboard.html",
		"2025q2/乙社区/dashboard.html", "2025Q5/乙社区/dashboard.html", "drafts/乙社区/dashboard.html", "2023Q4", "config.toml", "2022Q4/乙社区/.part-9",
	)
	r := ask(t, New(dir, "甲镇"), "GET", "/")
	body := text(t, r)
	var got []string
	for _, m := range regexp.MustCompile(`<h2>([^<]*)</h2>|<a href="([^"]*)">([^<]*)</a>`).FindAllStringSubmatch(body, -1) {
		got = append(got, html.UnescapeString(m[1]+m[2]+" "+m[3]))
	}
	want := []string{
		"2025年第四季度看板 ",
		"/published/2025Q4/town/dashboard.html 全镇",
		"/published/2025Q4/%e4%b9%99%e7%a4%be%e5%8c%ba/dashboard.html 乙社区",
		"/published/2025Q4/%e7%94%b2%20&%20%3cb%3e%e7%a4%be%e5%8c%ba/dashboard.html 甲 & <b>社区",
		"2025年度星级评定工作簿 ",
		"/published/2025/%e7%94%b2%e7%a4%be%e5%8c%ba/evaluation.xlsx 甲社区 星级评定",
		"2025年第三季度看板 ",
		"/published/2025Q3/town/dashboard.html 全镇",
		"/published/2025Q3/%e4%b9%99%e7%a4%be%e5%8c%ba/dashboard.html 乙社区",
		"2024年第四季度看板 ",
		"/published/2024Q4/%e4%b9%99%e7%a4%be%e5%8c%ba/dashboard.html 乙社区",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the page lists\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	if !strings.Contains(body, "<h1>甲镇 星册</h1>") || strings.Count(body, "<details open>") != 2 {
		t.Errorf("the page:\n%s", body)
	}
	for _, href := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		if r := ask(t, New(dir, ""), "GET", html.UnescapeString(href[1])); r.StatusCode != http.StatusOK {
			t.Errorf("%s leads to %s", href[1], r.Status)
		}
	}
}

func TestAnEmptyIndexSaysWhatToDo(t *testing.T) {
	for _, dir := range []string{t.TempDir(), filepath.Join(t.TempDir(), "not there")} {
		r := ask(t, New(dir, ""), "GET", "/")
		if body := text(t, r); r.StatusCode != http.StatusOK || !strings.Contains(body, "把表格放进收件夹") || !strings.Contains(body, "<h1>星册</h1>") {
			t.Errorf("%s:\n%s", r.Status, body)
		}
	}
}

func TestFiles(t *testing.T) {
	dir := published(t, "2025Q4/甲社区/dashboard.html", "2025/甲社区/evaluation.xlsx")
	site := New(dir, "甲镇")
	r := ask(t, site, "GET", "/published/2025Q4/甲社区/dashboard.html")
	if body := text(t, r); r.StatusCode != http.StatusOK || body != "内容：2025Q4/甲社区/dashboard.html" || r.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%s %s: %s", r.Status, r.Header.Get("Content-Type"), body)
	}
	if r := ask(t, site, "HEAD", "/published/2025Q4/甲社区/dashboard.html"); r.StatusCode != http.StatusOK || text(t, r) != "" && r.ContentLength == 0 {
		t.Errorf("HEAD: %s", r.Status)
	}
	r = ask(t, site, "GET", "/published/2025/甲社区/evaluation.xlsx")
	if got := r.Header.Get("Content-Type") + " " + r.Header.Get("Content-Disposition"); got != "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet attachment; filename*=utf-8''2025-%E7%94%B2%E7%A4%BE%E5%8C%BA-evaluation.xlsx" {
		t.Errorf("the workbook comes as %s", got)
	}
}

func TestWhatIsNotServed(t *testing.T) {
	dir := published(t, "2025Q4/甲社区/dashboard.html", "2025Q4/甲社区/.part-1", ".hidden/x.html", "2025Q4/甲社区/~$evaluation.xlsx")
	data := filepath.Dir(dir)
	if err := os.WriteFile(filepath.Join(data, "config.toml"), []byte("秘密"), 0o600); err != nil {
		t.Fatal(err)
	}
	if os.Symlink(filepath.Join(data, "config.toml"), filepath.Join(dir, "2025Q4", "link.html")) != nil {
		t.Log("no symbolic links here")
	}
	site := New(dir, "甲镇")
	for _, target := range []string{
		"/nothing", "/index.html", "/config.toml", "/published", "/published/", "/published/2025Q4", "/published/2025Q4/", "/published/2025Q4/甲社区", "/published/2025Q4/甲社区/",
		"/published/2025Q4/甲社区/none.html", "/published/2025Q4/甲社区/dashboard.html/", "/published/2025Q4/甲社区/dashboard.html/x",
		"/published/../config.toml", "/published/2025Q4/../../config.toml", "/published//../config.toml", "/published/%2e%2e/config.toml", "/published/..%2fconfig.toml", "/published/2025Q4%2f..%2f..%2fconfig.toml",
		"/published/..\\config.toml", "/published/%5c..%5cconfig.toml", "/published//etc/passwd", "/published/%2fetc%2fpasswd", "/published/c:/config.toml",
		"/published/2025Q4/link.html", "/published/2025Q4/甲社区/.part-1", "/published/.hidden/x.html", "/published/2025Q4/甲社区/~$evaluation.xlsx",
		"/published/%00", "/published/" + strings.Repeat("长", 300), "/published/\xff\xfe",
	} {
		r := ask(t, site, "GET", target)
		body := text(t, r)
		if to := r.Header.Get("Location"); to != "" { // the path was cleaned; where does it lead?
			r = ask(t, site, "GET", to)
			body = text(t, r)
		}
		if r.StatusCode != http.StatusNotFound || strings.Contains(body, "秘密") || !strings.Contains(body, "没有这个文件") {
			t.Errorf("%q: %s %q", target, r.Status, body)
		}
	}
}

func TestOnlyGetAndHead(t *testing.T) {
	site := New(published(t, "2025Q4/甲社区/dashboard.html"), "")
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"} {
		for _, target := range []string{"/", "/published/2025Q4/甲社区/dashboard.html", "/portal.css", "/nothing"} {
			if r := ask(t, site, method, target); r.StatusCode != http.StatusMethodNotAllowed {
				t.Errorf("%s %s: %s", method, target, r.Status)
			}
		}
	}
}

func TestForeignHosts(t *testing.T) {
	site := New(published(t, "2025Q4/甲社区/dashboard.html"), "")
	for host, want := range map[string]int{
		"127.0.0.1:8025": 200, "127.0.0.1": 200, "localhost:8025": 200, "LocalHost": 200, "[::1]:8025": 200, "[::1]": 200, "127.9.9.9:1": 200,
		"": 403, "evil.example": 403, "evil.example:8025": 403, "127.0.0.1.evil.example": 403, "localhost.evil.example": 403, "192.168.1.5:8025": 403,
		"0.0.0.0:8025": 403, "[::]:8025": 403, "2130706433": 403, "127.1": 403,
	} {
		for _, target := range []string{"/", "/published/2025Q4/%E7%94%B2%E7%A4%BE%E5%8C%BA/dashboard.html"} {
			r := httptest.NewRequest("GET", target, nil)
			r.Host = host
			w := httptest.NewRecorder()
			site.ServeHTTP(w, r)
			if w.Code != want {
				t.Errorf("Host %q, %s: %d, want %d", host, target, w.Code, want)
			}
		}
	}
}

// Every answer has them, also a refusal.
func TestHeaders(t *testing.T) {
	site := New(published(t, "2025Q4/甲社区/dashboard.html"), "")
	foreign := httptest.NewRequest("GET", "/", nil)
	foreign.Host = "evil.example"
	refused := httptest.NewRecorder()
	site.ServeHTTP(refused, foreign)
	for name, r := range map[string]*http.Response{
		"the index": ask(t, site, "GET", "/"), "a page": ask(t, site, "GET", "/published/2025Q4/甲社区/dashboard.html"),
		"the style": ask(t, site, "GET", "/portal.css"), "nothing": ask(t, site, "GET", "/nothing"),
		"a POST": ask(t, site, "POST", "/"), "a foreign host": refused.Result(),
	} {
		for header, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := r.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got, want)
			}
		}
		if csp := r.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: the policy is %q", name, csp)
		}
	}
	if csp := ask(t, site, "GET", "/").Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'; style-src 'self';") {
		t.Errorf("the index's policy is %q", csp)
	}
	if body := text(t, ask(t, site, "GET", "/")); strings.Contains(body, "<style") || strings.Contains(body, "style=") || strings.Contains(body, "<script") {
		t.Error("the index holds what its own policy forbids")
	}
}
