-- metric: member_meetings
-- title:  参加组织生活次数
-- grain:  member
-- unit:   times
-- basis:  台账
-- trace:  value = distinct day, activity of signed
--
-- 期末在册的每一名党员本期出席组织生活的次数：活动类型为三会一课、主题党日、组织生活、党员大会、支部党员大会、党小组会、党课或支委会，签到为出席。
-- 同一天同名的会议算一次。请假和缺席不算。签到表上与别人同名又没有电话可分清的，在支部认定之前不计入。没有参加过的记 0。
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
      AND activity_kind IN ('三会一课', '主题党日', '组织生活', '党员大会', '支部党员大会', '党小组会', '党课', '支委会')
),
meetings AS (
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
    CASE WHEN MAX(registers.sheets) > 0 THEN CAST(COUNT(meetings.person) AS BIGINT) END AS value
FROM roll
LEFT JOIN meetings ON meetings.community = roll.community AND meetings.person = roll.person
LEFT JOIN registers ON registers.community = roll.community
GROUP BY roll.community, roll.person
ORDER BY roll.community, roll.person
