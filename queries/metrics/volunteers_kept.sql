-- metric: volunteers_kept
-- title:  义工留存率
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = distinct volunteer of attended where (community, volunteer) IN (SELECT community, volunteer FROM attended_before)
-- trace:  whole = distinct volunteer of attended_before
-- trace:  value = part / whole
--
-- 上一期参与过队伍活动的义工里，本期又参与的有多少。按季算，上一期是上一季；按年算，上一期是上一年。
-- 参与是在写明队伍的签到表上至少出席一次、并且认得出是当期义工名册上的谁，参加几个队都只算一人。只凭姓名、没有证件号和电话的人，各期认不出是同一人，不会算作留存。
-- 上一期没有交过活动签到的社区没有可比的人，留空，而不是算零；上一期交了而没有人参与的，没有留存率。本期没有交过活动签到的社区不列出。

WITH
attended AS (
    SELECT community, batch, row, volunteer
    FROM core.attendance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND status = '出席' AND team IS NOT NULL AND volunteer IS NOT NULL
),
attended_before AS (
    SELECT community, batch, row, volunteer
    FROM core.attendance
    WHERE period_start >= CASE
            WHEN CAST($period_end AS DATE) > CAST($period_start AS DATE) + INTERVAL '6' MONTH
            THEN CAST($period_start AS DATE) - INTERVAL '1' YEAR
            ELSE CAST($period_start AS DATE) - INTERVAL '3' MONTH
        END
      AND period_end > CASE
            WHEN CAST($period_end AS DATE) > CAST($period_start AS DATE) + INTERVAL '6' MONTH
            THEN CAST($period_start AS DATE) - INTERVAL '1' YEAR
            ELSE CAST($period_start AS DATE) - INTERVAL '3' MONTH
        END
      AND period_end <= $period_start
      AND status = '出席' AND team IS NOT NULL AND volunteer IS NOT NULL
),
participants AS (
    SELECT DISTINCT community, volunteer
    FROM attended
),
participants_before AS (
    SELECT DISTINCT community, volunteer
    FROM attended_before
),
totals AS (
    SELECT before.community, COUNT(participants.volunteer) AS part, COUNT(*) AS whole
    FROM participants_before AS before
    LEFT JOIN participants ON participants.community = before.community AND participants.volunteer = before.volunteer
    GROUP BY before.community
),
registers AS (
    SELECT
        community,
        COUNT(*) FILTER (WHERE period_start >= $period_start) AS sheets,
        COUNT(*) FILTER (WHERE period_end <= $period_start) AS sheets_before
    FROM core.batch
    WHERE kind = 'attendance' AND period_end <= $period_end
      AND period_start >= CASE
            WHEN CAST($period_end AS DATE) > CAST($period_start AS DATE) + INTERVAL '6' MONTH
            THEN CAST($period_start AS DATE) - INTERVAL '1' YEAR
            ELSE CAST($period_start AS DATE) - INTERVAL '3' MONTH
        END
    GROUP BY community
)
SELECT
    registers.community,
    CASE WHEN registers.sheets_before > 0 THEN CAST(COALESCE(totals.part, 0) AS BIGINT) END AS part,
    CASE WHEN registers.sheets_before > 0 THEN CAST(COALESCE(totals.whole, 0) AS BIGINT) END AS whole,
    CAST(CAST(totals.part AS DECIMAL(18, 10)) / NULLIF(totals.whole, 0) AS DECIMAL(18, 10)) AS value
FROM registers
LEFT JOIN totals ON totals.community = registers.community
WHERE registers.sheets > 0
ORDER BY registers.community
