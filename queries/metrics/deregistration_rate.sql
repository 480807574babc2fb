-- metric: deregistration_rate
-- title:  流动人口注销率
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = sum cancelled of checks where moved_out IS NOT NULL AND cancelled IS NOT NULL
-- trace:  whole = sum moved_out of checks where moved_out IS NOT NULL AND cancelled IS NOT NULL
-- trace:  value = part / whole
--
-- 本期入户核查时，已经离开、应当注销的流动人口里已经注销的人数占应注销人数的比例；各次核查的人数分别相加再相除，不是各次比例的平均。
-- 应注销和已注销有一个没有填的那一次核查，分子分母都不算；每一次都没有填全的，三个数都留空；没有人应注销时没有注销率，而不是算零。
-- 全年按各季核查表合计。没有交核查表的社区不列出，即未核查。

WITH
checks AS (
    SELECT community, batch, row, moved_out, cancelled
    FROM core.field_check
    WHERE period_start >= $period_start AND period_end <= $period_end
),
totals AS (
    SELECT
        community,
        SUM(cancelled) FILTER (WHERE moved_out IS NOT NULL AND cancelled IS NOT NULL) AS part,
        SUM(moved_out) FILTER (WHERE moved_out IS NOT NULL AND cancelled IS NOT NULL) AS whole
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
