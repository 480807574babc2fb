//go:build !linux

package tasks

import "errors"

// exchange would have two folders change places in one step.
var exchange = func(_, _ string) error { return errors.ErrUnsupported }
