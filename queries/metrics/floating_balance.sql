-- metric: floating_balance
-- title:  流动人口进出核对
-- grain:  community
-- unit:   persons
-- basis:  台账
-- trace:  net = sum step of moves where step <> 0
-- trace:  opening = count of before where counted
-- trace:  closing = count of after where counted
-- trace:  change = closing - opening
-- trace:  difference = change - net
--
-- 进出登记的净变动（本期流入减本期流出）应当等于在册流动人口的增减（期末减期初）。差额是增减减去净变动，不是零就要核对登记表：
-- 差额为正，在册的人比进出登记的多，多半是流入没有填日期或补登；为负，多半是人走了没有填流出日期就从表上删了。
-- 期初取上一期期末的登记表，期初或期末没有登记表的，增减和差额留空，无从核对，而不是算相符。
-- 全年的流入流出是各季登记表之和，中间缺一季也会有差额。

WITH
moves AS (
    SELECT
        community,
        batch,
        row,
        CASE WHEN kind = '流动' AND arrived_on >= period_start AND arrived_on < period_end THEN 1 ELSE 0 END
            - CASE WHEN kind = '流动' AND left_on >= period_start AND left_on < period_end THEN 1 ELSE 0 END AS step
    FROM core.resident
    WHERE period_start >= $period_start AND period_end <= $period_end
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
nets AS (
    SELECT community, SUM(step) AS persons
    FROM moves
    GROUP BY community
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
    nets.community,
    CAST(nets.persons AS BIGINT) AS net,
    CAST(stocks_before.persons AS BIGINT) AS opening,
    CAST(stocks_after.persons AS BIGINT) AS closing,
    CAST(stocks_after.persons - stocks_before.persons AS BIGINT) AS change,
    CAST(stocks_after.persons - stocks_before.persons - nets.persons AS BIGINT) AS difference
FROM nets
LEFT JOIN stocks_before ON stocks_before.community = nets.community
LEFT JOIN stocks_after ON stocks_after.community = nets.community
ORDER BY nets.community
