-- metric: member_activities
-- title:  参加其他活动次数
-- grain:  member
-- unit:   times
-- basis:  台账
-- trace:  value = distinct day, activity of signed
--
-- 期末在册的每一名党员本期出席组织生活以外各种活动的次数，例如志愿服务和文体活动；没有填活动类型的也算在这里。
-- 组织生活的范围见“参加组织生活次数”。同一天同名的活动算一次，请假和缺席不算。没有参加过的记 0。
-- 整期没有交过活动签到的社区是没有记录，不是 0。

WITH
roll AS (
    SELECT community, person
    FROM core.member
    WHERE period_end = $period_end
),
signed AS (
    SELECT community, member AS person, batch, row, day, activity
    FROM core.member_attendance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND status = '出席'
      AND (activity_kind IS NULL
           OR activity_kind NOT IN ('三会一课', '主题党日', '组织生活', '党员大会', '支部党员大会', '党小组会', '党课', '支委会'))
),
activities AS (
    SELECT DISTINCT community, person, day, activity
    FROM signed
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
    CASE WHEN MAX(registers.sheets) > 0 THEN CAST(COUNT(activities.person) AS BIGINT) END AS value
FROM roll
LEFT JOIN activities ON activities.community = roll.community AND activities.person = roll.person
LEFT JOIN registers ON registers.community = roll.community
GROUP BY roll.community, roll.person
ORDER BY roll.community, roll.person
