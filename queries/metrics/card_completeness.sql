-- metric: card_completeness
-- title:  四卡齐全率
-- grain:  part
-- unit:   share
-- basis:  台账
-- trace:  part = distinct person, card of cards
-- trace:  whole = distinct person, card of wanted
-- trace:  value = part / whole
--
-- 期末在册党员实有的卡数之和除以应有的卡数之和（每人四张），不是各人齐全率的平均；直管、在职、流动分开列。怎样算有一张卡，见“四卡各有多少”。
-- 反馈卡是发给工作单位的，直管党员一般没有，所以直管一行到不了 100%。
-- 四种表里有一种本期没有交过的社区无从知道齐不齐，留空，不是 0。

WITH
kinds AS (
    SELECT '基本情况卡' AS card
    UNION ALL
    SELECT '活动记录卡' AS card
    UNION ALL
    SELECT '社区表现卡' AS card
    UNION ALL
    SELECT '社区表现反馈卡' AS card
),
registers AS (
    SELECT DISTINCT community, kind
    FROM core.batch
    WHERE kind IN ('attendance', 'performance', 'feedback')
      AND period_start >= $period_start AND period_end <= $period_end
),
complete AS (
    SELECT community
    FROM registers
    GROUP BY community
    HAVING COUNT(*) = 3
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
    JOIN complete ON complete.community = line.community
    WHERE line.period_start >= $period_start AND line.period_end > $period_start AND line.period_end <= $period_end
      AND (line.card <> '基本情况卡' OR line.period_end = $period_end)
),
wanted AS (
    SELECT roll.community, roll.batch, roll.row, roll.person, roll.kind, kinds.card
    FROM roll
    JOIN complete ON complete.community = roll.community
    CROSS JOIN kinds
),
held AS (
    SELECT DISTINCT community, kind, person, card
    FROM cards
),
held_totals AS (
    SELECT community, kind, COUNT(*) AS part
    FROM held
    GROUP BY community, kind
),
totals AS (
    SELECT community, kind, COUNT(*) AS whole
    FROM wanted
    GROUP BY community, kind
),
shown AS (
    SELECT DISTINCT community, kind
    FROM roll
)
SELECT
    shown.community,
    shown.kind,
    CASE WHEN totals.whole > 0 THEN CAST(COALESCE(held_totals.part, 0) AS BIGINT) END AS part,
    CAST(totals.whole AS BIGINT) AS whole,
    CAST(CAST(COALESCE(held_totals.part, 0) AS DECIMAL(18, 10)) / NULLIF(totals.whole, 0) AS DECIMAL(18, 10)) AS value
FROM shown
LEFT JOIN totals ON totals.community = shown.community AND totals.kind = shown.kind
LEFT JOIN held_totals ON held_totals.community = shown.community AND held_totals.kind = shown.kind
ORDER BY shown.community, CASE shown.kind WHEN '直管' THEN 1 WHEN '在职' THEN 2 ELSE 3 END
