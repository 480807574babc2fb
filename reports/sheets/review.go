package sheets

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"xingce/ingest/sheet"
	"xingce/queries/stars"
)

// An Opinion is what the branch wrote beside a member in the evaluation
// workbook.
type Opinion struct {
	Rating *stars.Rating
	Place  string // 评定表!T7
	Agreed bool   // with the star proposed
	Star   int    // the star it wants, also where it agrees
	// Points are what it would add or take: they change nothing by themselves,
	// since points come from the conduct ledger (加扣分台账) with its evidence.
	Points decimal.Decimal
	Why    string
}

// A Fault is why a cell of a filled workbook cannot be taken.
type Fault struct{ Place, Says string }

func (f Fault) String() string {
	if f.Place == "" {
		return f.Says
	}
	return f.Place + "：" + f.Says
}

// ReadReview reads what the branch wrote into an evaluation workbook that was
// made from the round's ratings. Nothing in the file is trusted: what it says
// of a member must be what the round says, and every fault is told with its
// cell. The opinions are those of the rows without a fault. A file that is no
// workbook is a *sheet.Refusal; another one than the round's has one fault and
// no opinions.
func ReadReview(ctx context.Context, file io.ReaderAt, size int64, round stars.Round) ([]Opinion, []Fault, error) {
	book, err := sheet.Open(file, size, sheet.DefaultLimits)
	if err != nil {
		return nil, nil, err
	}
	l := rosterOf(round.Policy, round.Ratings)
	var opinions []Opinion
	var faults []Fault
	tables := []review{{tab: tableTab, list: l.listed}}
	if len(l.separate) > 0 {
		tables = append(tables, review{tab: separateTab, list: l.separate})
	}
	for _, r := range tables {
		r.round, r.seen = round, map[int]int{}
		at := slices.IndexFunc(book.Sheets, func(s *sheet.Sheet) bool { return s.Name == r.tab })
		if at < 0 {
			return nil, []Fault{{Says: "没有“" + r.tab + "”这张表；请用程序出的评定工作簿填写"}}, nil
		}
		for row, err := range book.Sheets[at].Rows(ctx) {
			if err != nil {
				return nil, nil, err
			}
			r.row(row)
		}
		if r.stale != "" {
			return nil, []Fault{{Says: r.stale}}, nil
		}
		r.missing()
		opinions, faults = append(opinions, r.opinions...), append(faults, r.faults...)
	}
	return opinions, faults, nil
}

// A review is at work on one sheet.
type review struct {
	round    stars.Round
	tab      string
	list     []stars.Rating
	marked   bool           // the mark of the proposal was seen
	columns  map[string]int // by heading, once the head was seen
	seen     map[int]int    // row by number
	opinions []Opinion
	faults   []Fault
	stale    string // it is no sheet of this round
}

func (r *review) row(row sheet.Row) {
	switch {
	case r.stale != "":
	case !r.marked:
		r.mark(row)
	case r.columns == nil:
		r.head(row)
	default:
		r.member(row)
	}
}

// mark holds the proposal that the sheet was made from against the round's.
func (r *review) mark(row sheet.Row) {
	for _, c := range row.Cells {
		_, number, ok := strings.Cut(c.Text, proposalMark)
		if !ok {
			continue
		}
		r.marked = true
		if want := Fingerprint(r.round.Policy, r.round.Ratings); strings.TrimSpace(number) != want {
			r.stale = fmt.Sprintf("这本工作簿是按另一次测算做的（%s%s，现在的是 %s）；请用新出的工作簿填写", proposalMark, strings.TrimSpace(number), want)
		}
		return
	}
	if row.Number > 3 {
		r.stale = "“" + r.tab + "”没有写" + strings.TrimSpace(proposalMark) + "；请用程序出的评定工作簿填写"
	}
}

func (r *review) head(row sheet.Row) {
	found := map[string]int{}
	for i, c := range row.Cells {
		found[c.Text] = i
	}
	if _, ok := found[headNumber]; !ok {
		return
	}
	for _, name := range []string{headName, headScore, headStar, headOpinion, headPoints, headWhy} {
		if _, ok := found[name]; !ok {
			r.stale = fmt.Sprintf("“%s”第 %d 行没有“%s”一列；请不要改动表头", r.tab, row.Number, strings.ReplaceAll(name, "\n", ""))
			return
		}
	}
	r.columns = found
}

// member reads a row that has a number; those below the table have none.
func (r *review) member(row sheet.Row) {
	text := func(heading string) string {
		if i := r.columns[heading]; i < len(row.Cells) {
			return strings.TrimSpace(row.Cells[i].Text)
		}
		return ""
	}
	number, err := decimal.NewFromString(text(headNumber))
	if err != nil {
		return
	}
	place := func(heading string) string {
		return fmt.Sprintf("%s!%s%d", r.tab, sheet.Column(r.columns[heading]+1), row.Number)
	}
	good := true
	fault := func(heading, says string, args ...any) {
		good = false
		r.faults = append(r.faults, Fault{place(heading), fmt.Sprintf(says, args...)})
	}
	n := int(number.IntPart())
	if !number.IsInteger() || n < 1 || n > len(r.list) {
		fault(headNumber, "序号 %s 不在名单上", number)
		return
	}
	if first, twice := r.seen[n]; twice {
		fault(headNumber, "第 %d 号在第 %d 行已经有了", n, first)
		return
	}
	r.seen[n] = row.Number
	rating := &r.list[n-1]
	if text(headName) != strings.TrimSpace(rating.Name) {
		fault(headName, "第 %d 号是%s，表上写的是%s", n, rating.Name, orNothing(text(headName)))
		return
	}
	if rating.Scored {
		if score, err := decimal.NewFromString(text(headScore)); err != nil || !score.Round(8).Equal(rating.Score) {
			fault(headScore, "%s的得分是 %s 分，表上是%s；得分不能在表上改", rating.Name, rating.Score, orNothing(text(headScore)))
		}
	}
	if text(headStar) != starText(*rating) {
		fault(headStar, "%s的建议是%s，表上是%s；建议星级不能在表上改，另有决定请写在支部意见里", rating.Name, starText(*rating), orNothing(text(headStar)))
	}
	o := Opinion{Rating: rating, Place: place(headOpinion), Star: rating.Star, Why: text(headWhy)}
	r.opinion(&o, text(headOpinion), fault)
	if points := text(headPoints); points != "" && points != shut {
		if o.Points, err = decimal.NewFromString(strings.TrimPrefix(points, "+")); err != nil {
			fault(headPoints, "加减分写数字，不是 %q", points)
		} else if o.Why == "" {
			fault(headWhy, "给%s加减分要写明理由", rating.Name)
		}
	}
	if good && (o.Agreed || o.Star != rating.Star || !o.Points.IsZero()) {
		r.opinions = append(r.opinions, o)
	}
}

// opinion reads what the branch says of the star.
func (r *review) opinion(o *Opinion, said string, fault func(heading, says string, args ...any)) {
	name := o.Rating.Name
	switch {
	case said == "" || said == shut:
		return
	case !o.Rating.Graded:
		fault(headOpinion, "%s%s，不能写支部意见", name, o.Rating.StarTitle())
		return
	case said == agreed:
		o.Agreed = true
		return
	}
	levels := append([]stars.Band{{}}, r.round.Policy.Bands...)
	at := slices.IndexFunc(levels, func(b stars.Band) bool {
		return said == stars.StarTitle(b.Star) || b.Star > 0 && said == stars.StarMarks(b.Star)
	})
	switch {
	case at < 0:
		fault(headOpinion, "支部意见写“%s”或者星级，如三星，不是 %q", agreed, said)
		return
	case levels[at].Star > 0 && o.Rating.Vetoed:
		fault(headOpinion, "%s被一票否决，不能议定为%s", name, said)
		return
	}
	o.Star, o.Agreed = levels[at].Star, levels[at].Star == o.Rating.Star
	if !o.Agreed && o.Why == "" {
		fault(headWhy, "%s的建议是%s，支部议定为%s，要写明理由", name, o.Rating.StarTitle(), stars.StarTitle(o.Star))
	}
}

// missing tells who of the list is not in the sheet.
func (r *review) missing() {
	if r.columns == nil {
		r.faults = append(r.faults, Fault{Says: "“" + r.tab + "”没有表头；请不要改动表头"})
		return
	}
	for i, rating := range r.list {
		if _, ok := r.seen[i+1]; !ok {
			r.faults = append(r.faults, Fault{Says: fmt.Sprintf("“%s”少了第 %d 号%s；请不要删行", r.tab, i+1, rating.Name)})
		}
	}
}

func orNothing(text string) string {
	if text == "" {
		return "空白"
	}
	return text
}
