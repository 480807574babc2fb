package demo

import "testing"

func TestScratch(t *testing.T) {
	sum, err := write(t.Context(), "/tmp/demo-small", plan{scale: 0.02, communities: 11, from: 7}, nil)
	t.Log(sum, err)
}
