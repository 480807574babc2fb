-- One row for each post for the public good on a community's list (公益岗位) of a
-- period. How many claimed it is counted from the claims, not taken from here.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    line.batch,
    line.row,
    line.post,
    line.category,
    CAST(line.places AS BIGINT) AS places
FROM raw.post AS line
JOIN ops.live AS live ON live.batch = line.batch
