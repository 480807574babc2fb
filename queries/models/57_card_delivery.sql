-- One row for each home that convenience cards were handed to (便民卡发放).

SELECT
    live.community,
    live.period_start,
    live.period_end,
    line.batch,
    line.row,
    line.building,
    line.unit,
    line.room,
    CAST(line.copies AS BIGINT) AS copies,
    line.day
FROM raw.card_delivery AS line
JOIN ops.live AS live ON live.batch = line.batch
