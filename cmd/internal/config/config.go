// Package config reads what an office says about itself: one TOML file in
// the data folder. The stages take values from it and never see a Config.
package config

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // an office PC may have no zone files

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
	// Policy names the star rules.
	Policy string `toml:"policy"`
	// Jobs are the cron specs by job.
	Jobs Jobs `toml:"jobs"`
}

// Jobs are cron specs of five fields (minute hour day month weekday).
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
	decoder := toml.NewDecoder(strings.NewReader(string(text))).DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return c, located(file, err)
	}
	for field, check := range map[string]func() error{
		"zone":   func() error { _, err := time.LoadLocation(c.Zone); return err },
		"listen": func() error { return loopback(c.Listen) },
		"jobs":   func() error { return specs(c.Jobs) },
	} {
		if err := check(); err != nil {
			return c, fmt.Errorf("%s: %s: %w", lineOf(file, text, field), field, err)
		}
	}
	for i, name := range c.Communities {
		if strings.TrimSpace(name) == "" || strings.ContainsAny(name, `/\<>:"|?*`) || name == "town" {
			return c, fmt.Errorf("%s: communities: %q 不能作社区名称", lineOf(file, text, "communities"), name)
		}
		if slices.Contains(c.Communities[:i], name) {
			return c, fmt.Errorf("%s: communities: %s 写了两次", lineOf(file, text, "communities"), name)
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

// lineOf finds where a key stands, for a fault of its value.
func lineOf(file string, text []byte, key string) string {
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		if line = strings.TrimSpace(line); strings.HasPrefix(line, key) || strings.HasPrefix(line, "["+key) {
			return fmt.Sprintf("%s:%d", file, n)
		}
	}
	return file
}

func loopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("地址写作 127.0.0.1:8025：%w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%s 不是本机地址；还没有账户，只能在本机打开", address)
	}
	return nil
}

// specs refuses what cron cannot read, what never comes, and what comes more
// than once a minute.
func specs(j Jobs) error {
	for name, spec := range map[string]string{"inbox": j.Inbox, "publish": j.Publish, "rate": j.Rate} {
		if strings.Contains(spec, "TZ=") {
			return fmt.Errorf("%s: 时区写在 zone 里，不写在 %q 里", name, spec)
		}
		schedule, err := cron.ParseStandard(spec)
		if err != nil {
			return fmt.Errorf("%s: 看不懂 %q：%w", name, spec, err)
		}
		first := schedule.Next(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
		if first.IsZero() {
			return fmt.Errorf("%s: %q 永远不会到", name, spec)
		}
		if second := schedule.Next(first); second.Sub(first) < time.Minute {
			return fmt.Errorf("%s: %q 间隔不到一分钟", name, spec)
		}
	}
	return nil
}
