-- metric: cards
-- title:  四卡各有多少
-- grain:  part
-- unit:   share
-- basis:  台账
-- persons: part, whole
-- trace:  part = distinct person of cards
-- trace:  whole = distinct person of wanted
-- trace:  value = part / whole
--
-- 期末在册党员里，四卡每一种有卡的人数占在册人数的比例，直管、在职、流动分开列。基本情况卡：期末名册上性别、出生日期、入党时间都有（可由身份证号得出）；
-- 活动记录卡：本期签到为出席至少一次；社区表现卡、社区表现反馈卡：本期有这名党员的一行。一人不论有几行都算一张。反馈卡是发给工作单位的，直管党员一般没有。
-- 表上与别人同名又分不清的，在支部认定之前不计入。本期没有交过某一种表的社区，那一种卡留空，不是 0。

WITH
kinds AS (
    SELECT '基本情况卡' AS card, 'member' AS sheet
    UNION ALL
    SELECT '活动记录卡' AS card, 'attendance' AS sheet
    UNION ALL
    SELECT '社区表现卡' AS card, 'performance' AS sheet
    UNION ALL
    SELECT '社区表现反馈卡' AS card, 'feedback' AS sheet
),
roll AS (
    SELECT community, batch, row, person, kind
    FROM core.member
    WHERE period_end = $period_end
),
cards AS (
    SELECT line.community, line.batch, line.row, line.person, line.card, roll.kind
    FROM core.member_card AS line
    JOIN roll ON roll.community = line.community AND roll.person = line.person
    WHERE line.period_start >= $period_start AND line.period_end > $period_start AND line.period_end <= $period_end
      AND (line.card <> '基本情况卡' OR line.period_end = $period_end)
),
registers AS (
    SELECT DISTINCT community, kind AS sheet
    FROM core.batch
    WHERE kind IN ('attendance', 'performance', 'feedback')
      AND period_start >= $period_start AND period_end <= $period_end
    UNION
    SELECT DISTINCT community, 'member' AS sheet FROM roll
),
wanted AS (
    SELECT roll.community, roll.batch, roll.row, roll.person, roll.kind, kinds.card
    FROM roll
    CROSS JOIN kinds
    JOIN registers ON registers.community = roll.community AND registers.sheet = kinds.sheet
),
held AS (
    SELECT community, kind, card, COUNT(DISTINCT person) AS part
    FROM cards
    GROUP BY community, kind, card
),
due AS (
    SELECT community, kind, card, COUNT(DISTINCT person) AS whole
    FROM wanted
    GROUP BY community, kind, card
),
shown AS (
    SELECT DISTINCT roll.community, roll.kind, kinds.card
    FROM roll
    CROSS JOIN kinds
),
totals AS (
    SELECT
        shown.community,
        shown.kind,
        shown.card,
        CASE WHEN due.whole IS NOT NULL THEN COALESCE(held.part, 0) END AS part,
        due.whole
    FROM shown
    LEFT JOIN due ON due.community = shown.community AND due.kind = shown.kind AND due.card = shown.card
    LEFT JOIN held ON held.community = shown.community AND held.kind = shown.kind AND held.card = shown.card
)
SELECT
    community,
    kind,
    card,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value
FROM totals
ORDER BY
    community,
    CASE kind WHEN '直管' THEN 1 WHEN '在职' THEN 2 ELSE 3 END,
    CASE card WHEN '基本情况卡' THEN 1 WHEN '活动记录卡' THEN 2 WHEN '社区表现卡' THEN 3 ELSE 4 END
