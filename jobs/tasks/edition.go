package tasks

import (
	"context"
	"fmt"
	"slices"

	"xingce/ingest/period"
	"xingce/queries"
	"xingce/queries/stars"
	"xingce/reports"
)

// An edition is a publication in the making, or in being made again: its
// manifest as far as it is known, and where its pages go. What makes pages
// gives each to put, takes communities and town from here, and asks figures of
// session alone, so that it can be had again as of then.
type edition struct {
	Manifest
	about    period.Period
	session  *queries.Session
	policies []stars.Policy
	// settle is done when all pages are made and nothing holds them back.
	settle []func(context.Context) error

	take        func(reports.Page) error
	each        func(done, total int, path string)
	done, total int    // pages; whoever makes some adds them to total first
	last        string // page, of which nobody has been told

	anyway *Anyway  // of this run
	let    []Passed // of the publication before
	faults []string // that hold the publication back
}

// An Anyway is somebody's word that a publication is to be made although the
// gate holds it back.
type Anyway struct{ By, Why string }

// edition begins one of the data as they are.
func (p *Press) edition(ctx context.Context, about period.Period, policies []stars.Policy) (*edition, error) {
	names, err := p.communities(ctx)
	if err != nil {
		return nil, err
	}
	e := &edition{
		Manifest: Manifest{About: about.String(), Town: p.Town, Communities: names, Program: program(p.Version), Policies: rules(policies)},
		about:    about, session: queries.NewSession(p.Catalog, p.DB), policies: policies, each: p.Each, anyway: p.Anyway,
	}
	e.count(p.Catalog)
	if e.AsOf, err = p.DB.Moment(ctx); err != nil {
		return nil, err
	}
	state, err := p.DB.State(ctx, e.AsOf, about.End)
	if err != nil {
		return nil, err
	}
	e.stand(state)
	before, err := p.DB.Published(ctx, e.About)
	if err != nil || before == "" {
		return e, err
	}
	former, err := readManifest(before)
	e.let = former.Passed
	return e, err
}

// A maker makes the pages of an edition, and says what it has made.
type maker func(context.Context, *edition) (said string, err error)

// publish makes the pages of a period and puts them out, all at once.
func (p *Press) publish(ctx context.Context, run int64, about period.Period, make maker, policies ...stars.Policy) (said string, err error) {
	e, err := p.edition(ctx, about, policies)
	if err != nil {
		return "", err
	}
	s, err := newSet(p.Dir, e.About)
	if err != nil {
		return "", err
	}
	e.take = s.put
	if said, err = make(ctx, e); err == nil {
		err = e.held()
	}
	for _, settle := range e.settle {
		if err == nil {
			err = settle(ctx)
		}
	}
	if err != nil {
		if left := s.drop(); left != nil {
			err = fmt.Errorf("%w（%v）", err, left)
		}
		return "", err
	}
	e.Files = s.files
	text, err := e.text()
	if err != nil {
		return "", err
	}
	if err := s.publish(text); err != nil {
		return "", err
	}
	if err := p.record(ctx, run, e, string(text)); err != nil {
		return "", err
	}
	e.tell()
	return said, nil
}

// put takes a page of the edition, and looks at it as the gate does.
func (e *edition) put(ctx context.Context, page reports.Page) error {
	if err := e.take(page); err != nil {
		return err
	}
	for _, c := range page.Claims {
		counted, err := c.Counted(ctx, e.session)
		if err != nil {
			return err
		}
		if !counted.Equal(c.Says) {
			e.fault("%s 上%s的%s是 %s%s，看板上是 %s%[5]s；请核对名册里有没有同一个人写了两行，或等人认定的姓名", page.Path, c.Community, c.Of.Name, c.Says, c.Of.Unit.Word, counted)
		}
	}
	for _, title := range page.Blank {
		e.fault("%s 的图“%s”是空的，可是有数字可画；这是程序的毛病，请报告", page.Path, title)
	}
	e.tell()
	e.done++
	e.last = page.Path
	return nil
}

// tell tells of the last page.
func (e *edition) tell() {
	if e.each != nil && e.last != "" {
		e.each(e.done, e.total, e.last)
	}
}

// fault holds the publication back, unless somebody lets it pass.
func (e *edition) fault(format string, args ...any) {
	if said := fmt.Sprintf(format, args...); !e.passes(said) {
		e.faults = append(e.faults, said)
	}
}

// passes reports whether somebody lets a fault pass, now or at the publication
// before, for as long as it is the same, and notes it.
func (e *edition) passes(said string) bool {
	of := func(p Passed) bool { return p.Fault == said }
	if slices.ContainsFunc(e.Passed, of) {
		return true
	}
	if at := slices.IndexFunc(e.let, of); at >= 0 {
		e.Passed = append(e.Passed, e.let[at])
		return true
	}
	if e.anyway == nil {
		return false
	}
	e.Passed = append(e.Passed, Passed{said, e.anyway.By, e.anyway.Why})
	return true
}

// Held is the error of a publication that the gate holds back.
type Held struct{ Faults []string }

func (h *Held) Error() string {
	return "没有发布，上一次发布的还在：" + some(h.Faults, "；", "；等 %d 处") + "。改好后会再发布；确要照样发布，请加 --anyway --why 写明理由"
}

func (e *edition) held() error {
	if len(e.faults) > 0 {
		return &Held{e.faults}
	}
	return nil
}
