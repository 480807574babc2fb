package sheet

import "io"

// openOLE opens a compound file that holds an .xls workbook (or .et, which is
// the same), or says what it holds instead.
func openOLE(r io.ReaderAt, size int64, lim Limits) (*Book, error) {
	c, err := openCompound(r, size)
	if err != nil {
		return nil, err
	}
	top, err := c.top()
	if err != nil {
		return nil, err
	}
	has := func(name string) bool { _, ok := top[name]; return ok }
	switch {
	case has("encryptedpackage"):
		return nil, refuse("encrypted")
	case has("workbook"):
		data, err := c.stream(top["workbook"])
		if err != nil {
			return nil, err
		}
		return openXLS(data, lim)
	case has("book"):
		return nil, refuse("old-xls")
	case has("worddocument"):
		return nil, refuse("word")
	case has("powerpoint document"):
		return nil, refuse("slides")
	}
	return nil, refuse("ole")
}
