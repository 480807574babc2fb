-- metric: households
-- title:  住户数
-- grain:  community
-- unit:   households
-- basis:  台账
-- trace:  value = count of homes
--
-- 期末住户登记表上的户数，户籍户和流动户都在内，一行算一户。
-- 没有交住户登记表的社区不列出，而不是算零户。

WITH
homes AS (
    SELECT community, batch, row
    FROM core.household
    WHERE period_end = $period_end
)
SELECT
    community,
    CAST(COUNT(*) AS BIGINT) AS value
FROM homes
GROUP BY community
ORDER BY community
