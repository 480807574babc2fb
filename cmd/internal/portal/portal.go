// Package portal is the web site. For now it shows the published files on
// this machine only; accounts come later.
package portal

import (
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"xingce/ingest/period"
)

//go:embed index.html
var pages embed.FS

var index = template.Must(template.ParseFS(pages, "index.html"))

// New serves the published files of a folder and a page that lists them.
func New(published, town string) http.Handler {
	s := &site{published: published, town: town}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.handle(s.index))
	mux.HandleFunc("GET /published/", s.handle(s.file))
	return loopbackOnly(mux)
}

type site struct{ published, town string }

// handle turns a handler's error into a status and a sentence.
func (s *site) handle(h func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Cache-Control", "no-cache")
		err := h(w, r)
		switch {
		case err == nil:
		case errors.Is(err, fs.ErrNotExist):
			http.Error(w, "没有这个文件；请回到首页查看已发布的内容", http.StatusNotFound)
		default:
			slog.Error("page", "path", r.URL.Path, "err", err)
			http.Error(w, "暂时打不开，请稍后再试", http.StatusInternalServerError)
		}
	}
}

// loopbackOnly refuses names that a page elsewhere could have pointed at
// this machine.
func loopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if ip := net.ParseIP(strings.Trim(host, "[]")); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			http.Error(w, "只能在本机打开", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// A shelf is what one period has to show.
type shelf struct {
	Title string
	Links []link
}

type link struct{ Title, Href string }

func (s *site) index(w http.ResponseWriter, _ *http.Request) error {
	shelves, err := s.shelves()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	return index.Execute(w, struct {
		Town    string
		Shelves []shelf
	}{s.town, shelves})
}

// shelves lists the published periods, the newest first.
func (s *site) shelves() ([]shelf, error) {
	entries, err := os.ReadDir(s.published)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var periods []period.Period
	for _, e := range entries {
		if p, err := period.Parse(e.Name()); err == nil && e.IsDir() {
			periods = append(periods, p)
		}
	}
	slices.SortFunc(periods, func(a, b period.Period) int { return b.Compare(a) })
	var shelves []shelf
	for _, p := range periods {
		found, err := filepath.Glob(filepath.Join(s.published, p.String(), "*", "*"))
		if err != nil {
			return nil, err
		}
		var town, communities []link
		for _, file := range found {
			folder, name := filepath.Base(filepath.Dir(file)), filepath.Base(file)
			l := link{folder, path.Join("/published", p.String(), folder, name)}
			switch {
			case strings.HasPrefix(name, "."):
			case folder == "town":
				l.Title = "全镇"
				town = append(town, l)
			default:
				communities = append(communities, l)
			}
		}
		kind := "看板"
		if p.Grain() == period.Yearly {
			kind = "星级评定工作簿"
		}
		shelves = append(shelves, shelf{p.Title() + kind, append(town, communities...)})
	}
	return shelves, nil
}

// file serves one published file; folders are not listed.
func (s *site) file(w http.ResponseWriter, r *http.Request) error {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/published/")
	if !fs.ValidPath(name) || strings.Contains(name, "/.") {
		return fs.ErrNotExist
	}
	root, err := os.OpenRoot(s.published)
	if err != nil {
		return err
	}
	defer root.Close()
	f, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.IsDir() {
		return fs.ErrNotExist
	}
	http.ServeContent(w, r, path.Base(name), info.ModTime(), f)
	return nil
}
