-- One row for each day and building at which a sample of the floating population
-- was checked at the door (流动人口核查).

SELECT
    live.community,
    live.period_start,
    live.period_end,
    line.batch,
    line.row,
    line.day,
    line.building,
    CAST(line.checked AS BIGINT) AS checked,
    CAST(line.registered AS BIGINT) AS registered,
    CAST(line.accurate AS BIGINT) AS accurate,
    CAST(line.moved_out AS BIGINT) AS moved_out,
    CAST(line.cancelled AS BIGINT) AS cancelled
FROM raw.field_check AS line
JOIN ops.live AS live ON live.batch = line.batch
