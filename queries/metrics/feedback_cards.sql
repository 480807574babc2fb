-- metric: feedback_cards
-- title:  社区表现反馈卡回执率
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = count of cards where returned
-- trace:  whole = count of cards
-- trace:  value = part / whole
-- trace:  units = distinct work_unit of cards
-- trace:  dated = count of cards where days IS NOT NULL
-- trace:  days = sum days of cards
-- trace:  per_card = days / dated
--
-- 本期发给党员工作单位的社区表现反馈卡有多少份，单位回执的有多少份，回执率是回执除以发出，全年是各季之和相除。一行算一份，认不出是哪一名党员的也算。
-- 单位回执一栏填了的、写了回执日期的算回执；填“未回执”“未收到”一类的不算。没有交反馈卡的社区不列出，而不是算零。
-- 发出和回执两个日期都填了的另列有几份、从发出到回执一共几天、平均几天；没有填日期的、回执早于发出的不知道隔了几天，不摊进平均。

WITH
cards AS (
    SELECT community, batch, row, work_unit, returned, days
    FROM core.feedback
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
),
totals AS (
    SELECT
        community,
        COUNT(*) FILTER (WHERE returned) AS part,
        COUNT(*) AS whole,
        COUNT(DISTINCT work_unit) AS units,
        COUNT(days) AS dated,
        SUM(days) AS days
    FROM cards
    GROUP BY community
)
SELECT
    community,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value,
    CAST(units AS BIGINT) AS units,
    CAST(dated AS BIGINT) AS dated,
    CAST(days AS BIGINT) AS days,
    CAST(CAST(days AS DECIMAL(18, 10)) / NULLIF(dated, 0) AS DECIMAL(18, 4)) AS per_card
FROM totals
ORDER BY community
