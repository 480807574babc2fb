-- metric: member_absences
-- title:  无故缺席组织生活次数
-- grain:  member
-- unit:   times
-- basis:  台账
-- trace:  value = distinct day, activity of called where (community, person, day, activity) NOT IN (SELECT community, person, day, activity FROM called WHERE status <> '缺席')
--
-- 期末在册的每一名党员本期被签到表记为缺席的组织生活次数，组织生活的范围与“参加组织生活次数”相同。
-- 请假不是缺席，不计入。同一次会议另有一行记为出席或请假的，不算缺席。签到表上没有列名的人不算缺席。没有缺席的记 0。
-- 整期没有交过活动签到的社区是没有记录，不是 0。

WITH
roll AS (
    SELECT community, person
    FROM core.member
    WHERE period_end = $period_end
),
called AS (
    SELECT community, member AS person, batch, row, day, activity, status
    FROM core.member_attendance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND activity_kind IN ('三会一课', '主题党日', '组织生活', '党员大会', '支部党员大会', '党小组会', '党课', '支委会')
),
missed AS (
    SELECT community, person, day, activity
    FROM called
    GROUP BY community, person, day, activity
    HAVING COUNT(*) FILTER (WHERE status <> '缺席') = 0
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
    CASE WHEN MAX(registers.sheets) > 0 THEN CAST(COUNT(missed.person) AS BIGINT) END AS value
FROM roll
LEFT JOIN missed ON missed.community = roll.community AND missed.person = roll.person
LEFT JOIN registers ON registers.community = roll.community
GROUP BY roll.community, roll.person
ORDER BY roll.community, roll.person
