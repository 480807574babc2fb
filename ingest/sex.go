package ingest

import (
	"fmt"
	"slices"
)

// sexSystems are the codes of sex seen in offices' systems. No two agree, so a
// bare code counts only where the ID number in its row confirms it.
var sexSystems = []map[string]string{{"1": "男", "2": "女"}, {"0": "男", "1": "女"}, {"1": "男", "0": "女"}}

// bareSex is what a code is told that has no ID number beside it.
var bareSex = &fault{"sex", "男或女", "只写代码的，要有身份证号才能核对；请写汉字"}

// sexCodes learn from a sheet's rows which system its codes are of.
type sexCodes struct {
	left []map[string]string // that all rows so far agree with; nil before the first
	row  int                 // that ruled out the last system
}

// confirm compares a code with the sex that the row's ID number tells, "" if it
// has none, and with the rows before.
func (s *sexCodes) confirm(code, byID string, row int) *fault {
	if byID == "" {
		return bareSex
	}
	if s.left == nil {
		s.left = sexSystems
	}
	var agree []map[string]string
	for _, system := range s.left {
		if system[code] == byID {
			agree = append(agree, system)
		}
	}
	if len(agree) == 0 {
		return s.contradicts(code, byID)
	}
	if len(agree) < len(s.left) {
		s.left, s.row = agree, row
	}
	return nil
}

func (s *sexCodes) contradicts(code, byID string) *fault {
	before := ""
	if s.row > 0 {
		before = fmt.Sprintf("照第 %d 行的写法，", s.row)
	}
	says := "没有代码 " + code + "，身份证号第 17 位是"
	if at := slices.IndexFunc(s.left, func(system map[string]string) bool { return system[code] != "" }); at >= 0 {
		says = "代码 " + code + " 是" + s.left[at][code] + "，身份证号第 17 位却是"
	}
	return &fault{"sex", "与身份证号一致的性别", before + says + byID + "；请核对这两处，性别请写汉字"}
}
