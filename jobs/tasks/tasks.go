// Package tasks is the shelf of jobs: one file each.
//
// Two of them, Publish and Rate, put out sets of files. What makes pages gives
// them one by one to an edition (edition.go), which writes them beside the set
// that is out (set.go); when all are made, the gate looks, and the new set takes
// the place of the former one whole, with the manifest (manifest.go) from which
// Reproduce has it again.
//
// The gate holds a set back, and the former one stays, when
//
//   - nobody sent anything for the quarter, or no roll for the year;
//   - a workbook and the measures that the dashboards show count the same thing
//     and differ (reports.Claim);
//   - a chart is empty though there is a figure to draw;
//   - a sheet that a year's rating counts contradicts its own total, unless rows
//     of it were sent back, which the total then waits for: stars are signed, and
//     are not given on such a sheet. On a quarter's page, which shows the
//     difference, it is a finding and no more.
//
// Lateness is no such fault, so that one community does not hold up the others
// on the day of the schedule: one that sent nothing at all has no page in the
// set, or no workbook without a roll; the run's result, the manifest and the
// town's page name it. A kind that it did not send is a finding on its page.
//
// All but the first can be let pass by somebody who says why (--anyway), and so
// can the page of a silent community be wanted. It is noted in the manifest
// with who and why, and holds for later runs while the fault is word for word
// the same.
package tasks

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// some joins the first few of a list; more counts all where there are more.
func some(list []string, between, more string) string {
	const most = 6
	said := strings.Join(list[:min(len(list), most)], between)
	if n := len(list); n > most {
		said += fmt.Sprintf(more, n)
	}
	return said
}

// replace puts a whole file in place of a former one: readers see the old or
// the new, never a part.
func replace(file string, body []byte, mode os.FileMode) (err error) {
	dir := filepath.Dir(file)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	part, err := os.CreateTemp(dir, ".part-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(part.Name()))
		}
	}()
	_, err = part.Write(body)
	err = errors.Join(err, part.Chmod(mode), part.Sync(), part.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(part.Name(), file); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes a renaming in a folder last through a loss of power.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	// Some systems cannot sync a folder; there the renaming is all there is.
	_ = d.Sync()
	return nil
}
