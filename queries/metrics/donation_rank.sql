-- metric: donation_rank
-- title:  各社区捐款名次
-- grain:  community
-- unit:   yuan
-- basis:  台账
-- trace:  amount = sum amount of gifts
-- trace:  rank = rank of amount
--
-- 各社区本期捐款总额和名次，金额最多的是第 1 名；金额相同的名次相同，下一名顺延。
-- 名次只比总额，没有按人口折算。没有交捐款台账的社区不参加排名，而不是排在最后。

WITH
gifts AS (
    SELECT community, batch, row, amount
    FROM core.donation
    WHERE period_start >= $period_start AND period_end <= $period_end
),
totals AS (
    SELECT community, SUM(amount) AS amount
    FROM gifts
    GROUP BY community
)
SELECT
    community,
    CAST(amount AS DECIMAL(18, 2)) AS amount,
    CAST(RANK() OVER (ORDER BY amount DESC) AS BIGINT) AS rank
FROM totals
ORDER BY rank, community
