-- One row for each who works for a community (工作人员) at a period's end.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    line.batch,
    line.row,
    line.name,
    line.sex,
    line.birth,
    line.duty,
    line.staff_kind,
    line.politics,
    line.education,
    line.task,
    line.started_on
FROM raw.staff AS line
JOIN ops.live AS live ON live.batch = line.batch
