package tasks_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"xingce/jobs"
)

// Nobody has these: no place has the region 999641, no carrier the prefix 100.
var planted = []string{
	"99964119900307424X", // an ID number
	"999641900307424",    // and its old form
	"10013572468",        // a phone
	"甲镇桂花街道星河路八十八号七单元六零二室", // an address, not 住 in any title
	"999641199003074210", // an ID number with a wrong check digit
	"0100-2345678",       // a landline
	"100—1357—2468",      // the phone, set out
	"999641 900307 424",  // the old ID number, set out
	"星河路88号7单元602室",      // the address, in figures
}

// Clear texts are looked for in every byte of the data folder, in each form
// that a program could have left them in.
func TestNothingPrivateIsLeftInClear(t *testing.T) {
	id, old, phone, address, wrong := planted[0], planted[1], planted[2], planted[3], planted[4]
	remarks := strings.Join(planted[5:], "，")
	d := newDesk(t, t.TempDir())
	book := excelize.NewFile()
	defer book.Close()
	sheets := map[string][][]any{
		"居民登记": {
			{"甲社区2025年第四季度居民登记"},
			{"户号", "楼栋", "姓名", "身份证号", "联系电话", "人员类型", "现住址", "户籍地址", "流入原因", "QQ"},
			{"1", "1", "林森", id, phone, "户籍", address, address, "", phone},
			{"2", "1", "陈静", old, phone + "、" + phone, "流动", address, "", "投亲，电话" + phone + "，证号" + id, ""},
			{"3", "1", "周明", wrong, phone, "户籍", address, "", "", ""}, // rejected, and listed
			{"4", "1", "吴桐", phone, id, "户籍", address, "", "", ""},    // crossed columns
			{"5", "1", "郑然", address, address, "户籍", id, "", "", ""},  // crossed again
			{"6", "1", "孙宁" + id, "", "", id, "", "", "", ""},         // in a word's place
			{"7", "1", "钱多" + phone, "", "", "流动", phone, id, "", id}, // in names and addresses
			{"8", "1", "", id, phone, "户籍", address, "", "", ""},      // without a name
			{"9", "1", "林森", id, phone, "户籍", address, "", "", ""},    // twice
			{id, phone, "冯远", "", "", "户籍", "", "", phone, ""},        // in numbers of homes
			{"10", "1", "丁一", "", "", "户籍", "", "", "ｉｄ９９９６４１１９９００３０７４２４Ｘ", ""},
		},
		"捐款" + phone: {
			{"甲社区2025年第四季度捐款台账"},
			{"捐款日期", "捐款人", "单位", "捐款金额（元）", "捐款项目", "备注"},
			{"2025-10-13", "林森" + phone, "电话" + phone, "200", "助学" + id, "证号" + id + "，电话" + phone},
			{phone, "匿名", "", id, "", ""},
			{"2025-10-14", "匿名", "", phone + "元整整", "", ""},
			{"2025-10-15", "林森", address, "300", "捐往" + address, remarks},
			{"2025-10-16", "林森", remarks, "300", remarks, address},
		},
	}
	for name, rows := range sheets {
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetSheetRow(name, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	body, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	d.put("台账.xlsx", body.String())
	d.put("名册.csv", "甲社区2025年第四季度党员名册,,,,,,,\n姓名,身份证号,联系电话,家庭住址,党员类别,党小组,工作单位,党籍\n"+
		"林森,"+id+","+phone+","+address+",直管,一组,乙公司 "+phone+",正式\n周明,"+wrong+","+phone+","+address+",直管,一组,,正式\n")
	d.takes("文件 2 个（未变 0，退回 2，还在写入 0）；读 18 行，收 ")
	d.takes("文件 0 个")
	for _, job := range []*jobs.Job{d.press.Publish(""), d.press.Rate("", policy(t, d))} {
		if _, err := d.jobs.Once(t.Context(), job, d.now, ""); err != nil {
			t.Fatal(err)
		}
	}
	d.write("xingce.log", d.log.String())

	look := func(when string) {
		t.Helper()
		seen := 0
		for _, file := range d.files("") {
			if strings.HasPrefix(file, "returned/") && !strings.HasSuffix(file, ".问题.txt") {
				continue // the clerk's own file
			}
			body, err := os.ReadFile(d.at(file))
			if err != nil {
				t.Fatal(err)
			}
			seen++
			for _, place := range opened(t, file, body) {
				for _, secret := range planted {
					for form, text := range forms(secret) {
						if at := bytes.Index(place.body, text); at >= 0 {
							t.Errorf("%s: %s holds %s in clear (%s)", when, place.name, secret, form)
						}
					}
				}
			}
		}
		if seen < 8 {
			t.Errorf("only %d files were searched", seen)
		}
	}
	look("while it runs")
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	look("after it was closed")
}

type place struct {
	name string
	body []byte
}

// opened gives a file's bytes, and, of a workbook, those of its parts.
func opened(t *testing.T, name string, body []byte) []place {
	list := []place{{name, body}, {"the name of " + name, []byte(name)}}
	if filepath.Ext(name) != ".xlsx" {
		return list
	}
	book, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range book.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, place{name + " > " + part.Name, body})
	}
	return list
}

// forms are the ways in which a program may write a text.
func forms(text string) map[string][]byte {
	var little, big bytes.Buffer
	for _, u := range utf16.Encode([]rune(text)) {
		little.Write([]byte{byte(u), byte(u >> 8)})
		big.Write([]byte{byte(u >> 8), byte(u)})
	}
	list := map[string][]byte{
		"as it is": []byte(text), "UTF-16LE": little.Bytes(), "UTF-16BE": big.Bytes(),
		"base64": []byte(strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(text)), "=A")),
		"hex":    []byte(hex.EncodeToString([]byte(text))),
	}
	if escaped := url.QueryEscape(text); escaped != text {
		list["URL"], list["url"] = []byte(escaped), []byte(strings.ToLower(escaped))
	}
	if ascii := strings.Trim(strings.ToLower(quoted(text)), `"`); ascii != text {
		list["JSON"] = []byte(ascii)
	}
	return list
}

// quoted writes a text as JavaScript in ASCII would.
func quoted(text string) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		if u < 0x80 {
			b.WriteByte(byte(u))
			continue
		}
		b.WriteString(`\u`)
		for shift := 12; shift >= 0; shift -= 4 {
			b.WriteByte(digits[u>>shift&15])
		}
	}
	return b.String()
}
