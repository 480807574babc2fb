package ingest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"xingce/ingest/period"
	"xingce/ingest/person"
	"xingce/ingest/sheet"
)

// A fault is why a cell is not what its column wants.
type fault struct{ code, wanted, mend string }

// A converter turns cells into fields.
type converter struct {
	keys     *person.Keys
	date1904 bool
	period   period.Period // for examples
}

// nothing is how people write that there is nothing.
var nothing = regexp.MustCompile(`^(?:[-—–－_/\\]*|无|暂无|空|[Nn]/?[Aa]|null|NULL)$`)

// convert writes a cell's fields into values, which has room for them; a cell
// that holds nothing leaves them nil.
func (c converter) convert(col located, cell sheet.Cell, values []any) *fault {
	if cell.Type == sheet.Error {
		if cell.Text == sheet.NoResult {
			return &fault{"no-result", "公式算出的" + col.Title(), "文件里没有存公式的结果，请用 Excel 或 WPS 打开，保存后重新上传"}
		}
		return &fault{"cell-error", col.Title(), "公式出错，请改为正确的值"}
	}
	text := tidy(cell.Text)
	if text == "" || len(text) <= 12 && nothing.MatchString(text) && !(col.Type == YesNo && text == "无") {
		return nil
	}
	switch col.Type {
	case Text:
		return words(col, cell, text, values)
	case PersonName:
		name := person.Name(text)
		if col.Required && severalNames.MatchString(name) {
			return &fault{"several-persons", "一个人的姓名", "这一格里像是写了几个人，请一人写一行"}
		}
		values[0] = person.Scrub(name)
	case IDNumber:
		return c.id(col, cell, text, values)
	case Phone:
		return c.phones(cell, text, values)
	case Address:
		hide(values, c.keys.Hide(person.AddressSort, person.Compact(text)))
	case Date:
		if col.Endless && endless.MatchString(person.Compact(text)) {
			return nil
		}
		return c.date(col, cell, text, values)
	case Money:
		return amount(col.unit, cell, text, values)
	case Hours:
		return hours(col.unit, cell, text, values)
	case Count:
		return count(cell, text, values)
	case Sex:
		switch person.Compact(number(cell, text)) {
		case "男", "男性":
			values[0] = "男"
		case "女", "女性":
			values[0] = "女"
		case "0", "1", "2":
			return bareSex
		default:
			return &fault{"sex", "男或女", "请写汉字"}
		}
	case YesNo:
		return yesNo(text, values)
	case Score:
		return score(col.unit, cell, text, values)
	case Share:
		return share(col.unit, cell, text, values)
	case Area:
		return area(col.unit, cell, text, values)
	case Pseudonym:
		values[0] = c.keys.Hide(person.HouseholdSort, person.Compact(text)).Key
	}
	return nil
}

// severalNames are 张三、李四 and 王五等3人, where each has a row of their own.
var severalNames = regexp.MustCompile(`[、,;]|等[\d零〇一二三四五六七八九十]*[人名位]$|..等$`)

func words(col located, cell sheet.Cell, text string, values []any) *fault {
	if cell.Type == sheet.Date {
		return &fault{"became-date", "文字，如 3-2", "可能被 Excel 改成了日期，请把单元格改为文本格式后重新录入"}
	}
	if col.Words == nil {
		text = number(cell, text)
		scrubbed := person.Scrub(text)
		if scrubbed != text {
			if _, err := person.ParseID(text); err == person.ErrIDBirth {
				scrubbed = text // as long as an ID number, and none: a code
			} else if col.key {
				return &fault{"private-key", "户号一类的编号", "这里不能用身份证号或手机号，请改用户口本或系统里的编号"}
			}
		}
		values[0] = scrubbed
		return nil
	}
	written := person.Compact(text)
	for _, word := range col.Words {
		if slices.Contains(word, written) {
			values[0] = word[0]
			return nil
		}
	}
	return &fault{"word", strings.Join(col.stored(), "、") + "之一", "请改成其中一个"}
}

// stored lists the words that a column stores.
func (c Column) stored() []string {
	var list []string
	for _, word := range c.Words {
		list = append(list, word[0])
	}
	return list
}

// phones are sealed together. A person is known by the first; the others only
// show as being there.
func (c converter) phones(cell sheet.Cell, text string, values []any) *fault {
	numbers, err := person.Phones(number(cell, text))
	if err == person.ErrPhoneDamaged {
		return &fault{"phone-damaged", "文本格式的电话号码", err.Error() + "，请把单元格改为文本格式后重新录入"}
	}
	if err != nil {
		return &fault{"phone", "电话号码，如 11 位手机号", err.Error() + "，请核对"}
	}
	h := c.keys.Hide(person.PhoneSort, strings.Join(numbers, "、"))
	if len(numbers) > 1 {
		first := c.keys.Hide(person.PhoneSort, numbers[0])
		h.Key, h.Mask = first.Key, fmt.Sprintf("%s 等 %d 个", first.Mask, len(numbers))
	}
	hide(values, h)
	return nil
}

func (c converter) id(col located, cell sheet.Cell, text string, values []any) *fault {
	text = number(cell, text)
	id, err := person.ParseID(text)
	if cell.Type == sheet.Number && len(text) > 15 {
		// Excel keeps 15 digits of a number: the tail is gone, though what
		// stands there may look right.
		err = person.ErrIDDamaged
	}
	if err == nil {
		hide(values, c.keys.Hide(person.IDSort, id.Number))
		values[3], values[4], values[5] = id.Birth, id.Sex, id.Region
		return nil
	}
	document, other := person.Document(text)
	anySort := strings.Contains(person.Compact(col.heading), "证件") // 证件号码, 有效证件号
	wanted, mend := "正确的 18 位身份证号", "，请对照身份证核对"
	switch {
	case err == person.ErrIDDamaged:
		return &fault{"id-damaged", "文本格式的 18 位身份证号", err.Error() + "，请把单元格改为文本格式后重新录入"}
	case other && anySort:
		h := c.keys.Hide(person.IDSort, document)
		h.Mask = strings.Repeat("*", len(document)-3) + document[len(document)-3:] // they are short
		hide(values, h)
		return nil
	case other:
		mend += "；填的是护照或通行证的，请把列名改成“证件号码”"
	case anySort && err == person.ErrIDLength:
		wanted, mend = "身份证号，或护照、通行证的号码", "，也不像护照、通行证的号码，请核对；确是其他证件的，这一格空着，填好电话和出生日期"
	}
	return &fault{"id-check", wanted, err.Error() + mend}
}

// Marks, and words as headings such as 是否登记 draw them. A bare 1 or 0 is left
// to be asked: systems disagree on codes.
var (
	yes = regexp.MustCompile(`^(?:[√✓✔☑]|是的?|有|对|y|yes|true|一致|相符|属实|已\p{Han}{0,3})$`)
	no  = regexp.MustCompile(`^(?:[×✗✘☒x]|否|无|没有|不是|不对|n|no|false|不一致|不符|不相符|不属实|未\p{Han}{0,3})$`)
)

func yesNo(text string, values []any) *fault {
	switch mark := strings.ToLower(person.Compact(text)); {
	case yes.MatchString(mark):
		values[0] = "是"
	case no.MatchString(mark):
		values[0] = "否"
	default:
		return &fault{"yes-no", "是或否", "请写“是”或“否”，也可以打 √ 或 ×"}
	}
	return nil
}

func hide(values []any, h person.Hidden) {
	values[0], values[1], values[2] = h.Key, h.Mask, h.Sealed
}

// tidy trims a text, folds its white space to single spaces and makes
// full-width digits and letters plain; punctuation stays as it was typed.
func tidy(s string) string {
	clean := true
	for i := range len(s) {
		if c := s[i]; c <= ' ' && !(c == ' ' && i > 0 && i < len(s)-1 && s[i-1] != ' ') || c == 0xef || c == 0xc2 || c == 0xe2 {
			clean = false
			break
		}
	}
	if clean {
		// 0xe3 starts U+3000, the ideographic space, and most of CJK's marks.
		if !strings.Contains(s, "\u3000") {
			return s
		}
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
			return r - 'Ａ' + 'A'
		case unicode.Is(unicode.Cf, r): // unseen marks, as of direction
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
