package sheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
)

// says holds the sentence of every refusal by its code. A sentence says what
// is wrong and how to mend it, for someone who knows Excel and WPS and has no
// patience for error codes.
var says = map[string]string{
	// What the file is.
	"empty":        "这个文件是空的，请重新保存或导出后再上传",
	"too-big":      "文件超过 %d MB，请删去图片或拆成几个文件后再上传",
	"encrypted":    "这是加密的工作簿，请在 Excel 里去掉打开密码后再上传",
	"zip-secret":   "这个文件用压缩软件加了密码，请去掉密码后再上传",
	"xlsb":         "这是二进制工作簿（.xlsb），请在 Excel 里另存为“Excel 工作簿（.xlsx）”后再上传",
	"macros":       "这个工作簿带有宏，请在 Excel 里另存为“Excel 工作簿（.xlsx）”后再上传",
	"word":         "这是 Word 文档，不是表格，请把内容放进 Excel 表格后再上传",
	"slides":       "这是演示文稿，不是表格，请把内容放进 Excel 表格后再上传",
	"ole":          "这个文件里没有 Excel 表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传",
	"ods":          "这是 OpenDocument 文件，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传",
	"numbers":      "这是苹果 Numbers 表格，请在 Numbers 里导出为 Excel（.xlsx）后再上传",
	"picture":      "这是一张图片，不是表格，请上传原来的 Excel 文件",
	"pdf":          "这是 PDF 文件，不是表格，请上传原来的 Excel 文件",
	"html":         "这是改了名字的网页，不是真正的工作簿，请用 Excel 打开后另存为 .xlsx 再上传",
	"xml2003":      "这是 XML 电子表格 2003，请用 Excel 打开后另存为 .xlsx 再上传",
	"xml":          "这是 XML 文件，不是表格，请上传 .xlsx、.xls 或 .csv 文件",
	"sylk":         "这是 SYLK 文件，请用 Excel 打开后另存为 .xlsx 再上传",
	"old-xls":      "这是 Excel 95 或更早的格式，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传",
	"archive":      "这是压缩包，不是表格，请先解压，再上传里面的 Excel 文件",
	"binary":       "这个文件不是表格，或者内容已经损坏，请上传 .xlsx、.xls 或 .csv 文件",
	"encoding":     "看不懂这个文本文件的编码，请用 Excel 打开后另存为 .xlsx，或另存为 UTF-8 编码的 CSV",
	"no-sheets":    "这个工作簿里没有工作表，请检查是不是传错了文件",
	"quote":        "从这一行开始的引号没有配对，后面的内容分不清是哪一格，请补上引号或改存为 .xlsx",
	"not-workbook": "这个文件不是工作簿，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传",

	// Damage.
	"zip":           "文件不完整或已经损坏，请重新下载或重新保存后再上传",
	"crc":           "文件里有一部分已经损坏（校验不符），请重新下载或重新保存后再上传",
	"part-missing":  "工作簿里缺少一部分内容，请用 Excel 打开、修复并另存后再上传",
	"xml-syntax":    "工作簿的内容写得不合规范，读不下去，请用 Excel 打开、修复并另存后再上传",
	"xml-end":       "工作簿的内容到一半就断了，请重新下载或重新保存后再上传",
	"xml-encoding":  "工作簿内部用了不认识的文字编码，请用 Excel 打开后另存为 .xlsx 再上传",
	"xml-structure": "工作簿的内容和表格的格式对不上，请用 Excel 打开、修复并另存后再上传",
	"cfb":           "这个 .xls 文件不完整或已经损坏，请用 Excel 打开、修复并另存为 .xlsx 再上传",
	"biff":          "这个 .xls 文件里有读不通的内容，请用 Excel 打开、修复并另存为 .xlsx 再上传",
	"bad-number":    "这一格标明是数字，内容却不是数字，请用 Excel 打开检查这一格并另存后再上传",
	"bad-value":     "这一格的内容和它的类型对不上，请用 Excel 打开检查这一格并另存后再上传",
	"bad-index":     "这一格指向的文字或样式不存在，请用 Excel 打开、修复并另存后再上传",
	"bad-place":     "行或列的编号乱了顺序，请用 Excel 打开、修复并另存后再上传",
	"bad-merge":     "合并单元格的范围写得不对，请用 Excel 打开、修复并另存后再上传",

	// Hostile, or beyond the limits.
	"zip-entries": "文件里的部件多得不正常，请用 Excel 打开后另存为新的 .xlsx 再上传",
	"zip-name":    "文件里的部件名字不正常，请用 Excel 打开后另存为新的 .xlsx 再上传",
	"zip-method":  "文件用了不支持的压缩方法，请用 Excel 打开后另存为新的 .xlsx 再上传",
	"zip-overlap": "文件内部的结构互相重叠，请用 Excel 打开后另存为新的 .xlsx 再上传",
	"zip-bomb":    "文件展开后大得不正常，请清除多余的空行和格式、另存后再上传",
	"xml-dtd":     "工作簿里有不允许的定义（DTD），请用 Excel 打开后另存为新的 .xlsx 再上传",
	"xml-depth":   "工作簿内部的层次太深，请用 Excel 打开后另存为新的 .xlsx 再上传",
	"xml-long":    "工作簿里有一段内容长得不正常，请用 Excel 打开后另存为新的 .xlsx 再上传",
	"rows":        "行数超过了 %d 行，请删去多余的行或拆成几个文件后再上传",
	"cols":        "列数超过了 %d 列，请删去多余的列后再上传",
	"cells":       "有内容的单元格超过了 %d 个，请拆成几个文件后再上传",
	"cell-text":   "有一格的文字超过了 %d 个字，请缩短后再上传",
	"strings":     "工作簿里的文字太多，请拆成几个文件后再上传",
	"merges":      "合并单元格多得不正常，请取消合并后再上传",
}

// refuse makes the refusal of one code; args fill its sentence.
func refuse(code string, args ...any) *Refusal {
	text := says[code]
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return &Refusal{Code: code, Says: text}
}

func (r *Refusal) in(part string) *Refusal {
	r.Part = part
	return r
}

func (r *Refusal) at(row, col int) *Refusal {
	r.Row, r.Col = row, col
	return r
}

// located adds the part and the place to a refusal that has none; any other
// error is left as it is.
func located(err error, part string, row, col int) error {
	var r *Refusal
	if errors.As(err, &r) {
		if r.Part == "" {
			r.Part = part
		}
		if r.Row == 0 {
			r.Row, r.Col = row, col
		}
	}
	return err
}

// readFault tells a damaged file from a disk that cannot be read: the first is
// a refusal, the second stays the error it was.
func readFault(err error, part string) error {
	var corrupt flate.CorruptInputError
	var internal flate.InternalError
	switch {
	case errors.Is(err, zip.ErrChecksum):
		return refuse("crc").in(part)
	case errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF),
		errors.As(err, &corrupt), errors.As(err, &internal):
		return refuse("zip").in(part)
	case errors.Is(err, zip.ErrAlgorithm):
		return refuse("zip-method").in(part)
	}
	return err
}
