-- metric: member_activity_days
-- title:  参加活动天数
-- grain:  member
-- unit:   days
-- basis:  台账
-- trace:  value = distinct day of signed
--
-- 期末在册的每一名党员本期有几天参加了活动：签到为出席的日子，组织生活和其他活动都算，一天参加几次也算一天。请假和缺席不算。没有参加过的记 0。
-- 签到表上与别人同名又分不清的，在支部认定之前不计入。整期没有交过活动签到的社区是没有记录，不是 0。

WITH
roll AS (
    SELECT community, person
    FROM core.member
    WHERE period_end = $period_end
),
signed AS (
    SELECT community, member AS person, batch, row, day
    FROM core.member_attendance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND status = '出席'
),
days AS (
    SELECT DISTINCT community, person, day
    FROM signed
),
totals AS (
    SELECT community, person, COUNT(*) AS days
    FROM days
    GROUP BY community, person
),
registers AS (
    SELECT DISTINCT community
    FROM core.batch
    WHERE kind = 'attendance'
      AND period_start >= $period_start AND period_end <= $period_end
)
SELECT
    roll.community,
    roll.person,
    CASE WHEN registers.community IS NOT NULL THEN CAST(COALESCE(totals.days, 0) AS BIGINT) END AS value
FROM roll
LEFT JOIN totals ON totals.community = roll.community AND totals.person = roll.person
LEFT JOIN registers ON registers.community = roll.community
ORDER BY roll.community, roll.person
