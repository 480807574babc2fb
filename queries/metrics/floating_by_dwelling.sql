-- metric: floating_by_dwelling
-- title:  流动人口住所类型
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: persons
-- trace:  persons = count of present
--
-- 期末在册的流动人口按登记表所填的住所类型（租赁房屋、单位宿舍等）分组计数，一人一行；本期已经搬走的人不算。
-- 写法不同的算作两类，请在表上统一；没有填的人列在“未填”一行。人多的类型排在前面。

WITH
present AS (
    SELECT community, COALESCE(dwelling, '未填') AS dwelling, batch, row
    FROM core.resident
    WHERE period_end = $period_end AND present AND kind = '流动'
),
totals AS (
    SELECT community, dwelling, COUNT(*) AS persons
    FROM present
    GROUP BY community, dwelling
)
SELECT
    community,
    dwelling,
    CAST(persons AS BIGINT) AS persons
FROM totals
ORDER BY community, persons DESC, dwelling
