package stars

import "github.com/pelletier/go-toml/v2"

// The file as written. Numbers stay text until check reads them, so that no
// binary fraction comes between and a wrong one is refused with its line.
type written struct {
	Name        string         `toml:"name"`
	Title       string         `toml:"title"`
	From        toml.LocalDate `toml:"from"`
	Subject     string         `toml:"subject"`
	Judged      []string       `toml:"judged"`
	Separate    []string       `toml:"separate"`
	Elsewhere   []string       `toml:"elsewhere"`
	Provisional []string       `toml:"provisional"`
	Base        number         `toml:"base"`
	Floor       number         `toml:"floor"`
	Rounding    struct {
		Digits number `toml:"digits"`
		Mode   string `toml:"mode"`
	} `toml:"rounding"`
	Veto struct {
		Measure string `toml:"measure"`
		Effect  string `toml:"effect"`
	} `toml:"veto"`
	Exempt struct {
		Measure string `toml:"measure"`
		Counted bool   `toml:"counted"`
	} `toml:"exempt"`
	ProRata struct {
		Measure string `toml:"measure"`
		Full    number `toml:"full"`
	} `toml:"pro_rata"`
	Parts []struct {
		Name   string `toml:"name"`
		Title  string `toml:"title"`
		Weight number `toml:"weight"`
		Full   number `toml:"full"`
		Base   number `toml:"base"`
	} `toml:"part"`
	Items []struct {
		Name    string `toml:"name"`
		Title   string `toml:"title"`
		Part    string `toml:"part"`
		Measure string `toml:"measure"`
		Unit    string `toml:"unit"`
		Points  number `toml:"points"`
		Steps   []struct {
			From   number `toml:"from"`
			Points number `toml:"points"`
		} `toml:"steps"`
		Cap     number `toml:"cap"`
		Floor   number `toml:"floor"`
		Per     string `toml:"per"`
		YearCap number `toml:"year_cap"`
		ProRata bool   `toml:"pro_rata"`
	} `toml:"item"`
	Gates []struct {
		Star    int    `toml:"star"`
		Title   string `toml:"title"`
		Measure string `toml:"measure"`
		Unit    string `toml:"unit"`
		AtLeast number `toml:"at_least"`
		ProRata bool   `toml:"pro_rata"`
	} `toml:"gate"`
	Bands []struct {
		Star int    `toml:"star"`
		From number `toml:"from"`
		To   number `toml:"to"`
	} `toml:"band"`
	Quotas []struct {
		Star   int    `toml:"star"`
		Above  bool   `toml:"and_above"`
		Share  number `toml:"share"`
		People number `toml:"people"`
		Of     string `toml:"of"`
		Ties   string `toml:"ties"`
	} `toml:"quota"`
	Examples []example `toml:"example"`
}

// An example is a person whose score and star the file's author worked out.
// One without a star gets none to be had, as a provisional member.
type example struct {
	Title    string              `toml:"title"`
	Kind     string              `toml:"kind"`     // the first judged kind if left out
	Standing string              `toml:"standing"` // 正式 if left out
	Counts   map[string]number   `toml:"counts"`   // by item, or by measure
	Quarters map[string][]number `toml:"quarters"` // of what is counted by quarter
	Score    number              `toml:"score"`
	Star     *int                `toml:"star"`
}

type number string

func (n *number) UnmarshalText(text []byte) error { *n = number(text); return nil }
