-- One row for each visit to a family (帮扶走访). family_key tells visits to one
-- home from visits to two, and is for counting only.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    line.batch,
    line.row,
    line.day,
    line.family_key,
    CAST(line.persons AS BIGINT) AS persons,
    CAST(line.visitors AS BIGINT) AS visitors,
    line.help,
    CAST(line.amount AS DECIMAL(18, 2)) AS amount,
    CAST(line.goods_value AS DECIMAL(18, 2)) AS goods_value,
    line.sponsored
FROM raw.visit AS line
JOIN ops.live AS live ON live.batch = line.batch
