-- metric: slices
-- title:  收表情况
-- grain:  part
-- unit:   sheets
-- basis:  台账
-- trace:  sheets = count of received where in_force
-- trace:  rows = sum accepted of received where in_force
-- trace:  superseded = count of received where not in_force
-- trace:  late = count of received where in_force and late
--
-- 本期收到的每一种表：现在采用几张、共收进多少行，第一张和最后一张是哪天收到的，被后来重新上传的表替换掉的有几张。已经撤销的表不算。
-- 迟交是期末以后第 15 天（如第四季度是次年 1 月 15 日）过后才第一次交来的表；按时交过、后来更正的不算迟交。日期按北京时间。
-- 没有收到的表不在这里，见“缺交的表”。

WITH
sheets AS (
    SELECT
        community,
        kind,
        period_end,
        batch,
        accepted,
        received_on,
        state = '在用' AS in_force,
        MIN(received_on) OVER (PARTITION BY community, kind, period_start, period_end, part) AS handed_in_on
    FROM core.receipt
    WHERE period_start >= $period_start AND period_end <= $period_end AND state <> '已撤销'
),
received AS (
    SELECT
        community,
        kind,
        batch,
        NULL AS row,
        accepted,
        received_on,
        in_force,
        handed_in_on >= period_end + INTERVAL '15' DAY AS late
    FROM sheets
)
SELECT
    community,
    kind,
    MIN(received_on) AS first_on,
    MAX(received_on) AS last_on,
    CAST(COUNT(*) FILTER (WHERE in_force) AS BIGINT) AS sheets,
    CAST(SUM(accepted) FILTER (WHERE in_force) AS BIGINT) AS rows,
    CAST(COUNT(*) FILTER (WHERE NOT in_force) AS BIGINT) AS superseded,
    CAST(COUNT(*) FILTER (WHERE in_force AND late) AS BIGINT) AS late
FROM received
GROUP BY community, kind
ORDER BY community, kind
