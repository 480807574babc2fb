package tasks

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"xingce/reports"
)

// A set is the files of one publication. They are written into a hidden folder
// beside the former set, which then gives its place to them all at once:
//
//	published/2025Q4       what people see
//	published/.2025Q4.new  a set that is being written
//	published/.2025Q4.old  the former one, where two folders cannot be exchanged
//
// A crash leaves either set in sight and never a mix; tidy clears away what
// else it left. Where the system has no exchange of folders (Windows), neither
// is in sight for the moment between two renamings, and a crash in that moment
// is mended at the next start.
//
// What people have put into the folder, or changed there, is theirs: it moves
// into the new set's folder and is never written over.
type set struct {
	dir   string // published/
	name  string // 2025Q4
	files []File
}

// A File is one file of a set; its path has slashes and is below the set's
// folder.
type File struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int    `json:"bytes"`
}

func fileOf(below string, page reports.Page) (File, error) {
	rest, ok := strings.CutPrefix(page.Path, below+"/")
	if _, err := filepath.Localize(rest); !ok || err != nil || rest == manifestName {
		return File{}, fmt.Errorf("%q cannot be a file of %s", page.Path, below)
	}
	sum := sha256.Sum256(page.Body)
	return File{rest, hex.EncodeToString(sum[:]), len(page.Body)}, nil
}

// manifestName is the file that lists a set.
const manifestName = "manifest.json"

// step is told of each step at which the power may fail; tests have it fail.
var step = func(string) {}

func (s *set) live() string  { return filepath.Join(s.dir, s.name) }
func (s *set) fresh() string { return filepath.Join(s.dir, "."+s.name+".new") }
func (s *set) old() string   { return filepath.Join(s.dir, "."+s.name+".old") }

// newSet begins a set, after what a former one may have left.
func newSet(dir, name string) (*set, error) {
	s := &set{dir: dir, name: name}
	if err := s.tidy(); err != nil {
		return nil, err
	}
	step("begin")
	return s, os.MkdirAll(s.fresh(), 0o755)
}

// put writes a page, which nobody sees yet.
func (s *set) put(page reports.Page) error {
	file, err := fileOf(s.name, page)
	if err != nil {
		return err
	}
	local := filepath.FromSlash(file.Path)
	if info, err := os.Lstat(filepath.Join(s.live(), local)); err == nil && info.IsDir() {
		return fmt.Errorf("%s 的位置上有一个文件夹，请把它移走", page.Path)
	}
	s.files = append(s.files, file)
	return s.write(local, page.Body)
}

func (s *set) write(local string, body []byte) error {
	file := filepath.Join(s.fresh(), local)
	step("folder")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	step("create")
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	half := len(body) / 2
	_, err = f.Write(body[:half])
	step("half")
	if err == nil {
		_, err = f.Write(body[half:])
	}
	step("sync")
	return errors.Join(err, f.Sync(), f.Close())
}

// publish puts the set in place of the former one.
func (s *set) publish(manifest []byte) error {
	if err := s.write(manifestName, manifest); err != nil {
		return err
	}
	err := filepath.WalkDir(s.fresh(), func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() {
			step("sync folder")
			err = syncDir(path)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := s.swap(); err != nil {
		return fmt.Errorf("新的一套没有换上，原来的还在；有人开着 %s 里的文件的，请关闭后再发布：%w", s.name, err)
	}
	step("sync published")
	return cmp.Or(syncDir(s.dir), s.tidy())
}

// drop forgets a set that was begun.
func (s *set) drop() error { return os.RemoveAll(s.fresh()) }

func (s *set) swap() error {
	_, absent := os.Lstat(s.live())
	// A former set without its list is known by where it lies.
	if _, unlisted := listed(s.live()); absent == nil && unlisted == nil {
		step("exchange")
		if exchange(s.fresh(), s.live()) == nil {
			return nil
		}
	}
	if absent == nil {
		step("away")
		if err := os.Rename(s.live(), s.old()); err != nil {
			return err
		}
	}
	step("in")
	err := os.Rename(s.fresh(), s.live())
	if err != nil && absent == nil {
		err = errors.Join(err, os.Rename(s.old(), s.live()))
	}
	return err
}

// tidy clears away what lies beside the set in sight: one that was not
// finished, and the former one, but for what is people's own.
func (s *set) tidy() error {
	if _, err := os.Lstat(s.live()); errors.Is(err, fs.ErrNotExist) {
		step("back")
		if err := os.Rename(s.old(), s.live()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for _, past := range []string{s.fresh(), s.old()} {
		if _, err := os.Lstat(past); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		ours, unlisted := listed(past)
		// One that lies among the fresh without its list was not finished.
		if unlisted == nil || past == s.old() {
			if err := s.keep(past, ours); err != nil {
				return err
			}
		}
		if past == s.old() { // what is left of it when this is cut short has no list
			step("done with")
			if err := os.Rename(past, s.fresh()); err != nil {
				return err
			}
		}
		step("remove")
		if err := os.RemoveAll(s.fresh()); err != nil {
			return err
		}
	}
	return nil
}

// keep moves what is not ours from a former set's folder into the one in
// sight. What was ours and has been changed gets a name that says so, and so
// does what has no place there. Without a list, ours is what lies in sight too.
func (s *set) keep(past string, ours map[string]string) error {
	return filepath.WalkDir(past, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(past, file)
		if err != nil || rel == manifestName {
			return err
		}
		body, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		to := filepath.Join(s.live(), rel)
		_, free := os.Lstat(to)
		was, listed := ours[filepath.ToSlash(rel)]
		if was == hex.EncodeToString(sum[:]) || ours == nil && free == nil {
			return nil
		}
		if listed || free == nil {
			ext := filepath.Ext(to)
			to = fmt.Sprintf("%s（改过的 %x）%s", strings.TrimSuffix(to, ext), sum[:4], ext)
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		step("keep")
		return cmp.Or(os.Rename(file, to), syncDir(filepath.Dir(to)))
	})
}

// listed is what a set's own list says of its files: their hashes.
func listed(folder string) (map[string]string, error) {
	text, err := os.ReadFile(filepath.Join(folder, manifestName))
	if err != nil {
		return nil, err
	}
	var m struct{ Files []File }
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&m); err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, f := range m.Files {
		files[f.Path] = f.SHA256
	}
	return files, nil
}

// tidySets clears away what sets that were cut short have left.
func tidySets(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		name, hidden := strings.CutPrefix(e.Name(), ".")
		name, fresh := strings.CutSuffix(name, ".new")
		name, old := strings.CutSuffix(name, ".old")
		if hidden && (fresh || old) {
			s := set{dir: dir, name: name}
			err = errors.Join(err, s.tidy())
		}
	}
	return err
}
