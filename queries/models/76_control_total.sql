-- One row for each total that a sheet in force states (合计), beside the sum of
-- the rows that were let in. A sheet may state several of one column, of which
-- the reader compares one: differs is where it found the two apart.

WITH
faulted AS (
    SELECT batch, row, found || '，' AS found
    FROM ops.issue
    WHERE code = 'total'
)
SELECT
    live.community,
    live.period_start,
    live.period_end,
    total.batch,
    total.row,
    live.kind,
    live.file,
    live.sheet,
    total.field,
    TRY_CAST(total.stated AS DECIMAL(18, 2)) AS stated,
    TRY_CAST(total.summed AS DECIMAL(18, 2)) AS summed,
    COUNT(faulted.found) > 0 AS differs
FROM ops.control_total AS total
JOIN ops.live AS live ON live.batch = total.batch
LEFT JOIN faulted
    ON faulted.batch = total.batch
    AND faulted.row = total.row
    AND STRPOS(faulted.found, ' ' || total.stated || '，') > 0
    AND STRPOS(faulted.found, ' ' || total.summed || '，') > 0
GROUP BY
    live.community,
    live.period_start,
    live.period_end,
    total.batch,
    total.row,
    live.kind,
    live.file,
    live.sheet,
    total.field,
    total.stated,
    total.summed
