-- metric: permit_rate
-- title:  居住证办证率
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = count of registered where eligible AND held
-- trace:  whole = count of registered where eligible
-- trace:  value = part / whole
--
-- 应办证的是期末在册、从流入日期到期末最后一天已满半年的流动人口，一行算一人；没有填流入日期的人不知道满没满半年，不算应办证。
-- 已办证的是其中办证类型写明居住证或暂住证、期末最后一天还没有过期的人；没有填到期日期或写“长期”的当作没有过期。
-- 暂住登记、居住登记只是登记，不算证；身份证也不算。不满半年就办了证的人，分子分母都不算。
-- 登记表上没有一个人填办证类型的社区，无从知道办没办，不列出；没有交居民登记表的也不列出，都不算零。没有人应办证时没有办证率。

WITH
asked AS (
    SELECT DISTINCT community
    FROM core.resident
    WHERE period_end = $period_end AND permit IS NOT NULL
),
registered AS (
    SELECT
        resident.community,
        batch,
        row,
        present AND kind = '流动' AND stay_months >= 6 AS eligible,
        (permit LIKE '%居住证%' OR permit LIKE '%暂住证%')
            AND permit NOT LIKE '未%' AND permit NOT LIKE '无%'
            AND NOT permit_expired AS held
    FROM core.resident AS resident
    JOIN asked ON asked.community = resident.community
    WHERE period_end = $period_end
),
totals AS (
    SELECT
        community,
        COUNT(*) FILTER (WHERE eligible AND held) AS part,
        COUNT(*) FILTER (WHERE eligible) AS whole
    FROM registered
    GROUP BY community
)
SELECT
    community,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value
FROM totals
ORDER BY community
