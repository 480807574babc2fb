-- metric: member_performance
-- title:  社区表现得分
-- grain:  member
-- unit:   points
-- basis:  台账
-- trace:  value = sum score of cards
--
-- 期末在册的每一名党员本期社区表现卡的得分；全年是各季得分之和，平均数见“社区表现平均得分”。一季有几张卡的取先写的一张。
-- 表现卡上与别人同名、又没有党小组或单位可分清的，在支部认定之前不计入。交了表现卡而没有他的记 0；有卡而没有填得分的是没有记录，不是 0。
-- 没有交过表现卡的社区也是没有记录，不是 0。

WITH
roll AS (
    SELECT community, person
    FROM core.member
    WHERE period_end = $period_end
),
numbered AS (
    SELECT
        community,
        member AS person,
        batch,
        row,
        score,
        ROW_NUMBER() OVER (PARTITION BY community, period_end, member ORDER BY batch, row) AS nth
    FROM core.performance
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND member IS NOT NULL
),
cards AS (
    SELECT community, person, batch, row, score
    FROM numbered
    WHERE nth = 1
),
totals AS (
    SELECT community, person, SUM(score) AS score
    FROM cards
    GROUP BY community, person
),
registers AS (
    SELECT DISTINCT community
    FROM core.batch
    WHERE kind = 'performance'
      AND period_start >= $period_start AND period_end <= $period_end
)
SELECT
    roll.community,
    roll.person,
    CAST(CASE WHEN totals.person IS NOT NULL THEN totals.score WHEN registers.community IS NOT NULL THEN 0 END AS DECIMAL(18, 2)) AS value
FROM roll
LEFT JOIN totals ON totals.community = roll.community AND totals.person = roll.person
LEFT JOIN registers ON registers.community = roll.community
ORDER BY roll.community, roll.person
