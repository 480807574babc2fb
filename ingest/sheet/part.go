package sheet

import (
	"context"
	"io"
)

const (
	blockSize  = 128 << 10 // what is inflated at a time
	blockCount = 4         // how far inflating may run ahead of parsing
	smallPart  = 1 << 20   // below this, running ahead does not pay
)

// open reads a part from its start. Its bytes count only when io.EOF has been
// seen: that is when archive/zip compares size and checksum.
func (p *pack) open(ctx context.Context, name string) (io.ReadCloser, error) {
	f := p.parts[partKey(name)]
	if f == nil {
		return nil, refuse("part-missing").in(name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, readFault(err, name)
	}
	part := &partReader{ctx: ctx, name: name, r: r}
	if f.UncompressedSize64 < smallPart {
		return part, nil
	}
	return runAhead(part), nil
}

// A partReader puts a name to faults, and stops when ctx does.
type partReader struct {
	ctx  context.Context // lives as long as one iteration over the part
	name string
	r    io.ReadCloser
}

func (p *partReader) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.r.Read(b)
	if err != nil && err != io.EOF {
		err = readFault(err, p.name)
	}
	return n, err
}

func (p *partReader) Close() error { return p.r.Close() }

// An aheadReader inflates on its own goroutine, so that the second processor
// inflates while the first parses.
type aheadReader struct {
	full chan block  // read, in order; closed after the last
	free chan []byte // to be read into
	stop chan struct{}
	cur  block
	rest []byte // of cur, still to be served
}

type block struct {
	data []byte
	err  error // after data
}

func runAhead(r io.ReadCloser) *aheadReader {
	a := &aheadReader{
		full: make(chan block, blockCount),
		free: make(chan []byte, blockCount),
		stop: make(chan struct{}),
	}
	for range blockCount {
		a.free <- make([]byte, blockSize)
	}
	go func() {
		defer close(a.full)
		defer r.Close()
		for {
			select {
			case <-a.stop:
				return
			case buf := <-a.free:
				n, err := io.ReadFull(r, buf)
				if err == io.ErrUnexpectedEOF {
					err = io.EOF
				}
				a.full <- block{buf[:n], err} // never blocks: there are blockCount buffers
				if err != nil {
					return
				}
			}
		}
	}()
	return a
}

func (a *aheadReader) Read(p []byte) (int, error) {
	for len(a.rest) == 0 {
		if a.cur.err != nil {
			return 0, a.cur.err
		}
		if a.cur.data != nil {
			a.free <- a.cur.data[:blockSize]
		}
		a.cur = <-a.full
		a.rest = a.cur.data
	}
	n := copy(p, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// Close ends the goroutine and waits for it: after Close the file below is not
// touched any more.
func (a *aheadReader) Close() error {
	close(a.stop)
	for range a.full {
	}
	return nil
}
