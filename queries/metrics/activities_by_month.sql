-- metric: activities_by_month
-- title:  各月活动
-- grain:  part
-- unit:   activities
-- basis:  台账
-- trace:  activities = count of held
--
-- 本期举办的活动按月计数，怎样算一次活动与“各类活动”相同。没有活动的月份不列出。
-- 日期以所填为准，写在期外的活动列在所写的月份，仍算在本期里。

WITH
held AS (
    SELECT community, SUBSTR(CAST(day AS VARCHAR), 1, 7) AS month, batch, row
    FROM core.event
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
)
SELECT
    community,
    month,
    CAST(COUNT(*) AS BIGINT) AS activities
FROM held
GROUP BY community, month
ORDER BY community, month
