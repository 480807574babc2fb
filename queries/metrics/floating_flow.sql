-- metric: floating_flow
-- title:  流动人口流入与流出
-- grain:  community
-- unit:   persons
-- basis:  台账
-- trace:  inflow = count of registered where kind = '流动' AND arrived_on >= period_start AND arrived_on < period_end
-- trace:  outflow = count of registered where kind = '流动' AND left_on >= period_start AND left_on < period_end
-- trace:  net = inflow - outflow
-- trace:  opening = count of before where counted
-- trace:  closing = count of after where counted
--
-- 流入是流入日期在本期内的流动人口，流出是流出日期在本期内的流动人口，净变动是流入减流出。
-- 期初取上一期期末的在册流动人口，上一期没有登记表时留空；期末取本期期末的在册流动人口。
-- 全年的流入流出是各季登记表之和，每一季只数当季的日期，一个人不会重复算。
-- 没有填日期的人不计入流入流出，补登和漏登也会使净变动不等于期末减期初，差额应当核对登记表。

WITH
registered AS (
    SELECT community, batch, row, period_start, period_end, kind, arrived_on, left_on
    FROM core.resident
    WHERE period_start >= $period_start AND period_end <= $period_end
),
flows AS (
    SELECT
        community,
        COUNT(*) FILTER (WHERE kind = '流动' AND arrived_on >= period_start AND arrived_on < period_end) AS inflow,
        COUNT(*) FILTER (WHERE kind = '流动' AND left_on >= period_start AND left_on < period_end) AS outflow
    FROM registered
    GROUP BY community
),
before AS (
    SELECT community, batch, row, kind = '流动' AND present AS counted
    FROM core.resident
    WHERE period_end = $period_start
),
after AS (
    SELECT community, batch, row, kind = '流动' AND present AS counted
    FROM core.resident
    WHERE period_end = $period_end
),
stocks_before AS (
    SELECT community, COUNT(*) FILTER (WHERE counted) AS persons
    FROM before
    GROUP BY community
),
stocks_after AS (
    SELECT community, COUNT(*) FILTER (WHERE counted) AS persons
    FROM after
    GROUP BY community
)
SELECT
    flows.community,
    CAST(flows.inflow AS BIGINT) AS inflow,
    CAST(flows.outflow AS BIGINT) AS outflow,
    CAST(flows.inflow - flows.outflow AS BIGINT) AS net,
    CAST(stocks_before.persons AS BIGINT) AS opening,
    CAST(stocks_after.persons AS BIGINT) AS closing
FROM flows
LEFT JOIN stocks_before ON stocks_before.community = flows.community
LEFT JOIN stocks_after ON stocks_after.community = flows.community
ORDER BY flows.community
