-- metric: donations_by_day
-- title:  每日捐款与累计
-- grain:  day
-- unit:   yuan
-- basis:  台账
-- trace:  gifts = count of given
-- trace:  amount = sum amount of given
-- trace:  cumulative = running of amount
--
-- 本期捐款台账上每一天的笔数和金额，以及从期初到当天的累计金额，各项目合在一起。
-- 没有捐款的日子不列出。日期以台账所填为准，日期写在期外的捐款仍算在本期台账里。

WITH
given AS (
    SELECT community, day, batch, row, amount
    FROM core.donation
    WHERE period_start >= $period_start AND period_end <= $period_end
),
days AS (
    SELECT community, day, COUNT(*) AS gifts, SUM(amount) AS amount
    FROM given
    GROUP BY community, day
)
SELECT
    community,
    day,
    CAST(gifts AS BIGINT) AS gifts,
    CAST(amount AS DECIMAL(18, 2)) AS amount,
    CAST(SUM(amount) OVER (
        PARTITION BY community ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS DECIMAL(18, 2)) AS cumulative
FROM days
ORDER BY community, day
