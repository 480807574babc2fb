package demo

import (
	"fmt"
)

// A building has its own mix: some are let to floating people by the floor.
type building struct {
	number int
	let    float64 // how readily floating households come here
}

// A room is where a household lives.
type room struct {
	*building
	unit, floor, door int
}

// name is the room's number on its door: 301.
func (r room) name() string { return fmt.Sprintf("%d%02d", r.floor, r.door) }

func (c *community) address(r room) string {
	return fmt.Sprintf("%s%s%d号%d单元%s室", Town, c.road, r.number, r.unit, r.name())
}

// build makes the rooms: a few more than are ever lived in.
func (c *community) build() {
	most := 0
	for q := range quarters {
		most = max(most, target(c.spec.homes, q, 0, c.scale)+target(c.rentals, q, 0.03, c.scale))
	}
	wanted := (most*26/25 + c.buildings) / c.buildings
	for n := range c.buildings {
		b := &building{number: n + 1, let: 0.25 + 0.35*c.Float64()}
		switch {
		case n%6 == 2 || c.chance(0.08):
			b.let = 0.95
		case n%5 == 3:
			b.let = 0.05
		}
		doors := 2 + c.IntN(3)
		floors := max(1, wanted/doors/(2+c.IntN(4)))
		for k := range wanted + 2 {
			c.vacant = append(c.vacant, room{b, 1 + k/doors/floors, 1 + k/doors%floors, 1 + k%doors})
		}
	}
}

// take finds an empty room, where the building likes the kind of household.
func (c *community) take(floating bool) room {
	for {
		i := c.IntN(len(c.vacant))
		r := c.vacant[i]
		if c.chance(r.let) == floating || c.chance(0.02) {
			c.vacant[i] = c.vacant[len(c.vacant)-1]
			c.vacant = c.vacant[:len(c.vacant)-1]
			return r
		}
	}
}
