-- metric: floating_share
-- title:  流动人口占比
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = count of registered where present AND kind = '流动'
-- trace:  whole = count of registered where present
-- trace:  value = part / whole
--
-- 期末仍在册的流动人口占期末在册居民总数的比例，总数含流动人口。本期已经搬走的人，分子分母都不算。
-- 人员类型以居民登记表所填为准，与人口普查的口径不同。没有交登记表的社区不列出；在册居民为零时没有占比，而不是算零。

WITH
registered AS (
    SELECT community, batch, row, kind, present
    FROM core.resident
    WHERE period_end = $period_end
),
totals AS (
    SELECT
        community,
        COUNT(*) FILTER (WHERE present AND kind = '流动') AS part,
        COUNT(*) FILTER (WHERE present) AS whole
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
