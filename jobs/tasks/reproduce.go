package tasks

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"xingce/ingest/kinds"
	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/stars"
	"xingce/reports"
)

// A Reproduction is a publication made again as of then, beside what was put
// out.
type Reproduction struct {
	Manifest Manifest
	Same     int      // files made again byte for byte
	Differ   []string // files that are not, and how, in words
	// Inputs are those that are no more what they were, in words.
	Inputs []string
	// Changed are the published files that somebody has changed since, and those
	// that are gone.
	Changed []string
}

// ErrNotPublished says that nothing was put out about a period.
var ErrNotPublished = errors.New("还没有发布过")

// Reproduce makes the last publication about a period again, of the data as of
// then and by the rules and settings of then, and compares the bytes. The
// database alone is enough; where the published files are there too, they are
// compared as well. It writes nothing.
func (p *Press) Reproduce(ctx context.Context, about period.Period) (Reproduction, error) {
	text, err := p.DB.Published(ctx, about.String())
	if err != nil {
		return Reproduction{}, err
	}
	if text == "" {
		return Reproduction{}, fmt.Errorf("%s%w", about.Title(), ErrNotPublished)
	}
	m, err := readManifest(text)
	if err != nil {
		return Reproduction{}, err
	}
	r := Reproduction{Manifest: m}
	reader, err := p.DB.Reader(ctx, m.AsOf)
	if err != nil {
		return r, err
	}
	defer reader.Close()
	now := Manifest{Program: program(p.Version)}
	now.count(p.Catalog)
	state, err := p.DB.State(ctx, m.AsOf, about.End)
	if err != nil {
		return r, err
	}
	now.stand(state)
	e := &edition{Manifest: m, about: about, session: queries.NewSession(p.Catalog, reader)}
	e.Missing, e.let = nil, m.Passed
	if r.Inputs, err = p.inputs(ctx, m, now); err != nil {
		return r, err
	}
	for _, rule := range m.Policies {
		switch policy, err := p.rule(ctx, rule); {
		case errors.Is(err, sql.ErrNoRows), errors.Is(err, errOtherRules):
			r.Inputs = append(r.Inputs, "评定规则 "+rule.Name+" 当时的文本没有了，或者被改动过")
		case err != nil:
			r.Inputs = append(r.Inputs, "评定规则 "+rule.Name+" 现在读不了："+err.Error())
		default:
			e.policies = append(e.policies, policy)
		}
	}
	made := map[string]File{}
	e.take = func(page reports.Page) error {
		file, err := fileOf(e.About, page)
		made[file.Path] = file
		return err
	}
	make := maker(p.quarter)
	if about.Grain() == period.Yearly {
		make = p.year
	}
	if _, err := make(ctx, e); err != nil {
		if ctx.Err() != nil {
			return r, ctx.Err()
		}
		r.Differ = append(r.Differ, "没有做完："+err.Error())
	}
	r.compare(made)
	return r, r.published(filepath.Join(p.Dir, m.About), text)
}

// compare holds what was made against what was put out.
func (r *Reproduction) compare(made map[string]File) {
	for _, was := range r.Manifest.Files {
		now, ok := made[was.Path]
		delete(made, was.Path)
		switch {
		case !ok:
			r.Differ = append(r.Differ, was.Path+"：这次没有做出来")
		case now != was:
			r.Differ = append(r.Differ, fmt.Sprintf("%s：发布时 %d 字节（%s），重做 %d 字节（%s）", was.Path, was.Bytes, was.SHA256[:12], now.Bytes, now.SHA256[:12]))
		default:
			r.Same++
		}
	}
	for _, path := range slices.Sorted(maps.Keys(made)) {
		r.Differ = append(r.Differ, path+"：发布时没有")
	}
}

// published looks at the files that are out, if this folder has them.
func (r *Reproduction) published(folder, manifest string) error {
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	look := func(path, sum string) error {
		body, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path)))
		has := sha256.Sum256(body)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			r.Changed = append(r.Changed, path+"：不在了")
		case err != nil:
			return err
		case hex.EncodeToString(has[:]) != sum:
			r.Changed = append(r.Changed, path+"：发布以后被改动过")
		}
		return nil
	}
	sum := sha256.Sum256([]byte(manifest))
	err := look(manifestName, hex.EncodeToString(sum[:]))
	for _, f := range r.Manifest.Files {
		err = errors.Join(err, look(f.Path, f.SHA256))
	}
	return err
}

var errOtherRules = errors.New("not the rules of then")

// rule is a policy as it was.
func (p *Press) rule(ctx context.Context, rule Rules) (stars.Policy, error) {
	text, err := p.DB.PolicyText(ctx, rule.Hash)
	if err != nil {
		return stars.Policy{}, err
	}
	policy, err := stars.Parse(text, stars.Measures(p.Catalog))
	if err == nil && policy.Hash() != rule.Hash {
		err = errOtherRules
	}
	return policy, err
}

// inputs says what is no more as it was.
func (p *Press) inputs(ctx context.Context, was, now Manifest) ([]string, error) {
	var list []string
	differ := func(what, was, now string) {
		if was != now {
			list = append(list, fmt.Sprintf("%s：发布时 %s，现在 %s", what, was, now))
		}
	}
	differ("程序版本", was.Program.Version, now.Program.Version)
	differ("编译程序的 Go", was.Program.Go, now.Program.Go)
	differ("编译进程序的模块", was.Program.Modules, now.Program.Modules)
	differ("页面的样式、脚本和绘图程序", was.Program.Assets, now.Program.Assets)
	for _, shelf := range []struct {
		title    string
		was, now map[string]string
	}{{"模型", was.Models, now.Models}, {"指标", was.Metrics, now.Metrics}} {
		both := maps.Clone(shelf.was)
		maps.Copy(both, shelf.now)
		for _, name := range slices.Sorted(maps.Keys(both)) {
			before, there := shelf.was[name]
			after, still := shelf.now[name]
			switch {
			case !there:
				list = append(list, shelf.title+" "+name+"：发布时没有")
			case !still:
				list = append(list, shelf.title+" "+name+"：没有了")
			default:
				differ(shelf.title+" "+name+" 的 SQL", before, after)
			}
		}
	}
	differ("姓名的认定", fmt.Sprintf("%d 件 %.12s", was.Decisions.Count, was.Decisions.Hash), fmt.Sprintf("%d 件 %.12s", now.Decisions.Count, now.Decisions.Hash))
	batches, err := p.batches(ctx, was.Batches, now.Batches)
	return append(list, batches...), err
}

// batches says which sheets are no more those that were in force.
func (p *Press) batches(ctx context.Context, was, now []Batch) ([]string, error) {
	var list []string
	still := map[int32]Batch{}
	for _, b := range now {
		still[b.Number] = b
	}
	emptied := map[string][]int32{}
	for _, b := range was {
		n, there := still[b.Number]
		delete(still, b.Number)
		kind := kinds.Find(b.Kind)
		if kind == nil {
			list = append(list, b.String()+"：程序不认识这种表了")
			continue
		}
		if _, asked := emptied[b.Kind]; !asked {
			var err error
			if emptied[b.Kind], err = p.DB.Emptied(ctx, kind); err != nil {
				return nil, err
			}
		}
		switch {
		case slices.Contains(emptied[b.Kind], b.Number):
			list = append(list, b.String()+"：它的行已经清除")
		case !there:
			stored, err := p.DB.Batch(ctx, b.Number)
			switch {
			case errors.Is(err, sql.ErrNoRows):
				list = append(list, b.String()+"：数据库里没有这一批了")
			case err != nil:
				return nil, err
			default:
				list = append(list, b.String()+"：按现在的记录，那时不在用；现在"+stored.State)
			}
		case n.SHA256 != b.SHA256:
			list = append(list, fmt.Sprintf("%s：发布时的文件是 %.12s，现在是 %.12s", b, b.SHA256, n.SHA256))
		case n != b:
			list = append(list, fmt.Sprintf("%s：现在记作%s", b, n))
		}
	}
	for _, b := range now {
		if _, more := still[b.Number]; more {
			list = append(list, b.String()+"：发布时还没有")
		}
	}
	return list, nil
}
