package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"xingce/ingest/person"
	"xingce/ingest/sheet"
	"xingce/queries/duckdb"
	"xingce/queries/stars"
	"xingce/reports/sheets"
)

func newRoundImport(data *string) *cobra.Command {
	var s sitting
	var partial bool
	c := &cobra.Command{
		Use: "import 工作簿", Short: "导入填好支部意见的评定工作簿，一次议定许多人",
		Long: `读入填好的评定工作簿：与建议不同的支部意见成为议定的记录，写明是谁、凭什么，证明材料记下是哪个文件的哪一格。
工作簿须是这一轮的测算出的；得分、星级、姓名与程序的不符，或者没有写理由，逐格指出，整本不收。
加减分不直接改得分：列出来，请登记到加扣分台账，收表后重新测算。同一本再导入一次，什么也不变。`,
		Example: "  xingce round import evaluation.xlsx --community 象山社区 --year 2025 --by 王书记",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			faulty := false
			err := acting(c, *data, s.by, func(a *app, who string) (string, error) {
				r, err := s.review(c, a, args[0])
				if err != nil {
					return "", err
				}
				for _, fault := range r.faults {
					c.Printf("  错误  %s\n", fault)
				}
				if faulty = len(r.faults) > 0; faulty && !partial {
					return fmt.Sprintf("%s：有 %d 处问题，没有收下", r.file, len(r.faults)), nil
				}
				return s.decideAll(c, a, who, r)
			})
			if err == nil && faulty {
				err = errFaults
			}
			return err
		},
	}
	s.actFlags(c, "总的依据：哪次会；各人的理由写在表上")
	c.Flags().BoolVar(&partial, "partial", false, "有问题的行不收，其余的收下；不写则整本不收")
	return c
}

// A filled is a workbook that the branch wrote into.
type filled struct {
	file, digest string
	round        stars.Round
	of           duckdb.RoundOf
	opinions     []sheets.Opinion
	faults       []sheets.Fault
}

// review reads a filled workbook against the round as it stands.
func (s *sitting) review(c *cobra.Command, a *app, path string) (r filled, err error) {
	r.file = filepath.Base(path)
	if r.of, _, r.round, err = s.look(c, a); err != nil {
		return r, err
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return r, usageError{fmt.Errorf("没有这个文件：%s", path)}
	}
	if err != nil {
		return r, err
	}
	defer file.Close()
	sum := sha256.New()
	size, err := io.Copy(sum, file)
	if err != nil {
		return r, err
	}
	r.digest = hex.EncodeToString(sum.Sum(nil)[:6])
	r.opinions, r.faults, err = sheets.ReadReview(c.Context(), file, size, r.round)
	var refusal *sheet.Refusal
	if errors.As(err, &refusal) {
		r.faults, err = []sheets.Fault{{Says: refusal.Error()}}, nil
	}
	return r, err
}

// decideAll makes decisions of the opinions that differ from the stars as they
// stand: all of them, or none.
func (s *sitting) decideAll(c *cobra.Command, a *app, who string, r filled) (string, error) {
	agreed, round := 0, r.round
	var lines []string
	err := a.db.Update(c.Context(), "round import", func(tx *duckdb.Tx) error {
		for _, o := range r.opinions {
			if o.Agreed {
				agreed++
			}
			standing := o.Rating.Star
			if d := r.round.Decision(o.Rating.Person); d != nil {
				standing = d.Star
			}
			if o.Star == standing || !o.Agreed && o.Star == o.Rating.Star {
				continue
			}
			var err error
			round, err = tx.Act(c.Context(), r.of, stars.Act{
				Does: stars.Decide, Who: who, Day: a.today(), Person: o.Rating.Person, Star: o.Star,
				Why:      person.Scrub(cmp.Or(o.Why, s.why, "支部同意建议")),
				Evidence: cmp.Or(s.evidence, fmt.Sprintf("%s %s，校验值 %s", r.file, o.Place, r.digest)),
			})
			if err != nil {
				return err
			}
			last := round.Acts[len(round.Acts)-1]
			lines = append(lines, fmt.Sprintf("第 %d 号记录：%s", last.Seq, tellAct(round, last)))
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	for _, line := range lines {
		c.Println(line)
	}
	for _, o := range r.opinions {
		if !o.Points.IsZero() {
			c.Printf("%s %s：%s 分没有计入得分，请登记到加扣分台账（%s），收表后重新测算\n", o.Place, o.Rating.Name, o.Points, o.Why)
		}
	}
	return fmt.Sprintf("%s：议定 %d 人，同意建议 %d 人　%s", r.file, len(lines), agreed, standing(r.of, round)), nil
}
