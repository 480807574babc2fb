-- metric: activities_by_kind
-- title:  各类活动
-- grain:  part
-- unit:   activities
-- basis:  台账
-- trace:  activities = count of held
--
-- 本期举办的活动按活动类型计数。有活动台账的季度以台账为准，一行算一次；没有台账的季度按签到表，同一天同名、有人出席的算一次。
-- 类型以所填为准，写法不同的算两类；没有填的列在“未填”一行。次数多的排在前面。

WITH
held AS (
    SELECT community, COALESCE(activity_kind, '未填') AS activity_kind, batch, row
    FROM core.event
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
),
totals AS (
    SELECT community, activity_kind, COUNT(*) AS activities
    FROM held
    GROUP BY community, activity_kind
)
SELECT
    community,
    activity_kind,
    CAST(activities AS BIGINT) AS activities
FROM totals
ORDER BY community, activities DESC, activity_kind
