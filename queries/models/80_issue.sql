-- One row for each fault or finding in a batch in force. A finding about another
-- batch too, such as rows that both have, is one while that is in force as well.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    issue.batch,
    issue.row,
    live.kind,
    live.file,
    issue.sheet,
    issue.cell,
    issue.severity,
    issue.code,
    issue.found,
    issue.wanted,
    issue.mend
FROM ops.issue AS issue
JOIN ops.live AS live ON live.batch = issue.batch
WHERE issue.other IS NULL OR issue.other IN (SELECT batch FROM ops.live)
