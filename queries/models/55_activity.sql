-- One row for each activity in a community's log of activities (活动台账). The
-- rate that a line states is left out: it is worked out again.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    line.batch,
    line.row,
    line.day,
    line.activity,
    line.activity_kind,
    line.place,
    line.host,
    CAST(line.due AS BIGINT) AS due,
    CAST(line.attended AS BIGINT) AS attended,
    CAST(line.hours AS DECIMAL(18, 2)) AS hours
FROM raw.activity AS line
JOIN ops.live AS live ON live.batch = line.batch
