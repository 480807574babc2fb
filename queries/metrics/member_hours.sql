-- metric: member_hours
-- title:  服务时长
-- grain:  member
-- unit:   hours
-- basis:  台账
-- trace:  value = sum hours of services
--
-- 期末在册的每一名党员本期服务时长之和，取签到表上出席的行所填的时长；没有填时长的行不计。
-- 组织生活不是服务，其时长不计，范围见“参加组织生活次数”。捐款不折算时长。没有服务的记 0。
-- 整期没有交过活动签到的社区是没有记录，不是 0。

WITH
roll AS (
    SELECT community, person
    FROM core.member
    WHERE period_end = $period_end
),
services AS (
    SELECT community, member AS person, batch, row, hours
    FROM core.member_attendance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND status = '出席'
      AND (activity_kind IS NULL
           OR activity_kind NOT IN ('三会一课', '主题党日', '组织生活', '党员大会', '支部党员大会', '党小组会', '党课', '支委会'))
),
totals AS (
    SELECT community, person, SUM(hours) AS hours
    FROM services
    GROUP BY community, person
),
registers AS (
    SELECT community, COUNT(*) AS sheets
    FROM core.batch
    WHERE kind = 'attendance'
      AND period_start >= $period_start AND period_end <= $period_end
    GROUP BY community
)
SELECT
    roll.community,
    roll.person,
    CASE WHEN registers.sheets > 0 THEN CAST(COALESCE(totals.hours, 0) AS DECIMAL(18, 2)) END AS value
FROM roll
LEFT JOIN totals ON totals.community = roll.community AND totals.person = roll.person
LEFT JOIN registers ON registers.community = roll.community
ORDER BY roll.community, roll.person
