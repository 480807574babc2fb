-- metric: permits_by_kind
-- title:  流动人口办证类型
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: persons, valid, expired
-- trace:  persons = count of present
-- trace:  valid = count of present where permit <> '未填' AND NOT permit_expired
-- trace:  expired = count of present where permit <> '未填' AND permit_expired
--
-- 期末在册的流动人口按登记表所填的办证类型分组计数，一人一行，不论住满半年没有；本期已经搬走的人不算。
-- 其中到期日期早于期末最后一天的是过期，其余是有效；没有填到期日期或写“长期”的算有效。
-- 没有填办证类型的人列在“未填”一行，不分有效和过期。

WITH
present AS (
    SELECT community, COALESCE(permit, '未填') AS permit, permit_expired, batch, row
    FROM core.resident
    WHERE period_end = $period_end AND present AND kind = '流动'
),
totals AS (
    SELECT
        community,
        permit,
        COUNT(*) AS persons,
        COUNT(*) FILTER (WHERE permit <> '未填' AND NOT permit_expired) AS valid,
        COUNT(*) FILTER (WHERE permit <> '未填' AND permit_expired) AS expired
    FROM present
    GROUP BY community, permit
)
SELECT
    community,
    permit,
    CAST(persons AS BIGINT) AS persons,
    CAST(valid AS BIGINT) AS valid,
    CAST(expired AS BIGINT) AS expired
FROM totals
ORDER BY community, CASE WHEN permit = '未填' THEN 2 ELSE 1 END, persons DESC, permit
