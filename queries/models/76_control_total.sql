-- One row for each total that a sheet in force states (合计, 小计), beside the sum
-- of the rows that it is of. differs is what the reader found: minutes that were
-- rounded to hours do not make a difference.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    total.batch,
    total.row,
    live.kind,
    live.file,
    live.sheet,
    live.part,
    total.field,
    TRY_CAST(total.stated AS DECIMAL(18, 2)) AS stated,
    TRY_CAST(total.summed AS DECIMAL(18, 2)) AS summed,
    COUNT(issue.batch) > 0 AS differs
FROM ops.control_total AS total
JOIN ops.live AS live ON live.batch = total.batch
LEFT JOIN ops.issue AS issue
    ON issue.batch = total.batch
    AND issue.row = total.row
    AND issue.code = 'total'
    AND STRPOS(issue.found || '，', '写的是 ' || total.stated || '，') > 0
    AND STRPOS(issue.found || '，', '相加是 ' || total.summed || '，') > 0
GROUP BY
    live.community,
    live.period_start,
    live.period_end,
    total.batch,
    total.row,
    live.kind,
    live.file,
    live.sheet,
    live.part,
    total.field,
    total.stated,
    total.summed
