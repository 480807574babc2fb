-- metric: in_service_contacts
-- title:  在职党员每季联系两次以上
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = distinct person, period_end of contacted where (community, period_end, person) IN (SELECT community, period_end, person FROM counted WHERE contacts > 1)
-- trace:  whole = distinct person, period_end of roll
-- trace:  value = part / whole
-- trace:  contacts = distinct person, period_end, source, day, activity of contacted
--
-- 季末名册上的在职党员，本季与社区联系两次以上的占多少。签到为出席的每一次活动算一次，同一天同名的活动算一次；社区表现卡、社区表现反馈卡有这名党员的，各算一次。
-- 全年是四个季度合起来：一名党员在册几个季度就算几人季，每个季度都单独看够不够两次。联系次数是所有在职党员的次数之和。
-- 表上与别人同名又分不清的，在支部认定之前不计入。活动签到、表现卡、反馈卡三样都没有交的季度不算；一个季度都没有的社区、名册上没有在职党员的社区不列出。

WITH
handed AS (
    SELECT DISTINCT community, period_end
    FROM core.batch
    WHERE kind IN ('attendance', 'performance', 'feedback')
      AND period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
),
roll AS (
    SELECT member.community, member.period_end, member.batch, member.row, member.person
    FROM core.member AS member
    JOIN handed ON handed.community = member.community AND handed.period_end = member.period_end
    WHERE member.period_start >= $period_start AND member.period_end > $period_start AND member.period_end <= $period_end
      AND member.kind = '在职'
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
contacted AS (
    SELECT lines.community, lines.period_end, lines.batch, lines.row, lines.person, lines.source, lines.day, lines.activity
    FROM lines
    JOIN roll ON roll.community = lines.community AND roll.period_end = lines.period_end AND roll.person = lines.person
),
once AS (
    SELECT DISTINCT community, period_end, person, source, day, activity
    FROM contacted
),
counted AS (
    SELECT community, period_end, person, COUNT(*) AS contacts
    FROM once
    GROUP BY community, period_end, person
),
met AS (
    SELECT community, COUNT(*) FILTER (WHERE contacts > 1) AS part, SUM(contacts) AS contacts
    FROM counted
    GROUP BY community
),
totals AS (
    SELECT community, COUNT(*) AS whole
    FROM roll
    GROUP BY community
)
SELECT
    totals.community,
    CAST(COALESCE(met.part, 0) AS BIGINT) AS part,
    CAST(totals.whole AS BIGINT) AS whole,
    CAST(CAST(COALESCE(met.part, 0) AS DECIMAL(18, 10)) / NULLIF(totals.whole, 0) AS DECIMAL(18, 10)) AS value,
    CAST(COALESCE(met.contacts, 0) AS BIGINT) AS contacts
FROM totals
LEFT JOIN met ON met.community = totals.community
ORDER BY totals.community
