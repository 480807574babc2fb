-- metric: registration_rate
-- title:  流动人口登记率
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = sum registered of checks
-- trace:  whole = sum checked of checks
-- trace:  value = part / whole
--
-- 本期入户核查时，抽查到的流动人口里已经登记的人数占抽查人数的比例；各次核查的人数分别相加再相除，不是各次比例的平均。
-- 全年按各季核查表合计。这个比例只来自核查表，不从登记表推算；没有交核查表的社区不列出，即未核查，而不是算零。

WITH
checks AS (
    SELECT community, batch, row, checked, registered
    FROM core.field_check
    WHERE period_start >= $period_start AND period_end <= $period_end
),
totals AS (
    SELECT
        community,
        SUM(registered) AS part,
        SUM(checked) AS whole
    FROM checks
    GROUP BY community
)
SELECT
    community,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value
FROM totals
ORDER BY community
