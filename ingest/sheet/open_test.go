package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

func TestOpenRefusals(t *testing.T) {
	ods := parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": "<x/>", "content.xml": "<x/>"}
	binBook := parts{"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>`,
		"_rels/.rels": xmlRels + `<Relationship Id="a" Type="` + relTypes + `officeDocument" Target="xl/workbook.bin"/></Relationships>`, "xl/workbook.bin": "x"}
	wide := func(s string) string {
		b := []byte("\xff\xfe")
		for _, c := range s {
			b = binary.LittleEndian.AppendUint16(b, uint16(c))
		}
		return string(b)
	}
	for _, test := range []struct{ name, data, code string }{
		{"nothing", "", "empty"},
		{"PNG", "\x89PNG\r\n\x1a\n....", "picture"},
		{"JPEG", "\xff\xd8\xff\xe0....", "picture"},
		{"GIF", "GIF89a....", "picture"},
		{"BMP", "BM\x00\x10\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00....", "picture"},
		{"WebP", "RIFF\x00\x00\x00\x00WEBPVP8 ", "picture"},
		{"HEIC", "\x00\x00\x00\x18ftypheic....", "picture"},
		{"PDF", "%PDF-1.7\n....", "pdf"},
		{"PDF behind blanks", "\r\n%PDF-1.7\n....", "pdf"},
		{"RAR", "Rar!\x1a\x07\x01\x00", "archive"},
		{"7z", "7z\xbc\xaf\x27\x1c", "archive"},
		{"gzip", "\x1f\x8b\x08\x00", "archive"},
		{"zip of something", string(parts{"a.txt": "a"}.pack(t)), "archive"},
		{"zip of nothing", string(parts{}.pack(t)), "archive"},
		{"ODS", string(ods.pack(t)), "ods"},
		{"Numbers", string(parts{"Index/Document.iwa": "x"}.pack(t)), "numbers"},
		{"xlsb", string(binBook.pack(t)), "xlsb"},
		{"RTF", `{\rtf1\ansi}`, "word"},
		{"HTML", "<html><table><tr><td>1</td></tr></table></html>", "html"},
		{"HTML in capitals, behind a mark", "\ufeff\n<!DOCTYPE HTML PUBLIC><HTML>", "html"},
		{"only a table", "<table border=1><tr><td>张三</td></tr></table>", "html"},
		{"HTML of Excel", `<html xmlns:x="urn:schemas-microsoft-com:office:excel">`, "html"},
		{"HTML in UTF-16", wide("<html><body>"), "html"},
		{"MHTML", "MIME-Version: 1.0\nContent-Type: multipart/related\n", "html"},
		{"XML Spreadsheet 2003", `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, "xml2003"},
		{"XML of another kind", `<?xml version="1.0"?><rows/>`, "xml"},
		{"SYLK", "ID;PWXL;N;E\nP;PGeneral\nC;Y1;X1;K1\n", "sylk"},
		{"Excel 4", "\x09\x04\x06\x00\x00\x00\x10\x00", "old-xls"},
		{"binary junk", "\x01\x02\x03\x00\x04", "binary"},
		{"a cut compound file", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cfb"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := openBytes([]byte(test.data), DefaultLimits)
			wantRefusal(t, err, test.code)
		})
	}
}

// Text that begins like something else is still text.
func TestOpenText(t *testing.T) {
	for _, text := range []string{"ID;Price\n1;2\n", "BM,名称\n1,2\n", "<未填>,a\n1,2\n", "PK,b\n1,2\n"} {
		if got, err := readAll(t, []byte(text), DefaultLimits); err != nil || strings.Count(got, "\n") != 2 {
			t.Errorf("%q: got %s, %v", text, got, err)
		}
	}
}

func TestTooBig(t *testing.T) {
	lim := DefaultLimits
	lim.FileBytes = 10 << 20
	_, err := Open(bytes.NewReader(nil), lim.FileBytes+1, lim)
	if r := wantRefusal(t, err, "too-big"); !strings.Contains(r.Says, "10 MB") {
		t.Errorf("the sentence does not name the limit: %s", r.Says)
	}
}

// failingReader stands for a disk that fails behind some bytes.
type failingReader struct {
	data []byte
	good int64
}

var errDisk = errors.New("disk on fire")

func (f failingReader) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.good {
		return 0, errDisk
	}
	return bytes.NewReader(f.data).ReadAt(p, off)
}

// A disk that fails is not the clerk's mistake.
func TestDiskErrors(t *testing.T) {
	for name, data := range map[string][]byte{
		"xlsx": workbookOf(oneRow, nil).pack(t),
		"xls":  xlsOf(t),
		"text": []byte("a,b\n"),
	} {
		for _, good := range []int64{0, 3, int64(len(data)) / 2, int64(len(data)) - 1} {
			book, err := Open(failingReader{data, good}, int64(len(data)), DefaultLimits)
			if err == nil {
				for _, err = range book.Sheets[0].Rows(t.Context()) {
					if err != nil {
						break
					}
				}
			}
			if !errors.Is(err, errDisk) {
				t.Errorf("%s, good for %d bytes: got %v", name, good, err)
			}
		}
	}
}
