package tasks

import (
	"context"
	"encoding/json"
	"errors"

	"xingce/ingest/period"
	"xingce/reports"
)

// OnStep has f told of each step at which the power may fail.
func OnStep(f func(string)) { step = f }

// NoExchange takes away what exchanges folders in one step, as on Windows.
func NoExchange() { exchange = func(_, _ string) error { return errors.ErrUnsupported } }

// PutSet publishes pages as a set of their own.
func PutSet(dir, name, manifest string, pages ...reports.Page) error {
	s, err := newSet(dir, name)
	if err != nil {
		return err
	}
	for _, page := range pages {
		if err := s.put(page); err != nil {
			return err
		}
	}
	return s.publish(listOf(manifest, s.files))
}

func listOf(says string, files []File) []byte {
	text, err := json.Marshal(map[string]any{"says": says, "files": files})
	if err != nil {
		panic(err)
	}
	return text
}

// TidySets is what is done at the start.
func TidySets(dir string) error { return tidySets(dir) }

// PublishPages publishes pages that were made elsewhere.
func (p *Press) PublishPages(ctx context.Context, about period.Period, pages ...reports.Page) error {
	_, err := p.publish(ctx, 0, about, func(ctx context.Context, e *edition) (string, error) {
		for _, page := range pages {
			if err := e.put(ctx, page); err != nil {
				return "", err
			}
		}
		return "", nil
	})
	return err
}
