package demo

import "fmt"

func (c *community) layHouseholds(t *table, q int) {
	persons := 0
	for h := range c.inhabited(q) {
		t.count++
		persons += h.size(q)
	}
	t.rows = rowsOf(t.columns, c.inhabited(q), func(a, b *home) bool { return a.number == b.number }, func(field string, h *home) cell {
		head := h.head(q)
		switch field {
		case "household_no":
			return words(h.no)
		case "building":
			return c.block(h.room)
		case "unit":
			return c.doorway(h.room)
		case "room":
			return c.door(h.room)
		case "head":
			return words(c.spell(head.name))
		case "kind":
			return words(c.word(homeKind(h) + "户"))
		case "persons":
			return figure(h.size(q))
		case "phone":
			return c.digits(head.phone, int(head.birth))
		case "address":
			return words(c.address(h.room))
		case "registered_on":
			return c.dates.cell(h.since)
		}
		panic(field)
	})
	if !c.uncounted {
		t.sum(entry{"persons": figure(persons)})
	}
}

func homeKind(h *home) string {
	if h.floating {
		return "流动"
	}
	return "户籍"
}

func (c *community) layResidents(t *table, q int) {
	present := 0
	for r := range c.listed(q) {
		t.count++
		if r.present(q) {
			present++
		}
	}
	end := quarterEnd(q)
	t.rows = rowsOf(t.columns, c.listed(q), func(a, b *resident) bool { return a.home == b.home }, func(field string, r *resident) cell {
		h := r.home
		switch field {
		case "household_no":
			return words(h.no)
		case "building":
			return c.block(h.room)
		case "unit":
			return c.doorway(h.room)
		case "room":
			return c.door(h.room)
		case "name":
			return words(c.spell(r.name))
		case "relation":
			if r == h.head(q) {
				return words("户主")
			}
			return words(r.relation)
		case "id_number":
			return words(r.id)
		case "sex":
			return words(r.sex())
		case "birth":
			return c.dates.cell(r.birth)
		case "ethnicity":
			return words(r.ethnicity)
		case "phone":
			return c.digits(r.phone, int(r.birth))
		case "kind":
			return words(c.word(homeKind(h)))
		case "address":
			return words(c.address(h.room))
		}
		// What follows is asked of those who move.
		switch {
		case field == "left_on" && r.gone == q:
			return c.dates.cell(r.left)
		case field == "destination" && r.gone == q:
			return words(r.destination)
		case !h.floating:
			return cell{}
		}
		switch field {
		case "origin":
			return words(r.origin)
		case "arrived_on":
			if !r.undated {
				return c.dates.cell(r.arrived)
			}
		case "reason":
			return words(r.reason)
		case "dwelling":
			return words(r.dwelling)
		case "permit":
			if r.permit && end-r.arrived >= 183 {
				return words("居住证")
			}
			return words("暂住登记")
		case "permit_until":
			if r.permit && end-r.arrived >= 183 {
				// Renewed yearly since half a year after arrival.
				return c.dates.cell(r.arrived + 183 + ((end-r.arrived-183)/365+1)*365)
			}
		}
		return cell{}
	})
	if !c.uncounted {
		t.sum(entry{"name": words(fmt.Sprintf("期末在册%d人", present))})
	}
}
