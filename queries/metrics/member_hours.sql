-- metric: member_hours
-- title:  服务时长
-- grain:  member
-- unit:   hours
-- basis:  台账
--
-- 期末在册的每一名党员本期服务时长之和，取签到表上出席的行所填的时长；没有填时长的行不计。
-- 组织生活不是服务，其时长不计，范围见“参加组织生活次数”。捐款不折算时长。没有服务的记 0。

WITH
roll AS (
    SELECT community, person
    FROM core.member
    WHERE period_end = $period_end
),
services AS (
    SELECT community, member AS person, SUM(hours) AS hours
    FROM core.attendance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND status = '出席'
      AND (activity_kind IS NULL
           OR activity_kind NOT IN ('三会一课', '主题党日', '组织生活', '党员大会', '支部党员大会', '党小组会', '党课', '支委会'))
    GROUP BY community, member
)
SELECT
    roll.community,
    roll.person,
    CAST(COALESCE(services.hours, 0) AS DECIMAL(18, 2)) AS value
FROM roll
LEFT JOIN services ON services.community = roll.community AND services.person = roll.person
ORDER BY roll.community, roll.person
