-- metric: activities_by_day
-- title:  每日活动
-- grain:  day
-- unit:   activities
-- basis:  台账
-- trace:  activities = count of held
--
-- 本期每一天举办的活动次数，怎样算一次活动与“各类活动”相同。没有活动的日子不列出。
-- 日期以所填为准，写在期外的活动仍算在本期里。

WITH
held AS (
    SELECT community, day, batch, row
    FROM core.event
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
)
SELECT
    community,
    day,
    CAST(COUNT(*) AS BIGINT) AS activities
FROM held
GROUP BY community, day
ORDER BY community, day
