-- metric: freshness
-- title:  最近收表日期
-- grain:  community
-- unit:   sheets
-- basis:  台账
-- trace:  sheets = count of received
-- trace:  kinds = distinct kind of received
--
-- 本期的数字截到哪一天：现在采用的表里第一张和最后一张是哪天收到的，共有几张、几种。日期按北京时间。
-- 被替换和已撤销的表不算。本期一张表都没有交的社区不列出。

WITH
received AS (
    SELECT community, kind, batch, NULL AS row, received_on
    FROM core.receipt
    WHERE period_start >= $period_start AND period_end <= $period_end AND state = '在用'
)
SELECT
    community,
    MIN(received_on) AS first_on,
    MAX(received_on) AS last_on,
    CAST(COUNT(*) AS BIGINT) AS sheets,
    CAST(COUNT(DISTINCT kind) AS BIGINT) AS kinds
FROM received
GROUP BY community
ORDER BY community
