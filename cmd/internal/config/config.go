// Package config reads what an office says about itself: one TOML file in
// the data folder. The stages take values from it and never see a Config.
package config

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // an office PC may have no zone files
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/robfig/cron/v3"
)

// A Config is data/config.toml.
type Config struct {
	// Town is the place whose communities are compared.
	Town string `toml:"town"`
	// Communities are the only ones whose sheets are taken; with none, a
	// sheet's own word counts.
	Communities []string `toml:"communities"`
	// Zone is where the schedule's clock stands.
	Zone string `toml:"zone"`
	// Listen is the address of serve; loopback only, until there are accounts.
	Listen string `toml:"listen"`
	// Policy names the star rules for members, VolunteerPolicy those for
	// volunteers; no name for the latter, and they are not rated.
	Policy          string `toml:"policy"`
	VolunteerPolicy string `toml:"volunteer_policy"`
	// PostingDays are the workdays that a rating is posted for (公示).
	PostingDays int `toml:"posting_days"`
	// Partial lets the inbox take the good rows of a file that has bad ones.
	Partial bool `toml:"partial"`
	// Jobs are the cron specs by job.
	Jobs Jobs `toml:"jobs"`
}

// Jobs are cron specs of five fields (minute hour day month weekday); an empty
// one leaves the job to be done by hand.
type Jobs struct {
	Inbox   string `toml:"inbox"`
	Publish string `toml:"publish"`
	Rate    string `toml:"rate"`
}

//go:embed default.toml
var defaults []byte

// Load reads dir/config.toml; where it is absent it writes the default one,
// with its comments, for people to change. The error names file and line.
func Load(dir string) (Config, error) {
	file := filepath.Join(dir, "config.toml")
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return Config{}, err
		}
		text = defaults
		if err := os.WriteFile(file, text, 0o600); err != nil {
			return Config{}, err
		}
	} else if err != nil {
		return Config{}, err
	}
	return parse(file, text)
}

// Write makes dir/config.toml from a Config, for the demo.
func Write(dir string, c Config) error {
	text, err := toml.Marshal(c)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "config.toml"), text, 0o600)
}

// Default is the configuration of a fresh data folder.
func Default() Config {
	c, err := parse("default.toml", defaults)
	if err != nil {
		panic(err)
	}
	return c
}

func parse(file string, text []byte) (Config, error) {
	var c Config
	if err := toml.Unmarshal(defaults, &c); err != nil {
		return c, err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // Notepad's
	if !utf8.Valid(text) {
		return c, fmt.Errorf("%s: 不是 UTF-8 编码，请用记事本打开，另存为时编码选 UTF-8", file)
	}
	decoder := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return c, located(file, err)
	}
	for _, check := range []struct {
		field string
		err   error
	}{
		{"communities", communities(c.Communities)},
		{"zone", zone(c.Zone)},
		{"listen", loopback(c.Listen)},
		{"policy", policy(c.Policy)},
		{"volunteer_policy", orNone(c.VolunteerPolicy, policy)},
		{"posting_days", posting(c.PostingDays)},
		{"jobs: inbox", timetable(c.Jobs.Inbox)},
		{"jobs: publish", timetable(c.Jobs.Publish)},
		{"jobs: rate", timetable(c.Jobs.Rate)},
	} {
		if check.err != nil {
			return c, fmt.Errorf("%s: %s: %w", lineOf(file, text, check.field), check.field, check.err)
		}
	}
	return c, nil
}

// located gives a TOML fault its file and line, in words.
func located(file string, err error) error {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) {
		first := strict.Errors[0]
		row, _ := first.Position()
		return fmt.Errorf("%s:%d: 没有 %s 这一项", file, row, strings.Join(first.Key(), "."))
	}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		row, _ := decode.Position()
		return fmt.Errorf("%s:%d: 写法有误：%s", file, row, decode.Error())
	}
	return fmt.Errorf("%s: %w", file, err)
}

// lineOf finds where a key stands, for a fault of its value: "zone", or
// "jobs: inbox" for a key of a table.
func lineOf(file string, text []byte, field string) string {
	table, key, nested := strings.Cut(field, ": ")
	if !nested {
		table, key = "", field
	}
	n, in := 0, ""
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			in = strings.Trim(line, "[] \t")
		}
		name, _, _ := strings.Cut(line, "=")
		name = strings.Trim(strings.TrimSpace(name), `"'`)
		if in == table && name == key || in == "" && nested && (name == table || name == table+"."+key) {
			return fmt.Sprintf("%s:%d", file, n)
		}
	}
	return file
}

// communities refuses names that would not do as names of folders, on any
// system; "town" is the folder of the town's own pages.
func communities(names []string) error {
	for i, name := range names {
		switch {
		case name == "" || strings.Trim(name, " .\u3000") != name, strings.ContainsAny(name, `/\<>:"|?*`), strings.ContainsFunc(name, unicode.IsControl), strings.EqualFold(name, "town"):
			return fmt.Errorf("%q 不能作社区名称", name)
		case slices.Contains(names[:i], name):
			return fmt.Errorf("%s 写了两次", name)
		}
	}
	return nil
}

// zone wants a zone by its name: an empty one would be UTC, and Local that of
// whichever machine this is.
func zone(name string) error {
	_, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return fmt.Errorf("不认识时区 %q，写作 Asia/Shanghai", name)
	}
	return nil
}

func loopback(address string) error {
	host, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return fmt.Errorf("看不懂 %q，地址写作 127.0.0.1:8025", address)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%s 不是本机地址；还没有账户，只能在本机打开", address)
	}
	return nil
}

// policy is a file's name without .toml, and no way out of the folder.
func policy(name string) error {
	if name == "" || strings.ContainsAny(name, `/\`) || strings.HasPrefix(name, ".") {
		return fmt.Errorf("%q 不能作规则名称，写 policies 文件夹里的文件名，不带 .toml", name)
	}
	return nil
}

func orNone(name string, check func(string) error) error {
	if name == "" {
		return nil
	}
	return check(name)
}

func posting(days int) error {
	if days < 1 || days > 60 {
		return fmt.Errorf("公示 %d 个工作日不合，写 1 到 60", days)
	}
	return nil
}

// timetable refuses what cron cannot read, what never comes, and what comes
// more than once a minute. Empty is never, by choice.
func timetable(spec string) error {
	if spec == "" {
		return nil
	}
	if strings.Contains(spec, "TZ=") {
		return fmt.Errorf("时区写在 zone 里，不写在 %q 里", spec)
	}
	schedule, err := cron.ParseStandard(spec)
	if err != nil {
		return fmt.Errorf("看不懂 %q：%w", spec, err)
	}
	first := schedule.Next(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	if first.IsZero() {
		return fmt.Errorf("%q 永远不会到", spec)
	}
	if schedule.Next(first).Sub(first) < time.Minute {
		return fmt.Errorf("%q 间隔不到一分钟", spec)
	}
	return nil
}
