-- metric: registration_accuracy
-- title:  流动人口登记准确率
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = sum accurate of checks where accurate IS NOT NULL
-- trace:  whole = sum registered of checks where accurate IS NOT NULL
-- trace:  value = part / whole
--
-- 本期入户核查时，已登记的流动人口里登记信息与本人一致的人数占已登记人数的比例；各次核查的人数分别相加再相除，不是各次比例的平均。
-- 没有填信息一致人数的那一次核查，分子分母都不算；每一次都没有填的，三个数都留空，即没有核对，而不是算零。
-- 全年按各季核查表合计。没有交核查表的社区不列出，即未核查。

WITH
checks AS (
    SELECT community, batch, row, registered, accurate
    FROM core.field_check
    WHERE period_start >= $period_start AND period_end <= $period_end
),
totals AS (
    SELECT
        community,
        SUM(accurate) FILTER (WHERE accurate IS NOT NULL) AS part,
        SUM(registered) FILTER (WHERE accurate IS NOT NULL) AS whole
    FROM checks
    GROUP BY community
)
SELECT
    community,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value
FROM totals
ORDER BY community
