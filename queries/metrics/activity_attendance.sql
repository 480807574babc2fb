-- metric: activity_attendance
-- title:  活动到会率
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = sum attended of held where counted
-- trace:  whole = sum due of held where counted
-- trace:  value = part / whole
-- trace:  attendances = sum attended of held
-- trace:  activities = count of held
--
-- 活动台账上实到人数之和除以应到人数之和，只算两个数都填了的行，不是各次出勤率的平均，也不取台账上所填的出勤率。没有一行填全的没有到会率；应到为零的也没有，而不是 100%。
-- 参加人次是所有行的实到人数之和，没有填应到的也算在内；一行都没有填的留空。没有交活动台账的社区不列出。

WITH
held AS (
    SELECT community, batch, row, due, attended, due IS NOT NULL AND attended IS NOT NULL AS counted
    FROM core.activity
    WHERE period_start >= $period_start AND period_end <= $period_end
),
totals AS (
    SELECT
        community,
        SUM(attended) FILTER (WHERE counted) AS part,
        SUM(due) FILTER (WHERE counted) AS whole,
        SUM(attended) AS attendances,
        COUNT(*) AS activities
    FROM held
    GROUP BY community
)
SELECT
    community,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value,
    CAST(attendances AS BIGINT) AS attendances,
    CAST(activities AS BIGINT) AS activities
FROM totals
ORDER BY community
