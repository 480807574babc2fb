-- metric: member_appraisal_score
-- title:  民主评议得分
-- grain:  member
-- unit:   points
-- basis:  台账
-- trace:  value = sum score of appraised
--
-- 年末在册的每一名党员本年民主评议的得分，照民主评议表所填；一人有几行的取先写的一行。只有年度才有，各季度都是没有记录。
-- 表上与别人同名、又没有党小组或单位可分清的，在支部认定之前不计入。交了民主评议表而没有他的记 0；有他而没有填得分的是没有记录，不是 0。
-- 免评的人不是 0 分，评星时另按“免评”处理。没有交民主评议表的社区是没有记录，不是 0。

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
        ROW_NUMBER() OVER (PARTITION BY community, member ORDER BY batch, row) AS nth
    FROM core.appraisal
    WHERE period_start >= $period_start AND period_end = $period_end
      AND member IS NOT NULL
),
appraised AS (
    SELECT community, person, batch, row, score
    FROM numbered
    WHERE nth = 1
),
registers AS (
    SELECT DISTINCT community
    FROM core.batch
    WHERE kind = 'appraisal'
      AND period_start >= $period_start AND period_end = $period_end
)
SELECT
    roll.community,
    roll.person,
    CAST(CASE WHEN appraised.person IS NOT NULL THEN appraised.score WHEN registers.community IS NOT NULL THEN 0 END AS DECIMAL(18, 2)) AS value
FROM roll
LEFT JOIN appraised ON appraised.community = roll.community AND appraised.person = roll.person
LEFT JOIN registers ON registers.community = roll.community
ORDER BY roll.community, roll.person
