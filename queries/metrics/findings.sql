-- metric: findings
-- title:  台账差错与提示
-- grain:  part
-- unit:   rows
-- basis:  台账
--
-- 本期采用的各种表格里查出的问题，同一种表、同一种问题、同样的内容合成一行，并给出有多少处。
-- 差错是没有收进数据的行，提示是已经收进、请人再看一看的行。后来重新上传替换掉的表不再列出。

WITH
issues AS (
    SELECT community, kind, severity, code, found
    FROM core.issue
    WHERE period_start >= $period_start AND period_end <= $period_end
),
totals AS (
    SELECT community, kind, severity, code, found, COUNT(*) AS rows
    FROM issues
    GROUP BY community, kind, severity, code, found
)
SELECT
    community,
    kind,
    severity,
    code,
    found,
    CAST(rows AS BIGINT) AS rows
FROM totals
ORDER BY community, severity, kind, code, found NULLS FIRST
