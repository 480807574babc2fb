package demo

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// parts is the zip writer that excelize is given: it writes the parts of a
// workbook in the order of their names, whereas excelize hands streamed sheets
// over in that of a map.
type parts struct {
	to   io.Writer
	list map[string]*bytes.Buffer
}

func newParts(w io.Writer) excelize.ZipWriter { return &parts{w, map[string]*bytes.Buffer{}} }

func (p *parts) Create(name string) (io.Writer, error) {
	b := new(bytes.Buffer)
	p.list[name] = b
	return b, nil
}

func (p *parts) AddFS(fs.FS) error { return errors.ErrUnsupported }

func (p *parts) Close() error {
	z := zip.NewWriter(p.to)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, name := range slices.Sorted(maps.Keys(p.list)) {
		w, err := z.Create(name) // with no time, so that all runs give the same
		if err != nil {
			return err
		}
		if _, err := w.Write(p.list[name].Bytes()); err != nil {
			return err
		}
	}
	return z.Close()
}
