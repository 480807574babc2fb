package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func load(t *testing.T, text string) (Config, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "config.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return Load(dir)
}

func TestTheFirstStart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	first, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Communities: []string{}, Zone: "Asia/Shanghai", Listen: "127.0.0.1:8025", Policy: "founding",
		VolunteerPolicy: "volunteers", PostingDays: 5,
		Jobs: Jobs{Inbox: "* * * * *", Publish: "0 6 1 1,4,7,10 *", Rate: "0 7 1 1 *"},
	}
	if !reflect.DeepEqual(first, want) || !reflect.DeepEqual(Default(), want) {
		t.Errorf("a fresh folder has\n%+v\nwant\n%+v", first, want)
	}
	written, err := os.ReadFile(filepath.Join(dir, "config.toml"))
	if err != nil || !strings.Contains(string(written), "# 时区和本机地址") {
		t.Errorf("the file has no comments to go by (%v):\n%s", err, written)
	}
	if again, err := Load(dir); err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("the second start reads %+v (%v)", again, err)
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	want := Default()
	want.Town, want.Communities, want.Jobs.Rate = "甲镇", []string{"象山社区", "翠湖社区"}, ""
	dir := filepath.Join(t.TempDir(), "data")
	if err := Write(dir, want); err != nil {
		t.Fatal(err)
	}
	if got, err := Load(dir); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v (%v)\nwant %+v", got, err, want)
	}
}

func TestWhatIsLeftOutIsTheDefault(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "one thing": "town = \"甲镇\"\n", "one job": "[jobs]\nrate = \"0 8 2 1 *\"\n", "a byte order mark": "\ufefftown = \"甲镇\"\r\n",
	} {
		got, err := load(t, text)
		want := Default()
		if strings.Contains(text, "甲镇") {
			want.Town = "甲镇"
		}
		if strings.Contains(text, "rate") {
			want.Jobs.Rate = "0 8 2 1 *"
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v (%v)\nwant %+v", name, got, err, want)
		}
	}
}

// Each fault is named with file and line, and in words.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no TOML", "town = \n", "config.toml:1: 写法有误"},
		{"a list that does not end", "town = \"甲\"\n\ncommunities = [\"乙\"\n", "config.toml:3: 写法有误"},
		{"a number for a text", "\ntown = 3\n", "config.toml:2: 写法有误"},
		{"another encoding", "town = \"\xbc\xd7\xd5\xf2\"\n", "config.toml: 不是 UTF-8 编码"},
		{"an unknown key", "# 镇\ntwon = \"甲镇\"\n", "config.toml:2: 没有 twon 这一项"},
		{"an unknown job", "[jobs]\n\nbackup = \"@daily\"\n", "config.toml:3: 没有 jobs.backup 这一项"},
		{"an unknown table", "[mail]\nhost = \"x\"\n", "config.toml:1: 没有 mail 这一项"},
		{"no such zone", "town = \"甲\"\nzone = \"Asia/Chengdu\"\n", `config.toml:2: zone: 不认识时区 "Asia/Chengdu"`},
		{"no zone", "zone = \"\"\n", "config.toml:1: zone: 不认识时区"},
		{"the machine's own zone", "zone = \"Local\"\n", "config.toml:1: zone: 不认识时区"},
		{"a zone that is a path", "zone = \"../../etc/passwd\"\n", "config.toml:1: zone: 不认识时区"},
		{"open to all", "listen = \"0.0.0.0:8025\"\n", "config.toml:1: listen: 0.0.0.0:8025 不是本机地址"},
		{"open to all, by leaving out", "listen = \":8025\"\n", "config.toml:1: listen: :8025 不是本机地址"},
		{"open to the office", "listen = \"192.168.1.5:8025\"\n", "config.toml:1: listen: 192.168.1.5:8025 不是本机地址"},
		{"open to all of IPv6", "listen = \"[::]:8025\"\n", "config.toml:1: listen: [::]:8025 不是本机地址"},
		{"a name that may lead anywhere", "listen = \"office.example:8025\"\n", "不是本机地址"},
		{"no port", "listen = \"127.0.0.1\"\n", `config.toml:1: listen: 看不懂 "127.0.0.1"，地址写作 127.0.0.1:8025`},
		{"no such port", "listen = \"127.0.0.1:80250\"\n", "config.toml:1: listen: 看不懂"},
		{"a policy that leads out", "policy = \"../config\"\n", "config.toml:1: policy: "},
		{"no policy", "policy = \"\"\n", "config.toml:1: policy: "},
		{"a community twice", "communities = [\n  \"甲社区\",\n  \"甲社区\",\n]\n", "config.toml:1: communities: 甲社区 写了两次"},
		{"a community without a name", "communities = [\"\"]\n", "config.toml:1: communities: "},
		{"the town's own folder", "communities = [\"Town\"]\n", "communities: "},
		{"a way out", "communities = [\"..\"]\n", "communities: "},
		{"a hidden folder", "communities = [\".甲社区\"]\n", "communities: "},
		{"a folder in a folder", "communities = [\"甲/乙\"]\n", "communities: "},
		{"a folder in a folder, on Windows", "communities = ['甲\\乙']\n", "communities: "},
		{"a dot that Windows drops", "communities = [\"甲社区.\"]\n", "communities: "},
		{"a space that nobody sees", "communities = [\"甲社区　\"]\n", "communities: "},
		{"a line break", "communities = [\"甲\\n社区\"]\n", "communities: "},
		{"words for a time", "[jobs]\ninbox = \"* * * * *\"\npublish = \"every day\"\n", `config.toml:3: jobs: publish: 看不懂 "every day"`},
		{"seconds", "[jobs]\nrate = \"0 0 7 1 1 *\"\n", `config.toml:2: jobs: rate: 看不懂 "0 0 7 1 1 *"`},
		{"four fields", "[jobs]\nrate = \"7 1 1 *\"\n", "config.toml:2: jobs: rate: 看不懂"},
		{"the 25th hour", "[jobs]\nrate = \"0 25 * * *\"\n", "config.toml:2: jobs: rate: 看不懂"},
		{"30 February", "[jobs]\nrate = \"0 0 30 2 *\"\n", `config.toml:2: jobs: rate: "0 0 30 2 *" 永远不会到`},
		{"a zone within", "[jobs]\nrate = \"CRON_TZ=Asia/Tokyo 0 7 1 1 *\"\n", "config.toml:2: jobs: rate: 时区写在 zone 里"},
		{"a zone and nothing else", "[jobs]\nrate = \"TZ=UTC\"\n", "config.toml:2: jobs: rate: 时区写在 zone 里"},
		{"too often", "[jobs]\ninbox = \"@every 5s\"\n", `config.toml:2: jobs: inbox: "@every 5s" 间隔不到一分钟`},
		{"a descriptor that is none", "[jobs]\ninbox = \"@reboot\"\n", "config.toml:2: jobs: inbox: 看不懂"},
		{"in one line", "zone = \"UTC\"\njobs = {inbox = \"@reboot\"}\n", "config.toml:2: jobs: inbox: 看不懂"},
		{"with a dot", "zone = \"UTC\"\njobs.inbox = \"@reboot\"\n", "config.toml:2: jobs: inbox: 看不懂"},
		{"named like another", "# zone\n[jobs]\n# inbox\npublish = \"0 6 1 1 *\"\ninbox = \"x\"\n", "config.toml:5: jobs: inbox: 看不懂"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := load(t, c.text)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestTheFirstFaultInTheFilesOrderIsTold(t *testing.T) {
	for range 20 {
		_, err := load(t, "zone = \"X\"\nlisten = \"X\"\npolicy = \"\"\n[jobs]\ninbox = \"X\"\npublish = \"X\"\nrate = \"X\"\n")
		if err == nil || !strings.Contains(err.Error(), "config.toml:1: zone") {
			t.Fatalf("error %v", err)
		}
	}
}

func TestGoodSettings(t *testing.T) {
	for _, text := range []string{
		"listen = \"localhost:80\"\n", "listen = \"[::1]:8025\"\n", "listen = \"127.8.9.10:0\"\n", "zone = \"America/New_York\"\n",
		"communities = [\"城北社区(东)\", \"No. 7 村\"]\n",
		"[jobs]\ninbox = \"@every 1m\"\npublish = \"@monthly\"\nrate = \"\"\n", "[jobs]\nrate = \"0 0 29 2 *\"\n", "[jobs]\nrate = \"0 7 1 jan MON-FRI\"\n",
	} {
		if _, err := load(t, text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestAFolderThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "config.toml"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "config.toml") {
		t.Errorf("error %v", err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(file); err == nil {
		t.Error("a file was taken for a folder")
	}
}
