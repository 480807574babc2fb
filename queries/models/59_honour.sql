-- One row for each honour on a community's register (荣誉台账) of a period,
-- whenever it was awarded.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    line.batch,
    line.row,
    line.title,
    line.level,
    line.holder,
    line.awarded_by,
    line.awarded_on
FROM raw.honour AS line
JOIN ops.live AS live ON live.batch = line.batch
