-- metric: control_totals
-- title:  合计对不上的表
-- grain:  part
-- unit:   totals
-- basis:  台账
-- trace:  stated = sum stated of differing
-- trace:  summed = sum summed of differing
-- trace:  difference = stated - summed
--
-- 本期采用的表里，表上自己写的合计与收进的各行相加不相等的：合计写的是多少，各行相加是多少，差多少。一列写了几个合计的，总计优先，其次取最后一个，小计不比。
-- 常见的原因是有行被退回、合计没有更新，或合计里多算了别的表。时长按分钟折算的四舍五入不算差。合计相等的表、没有写合计的表不列出。

WITH
differing AS (
    SELECT
        community,
        kind,
        file,
        sheet,
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
    file,
    sheet,
    place,
    field,
    CAST(batch AS VARCHAR) AS batch,
    CAST(stated AS DECIMAL(18, 2)) AS stated,
    CAST(summed AS DECIMAL(18, 2)) AS summed,
    CAST(stated - summed AS DECIMAL(18, 2)) AS difference
FROM differing
ORDER BY community, kind, differing.batch, row, field
