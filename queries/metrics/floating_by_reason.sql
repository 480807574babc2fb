-- metric: floating_by_reason
-- title:  流动人口流入原因
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: persons
-- trace:  persons = count of present
--
-- 期末在册的流动人口按登记表所填的流入原因分组计数，一人一行；本期已经搬走的人不算。
-- 没有填原因的人列在“未填”一行。人多的原因排在前面。

WITH
present AS (
    SELECT community, COALESCE(reason, '未填') AS reason, batch, row
    FROM core.resident
    WHERE period_end = $period_end AND present AND kind = '流动'
),
totals AS (
    SELECT community, reason, COUNT(*) AS persons
    FROM present
    GROUP BY community, reason
)
SELECT
    community,
    reason,
    CAST(persons AS BIGINT) AS persons
FROM totals
ORDER BY community, persons DESC, reason
