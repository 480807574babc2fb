// Package portal is the web site. For now it shows the published files on
// this machine only; accounts come later.
package portal

import (
	"bytes"
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"xingce/ingest/period"
	"xingce/reports/sheets"
)

//go:embed index.html portal.css
var pages embed.FS

var index = template.Must(template.ParseFS(pages, "index.html"))

// New serves the published files of a folder and a page that lists them.
func New(published, town string) http.Handler {
	s := &site{published: published, town: town}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.handle(s.index))
	mux.HandleFunc("GET /portal.css", s.handle(s.style))
	mux.HandleFunc("GET /published/", s.handle(s.file))
	mux.HandleFunc("GET /", s.handle(func(http.ResponseWriter, *http.Request) error { return fs.ErrNotExist }))
	return guarded(mux)
}

type site struct{ published, town string }

// handle turns a handler's error into a status and a sentence.
func (s *site) handle(h func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
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

// guarded gives every answer its headers, and refuses names that a page
// elsewhere could have pointed at this machine. A published page brings the
// rest of its policy itself, with the hashes of its scripts.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", "base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Cache-Control", "no-store") // ratings name people
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if ip := net.ParseIP(strings.Trim(host, "[]")); !strings.EqualFold(host, "localhost") && (ip == nil || !ip.IsLoopback()) {
			http.Error(w, "只能在本机打开", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// A shelf is what one period has to show.
type shelf struct {
	Title string
	Town  []link
	Links []link
}

type link struct{ Title, Href string }

func (s *site) index(w http.ResponseWriter, _ *http.Request) error {
	shelves, err := s.shelves()
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := index.Execute(&page, struct {
		Town    string
		Shelves []shelf
	}{s.town, shelves}); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	_, err = page.WriteTo(w)
	return err
}

func (s *site) style(w http.ResponseWriter, r *http.Request) error {
	http.ServeFileFS(w, r, pages, "portal.css")
	return nil
}

// shelves lists the published periods, the newest first.
func (s *site) shelves() ([]shelf, error) {
	published := os.DirFS(s.published)
	entries, err := fs.ReadDir(published, ".")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var periods []period.Period
	for _, e := range entries {
		if p, err := period.Parse(e.Name()); err == nil && e.IsDir() && e.Name() == p.String() {
			periods = append(periods, p)
		}
	}
	slices.SortFunc(periods, func(a, b period.Period) int { return b.Compare(a) })
	var shelves []shelf
	for _, p := range periods {
		shelf := shelf{Title: p.Title() + "看板"}
		if p.Grain() == period.Yearly {
			shelf.Title = p.Title() + "星级评定工作簿"
		}
		err := fs.WalkDir(published, p.String(), func(file string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case hidden(e.Name()) && e.IsDir():
				return fs.SkipDir
			case hidden(e.Name()) || !e.Type().IsRegular() || strings.Count(file, "/") != 2:
				return nil
			}
			folder, about := path.Base(path.Dir(file)), ""
			if title := sheets.Title(path.Base(file)); title != "" {
				about = " " + title
			}
			if href := path.Join("/published", file); folder == sheets.TownFolder {
				shelf.Town = append(shelf.Town, link{"全镇" + about, href})
			} else {
				shelf.Links = append(shelf.Links, link{folder + about, href})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(shelf.Town)+len(shelf.Links) > 0 {
			shelves = append(shelves, shelf)
		}
	}
	return shelves, nil
}

// hidden files are being written, or are what Excel leaves beside an open
// workbook.
func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") }

// file serves one published file; folders are not listed.
func (s *site) file(w http.ResponseWriter, r *http.Request) error {
	name, ok := strings.CutPrefix(r.URL.Path, "/published/")
	if !ok || !fs.ValidPath(name) || slices.ContainsFunc(strings.Split(name, "/"), hidden) {
		return fs.ErrNotExist
	}
	root, err := os.OpenRoot(s.published)
	if err != nil {
		return err
	}
	defer root.Close()
	f, err := root.Open(filepath.FromSlash(name))
	if errors.Is(err, fs.ErrPermission) {
		return err
	} else if err != nil {
		return fs.ErrNotExist // or a name that no file can have, or that leads out
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fs.ErrNotExist
	}
	if path.Ext(name) == ".xlsx" {
		// Every community's workbook has the same name; saved, it has its own.
		w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": strings.ReplaceAll(name, "/", "-")}))
	}
	http.ServeContent(w, r, path.Base(name), info.ModTime(), f)
	return nil
}
