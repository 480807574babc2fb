-- metric: volunteer_hours
-- title:  累计服务时长
-- grain:  volunteer
-- unit:   hours
-- basis:  台账
-- trace:  value = sum hours of services
--
-- 期末在册的每一名义工到期末为止的累计服务时长，以前各期都算在内，不只是本期；供义工评星用。
-- 取签到为出席的行所填的时长：写明了队伍的，或活动类型为志愿服务的。没有填时长的行不计。
-- 组织生活不是服务，其时长不计，范围见“参加组织生活次数”；活动类型里有“培训”“筹备”“排练”字样的另算，也不计。路途不算，捐款不折算时长。没有服务的记 0。
-- 只凭姓名、没有证件号和电话的人，各期认不出是同一人，以前的时长接不上；请补登证件号或电话。从来没有交过活动签到的社区是没有记录，不是 0。

WITH
roll AS (
    SELECT DISTINCT community, person
    FROM core.volunteer
    WHERE period_end = $period_end
),
-- The signatures themselves, which the figures add up to.
services AS (
    SELECT community, volunteer AS person, batch, row, hours
    FROM core.attendance
    WHERE period_end <= $period_end
      AND status = '出席' AND hours IS NOT NULL AND volunteer IS NOT NULL
      AND (team IS NOT NULL OR activity_kind = '志愿服务')
      AND (activity_kind IS NULL
           OR activity_kind NOT IN ('三会一课', '主题党日', '组织生活', '党员大会', '支部党员大会', '党小组会', '党课', '支委会')
              AND STRPOS(activity_kind, '培训') = 0
              AND STRPOS(activity_kind, '筹备') = 0
              AND STRPOS(activity_kind, '排练') = 0)
),
totals AS (
    SELECT community, person, SUM(hours) AS hours
    FROM core.service
    WHERE period_end <= $period_end
      AND (team IS NOT NULL OR activity_kind = '志愿服务')
      AND (activity_kind IS NULL
           OR activity_kind NOT IN ('三会一课', '主题党日', '组织生活', '党员大会', '支部党员大会', '党小组会', '党课', '支委会')
              AND STRPOS(activity_kind, '培训') = 0
              AND STRPOS(activity_kind, '筹备') = 0
              AND STRPOS(activity_kind, '排练') = 0)
    GROUP BY community, person
),
registers AS (
    SELECT community, COUNT(*) AS sheets
    FROM core.batch
    WHERE kind = 'attendance' AND period_end <= $period_end
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
