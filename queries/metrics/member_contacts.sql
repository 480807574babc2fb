-- metric: member_contacts
-- title:  与社区联系次数
-- grain:  member
-- unit:   times
-- basis:  台账
-- trace:  value = distinct period_end, source, day, activity of lines
--
-- 期末在册的每一名党员本期与社区联系的次数：签到为出席的每一次活动（组织生活和其他活动都算，同一天同名的算一次），社区表现卡、社区表现反馈卡每季各一次。没有联系过的记 0。
-- 表上与别人同名又分不清的，在支部认定之前不计入。活动签到、表现卡、反馈卡三样都没有交过的社区是没有记录，不是 0。

WITH
roll AS (
    SELECT community, person
    FROM core.member
    WHERE period_end = $period_end
),
lines AS (
    SELECT community, period_end, batch, row, member AS person, '活动' AS source, day, activity
    FROM core.member_attendance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND status = '出席'
    UNION ALL
    SELECT community, period_end, batch, row, member AS person, '表现卡' AS source, NULL AS day, NULL AS activity
    FROM core.performance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
    UNION ALL
    SELECT community, period_end, batch, row, member AS person, '反馈卡' AS source, NULL AS day, NULL AS activity
    FROM core.feedback
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
),
once AS (
    SELECT DISTINCT community, period_end, person, source, day, activity
    FROM lines
),
totals AS (
    SELECT community, person, COUNT(*) AS contacts
    FROM once
    GROUP BY community, person
),
registers AS (
    SELECT DISTINCT community
    FROM core.batch
    WHERE kind IN ('attendance', 'performance', 'feedback')
      AND period_start >= $period_start AND period_end <= $period_end
)
SELECT
    roll.community,
    roll.person,
    CASE WHEN registers.community IS NOT NULL THEN CAST(COALESCE(totals.contacts, 0) AS BIGINT) END AS value
FROM roll
LEFT JOIN totals ON totals.community = roll.community AND totals.person = roll.person
LEFT JOIN registers ON registers.community = roll.community
ORDER BY roll.community, roll.person
