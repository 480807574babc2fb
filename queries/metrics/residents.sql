-- metric: residents
-- title:  居民人数
-- grain:  community
-- unit:   persons
-- basis:  台账
-- trace:  value = count of registered where present
--
-- 期末仍住在本社区的居民人数，以居民登记表为准，户籍人口和流动人口都在内，一行算一人。
-- 本期已经搬走的人不算。没有交居民登记表的社区不列出，而不是算零人。

WITH
registered AS (
    SELECT community, batch, row, present
    FROM core.resident
    WHERE period_end = $period_end
)
SELECT
    community,
    CAST(COUNT(*) FILTER (WHERE present) AS BIGINT) AS value
FROM registered
GROUP BY community
ORDER BY community
