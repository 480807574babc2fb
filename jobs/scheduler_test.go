package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"xingce/jobs"
)

// The specs of a fresh data folder.
const (
	everyMinute  = "* * * * *"
	everyQuarter = "0 6 1 1,4,7,10 *"
	everyYear    = "0 7 1 1 *"
)

// Ten years of a computer that is on for five minutes a day and asleep for
// the rest. The wanted slots are counted by hand.
func TestTenYears(t *testing.T) {
	bubble(t, "Asia/Shanghai", func(o *office) {
		var published, rated, looked []string
		inbox := does("inbox", everyMinute, &looked)
		inbox.Ready = func() bool { return o.now().In(o.zone).YearDay() == 15 } // one day a year something lies there
		o.begun()
		shut := o.open(o.scheduler(inbox, does("publish", everyQuarter, &published), does("rate", everyYear, &rated)))
		for range 10*365 + 3 + 1 { // with the leap days of 2000, 2004 and 2008, and to the day after
			o.pass(5 * time.Minute)
			o.jump(24*time.Hour - 5*time.Minute)
		}
		o.pass(time.Minute)
		shut()

		var quarters, years []string
		for year := 2000; year <= 2010; year++ {
			for _, month := range []string{"01", "04", "07", "10"} {
				if first := fmt.Sprintf("%d-%s-01", year, month); first > "2000-01-01" && first <= "2010-01-01" {
					quarters = append(quarters, first+" 06:00")
				}
			}
			if year > 2000 {
				years = append(years, fmt.Sprintf("%d-01-01 07:00", year))
			}
		}
		if len(quarters) != 40 || len(years) != 10 {
			o.Fatalf("the oracle counts %d quarters and %d years", len(quarters), len(years))
		}
		o.want("quarters", published, quarters...)
		o.want("years", rated, years...)
		if len(looked) < 10*5 || len(looked) > 10*7 {
			o.Errorf("the inbox was done %d times, want some five minutes of each of 10 days", len(looked))
		}
		if rows := o.runs(); len(rows) != len(quarters)+len(years)+len(looked) {
			o.Errorf("%d rows in the ledger for %d runs: a slot with nothing to do leaves none, and a done one leaves one", len(rows), len(quarters)+len(years)+len(looked))
		}
	})
}

func TestSlotsRunOnTimeAndInTheOfficesZone(t *testing.T) {
	bubble(t, "Asia/Shanghai", func(o *office) {
		o.at("2025-12-31 23:00")
		o.begun()
		var published, rated []string
		shut := o.open(o.scheduler(does("publish", everyQuarter, &published), does("rate", everyYear, &rated)))
		o.pass(24 * time.Hour)
		shut()
		o.want("published", published, "2026-01-01 06:00")
		o.want("rated", rated, "2026-01-01 07:00")
		list, err := o.ledger.Latest(o.Context(), 2)
		if err != nil {
			o.Fatal(err)
		}
		for _, run := range list {
			if late := run.StartedAt.Sub(run.ScheduledFor); late != 0 || run.FinishedAt.Before(run.StartedAt) || run.Result != "好" {
				o.Errorf("%s began %v after its time, finished %v, says %q", run.Job, late, run.FinishedAt, run.Result)
			}
		}
	})
}

func TestSlotsMissedWhileDown(t *testing.T) {
	bubble(t, "Asia/Shanghai", func(o *office) {
		o.at("2024-12-01 12:00")
		o.begun()
		var published, looked []string
		publish := does("publish", everyQuarter, &published)
		inbox := does("inbox", everyMinute, &looked)
		inbox.Ready = func() bool { return true }
		o.at("2025-11-20 09:00")
		shut := o.open(o.scheduler(publish, inbox))
		o.pass(time.Second)
		shut()
		o.want("done at the first start", published, "2025-10-01 06:00")
		o.want("ledger", o.runs(),
			"publish 2025-01-01 06:00 e1 a0 missed:merged",
			"publish 2025-04-01 06:00 e1 a0 missed:merged",
			"publish 2025-07-01 06:00 e1 a0 missed:merged",
			"publish 2025-10-01 06:00 e1 a1 done",
			"inbox 2025-11-20 09:00 e1 a1 done", // minutes are looked at, not owed
		)
		published = nil
		shut = o.open(o.scheduler(publish))
		o.pass(time.Hour)
		shut()
		o.want("done at the second start", published)
	})
}

// What is cut short, by a crash or by shutting down, is done again at the
// next start, and only then.
func TestAnInterruptedRunIsDoneAgain(t *testing.T) {
	bubble(t, "Asia/Shanghai", func(o *office) {
		o.at("2026-01-01 05:00")
		o.begun()
		var did []string
		patient := &jobs.Job{Name: "publish", Title: "季度发布", Spec: everyQuarter, Do: func(ctx context.Context, run jobs.Run) (jobs.Result, error) {
			<-ctx.Done()
			return jobs.Result{}, ctx.Err()
		}}
		shut := o.open(o.scheduler(patient))
		o.pass(2 * time.Hour)
		shut()
		first := "publish 2026-01-01 06:00 e1 a1 interrupted"
		o.want("ledger after shutting down", o.runs(), first)

		// A crash: the row stands as running, and no one is there to close it.
		crashed, err := o.ledger.Start(o.Context(), jobs.Run{Job: "rate", ScheduledFor: o.now(), Part: "2025"})
		if err != nil || crashed.ID != 2 {
			o.Fatal(crashed, err)
		}
		for range 2 {
			shut = o.open(o.scheduler(does("publish", everyQuarter, &did), does("rate", "", &did)))
			o.pass(time.Minute)
			shut()
		}
		o.want("done again", did, "2026-01-01 06:00", "2026-01-01 07:00")
		o.want("ledger", o.runs(), first,
			"rate 2026-01-01 07:00 2025 e1 a1 interrupted",
			"publish 2026-01-01 06:00 e2 a2 done",
			"rate 2026-01-01 07:00 2025 e2 a2 done",
		)
	})
}

func TestAPanicFailsOneRunOnly(t *testing.T) {
	bubble(t, "Asia/Shanghai", func(o *office) {
		o.begun()
		var did []string
		wild := &jobs.Job{Name: "wild", Title: "乱来", Spec: "0 * * * *", Do: func(_ context.Context, run jobs.Run) (jobs.Result, error) {
			if did = append(did, "wild"); len(did) == 1 {
				panic("no such sheet")
			}
			return jobs.Result{}, nil
		}}
		shut := o.open(o.scheduler(wild, does("calm", "0 * * * *", &did)))
		o.pass(2*time.Hour + time.Minute)
		shut()
		o.want("ledger", o.runs(),
			"wild 2000-01-01 09:00 e1 a1 failed:panic", "calm 2000-01-01 09:00 e1 a1 done",
			"wild 2000-01-01 10:00 e1 a1 done", "calm 2000-01-01 10:00 e1 a1 done")
		list, err := o.ledger.Latest(o.Context(), 4)
		if err != nil || !strings.HasPrefix(list[3].Error, "panic: no such sheet\n") || !strings.Contains(list[3].Error, "scheduler_test.go") {
			o.Errorf("the ledger does not say where it was: %q (%v)", list[3].Error, err)
		}
	})
}

func TestWhatFollowsARun(t *testing.T) {
	bubble(t, "Asia/Shanghai", func(o *office) {
		fault := errors.New("no such column")
		inbox := &jobs.Job{Name: "inbox", Title: "收件", Do: func(context.Context, jobs.Run) (jobs.Result, error) {
			return jobs.Result{Says: "文件 2 个", Then: []jobs.Then{{Job: "publish", Part: "2025Q3"}, {Job: "print"}, {Job: "publish", Part: "2025Q4"}}}, fault
		}}
		publish := &jobs.Job{Name: "publish", Title: "季度发布", Do: func(_ context.Context, run jobs.Run) (jobs.Result, error) {
			if run.Part == "2025Q3" {
				return jobs.Result{}, fault
			}
			return jobs.Result{}, nil
		}}
		s := o.scheduler(inbox, publish)
		for range 2 {
			run, err := s.Once(o.Context(), inbox, o.now(), "")
			if run.Status != "failed" || !errors.Is(err, fault) || !strings.Contains(err.Error(), "print") {
				o.Errorf("status %s, error %v", run.Status, err)
			}
		}
		o.want("ledger", o.runs(),
			"inbox 2000-01-01 08:00 e1 a1 failed", "publish 2000-01-01 08:00 2025Q3 e1 a1 failed", "publish 2000-01-01 08:00 2025Q4 e1 a1 done",
			"inbox 2000-01-01 08:00 e2 a1 failed", "publish 2000-01-01 08:00 2025Q3 e2 a1 failed", "publish 2000-01-01 08:00 2025Q4 e2 a1 done")
	})
}

func TestCancelling(t *testing.T) {
	bubble(t, "Asia/Shanghai", func(o *office) {
		ctx, cancel := context.WithCancel(o.Context())
		inbox := &jobs.Job{Name: "inbox", Title: "收件", Do: func(ctx context.Context, _ jobs.Run) (jobs.Result, error) {
			cancel()
			return jobs.Result{Says: "收了一半", Then: []jobs.Then{{Job: "inbox"}}}, ctx.Err()
		}}
		_, err := o.scheduler(inbox).Once(ctx, inbox, o.now(), "")
		if !errors.Is(err, context.Canceled) {
			o.Errorf("error %v", err)
		}
		o.want("ledger", o.runs(), "inbox 2000-01-01 08:00 e1 a1 interrupted")
		if _, err := o.scheduler(inbox).Once(ctx, inbox, o.now(), ""); err == nil {
			o.Error("a run began under a context that had ended")
		}
	})
}

// The clock is looked at every 20 seconds, whatever it does.
func TestClockJumps(t *testing.T) {
	bubble(t, "Asia/Shanghai", func(o *office) {
		o.at("2025-03-31 12:00")
		o.begun()
		var did []string
		shut := o.open(o.scheduler(does("publish", everyQuarter, &did)))
		o.pass(41 * time.Second)
		o.want("before", did)

		o.jump(200 * 24 * time.Hour)
		o.pass(20 * time.Second)
		o.want("within 20 s of a leap of 200 days", did, "2025-10-01 06:00")
		o.jump(-10 * 24 * time.Hour)
		o.pass(10 * 24 * time.Hour)
		o.want("back by 10 days, and those days again", did, "2025-10-01 06:00")
		shut()
		o.jump(-30 * 24 * time.Hour)
		shut = o.open(o.scheduler(does("publish", everyQuarter, &did)))
		o.pass(20 * 24 * time.Hour)
		shut()
		o.want("and again after a start", did, "2025-10-01 06:00")
		o.want("ledger", o.runs(),
			"publish 2025-04-01 06:00 e1 a0 missed:merged", "publish 2025-07-01 06:00 e1 a0 missed:merged", "publish 2025-10-01 06:00 e1 a1 done")
	})
}

// A slot that the ledger could not take has not been: it is tried again.
func TestALedgerThatCannotBeWritten(t *testing.T) {
	for name, days := range map[string]time.Duration{"one slot": 1, "three slots": 200} {
		t.Run(name, func(t *testing.T) {
			bubble(t, "Asia/Shanghai", func(o *office) {
				o.at("2025-03-31 12:00")
				o.begun()
				var did []string
				rename := func(from, to string) {
					if _, err := o.db.ExecContext(o.Context(), "ALTER TABLE ops."+from+" RENAME TO "+to); err != nil {
						o.Fatal(err)
					}
				}
				shut := o.open(o.scheduler(does("publish", everyQuarter, &did)))
				o.pass(time.Minute)
				rename("revision", "away")
				o.jump(days * 24 * time.Hour)
				o.pass(time.Hour)
				o.want("while it cannot be written", did)
				if !strings.Contains(o.log.String(), "revision") {
					o.Errorf("the log does not say so:\n%s", o.log.String())
				}
				rename("away", "revision")
				o.pass(20 * time.Second)
				shut()
				slots := []string{"2025-04-01 06:00"}
				ledger := []string{"publish 2025-04-01 06:00 e1 a1 done"}
				if days > 1 {
					slots = []string{"2025-10-01 06:00"}
					ledger = []string{"publish 2025-04-01 06:00 e1 a0 missed:merged", "publish 2025-07-01 06:00 e1 a0 missed:merged", "publish 2025-10-01 06:00 e1 a1 done"}
				}
				o.want("afterwards", did, slots...)
				o.want("ledger", o.runs(), ledger...)
			})
		})
	}
}

// Ten days round the changes of clocks that do odd things. cron passes over
// some hours that do not exist and does some twice; here the schedule only
// has to go on.
func TestOddZones(t *testing.T) {
	for _, odd := range []struct{ name, zone, from string }{
		{"New York forward", "America/New_York", "2026-03-03 12:00"},
		{"New York back", "America/New_York", "2026-10-27 12:00"},
		{"no midnight in São Paulo", "America/Sao_Paulo", "2000-10-03 12:00"},
		{"no midnight in Beirut", "Asia/Beirut", "2026-03-24 12:00"},
		{"midnight twice in Beirut", "Asia/Beirut", "2026-10-20 12:00"},
		{"half an hour", "Australia/Lord_Howe", "2026-03-31 12:00"},
		{"a day that was left out", "Pacific/Apia", "2011-12-25 12:00"},
		{"summer time in the eighties", "Asia/Shanghai", "1986-04-29 12:00"},
		{"UTC", "UTC", "2026-03-31 12:00"},
	} {
		t.Run(odd.name, func(t *testing.T) {
			bubble(t, odd.zone, func(o *office) {
				o.at(odd.from)
				o.begun()
				did := map[string]*[]string{"0 0 * * *": {}, "30 1 * * *": {}, "30 2 * * *": {}}
				var list []*jobs.Job
				for spec, slots := range did {
					list = append(list, does(spec, spec, slots))
				}
				shut := o.open(o.scheduler(list...))
				o.pass(10 * 24 * time.Hour)
				shut()
				for spec, slots := range did {
					if len(*slots) < 9 || len(*slots) > 11 {
						o.Errorf("%s in ten days: %v", spec, *slots)
					}
				}
			})
		})
	}
}

// 2100 has no 29 February, so that from 2097 on the next is out of cron's
// sight: the loop has to sleep all the same.
func TestASlotOutOfSight(t *testing.T) {
	bubble(t, "Asia/Shanghai", func(o *office) {
		o.at("2097-01-01 00:00")
		o.begun()
		var leap, hourly []string
		shut := o.open(o.scheduler(does("leap", "0 0 29 2 *", &leap), does("hourly", "0 * * * *", &hourly)))
		o.pass(3*time.Hour + time.Minute)
		shut()
		if len(leap) != 0 || len(hourly) != 3 {
			o.Errorf("leap %v, hourly %v", leap, hourly)
		}
	})
}

func TestABadSpecIsNamed(t *testing.T) {
	bubble(t, "Asia/Shanghai", func(o *office) {
		err := o.scheduler(does("rate", "at dawn", nil)).Run(o.Context())
		if err == nil || !strings.HasPrefix(err.Error(), "job rate: ") {
			o.Errorf("error %v", err)
		}
	})
}
