-- metric: floating_by_building
-- title:  各楼栋流动人口
-- grain:  part
-- unit:   share
-- basis:  台账
-- persons: part, whole
-- trace:  part = count of present where kind = '流动'
-- trace:  whole = count of present
-- trace:  value = part / whole
--
-- 期末每栋楼在册的流动人口、在册居民总数（含流动人口）和两者之比。本期已经搬走的人不算。
-- 登记表上没有填楼栋的人列在“未填”一行，不摊到别的楼栋；没有人在册的楼栋不列出。

WITH
present AS (
    SELECT community, COALESCE(building, '未填') AS building, batch, row, kind
    FROM core.resident
    WHERE period_end = $period_end AND present
),
totals AS (
    SELECT
        community,
        building,
        COUNT(*) FILTER (WHERE kind = '流动') AS part,
        COUNT(*) AS whole
    FROM present
    GROUP BY community, building
)
SELECT
    community,
    building,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value
FROM totals
ORDER BY community, TRY_CAST(regexp_extract(building, '[0-9]+') AS BIGINT) NULLS LAST, building
