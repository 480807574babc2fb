-- metric: floating_by_origin
-- title:  流动人口来源
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: persons
-- trace:  persons = count of present
--
-- 期末在册的流动人口按登记表“来源”一栏分为省内和省外，一人一行；本期已经搬走的人不算。
-- 写成别的（如写了省名）照所写的另列，不猜是省内还是省外；没有填的列在“未填”一行。

WITH
present AS (
    SELECT community, COALESCE(origin, '未填') AS origin, batch, row
    FROM core.resident
    WHERE period_end = $period_end AND present AND kind = '流动'
),
totals AS (
    SELECT community, origin, COUNT(*) AS persons
    FROM present
    GROUP BY community, origin
)
SELECT
    community,
    origin,
    CAST(persons AS BIGINT) AS persons
FROM totals
ORDER BY community, CASE origin WHEN '省内' THEN 1 WHEN '省外' THEN 2 WHEN '未填' THEN 4 ELSE 3 END, origin
