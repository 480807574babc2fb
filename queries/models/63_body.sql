-- One row for each seat on a community's bodies (组织架构) at a period's end. Who
-- has two duties in a body has two seats; phone_key is for telling namesakes
-- apart only.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    line.batch,
    line.row,
    line.body,
    line.name,
    line.phone_key,
    line.duty,
    line.represents,
    line.since
FROM raw.body AS line
JOIN ops.live AS live ON live.batch = line.batch
