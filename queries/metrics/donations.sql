-- metric: donations
-- title:  捐款
-- grain:  part
-- unit:   yuan
-- basis:  台账
-- trace:  gifts = count of given
-- trace:  amount = sum amount of given
--
-- 本期捐款台账上每个捐款项目的笔数和金额，一行算一笔，不是人数；匿名捐款照样计入。
-- 金额以台账所填为准，精确到分。没有写项目的行归到所在台账的项目，仍没有的列在“未填”一行。

WITH
given AS (
    SELECT community, COALESCE(campaign, '未填') AS campaign, batch, row, amount
    FROM core.donation
    WHERE period_start >= $period_start AND period_end <= $period_end
)
SELECT
    community,
    campaign,
    CAST(COUNT(*) AS BIGINT) AS gifts,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS amount
FROM given
GROUP BY community, campaign
ORDER BY community, campaign
