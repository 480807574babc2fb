-- metric: residents_by_kind
-- title:  居民构成
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: persons
-- trace:  persons = count of present
--
-- 期末在册的居民按居民登记表所填的人员类型分为户籍和流动，一行算一人，两类之和等于居民人数。
-- 本期已经搬走的人不算。没有交居民登记表的社区不列出；一个人也没有的类型不列出。

WITH
present AS (
    SELECT community, kind, batch, row
    FROM core.resident
    WHERE period_end = $period_end AND present
),
totals AS (
    SELECT community, kind, COUNT(*) AS persons
    FROM present
    GROUP BY community, kind
)
SELECT
    community,
    kind,
    CAST(persons AS BIGINT) AS persons
FROM totals
ORDER BY community, CASE kind WHEN '户籍' THEN 1 ELSE 2 END, kind
