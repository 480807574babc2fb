-- One row for each batch in force: what one sheet gave.

SELECT
    community,
    period_start,
    period_end,
    batch,
    kind,
    file,
    sheet,
    sha256,
    part,
    CAST(rows_read AS BIGINT) AS rows_read,
    CAST(accepted AS BIGINT) AS accepted,
    CAST(rejected AS BIGINT) AS rejected,
    CAST(skipped AS BIGINT) AS skipped
FROM ops.live
