-- metric: member_performance_mean
-- title:  社区表现平均得分
-- grain:  member
-- unit:   points
-- basis:  台账
-- trace:  score = sum score of cards
-- trace:  quarters = count of cards
-- trace:  value = score / quarters
--
-- 期末在册的每一名党员本期社区表现卡得分之和，除以填了得分的季度数；只有一季的就是那一季的得分，没有得分的季度不摊薄。一季有几张卡的取先写的一张。
-- 表现卡上与别人同名、又没有党小组或单位可分清的，在支部认定之前不计入。一个季度都没有得分的是没有记录，不是 0。

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
    WHERE nth = 1 AND score IS NOT NULL
),
totals AS (
    SELECT community, person, SUM(score) AS score, COUNT(*) AS quarters
    FROM cards
    GROUP BY community, person
)
SELECT
    roll.community,
    roll.person,
    CAST(totals.score AS DECIMAL(18, 2)) AS score,
    CAST(totals.quarters AS BIGINT) AS quarters,
    CAST(CAST(totals.score AS DECIMAL(18, 10)) / NULLIF(totals.quarters, 0) AS DECIMAL(18, 4)) AS value
FROM roll
LEFT JOIN totals ON totals.community = roll.community AND totals.person = roll.person
ORDER BY roll.community, roll.person
