-- metric: findings
-- title:  台账差错与提示
-- grain:  part
-- unit:   rows
-- basis:  台账
-- trace:  rows = count of issues
--
-- 本期采用的各种表格里查出的问题，同一种表、同一种问题、同样的内容合成一行，并给出有多少处、第一处在哪一格、怎么改。
-- 差错是没有收进数据的行，提示是已经收进、请人再看一看的行。后来重新上传替换掉的表不再列出。

WITH
issues AS (
    SELECT
        community, kind, severity, code, found, mend, period_end, batch, row,
        COALESCE(sheet, '') AS sheet,
        COALESCE(cell, '') AS cell,
        COALESCE(NULLIF(cell, ''), '第' || CAST(NULLIF(row, 0) AS VARCHAR) || '行', '') AS place
    FROM core.issue
    WHERE period_start >= $period_start AND period_end <= $period_end
),
numbered AS (
    SELECT
        community, kind, severity, code, found, mend, period_end, batch, row, sheet, cell, place,
        COUNT(*) OVER (PARTITION BY community, kind, severity, code, found) AS rows,
        ROW_NUMBER() OVER (
            PARTITION BY community, kind, severity, code, found
            ORDER BY period_end, batch, row, sheet, place
        ) AS number
    FROM issues
)
SELECT
    community,
    kind,
    severity,
    code,
    found,
    CAST(rows AS BIGINT) AS rows,
    sheet || CASE WHEN sheet = '' OR place = '' THEN '' WHEN cell = '' THEN ' ' ELSE '!' END || place AS first_cell,
    mend AS first_mend
FROM numbered
WHERE number = 1
ORDER BY community, severity, kind, code, period_end, batch, row, place, found NULLS FIRST
