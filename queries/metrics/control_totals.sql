-- metric: control_totals
-- title:  合计对不上的表
-- grain:  part
-- unit:   totals
-- basis:  台账
-- trace:  stated = sum stated of differing
-- trace:  summed = sum summed of differing
-- trace:  difference = stated - summed
--
-- 本期采用的表里，表上自己写的合计、小计与收进的那些行相加不相等的：写的是多少，相加是多少，差多少；小计只与它那一段的行比。
-- 常见的原因是有行被退回、合计没有更新，或合计里多算了别的表。时长按分钟折算的四舍五入不算差。合计相等的表、没有写合计的表不列出。

WITH
differing AS (
    SELECT
        community,
        kind,
        period_start,
        period_end,
        file,
        sheet,
        part,
        '第' || CAST(row AS VARCHAR) || '行' AS place,
        field,
        batch,
        row,
        stated,
        summed
    FROM core.control_total
    WHERE period_start >= $period_start AND period_end <= $period_end AND differs
)
SELECT
    community,
    kind,
    period_start,
    period_end,
    file,
    sheet,
    part,
    place,
    field,
    CAST(stated AS DECIMAL(18, 2)) AS stated,
    CAST(summed AS DECIMAL(18, 2)) AS summed,
    CAST(stated - summed AS DECIMAL(18, 2)) AS difference
FROM differing
ORDER BY community, kind, period_end, period_start, file, sheet, part, row, field
