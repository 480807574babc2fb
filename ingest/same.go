package ingest

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"time"
)

// tells reports whether a column helps to tell two rows apart.
func (w *walk) tells(col located) bool {
	return (col.key || slices.Contains(w.batch.Kind.Again, col.Name)) && !(col.Type == PersonName && col.Required)
}

// twice gives an earlier row with the same key, 0 if there is none, and the
// last column of the key.
func (w *walk) twice(number int) (first int, at located) {
	var key strings.Builder
	for _, name := range w.batch.Kind.Key {
		i := slices.IndexFunc(w.layout.columns, func(c located) bool { return c.Name == name })
		if i < 0 || w.values[w.layout.columns[i].field] == nil {
			return 0, at
		}
		at = w.layout.columns[i]
		fmt.Fprintf(&key, "%v\x00", w.values[at.field])
	}
	if key.Len() == 0 {
		return 0, at
	}
	if first, twice := w.seen[key.String()]; twice {
		return first, at
	}
	w.seen[key.String()] = number
	return 0, at
}

var seed = maphash.MakeSeed()

// same finds a row that is the same in all it holds as one before, where no ID
// number tells them apart: a name signed in twice. Gifts without a name may be
// alike.
func (w *walk) same(number int) {
	at := -1
	for i, col := range w.layout.columns {
		switch name := w.values[col.field]; {
		case name == nil:
		case col.key && col.Type == IDNumber:
			return
		case at < 0 && col.Type == PersonName && name != "匿名":
			at = i
		}
	}
	if at < 0 {
		return
	}
	var all maphash.Hash
	all.SetSeed(seed)
	for _, col := range w.layout.columns {
		if col.number {
			continue
		}
		switch v := w.values[col.field].(type) {
		case string:
			all.WriteString(v)
		case [16]byte:
			all.Write(v[:])
		case time.Time:
			maphash.WriteComparable(&all, v.Unix())
		default:
			fmt.Fprint(&all, v)
		}
		all.WriteByte(0)
	}
	if first, twice := w.alike[all.Sum64()]; twice {
		w.issue(Warning, "same-row", number, w.layout.columns[at], fmt.Sprintf("与第 %d 行完全相同", first), "", "重复录入的，请删去一行；确是两回事的，不用改")
		return
	}
	w.alike[all.Sum64()] = number
}
