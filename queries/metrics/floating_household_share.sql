-- metric: floating_household_share
-- title:  流动户占比
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = count of homes where kind = '流动'
-- trace:  whole = count of homes
-- trace:  value = part / whole
--
-- 期末住户登记表上居住类型为“流动”的户数占全部户数的比例，一行算一户，不看户内人数。
-- 没有交住户登记表的社区不列出，而不是算零。

WITH
homes AS (
    SELECT community, batch, row, kind
    FROM core.household
    WHERE period_end = $period_end
),
totals AS (
    SELECT
        community,
        COUNT(*) FILTER (WHERE kind = '流动') AS part,
        COUNT(*) AS whole
    FROM homes
    GROUP BY community
)
SELECT
    community,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value
FROM totals
ORDER BY community
