-- metric: sources
-- title:  数据来源
-- grain:  part
-- unit:   rows
-- basis:  台账
-- trace:  rows_read = sum rows_read of batches
-- trace:  accepted = sum accepted of batches
-- trace:  rejected = sum rejected of batches
-- trace:  skipped = sum skipped of batches
--
-- 本期数字所依据的每一张表：文件、工作表、文件的校验值，以及读到、收进、退回和跳过的行数；读到等于后三者之和。
-- 跳过的是空行、合计和备注。后来重新上传替换掉的表不再列出。每张表另有收到的日期（北京时间）和交来的途径或人。

WITH
batches AS (
    SELECT
        sheet.community, sheet.kind, sheet.file, sheet.sheet, sheet.sha256, sheet.part, receipt.received_on, receipt.uploader,
        sheet.rows_read, sheet.accepted, sheet.rejected, sheet.skipped, sheet.period_end, sheet.batch, NULL AS row
    FROM core.batch AS sheet
    LEFT JOIN core.receipt AS receipt ON receipt.batch = sheet.batch
    WHERE sheet.period_start >= $period_start AND sheet.period_end <= $period_end
)
SELECT
    community,
    kind,
    file,
    sheet,
    sha256,
    part,
    received_on,
    uploader,
    CAST(rows_read AS BIGINT) AS rows_read,
    CAST(accepted AS BIGINT) AS accepted,
    CAST(rejected AS BIGINT) AS rejected,
    CAST(skipped AS BIGINT) AS skipped
FROM batches
ORDER BY community, kind, period_end, file, sheet, batch
