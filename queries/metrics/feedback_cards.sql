-- metric: feedback_cards
-- title:  社区表现反馈卡回执率
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = count of cards where returned
-- trace:  whole = count of cards
-- trace:  value = part / whole
-- trace:  units = distinct work_unit of cards
--
-- 本期发给党员工作单位的社区表现反馈卡有多少份，单位回执的有多少份，回执率是回执除以发出，全年是各季之和相除。一行算一份，认不出是哪一名党员的也算。
-- 单位回执一栏填了的算回执；填“未回执”“未收到”一类的不算。表上没有发出和收回的日期，所以算不出隔了几天。没有交反馈卡的社区不列出，而不是算零。

WITH
cards AS (
    SELECT community, batch, row, work_unit, returned
    FROM core.feedback
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
),
totals AS (
    SELECT
        community,
        COUNT(*) FILTER (WHERE returned) AS part,
        COUNT(*) AS whole,
        COUNT(DISTINCT work_unit) AS units
    FROM cards
    GROUP BY community
)
SELECT
    community,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value,
    CAST(units AS BIGINT) AS units
FROM totals
ORDER BY community
