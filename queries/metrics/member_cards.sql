-- metric: member_cards
-- title:  四卡齐全情况
-- grain:  member
-- unit:   cards
-- basis:  台账
-- trace:  basic = distinct card of cards where card = '基本情况卡'
-- trace:  activity = distinct card of cards where card = '活动记录卡'
-- trace:  performance = distinct card of cards where card = '社区表现卡'
-- trace:  feedback = distinct card of cards where card = '社区表现反馈卡'
-- trace:  value = distinct card of cards where community IN (SELECT community FROM complete)
--
-- 期末在册的每一名党员四卡有几张，0 到 4。基本情况卡：期末名册上性别、出生日期、入党时间都有（可由身份证号得出）；活动记录卡：本期签到为出席至少一次；
-- 社区表现卡、社区表现反馈卡：本期有这名党员的一行。一种卡不论有几行都算一张。表上与别人同名又分不清的，在支部认定之前不计入。
-- 本期没有交过某一种表的社区，那一种卡留空，合计也留空，因为无从知道，不是 0。反馈卡是发给工作单位的，直管党员一般没有。

WITH
roll AS (
    SELECT community, person
    FROM core.member
    WHERE period_end = $period_end
),
cards AS (
    SELECT community, batch, row, person, card
    FROM core.member_card
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND (card <> '基本情况卡' OR period_end = $period_end)
),
held AS (
    SELECT DISTINCT community, person, card
    FROM cards
),
totals AS (
    SELECT
        community,
        person,
        COUNT(*) FILTER (WHERE card = '基本情况卡') AS basic,
        COUNT(*) FILTER (WHERE card = '活动记录卡') AS activity,
        COUNT(*) FILTER (WHERE card = '社区表现卡') AS performance,
        COUNT(*) FILTER (WHERE card = '社区表现反馈卡') AS feedback,
        COUNT(*) AS cards
    FROM held
    GROUP BY community, person
),
registers AS (
    SELECT
        community,
        COUNT(*) FILTER (WHERE kind = 'attendance') AS activity,
        COUNT(*) FILTER (WHERE kind = 'performance') AS performance,
        COUNT(*) FILTER (WHERE kind = 'feedback') AS feedback
    FROM core.batch
    WHERE kind IN ('attendance', 'performance', 'feedback')
      AND period_start >= $period_start AND period_end <= $period_end
    GROUP BY community
),
complete AS (
    SELECT community
    FROM registers
    WHERE activity > 0 AND performance > 0 AND feedback > 0
)
SELECT
    roll.community,
    roll.person,
    CAST(COALESCE(totals.basic, 0) AS BIGINT) AS basic,
    CASE WHEN registers.activity > 0 THEN CAST(COALESCE(totals.activity, 0) AS BIGINT) END AS activity,
    CASE WHEN registers.performance > 0 THEN CAST(COALESCE(totals.performance, 0) AS BIGINT) END AS performance,
    CASE WHEN registers.feedback > 0 THEN CAST(COALESCE(totals.feedback, 0) AS BIGINT) END AS feedback,
    CASE WHEN complete.community IS NOT NULL THEN CAST(COALESCE(totals.cards, 0) AS BIGINT) END AS value
FROM roll
LEFT JOIN totals ON totals.community = roll.community AND totals.person = roll.person
LEFT JOIN registers ON registers.community = roll.community
LEFT JOIN complete ON complete.community = roll.community
ORDER BY roll.community, roll.person
