-- One row for each fault or finding in a batch in force.

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
