-- metric: floating_members
-- title:  找到的流动党员
-- grain:  community
-- unit:   persons
-- basis:  台账
-- trace:  value = distinct person of roll where kind = '流动'
--
-- 期末党员名册上类别为“流动”的人数，就是社区找到并登记下来的流动党员，同一人只算一次。还没有找到的流动党员不在名册上，这里数不出来。
-- 交了名册而没有流动党员的社区记 0，没有交名册的社区不列出。

WITH
roll AS (
    SELECT community, batch, row, person, kind
    FROM core.member
    WHERE period_end = $period_end
)
SELECT
    community,
    CAST(COUNT(DISTINCT person) FILTER (WHERE kind = '流动') AS BIGINT) AS value
FROM roll
GROUP BY community
ORDER BY community
